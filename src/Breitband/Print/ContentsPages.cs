namespace Breitband.Print;

/// <summary>The contents of a document: each sheet with its number and the figures one looks it up for.</summary>
sealed class ContentsPages
{
    readonly Box sheet;
    readonly TypeStyle body;
    readonly SheetHead head;
    readonly GapResult result;
    readonly PrintOptions options;
    readonly int perPage;

    public ContentsPages(string title, int entries, GapResult result, PrintOptions options)
    {
        (this.result, this.options) = (result, options);
        var (paper, unit) = (options.Paper, options.Paper.Unit);
        sheet = new Box(0, 0, paper.Width, paper.Height).Inset(12 * unit);
        body = SheetLayout.Body(unit);
        var language = options.Language;
        head = new(title, new Phrase($"Haushalte unter der Aufgreifschwelle {result.Profile.Short.De} · Grundlage: {result.Basis.Label().De}", $"Households below the threshold {result.Profile.Short.En} · basis: {result.Basis.Label().En}").In(language),
            new Phrase("offen = unklar + unter der Aufgreifschwelle. Kein Förderanspruch, ersetzt kein Markterkundungsverfahren.", "open = unclear + below the threshold. No claim to funding, no substitute for a market consultation.").In(language),
            options, sheet, unit);
        // A row of the table is 1.25 lines high; its heading, the header and the foot need five lines more.
        perPage = Math.Max(5, (int)((sheet.Height - head.Height - 5 * body.Line) / (1.25 * body.Line)) - 1);
        Count = (entries + perPage - 1) / perPage;
    }

    /// <summary>How many pages the contents take, whatever their numbers will be.</summary>
    public int Count { get; }

    public IReadOnlyList<Page> Of(IReadOnlyList<(string Name, AreaResult? Area, int Page)> entries, int total) =>
        [.. entries.Chunk(perPage).Select((part, i) => Of(part, i, new SheetNumbers(0) { Total = total }))];

    Page Of((string Name, AreaResult? Area, int Page)[] part, int index, SheetNumbers numbers)
    {
        var language = options.Language;
        string Say(string de, string en) => new Phrase(de, en).In(language);
        var table = new FactTable(index == 0 ? Say("Inhalt", "Contents") : Say("Inhalt (Fortsetzung)", "Contents (continued)"),
            [Say("Teil", "part"), Say("Haushalte", "households"), Say("offen", "open"), Say("offen (%)", "open (%)"), Say("Blatt", "sheet")],
            [.. part.Select(e => Row(e.Name, e.Area, e.Page))], sheet.Width, body);
        return new(options.Paper.Width, options.Paper.Height, s =>
        {
            if (index == 0)
                head.Draw(s);
            Flow.Fill([new(sheet.Left, sheet.Top + head.Height, sheet.Width, sheet.Height - head.Height)], [table.Block()], body.Line * 0.4).Draw(s);
            SheetLayout.Foot(s, sheet, body, index + 1, numbers.Total, result, options with { Numbers = numbers });
        });
    }

    string[] Row(string name, AreaResult? area, int page)
    {
        var language = options.Language;
        if (area is null)
            return [name, "", "", "", Figures.Number(page, language)];
        var whole = Figures.Whole(area.Households);
        return [name, Figures.Number(whole.Sum(), language), Figures.Number(whole[1] + whole[3], language), area.Households.Percent(area.Households.Open) is { } percent ? percent.ToString("0.0", Figures.Culture(language)) : "–", Figures.Number(page, language)];
    }
}
