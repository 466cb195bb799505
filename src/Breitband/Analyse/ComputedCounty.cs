namespace Breitband.Analyse;

/// <summary>
/// A computed county that follows a new import or changed measures: only the municipalities that the changed rows and measures touch are computed
/// again, and rows, gap areas, clusters and measures come out exactly as of a full computation. Immutable. Figures alone, of any choice of measures,
/// <see cref="WhatIf"/> gives faster still.
/// </summary>
public sealed class ComputedCounty
{
    readonly AnalysisOptions options;
    readonly Totals totals;
    readonly ReachedGroups groups;
    readonly Analysis last;
    readonly Lazy<ServedEdges> served;

    ComputedCounty(County county, AnalysisOptions options, Analysis last, Totals totals, ReachedGroups groups, Lazy<ServedEdges> served) =>
        (County, this.options, this.last, this.totals, this.groups, this.served) = (county, options, last, totals, groups, served);

    public County County { get; }

    /// <summary>As in <see cref="GapResult.Rows"/>.</summary>
    public IReadOnlyList<AreaResult> Rows => totals.Rows();

    public IReadOnlyList<MeasureResult> Measures => Lifts.Of(last, groups);

    public required IReadOnlyList<GapArea> GapAreas { get; init; }

    public required IReadOnlyList<GapCluster> Clusters { get; init; }

    /// <summary>How many municipalities were computed for this state.</summary>
    public required int Recomputed { get; init; }

    public static ComputedCounty Of(County county, AnalysisOptions options)
    {
        GapEngine.RequireKnown(options.Measures, county.Measures);
        var analysis = new Analysis(county, options).Compute();
        var served = new Lazy<ServedEdges>(() => ServedEdges.Of(analysis));
        var gaps = GapAreaFinder.Find(analysis);
        return new(county, options, analysis, Totals.Of(analysis), ReachedGroups.Of(analysis), served)
        {
            GapAreas = gaps,
            Clusters = ClusterFinder.Find(analysis, gaps, served),
            Recomputed = county.Municipalities.Count,
        };
    }

    /// <summary>
    /// The state after an import or a change of measures. What changes the frame itself (municipalities, settlements, areas of supply, lists
    /// matched by words) is computed anew as a whole.
    /// </summary>
    /// <exception cref="BreitbandException">WrongUse for a chosen measure that is no more.</exception>
    public ComputedCounty Follow(County changed)
    {
        GapEngine.RequireKnown(options.Measures, changed.Measures);
        if (ChangedMeasures(changed) is not { } measures || TouchedArea.Between(County, changed, measures)?.With(Clusters) is not { } touched)
            return Of(changed, options);
        if (touched.Municipalities.Count == 0 && measures.Count == 0 && SaysTheSame(changed))
            return new(changed, options, last, totals, groups, served) { GapAreas = GapAreas, Clusters = Clusters, Recomputed = 0 };
        var part = new Analysis(touched.Clip(changed), options).Compute();
        var edges = ReferenceEquals(changed.Cells, County.Cells) ? served : new(() => ServedEdges.Of(changed, options));
        var ags = touched.Municipalities.Select(m => changed.Municipalities[m].Ags).ToHashSet(StringComparer.Ordinal);
        GapArea[] fresh = [.. GapAreaFinder.Find(part).Where(g => ags.Contains(g.Ags))];
        return new(changed, options, part, totals.With(Totals.Of(part), touched.Municipalities), groups.With(ReachedGroups.Of(part), touched.Municipalities, Renumbered(changed)), edges)
        {
            GapAreas = [.. GapAreas.Where(g => !ags.Contains(g.Ags)).Concat(fresh).OrderBy(g => g.Key, StringComparer.Ordinal)],
            Clusters = ClusterFinder.Ordered(Clusters.Where(c => !ags.Contains(c.Ags)).Concat(ClusterFinder.Find(part, fresh, edges))),
            Recomputed = touched.Municipalities.Count,
        };
    }

    /// <summary>
    /// The measures of which something that counts differs, as they were and as they are; null where a key is not one measure's. A newer date of
    /// coverage may turn a measure that is reported as built into one that is overdue, wherever it lies.
    /// </summary>
    List<Measure>? ChangedMeasures(County changed)
    {
        var (before, after) = (Judged(County, last.Planned.Tests), Judged(changed, last.Plan(changed)));
        return before is null || after is null ? null : [.. before.Keys.Union(after.Keys).Where(k => !Same(before.GetValueOrDefault(k), after.GetValueOrDefault(k)))
            .SelectMany(k => new[] { before.GetValueOrDefault(k).Measure, after.GetValueOrDefault(k).Measure }).OfType<Measure>()];
    }

    static Dictionary<string, (Measure? Measure, PlannedFault Faults)>? Judged(County county, IReadOnlyList<(PlannedFault Faults, IReadOnlyList<Phrase> Reasons)> tests)
    {
        var judged = new Dictionary<string, (Measure?, PlannedFault)>(StringComparer.Ordinal);
        for (var i = 0; i < county.Measures.Count; i++)
            if (!judged.TryAdd(county.Measures[i].Key, (county.Measures[i], tests[i].Faults)))
                return null;
        return judged;
    }

    /// <summary>Whether the register reads the same, costs, titles and the reasons of failed tests included.</summary>
    bool SaysTheSame(County changed) => Analysis.NewestCoverage(County, options.Basis) == Analysis.NewestCoverage(changed, options.Basis)
        && County.Measures.Count == changed.Measures.Count
        && County.Measures.Zip(changed.Measures).All(p => p.First == p.Second with { AddressKeys = p.First.AddressKeys, RemovedKeys = p.First.RemovedKeys, Geometry = p.First.Geometry });

    static bool Same((Measure? Measure, PlannedFault Faults) a, (Measure? Measure, PlannedFault Faults) b) =>
        a.Measure is { } before && b.Measure is { } after && a.Faults == b.Faults && before.ReachesAs(after);

    /// <summary>Per measure of this state its place among the changed ones, -1 for one that is no more.</summary>
    int[] Renumbered(County changed)
    {
        var at = changed.Measures.Select((m, i) => (m.Key, i)).ToDictionary(p => p.Key, p => p.i, StringComparer.Ordinal);
        return [.. County.Measures.Select(m => at.GetValueOrDefault(m.Key, -1))];
    }
}
