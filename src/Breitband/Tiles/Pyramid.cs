using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Breitband.Tiles;

/// <summary>A pyramid of vector tiles in one file (MBTiles 1.3), read by many threads at once.</summary>
public sealed class Pyramid : IDisposable
{
    /// <summary>Tiles of other versions are made anew.</summary>
    internal const string Version = "4";

    /// <summary>Bytes of tiles kept at hand: a county's all, a state's most looked at.</summary>
    const long MostKept = 64 << 20;

    readonly SqliteConnection connection;
    readonly SqliteCommand find;
    readonly Lock gate = new();
    readonly ConcurrentDictionary<TileAddress, byte[]> kept = new();
    long keptBytes;
    volatile bool damaged, released;

    Pyramid(string path, SqliteConnection connection)
    {
        (Path, this.connection) = (path, connection);
        Metadata = Dapper.SqlMapper.Query<(string Name, string Value)>(connection, "SELECT name, value FROM metadata").ToDictionary(r => r.Name, r => r.Value, StringComparer.Ordinal);
        find = connection.CreateCommand();
        find.CommandText = "SELECT tile_data FROM tiles WHERE zoom_level = $z AND tile_column = $x AND tile_row = $y";
        foreach (var name in new[] { "$z", "$x", "$y" })
            find.Parameters.Add(name, SqliteType.Integer);
    }

    public string Path { get; }

    /// <summary>The table of the format, and what we add to it: <c>edition</c>, <c>fingerprints</c>, <c>version</c>, <c>disclosure</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Changes with every change of what is on the tiles; a part of their addresses.</summary>
    public string Edition => Metadata["edition"];

    /// <summary>West, south, east, north in degrees.</summary>
    public double[] Bounds => [.. Metadata["bounds"].Split(',').Select(b => double.Parse(b, CultureInfo.InvariantCulture))];

    internal IReadOnlyDictionary<string, string> Fingerprints => JsonSerializer.Deserialize<Dictionary<string, string>>(Metadata["fingerprints"])!;

    /// <exception cref="BreitbandException">Refused for a file that is missing, half-written or no pyramid.</exception>
    public static Pyramid Open(string path)
    {
        if (!File.Exists(path))
            throw BreitbandException.Refused($"{path}: Die Kacheln fehlen. Zuerst: breitband tiles", $"{path}: there are no tiles. First: breitband tiles");
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            connection.Open();
            var pyramid = new Pyramid(path, connection);
            return pyramid.Metadata.ContainsKey("edition") && pyramid.Metadata.ContainsKey("fingerprints") ? pyramid : throw new InvalidDataException("no edition");
        }
        catch (Exception e) when (e is SqliteException or InvalidDataException)
        {
            connection.Dispose();
            throw BreitbandException.Refused($"{path} ist kein Kachelspeicher von Breitband oder nur halb geschrieben. Neu anlegen: breitband tiles",
                $"{path} is no tile pyramid of Breitband or only half written. Make it anew: breitband tiles", e);
        }
    }

    /// <summary>Whether a tile could not be read: the file was cut or overwritten under us, and wants to be made anew.</summary>
    public bool Damaged => damaged;

    /// <summary>Whether the file was let go of: what was not kept at hand can no longer be read.</summary>
    public bool Released => released;

    /// <summary>Zoom levels with tiles.</summary>
    public int First => int.Parse(Metadata["minzoom"], CultureInfo.InvariantCulture);

    public int Last => int.Parse(Metadata["maxzoom"], CultureInfo.InvariantCulture);

    /// <summary>Lets go of the file, then does what needs that: Windows puts nothing in the place of a file somebody holds open.</summary>
    public void Release(Action then)
    {
        lock (gate)
        {
            released = true;
            Dispose();
            then();
        }
    }

    /// <summary>A tile, packed with gzip; null where nothing is.</summary>
    /// <exception cref="BreitbandException">Failed for a file that is damaged.</exception>
    public byte[]? Read(TileAddress tile)
    {
        if (kept.TryGetValue(tile, out var near))
            return near;
        var read = Find(tile);
        if (read is not null && Interlocked.Read(ref keptBytes) < MostKept && kept.TryAdd(tile, read))
            Interlocked.Add(ref keptBytes, read.Length);
        return read;
    }

    byte[]? Find(TileAddress tile)
    {
        try
        {
            lock (gate)
            {
                if (released)
                    throw BreitbandException.Failed("Die Kacheln sind gerade durch neue ersetzt worden. Bitte noch einmal.", "The tiles have just been replaced by new ones. Please try again.");
                // The file counts rows from the south.
                (find.Parameters[0].Value, find.Parameters[1].Value, find.Parameters[2].Value) = (tile.Zoom, tile.X, (1 << tile.Zoom) - 1 - tile.Y);
                return (byte[]?)find.ExecuteScalar();
            }
        }
        catch (SqliteException e)
        {
            damaged = true;
            throw BreitbandException.Failed($"Die Kacheln in {Path} sind beschädigt und werden neu gebaut. Bitte in einer Minute noch einmal.", $"The tiles in {Path} are damaged and are being made anew. Please try again in a minute.", e);
        }
    }

    /// <summary>Every tile of a zoom level, or of some of its columns.</summary>
    public IEnumerable<(TileAddress Tile, byte[] Data)> Tiles(int zoom, int west = 0, int east = int.MaxValue) =>
        Dapper.SqlMapper.Query<(long X, long Row, byte[] Data)>(connection, "SELECT tile_column, tile_row, tile_data FROM tiles WHERE zoom_level = @zoom AND tile_column BETWEEN @west AND @east", new { zoom, west, east })
            .Select(t => (new TileAddress(zoom, (int)t.X, (1 << zoom) - 1 - (int)t.Row), t.Data));

    public void Dispose()
    {
        find.Dispose();
        connection.Dispose();
    }
}
