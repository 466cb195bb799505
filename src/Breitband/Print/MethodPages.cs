namespace Breitband.Print;

/// <summary>How the figures of a document came about and from what, for readers who were not there.</summary>
static class MethodPages
{
    public static readonly Phrase Title = new("Verfahren und Quellen", "Methods and sources");

    static readonly (Phrase Heading, Phrase Text)[] Steps =
    [
        (new("Bedarf", "Demand"), new(
            "Haushalte sind die Einwohner einer Zelle des Zensus, geteilt durch die Haushaltsgröße der Gemeinde. Stehen Adressen in der Zelle, teilen sie sich deren Haushalte zu gleichen Teilen. Adressen sowie Betriebe und Einrichtungen werden daneben gezählt.",
            "Households are the inhabitants of a census cell divided by the municipality's household size. Addresses in a cell share its households equally. Addresses and businesses or facilities are counted beside them.")),
        (new("Aufteilung", "Split"), new(
            "Jeder Bedarf ist versorgt, unklar, geplant oder unter der Aufgreifschwelle; die vier Teile ergeben stets das Ganze. Unklar ist, was die veröffentlichten Klassen offenlassen oder wofür Angaben fehlen.",
            "Every demand is served, unclear, planned or below the threshold; the four always add up to the whole. Unclear is what the published classes leave open or what nobody has said anything about.")),
        (new("Versorgung", "Supply"), new(
            "Der Breitbandatlas nennt Anteile je Zelle und Klasse, ohne Upload. Daraus folgt eine sichere untere und obere Grenze; dazwischen liegt das Unklare. Die Raster von Atlas und Zensus decken sich nicht; Anteile gehen nach der gemeinsamen Fläche über. Mobilfunk zählt nicht.",
            "The Breitbandatlas gives shares by cell and class, without upload. They bound the supply from below and above; what lies between is unclear. The grids of atlas and census do not coincide; shares pass by common area. Mobile coverage does not count.")),
        (new("Geplant", "Planned"), new(
            "Eine Maßnahme zählt nur, wenn sie verbindlich ist oder einen Meilensteinplan hat, im Zeithorizont ihrer Markterkundung in Betrieb geht, die Schwelle sicher erfüllt und nicht überfällig ist.",
            "A measure counts only if it binds or has a milestone plan, goes into operation within the horizon of its consultation, surely meets the threshold and is not overdue.")),
        (new("Summen", "Sums"), new(
            "Kreis und Ämter sind Summen ihrer Gemeinden, nie Mittel von Prozentwerten. Auf den Blättern sind die Zahlen so gerundet, dass die Teile die Summe ergeben.",
            "County and Ämter are sums of their municipalities, never means of percentages. On the sheets figures are rounded so that parts add up to their sum.")),
    ];

    public static IReadOnlyList<Page> Of(GapResult result, PrintOptions options)
    {
        var (paper, unit, language) = (options.Paper, options.Paper.Unit, options.Language);
        var sheet = new Box(0, 0, paper.Width, paper.Height).Inset(12 * unit);
        var body = SheetLayout.Body(unit);
        var head = new SheetHead(Title.In(language), $"{result.Profile.Title.In(language)} · {result.Basis.Label().In(language)}",
            new Phrase("Dieselben Daten und dieselbe Schwelle ergeben unter der Nummer des Laufs wieder dieselben Zahlen.", "The same data and the same threshold give the same figures again under the number of the run.").In(language), options, sheet, unit);
        const double Gap = 6;
        var width = (sheet.Width - Gap) / 2;
        var layers = result.Editions.Select(e => e.Dataset.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<Block> left =
        [
            .. Steps.Select(s => Flow.Text(s.Heading.In(language), [s.Text.In(language)], width, body, Legend.Default)),
            .. new Margin(result, options, body, width, layers).Blocks(OverviewSheet.County(result)),
            Flow.Text(new Phrase("Dateien", "Files").In(language), result.Editions.Select(e => $"{e.Dataset}, {Figures.Date(e.Date, language)}: {Path.GetFileName(e.File)}"), width, body, Legend.Default),
        ];
        var draws = new List<Action<Surface>>();
        while (left.Count > 0)
        {
            var top = sheet.Top + (draws.Count == 0 ? head.Height : 0);
            var height = sheet.Bottom - body.Line * 2 - top;
            var (draw, remaining) = Flow.Fill([new(sheet.Left, top, width, height), new(sheet.Left + width + Gap, top, width, height)], left, body.Line * 0.6);
            draws.Add(draw);
            left = remaining;
        }
        return [.. draws.Select((draw, i) => new Page(paper.Width, paper.Height, s =>
        {
            if (i == 0)
                head.Draw(s);
            draw(s);
            SheetLayout.Foot(s, sheet, body, i + 1, draws.Count, result, options);
        }))];
    }
}
