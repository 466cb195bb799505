using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Breitband.Tiles;

/// <summary>What was made.</summary>
/// <param name="Changed">Layers drawn anew; empty when the tiles were up to date.</param>
/// <param name="Withheld">Why layers of single places are left out; null when none is.</param>
public sealed record PyramidReport(string Path, string Edition, int Tiles, long Bytes, int Largest, IReadOnlyList<string> Changed, Phrase? Withheld);

/// <summary>
/// Makes the tiles of a store, zoom by zoom, or only the layers that changed since: a tile is its layers one behind the other, so what did
/// not change is taken over byte by byte. The file is written beside the old one and takes its place when it is whole.
/// </summary>
public sealed class PyramidBuilder
{
    const int First = 4;

    /// <summary>The nearest zoom level there are tiles of.</summary>
    public const int Last = TileLayer.Last;

    /// <summary>SQLITE_CORRUPT and SQLITE_NOTADB.</summary>
    const int Corrupt = 11, NoDatabase = 26;

    readonly TileContents contents;
    readonly IReadOnlyList<TileLayer> layers;
    readonly Pyramid? before;
    readonly HashSet<string> changed;
    readonly Phrase? withheld;
    readonly Disclosure allowed;
    readonly string attribution;
    readonly bool synthetic;
    long mostRows = TileBand.MostRows;
    Action<Action> swap = static move => move();

    PyramidBuilder(Store.Store store, Disclosure allowed, Pyramid? before, TileResults? others)
    {
        contents = new TileContents(store, allowed, others ?? TileResults.Kept(store));
        layers = others is null ? contents.Layers() : contents.ResultLayers();
        (withheld, this.allowed, this.before) = (contents.Withheld, allowed, before);
        var live = store.Editions().Where(e => e.Live && e.Disclosure <= allowed).ToList();
        attribution = string.Join(" · ", layers.SelectMany(l => l.Attribution.Split(" · ")).Where(a => a.Length > 0).Distinct());
        synthetic = live.Exists(e => e.Synthetic);
        var known = before?.Metadata.GetValueOrDefault("version") == Pyramid.Version ? before.Fingerprints : null;
        changed = [.. layers.Where(l => known?.GetValueOrDefault(l.Name) != l.Fingerprint).Select(l => l.Name)];
        if (known is not null)
            changed.UnionWith(known.Keys.Except(layers.Select(l => l.Name)));
        else
            this.before = null;
    }

    /// <param name="path">The pyramid's file; one that is there is brought up to date.</param>
    /// <param name="allowed">Nothing more confidential goes onto the tiles.</param>
    /// <param name="progress">Zoom levels done.</param>
    /// <param name="others">Results other than those the store keeps: then only the layers of results are made, of these.</param>
    /// <param name="swap">Puts the new file in the place of the old one by calling what it is given; whoever holds the old one open lets go of it first.</param>
    /// <exception cref="BreitbandException">Refused for a store with nothing to show; failed when the file cannot be written.</exception>
    public static PyramidReport Build(Store.Store store, string path, Disclosure allowed, Action<int>? progress = null, TileResults? others = null, Action<Action>? swap = null) =>
        Build(store, path, allowed, progress, others, TileBand.MostRows, swap);

    internal static PyramidReport Build(Store.Store store, string path, Disclosure allowed, Action<int>? progress, TileResults? others, long mostRows, Action<Action>? swap = null)
    {
        using var before = Previous(path);
        swap ??= static move => move();
        var builder = new PyramidBuilder(store, allowed, before, others) { mostRows = mostRows, swap = swap };
        if (builder.layers.Count == 0)
            throw BreitbandException.Refused("Der Speicher enthält nichts, was auf eine Karte darf. Zuerst importieren und auswerten.", "The store holds nothing that may go onto a map. Import and analyse first.");
        if (builder.changed.Count == 0)
            return new(path, before!.Edition, 0, new FileInfo(path).Length, 0, [], builder.withheld);
        try
        {
            try
            {
                return builder.Write(path, progress);
            }
            catch (SqliteException e) when (before is not null && e.SqliteErrorCode is Corrupt or NoDatabase)
            {
                // The earlier file opened but is not whole: nothing of it is taken over.
                before.Dispose();
                return new PyramidBuilder(store, allowed, null, others) { mostRows = mostRows, swap = swap }.Write(path, progress);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw BreitbandException.Failed($"{path} lässt sich nicht schreiben: {e.Message} Die früheren Kacheln bleiben.", $"{path} cannot be written: {e.Message} The earlier tiles stay.", e);
        }
        finally
        {
            if (File.Exists(path + ".tmp"))
                File.Delete(path + ".tmp");
        }
    }

    static Pyramid? Previous(string path)
    {
        try
        {
            return File.Exists(path) ? Pyramid.Open(path) : null;
        }
        catch (BreitbandException)
        {
            // Half-written or foreign: made anew.
            return null;
        }
    }

    PyramidReport Write(string path, Action<int>? progress)
    {
        var (tiles, largest) = (0, 0);
        File.Delete(path + ".tmp");
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path + ".tmp", Pooling = false }.ToString()))
        {
            connection.Open();
            Dapper.SqlMapper.Execute(connection, """
                PRAGMA journal_mode = OFF;
                PRAGMA synchronous = OFF;
                PRAGMA application_id = 0x4d504258;
                CREATE TABLE metadata (name TEXT PRIMARY KEY, value TEXT);
                CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB, PRIMARY KEY (zoom_level, tile_column, tile_row)) WITHOUT ROWID;
                """);
            using var transaction = connection.BeginTransaction();
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO tiles VALUES ($z, $x, $y, $data)";
            foreach (var name in new[] { "$z", "$x", "$y", "$data" })
                insert.Parameters.Add(name, name == "$data" ? SqliteType.Blob : SqliteType.Integer);
            for (var zoom = First; zoom <= TileLayer.Last; zoom++)
            {
                foreach (var (tile, data) in contents.Bands(zoom, mostRows).SelectMany(Band))
                {
                    (insert.Parameters[0].Value, insert.Parameters[1].Value, insert.Parameters[2].Value, insert.Parameters[3].Value) = (zoom, tile.X, (1 << zoom) - 1 - tile.Y, data);
                    insert.ExecuteNonQuery();
                    (tiles, largest) = (tiles + 1, Math.Max(largest, data.Length));
                }
                progress?.Invoke(zoom);
            }
            foreach (var (name, value) in Metadata())
                Dapper.SqlMapper.Execute(connection, "INSERT INTO metadata VALUES (@name, @value)", new { name, value });
            transaction.Commit();
        }
        before?.Dispose();
        swap(() => File.Move(path + ".tmp", path, overwrite: true));
        return new(path, Edition, tiles, new FileInfo(path).Length, largest, [.. changed.Order()], withheld);
    }

    /// <summary>All tiles of a band, packed, by row and column.</summary>
    IReadOnlyList<(TileAddress Tile, byte[] Data)> Band(TileBand band)
    {
        var drawn = new Dictionary<TileAddress, byte[]>[layers.Count];
        Parallel.For(0, layers.Count, i => drawn[i] = changed.Contains(layers[i].Name) && band.Zoom >= layers[i].First ? Draw(layers[i], band) : []);
        var kept = before is null ? [] : before.Tiles(band.Zoom, band.West, band.East).ToDictionary(t => t.Tile, t => TileParts.Split(t.Data));
        var addresses = drawn.SelectMany(d => d.Keys).Concat(kept.Keys).Distinct().OrderBy(t => t.Y).ThenBy(t => t.X).ToList();
        var result = new (TileAddress, byte[])[addresses.Count];
        Parallel.For(0, addresses.Count, i => result[i] = (addresses[i], Packed(addresses[i], drawn, kept.GetValueOrDefault(addresses[i]))));
        return [.. result.Where(r => r.Item2.Length > 0)];
    }

    static Dictionary<TileAddress, byte[]> Draw(TileLayer layer, TileBand band)
    {
        var writers = new Dictionary<TileAddress, TileLayerWriter>();
        object?[] values = [];
        var shape = TileShape.Point;
        var cutter = new TileCutter(band.Zoom, (tile, parts) =>
        {
            if (!band.Has(tile))
                return;
            if (!writers.TryGetValue(tile, out var writer))
                writers[tile] = writer = new(layer.Name, layer.Fields);
            writer.Add(tile, shape, parts, values);
        });
        foreach (var feature in layer.Features(band))
        {
            (shape, values) = (feature.Shape, feature.Values);
            var parts = band.Zoom < TileLayer.Last && !layer.Thinned ? Thinning.Parts(shape, feature.Parts, band.Zoom) : feature.Parts;
            if (parts.Length > 0)
                cutter.Cut(shape, parts);
        }
        return writers.Where(w => w.Value.Count > 0).ToDictionary(w => w.Key, w => w.Value.Finish());
    }

    byte[] Packed(TileAddress tile, Dictionary<TileAddress, byte[]>[] drawn, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? kept)
    {
        if (!Enumerable.Range(0, layers.Count).Any(i => drawn[i].ContainsKey(tile) || !changed.Contains(layers[i].Name) && kept?.ContainsKey(layers[i].Name) == true))
            return [];
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            for (var i = 0; i < layers.Count; i++)
                if (drawn[i].TryGetValue(tile, out var fresh))
                    gzip.Write(fresh);
                else if (!changed.Contains(layers[i].Name) && kept is not null && kept.TryGetValue(layers[i].Name, out var old))
                    gzip.Write(old.Span);
        return packed.ToArray();
    }

    string Edition => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Pyramid.Version + string.Concat(layers.Select(l => l.Name + l.Fingerprint)))).AsSpan(0, 6)).ToLowerInvariant();

    IEnumerable<(string Name, string Value)> Metadata()
    {
        var municipal = layers.FirstOrDefault(l => l.Name is "municipalities" or ChangeTiles.Municipalities) ?? layers[0];
        var (west, north, east, south) = (1.0, 1.0, 0.0, 0.0);
        foreach (var part in municipal.Features(new(TileLayer.Last, 0, (1 << TileLayer.Last) - 1, null)).SelectMany(f => f.Parts))
            for (var i = 0; i < part.Length; i += 2)
                (west, east, north, south) = (Math.Min(west, part[i]), Math.Max(east, part[i]), Math.Min(north, part[i + 1]), Math.Max(south, part[i + 1]));
        var ((left, top), (right, bottom)) = (TileAddress.Degrees(west, north), TileAddress.Degrees(east, south));
        string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        yield return ("name", synthetic ? "Breitband (Demonstrationsdaten)" : "Breitband");
        yield return ("format", "pbf");
        yield return ("type", "overlay");
        yield return ("bounds", Text($"{left:0.#####},{bottom:0.#####},{right:0.#####},{top:0.#####}"));
        yield return ("center", Text($"{(left + right) / 2:0.#####},{(bottom + top) / 2:0.#####},9"));
        yield return ("minzoom", Text($"{First}"));
        yield return ("maxzoom", Text($"{TileLayer.Last}"));
        yield return ("attribution", attribution);
        yield return ("description", "Breitbandversorgung: Lücken, Siedlungen, Maßnahmen");
        yield return ("json", JsonSerializer.Serialize(new
        {
            vector_layers = layers.Select(l => new { id = l.Name, minzoom = Math.Max(First, l.First), maxzoom = TileLayer.Last, fields = l.Fields.ToDictionary(f => f, Kind), attribution = l.Attribution }),
        }));
        yield return ("version", Pyramid.Version);
        yield return ("edition", Edition);
        yield return ("disclosure", allowed.Code());
        yield return ("synthetic", synthetic ? "1" : "0");
        yield return ("fingerprints", JsonSerializer.Serialize(layers.ToDictionary(l => l.Name, l => l.Fingerprint)));
    }

    static string Kind(string field) => field is "share" or "open" or "total" or "unclear" or "households" or "covered" or "rank" || ChangeTiles.Numbers.Contains(field) ? "Number" : "String";
}
