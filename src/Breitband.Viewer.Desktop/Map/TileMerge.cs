using System.IO.Compression;
using System.Text;

namespace Breitband.Viewer.Desktop.Map;

/// <summary>
/// Puts the layers of one vector tile in the place of those of the same names in another. A tile is nothing but its layers one after the other
/// (Mapbox Vector Tile 2.1, field 3), so whole layers can be taken out and appended without unpacking what is in them.
/// </summary>
static class TileMerge
{
    /// <param name="replaced">Names of the layers that are never taken from the ground, whether or not the other tile has them here.</param>
    public static byte[] Merge(byte[] ground, byte[] over, IReadOnlySet<string> replaced)
    {
        using var merged = new MemoryStream(ground.Length + over.Length);
        foreach (var layer in Layers(Unpacked(ground)))
            if (!replaced.Contains(NameOf(layer.Body.Span)))
                merged.Write(layer.Whole.Span);
        merged.Write(Unpacked(over).Span);
        return merged.ToArray();
    }

    static ReadOnlyMemory<byte> Unpacked(byte[] tile)
    {
        if (tile is not [0x1f, 0x8b, ..])
            return tile;
        using var plain = new MemoryStream(tile.Length * 3);
        using var gzip = new GZipStream(new MemoryStream(tile), CompressionMode.Decompress);
        gzip.CopyTo(plain);
        return plain.GetBuffer().AsMemory(0, (int)plain.Length);
    }

    static IEnumerable<(ReadOnlyMemory<byte> Whole, ReadOnlyMemory<byte> Body)> Layers(ReadOnlyMemory<byte> tile)
    {
        for (var at = 0; at < tile.Length;)
        {
            var start = at;
            Number(tile.Span, ref at); // the tag: a tile holds layers only
            var length = (int)Number(tile.Span, ref at);
            at += length;
            yield return (tile[start..at], tile[(at - length)..at]);
        }
    }

    /// <summary>Field 1 of a layer.</summary>
    static string NameOf(ReadOnlySpan<byte> layer)
    {
        for (var at = 0; at < layer.Length;)
        {
            var tag = Number(layer, ref at);
            if ((tag & 7) == 2)
            {
                var length = (int)Number(layer, ref at);
                if (tag >> 3 == 1)
                    return Encoding.UTF8.GetString(layer.Slice(at, length));
                at += length;
            }
            else
                Number(layer, ref at);
        }
        return "";
    }

    static ulong Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        var (number, shift) = (0UL, 0);
        while (true)
        {
            var next = bytes[at++];
            number |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return number;
            shift += 7;
        }
    }
}
