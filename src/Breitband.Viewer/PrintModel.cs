using System.Globalization;

namespace Breitband.Viewer;

/// <summary>The print card: which sheet, on what paper; the preview is the service's own print, page by page.</summary>
public sealed class PrintModel : Observable
{
    readonly ServiceClient service;
    SheetKind kind;
    Choice scale;
    string title = "", contact = "", number = "", fault = "", saved = "";
    bool released, busy, again;
    int page = 1, pages = 1;
    byte[]? preview;

    /// <param name="first">What is shown at first.</param>
    public PrintModel(ServiceClient service, IReadOnlyList<SheetKind> kinds, SheetKind? first = null)
    {
        (this.service, Kinds, kind) = (service, kinds, first ?? kinds[0]);
        Scales = [new("", Tongue.Of("passend", "to fit")), .. Print.MapScale.Round.Select(s => new Choice($"1:{s}", $"1 : {Formats.Whole(s, Tongue.Current.Language)}"))];
        scale = Scales[0];
        foreach (var choice in kinds.SelectMany(k => k.Choices.Concat(k.Paper)))
            choice.PropertyChanged += (_, _) => Renew(true);
        _ = Show();
    }

    public IReadOnlyList<SheetKind> Kinds { get; }

    // A list that goes sends null; that chooses nothing.
    public SheetKind Kind { get => kind; set => Renew(value is not null && Set(ref kind, value)); }

    public IReadOnlyList<Choice> Scales { get; }

    public Choice Scale { get => scale; set => Renew(value is not null && Set(ref scale, value)); }

    /// <summary>Of the sheet; empty for the one it has anyway.</summary>
    public string Title { get => title; set => Renew(Set(ref title, value)); }

    public string Contact { get => contact; set => Renew(Set(ref contact, value)); }

    /// <summary>Aktenzeichen.</summary>
    public string Number { get => number; set => Renew(Set(ref number, value)); }

    public bool Released { get => released; set => Renew(Set(ref released, value)); }

    public bool Busy { get => busy; private set => Set(ref busy, value); }

    public string Fault { get => fault; private set => Set(ref fault, value); }

    public string Saved { get => saved; private set => Set(ref saved, value); }

    public byte[]? Preview { get => preview; private set => Set(ref preview, value); }

    /// <summary>The page that is looked at, from 1 on.</summary>
    public int Page => page;

    public int Pages => pages;

    public string Leaf => Tongue.Of($"Seite {Page} von {Pages}", $"Page {Page} of {Pages}");

    public bool CanGoBack => Page > 1;

    public bool CanGoOn => Page < Pages;

    /// <summary>Leafs by so many pages; there is nothing before the first and behind the last.</summary>
    public void Turn(int by)
    {
        var to = Math.Clamp(Page + by, 1, Pages);
        if (to == Page)
            return;
        Stand(to, Pages);
        _ = Show();
    }

    /// <summary>What a file of it may be called.</summary>
    public string FileName(string form) => kind.FileName + (form == "png" && Pages > 1 ? Tongue.Of($" Seite {Page}", $" page {Page}") : "") + "." + form;

    void Stand(int at, int of)
    {
        if ((page, pages) == (at, of))
            return;
        (page, pages) = (at, of);
        foreach (var name in new[] { nameof(Page), nameof(Pages), nameof(Leaf), nameof(CanGoBack), nameof(CanGoOn) })
            Changed(name);
    }

    string Address(string form)
    {
        (string Name, string Value)[] said = !kind.HasPaper ? [] : [("paper", kind.Paper[0].Chosen.Code), ("scale", Scale.Code), ("title", kind.Titled ? Title : ""), ("contact", Contact), ("sheet_id", Number), ("released", Released ? "true" : ""),
            ("page", form == "pdf" ? "" : Page.ToString(CultureInfo.InvariantCulture))];
        return kind.Address(form) + string.Concat(said.Where(s => s.Value.Length > 0).Select(s => $"&{s.Name}={Uri.EscapeDataString(s.Value)}"));
    }

    /// <summary>Another sheet begins at its first page.</summary>
    void Renew(bool changed)
    {
        if (!changed)
            return;
        Stand(1, Pages);
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
                var (picture, count) = await service.Page(Address("png"));
                (Preview, Fault) = (picture, "");
                Stand(Math.Min(Page, count), count);
            }
            catch (BreitbandException e)
            {
                (Preview, Fault) = (null, e.Text.In(Tongue.Current.Language));
                Stand(1, 1);
            }
            catch (OperationCanceledException)
            {
                break; // the project was closed
            }
        }
        Busy = false;
    }

    /// <param name="form">pdf for the whole document, png for the page that is looked at.</param>
    public async Task Save(string file, string form)
    {
        var address = Address(form);
        (Saved, Fault) = (Tongue.Of("Wird gedruckt und gespeichert …", "Printing and saving …"), "");
        try
        {
            await File.WriteAllBytesAsync(file, await service.Bytes(address));
            Saved = Tongue.Of($"Gespeichert: {file}", $"Saved: {file}");
        }
        catch (BreitbandException e)
        {
            (Saved, Fault) = ("", e.Text.In(Tongue.Current.Language));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            (Saved, Fault) = ("", Tongue.Of($"{file} lässt sich nicht schreiben: {SystemFault.Of(e).De}", $"{file} cannot be written: {SystemFault.Of(e).En}"));
        }
    }
}
