namespace Breitband.Analyse;

/// <summary>
/// Adds the splits of all demands up to the rows of a result. Every demand belongs to exactly one leaf (a settlement's part in one
/// municipality, or what lies outside settlements, or what has no place); every other row is a sum of leaves, so parts equal wholes exactly.
/// </summary>
sealed class Totals
{
    readonly Analysis analysis;
    readonly (Technology Technology, (int Column, int Mbit)[] Columns)[] answered;
    readonly Dictionary<(int Municipality, int Settlement), Sum> leaves = [];

    sealed class Sum
    {
        public Split Households, Addresses, Businesses;
        public UnclearCounts Unclear;
        public ClassCounts Spots, AddressSpots;
        public readonly Dictionary<string, long> PlannedBy = new(StringComparer.Ordinal);
        public readonly Dictionary<string, Split> Facilities = new(StringComparer.Ordinal);
        public readonly long[] ShareOf = new long[ShareTable.Width], ShareIn = new long[ShareTable.Width];

        public void Add(Sum other)
        {
            Households += other.Households;
            Addresses += other.Addresses;
            Businesses += other.Businesses;
            Unclear += other.Unclear;
            Spots += other.Spots;
            AddressSpots += other.AddressSpots;
            foreach (var (state, households) in other.PlannedBy)
                PlannedBy[state] = PlannedBy.GetValueOrDefault(state) + households;
            foreach (var (kind, count) in other.Facilities)
                Facilities[kind] = Facilities.GetValueOrDefault(kind) + count;
            for (var i = 0; i < ShareIn.Length; i++)
                (ShareIn[i], ShareOf[i]) = (ShareIn[i] + other.ShareIn[i], ShareOf[i] + other.ShareOf[i]);
        }

        public IReadOnlyDictionary<string, double> Shares() => Enumerable.Range(0, ShareIn.Length).Where(i => ShareOf[i] > 0)
            .ToDictionary(ShareTable.FieldName, i => 100.0 * ShareIn[i] / ShareOf[i]);
    }

    Totals(Analysis analysis) => (this.analysis, answered) = (analysis, AnsweredColumns(analysis));

    /// <summary>
    /// The columns in which places answered exactly count. Beside an atlas, those it publishes: a class that only the answers know would else be their
    /// share printed as everybody's, above the one of a lower class.
    /// </summary>
    static (Technology Technology, (int Column, int Mbit)[] Columns)[] AnsweredColumns(Analysis analysis)
    {
        var published = analysis.Options.Basis == Basis.Best && analysis.Consultation.Any ? analysis.County.PublishedColumns : [];
        return [.. from column in Enumerable.Range(0, ShareTable.Width)
                   let technology = ShareTable.TechnologyOf(column)
                   where published.Contains(true) ? published[column] : technology is Technology.All or Technology.FtthB or Technology.Fttc or Technology.Hfc
                   group (column, ShareTable.ClassOf(column)) by technology into columns
                   select (columns.Key, columns.ToArray())];
    }

    public static IReadOnlyList<AreaResult> Rows(Analysis analysis) => Of(analysis).Rows();

    /// <summary>The sums by leaf, kept for a later change of some municipalities.</summary>
    public static Totals Of(Analysis analysis)
    {
        var totals = new Totals(analysis);
        totals.Collect();
        return totals;
    }

    /// <summary>These sums with some municipalities' leaves taken from another computation of the same municipalities and settlements.</summary>
    public Totals With(Totals other, IReadOnlySet<int> municipalities)
    {
        var totals = new Totals(other.analysis);
        foreach (var (leaf, sum) in leaves.Where(l => !municipalities.Contains(l.Key.Municipality)).Concat(other.leaves.Where(l => municipalities.Contains(l.Key.Municipality))))
            totals.leaves[leaf] = sum;
        return totals;
    }

    /// <summary>In two halves, one per core: each adds up its own leaves, then they are merged; sums of whole numbers do not mind the order.</summary>
    void Collect()
    {
        var merge = new Lock();
        var demands = analysis.Demands;
        var chunk = Math.Max(4096, demands.Count / Environment.ProcessorCount + 1);
        Parallel.For(0, (demands.Count + chunk - 1) / chunk, part =>
        {
            var own = new Dictionary<(int, int), Sum>();
            var (scratch, classes) = (new Analysis.Scratch(), new DownloadClasses(analysis));
            for (var demand = part * chunk; demand < Math.Min(demands.Count, (part + 1) * chunk); demand++)
                Add(own, demand, scratch, classes);
            lock (merge)
                foreach (var (leaf, sum) in own)
                    Leaf(leaves, leaf).Add(sum);
        });
    }

    void Add(Dictionary<(int, int), Sum> sums, int demand, Analysis.Scratch scratch, DownloadClasses classes)
    {
        var demands = analysis.Demands;
        var sum = Leaf(sums, (demands.Municipality[demand], demands.Settlement[demand]));
        sum.Households += analysis.HouseholdSplits[demand];
        sum.Addresses += analysis.AddressSplits[demand];
        sum.Businesses += analysis.BusinessSplits[demand];
        sum.Unclear += analysis.Assessments[demand].Reasons(demands.Households[demand], analysis.HouseholdSplits[demand].Unclear);
        if (analysis.HouseholdSplits[demand].Total > analysis.HouseholdSplits[demand].Served || analysis.AddressSplits[demand].Total > analysis.AddressSplits[demand].Served)
        {
            var (spots, ofAddresses, _) = classes.Of(demand);
            sum.Spots += spots;
            sum.AddressSpots += ofAddresses;
        }
        if (analysis.HouseholdSplits[demand].Planned is > 0 and var planned && analysis.County.Measures[analysis.PlannedBy[demand]].State.Code is var state)
            sum.PlannedBy[state] = sum.PlannedBy.GetValueOrDefault(state) + planned;
        if (demands.Kind[demand] == DemandKind.Facility && analysis.County.Facilities[demands.Source[demand]].Kind is var kind)
            sum.Facilities[kind] = sum.Facilities.GetValueOrDefault(kind) + analysis.Assessments[demand].Apply(Split.One, analysis.PlannedBy[demand] >= 0);
        if (demands.Households[demand] > 0)
            AddShares(sum, demand, scratch);
    }

    /// <summary>The class shares of the published evidence, weighted by households; places answered exactly count in every class they reach.</summary>
    void AddShares(Sum sum, int demand, Analysis.Scratch scratch)
    {
        var households = analysis.Demands.Households[demand];
        switch (analysis.Assessments[demand].Source)
        {
            case EvidenceSource.Cells or EvidenceSource.MunicipalShares:
                analysis.Atlas.Rows(demand, scratch.Rows);
                foreach (var (row, weight) in scratch.Rows)
                    AddShares(sum, analysis.Atlas.Table(demand).Row(row), households * weight);
                break;
            case EvidenceSource.AddressAnswer:
                analysis.Consultation.AnswersOf(demand, scratch.Found);
                AddReached(sum, analysis.County.AddressAnswers, scratch.Found, households);
                break;
            case EvidenceSource.Area:
                analysis.Consultation.AreasOf(demand, scratch.Found);
                AddReached(sum, analysis.County.Areas, scratch.Found, households);
                break;
        }
    }

    static void AddShares(Sum sum, ReadOnlySpan<double> shares, double households)
    {
        for (var i = 0; i < shares.Length; i++)
            if (!double.IsNaN(shares[i]))
            {
                sum.ShareIn[i] += (long)Math.Round(households * shares[i]);
                sum.ShareOf[i] += (long)Math.Round(households);
            }
    }

    void AddReached(Sum sum, IReadOnlyList<ExactCoverage> coverage, List<int> found, long households)
    {
        foreach (var (technology, columns) in answered)
        {
            var (reached, open) = Fastest(coverage, found, technology);
            foreach (var (column, mbit) in columns)
                if (mbit <= reached)
                    (sum.ShareOf[column], sum.ShareIn[column]) = (sum.ShareOf[column] + households, sum.ShareIn[column] + households);
                else if (!(mbit <= open))
                    sum.ShareOf[column] += households;
        }
    }

    /// <summary>The fastest offer of a technology, and of those that may be of it, Mbit/s; -1 for none.</summary>
    static (double Reached, double Open) Fastest(IReadOnlyList<ExactCoverage> coverage, List<int> found, Technology technology)
    {
        var (reached, open) = (-1.0, -1.0);
        foreach (var i in found)
            if (coverage[i].Offer is { Technology: not Technology.Mobile and var by, Down: { } down })
                switch (technology, by)
                {
                    case (Technology.All, _):
                    case (Technology.FtthB, Technology.Ftth or Technology.Fttb):
                    case (Technology.Other, Technology.Fwa):
                    case var (wanted, named) when wanted == named:
                        reached = Math.Max(reached, down);
                        break;
                    case (_, null):
                    case (Technology.Ftth or Technology.Fttb, Technology.FtthB):
                        open = Math.Max(open, down);
                        break;
                }
        return (reached, open);
    }

    static Sum Leaf(Dictionary<(int, int), Sum> sums, (int, int) leaf) => sums.TryGetValue(leaf, out var sum) ? sum : sums[leaf] = new Sum();

    public IReadOnlyList<AreaResult> Rows()
    {
        var county = analysis.County;
        var municipalities = county.Municipalities.Select((m, i) => Row(AreaLevel.Municipality, m.Ags, m.Name, m.Ags, m.Geometry, l => l.Municipality == i)).ToList();
        var amts = county.Municipalities.Where(m => m.Amt is not null).GroupBy(m => m.Amt!).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
            Row(AreaLevel.Amt, g.Key, g.Select(m => m.AmtName).FirstOrDefault(n => n is not null) ?? $"Amt {g.Key}", null, null,
                l => county.Municipalities[l.Municipality].Amt == g.Key));
        return
        [
            Row(AreaLevel.County, county.Key, CountyName(county.Key), null, null, _ => true),
            .. amts,
            .. municipalities,
            .. Leaves().OrderBy(r => r.Level).ThenBy(r => r.Key, StringComparer.Ordinal),
        ];
    }

    IEnumerable<AreaResult> Leaves()
    {
        var county = analysis.County;
        foreach (var leaf in leaves.Keys.Union(county.Settlements.Select((s, i) => (s.Municipality, i))))
        {
            var municipality = county.Municipalities[leaf.Item1];
            yield return leaf.Item2 switch
            {
                Demands.Outside => Row(AreaLevel.Outside, municipality.Ags, $"{municipality.Name}, außerhalb von Ortslagen", municipality.Ags, null, l => l == leaf),
                Demands.Unlocated => Row(AreaLevel.Unlocated, municipality.Ags, $"{municipality.Name}, ohne Ortsangabe", municipality.Ags, null, l => l == leaf),
                var s when county.Settlements[s].Municipality == leaf.Item1 =>
                    Row(AreaLevel.Settlement, county.Settlements[s].Key, county.Settlements[s].Name, municipality.Ags, county.Settlements[s].Geometry, l => l == leaf),
                // A settlement that reaches over the border: the other municipality's part is a row of its own, so that each municipality adds up.
                var s => Row(AreaLevel.Settlement, $"{county.Settlements[s].Key}@{municipality.Ags}", $"{county.Settlements[s].Name} (Anteil {municipality.Name})",
                    municipality.Ags, null, l => l == leaf),
            };
        }
    }

    /// <summary>The rows a leaf enters, from the county down to its own.</summary>
    public static IEnumerable<(AreaLevel Level, string Key)> KeysOf(County county, int municipality, int settlement)
    {
        var home = county.Municipalities[municipality];
        yield return (AreaLevel.County, county.Key);
        if (home.Amt is { } amt)
            yield return (AreaLevel.Amt, amt);
        yield return (AreaLevel.Municipality, home.Ags);
        yield return settlement switch
        {
            Demands.Outside => (AreaLevel.Outside, home.Ags),
            Demands.Unlocated => (AreaLevel.Unlocated, home.Ags),
            var s when county.Settlements[s].Municipality == municipality => (AreaLevel.Settlement, county.Settlements[s].Key),
            var s => (AreaLevel.Settlement, $"{county.Settlements[s].Key}@{home.Ags}"),
        };
    }

    AreaResult Row(AreaLevel level, string key, string name, string? ags, NetTopologySuite.Geometries.Geometry? geometry, Func<(int Municipality, int Settlement), bool> member)
    {
        var sum = new Sum();
        foreach (var (leaf, part) in leaves)
            if (member(leaf))
                sum.Add(part);
        return new(level, key, name, ags, sum.Households, sum.Addresses, sum.Businesses, sum.Unclear, sum.Shares(), geometry)
        {
            PlannedBy = Sorted(sum.PlannedBy),
            Spots = new(sum.Spots, sum.AddressSpots),
            Facilities = Sorted(sum.Facilities),
        };
    }

    static Dictionary<string, T> Sorted<T>(Dictionary<string, T> sums) => sums.OrderBy(s => s.Key, StringComparer.Ordinal).ToDictionary(s => s.Key, s => s.Value);

    /// <summary>The county's name where the program knows it; the key otherwise.</summary>
    static string CountyName(string key) => key switch { "12069" => "Landkreis Potsdam-Mittelmark", "" => "Deutschland", _ => $"Kreis {key}" };
}
