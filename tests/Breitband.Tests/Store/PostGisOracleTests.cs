using Breitband.Analyse;
using Breitband.Store;
using Breitband.Tests.Analyse;

namespace Breitband.Tests.Store;

/// <summary>Random and adversarial counties: the engine's answer, read from PostGIS, beside PostGIS' own by SQL.</summary>
public sealed class PostGisOracleTests(PostGisServer server)
{
    readonly string database = server.NewDatabase();

    [Fact]
    public void The_engine_and_an_experts_SQL_agree_at_every_level_to_the_last_unit()
    {
        for (var seed = 1; seed <= 24; seed++)
        {
            var county = FormattableString.Invariant($"{10000 + seed}");
            using var store = PostGisStore.Open(database, OpenMode.Create, county);
            var made = new AdversarialCounty(seed);
            made.Write(store);
            var result = GapEngine.Run(store, Village.Options(Basis.Mev, MeasureChoice.None));
            var (expected, actual) = (Said(PostGisOracle.Totals(database, county, made.Complete)), Said(Figures(result)));
            Assert.True(expected.SetEquals(actual), $"seed {seed}\nSQL:\n{string.Join('\n', expected.Except(actual))}\nengine:\n{string.Join('\n', actual.Except(expected))}");
            var gaps = result.GapAreas.Where(g => g.Settlement is not null && g.Evidence == "areas").ToDictionary(g => (g.Settlement!, g.Ags), g => g.Geometry.Area);
            foreach (var gap in result.GapAreas.Where(g => g.Evidence == "areas"))
                Assert.Equal(expected.Where(f => f.Level == (gap.Settlement is null ? "Outside" : "Settlement") && f.Key == (gap.Settlement ?? gap.Ags) && f.Ags == gap.Ags).Sum(f => f.HouseholdsUnclear + f.HouseholdsUnserved), gap.Households);
            // A part in another municipality is one where somebody lives; strips become part of what lies beside them.
            foreach (var gap in PostGisOracle.Gaps(database, county).Where(g => g.Own && g.Area > 2 || gaps.ContainsKey((g.Settlement, g.Ags))))
                Assert.True(Math.Abs(gap.Area - gaps.GetValueOrDefault((gap.Settlement, gap.Ags))) < 2, $"seed {seed}, {gap}: {gaps.GetValueOrDefault((gap.Settlement, gap.Ags))} m²");
        }
    }

    /// <summary>Areas of overlap are sums of floating-point products, in another order in each: a millionth of a household is what may differ.</summary>
    const long Unit = 1000;

    [Fact]
    public void The_engine_and_an_experts_SQL_agree_on_published_shares_at_every_level()
    {
        for (var seed = 1; seed <= 24; seed++)
        {
            var county = FormattableString.Invariant($"{10000 + seed}");
            using var store = PostGisStore.Open(database, OpenMode.Create, county);
            new AdversarialCounty(seed).Write(store);
            var result = GapEngine.Run(store, Village.Options(Basis.Atlas, MeasureChoice.None));
            var (expected, actual) = (Said(PostGisOracle.AtlasTotals(database, county)), Said(Figures(result)));
            Assert.True(expected.Count == actual.Count && expected.All(e => actual.Any(a => Near(e, a))),
                $"seed {seed}\nSQL:\n{string.Join('\n', expected.Except(actual))}\nengine:\n{string.Join('\n', actual.Except(expected))}");
            Assert.Contains(expected, f => f is { Level: "Settlement", HouseholdsServed: > 0, HouseholdsUnclear: > 0, HouseholdsUnserved: > 0 });
            var gaps = result.GapAreas.ToLookup(g => g.Key.Split('/')[1], StringComparer.Ordinal);
            var open = PostGisOracle.AtlasCells(database, county).Where(c => c.Share > Village.Options().Profile.GapShare && c.Area > 1.5).ToList();
            Assert.Equal(open.Select(c => c.Key).Order(StringComparer.Ordinal), gaps.Select(g => g.Key).Order(StringComparer.Ordinal));
            Assert.All(open, c => Assert.True(Math.Abs(c.Share - gaps[c.Key].First().Share) < 1e-9 && Math.Abs(c.Area - gaps[c.Key].Sum(g => g.Geometry.Area)) < 2, $"seed {seed}, {c}"));
        }
    }

    [Fact]
    public void The_engine_and_an_experts_SQL_agree_where_areas_come_before_published_shares()
    {
        var (answered, asked) = (false, false);
        for (var seed = 1; seed <= 24; seed++)
        {
            var county = FormattableString.Invariant($"{10000 + seed}");
            using var store = PostGisStore.Open(database, OpenMode.Create, county);
            var made = new AdversarialCounty(seed);
            made.Write(store);
            var (expected, actual) = (Said(PostGisOracle.BestTotals(database, county, made.Complete)), Said(Figures(GapEngine.Run(store, Village.Options(Basis.Best, MeasureChoice.None)))));
            Assert.True(expected.Count == actual.Count && expected.All(e => actual.Any(a => Near(e, a))),
                $"seed {seed}\nSQL:\n{string.Join('\n', expected.Except(actual))}\nengine:\n{string.Join('\n', actual.Except(expected))}");
            var whole = expected.Single(f => f.Level == "County");
            answered |= whole != PostGisOracle.AtlasTotals(database, county).Single(f => f.Level == "County");
            asked |= whole != PostGisOracle.Totals(database, county, made.Complete).Single(f => f.Level == "County");
        }
        Assert.True(answered && asked, "neither source may decide alone in every county");
    }

    [Fact]
    public void The_engine_and_an_experts_SQL_agree_on_what_counts_as_planned_and_what_each_measure_lifts()
    {
        var (counting, failing, businesses) = (0, 0, 0L);
        for (var seed = 1; seed <= 24; seed++)
        {
            var county = FormattableString.Invariant($"{10000 + seed}");
            using var store = PostGisStore.Open(database, OpenMode.Create, county);
            var made = new AdversarialCounty(seed);
            made.Write(store);
            var result = GapEngine.Run(store, Village.Options(Basis.Mev));
            var newest = store.Editions().Max(e => e.Date);
            var lifts = PostGisMeasureOracle.ByMeasure(database, county, made.Complete, Village.AsOf, newest).OrderBy(l => l.Key, StringComparer.Ordinal).ToList();
            // Where nobody is open, a measure reported as built has nothing left to show.
            Assert.Equal(lifts.Where(l => l.Reach > 0), result.Measures.Where(m => m.Reach > 0).Select(m => new PostGisMeasureOracle.Lift(m.Key, m.Faults == PlannedFault.None, m.Households, m.Addresses, m.Businesses, m.Reach)));
            var rows = PostGisMeasureOracle.ByMunicipality(database, county, made.Complete, Village.AsOf, newest).ToDictionary(p => p.Ags);
            foreach (var row in result.Rows.Where(r => r.Level == AreaLevel.Municipality))
                Assert.Equal(rows.GetValueOrDefault(row.Key, new(row.Key, 0, 0, 0, 0, 0, 0)), new(row.Key, row.Households.Planned, row.Addresses.Planned, row.Businesses.Planned, row.Businesses.Served, row.Businesses.Unclear, row.Businesses.Unserved));
            counting += lifts.Count(l => l.Households > 0);
            failing += lifts.Count(l => !l.Counts && l.Reach > 0);
            businesses += lifts.Sum(l => l.Businesses);
        }
        Assert.True(counting > 10 && failing > 10 && businesses > 0, "the counties must have measures that count, measures that do not, and businesses");
    }

    internal static bool Near(PostGisOracle.Figures a, PostGisOracle.Figures b) => (a.Level, a.Key, a.Ags) == (b.Level, b.Key, b.Ags)
        && Math.Abs(a.HouseholdsServed - b.HouseholdsServed) < Unit && Math.Abs(a.HouseholdsUnclear - b.HouseholdsUnclear) < Unit && Math.Abs(a.HouseholdsUnserved - b.HouseholdsUnserved) < Unit
        && Math.Abs(a.AddressesServed - b.AddressesServed) < Unit && Math.Abs(a.AddressesUnclear - b.AddressesUnclear) < Unit && Math.Abs(a.AddressesUnserved - b.AddressesUnserved) < Unit;

    /// <summary>Of a settlement that reaches over a border the engine calls the other part „key@AGS“.</summary>
    internal static IEnumerable<PostGisOracle.Figures> Figures(GapResult result) => result.Rows.Select(r => new PostGisOracle.Figures(
        $"{r.Level}", r.Level == AreaLevel.County ? "" : r.Key.Split('@')[0], r.Level is AreaLevel.County or AreaLevel.Amt ? "" : r.Ags!,
        r.Households.Served, r.Households.Unclear, r.Households.Unserved, r.Addresses.Served, r.Addresses.Unclear, r.Addresses.Unserved));

    /// <summary>Rows of nothing are left out: the engine lists every settlement, SQL those where somebody lives.</summary>
    internal static HashSet<PostGisOracle.Figures> Said(IEnumerable<PostGisOracle.Figures> figures) => figures
        .Where(f => f.HouseholdsServed + f.HouseholdsUnclear + f.HouseholdsUnserved + f.AddressesServed + f.AddressesUnclear + f.AddressesUnserved > 0).ToHashSet();
}
