using NetTopologySuite.Geometries;

namespace Breitband.Print;

/// <summary>One municipality: gap areas by share, settlements, measures, borders, and the table of its settlements on the next page.</summary>
public static class MunicipalitySheet
{
    static readonly HashSet<string> Layers = [Layer.Municipalities.Name, Layer.Settlements.Name, Layer.Addresses.Name, Layer.Population.Name,
        Layer.CoverageCells.Name, Layer.CoverageAreas.Name, Layer.CoverageAddresses.Name, Layer.CoverageMunicipalities.Name, Layer.Measures.Name];

    /// <param name="municipality">AGS or name.</param>
    /// <param name="measures">Measures to draw with their areas in <see cref="Crs.Stored"/>; empty for none.</param>
    public static IReadOnlyList<string> Print(GapResult result, string municipality, IReadOnlyList<(MeasureResult Measure, Geometry Area)> measures, PrintOptions options, string path)
    {
        var area = Find(result, municipality);
        return SheetFile.Write(path, Pages(result, area, measures, options), Title(area, options), options);
    }

    internal static IReadOnlyList<Page> Pages(GapResult result, AreaResult area, IReadOnlyList<(MeasureResult Measure, Geometry Area)> measures, PrintOptions options)
    {
        var (language, ags) = (options.Language, area.Key);
        var parts = result.Rows.Where(r => r.Ags == ags && r.Level is AreaLevel.Settlement or AreaLevel.Outside or AreaLevel.Unlocated).Where(r => r.Ags == ags).ToList();
        var nearby = measures.Where(m => m.Area.Intersects(area.Geometry)).ToList();
        var gaps = result.GapAreas.Where(g => g.Ags == ags).ToList();
        var painter = new MunicipalityPainter(result, area, parts, gaps, nearby, options.Backdrop, options.Paper.Unit, language);
        var subtitle = new Phrase($"Lücken unter der Aufgreifschwelle {result.Profile.Short.De} · Grundlage: {result.Basis.Label().De}",
            $"Gaps below the threshold {result.Profile.Short.En} · basis: {result.Basis.Label().En}").In(language);
        var table = new ShareTable(new Phrase("Siedlungen in Zahlen", "Settlements in figures").In(language), new Phrase("Siedlung", "settlement").In(language), "", parts, area, area.Name, language);
        var shows = area.Geometry!.EnvelopeInternal.Copy();
        shows.ExpandBy(Math.Max(shows.Width, shows.Height) * 0.01);
        return SheetLayout.Compose(new(Title(area, options), subtitle, Message.OfMunicipality(result, area, parts, table, options), shows, painter.Draw,
            (frame, width, style) => Blocks(result, area, nearby, gaps, options, frame, width, style), table.Rows), result, options);
    }

    /// <summary>The municipality of an AGS or a name; for one of elsewhere a refusal that suggests near ones.</summary>
    internal static AreaResult Find(GapResult result, string municipality)
    {
        var all = result.Rows.Where(r => r.Level == AreaLevel.Municipality).ToList();
        var text = municipality.Trim();
        var found = all.Where(r => r.Key == text || r.Name.Equals(text, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found is [{ Geometry.IsEmpty: false } one])
            return one;
        if (found.Count > 0)
            throw BreitbandException.WrongUse($"„{municipality}“ ist nicht eindeutig oder hat keinen Umriss. Bitte den Gemeindeschlüssel angeben: {string.Join(", ", found.Select(f => f.Key))}.",
                $"\"{municipality}\" is ambiguous or has no outline. Please give the municipality key: {string.Join(", ", found.Select(f => f.Key))}.");
        var elsewhere = Ags.TryParse(text, out var ags) && !ags.ToString().StartsWith(result.County, StringComparison.Ordinal);
        var known = text.Length > 0 && char.IsAsciiDigit(text[0]) ? all.Select(r => r.Key) : all.Select(r => r.Name);
        throw BreitbandException.WrongUse(
            (elsewhere ? $"Die Gemeinde {ags} liegt nicht im Kreis {result.County}. " : $"Die Gemeinde „{municipality}“ gibt es im Kreis {result.County} nicht. ") + Suggest.German(text, known),
            (elsewhere ? $"Municipality {ags} is not in county {result.County}. " : $"There is no municipality \"{municipality}\" in county {result.County}. ") + Suggest.English(text, known));
    }

    static IEnumerable<Block> Blocks(GapResult result, AreaResult area, List<(MeasureResult Measure, Geometry Area)> measures, List<GapArea> gaps,
        PrintOptions options, MapFrame frame, double width, TypeStyle style)
    {
        var (legend, language) = (Legend.Default, options.Language);
        var drawn = new LegendBlocks(legend, language, style, options.Paper.Unit, width, options.Paper.Upright);
        var shown = options.Backdrop.Shown(frame.Extent, frame.Scale);
        var groups = measures.Select(m => legend.Measure(m.Measure.State)).Distinct();
        yield return drawn.Rows(new Phrase("Lückenflächen: ", "Gap areas: ").In(language) + legend.ShareLabel.In(language),
            [drawn.Row(legend.Settlement), drawn.LineRow(legend.Municipality with { Width = legend.County.Width }), .. groups.Select(drawn.LineRow),
                .. shown.Select(b => b.Fill is null ? drawn.LineRow(b) : drawn.Row(b))]);
        if (gaps.Count == 0)
            yield return Flow.Text(new Phrase("Keine Lückenflächen", "No gap areas").In(language), [(area.Households.Open == 0
                ? new Phrase("In dieser Gemeinde liegt keine Fläche unter der Aufgreifschwelle.", "No area of this municipality is below the threshold.")
                : new Phrase("Die Daten sagen nicht, wo in der Gemeinde die offenen Haushalte liegen.", "The data do not say where in the municipality the open households are.")).In(language)], width, style, legend);
        foreach (var block in new Margin(result, options, style, width, shown.Count > 0 ? [.. Layers, Layer.Background.Name] : Layers).Blocks(area))
            yield return block;
    }

    static string Title(AreaResult area, PrintOptions options) => new Phrase($"Breitbandversorgung: {area.Name}", $"Broadband supply: {area.Name}").In(options.Language);
}
