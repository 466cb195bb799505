namespace Breitband.Benchmarks;

/// <summary>
/// What somebody on the telephone waits for: an address, a cell of either grid and the printed Auskunft, as whole commands and over HTTP. The
/// command is the published program where BREITBAND_PROGRAM names its breitband.dll.
/// </summary>
static class ExplainCounty
{
    const double Limit = 1;

    /// <param name="given">A store with an analysis; the invented county of <c>breitband demo</c> without one.</param>
    public static int Run(int runs, string? given)
    {
        var folder = Directory.CreateTempSubdirectory("breitband-bench-").FullName;
        var program = ServeCounty.Breitband;
        try
        {
            if (given is null)
                Timing.Process("dotnet", program, "demo", "--out", folder, "--quiet");
            var store = given ?? Path.Combine(folder, "breitband.gpkg");
            var places = Places(store);
            var sheet = Path.Combine(folder, "auskunft.pdf");
            var slowest = places.Max(p => Timing.Median($"explain, {p.Kind}, whole command", runs, () => Timing.Process("dotnet", program, "explain", p.Place, "--store", store, "--json", "--quiet")));
            slowest = Math.Max(slowest, Timing.Median("Auskunft as PDF, whole command", runs,
                () => Timing.Process("dotnet", program, "explain", places[0].Place, "--store", store, "--out", sheet, "--disclosure", "vertraulich", "--quiet")));
            slowest = Math.Max(slowest, Served(program, store, places, runs));
            Console.WriteLine(FormattableString.Invariant($"slowest {slowest:0.00} s   (asked: under a second)"));
            return slowest < Limit ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    static double Served(string program, string store, IReadOnlyList<(string Kind, string Place)> places, int runs)
    {
        var root = $"http://127.0.0.1:{ServeCounty.FreePort()}";
        using var server = ServeCounty.Start("dotnet", program, "serve", "--store", store, "--urls", root, "--quiet");
        try
        {
            ServeCounty.Await(root + "/healthz");
            using var client = new HttpClient();
            int Get(string path) => client.GetByteArrayAsync(new Uri(root + path)).GetAwaiter().GetResult().Length;
            double Asked(string route, (string Kind, string Place) p) => Timing.Median($"{route}, {p.Kind}, over HTTP", runs, () => Get($"{route}?place={Uri.EscapeDataString(p.Place)}"));

            return Math.Max(places.Max(p => Asked("/explain", p)), Asked("/print/place", places[0]));
        }
        finally
        {
            server.Kill();
        }
    }

    /// <summary>The house in the middle of the register, an inhabited census cell and the atlas cell of the house.</summary>
    static IReadOnlyList<(string Kind, string Place)> Places(string path)
    {
        using var store = Store.Store.Open(path, Store.OpenMode.Read);
        var county = Analyse.CountyReader.Read(store, null);
        var house = county.Addresses[county.Addresses.Count / 2];
        var cell = county.Population.First(p => p.Geometry.EnvelopeInternal.Contains(house.X, house.Y));
        var atlas = Enumerable.Range(0, county.Cells.Keys.Count).First(i => county.Cells.Geometries[i]!.EnvelopeInternal.Contains(house.X, house.Y));
        return [("an address", house.Text.Label), ("a census cell", cell.Key), ("an atlas cell", county.Cells.Keys[atlas])];
    }
}
