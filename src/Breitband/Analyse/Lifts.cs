namespace Breitband.Analyse;

/// <summary>Per measure: what it takes from the gap, what it could take, at what cost, what others reach too and what remains.</summary>
static class Lifts
{
    public static IReadOnlyList<MeasureResult> Of(Analysis analysis)
    {
        var measures = analysis.County.Measures;
        return measures.Count == 0 ? [] : Of(analysis, ReachedGroups.Of(analysis));
    }

    public static IReadOnlyList<MeasureResult> Of(Analysis analysis, ReachedGroups groups)
    {
        var measures = analysis.County.Measures;
        return Of(analysis.County.Municipalities, measures, groups, analysis.Planned, analysis.Planned.Chosen);
    }

    public static IReadOnlyList<MeasureResult> Of(IReadOnlyList<Municipality> municipalities, IReadOnlyList<Measure> measures, ReachedGroups groups, PlannedMeasures planned, IReadOnlyList<bool> chosen)
    {
        var counts = planned.Counted(chosen);
        var sums = new Sum[measures.Count];
        for (var i = 0; i < sums.Length; i++)
            sums[i] = new Sum();
        foreach (var group in groups.All)
        {
            var lifting = group.Lifting(counts);
            foreach (var measure in group.Measures)
                sums[measure].Add(group, measure, lifting);
        }
        return [.. measures.Select((m, i) => Result(m, sums[i], municipalities, measures, planned.Tests[i].Where(sums[i].AnyOpen), chosen[i]))];
    }

    public static IReadOnlyList<Phrase> Reasons(bool chosen, IReadOnlyList<Phrase> failed) => chosen ? failed : [MeasureResult.NotChosen, .. failed];

    static MeasureResult Result(Measure m, Sum sum, IReadOnlyList<Municipality> municipalities, IReadOnlyList<Measure> measures, PlannedTest test, bool chosen) =>
        new(m.Key, m.Title, m.State, test.Faults, Reasons(chosen, test.Reasons), sum.Households.Open, sum.Addresses.Open, sum.Businesses.Open, sum.Reach,
            m.Cost, m.Cost is { } cost && sum.Households.Open > 0 ? cost / Split.Count(sum.Households.Open) : null)
        {
            Detail = new(sum.Households, sum.Addresses, sum.Businesses, sum.Classes, sum.ReachAddresses, sum.ReachBusinesses,
                [.. sum.Overlaps.OrderByDescending(o => o.Value).ThenBy(o => o.Key).Select(o => new MeasureOverlap(measures[o.Key].Key, o.Value))],
                sum.Remains, new(m.ShareFederal, m.ShareState, m.ShareCounty))
            {
                AddressClasses = sum.AddressClasses,
                BusinessClasses = sum.BusinessClasses,
                Places = [.. sum.Places().Select(p => new MeasurePlace(municipalities[p.Municipality].Ags, p.Share)).OrderBy(p => p.Ags, StringComparer.Ordinal)],
            },
        };

    sealed class Sum
    {
        public Split Households, Addresses, Businesses;
        public ClassCounts Classes, AddressClasses, BusinessClasses;
        public long Reach, ReachAddresses, ReachBusinesses, Remains;
        public readonly Dictionary<int, long> Overlaps = [];
        readonly Dictionary<int, (long Households, long Addresses)> places = [];

        public bool AnyOpen => Reach > 0 || ReachAddresses > 0 || ReachBusinesses > 0;

        public void Add(ReachedGroup group, int measure, int lifting)
        {
            Reach += group.Households.Open;
            ReachAddresses += group.Addresses.Open;
            ReachBusinesses += group.Businesses.Open;
            Remains += lifting < 0 ? group.Households.Open : 0;
            var (households, addresses) = places.GetValueOrDefault(group.Municipality);
            places[group.Municipality] = (households + group.Households.Total, addresses + group.Addresses.Total);
            if (group.Households.Open > 0)
                foreach (var other in group.Measures)
                    if (other != measure)
                        Overlaps[other] = Overlaps.GetValueOrDefault(other) + group.Households.Open;
            if (lifting != measure)
                return;
            Households += OpenOf(group.Households);
            Addresses += OpenOf(group.Addresses);
            Businesses += OpenOf(group.Businesses);
            Classes += group.Classes;
            AddressClasses += group.AddressClasses;
            BusinessClasses += group.BusinessClasses;
        }

        /// <summary>Served ones count, too: a measure is of a municipality also when it is built.</summary>
        public IEnumerable<(int Municipality, double Share)> Places()
        {
            var (households, addresses) = (places.Values.Sum(p => p.Households), places.Values.Sum(p => p.Addresses));
            return places.Where(_ => households + addresses > 0).Select(p => (p.Key, households > 0 ? (double)p.Value.Households / households : (double)p.Value.Addresses / addresses)).Where(p => p.Item2 > 0);
        }

        static Split OpenOf(Split split) => new(0, split.Unclear, 0, split.Unserved);
    }
}
