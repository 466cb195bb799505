using Breitband.Analyse;
using NetTopologySuite;
using NetTopologySuite.Geometries;

namespace Breitband.Benchmarks;

/// <summary>The computation alone on a county of 80,000 addresses, 16,000 atlas cells, 16,000 population cells, 190 settlements, 30 measures.</summary>
static class AnalyseCounty
{
    static readonly GeometryFactory Factory = NtsGeometryServices.Instance.CreateGeometryFactory(Crs.Stored);

    public static int Run(int runs)
    {
        var county = County();
        var profile = Profiles.Load(Installation.Profiles).Default;
        var options = new AnalysisOptions(profile, Basis.Atlas, MeasureChoice.Every, new(2026, 1, 1));
        GapResult? result = null;
        // The first runs pay for the compiler, which goes on improving the code for some thirty calls; a service and a slider do not see them.
        Timing.Median("the first call of a process", 1, () => result = GapEngine.Run(county, options), warmUp: 0);
        var median = Timing.Median("80,000 addresses, 16,000 cells, 190 settlements, 30 measures", runs, () => result = GapEngine.Run(county, options),
            () => $"{result!.GapAreas.Count} gap areas, run {result.Run}", warmUp: 30);
        var clusters = 0;
        Timing.Median("the same with build-out clusters", 3, () => clusters = GapEngine.Run(county, options).Clusters.Count, () => $"{clusters} clusters", warmUp: 2);
        return median < 0.3 ? 0 : 1;
    }

    /// <summary>190 round settlements of 60 to 90 cells; addresses evenly in them; every fifth cell below the threshold.</summary>
    internal static County County()
    {
        var random = new Random(7);
        Municipality[] municipalities = [.. Enumerable.Range(0, 38).Select(i => new Municipality($"12069{i:000}", $"Gemeinde {i}", null, null, Square(320_000 + i % 7 * 9_000, 5_770_000 + i / 7 * 9_000, 9_000), 2.0, null))];
        var settlements = new List<Settlement>();
        var population = new List<PopulationCell>();
        var addresses = new List<Address>();
        var cells = new List<(string Key, Geometry Square)>();
        for (var s = 0; s < 190; s++)
        {
            var m = s % 38;
            var (x, y) = (320_000 + m % 7 * 9_000 + 900 + s / 38 * 1_500, 5_770_000 + m / 7 * 9_000 + 1_000 + s / 38 % 3 * 2_500);
            settlements.Add(new($"S{s:000}", $"Ort {s}", m, Factory.CreatePoint(new Coordinate(x, y)).Buffer(480, 16)));
            for (var i = 0; i < 84; i++)
            {
                var (cx, cy) = (x - 450 + i % 9 * 100, y - 450 + i / 9 * 100);
                population.Add(new($"P{s:000}{i:00}", m, cx + 50, cy + 50, random.Next(1, 40), Square(cx, cy, 100)));
                cells.Add(($"A{s:000}{i:00}", Turned(cx + 50, cy + 50)));
            }
            for (var i = 0; i < 421; i++)
                addresses.Add(new($"h{s:000}{i:000}", m, x - 450 + random.NextDouble() * 840, y - 450 + random.NextDouble() * 840, new("Dorfstraße", $"{i}", null, "14806", "Ort")));
        }
        var shares = new ShareTable(cells.Count);
        for (var row = 0; row < cells.Count; row++)
            foreach (var technology in Technologies.Published)
                for (var i = 0; i < SpeedClass.All.Count; i++)
                    shares[row, technology, i] = row % 5 == 0 && i > 8 ? 0 : 1.0 - i * 0.05;
        var publishedEdition = new Edition
        {
            Number = 1,
            Dataset = new("coverage_cells", "bench"),
            Date = new(2025, 6, 30),
            File = "bench",
            Sha256 = "0",
            Options = "",
            Mapping = "",
            SourceCrs = Crs.Stored,
            Licence = new("", "", ""),
            Live = true,
        };
        return new County
        {
            Key = "12069",
            Municipalities = municipalities,
            MunicipalityIndex = new PolygonIndex([.. municipalities.Select(m => m.Geometry)]),
            Settlements = settlements,
            Population = population,
            Addresses = addresses,
            Facilities = [],
            Cells = new([.. cells.Select(c => c.Key)], [.. cells.Select(_ => (string?)null)], shares, [.. cells.Select(c => (Geometry?)c.Square)], [.. cells.Select(_ => 1)]),
            MunicipalShares = new([], [], new ShareTable(0), [], []),
            Areas = [],
            AddressAnswers = [],
            Editions = [publishedEdition],
            Notes = [],
            Measures = [.. Enumerable.Range(0, 30).Select(i => new Measure
            {
                Key = $"M{i:00}", Title = $"M{i}", State = MeasureState.Find(i % 3 == 0 ? "idea" : "construction"), Consultation = new(2025, 1, 1), Commissioning = new(2027, 1, 1),
                Target = new(Technology.Ftth, 1000, 500), Geometry = settlements[i * 6].Geometry,
            })],
        };
    }

    static Polygon Square(double x, double y, double size) => (Polygon)Factory.ToGeometry(new Envelope(x, x + size, y, y + size));

    /// <summary>Turned by five degrees, as UTM 32 cells are in UTM 33.</summary>
    static Polygon Turned(double x, double y)
    {
        var (c, s) = (Math.Cos(0.087) * 50, Math.Sin(0.087) * 50);
        Coordinate At(double u, double v) => new(x + u * c - v * s, y + u * s + v * c);

        return Factory.CreatePolygon([At(-1, -1), At(1, -1), At(1, 1), At(-1, 1), At(-1, -1)]);
    }
}
