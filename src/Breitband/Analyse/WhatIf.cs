namespace Breitband.Analyse;

/// <summary>What a choice of measures comes to.</summary>
/// <param name="Rows">As in <see cref="GapResult.Rows"/>: county, Ämter, municipalities, settlements, outside rows.</param>
public sealed record WhatIfAnswer(IReadOnlyList<AreaResult> Rows, IReadOnlyList<MeasureResult> Measures);

/// <summary>
/// A computed county in memory that answers what any choice of measures, or measures with other dates, states, speeds or areas, comes to:
/// exactly the figures of a full computation, in a millisecond instead of the time of one. Immutable, so any number of threads may ask one.
/// A change gives a new one that shares what it has in common with the old.
/// </summary>
public sealed class WhatIf
{
    readonly Analysis analysis;
    readonly IReadOnlyList<AreaResult> plain;
    readonly IReadOnlyList<Measure> measures;
    readonly PlannedMeasures planned;
    readonly ReachedGroups groups;
    readonly WhatIfRows rows;
    readonly Lazy<IReadOnlyList<GapArea>> usual;
    readonly Lazy<ILookup<string, GapArea>> usualOf;
    readonly Lazy<MeasureGround> ground;

    WhatIf(Analysis analysis, IReadOnlyList<AreaResult> plain, IReadOnlyList<Measure> measures, PlannedMeasures planned, ReachedGroups groups, WhatIfRows rows)
    {
        (this.analysis, this.plain, this.measures, this.planned, this.groups, this.rows) = (analysis, plain, measures, planned, groups, rows);
        usual = new(() => analysis.GapsWith(planned, groups.Reached, null));
        usualOf = new(() => Usual.ToLookup(g => g.Ags, StringComparer.Ordinal));
        ground = new(() => new(analysis, planned, groups.Reached));
    }

    public County County => analysis.County with { Measures = measures };

    /// <summary>Profile, basis and day of judgement; its choice of measures has no meaning here.</summary>
    public AnalysisOptions Options => analysis.Options;

    /// <summary>The measures that can be chosen, by key.</summary>
    public IReadOnlyList<Measure> Measures => measures;

    /// <summary>Reads and computes a store's county.</summary>
    public static WhatIf Of(Store.Store store, AnalysisOptions options) => Of(CountyReader.Read(store, options.Editions), options);

    public static WhatIf Of(County county, AnalysisOptions options)
    {
        var bare = new Analysis(county with { Measures = [] }, options with { Measures = MeasureChoice.None }).Compute();
        // A choice moves households, addresses and businesses; what it does to states and kinds of facilities only a full computation says.
        IReadOnlyList<AreaResult> plain = [.. Totals.Rows(bare).Select(r => r with { Facilities = new Dictionary<string, Split>() })];
        return Make(bare, plain, new(bare.County, plain), county.Measures, new Dictionary<string, int[]>());
    }

    /// <summary>The figures of a choice of measures.</summary>
    /// <exception cref="BreitbandException">WrongUse for a key that is not among <see cref="Measures"/>.</exception>
    public WhatIfAnswer Answer(MeasureChoice choice)
    {
        var chosen = Chosen(choice);
        return new(rows.With(groups, planned.Counted(chosen)), Lifts.Of(rows.Municipalities, measures, groups, planned, chosen));
    }

    /// <summary>Where the gaps of a choice lie, as <see cref="GapResult.GapAreas"/>.</summary>
    /// <exception cref="BreitbandException">WrongUse for a key that is not among <see cref="Measures"/>.</exception>
    public IReadOnlyList<GapArea> Gaps(MeasureChoice choice)
    {
        var (was, now) = Beside(choice);
        var gone = was.ToHashSet<GapArea>(ReferenceEqualityComparer.Instance);
        return [.. Usual.Where(g => !gone.Contains(g)).Concat(now).OrderBy(g => g.Key, StringComparer.Ordinal)];
    }

    /// <summary>Of <see cref="Usual"/> what lies in the municipalities that the measures left out touch, and what a choice has there: everywhere else both are the same.</summary>
    /// <exception cref="BreitbandException">WrongUse for a key that is not among <see cref="Measures"/>.</exception>
    public (IReadOnlyList<GapArea> Was, IReadOnlyList<GapArea> Now) Beside(MeasureChoice choice)
    {
        var chosen = Chosen(choice);
        var touched = ground.Value.Between(planned.Counted(chosen), planned.Counted(planned.Chosen));
        return touched.Count == 0 ? ([], []) : ([.. touched.SelectMany(m => usualOf.Value[analysis.County.Municipalities[m].Ags])], analysis.GapsWith(planned.Choosing(chosen), groups.Reached, touched));
    }

    /// <summary>Those of every measure that counts; found when first asked for.</summary>
    public IReadOnlyList<GapArea> Usual => usual.Value;

    bool[] Chosen(MeasureChoice choice)
    {
        GapEngine.RequireKnown(choice, measures);
        return [.. measures.Select(m => choice.All || choice.Keys.Contains(m.Key))];
    }

    /// <summary>The same county with a measure changed, or added where its key is new. Only what that measure reaches, before and after, is looked at again.</summary>
    public WhatIf With(Measure measure) => Changed([.. measures.Where(m => m.Key != measure.Key), measure]);

    /// <summary>The same county without a measure.</summary>
    public WhatIf Without(string key) => Changed([.. measures.Where(m => m.Key != key)]);

    /// <summary>The county in another state: where only measures changed, no more than their places is looked at again; otherwise it is computed.</summary>
    public WhatIf Follow(County changed) => changed.IsSameGround(County) ? Changed(changed.Measures) : Of(changed, Options);

    WhatIf Changed(IReadOnlyList<Measure> changed)
    {
        var after = changed.ToLookup(m => m.Key, StringComparer.Ordinal);
        var known = new Dictionary<string, int[]>(StringComparer.Ordinal);
        for (var i = 0; i < measures.Count; i++)
            if (after[measures[i].Key].All(measures[i].ReachesAs))
                known[measures[i].Key] = groups.Reached[i];
        return Make(analysis, plain, rows, changed, known);
    }

    static WhatIf Make(Analysis bare, IReadOnlyList<AreaResult> plain, WhatIfRows rows, IReadOnlyList<Measure> measures, IReadOnlyDictionary<string, int[]> known)
    {
        IReadOnlyList<Measure> ordered = [.. measures.OrderBy(m => m.Key, StringComparer.Ordinal).ThenBy(m => m.Title, StringComparer.Ordinal)];
        var planned = bare.Plan(ordered, MeasureChoice.Every);
        Measure[] fresh = [.. ordered.Where(m => !known.ContainsKey(m.Key))];
        var found = ReachedGroups.ReachOf(bare, bare.Plan(fresh, MeasureChoice.Every), fresh.Length);
        var next = 0;
        int[][] reached = [.. ordered.Select(m => known.TryGetValue(m.Key, out var there) ? there : found[next++])];
        return new(bare, plain, ordered, planned, ReachedGroups.Of(bare, reached), rows);
    }
}

/// <summary>The rows of a county without measures, and where each place's figures enter them.</summary>
sealed class WhatIfRows
{
    readonly IReadOnlyList<AreaResult> plain;
    readonly Dictionary<(AreaLevel Level, string Key), int> at = [];
    readonly County county;

    public WhatIfRows(County county, IReadOnlyList<AreaResult> plain)
    {
        (this.county, this.plain) = (county, plain);
        for (var i = 0; i < plain.Count; i++)
            at[(plain[i].Level, plain[i].Key)] = i;
    }

    /// <summary>Moves the open part of every group that a counting measure lifts from unclear and unserved to planned, in every row it belongs to.</summary>
    public IReadOnlyList<AreaResult> With(ReachedGroups groups, Counting counts)
    {
        var rows = plain.ToArray();
        foreach (var group in groups.All)
            if (group.Lifting(counts) >= 0)
                foreach (var i in RowsOf(group))
                    rows[i] = rows[i] with
                    {
                        Households = Lifted(rows[i].Households, group.Households),
                        Addresses = Lifted(rows[i].Addresses, group.Addresses),
                        Businesses = Lifted(rows[i].Businesses, group.Businesses),
                        Unclear = Less(rows[i].Unclear, group.Unclear),
                    };
        return rows;
    }

    static Split Lifted(Split whole, Split part) => new(whole.Served, whole.Unclear - part.Unclear, whole.Planned + part.Open, whole.Unserved - part.Unserved);

    static UnclearCounts Less(UnclearCounts a, UnclearCounts b) => new(a.Bracket - b.Bracket, a.NoAtlasData - b.NoAtlasData, a.NoAnswer - b.NoAnswer, a.NoFigure - b.NoFigure);

    public IReadOnlyList<Municipality> Municipalities => county.Municipalities;

    IEnumerable<int> RowsOf(ReachedGroup group) => Totals.KeysOf(county, group.Municipality, group.Settlement).Select(key => at[key]);
}
