using Breitband.Analyse;
using Breitband.Store;
using Breitband.Tests.Analyse;

namespace Breitband.Tests.Store;

/// <summary>Every kind of evidence, gap areas, clusters and two editions: the engine's answer beside PostGIS' own by SQL.</summary>
public sealed class PostGisGapOracleTests(PostGisServer server)
{
    const int Seeds = 6;

    /// <summary>A millionth of a household: areas of overlap are sums of floating-point products, in another order in each.</summary>
    const long Unit = 1000;

    /// <summary>Square metres: where a strip became part of it, an area has its borders on a grid of 1 mm.</summary>
    const double Rounded = 0.2;

    readonly string database = server.NewDatabase();

    void ForEachCounty(Action<AdversarialCounty, PostGisStore, string> judge)
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var county = FormattableString.Invariant($"{10000 + seed}");
            using var store = PostGisStore.Open(database, OpenMode.Create, county);
            var made = AdversarialCounty.WithEverything(seed);
            made.Write(store);
            judge(made, store, county);
        }
    }

    [Fact]
    public void Lists_of_addresses_shares_of_municipalities_and_the_HFC_flag_count_as_an_expert_counts_them()
    {
        var wholes = new Dictionary<(string County, Basis Basis, bool Hfc), PostGisOracle.Figures>();
        ForEachCounty((made, store, county) =>
        {
            foreach (var (basis, hfc) in new[] { (Basis.Atlas, true), (Basis.Atlas, false), (Basis.Mev, true), (Basis.Mev, false), (Basis.Best, true), (Basis.Best, false) })
            {
                var result = GapEngine.Run(store, Village.Options(basis, MeasureChoice.None, Village.Rule with { HfcCountsAsServed = hfc }));
                var (expected, actual) = (PostGisOracleTests.Said(PostGisEvidenceOracle.Totals(database, county, made.Complete, basis, hfc)), PostGisOracleTests.Said(PostGisOracleTests.Figures(result)));
                Assert.True(expected.Count == actual.Count && expected.All(e => actual.Any(a => PostGisOracleTests.Near(e, a))),
                    $"{county}, {basis}, HFC {hfc}\nSQL:\n{string.Join('\n', expected.Except(actual))}\nengine:\n{string.Join('\n', actual.Except(expected))}");
                wholes[(county, basis, hfc)] = expected.Single(f => f.Level == "County");
            }
        });
        bool Differ(Basis one, bool flag, Basis other, bool otherFlag) => wholes.Keys.Any(k => wholes[(k.County, one, flag)] != wholes[(k.County, other, otherFlag)]);

        Assert.True(Differ(Basis.Atlas, true, Basis.Atlas, false) && Differ(Basis.Mev, true, Basis.Mev, false) && Differ(Basis.Best, true, Basis.Atlas, true) && Differ(Basis.Best, true, Basis.Mev, true), "basis and flag must make a difference");
    }

    [Fact]
    public void Parts_of_cells_inside_and_outside_settlements_have_the_ground_and_households_an_expert_gives_them()
    {
        var (clean, inside, outside) = (0, 0L, 0L);
        ForEachCounty((_, store, county) =>
        {
            var gaps = GapEngine.Run(store, Village.Options(Basis.Atlas, MeasureChoice.None)).GapAreas.ToDictionary(g => g.Key, StringComparer.Ordinal);
            var parts = PostGisGapOracle.Parts(database, county).ToDictionary(p => $"cells/{p.Cell}/{p.Settlement ?? "outside"}", StringComparer.Ordinal);
            Assert.Empty(gaps.Keys.Except(parts.Keys));
            foreach (var (key, part) in parts.Where(p => p.Value.Clean))
            {
                Assert.True(gaps.TryGetValue(key, out var gap) && Math.Abs(gap.Geometry.Area - part.Area) < Rounded && Math.Abs(gap.Households - part.Households) < Unit,
                    $"{county}, {part}: {(gap is null ? "nothing" : $"{gap.Geometry.Area} m², {gap.Households}")}");
                clean++;
                (inside, outside) = part.Settlement is null ? (inside, outside + part.Households) : (inside + part.Households, outside);
            }
            Assert.True(Math.Abs(gaps.Values.Sum(g => g.Households) - parts.Values.Sum(p => p.Households)) < Unit * gaps.Count, county);
        });
        Assert.True(clean > 50 * Seeds && inside > 0 && outside > 0, $"{clean} parts, {inside} and {outside}");
    }

    [Fact]
    public void Outside_settlements_the_ground_of_open_houses_beside_what_passes_is_that_of_an_expert()
    {
        var found = 0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var county = FormattableString.Invariant($"{10000 + seed}");
            using var store = PostGisStore.Open(database, OpenMode.Create, county);
            new AdversarialCounty(seed).Write(store);
            var gaps = GapEngine.Run(store, Village.Options(Basis.Mev, MeasureChoice.None)).GapAreas.Where(g => g.Settlement is null).ToDictionary(g => g.Ags, g => g.Geometry.Area);
            foreach (var (ags, area) in PostGisGapOracle.Outside(database, county))
                Assert.True(Math.Abs(area - gaps.GetValueOrDefault(ags)) < 2, $"{county}, {ags}: {gaps.GetValueOrDefault(ags)} instead of {area} m²");
            found += gaps.Count;
        }
        Assert.True(found > 3 * Seeds, $"only {found}");
    }

    [Fact]
    public void Clusters_are_those_of_ST_ClusterDBSCAN_at_100_metres()
    {
        var several = 0;
        ForEachCounty((_, store, county) =>
        {
            var clusters = GapEngine.RunAndSave(store, Village.Options(Basis.Atlas, MeasureChoice.None)).Clusters.ToDictionary(c => c.Key, StringComparer.Ordinal);
            var expected = PostGisGapOracle.Clusters(database, county);
            Assert.Equal(expected.Select(c => c.Key).Order(StringComparer.Ordinal), clusters.Keys.Order(StringComparer.Ordinal));
            foreach (var e in expected)
            {
                var c = clusters[e.Key];
                Assert.Equal((e.Ags, e.Outside, e.Settlements), (c.Ags, c.Outside, c.Places.Length == 0 ? 0 : c.Places.Split(", ").Length));
                Assert.True(Math.Abs(e.Households - c.Households) < Unit && Math.Abs(e.Addresses - c.Addresses) < Unit, $"{county}, {e}: {c.Households}, {c.Addresses}");
                Assert.True(c.Geometry.Area - e.Area is > -1 and var more && more < 1 + 10 * e.Holes, $"{county}, {e}: {c.Geometry.Area} m²");
            }
            several += expected.GroupBy(c => c.Ags).Count(g => g.Count() > 1);
        });
        Assert.True(several > 0, "some municipality must have several clusters");
    }

    [Fact]
    public void Two_editions_gain_lose_and_change_what_an_expert_finds_at_every_level()
    {
        var sum = (Gained: 0L, Lost: 0L);
        ForEachCounty((made, store, county) =>
        {
            var before = store.LiveEditions(Layer.CoverageCells).Single();
            var after = made.WriteLater(store);
            var options = Village.Options(Basis.Atlas, MeasureChoice.None);
            var ags = GapEngine.Run(store, options).Rows.ToDictionary(r => (r.Level, r.Key), r => r.Ags);
            var actual = EditionComparison.Run(store, options, before).Rows.Where(r => r.Changed > 0).Select(r => new PostGisEvidenceOracle.Change(
                $"{r.Level}", r.Level == AreaLevel.County ? "" : r.Key.Split('@')[0], r.Level is AreaLevel.County or AreaLevel.Amt ? "" : ags[(r.Level, r.Key)]!, r.Gained, r.Lost, r.Changed)).ToList();
            var expected = PostGisEvidenceOracle.Changes(database, county, before.Number, after.Number).Where(c => c.Changed > 0).ToList();
            Assert.True(expected.Count == actual.Count && expected.All(e => actual.Any(a => Same(e, a))), $"{county}\nSQL:\n{string.Join('\n', expected.Except(actual))}\nengine:\n{string.Join('\n', actual.Except(expected))}");
            sum = (sum.Gained + expected[0].Gained, sum.Lost + expected[0].Lost);
        });
        Assert.True(sum is { Gained: > 0, Lost: > 0 });
    }

    static bool Same(PostGisEvidenceOracle.Change a, PostGisEvidenceOracle.Change b) => (a.Level, a.Key, a.Ags) == (b.Level, b.Key, b.Ags)
        && Math.Abs(a.Gained - b.Gained) < Unit && Math.Abs(a.Lost - b.Lost) < Unit && Math.Abs(a.Changed - b.Changed) < Unit;
}
