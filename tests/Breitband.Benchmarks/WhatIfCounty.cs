using Breitband.Analyse;
using Breitband.Store;
using NetTopologySuite.Geometries.Utilities;

namespace Breitband.Benchmarks;

/// <summary>What a planner waits for who ticks measures on and off, shifts a date or drags an area, beside the full computation.</summary>
static class WhatIfCounty
{
    const double Limit = 0.05;

    /// <param name="store">A store with measures; the invented county of <see cref="AnalyseCounty"/> without one.</param>
    public static int Run(int runs, string? store)
    {
        using var opened = store is null ? null : Store.Store.Open(store, OpenMode.Read);
        var county = opened is null ? AnalyseCounty.County() : CountyReader.Read(opened, null);
        var options = new AnalysisOptions(Profiles.Load(Installation.Profiles).Default, Basis.Best, MeasureChoice.Every, new(2026, 1, 1));
        var random = new Random(3);
        MeasureChoice Any() => new(false, [.. county.Measures.Where(_ => random.Next(2) == 0).Select(m => m.Key)]);

        WhatIf? whatIf = null;
        Timing.Median($"made ready: {county.Addresses.Count} addresses, {county.Measures.Count} measures", runs, () => whatIf = WhatIf.Of(county, options));
        WhatIfAnswer? answer = null;
        var choice = Timing.Median("any choice of measures", runs, () => answer = whatIf!.Answer(Any()), () => $"{answer!.Rows.Count} rows");
        var dated = Timing.Median("a measure's date changed", runs, () => answer = whatIf!.With(county.Measures[^1] with { Commissioning = new(2026, random.Next(1, 13), 1) }).Answer(MeasureChoice.Every));
        var dragged = county.Measures.First(m => m.Geometry is not null);
        var area = Timing.Median("a measure's area dragged by some metres", runs, () => answer = whatIf!.With(Moved(dragged, random.Next(300), random.Next(300))).Answer(MeasureChoice.Every));
        var full = Timing.Median("the full computation", runs, () => GapEngine.Run(county, options));
        var (moved, keys) = (Moved(dragged, 120, -70), Any());
        var changed = county with { Measures = [.. county.Measures.Select(m => m.Key == moved.Key ? moved : m)] };
        var (exact, quick) = (GapEngine.Run(changed, options with { Measures = keys }), whatIf!.With(moved).Answer(keys));
        var same = exact.Rows.Select(r => (r.Households, r.Addresses, r.Businesses, r.Unclear)).SequenceEqual(quick.Rows.Select(r => (r.Households, r.Addresses, r.Businesses, r.Unclear)));
        Console.WriteLine(FormattableString.Invariant($"saved: {full / choice:0} to 1 for a choice, {full / area:0.0} to 1 for a dragged area; figures {(same ? "equal" : "DIFFER")}"));
        return same && choice < Limit && dated < Limit && area < Limit ? 0 : 1;
    }

    static Measure Moved(Measure measure, double dx, double dy) => measure with { Geometry = new AffineTransformation().SetToTranslation(dx, dy).Transform(measure.Geometry) };
}
