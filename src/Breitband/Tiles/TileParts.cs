using System.IO.Compression;
using System.Text;

namespace Breitband.Tiles;

/// <summary>The layers of a tile as they stand in it, one behind the other.</summary>
static class TileParts
{
    /// <param name="packed">With gzip.</param>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Split(byte[] packed)
    {
        using var plain = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress))
            gzip.CopyTo(plain);
        var tile = plain.ToArray();
        var parts = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        for (var at = 0; at < tile.Length;)
        {
            var start = at++; // the key of a layer is one byte
            var length = Varint(tile, ref at);
            // Our layers begin with their name: its key, its length, its letters.
            var name = at + 1;
            var letters = Varint(tile, ref name);
            parts[Encoding.UTF8.GetString(tile, name, letters)] = tile.AsMemory(start, at + length - start);
            at += length;
        }
        return parts;
    }

    static int Varint(byte[] bytes, ref int at)
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
