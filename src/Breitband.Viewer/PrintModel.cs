
namespace Breitband.Viewer;

/// <summary>What a sheet is to show as the window shows it.</summary>
/// <param name="Rule">Threshold, basis and edition, as the service's addresses take them; empty for the last analysis'.</param>
/// <param name="Map">The part of the map, its layers and the measures left out, likewise; empty where no map is looked at.</param>
public sealed record PrintedQuestion(string Rule = "", string Map = "");

/// <summary>The print card: which sheet, on what paper; the preview is the service's own print.</summary>
public sealed class PrintModel : Observable
{
    const string View = "/print/view";

    readonly ServiceClient service;
    readonly PrintedQuestion asked;
    Choice sheet;
    string paper, contact = "", fault = "", saved = "";
    bool released, busy, again;
    byte[]? preview;

    public PrintModel(ServiceClient service, IEnumerable<AreaRow> municipalities, AreaRow? chosen, PrintedQuestion? question = null)
    {
        (this.service, asked) = (service, question ?? new());
        Choice overview = new("/print/overview", Tongue.Of("Kreisübersicht", "County overview"));
        Sheets = [.. asked.Map.Length > 0 ? [new Choice(View, Tongue.Of("Ausschnitt der Karte", "Part of the map"))] : Array.Empty<Choice>(), overview, .. municipalities.OrderBy(m => Formats.SortKey(m.Name), StringComparer.Ordinal).Select(m => new Choice($"/print/municipality/{m.Key}", m.Name))];
        sheet = Sheets.FirstOrDefault(s => chosen is not null && s.Code.EndsWith(chosen.Key, StringComparison.Ordinal)) ?? Sheets[0];
        paper = sheet == overview ? "A3" : "A4";
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

    string Path(string form) => $"{Sheet.Code}?f={form}&paper={Uri.EscapeDataString(Paper)}" + (Contact.Length > 0 ? $"&contact={Uri.EscapeDataString(Contact)}" : "") + (Released ? "&released=true" : "")
        + (asked.Rule.Length > 0 ? $"&{asked.Rule}" : "") + (Sheet.Code == View ? $"&{asked.Map}" : "");

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
            Fault = Tongue.Of($"{file} lässt sich nicht schreiben: {SystemFault.Of(e).De}", $"{file} cannot be written: {SystemFault.Of(e).En}");
        }
    }
}
