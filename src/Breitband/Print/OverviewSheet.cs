using NetTopologySuite.Geometries;

namespace Breitband.Print;

/// <summary>The county on one sheet: municipalities by the share of open households, a circle per settlement, the table on the next page.</summary>
public static class OverviewSheet
{
    // Whose figures are on the sheet: their dates and sources are named.
    static readonly HashSet<string> Layers = [Layer.Municipalities.Name, Layer.Settlements.Name, Layer.Addresses.Name, Layer.Population.Name,
        Layer.CoverageCells.Name, Layer.CoverageAreas.Name, Layer.CoverageAddresses.Name, Layer.CoverageMunicipalities.Name, Layer.Measures.Name];

    /// <summary>Writes the sheet and returns the files made: one PDF, or a PNG or SVG per page.</summary>
    public static IReadOnlyList<string> Print(GapResult result, PrintOptions options, string path) =>
        SheetFile.Write(path, Pages(result, options), Title(result, options), options);

    internal static IReadOnlyList<Page> Pages(GapResult result, PrintOptions options)
    {
        var county = County(result);
        var municipalities = Drawn(result, AreaLevel.Municipality);
        if (municipalities.Count == 0)
            throw BreitbandException.Refused("Das Ergebnis enthält keine Gemeinden mit Umriss. Zuerst die Gemeindegrenzen einlesen und auswerten.",
                "The result holds no municipalities with an outline. Import the municipal borders and analyse first.");
        var language = options.Language;
        var shows = municipalities.Aggregate(new Envelope(), (e, m) => { e.ExpandToInclude(m.Geometry!.EnvelopeInternal); return e; });
        var unit = options.Paper.Unit;
        var settlements = Drawn(result, AreaLevel.Settlement);
        var circles = new CircleScale(settlements.Select(s => s.Households.Open).DefaultIfEmpty().Max(), (options.Paper.Upright ? 3.4 : 4.4) * unit);
        var painter = new OverviewPainter(county, municipalities, settlements, circles, options.Backdrop, unit, result.Synthetic, language);
        var subtitle = new Phrase($"Haushalte unter der Aufgreifschwelle {result.Profile.Short.De} · Grundlage: {result.Basis.Label().De}",
            $"Households below the threshold {result.Profile.Short.En} · basis: {result.Basis.Label().En}").In(language);
        var table = new ShareTable(new Phrase("Gemeinden in Zahlen", "Municipalities in figures").In(language), new Phrase("Gemeinde", "municipality").In(language), "AGS",
            result.Rows.Where(r => r.Level == AreaLevel.Municipality), county, CountyName(county, language), language);
        return SheetLayout.Compose(new(Title(result, options), subtitle,
            Message.Of(result, county, new("im " + CountyName(county, Language.De), "in the " + CountyName(county, Language.En)), municipalities, table, options),
            shows, painter.Draw,
            (frame, width, style) => Blocks(result, options, county, circles, frame, width, style), table.Rows), result, options);
    }

    static IEnumerable<Block> Blocks(GapResult result, PrintOptions options, AreaResult county, CircleScale circles, MapFrame frame, double width, TypeStyle style)
    {
        var legend = Legend.Default;
        var drawn = new LegendBlocks(legend, options.Language, style, options.Paper.Unit, width, options.Paper.Upright);
        var shown = options.Backdrop.Shown(frame.Extent, frame.Scale).Where(b => b.Fill is null).ToList();
        var empty = result.Rows.Any(r => r.Level == AreaLevel.Municipality && r.Households.Total == 0);
        var unclear = result.Rows.Any(r => r.Level == AreaLevel.Municipality && legend.IsMostlyUnclear(r.Households));
        yield return drawn.Rows(legend.ShareLabel.In(options.Language),
            [drawn.LineRow(legend.Municipality), .. empty ? new[] { drawn.Row(legend.NoHouseholds) } : [], .. unclear ? new[] { drawn.Row(legend.MostlyUnclear.Symbol) } : [], .. shown.Select(drawn.LineRow)]);
        if (result.Rows.Any(r => r.Level == AreaLevel.Settlement && r.Households.Open > 0 && r.Geometry is { IsEmpty: false }))
            yield return drawn.Circles(circles);
        foreach (var block in new Margin(result, options, style, width, shown.Count > 0 ? [.. Layers, Layer.Background.Name] : Layers).Blocks(county))
            yield return block;
    }

    static string Title(GapResult result, PrintOptions options) =>
        new Phrase($"Breitbandversorgung: {CountyName(County(result), Language.De)}", $"Broadband supply: {CountyName(County(result), Language.En)}").In(options.Language);

    internal static AreaResult County(GapResult result) => result.Rows.FirstOrDefault(r => r.Level == AreaLevel.County)
        ?? throw BreitbandException.Refused("Das Ergebnis hat keine Kreiszeile. Bitte neu auswerten.", "The result has no county row. Please analyse again.");

    internal static string CountyName(AreaResult county, Language language) => county.Name.Contains("kreis", StringComparison.OrdinalIgnoreCase) || county.Name.Length == 0
        ? county.Name.Length == 0 ? county.Key : county.Name
        : (language == Language.De ? "Landkreis " : "county of ") + county.Name;

    static List<AreaResult> Drawn(GapResult result, AreaLevel level) => [.. result.Rows.Where(r => r.Level == level && r.Geometry is { IsEmpty: false })];
}
