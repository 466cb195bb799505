using Breitband.Analyse;
using Breitband.Store;
using Breitband.Tests.Analyse;
using NetTopologySuite.Geometries;

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
            var gaps = result.GapAreas.Where(g => g.Settlement is not null).ToDictionary(g => g.Settlement!, g => g.Geometry.Area);
            foreach (var gap in PostGisOracle.Gaps(database, county).Where(g => g.Area > 2 || gaps.ContainsKey(g.Settlement)))
                Assert.True(Math.Abs(gap.Area - gaps.GetValueOrDefault(gap.Settlement)) < 1e-3, $"seed {seed}, {gap.Settlement}: {gaps.GetValueOrDefault(gap.Settlement)} instead of {gap.Area} m²");
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

    static bool Near(PostGisOracle.Figures a, PostGisOracle.Figures b) => (a.Level, a.Key, a.Ags) == (b.Level, b.Key, b.Ags)
        && Math.Abs(a.HouseholdsServed - b.HouseholdsServed) < Unit && Math.Abs(a.HouseholdsUnclear - b.HouseholdsUnclear) < Unit && Math.Abs(a.HouseholdsUnserved - b.HouseholdsUnserved) < Unit
        && Math.Abs(a.AddressesServed - b.AddressesServed) < Unit && Math.Abs(a.AddressesUnclear - b.AddressesUnclear) < Unit && Math.Abs(a.AddressesUnserved - b.AddressesUnserved) < Unit;

    /// <summary>Of a settlement that reaches over a border the engine calls the other part „key@AGS“.</summary>
    static IEnumerable<PostGisOracle.Figures> Figures(GapResult result) => result.Rows.Select(r => new PostGisOracle.Figures(
        $"{r.Level}", r.Level == AreaLevel.County ? "" : r.Key.Split('@')[0], r.Level is AreaLevel.County or AreaLevel.Amt ? "" : r.Ags!,
        r.Households.Served, r.Households.Unclear, r.Households.Unserved, r.Addresses.Served, r.Addresses.Unclear, r.Addresses.Unserved));

    /// <summary>Rows of nothing are left out: the engine lists every settlement, SQL those where somebody lives.</summary>
    static HashSet<PostGisOracle.Figures> Said(IEnumerable<PostGisOracle.Figures> figures) => figures
        .Where(f => f.HouseholdsServed + f.HouseholdsUnclear + f.HouseholdsUnserved + f.AddressesServed + f.AddressesUnclear + f.AddressesUnserved > 0).ToHashSet();

    /// <summary>
    /// Eight municipalities that touch, two of them with an exclave and one with a hole that is another; settlements with holes and islands, twice
    /// the same, across borders; cells that touch and double; houses on corners and edges, in holes, on each other and beyond the border.
    /// </summary>
    sealed class AdversarialCounty
    {
        readonly Random random;
        readonly List<(Geometry? Geometry, Dictionary<string, object?> Values)> municipalities = [], settlements = [], cells = [], areas = [], addresses = [], atlas = [], facilities = [], measures = [];
        readonly List<Coordinate> corners = [];

        public AdversarialCounty(int seed)
        {
            random = new(seed);
            Complete = random.Next(3) > 0;
            Municipalities();
            for (var i = 0; i < 14; i++)
                settlements.Add((Outline(), new() { ["key"] = $"S{i:00}", ["ags"] = Ags(random.Next(8)), ["name"] = $"Dorf {i}" }));
            settlements.Add((settlements[3].Geometry, new() { ["key"] = "S99", ["ags"] = settlements[3].Values["ags"], ["name"] = "Doppelt" }));
            for (var i = 0; i < 60; i++)
                cells.Add((StoreContract.Shape(Square(random.Next(20) * 100, random.Next(10) * 100, 100)), new() { ["key"] = $"P{i:00}", ["ags"] = random.Next(6) == 0 ? Ags(random.Next(8)) : null, ["inhabitants"] = random.Next(5) * 1.5 }));
            for (var i = 0; i < 12; i++)
                areas.Add((Outline(), new() { ["key"] = $"A{i:00}", ["provider"] = "X", ["technology"] = Pick("ftth", "fttc", "other"), ["down"] = Pick(100.0, 300.0, 1000.0), ["up"] = null }));
            Atlas();
            for (var i = 0; i < 150; i++)
                addresses.Add((House(), new() { ["key"] = $"h{i:000}", ["ags"] = Pick(null, null, null, Ags(random.Next(8)), "12069999") }));
            for (var i = 0; i < 10; i++)
                facilities.Add((House(), new() { ["key"] = $"F{i}", ["ags"] = Pick(null, Ags(random.Next(8))), ["name"] = $"Betrieb {i}", ["businesses"] = (long)random.Next(1, 9) }));
            for (var i = 0; i < 12; i++)
                measures.Add((Outline(), Plan($"M{i:00}")));
        }

        /// <summary>Measures that pass, and that fail each of the four tests alone and together.</summary>
        Dictionary<string, object?> Plan(string key) => new()
        {
            ["key"] = key,
            ["title"] = key,
            ["state"] = Pick("construction", "construction", "decision_final", "decision_preliminary", "announced", "in_service", "idea"),
            ["milestone_plan"] = Pick(true, false),
            ["consultation"] = Pick<DateOnly?>(null, new(2022, 1, 15), new(2025, 3, 31), new(2025, 3, 31)),
            ["horizon_until"] = Pick<DateOnly?>(null, null, new(2026, 6, 30)),
            ["commissioning"] = Pick<DateOnly?>(null, new(2025, 6, 30), new(2025, 7, 1), new(2026, 6, 30), new(2026, 7, 1), new(2027, 12, 31)),
            ["technology"] = "ftth",
            ["down"] = Pick(100.0, 300, 1000, 1000),
            ["up"] = Pick(50.0, 150, 500, 500),
        };

        public bool Complete { get; }

        /// <summary>A grid of 100 m that stands askew to the population's (3-4-5), here and there a cell missing or without figures.</summary>
        void Atlas()
        {
            for (var i = -6; i < 24; i++)
                for (var j = -14; j < 12; j++)
                    if (random.Next(4) > 0 && (X: (i * 80.0) - (j * 60.0), Y: (i * 60.0) + (j * 80.0)) is { X: > -50 and < 1800, Y: > -50 and < 900 } at)
                        atlas.Add((StoreContract.Shape(Askew(at.X, at.Y)), Shares($"Z{i + 10:00}{j + 20:00}")));
        }

        static string Askew(double x, double y)
        {
            (x, y) = (x + Village.X0, y + Village.Y0);
            return FormattableString.Invariant($"POLYGON (({x} {y}, {x + 80} {y + 60}, {x + 20} {y + 140}, {x - 60} {y + 80}, {x} {y}))");
        }

        Dictionary<string, object?> Shares(string key)
        {
            var values = new Dictionary<string, object?> { ["key"] = key };
            if (random.Next(8) == 0)
                return values;
            foreach (var technology in (string[])["all", "ftthb", "hfc", "fttc", "other"])
            {
                var low = (double)random.Next(101);
                (values[$"{technology}_200"], values[$"{technology}_400"]) = (low, Math.Floor(low * random.NextDouble()));
            }
            return values;
        }

        static string Ags(int number) => $"1206990{number}";

        T Pick<T>(params T[] choice) => choice[random.Next(choice.Length)];

        static string Square(double x, double y, double size) => Rectangle(x, y, x + size, y + size);

        static string Rectangle(double a, double b, double c, double d) => FormattableString.Invariant($"POLYGON ({Ring(a, b, c, d)})");

        static string Ring(double a, double b, double c, double d)
        {
            (a, b, c, d) = (a + Village.X0, b + Village.Y0, c + Village.X0, d + Village.Y0);
            return FormattableString.Invariant($"({a} {b}, {c} {b}, {c} {d}, {a} {d}, {a} {b})");
        }

        /// <summary>0 to 3 stand in a row; 4 has a hole that 5 fills; 6 is of two parts; 7 touches all in one corner only.</summary>
        void Municipalities()
        {
            string[] shapes =
            [
                $"MULTIPOLYGON (({Ring(0, 0, 500, 500)}))", $"MULTIPOLYGON (({Ring(500, 0, 1000, 500)}))", $"MULTIPOLYGON (({Ring(1000, 0, 1500, 500)}))", $"MULTIPOLYGON (({Ring(1500, 0, 2000, 500)}))",
                $"MULTIPOLYGON (({Ring(0, 500, 1000, 1000)}, {Ring(300, 600, 600, 900)}))", $"MULTIPOLYGON (({Ring(300, 600, 600, 900)}))",
                $"MULTIPOLYGON (({Ring(1000, 500, 1300, 800)}), ({Ring(1600, 600, 2000, 1000)}))", $"MULTIPOLYGON (({Ring(1300, 800, 1600, 1000)}))",
            ];
            for (var i = 0; i < shapes.Length; i++)
                municipalities.Add((Keep(StoreContract.Shape(shapes[i])), new()
                {
                    ["key"] = Ags(i),
                    ["ags"] = Ags(i),
                    ["name"] = $"Gemeinde {i}",
                    ["amt"] = i % 3 == 0 ? "5901" : i % 3 == 1 ? "5902" : null,
                    ["persons_per_household"] = Pick(1.9, 2.0, 2.3),
                }));
        }

        Geometry Keep(Geometry shape)
        {
            corners.AddRange(shape.Coordinates);
            return shape;
        }

        /// <summary>A rectangle or a star on quarters of metres, often with a hole, often with an island in the hole.</summary>
        Geometry Outline()
        {
            double Snap(double value) => Math.Round(value * 4) / 4;
            var (x, y, size) = (Snap(random.NextDouble() * 1800), Snap(random.NextDouble() * 850), Snap(60 + random.NextDouble() * 300));
            if (random.Next(3) == 0)
                (x, y) = (Math.Round(x / 100) * 100, Math.Round(y / 100) * 100); // along the borders and cells
            if (random.Next(3) == 0)
                return Keep(StoreContract.Shape(FormattableString.Invariant($"MULTIPOLYGON ((({Village.X0 + x} {Village.Y0 + y}, {Village.X0 + x + size} {Village.Y0 + y + size / 4}, {Village.X0 + x + size / 4} {Village.Y0 + y + size}, {Village.X0 + x} {Village.Y0 + y})))")));
            var (low, high) = (Snap(size / 4), Snap(size * 3 / 4));
            var hole = random.Next(2) == 0 ? "" : $", {Ring(x + low, y + low, x + high, y + high)}";
            var island = hole.Length == 0 || random.Next(2) == 0 ? "" : $", ({Ring(x + low + 5, y + low + 5, x + high - 5, y + high - 5)})";
            return Keep(StoreContract.Shape($"MULTIPOLYGON (({Ring(x, y, x + size, y + size)}{hole}){island})"));
        }

        /// <summary>Anywhere, on a corner, in the middle of an edge, or on another house.</summary>
        Geometry House()
        {
            var at = random.Next(corners.Count - 1);
            Coordinate place = random.Next(6) switch
            {
                0 => corners[at],
                1 => new((corners[at].X + corners[at + 1].X) / 2, (corners[at].Y + corners[at + 1].Y) / 2),
                2 when addresses.Count > 0 => addresses[random.Next(addresses.Count)].Geometry!.Coordinate,
                3 => new(Village.X0 + random.Next(21) * 100, Village.Y0 + random.Next(11) * 100),
                _ => new(Village.X0 - 30 + random.NextDouble() * 2060, Village.Y0 - 30 + random.NextDouble() * 1060),
            };
            return new Point(place) { SRID = Crs.Stored };
        }

        public void Write(PostGisStore store)
        {
            Import(store, Layer.Municipalities, municipalities);
            Import(store, Layer.Settlements, settlements);
            Import(store, Layer.Population, cells);
            Import(store, Layer.CoverageAreas, areas);
            Import(store, Layer.Addresses, addresses);
            Import(store, Layer.CoverageCells, atlas);
            Import(store, Layer.Facilities, facilities);
            Import(store, Layer.Measures, measures);
        }

        void Import(PostGisStore store, Layer layer, List<(Geometry? Geometry, Dictionary<string, object?> Values)> rows) => StoreContract.Import(
            store, StoreContract.Draft(layer) with { Complete = Complete || layer == Layer.CoverageCells, AbsentTechnologies = "", Evidence = layer == Layer.CoverageCells ? EvidenceKind.Atlas : EvidenceKind.Mev }, layer.Fields,
            [.. rows.OrderBy(_ => random.Next()).Select(r => new Row(r.Geometry, [.. layer.Fields.Select(f => r.Values.GetValueOrDefault(f.Name))]))]);
    }
}
