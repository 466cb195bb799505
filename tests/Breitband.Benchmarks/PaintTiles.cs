using System.Diagnostics;
using Breitband.Print;
using Microsoft.Data.Sqlite;

namespace Breitband.Benchmarks;

/// <summary>The painter over every tile of a pyramid: all layers, 512 pixels, PNG included.</summary>
static class PaintTiles
{
    /// <returns>The median of all tiles, milliseconds.</returns>
    public static double Run(string pyramid)
    {
        var tiles = Read(pyramid);
        var painter = new TilePainter(Legend.Default);
        foreach (var (tile, data) in tiles.Where((_, i) => i % 5 == 0)) // a service and a viewer run long; the compiler is not the question
            painter.Paint(data, tile, tile);
        var all = new List<double>();
        foreach (var zoom in tiles.GroupBy(t => t.Tile.Zoom))
        {
            var times = zoom.Select(t => Milliseconds(() => painter.Paint(t.Data, t.Tile, t.Tile))).Order().ToArray();
            all.AddRange(times);
            Console.WriteLine(FormattableString.Invariant($"{$"painter, zoom {zoom.Key}, {times.Length} tiles",-62} median {times[times.Length / 2]:0.0} ms, longest {times[^1]:0.0} ms"));
        }
        var deep = tiles.Where(t => t.Tile.Zoom == 14).Select(t => (t.Tile, t.Data, Wanted: new TileAddress(16, t.Tile.X * 4 + 1, t.Tile.Y * 4 + 2))).ToList();
        var enlarged = deep.Select(t => Milliseconds(() => painter.Paint(t.Data, t.Wanted, t.Tile))).Order().ToArray();
        all.Sort();
        Console.WriteLine(FormattableString.Invariant($"{"painter, zoom 16 out of zoom 14",-62} median {enlarged[enlarged.Length / 2]:0.0} ms, longest {enlarged[^1]:0.0} ms"));
        Console.WriteLine(FormattableString.Invariant($"{$"painter, all {all.Count} tiles",-62} median {all[all.Count / 2]:0.0} ms, 95 % {all[all.Count * 95 / 100]:0.0} ms   (asked: under 10 ms)"));
        return all[all.Count / 2];
    }

    public static List<(TileAddress Tile, byte[] Data)> Read(string pyramid)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = pyramid, Mode = SqliteOpenMode.ReadOnly }.ToString());
        connection.Open();
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles ORDER BY 1, 2, 3";
        using var rows = query.ExecuteReader();
        var tiles = new List<(TileAddress, byte[])>();
        while (rows.Read())
            tiles.Add((new(rows.GetInt32(0), rows.GetInt32(1), (1 << rows.GetInt32(0)) - 1 - rows.GetInt32(2)), (byte[])rows[3]));
        return tiles;
    }

    static double Milliseconds(Action work)
    {
        var began = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
