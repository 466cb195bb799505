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
        IReadOnlyList<GapArea> gaps = [];
        var ground = Timing.Median("where its gaps lie", runs, () => gaps = whatIf!.Gaps(Any()), () => $"{gaps.Count} gap areas");
        var dated = Timing.Median("a measure's date changed", runs, () => answer = whatIf!.With(county.Measures[^1] with { Commissioning = new(2026, random.Next(1, 13), 1) }).Answer(MeasureChoice.Every));
        var dragged = county.Measures.First(m => m.Geometry is not null);
        var area = Timing.Median("a measure's area dragged by some metres", runs, () => answer = whatIf!.With(Moved(dragged, random.Next(300), random.Next(300))).Answer(MeasureChoice.Every));
        var full = Timing.Median("the full computation", runs, () => GapEngine.Run(county, options));
        var (moved, keys) = (Moved(dragged, 120, -70), Any());
        var changed = county with { Measures = [.. county.Measures.Select(m => m.Key == moved.Key ? moved : m)] };
        var (exact, quick) = (GapEngine.Run(changed, options with { Measures = keys }), whatIf!.With(moved).Answer(keys));
        var same = exact.Rows.Select(r => (r.Households, r.Addresses, r.Businesses, r.Unclear)).SequenceEqual(quick.Rows.Select(r => (r.Households, r.Addresses, r.Businesses, r.Unclear)));
        same &= exact.GapAreas.Select(g => (g.Key, g.Share, g.Households, g.AreaM2)).SequenceEqual(whatIf.With(moved).Gaps(keys).Select(g => (g.Key, g.Share, g.Households, g.AreaM2)));
        Console.WriteLine(FormattableString.Invariant($"saved: {full / choice:0} to 1 for a choice, {full / area:0.0} to 1 for a dragged area; figures and gap areas {(same ? "equal" : "DIFFER")}"));
        return Reimport(runs, county, options) && same && choice < Limit && ground < Limit && dated < Limit && area < Limit ? 0 : 1;
    }

    /// <summary>One municipality's inhabitants delivered anew, beside computing the county again; the same figures are the condition.</summary>
    static bool Reimport(int runs, County county, AnalysisOptions options)
    {
        var (state, next) = (ComputedCounty.Of(county, options), county);
        var (municipality, turn) = (county.Municipalities.Count / 2, 0);
        County Delivered() => next = next with { Population = [.. next.Population.Select(p => p.Municipality == municipality ? p with { Inhabitants = p.Inhabitants + ++turn % 3 } : p)] };

        var full = Timing.Median("all municipalities computed again", runs, () => state = ComputedCounty.Of(Delivered(), options));
        var part = Timing.Median("one municipality delivered anew, followed", runs, () => state = state.Follow(Delivered()), () => $"{state.Recomputed} of {county.Municipalities.Count} municipalities");
        var drawn = next.Measures.First(m => m.Geometry is not null);
        County Redrawn() => next = next with { Measures = [.. next.Measures.Select(m => m.Key == drawn.Key ? Moved(m, ++turn % 5, 0) : m)] };

        var edit = Timing.Median("one measure's area changed, followed", runs, () => state = state.Follow(Redrawn()), () => $"{state.Recomputed} of {county.Municipalities.Count} municipalities");
        var whole = ComputedCounty.Of(next, options);
        var same = whole.Rows.Select(r => (r.Key, r.Households, r.Addresses, r.Businesses, r.Unclear)).SequenceEqual(state.Rows.Select(r => (r.Key, r.Households, r.Addresses, r.Businesses, r.Unclear)))
            && whole.GapAreas.Select(g => (g.Key, g.Households, g.Share)).SequenceEqual(state.GapAreas.Select(g => (g.Key, g.Households, g.Share)))
            && whole.Clusters.Select(c => (c.Key, c.Households, c.Spread, c.Nearest)).SequenceEqual(state.Clusters.Select(c => (c.Key, c.Households, c.Spread, c.Nearest)))
            && whole.Measures.Select(m => (m.Key, m.Households, m.Reach)).SequenceEqual(state.Measures.Select(m => (m.Key, m.Households, m.Reach)));
        Console.WriteLine(FormattableString.Invariant($"saved: {full / part:0.0} to 1 for one municipality, {full / edit:0.0} to 1 for one measure; areas, clusters and figures and gap areas {(same ? "equal" : "DIFFER")}"));
        return same;
    }

    static Measure Moved(Measure measure, double dx, double dy) => measure with { Geometry = new AffineTransformation().SetToTranslation(dx, dy).Transform(measure.Geometry) };
}
