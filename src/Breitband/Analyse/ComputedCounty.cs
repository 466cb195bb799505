namespace Breitband.Analyse;

/// <summary>
/// A computed county that follows a new import: only the municipalities that the changed rows touch are computed again, and rows, gap areas and
/// measures come out exactly as of a full computation. Immutable. For changed measures see <see cref="WhatIf"/>.
/// </summary>
public sealed class ComputedCounty
{
    readonly AnalysisOptions options;
    readonly Totals totals;
    readonly ReachedGroups groups;
    readonly Analysis last;

    ComputedCounty(County county, AnalysisOptions options, Analysis last, Totals totals, ReachedGroups groups, IReadOnlyList<GapArea> gaps, int recomputed) =>
        (County, this.options, this.last, this.totals, this.groups, GapAreas, Recomputed) = (county, options, last, totals, groups, gaps, recomputed);

    public County County { get; }

    /// <summary>As in <see cref="GapResult.Rows"/>.</summary>
    public IReadOnlyList<AreaResult> Rows => totals.Rows();

    public IReadOnlyList<MeasureResult> Measures => Lifts.Of(last, groups);

    public IReadOnlyList<GapArea> GapAreas { get; }

    /// <summary>How many municipalities were computed for this state.</summary>
    public int Recomputed { get; }

    public static ComputedCounty Of(County county, AnalysisOptions options)
    {
        GapEngine.RequireKnown(options.Measures, county.Measures);
        var analysis = new Analysis(county, options).Compute();
        return new(county, options, analysis, Totals.Of(analysis), ReachedGroups.Of(analysis), GapAreaFinder.Find(analysis), county.Municipalities.Count);
    }

    /// <summary>The state after an import. What changes the frame itself (municipalities, settlements, measures, lists matched by words) is computed anew as a whole.</summary>
    public ComputedCounty Follow(County changed)
    {
        if (TouchedArea.Between(County, changed) is not { } touched || PlanDiffers(changed))
            return Of(changed, options);
        if (touched.Municipalities.Count == 0)
            return new(changed, options, last, totals, groups, GapAreas, 0);
        var part = new Analysis(touched.Clip(changed), options).Compute();
        var ags = touched.Municipalities.Select(m => changed.Municipalities[m].Ags).ToHashSet(StringComparer.Ordinal);
        GapArea[] gaps = [.. GapAreas.Where(g => !ags.Contains(g.Ags)).Concat(GapAreaFinder.Find(part).Where(g => ags.Contains(g.Ags))).OrderBy(g => g.Key, StringComparer.Ordinal)];
        return new(changed, options, part, totals.With(Totals.Of(part), touched.Municipalities), groups.With(ReachedGroups.Of(part), touched.Municipalities), gaps, touched.Municipalities.Count);
    }

    /// <summary>A newer date of coverage may turn a measure that is reported as built into one that is overdue, wherever it lies.</summary>
    bool PlanDiffers(County changed)
    {
        var (before, after) = (Analysis.NewestCoverage(County, options.Basis), Analysis.NewestCoverage(changed, options.Basis));
        return before != after && !new PlannedMeasures(changed.Measures, options.Measures, options.Profile, options.AsOf, after).Tests.Select(t => t.Faults).SequenceEqual(last.Planned.Tests.Select(t => t.Faults));
    }
}
