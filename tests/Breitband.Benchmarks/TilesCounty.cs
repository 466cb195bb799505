using System.Diagnostics;
using Breitband.Store;
using Breitband.Tests.Store;
using Breitband.Tiles;
using Npgsql;

namespace Breitband.Benchmarks;

/// <summary>
/// The map's tiles: the pyramid of a county of 41,000 cells made from nothing, its tiles painted, served over loopback, and tiles of the same layers cut one by one by
/// PostGIS' ST_AsMVT on stored web mercator geometries with a GiST index, one after the other on the same machine.
/// </summary>
static class TilesCounty
{
    /// <param name="kept">A store to take instead of the invented one.</param>
    public static int Run(string? kept = null)
    {
        var folder = Directory.CreateTempSubdirectory("breitband-bench-").FullName;
        try
        {
            var store = kept ?? Path.Combine(folder, "kreis.gpkg");
            if (kept is null)
                RenderCounty.Make(store);
            var pyramid = Path.Combine(folder, "kreis.mbtiles");
            var made = Build(store, pyramid);
            var painted = PaintTiles.Run(pyramid);
            var tiles = PaintTiles.Read(pyramid);
            var ours = Serve(store, tiles, folder);
            var theirs = PostGisCluster.Binaries is null ? [] : PostGis(store, tiles);
            var fast = true;
            foreach (var (zoom, rate) in ours)
            {
                var (file, query) = (ReadFile(pyramid, tiles, zoom), theirs.GetValueOrDefault(zoom, double.NaN));
                Console.WriteLine(FormattableString.Invariant($"{$"zoom {zoom}, beside ST_AsMVT, neither over HTTP",-62} {file / query,8:0.0} times   (asked: 20); over HTTP beside ST_AsMVT without {rate / query:0.0}"));
                fast &= rate >= 10_000 && !(file < 20 * query);
            }
            return made < 10 && painted < 10 && fast ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    /// <returns>Seconds of the median.</returns>
    public static double Build(string store, string pyramid, int runs = 3)
    {
        using var opened = Breitband.Store.Store.Open(store, OpenMode.Read);
        PyramidReport? report = null;
        var processor = TimeSpan.Zero;
        return Timing.Median("pyramid, zoom 4 to 14, from nothing", runs, () =>
        {
            File.Delete(pyramid);
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            report = PyramidBuilder.Build(opened, pyramid, Disclosure.Confidential);
            processor = Process.GetCurrentProcess().TotalProcessorTime - before;
        }, () => FormattableString.Invariant($"{processor.TotalSeconds:0.0} s of processor, {report!.Tiles:N0} tiles, {report.Bytes / 1e6:0.0} MB, largest {report.Largest / 1e3:0} kB (asked: under 10 s, 500 kB)"), warmUp: runs > 1 ? 1 : 0);
    }

    /// <summary>Tiles a second per zoom level, two connections of wrk, gzip as a browser asks for it.</summary>
    static Dictionary<int, double> Serve(string store, List<(TileAddress Tile, byte[] Data)> tiles, string folder)
    {
        var root = $"http://127.0.0.1:{ServeCounty.FreePort()}";
        Timing.Output("dotnet", ServeCounty.Breitband, "tiles", "--store", store, "--quiet"); // or the service would make them while it is measured
        using var server = ServeCounty.Start("dotnet", ServeCounty.Breitband, "serve", "--store", store, "--urls", root, "--quiet");
        try
        {
            ServeCounty.Await($"{root}/tilejson");
            using var client = new HttpClient();
            using var described = System.Text.Json.JsonDocument.Parse(client.GetStringAsync(new Uri($"{root}/tilejson")).GetAwaiter().GetResult());
            var template = new Uri(described.RootElement.GetProperty("tiles")[0].GetString()!).PathAndQuery;
            var rates = new Dictionary<int, double>();
            foreach (var zoom in new[] { 8, 10, 12, 14 })
            {
                var paths = tiles.Where(t => t.Tile.Zoom == zoom).Take(500).Select(t => Uri.UnescapeDataString(template)
                    .Replace("{z}", $"{zoom}", StringComparison.Ordinal).Replace("{x}", $"{t.Tile.X}", StringComparison.Ordinal).Replace("{y}", $"{t.Tile.Y}", StringComparison.Ordinal));
                var script = Path.Combine(folder, "tiles.lua");
                File.WriteAllText(script, $$"""
                    local paths = { {{string.Join(",\n", paths.Select(p => $"\"{p}\""))}} }
                    local at = 0
                    request = function()
                      at = at % #paths + 1
                      return wrk.format("GET", paths[at], { ["Accept-Encoding"] = "gzip" })
                    end
                    """);
                if (rates.Count == 0)
                    Timing.Output("wrk", "-t", "1", "-c", "2", "-d", "6s", "-s", script, root); // a service runs for weeks; its first seconds in the compiler are not the question
                rates[zoom] = ServeCounty.Throughput($"tiles of zoom {zoom} over loopback, two connections", root, "-s", script);
            }
            return rates;
        }
        finally
        {
            server.Kill();
        }
    }

    /// <summary>Tiles a second out of the file, two readers, each tile from the disk's cache and never from ours.</summary>
    static double ReadFile(string pyramid, List<(TileAddress Tile, byte[] Data)> tiles, int zoom)
    {
        var wanted = tiles.Where(t => t.Tile.Zoom == zoom).Select(t => t.Tile).Take(500).ToList();
        var (began, done) = (Stopwatch.StartNew(), 0);
        Parallel.For(0, 2, _ =>
        {
            while (began.Elapsed.TotalSeconds < 3)
            {
                using var fresh = Pyramid.Open(pyramid);
                foreach (var tile in wanted)
                    fresh.Read(tile);
                Interlocked.Add(ref done, wanted.Count);
            }
        });
        var rate = done / began.Elapsed.TotalSeconds;
        Console.WriteLine(FormattableString.Invariant($"{$"tiles of zoom {zoom}, out of the file, two readers",-62} {rate,8:0} a second"));
        return rate;
    }

    /// <summary>Tiles a second within the database, two sessions, prepared statements, no HTTP: what an expert would give it.</summary>
    static Dictionary<int, double> PostGis(string store, List<(TileAddress Tile, byte[] Data)> tiles)
    {
        using var cluster = new PostGisCluster("shared_buffers = 512MB", "work_mem = 64MB", "jit = off");
        var server = cluster.ConnectionString("postgres");
        using (var connection = new NpgsqlConnection(server))
        {
            connection.Open();
            Load(connection, store);
        }
        var rates = new Dictionary<int, double>();
        foreach (var zoom in new[] { 8, 10, 12, 14 })
        {
            var wanted = tiles.Where(t => t.Tile.Zoom == zoom).Select(t => t.Tile).Take(500).ToList();
            var (began, done) = (Stopwatch.StartNew(), 0);
            Task.WhenAll(Enumerable.Range(0, 2).Select(client => Task.Run(() =>
            {
                using var connection = new NpgsqlConnection(server);
                connection.Open();
                using var query = new NpgsqlCommand(Tile(zoom), connection) { Parameters = { new() { Value = zoom }, new() { Value = 0 }, new() { Value = 0 } } };
                query.Prepare();
                for (var i = client; began.Elapsed.TotalSeconds < 5; i += 2)
                {
                    var tile = wanted[i % wanted.Count];
                    (query.Parameters[1].Value, query.Parameters[2].Value) = (tile.X, tile.Y);
                    query.ExecuteScalar();
                    Interlocked.Increment(ref done);
                }
            }))).GetAwaiter().GetResult();
            rates[zoom] = done / began.Elapsed.TotalSeconds;
            Console.WriteLine(FormattableString.Invariant($"{$"tiles of zoom {zoom}, ST_AsMVT, two sessions",-62} {rates[zoom],8:0} a second"));
        }
        NpgsqlConnection.ClearAllPools();
        return rates;
    }

    /// <summary>A tile of every layer of ours there, each with its own texts and numbers; squares in the place of gap areas and thinned outlines it has none.</summary>
    static string Tile(int zoom) => "SELECT " + string.Join(" || ", Layers.Where(l => l.First <= zoom).Select(l => $"""
        (SELECT coalesce(ST_AsMVT(t, '{l.Name}', 4096, 'g'), '')
         FROM (SELECT key, name, share, open, total, ST_AsMVTGeom(geom, ST_TileEnvelope($1, $2, $3), 4096, 80, true) AS g
               FROM {l.Name}
               WHERE geom && ST_TileEnvelope($1, $2, $3, margin => 80.0 / 4096)) AS t
         WHERE g IS NOT NULL)
        """));

    static readonly string[] Figures = ["key", "name", "gap_share", "households_unserved", "households_total"];

    /// <summary>From which zoom level on ours has them, and where their rows are; names are points within their areas.</summary>
    static readonly (string Name, int First, Func<Store.Store, IEnumerable<Row>> Rows)[] Layers =
    [
        ("background", 8, s => Live(s, Layer.Background, "category")),
        ("municipalities", 4, s => s.ReadResult(Layer.ResultMunicipalities.Only(Figures))),
        ("municipality_names", 6, s => Middles(s.ReadResult(Layer.ResultMunicipalities.Only(Figures)))),
        ("settlements", 8, s => s.ReadResult(Layer.ResultSettlements.Only(Figures))),
        ("settlement_names", 8, s => Middles(s.ReadResult(Layer.ResultSettlements.Only(Figures)))),
        ("gaps", 6, s => s.ReadResult(Layer.GapAreas.Only("key", "settlement", "share", "households"))),
        ("measures", 8, s => s.Measures().Select(m => m with { Values = [m.Values[0], null] })),
        ("facilities", 11, s => Live(s, Layer.Facilities, "key", "name")),
        ("addresses", 14, s => Live(s, Layer.Addresses, "key", "street")),
    ];

    static IEnumerable<Row> Middles(IEnumerable<Row> areas) => areas.Where(r => r.Geometry is { IsEmpty: false }).Select(r => r with { Geometry = r.Geometry!.InteriorPoint });

    static IEnumerable<Row> Live(Store.Store store, Layer layer, params string[] fields) => store.LiveEditions(layer).SelectMany(e =>
    {
        var columns = store.Columns(e).Where(c => fields.Contains(c.Name)).ToList();
        return store.Read(e, columns);
    });

    static void Load(NpgsqlConnection connection, string store)
    {
        void Execute(string sql)
        {
            using var command = new NpgsqlCommand(sql, connection);
            command.ExecuteNonQuery();
        }

        Execute("CREATE EXTENSION postgis");
        using var opened = Breitband.Store.Store.Open(store, OpenMode.Read);
        var writer = new NetTopologySuite.IO.WKBWriter();
        foreach (var (name, _, rows) in Layers)
        {
            Execute($"CREATE TABLE {name} (key text, name text, share double precision, open double precision, total double precision, geom bytea)");
            using (var copy = connection.BeginBinaryImport($"COPY {name} FROM STDIN (FORMAT binary)"))
            {
                foreach (var row in rows(opened).Where(r => r.Geometry is { IsEmpty: false }))
                {
                    copy.StartRow();
                    var (texts, numbers) = (row.Values.OfType<string>().ToArray(), row.Values.OfType<double>().ToArray());
                    for (var i = 0; i < 2; i++)
                        Write(copy, texts.Length > i ? texts[i] : null);
                    for (var i = 0; i < 3; i++)
                        Write(copy, numbers.Length > i ? numbers[i] : null);
                    copy.Write(writer.Write(Crs.Transform(row.Geometry!, Crs.Stored, Crs.WebMercator)), NpgsqlTypes.NpgsqlDbType.Bytea);
                }
                copy.Complete();
            }
            Execute($"ALTER TABLE {name} ALTER COLUMN geom TYPE geometry USING ST_SetSRID(ST_GeomFromWKB(geom), 3857)");
            Execute($"CREATE INDEX ON {name} USING gist (geom); ANALYZE {name}");
        }
    }

    static void Write(NpgsqlBinaryImporter copy, object? value)
    {
        if (value is null)
            copy.WriteNull();
        else
            copy.Write(value);
    }
}
