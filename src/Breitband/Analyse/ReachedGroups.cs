namespace Breitband.Analyse;

/// <summary>The demands of one place (a settlement's part in one municipality, or outside) that the same measures reach, added up without any measure.</summary>
/// <param name="Facility">Schools, hospitals, business parks: they have a rule of their own.</param>
/// <param name="Measures">Indices of the reaching measures, ascending; whether one counts is not asked here.</param>
sealed record ReachedGroup(int Municipality, int Settlement, bool Facility, int[] Measures, Split Households, Split Addresses, Split Businesses, UnclearCounts Unclear, ClassCounts Classes)
{
    public ClassCounts AddressClasses { get; init; }

    public ClassCounts BusinessClasses { get; init; }

    /// <summary>The counting measure with the lowest key, -1 for none: a place is lifted once.</summary>
    public int Lifting(Counting counts)
    {
        var counting = Facility ? counts.Facilities : counts.Households;
        foreach (var measure in Measures)
            if (counting[measure])
                return measure;
        return -1;
    }
}

/// <summary>
/// Which demands each measure reaches, and those demands in groups. Few measures overlap, so a county has some hundred groups, and any choice of
/// measures is a walk over them: what a measure lifts is the open part of the groups it is the first of.
/// </summary>
sealed class ReachedGroups
{
    ReachedGroups(int[][] reached, IReadOnlyList<ReachedGroup> all) => (Reached, All) = (reached, all);

    /// <summary>Per measure: its demands, ascending.</summary>
    public int[][] Reached { get; }

    public IReadOnlyList<ReachedGroup> All { get; }

    public static ReachedGroups Of(Analysis analysis) => Of(analysis, ReachOf(analysis, analysis.Planned, analysis.County.Measures.Count));

    /// <summary>These groups with those of some municipalities taken from another computation.</summary>
    /// <param name="renumbered">Per measure of these groups its index among the other's measures; of those no group outside the municipalities has, any.</param>
    public ReachedGroups With(ReachedGroups other, IReadOnlySet<int> municipalities, IReadOnlyList<int> renumbered) => new([],
    [
        .. All.Where(g => !municipalities.Contains(g.Municipality)).Select(g => g with { Measures = [.. g.Measures.Select(m => renumbered[m]).Order()] }),
        .. other.All.Where(g => municipalities.Contains(g.Municipality)),
    ]);

    /// <param name="reached">Per measure, in the order of their keys.</param>
    public static ReachedGroups Of(Analysis analysis, int[][] reached)
    {
        var (signature, members) = Signatures(analysis.Demands.Count, reached);
        var sums = new Dictionary<(int Signature, int Municipality, int Settlement, bool Facility), ReachedGroup>();
        var classes = new DownloadClasses(analysis);
        foreach (var demand in reached.SelectMany(r => r).Distinct().Order())
        {
            var place = (signature[demand], analysis.Demands.Municipality[demand], analysis.Demands.Settlement[demand], analysis.Demands.Kind[demand] == DemandKind.Facility);
            var group = sums.GetValueOrDefault(place) ?? new(place.Item2, place.Item3, place.Item4, members[place.Item1], default, default, default, default, default);
            var assessment = analysis.Assessments[demand];
            var households = assessment.Apply(analysis.Demands.Households[demand], false);
            var (ofHouseholds, ofAddresses, ofBusinesses) = classes.Of(demand);
            sums[place] = group with
            {
                Households = group.Households + households,
                Addresses = group.Addresses + assessment.Apply(analysis.Demands.Addresses[demand], false),
                Businesses = group.Businesses + assessment.Apply(analysis.Demands.Businesses[demand], false),
                Unclear = group.Unclear + assessment.Reasons(analysis.Demands.Households[demand], households.Unclear),
                Classes = group.Classes + ofHouseholds,
                AddressClasses = group.AddressClasses + ofAddresses,
                BusinessClasses = group.BusinessClasses + ofBusinesses,
            };
        }
        return new(reached, [.. sums.Values]);
    }

    /// <summary>The demands that each of some measures reaches.</summary>
    public static int[][] ReachOf(Analysis analysis, PlannedMeasures planned, int measures)
    {
        var reached = new List<int>[measures];
        for (var i = 0; i < measures; i++)
            reached[i] = [];
        var found = new List<int>();
        for (var demand = 0; demand < analysis.Demands.Count && measures > 0; demand++)
        {
            if (analysis.Demands.Kind[demand] == DemandKind.Municipality)
                continue;
            analysis.Reaching(planned, demand, found);
            foreach (var measure in found)
                reached[measure].Add(demand);
        }
        return [.. reached.Select(r => r.ToArray())];
    }

    /// <summary>A number per demand that is the same for the same set of measures, and the sets by number; 0 is the empty one.</summary>
    static (int[] Signature, List<int[]> Members) Signatures(int demands, int[][] reached)
    {
        var signature = new int[demands];
        List<int[]> members = [[]];
        var next = new Dictionary<(int Signature, int Measure), int>();
        for (var measure = 0; measure < reached.Length; measure++)
            foreach (var demand in reached[measure])
            {
                if (!next.TryGetValue((signature[demand], measure), out var with))
                {
                    next[(signature[demand], measure)] = with = members.Count;
                    members.Add([.. members[signature[demand]], measure]);
                }
                signature[demand] = with;
            }
        return (signature, members);
    }
}
