using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;
using SkiaSharp;

namespace Breitband.Print;

/// <summary>
/// Fills gap areas by class. Nine tenths of them are cells of a few pixels, for which a general polygon filler costs many times as much as
/// looking at each pixel.
/// </summary>
sealed class GapFill
{
    /// <summary>Largest extent filled pixel by pixel.</summary>
    const int Few = 12;

    readonly SKBitmap bitmap;
    readonly SKCanvas canvas;
    readonly Coordinate origin;
    readonly double pixel;
    readonly SKColor[] colours;
    readonly SKPath?[] large;

    /// <param name="origin">Top left corner, metres.</param>
    /// <param name="pixel">Metres a pixel.</param>
    public GapFill(SKBitmap bitmap, SKCanvas canvas, Coordinate origin, double pixel)
    {
        (this.bitmap, this.canvas, this.origin, this.pixel) = (bitmap, canvas, origin, pixel);
        colours = [.. Legend.Default.Shares.Select(c => SKColor.Parse(c.Symbol.Fill))];
        large = new SKPath?[colours.Length];
    }

    public void Draw(IEnumerable<(Geometry Area, double Share)> gaps)
    {
        foreach (var (area, share) in gaps)
        {
            var index = Legend.Default.ShareIndex(100 * share);
            for (var i = 0; i < area.NumGeometries; i++)
                if (area.GetGeometryN(i) is Polygon polygon && !polygon.IsEmpty && !Pixels(polygon, colours[index]))
                    MapImage.AddTo(large[index] ??= new SKPath { FillType = SKPathFillType.EvenOdd }, polygon, origin, pixel);
        }
        for (var i = 0; i < large.Length; i++)
            if (large[i] is { } path)
                using (path)
                {
                    using var paint = new SKPaint { Color = colours[i], IsAntialias = false };
                    canvas.DrawPath(path, paint);
                }
    }

    /// <summary>Sets the pixels whose centres lie within, so that neighbours leave neither hole nor overlap; false for a large area.</summary>
    bool Pixels(Polygon polygon, SKColor colour)
    {
        var shell = polygon.ExteriorRing.CoordinateSequence;
        var (west, east, north, south) = (double.MaxValue, double.MinValue, double.MinValue, double.MaxValue);
        for (var i = 1; i < shell.Count; i++)
        {
            var (x, y) = (shell.GetX(i), shell.GetY(i));
            (west, east, south, north) = (Math.Min(west, x), Math.Max(east, x), Math.Min(south, y), Math.Max(north, y));
        }
        var (left, right) = (Edge((west - origin.X) / pixel), Edge((east - origin.X) / pixel));
        var (top, bottom) = (Edge((origin.Y - north) / pixel), Edge((origin.Y - south) / pixel));
        if (right - left > Few || bottom - top > Few || polygon.NumInteriorRings > 0)
            return false;
        (left, right, top, bottom) = (Math.Max(left, 0), Math.Min(right, bitmap.Width), Math.Max(top, 0), Math.Min(bottom, bitmap.Height));
        var pixels = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        var value = (uint)(colour.Red | colour.Green << 8 | colour.Blue << 16 | 0xff << 24);
        for (var row = top; row < bottom; row++)
            for (var column = left; column < right; column++)
                if (Within(shell, origin.X + (column + 0.5) * pixel, origin.Y - (row + 0.5) * pixel))
                    pixels[row * bitmap.Width + column] = value;
        return true;
    }

    /// <summary>First pixel whose centre lies at or behind.</summary>
    static int Edge(double at) => (int)Math.Clamp(Math.Ceiling(at - 0.5), -1e6, 1e6);

    /// <summary>Crossings of the ray to the right; a border belongs to the area left of or above it.</summary>
    static bool Within(CoordinateSequence ring, double x, double y)
    {
        var inside = false;
        for (var i = 1; i < ring.Count; i++)
        {
            var (ax, ay, bx, by) = (ring.GetX(i - 1), ring.GetY(i - 1), ring.GetX(i), ring.GetY(i));
            if (ay > y != by > y && x < (bx - ax) * (y - ay) / (by - ay) + ax)
                inside = !inside;
        }
        return inside;
    }
}
