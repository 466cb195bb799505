using Breitband.Store;
using NetTopologySuite.Geometries;

namespace Breitband.Print;

/// <summary>One measure on one page: what it lifts and from where, what it costs and who pays, why it counts or not, what remains.</summary>
public static class MeasureSheet
{
    static readonly HashSet<string> Layers = [Layer.Municipalities.Name, Layer.Settlements.Name, Layer.Addresses.Name, Layer.Population.Name,
        Layer.CoverageCells.Name, Layer.CoverageAreas.Name, Layer.CoverageAddresses.Name, Layer.CoverageMunicipalities.Name, Layer.Measures.Name];

    /// <param name="entry">The measure as the register has it.</param>
    /// <param name="changes">Its history, oldest first.</param>
    public static IReadOnlyList<string> Print(GapResult result, MeasureEntry entry, IReadOnlyList<MeasureChange> changes, PrintOptions options, string path) =>
        SheetFile.Write(path, [Page(result, entry, changes, options)], Title(entry, options.Language), options);

    internal static Page Page(GapResult result, MeasureEntry entry, IReadOnlyList<MeasureChange> changes, PrintOptions options)
    {
        var (language, legend) = (options.Language, Legend.Default);
        var measure = result.Measures.FirstOrDefault(m => m.Key == entry.Key) ?? throw BreitbandException.Refused(
            $"Die letzte Analyse kennt die Maßnahme {entry.Key} nicht. Zuerst: breitband analyse", $"The last analysis does not know measure {entry.Key}. First: breitband analyse");
        var facts = new MeasureFacts(result, measure, entry, changes, language);
        var shows = Shows(result, entry);
        return OnePage.Compose(new(Title(entry, language), $"{measure.Title} · {measure.State.Label.In(language)}", facts.Message(), shows,
            new Phrase($"Karte: Gebiet der Maßnahme {entry.Key} mit den Lücken darin.", $"Map: area of measure {entry.Key} with the gaps in it.").In(language),
            (s, frame) => Draw(s, frame, result, entry, legend.Measure(measure.State), options),
            (width, style) => [facts.Lifted(width, style), facts.Classes(width, style)],
            (width, style) => [.. facts.Wide(width, style)],
            (width, style) => [facts.Dates(width, style), facts.Money(width, style), .. new Margin(result, options, style, width, Layers).Brief(result.Rows[0])]), result, options);
    }

    static string Title(MeasureEntry entry, Language language) => new Phrase($"Maßnahme {entry.Key}", $"Measure {entry.Key}").In(language);

    /// <summary>Its area with some ground around it; without one its municipality, else the county.</summary>
    static Envelope Shows(GapResult result, MeasureEntry entry)
    {
        var area = entry.Record.Geometry ?? result.Rows.FirstOrDefault(r => r.Level == AreaLevel.Municipality && r.Key == entry.Text("ags"))?.Geometry;
        var shows = area?.EnvelopeInternal.Copy() ?? result.Rows.Where(r => r.Level == AreaLevel.Municipality && r.Geometry is not null)
            .Aggregate(new Envelope(), (e, r) => { e.ExpandToInclude(r.Geometry!.EnvelopeInternal); return e; });
        shows.ExpandBy(Math.Max(100, Math.Max(shows.Width, shows.Height) * 0.12));
        return shows;
    }

    static void Draw(Surface s, MapFrame frame, GapResult result, MeasureEntry entry, Symbol look, PrintOptions options)
    {
        var (legend, unit) = (Legend.Default, options.Paper.Unit);
        Geometry[] Near(AreaLevel level) => [.. result.Rows.Where(r => r.Level == level && r.Geometry is { } g && g.EnvelopeInternal.Intersects(frame.Extent)).Select(r => r.Geometry!)];
        void Lines(IEnumerable<Geometry> areas, Symbol symbol)
        {
            using var path = frame.Path(areas);
            s.Stroke(path, symbol.Outline, symbol.Width * unit, symbol.Dash?.Select(d => d * unit).ToList());
        }

        var settlements = Near(AreaLevel.Settlement);
        options.Backdrop.Draw(s, frame, unit, lines: false);
        using (var ground = frame.Path(settlements))
            s.Fill(ground, legend.Settlement.Fill!);
        foreach (var group in result.GapAreas.Where(g => g.Geometry.EnvelopeInternal.Intersects(frame.Extent)).GroupBy(g => legend.ShareIndex(g.Share * 100)))
        {
            using var path = frame.Path(group.Select(g => g.Geometry));
            s.Fill(path, legend.Shares[group.Key].Symbol.Fill!);
            if (legend.Shares[group.Key].Symbol.Hatch is { } hatch)
                s.Hatch(path, hatch);
        }
        options.Backdrop.Draw(s, frame, unit, lines: true);
        Lines(settlements, legend.Settlement);
        Lines(Near(AreaLevel.Municipality), legend.Municipality);
        if (entry.Record.Geometry is { } area)
            Lines([area], look with { Width = Math.Max(look.Width, 0.8) });
        MapMarks.Corners(s, frame, entry.Record.Geometry is { } covered ? [covered] : [], unit, result.Synthetic, options.Language);
    }
}
