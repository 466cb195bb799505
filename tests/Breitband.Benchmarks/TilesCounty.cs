using System.Diagnostics;
using Breitband.Store;
using Breitband.Tests.Store;
using Breitband.Tiles;
using Npgsql;

namespace Breitband.Benchmarks;

/// <summary>
/// The map's tiles: the pyramid of a county of 41,000 cells made from nothing, its tiles painted, served over loopback, and the same gap areas cut tile by tile by
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
            foreach (var (zoom, rate) in ours)
                Console.WriteLine(FormattableString.Invariant($"{$"zoom {zoom}, over HTTP beside ST_AsMVT within the database",-62} {rate / theirs.GetValueOrDefault(zoom, double.NaN),8:0.0} times   (asked: 20)"));
            return made < 10 && painted < 10 && ours.Values.All(r => r >= 10_000) && ours.All(o => !theirs.TryGetValue(o.Key, out var t) || o.Value >= 20 * t) ? 0 : 1;
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
        return Timing.Median("pyramid, zoom 4 to 14, from nothing", runs, () =>
        {
            File.Delete(pyramid);
            report = PyramidBuilder.Build(opened, pyramid, Disclosure.Confidential);
        }, () => FormattableString.Invariant($"{report!.Tiles:N0} tiles, {report.Bytes / 1e6:0.0} MB, largest {report.Largest / 1e3:0} kB (asked: under 10 s, 500 kB)"), warmUp: runs > 1 ? 1 : 0);
    }

    /// <summary>Tiles a second per zoom level, two connections of wrk, gzip as a browser asks for it.</summary>
    static Dictionary<int, double> Serve(string store, List<(TileAddress Tile, byte[] Data)> tiles, string folder)
    {
        var root = $"http://127.0.0.1:{ServeCounty.FreePort()}";
        using var server = ServeCounty.Start("dotnet", typeof(Breitband.Service.CommandLine).Assembly.Location, "serve", "--store", store, "--urls", root, "--quiet");
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
                rates[zoom] = ServeCounty.Throughput($"tiles of zoom {zoom} over loopback, two connections", root, "-s", script);
            }
            return rates;
        }
        finally
        {
            server.Kill();
        }
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
                using var query = new NpgsqlCommand("""
                    SELECT ST_AsMVT(t, 'gaps', 4096, 'g')
                    FROM (SELECT key, share, households, ST_AsMVTGeom(geom, ST_TileEnvelope($1, $2, $3), 4096, 80, true) AS g
                          FROM gaps
                          WHERE geom && ST_TileEnvelope($1, $2, $3, margin => 80.0 / 4096)) AS t
                    WHERE g IS NOT NULL
                    """, connection)
                { Parameters = { new() { Value = zoom }, new() { Value = 0 }, new() { Value = 0 } } };
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

    static void Load(NpgsqlConnection connection, string store)
    {
        void Execute(string sql)
        {
            using var command = new NpgsqlCommand(sql, connection);
            command.ExecuteNonQuery();
        }

        Execute("CREATE EXTENSION postgis; CREATE TABLE gaps (key text, share double precision, households double precision, geom bytea)");
        using var opened = Breitband.Store.Store.Open(store, OpenMode.Read);
        var writer = new NetTopologySuite.IO.WKBWriter();
        using (var copy = connection.BeginBinaryImport("COPY gaps FROM STDIN (FORMAT binary)"))
        {
            foreach (var row in opened.ReadResult(Layer.GapAreas.Only("key", "share", "households")))
            {
                copy.StartRow();
                copy.Write((string)row.Values[0]!);
                copy.Write(row.Values[1] as double? ?? 0);
                copy.Write(row.Values[2] as double? ?? 0);
                copy.Write(writer.Write(Crs.Transform(row.Geometry!, Crs.Stored, Crs.WebMercator)), NpgsqlTypes.NpgsqlDbType.Bytea);
            }
            copy.Complete();
        }
        Execute("ALTER TABLE gaps ALTER COLUMN geom TYPE geometry USING ST_SetSRID(ST_GeomFromWKB(geom), 3857)");
        Execute("CREATE INDEX ON gaps USING gist (geom); ANALYZE gaps");
    }
}
