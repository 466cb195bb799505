using Breitband.Viewer.Desktop.Look;

namespace Breitband.Viewer.Desktop.Desk;

/// <summary>The print card: which sheet, on what paper; the preview is the service's own print.</summary>
sealed class PrintModel : Observable
{
    readonly ServiceClient service;
    Choice sheet;
    string paper, contact = "", fault = "", saved = "";
    bool released, busy, again;
    byte[]? preview;

    public PrintModel(ServiceClient service, IEnumerable<AreaRow> municipalities, AreaRow? chosen)
    {
        this.service = service;
        Sheets = [new("/print/overview", Tongue.Of("Kreisübersicht", "County overview")), .. municipalities.Select(m => new Choice($"/print/municipality/{m.Key}", m.Name))];
        sheet = Sheets.FirstOrDefault(s => chosen is not null && s.Code.EndsWith(chosen.Key, StringComparison.Ordinal)) ?? Sheets[0];
        paper = sheet == Sheets[0] ? "A3" : "A4";
        _ = Show();
    }

    public IReadOnlyList<Choice> Sheets { get; }

    public IReadOnlyList<string> Papers { get; } = ["A4", "A3", "A2", "A1", "A0", "A4 hoch", "A3 hoch", "A2 hoch", "A1 hoch"];

    public Choice Sheet { get => sheet; set => Renew(Set(ref sheet, value)); }

    public string Paper { get => paper; set => Renew(Set(ref paper, value)); }

    public string Contact { get => contact; set => Renew(Set(ref contact, value)); }

    public bool Released { get => released; set => Renew(Set(ref released, value)); }

    public bool Busy { get => busy; private set => Set(ref busy, value); }

    public string Fault { get => fault; private set => Set(ref fault, value); }

    public string Saved { get => saved; private set => Set(ref saved, value); }

    public byte[]? Preview { get => preview; private set => Set(ref preview, value); }

    string Path(string form) => $"{Sheet.Code}?f={form}&paper={Uri.EscapeDataString(Paper)}" + (Contact.Length > 0 ? $"&contact={Uri.EscapeDataString(Contact)}" : "") + (Released ? "&released=true" : "");

    void Renew(bool changed)
    {
        if (changed)
            _ = Show();
    }

    /// <summary>One preview at a time; what was chosen while it was made is made next.</summary>
    async Task Show()
    {
        (again, Saved) = (true, "");
        if (Busy)
            return;
        Busy = true;
        while (again)
        {
            again = false;
            try
            {
                (Preview, Fault) = (await service.Bytes(Path("png")), "");
            }
            catch (BreitbandException e)
            {
                (Preview, Fault) = (null, e.Text.In(Tongue.Current.Language));
            }
        }
        Busy = false;
    }

    public async Task Save(string file, string form)
    {
        try
        {
            await File.WriteAllBytesAsync(file, await service.Bytes(Path(form)));
            Saved = Tongue.Of($"Gespeichert: {file}", $"Saved: {file}");
        }
        catch (BreitbandException e)
        {
            Fault = e.Text.In(Tongue.Current.Language);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fault = Tongue.Of($"{file} lässt sich nicht schreiben: {e.Message}", $"{file} cannot be written: {e.Message}");
        }
    }
}
