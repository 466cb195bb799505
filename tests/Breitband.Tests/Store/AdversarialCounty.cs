using Breitband.Store;
using Breitband.Tests.Analyse;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Store;

/// <summary>
/// Eight municipalities that touch, two of them with an exclave and one with a hole that is another; settlements with holes and islands, twice
/// the same, across borders; cells that touch and double; houses on corners and edges, in holes, on each other and beyond the border.
/// </summary>
sealed class AdversarialCounty
{
    readonly Random random;
    readonly List<(Geometry? Geometry, Dictionary<string, object?> Values)> municipalities = [], settlements = [], cells = [], areas = [], addresses = [], atlas = [], facilities = [], measures = [], whole = [], answers = [], others = [];
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

    /// <summary>
    /// The same with every kind of evidence: no cells west of the middle but published shares of municipalities, HFC at 1000, and a complete and
    /// an incomplete list of addresses, some of which nobody knows.
    /// </summary>
    public static AdversarialCounty WithEverything(int seed)
    {
        var county = new AdversarialCounty(seed);
        county.atlas.RemoveAll(cell => cell.Geometry!.EnvelopeInternal.MinX < Village.X0 + 1000);
        foreach (var (_, values) in county.atlas)
            county.Gigabit(values);
        for (var i = 0; i < 7; i++)
            county.whole.Add((null, county.Shares(Ags(i))));
        foreach (var (_, values) in county.whole)
            county.Gigabit(values);
        for (var i = 0; i < 60; i++)
            county.answers.Add((null, county.Answer($"L{i}")));
        for (var i = 0; i < 30; i++)
            county.others.Add((null, county.Answer($"N{i}")));
        return county;
    }

    void Gigabit(Dictionary<string, object?> values) => values["hfc_1000"] = values.GetValueOrDefault("hfc_400") is double share ? Math.Floor(share * random.NextDouble()) : null;

    Dictionary<string, object?> Answer(string key) => new()
    {
        ["key"] = key,
        ["address_key"] = random.Next(10) == 0 ? "nobody" : $"h{random.Next(150):000}",
        ["technology"] = Pick("ftth", "hfc", "fttc", "other", null),
        ["down"] = Pick<object?>(null, 50.0, 300.0, 1000.0, 1000.0),
        ["up"] = Pick<object?>(null, 50.0, 150.0),
    };

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
        if (whole.Count == 0)
            return;
        Import(store, Layer.CoverageMunicipalities, whole);
        Import(store, Layer.CoverageAddresses, answers, "complete", true);
        Import(store, Layer.CoverageAddresses, others, "others", false);
    }

    /// <summary>Half a year later: a third of the cells say something else, a tenth are gone.</summary>
    public Edition WriteLater(PostGisStore store)
    {
        var later = atlas.Where(_ => random.Next(10) > 0).Select(c => random.Next(3) > 0 ? c : (c.Geometry, Shares((string)c.Values["key"]!))).ToList();
        return Import(store, Layer.CoverageCells, later, date: "2025-12-31");
    }

    Edition Import(PostGisStore store, Layer layer, List<(Geometry? Geometry, Dictionary<string, object?> Values)> rows, string source = "test", bool? complete = null, string date = "2025-06-30")
    {
        var published = layer == Layer.CoverageCells || layer == Layer.CoverageMunicipalities;
        var draft = StoreContract.Draft(layer, source, date) with { Complete = complete ?? (Complete || published), AbsentTechnologies = "", Evidence = published ? EvidenceKind.Atlas : EvidenceKind.Mev };
        return StoreContract.Import(store, draft, layer.Fields, [.. rows.OrderBy(_ => random.Next()).Select(r => new Row(r.Geometry, [.. layer.Fields.Select(f => r.Values.GetValueOrDefault(f.Name))]))]);
    }
}
