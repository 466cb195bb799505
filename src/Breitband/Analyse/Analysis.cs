namespace Breitband.Analyse;

/// <summary>One analysis under way: the county, its demand, the evidence and, after <see cref="Compute"/>, the split of every demand.</summary>
public sealed class Analysis
{
    readonly Lazy<PolygonIndex> settlements;
    readonly Lazy<CellParts> cellParts;
    readonly Lazy<CellDemands> cellDemands;
    PlannedMeasures planned;

    /// <summary>What the last trial of measures was computed on: three megabytes that the next one need not copy.</summary>
    Analysis? spare;

    /// <param name="asked">A place to judge besides the demand, see <see cref="DemandBuilder"/>; the last demand then is this one.</param>
    public Analysis(County county, AnalysisOptions options, Address? asked = null)
    {
        (County, Options) = (county, options);
        var (households, facilities) = (ServedRule.ForHouseholds(options.Profile), ServedRule.ForFacilities(options.Profile));
        Demands = DemandBuilder.Build(county, options.Profile.MinBusinesses, asked);
        Atlas = new AtlasEvidence(county, Demands, households, facilities);
        Consultation = new ConsultationEvidence(county, Demands, households, facilities);
        planned = Plan(county.Measures, options.Measures);
        settlements = new(() => new PolygonIndex([.. county.Settlements.Select(s => s.Geometry)]));
        cellParts = new(() => new CellParts(this));
        cellDemands = new(() => new CellDemands(this));
        HouseholdSplits = new Split[Demands.Count];
        AddressSplits = new Split[Demands.Count];
        BusinessSplits = new Split[Demands.Count];
        Assessments = new Assessment[Demands.Count];
        PlannedBy = new int[Demands.Count];
    }

    /// <summary>The same evidence, whose measures may become others.</summary>
    Analysis(Analysis judged)
    {
        (County, Options, Demands, Atlas, Consultation, Assessments) = (judged.County, judged.Options, judged.Demands, judged.Atlas, judged.Consultation, judged.Assessments);
        (planned, settlements, cellParts, cellDemands) = (judged.planned, judged.settlements, judged.cellParts, judged.cellDemands);
        (AddressSplits, BusinessSplits) = (judged.AddressSplits, judged.BusinessSplits);
        HouseholdSplits = [.. judged.HouseholdSplits];
        PlannedBy = [.. judged.PlannedBy];
    }

    public County County { get; }
    public AnalysisOptions Options { get; }
    public Demands Demands { get; }
    public AtlasEvidence Atlas { get; }
    public ConsultationEvidence Consultation { get; }
    public PlannedMeasures Planned => planned;

    internal PolygonIndex SettlementIndex => settlements.Value;

    internal CellParts CellParts => cellParts.Value;

    internal CellDemands CellDemands => cellDemands.Value;

    public Split[] HouseholdSplits { get; }
    public Split[] AddressSplits { get; }
    public Split[] BusinessSplits { get; }
    public Assessment[] Assessments { get; }

    /// <summary>The counting measure with the lowest key that reaches a demand, -1 for none: a place is lifted once.</summary>
    public int[] PlannedBy { get; }

    /// <summary>Tests and areas of measures, be they the register's or imagined ones.</summary>
    internal PlannedMeasures Plan(IReadOnlyList<Measure> measures, MeasureChoice choice) => new(measures, choice, Options.Profile, Options.AsOf, NewestCoverage(County, Options.Basis));

    /// <summary>The same of another state's measures.</summary>
    internal PlannedMeasures Plan(County changed) => new(changed.Measures, Options.Measures, Options.Profile, Options.AsOf, NewestCoverage(changed, Options.Basis));

    /// <summary>Judges every demand, in parallel; no result depends on the order.</summary>
    public Analysis Compute()
    {
        Parallel.For(0, (Demands.Count + Batch - 1) / Batch, () => new Scratch(), (batch, _, scratch) =>
        {
            for (var demand = batch * Batch; demand < Math.Min(Demands.Count, (batch + 1) * Batch); demand++)
                Judge(demand, scratch);
            return scratch;
        }, static _ => { });
        return this;
    }

    /// <summary>Where the gaps of this county, judged without any measure, lie when these count; addresses and businesses stay as they were judged.</summary>
    /// <param name="reached">Per measure: the demands it reaches.</param>
    /// <param name="municipalities">Only theirs; all where null.</param>
    internal IReadOnlyList<GapArea> GapsWith(PlannedMeasures measures, IReadOnlyList<int[]> reached, IReadOnlySet<int>? municipalities)
    {
        var (lifted, changed) = (Interlocked.Exchange(ref spare, null) ?? new(this), new List<int>());
        lifted.planned = measures;
        for (var measure = 0; measure < reached.Count; measure++)
            foreach (var demand in reached[measure])
                if (lifted.PlannedBy[demand] < 0 && lifted.CountsFor(measure, demand))
                {
                    (lifted.PlannedBy[demand], lifted.HouseholdSplits[demand]) = (measure, Assessments[demand].Apply(Demands.Households[demand], true));
                    changed.Add(demand);
                }
        var gaps = GapAreaFinder.Find(lifted, municipalities);
        foreach (var demand in changed)
            (lifted.PlannedBy[demand], lifted.HouseholdSplits[demand]) = (PlannedBy[demand], HouseholdSplits[demand]);
        spare = lifted; // one that failed on the way is not
        return gaps;
    }

    const int Batch = 1024;

    /// <summary>Lists each worker reuses.</summary>
    public sealed class Scratch
    {
        public List<(int Row, double Weight)> Rows { get; } = [];

        public List<int> Found { get; } = [];
    }

    /// <summary>Judges one demand.</summary>
    public void Judge(int demand, Scratch scratch)
    {
        var assessment = Assess(demand, scratch);
        PlannedBy[demand] = CountingMeasure(demand, scratch.Found);
        var lifted = PlannedBy[demand] >= 0;
        Assessments[demand] = assessment;
        HouseholdSplits[demand] = assessment.Apply(Demands.Households[demand], lifted);
        AddressSplits[demand] = assessment.Apply(Demands.Addresses[demand], lifted);
        BusinessSplits[demand] = assessment.Apply(Demands.Businesses[demand], lifted);
    }

    /// <summary>Precedence: on basis „mev“ and „best“ the operators' answers; where they say nothing, on „best“ and „atlas“ the published shares.</summary>
    public Assessment Assess(int demand, Scratch scratch)
    {
        if (Options.Basis != Basis.Atlas && Consultation.Any && Consultation.Assess(demand, scratch.Found) is { } answered)
            return answered;
        if (Options.Basis == Basis.Mev)
            return Consultation.OpenOffer(demand, scratch.Found) ?? new(EvidenceSource.None, 0, 0, NoAnswer: 1);
        Atlas.Rows(demand, scratch.Rows);
        return Atlas.Assess(demand, scratch.Rows);
    }

    /// <summary>The rule a demand is judged by.</summary>
    internal ServedRule RuleOf(int demand) => Demands.Kind[demand] == DemandKind.Facility ? ServedRule.ForFacilities(Options.Profile) : ServedRule.ForHouseholds(Options.Profile);

    /// <summary>A measure's tests as one judged demand sees them.</summary>
    internal PlannedTest PlannedTest(int measure, int demand) =>
        (Demands.Kind[demand] == DemandKind.Facility ? planned.FacilityTests : planned.Tests)[measure].Where(Assessments[demand].Served < 1);

    int CountingMeasure(int demand, List<int> found)
    {
        if (County.Measures.Count == 0 || Demands.Kind[demand] == DemandKind.Municipality)
            return -1;
        Reaching(planned, demand, found);
        foreach (var measure in found)
            if (CountsFor(measure, demand))
                return measure;
        return -1;
    }

    /// <summary>The measures that reach a demand or name its address, ascending, whether they count or not.</summary>
    internal void Reaching(PlannedMeasures measures, int demand, List<int> found) =>
        measures.Reaching(Demands.X[demand], Demands.Y[demand], measures.NamesAddresses ? AddressKey(demand) : null, found); // a text for each of a state's addresses

    bool CountsFor(int measure, int demand) => Demands.Kind[demand] == DemandKind.Facility ? planned.CountsForFacilities(measure) : planned.Counts(measure);

    public string? AddressKey(int demand) => Demands.Kind[demand] == DemandKind.Address ? AddressTable.KeyOf(Demands.AddressList, Demands.Source[demand]) : null;

    internal static DateOnly? NewestCoverage(County county, Basis basis) => county.Editions
        .Where(e => basis.Uses(e) && e.Dataset.Layer is "coverage_cells" or "coverage_areas" or "coverage_addresses" or "coverage_municipalities")
        .Select(e => (DateOnly?)e.Date).Max();
}
