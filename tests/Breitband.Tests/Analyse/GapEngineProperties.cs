using Breitband.Analyse;
using CsCheck;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Analyse;

/// <summary>What must hold of every county, not only of the village.</summary>
public class GapEngineProperties
{
    internal static readonly Gen<(double X, double Y)> AnyPoint = Gen.Select(Gen.Double[-490, 1490], Gen.Double[-490, 690]);

    internal static readonly Gen<County> AnyCounty = Gen.Select(
        Gen.Select(Gen.Int[-4, 13], Gen.Int[-4, 5], Gen.Int[0, 40]).Array[0, 12],
        AnyPoint.Array[1, 30],
        Gen.Select(Gen.Int[-3, 10], Gen.Int[-3, 10], Gen.OneOf([.. Village.Kinds.Keys])).Array[0, 40],
        Gen.Select(AnyPoint, Gen.Double[10, 400], Gen.OneOf([.. MeasureState.All]), Gen.Int[2024, 2030], Gen.OneOf(100.0, 300, 1000)).Array[0, 4])
        .Select((cells, houses, atlas, plans) => Village.Build(
            [.. cells.DistinctBy(c => (c.Item1, c.Item2)).Select((c, i) => Cell($"P{i:00}", c.Item1 * 100, c.Item2 * 100, c.Item3))],
            [.. houses.Select((h, i) => new Address($"h{i:00}", h.X < 500 ? 0 : 1, Village.X0 + h.X, Village.Y0 + h.Y, new("Weg", $"{i}", null, "1", "D")))],
            [.. atlas.DistinctBy(c => (c.Item1, c.Item2)).Select((c, i) => ($"A{i:00}", c.Item1 * 80.0 - c.Item2 * 60.0, c.Item1 * 60.0 + c.Item2 * 80.0, c.Item3))],
            [.. plans.Select((p, i) => Plan($"M{i}", p.Item1, p.Item2, p.Item3, p.Item4, p.Item5))]));

    static PopulationCell Cell(string key, double x, double y, double inhabitants) =>
        new(key, x < 500 ? 0 : 1, Village.X0 + x + 50, Village.Y0 + y + 50, inhabitants, Village.Rectangle(x, y, x + 100, y + 100));

    internal static Measure Plan(string key, (double X, double Y) at, double size, MeasureState state, int year, double down) => new()
    {
        Key = key,
        Title = key,
        State = state,
        MilestonePlan = true,
        Consultation = new(2024, 1, 1),
        Commissioning = new(year, 1, 1),
        Target = new(Technology.Ftth, down, down / 2),
        Geometry = Village.Rectangle(at.X, at.Y, at.X + size, at.Y + size),
    };

    static GapResult Run(County county, MeasureChoice? measures = null) => GapEngine.Run(county, Village.Options(measures: measures));

    [Fact]
    public void Parts_add_up_to_wholes_exactly() => AnyCounty.Sample(county =>
    {
        var rows = Run(county).Rows;
        Split Sum(AreaLevel level, Func<AreaResult, Split> of, string? ags = null) => rows.Where(r => r.Level == level && (ags is null || r.Ags == ags)).Select(of).Aggregate(Split.Zero, Split.Add);

        Split Leaves(Func<AreaResult, Split> of, string? ags = null) => Sum(AreaLevel.Settlement, of, ags) + Sum(AreaLevel.Outside, of, ags) + Sum(AreaLevel.Unlocated, of, ags);

        foreach (var of in (Func<AreaResult, Split>[])[r => r.Households, r => r.Addresses, r => r.Businesses])
        {
            Assert.Equal(of(rows[0]), Sum(AreaLevel.Municipality, of));
            Assert.Equal(of(rows[0]), Leaves(of));
            Assert.All(rows.Where(r => r.Level == AreaLevel.Municipality), m => Assert.Equal(of(m), Leaves(of, m.Ags)));
            Assert.All(rows.Where(r => r.Level == AreaLevel.Amt), a => Assert.Equal(of(a), county.Municipalities.Where(m => m.Amt == a.Key).Select(m => Sum(AreaLevel.Municipality, of, m.Ags)).Aggregate(Split.Zero, Split.Add)));
        }
        Assert.All(rows, r => Assert.Equal(r.Households.Unclear, r.Unclear.Bracket + r.Unclear.WithoutEvidence));
        Assert.All(rows, r => Assert.True(Math.Min(Math.Min(r.Households.Served, r.Households.Unclear), Math.Min(r.Households.Planned, r.Households.Unserved)) >= 0));
    }, iter: 200);

    [Fact]
    public void Households_are_conserved_and_every_address_counts_once() => AnyCounty.Sample(county =>
    {
        var total = Run(county).Rows[0];
        Assert.Equal(county.Population.Sum(p => Split.Units(p.Inhabitants / 2)), total.Households.Total);
        Assert.Equal(county.Addresses.Count * Split.One, total.Addresses.Total);
    }, iter: 200);

    [Fact]
    public void Planned_households_are_those_of_the_states_of_their_measures() => AnyCounty.Sample(county =>
        Assert.All(Run(county).Rows, row => Assert.Equal(row.Households.Planned, row.PlannedBy.Values.Sum())), iter: 100);

    [Fact]
    public void Every_facility_counts_as_one_in_its_kind() => AnyCounty.Sample(county =>
    {
        var rows = Run(county with { Facilities = [.. county.Facilities.Select(f => f with { Kind = "Gewerbegebiet" }), Village.Facilities[0] with { Key = "F2", Kind = "Schule", X = Village.X0 + 50, Y = Village.Y0 + 50, Municipality = 0 }] }).Rows;
        Assert.Equal((Split.One, Split.One), (rows[0].Facilities["Gewerbegebiet"].Total, rows[0].Facilities["Schule"].Total));
        foreach (var kind in (string[])["Gewerbegebiet", "Schule"])
            Assert.Equal(rows[0].Facilities[kind], rows.Where(r => r.Level == AreaLevel.Municipality).Select(r => r.Facilities.GetValueOrDefault(kind)).Aggregate(Split.Zero, Split.Add));
    }, iter: 50);

    [Fact]
    public void Measures_take_from_the_gap_and_never_from_supply() => AnyCounty.Sample(county =>
    {
        var (with, without) = (Run(county), Run(county, MeasureChoice.None));
        foreach (var (a, b) in with.Rows.Zip(without.Rows))
        {
            Assert.Equal(b.Households.Served, a.Households.Served);
            Assert.True(a.Households.Unserved <= b.Households.Unserved && a.Households.Unclear <= b.Households.Unclear);
            Assert.Equal(0, b.Households.Planned);
        }
        Assert.Equal(with.Rows[0].Households.Planned, with.Measures.Sum(m => m.Households));
    }, iter: 200);

    static readonly Gen<Offer> AnyOffer = Gen.Select(Gen.OneOf(Technology.Ftth, Technology.Hfc, Technology.Fttc), Gen.OneOf(50.0, 300, 1000)).Select((technology, down) => new Offer(technology, down, null));

    /// <summary>Areas and lists of operators and shares of the municipalities besides.</summary>
    internal static readonly Gen<County> AnyEvidence = Gen.Select(AnyCounty,
        Gen.Select(AnyPoint, Gen.Double[50, 600], AnyOffer, Gen.Bool).Array[0, 6], Gen.Select(Gen.Int[0, 29], AnyOffer, Gen.Bool).Array[0, 10], Gen.OneOf([.. Village.Kinds.Keys]))
        .Select((county, areas, answers, kind) => county with
        {
            Areas = [.. areas.Select((a, i) => new ExactCoverage($"G{i}", "P", a.Item3, a.Item4, 1, Village.Rectangle(a.Item1.X, a.Item1.Y, a.Item1.X + a.Item2, a.Item1.Y + a.Item2), null, null))],
            AddressAnswers = [.. answers.Select((a, i) => new ExactCoverage($"L{i}", "P", a.Item2, a.Item3, 1, null, $"h{a.Item1:00}", null))],
            MunicipalShares = Village.Published([("a", 0, 0, kind), ("b", 0, 0, "gemischt")]) with { Keys = [Village.Adorf, Village.Bdorf], Geometries = [null, null] },
        });

    [Fact]
    public void The_order_of_the_rows_of_any_layer_changes_nothing() => Gen.Select(AnyEvidence, Gen.Enum<Basis>(), Gen.Int[1, 1000]).Sample((county, basis, order) =>
    {
        GapResult Shuffled(int seed)
        {
            using var store = new MemoryStore();
            CountyInStore.Write(store, county, seed);
            return GapEngine.Run(store, Village.Options(basis));
        }

        var (one, other) = (Shuffled(0), Shuffled(order));
        Assert.Equal(one.Rows.Select(r => (r.Level, r.Key, r.Households, r.Addresses, r.Businesses, r.Unclear)), other.Rows.Select(r => (r.Level, r.Key, r.Households, r.Addresses, r.Businesses, r.Unclear)));
        Assert.Equal(one.GapAreas.Select(g => (g.Key, g.Ags, g.Share, g.Households, g.AreaM2)), other.GapAreas.Select(g => (g.Key, g.Ags, g.Share, g.Households, g.AreaM2)));
        Assert.Equal(one.Clusters.Select(c => (c.Key, c.Places, c.Households, c.Addresses, c.Businesses, c.AreaM2, c.Spread, c.Nearest)), other.Clusters.Select(c => (c.Key, c.Places, c.Households, c.Addresses, c.Businesses, c.AreaM2, c.Spread, c.Nearest)));
        Assert.Equal(one.Measures.Select(m => (m.Key, m.Faults, m.Households, m.Addresses, m.Businesses, m.Reach)), other.Measures.Select(m => (m.Key, m.Faults, m.Households, m.Addresses, m.Businesses, m.Reach)));
        Assert.Equal((one.Run, one.Notes.Count), (other.Run, other.Notes.Count));
    }, iter: 60);

    [Fact]
    public void Moving_everything_by_whole_cells_changes_no_figure() => Gen.Select(AnyCounty, Gen.Int[-3, 3], Gen.Int[-3, 3]).Sample((county, dx, dy) =>
    {
        var (here, there) = (Run(county), Run(Moved(county, 100 * dx, 100 * dy)));
        foreach (var (a, b) in here.Rows.Zip(there.Rows))
            Assert.True(Math.Abs(a.Households.Served - b.Households.Served) <= 1000 && Math.Abs(a.Households.Unserved - b.Households.Unserved) <= 1000
                && a.Households.Total == b.Households.Total && a.Addresses.Total == b.Addresses.Total && a.Businesses == b.Businesses);
        Assert.Equal(here.GapAreas.Sum(g => g.Geometry.Area), there.GapAreas.Sum(g => g.Geometry.Area), 1.0);
        Assert.Equal(here.GapAreas.Sum(g => Split.Count(g.Households)), there.GapAreas.Sum(g => Split.Count(g.Households)), 1e-3);
        Assert.Equal(here.Clusters.Sum(c => Split.Count(c.Households)), there.Clusters.Sum(c => Split.Count(c.Households)), 1e-3);
        Assert.Equal(here.Clusters.Sum(c => c.Businesses), there.Clusters.Sum(c => c.Businesses));
    }, iter: 100);

    [Fact]
    public void Splitting_a_measure_changes_nothing() => Gen.Select(AnyCounty, AnyPoint, Gen.Double[50, 400], Gen.Double[0.1, 0.9]).Sample((county, at, size, cut) =>
    {
        Measure Part(string key, double left, double right) => Plan(key, at, size, MeasureState.Find("construction"), 2026, 1000) with { Geometry = Village.Rectangle(at.X + left * size, at.Y, at.X + right * size, at.Y + size) };

        var (whole, parts) = (Run(county with { Measures = [.. county.Measures, Part("Z", 0, 1)] }), Run(county with { Measures = [.. county.Measures, Part("Za", 0, cut), Part("Zb", cut, 1)] }));
        Assert.Equal(whole.Rows.Select(r => (r.Households, r.Addresses, r.Businesses)), parts.Rows.Select(r => (r.Households, r.Addresses, r.Businesses)));
        Assert.Equal(whole.Measures.Sum(m => m.Households), parts.Measures.Sum(m => m.Households));
        Assert.Equal(whole.GapAreas.Sum(g => g.Geometry.Area), parts.GapAreas.Sum(g => g.Geometry.Area), 1.0);
    }, iter: 100);

    [Fact]
    public void Splitting_a_settlement_changes_nothing_but_its_own_row() => Gen.Select(AnyCounty, Gen.Double[10, 290]).Sample((county, cut) =>
    {
        Settlement Part(string key, double left, double right) => Village.Settlements[0] with { Key = key, Geometry = Village.Rectangle(left, 0, right, 200) };

        var (whole, parts) = (Run(county).Rows, Run(county with { Settlements = [Part("S1a", 0, cut), Part("S1b", cut, 300), Village.Settlements[1]] }).Rows);
        Split Of(IReadOnlyList<AreaResult> rows, Func<AreaResult, Split> of) => rows.Where(r => r.Level == AreaLevel.Settlement && r.Key.StartsWith("S1", StringComparison.Ordinal)).Select(of).Aggregate(Split.Zero, Split.Add);

        foreach (var of in (Func<AreaResult, Split>[])[r => r.Households, r => r.Addresses, r => r.Businesses])
            Assert.Equal(Of(whole, of), Of(parts, of));
        Assert.Equal(Others(whole), Others(parts));

        static IEnumerable<(AreaLevel, string, Split, Split)> Others(IReadOnlyList<AreaResult> rows) => rows.Where(r => !r.Key.StartsWith("S1", StringComparison.Ordinal)).Select(r => (r.Level, r.Key, r.Households, r.Addresses));
    }, iter: 100);

    /// <summary>The municipality's shares stand in only where the atlas has no cell of it at all.</summary>
    [Fact]
    public void A_single_missing_cell_is_not_filled_from_the_municipalitys_shares() => AnyCounty.Sample(county =>
    {
        var shares = Village.Published([("a", 0, 0, "Glasfaser"), ("b", 0, 0, "Glasfaser")]) with { Keys = [Village.Adorf, Village.Bdorf], Geometries = [null, null] };
        var (without, with) = (Run(county).Rows, Run(county with { MunicipalShares = shares }).Rows);
        var known = new Analysis(county, Village.Options()).Atlas.HasCells;
        foreach (var (a, b) in without.Zip(with).Where(p => p.First.Ags is not null))
            if (known[county.Municipalities.ToList().FindIndex(m => m.Ags == a.Ags)])
                Assert.Equal((a.Households, a.Addresses), (b.Households, b.Addresses));
            else
                Assert.Equal(b.Households.Total - b.Households.Planned, b.Households.Served);
    }, iter: 100);

    [Fact]
    public void Splitting_a_coverage_area_changes_nothing() => Gen.Select(AnyCounty, AnyPoint, Gen.Double[50, 400], Gen.Double[0.1, 0.9]).Sample((county, at, size, cut) =>
    {
        ExactCoverage Area(string key, double left, double right) => new(key, "P", new(Technology.Ftth, 1000, 500), false, 1,
            Village.Rectangle(at.X + left * size, at.Y, at.X + right * size, at.Y + size), null, null);

        var whole = GapEngine.Run(county with { Areas = [Area("a", 0, 1)] }, Village.Options(Basis.Best));
        var parts = GapEngine.Run(county with { Areas = [Area("a", 0, cut), Area("b", cut, 1)] }, Village.Options(Basis.Best));
        Assert.Equal(whole.Rows.Select(r => r.Households), parts.Rows.Select(r => r.Households));
        Assert.Equal(whole.GapAreas.Sum(g => g.AreaM2), parts.GapAreas.Sum(g => g.AreaM2), 1); // m²; a border's extra vertices follow the curved projection
    }, iter: 100);

    [Fact]
    public void Adding_supply_never_raises_the_gap() => Gen.Select(AnyCounty, AnyPoint, Gen.Double[50, 600], Gen.Double[10, 1000]).Sample((county, at, size, speed) =>
    {
        var area = new ExactCoverage("a", "P", new(Technology.Ftth, speed, speed), false, 1, Village.Rectangle(at.X, at.Y, at.X + size, at.Y + size), null, null);
        var (before, after) = (GapEngine.Run(county, Village.Options(Basis.Best)), GapEngine.Run(county with { Areas = [area] }, Village.Options(Basis.Best)));
        Assert.All(before.Rows.Zip(after.Rows), pair => Assert.True(pair.Second.Households.Open <= pair.First.Households.Open));
    }, iter: 100);

    [Fact]
    public void Gap_areas_lie_in_their_municipality_and_do_not_overlap() => AnyCounty.Sample(county =>
    {
        var gaps = Run(county).GapAreas;
        foreach (var gap in gaps)
            Assert.True(county.Municipalities.Single(m => m.Ags == gap.Ags).Geometry!.Buffer(0.01).Covers(gap.Geometry), gap.Key);
        for (var i = 0; i < gaps.Count; i++)
            for (var j = i + 1; j < gaps.Count; j++)
                Assert.True(Overlays.Intersection(gaps[i].Geometry, gaps[j].Geometry).Area < 0.1, $"{gaps[i].Key} {gaps[j].Key}");
    }, iter: 30);

    static County Moved(County county, double dx, double dy)
    {
        T? Shift<T>(T? geometry) where T : Geometry
        {
            var copy = (T?)geometry?.Copy();
            copy?.Apply(new NetTopologySuite.Geometries.Utilities.AffineTransformation().SetToTranslation(dx, dy));
            return copy;
        }

        Municipality[] municipalities = [.. county.Municipalities.Select(m => m with { Geometry = Shift(m.Geometry) })];
        return county with
        {
            Municipalities = municipalities,
            MunicipalityIndex = new PolygonIndex([.. municipalities.Select(m => m.Geometry)]),
            Settlements = [.. county.Settlements.Select(s => s with { Geometry = Shift(s.Geometry)! })],
            Population = [.. county.Population.Select(p => p with { X = p.X + dx, Y = p.Y + dy, Geometry = Shift(p.Geometry)! })],
            Addresses = [.. county.Addresses.Select(a => a with { X = a.X + dx, Y = a.Y + dy })],
            Facilities = [.. county.Facilities.Select(f => f with { X = f.X + dx, Y = f.Y + dy })],
            Cells = county.Cells with { Geometries = [.. county.Cells.Geometries.Select(Shift)] },
            Measures = [.. county.Measures.Select(m => m with { Geometry = Shift(m.Geometry) })],
        };
    }
}
