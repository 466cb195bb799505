namespace Breitband.Print;

/// <summary>A part of the map as somebody looks at it, with the figures of the municipalities in it on the next page.</summary>
public static class ViewSheet
{
    static readonly string[] Always = [Layer.Municipalities.Name, Layer.Settlements.Name, Layer.Addresses.Name, Layer.Population.Name,
        Layer.CoverageCells.Name, Layer.CoverageAreas.Name, Layer.CoverageAddresses.Name, Layer.CoverageMunicipalities.Name, Layer.Measures.Name];

    /// <summary>Writes the sheet and returns the files made: one PDF, or a PNG or SVG per page.</summary>
    public static IReadOnlyList<string> Print(GapResult result, PrintedView view, PrintOptions options, string path)
    {
        var municipalities = Shown(result, view);
        return SheetFile.Write(path, Pages(result, view, municipalities, options), Title(result, view, municipalities, options.Language), options);
    }

    internal static List<AreaResult> Shown(GapResult result, PrintedView view)
    {
        var box = NetTopologySuite.NtsGeometryServices.Instance.CreateGeometryFactory(Crs.Stored).ToGeometry(view.Area);
        List<AreaResult> shown = [.. result.Rows.Where(r => r.Level == AreaLevel.Municipality && r.Geometry is { IsEmpty: false } g && g.EnvelopeInternal.Intersects(view.Area) && box.Intersects(g))];
        return shown.Count > 0 ? shown : throw BreitbandException.WrongUse("In diesem Ausschnitt liegt keine Gemeinde des Kreises.", "No municipality of the county lies in this extent.");
    }

    static List<Page> Pages(GapResult result, PrintedView view, List<AreaResult> municipalities, PrintOptions options)
    {
        var (language, unit) = (options.Language, options.Paper.Unit);
        var circles = new CircleScale(result.Rows.Where(r => r.Level == AreaLevel.Settlement && r.Geometry is not null).Select(r => r.Households.Open).DefaultIfEmpty().Max(), 4.4 * unit);
        var painter = new ViewPainter(result, view, circles, options.Backdrop, unit, language);
        // On every page: figures that part from the map are not to be taken for the analysis.
        var trial = view.Without.Count == 0 ? new Phrase("", "") : new Phrase($" · Versuch ohne {view.Without.Count} {(view.Without.Count == 1 ? "Maßnahme" : "Maßnahmen")}", $" · trial without {view.Without.Count} {(view.Without.Count == 1 ? "measure" : "measures")}");
        var subtitle = new Phrase($"Ausschnitt der Karte{trial.De} · Aufgreifschwelle {result.Profile.Short.De} · Grundlage: {result.Basis.Label().De}",
            $"Part of the map{trial.En} · threshold {result.Profile.Short.En} · basis: {result.Basis.Label().En}").In(language);
        var together = Together(municipalities, language);
        var table = new ShareTable(new Phrase("Gemeinden im Ausschnitt in Zahlen" + trial.De, "Municipalities in this part in figures" + trial.En).In(language), new Phrase("Gemeinde", "municipality").In(language), "AGS",
            municipalities, together, together.Name, language);
        var message = Message.Of(result, together, Place(result, municipalities), municipalities, table, options);
        return [.. SheetLayout.Compose(new(Title(result, view, municipalities, language), subtitle, message, view.Area, painter.Draw,
            (frame, width, style) => Blocks(result, view, together, circles, options, frame, width, style), table.Rows), result, options)];
    }

    /// <summary>The municipalities' figures added up.</summary>
    static AreaResult Together(List<AreaResult> municipalities, Language language) => new(AreaLevel.County, "", new Phrase("zusammen", "together").In(language), null,
        municipalities.Aggregate(Split.Zero, (sum, m) => sum + m.Households), municipalities.Aggregate(Split.Zero, (sum, m) => sum + m.Addresses), municipalities.Aggregate(Split.Zero, (sum, m) => sum + m.Businesses),
        municipalities.Aggregate(default(UnclearCounts), (sum, m) => sum + m.Unclear), new Dictionary<string, double>(), null);

    static IEnumerable<Block> Blocks(GapResult result, PrintedView view, AreaResult together, CircleScale circles, PrintOptions options, MapFrame frame, double width, TypeStyle style)
    {
        var (legend, language) = (Legend.Default, options.Language);
        var drawn = new LegendBlocks(legend, language, style, options.Paper.Unit, width, paired: true);
        bool Shows(string group) => view.Groups.Contains(group);
        var ground = Shows("ground") ? options.Backdrop.Shown(frame.Extent, frame.Scale) : [];
        List<Item> rows = [];
        if (Shows("municipality-share"))
            rows.AddRange([drawn.Row(legend.NoHouseholds), drawn.Row(legend.MostlyUnclear.Symbol)]);
        rows.AddRange(Others(view, drawn, frame));
        rows.AddRange(ground.Select(b => b.Fill is null ? drawn.LineRow(b) : drawn.Row(b)));
        var areas = (Shows("municipality-share"), Shows("gap")) switch
        {
            (true, true) => new Phrase("Gemeinden und Lückenflächen: ", "Municipalities and gap areas: "),
            (true, false) => new Phrase("Gemeinden und Siedlungen: ", "Municipalities and settlements: "),
            (false, true) => new Phrase("Lückenflächen: ", "Gap areas: "),
            _ => default,
        };
        yield return areas.De is null ? drawn.Plain(new Phrase("Zeichenerklärung", "Legend").In(language), rows) : drawn.Rows(areas.In(language) + legend.ShareLabel.In(language), rows);
        if (Shows("settlement-circle"))
            yield return drawn.Circles(circles);
        yield return Flow.Text(new Phrase("Ausschnitt", "Extent").In(language), [Corners(view, language), .. Tried(view, language), .. view.Withheld is { } why ? [why.In(language)] : Array.Empty<string>()], width, style, legend);
        foreach (var block in new Margin(result, options, style, width, [.. Layers(view), .. ground.Count > 0 ? [Layer.Background.Name] : Array.Empty<string>()]).SourcesFirst(together))
            yield return block;
    }

    /// <summary>Whose dates and sources are named.</summary>
    internal static IEnumerable<string> Layers(PrintedView view) => [.. Always, .. view.Groups.Contains("facility") ? [Layer.Facilities.Name] : Array.Empty<string>()];

    /// <summary>What is drawn over the classes.</summary>
    internal static IEnumerable<Item> Others(PrintedView view, LegendBlocks drawn, MapFrame frame)
    {
        var legend = Legend.Default;
        if (view.Groups.Contains("settlement"))
            yield return drawn.Row(legend.Settlement);
        if (view.Groups.Contains("border"))
            yield return drawn.LineRow(legend.Municipality with { Width = 0.35 });
        foreach (var symbol in view.Measures.Where(m => m.Area.EnvelopeInternal.Intersects(frame.Extent)).Select(m => legend.Measure(m.Measure.State)).Distinct())
            yield return drawn.LineRow(symbol);
        if (view.Groups.Contains("supply"))
            yield return drawn.LineRow(legend.Network with { Label = Supply });
        if (view.Groups.Contains("address"))
            yield return drawn.DotRow(legend.Address);
        if (view.Groups.Contains("facility"))
            yield return drawn.DotRow(legend.Facility);
    }

    /// <summary>What a trial leaves out: nobody may take its sheet for the analysis.</summary>
    static string[] Tried(PrintedView view, Language language) => view.Without.Count == 0 ? [] :
    [
        new Phrase("Versuch, nicht die gespeicherte Analyse. Nicht gerechnet: ", "A trial, not the stored analysis. Not counted: ").In(language) + string.Join(", ", view.Without) + ".",
    ];

    /// <summary>Who says he supplies where.</summary>
    public static readonly Phrase Supply = new("versorgtes Gebiet nach Angabe eines Anbieters", "area supplied, as a provider says");

    internal static string Corners(PrintedView view, Language language)
    {
        string N(double metres) => Figures.Number((long)Math.Round(metres), language);
        return new Phrase($"Ost {N(view.Area.MinX)} bis {N(view.Area.MaxX)}, Nord {N(view.Area.MinY)} bis {N(view.Area.MaxY)} (UTM 33N). Zahlen gelten für ganze Gemeinden.",
            $"East {N(view.Area.MinX)} to {N(view.Area.MaxX)}, north {N(view.Area.MinY)} to {N(view.Area.MaxY)} (UTM 33N). Figures are of whole municipalities.").In(language);
    }

    static string Title(GapResult result, PrintedView view, List<AreaResult> municipalities, Language language) =>
        view.Title is { Length: > 0 } title ? title : new Phrase("Breitbandversorgung: ", "Broadband supply: ").In(language) + Names(result, municipalities).In(language);

    /// <summary>The county where all of it is on the sheet, else its largest municipalities there and how many more.</summary>
    internal static Phrase Names(GapResult result, List<AreaResult> municipalities)
    {
        if (IsWhole(result, municipalities))
            return County(result);
        const int Named = 3;
        var names = string.Join(", ", municipalities.OrderByDescending(m => m.Households.Total).Select(m => m.Name).Take(Named));
        var rest = municipalities.Count - Named;
        return rest <= 0 ? new(names, names) : rest == 1 ? new(names + " und eine weitere Gemeinde", names + " and one more municipality")
            : new($"{names} und {rest} weitere Gemeinden", $"{names} and {rest} more municipalities");
    }

    /// <summary>Where the figures are of, in a sentence.</summary>
    internal static Phrase Place(GapResult result, List<AreaResult> municipalities) =>
        IsWhole(result, municipalities) ? new("im " + County(result).De, "in the " + County(result).En)
        : municipalities.Count == 1 ? new($"in {municipalities[0].Name}", $"in {municipalities[0].Name}")
        : new($"der {municipalities.Count} Gemeinden, die ganz oder teilweise im Ausschnitt liegen,", $"of the {municipalities.Count} municipalities that lie wholly or partly in this part");

    static Phrase County(GapResult result) => OverviewSheet.County(result) is var county ? new(OverviewSheet.CountyName(county, Language.De), OverviewSheet.CountyName(county, Language.En)) : default;

    static bool IsWhole(GapResult result, List<AreaResult> municipalities) => municipalities.Count > 1 && municipalities.Count == result.Rows.Count(r => r.Level == AreaLevel.Municipality);
}
