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
    readonly Lazy<IReadOnlyList<Phrase>> notes;

    ComputedCounty(County county, AnalysisOptions options, Analysis last, Totals totals, ReachedGroups groups, Lazy<ServedEdges> served, Lazy<IReadOnlyList<Phrase>> notes) =>
        (County, this.options, this.last, this.totals, this.groups, this.served, this.notes) = (county, options, last, totals, groups, served, notes);

    public County County { get; }

    public AnalysisOptions Options => options;

    /// <summary>As in <see cref="GapResult.Rows"/>.</summary>
    public IReadOnlyList<AreaResult> Rows => totals.Rows();

    public IReadOnlyList<MeasureResult> Measures => Lifts.Of(last, groups);

    public required IReadOnlyList<GapArea> GapAreas { get; init; }

    public required IReadOnlyList<GapCluster> Clusters { get; init; }

    /// <summary>How many municipalities were computed for this state.</summary>
    public required int Recomputed { get; init; }

    /// <summary>The whole answer, as of <see cref="GapEngine.Run(County, AnalysisOptions)"/>.</summary>
    public GapResult Result() => GapEngine.Answer(County, options, Rows, GapAreas, Clusters, Measures, notes.Value);

    public static ComputedCounty Of(County county, AnalysisOptions options)
    {
        var analysis = GapEngine.Computed(county, options);
        var served = new Lazy<ServedEdges>(() => ServedEdges.Of(analysis));
        var gaps = GapAreaFinder.Find(analysis);
        return new(county, options, analysis, Totals.Of(analysis), ReachedGroups.Of(analysis), served, new(() => GapEngine.Notes(analysis)))
        {
            GapAreas = gaps,
            Clusters = ClusterFinder.Find(analysis, gaps, served),
            Recomputed = county.Municipalities.Count,
        };
    }

    /// <summary>
    /// The state after an import or a change of measures. What changes the frame itself (municipalities, settlements, whether there is an address
    /// layer or a complete list) is computed anew as a whole.
    /// </summary>
    /// <exception cref="BreitbandException">WrongUse for a chosen measure that is no more.</exception>
    public ComputedCounty Follow(County changed)
    {
        GapEngine.RequireKnown(options.Measures, changed.Measures);
        if (ChangedMeasures(changed) is not { } measures || TouchedArea.Between(County, changed, measures, ServedRule.ForHouseholds(options.Profile))?.With(Clusters) is not { } touched)
            return Of(changed, options);
        var said = changed.IsSameGround(County) ? notes : new(() => GapEngine.Notes(new Analysis(changed, options)));
        var edges = ReferenceEquals(changed.Cells, County.Cells) && ReferenceEquals(changed.Areas, County.Areas) && ReferenceEquals(changed.AddressAnswers, County.AddressAnswers)
            ? served : new(() => ServedEdges.Of(changed, options));
        if (touched.Municipalities.Count == 0 && measures.Count == 0 && SaysTheSame(changed))
            return new(changed, options, last, totals, groups, edges, said) { GapAreas = GapAreas, Clusters = Clusters, Recomputed = 0 };
        var part = new Analysis(touched.Clip(changed), options).Compute();
        var ags = touched.Municipalities.Select(m => changed.Municipalities[m].Ags).ToHashSet(StringComparer.Ordinal);
        GapArea[] fresh = [.. GapAreaFinder.Find(part).Where(g => ags.Contains(g.Ags))];
        return new(changed, options, part, totals.With(Totals.Of(part), touched.Municipalities), groups.With(ReachedGroups.Of(part), touched.Municipalities, Renumbered(changed)), edges, said)
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
        if (JudgedOf(County, last.Planned) is not { } before || JudgedOf(changed, last.Plan(changed)) is not { } after)
            return null;
        return [.. before.Keys.Union(after.Keys).Where(k => !Same(before.GetValueOrDefault(k), after.GetValueOrDefault(k)))
            .SelectMany(k => new[] { before.GetValueOrDefault(k)?.Measure, after.GetValueOrDefault(k)?.Measure }).OfType<Measure>()];
    }

    static Dictionary<string, Judged>? JudgedOf(County county, PlannedMeasures planned)
    {
        var judged = new Dictionary<string, Judged>(StringComparer.Ordinal);
        for (var i = 0; i < county.Measures.Count; i++)
            if (!judged.TryAdd(county.Measures[i].Key, new(county.Measures[i], planned.Tests[i].Faults, planned.FacilityTests[i].Faults)))
                return null;
        return judged;
    }

    /// <summary>Whether the register reads the same, costs, titles and the reasons of failed tests included.</summary>
    bool SaysTheSame(County changed) => Analysis.NewestCoverage(County, options.Basis) == Analysis.NewestCoverage(changed, options.Basis)
        && County.Measures.Count == changed.Measures.Count
        && County.Measures.Zip(changed.Measures).All(p => p.First == p.Second with { AddressKeys = p.First.AddressKeys, RemovedKeys = p.First.RemovedKeys, Geometry = p.First.Geometry });

    /// <summary>The state is part of the answer: planned households are told apart by what their measure has come to.</summary>
    static bool Same(Judged? a, Judged? b) => a is not null && b is not null && a.Faults == b.Faults && a.FacilityFaults == b.FacilityFaults
        && a.Measure.State.Code == b.Measure.State.Code && a.Measure.ReachesAs(b.Measure);

    sealed record Judged(Measure Measure, PlannedFault Faults, PlannedFault FacilityFaults);

    /// <summary>Per measure of this state its place among the changed ones, -1 for one that is no more.</summary>
    int[] Renumbered(County changed)
    {
        var at = changed.Measures.Select((m, i) => (m.Key, i)).ToDictionary(p => p.Key, p => p.i, StringComparer.Ordinal);
        return [.. County.Measures.Select(m => at.GetValueOrDefault(m.Key, -1))];
    }
}
