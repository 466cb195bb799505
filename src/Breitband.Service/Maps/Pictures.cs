using System.Collections.Concurrent;
using Breitband.Print;
using Breitband.Tiles;

namespace Breitband.Service.Maps;

/// <summary>The map's tiles as pictures. Everybody begins with the same few: those of the pyramid of now are painted once and kept.</summary>
sealed class Pictures
{
    /// <summary>Bytes kept; a county's from zoom 5 to 11 take 20 MB.</summary>
    const long Most = 48 << 20;

    readonly TilePainter painter = new(Legend.Default);
    readonly ConcurrentDictionary<(string Path, string Edition, TileAddress Tile, int Scale, string Off), byte[]> kept = new();
    long bytes;

    /// <param name="off">Groups of <see cref="TilePainter.Groups"/> that are not drawn, in any order; others are no matter.</param>
    /// <returns>PNG.</returns>
    public byte[] Get(Pyramid pyramid, TileAddress tile, int scale, IEnumerable<string> off)
    {
        string[] hidden = [.. TilePainter.Groups.Intersect(off)];
        var key = (pyramid.Path, pyramid.Edition, tile, scale, string.Join(',', hidden));
        if (kept.TryGetValue(key, out var picture))
            return picture;
        var source = tile.At(Math.Min(tile.Zoom, pyramid.Last));
        picture = painter.Paint(pyramid.Read(source), tile, source, new PaintOptions { Scale = scale, Opacity = hidden.ToDictionary(g => g, _ => 0.0) });
        // Full, everything goes: what is looked at is soon back, and an earlier pyramid's is not.
        if (Interlocked.Add(ref bytes, picture.Length) > Most)
        {
            kept.Clear();
            Interlocked.Exchange(ref bytes, picture.Length);
        }
        kept[key] = picture;
        return picture;
    }
}
