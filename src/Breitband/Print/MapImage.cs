using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;
using SkiaSharp;

namespace Breitband.Print;

/// <summary>The bare map as a PNG: cells by class, settlements, borders. No names, no margin.</summary>
public static class MapImage
{
    /// <param name="cells">Cells or areas in <see cref="Crs.Stored"/> with their share of open households in percent.</param>
    /// <param name="extent">Metres of <see cref="Crs.Stored"/>; the image shows at least this.</param>
    public static byte[] Png(Envelope extent, int width, int height, IReadOnlyList<(Geometry Area, double Percent)> cells,
        IReadOnlyList<Geometry> settlements, IReadOnlyList<Geometry> municipalities)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        var legend = Legend.Default;
        canvas.Clear(SKColor.Parse(legend.Page));
        var pixel = Math.Max(extent.Width / width, extent.Height / height);
        var origin = new Coordinate(extent.Centre.X - pixel * width / 2, extent.Centre.Y + pixel * height / 2);
        var pixels = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        foreach (var group in cells.GroupBy(c => legend.ShareIndex(c.Percent)).OrderBy(g => g.Key))
        {
            var colour = SKColor.Parse(legend.Shares[group.Key].Symbol.Fill);
            var others = new List<Geometry>();
            foreach (var (area, _) in group)
                if (Quadrilateral(area) is not { } ring || !FillUpright(pixels, width, height, ring, colour, origin, pixel))
                    others.Add(area);
            FillCells(canvas, others, colour, origin, pixel);
        }
        Outline(canvas, settlements, SKColor.Parse(legend.Settlement.Outline), 0.75f, origin, pixel);
        Outline(canvas, municipalities, SKColor.Parse(legend.Municipality.Outline), 1.9f, origin, pixel);
        canvas.Flush();
        return Encode(bitmap);
    }

    /// <summary>PNG at a low deflate level: maps have large even areas, so more effort costs time and saves little.</summary>
    internal static byte[] Encode(SKBitmap bitmap)
    {
        using var pixels = bitmap.PeekPixels();
        using var data = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.None, 3))
            ?? throw BreitbandException.Failed("Das Bild lässt sich nicht kodieren.", "The image cannot be encoded.");
        return data.ToArray();
    }

    /// <summary>
    /// Writes a grid cell straight into the picture: nine tenths of a map's cells are squares of a few pixels, tilted by less than a third
    /// of one, for which a general polygon filler costs four times as much. False for a cell that is not such a square.
    /// </summary>
    static bool FillUpright(Span<uint> pixels, int width, int height, CoordinateSequence ring, SKColor colour, Coordinate origin, double pixel)
    {
        Span<double> x = stackalloc double[4], y = stackalloc double[4];
        for (var i = 0; i < 4; i++)
            (x[i], y[i]) = ((ring.GetX(i) - origin.X) / pixel, (origin.Y - ring.GetY(i)) / pixel);
        x.Sort();
        y.Sort();
        if (x[1] - x[0] > 0.33 || x[3] - x[2] > 0.33 || y[1] - y[0] > 0.33 || y[3] - y[2] > 0.33)
            return false;
        // A pixel belongs to the cell that holds its centre, so that neighbours leave neither hole nor overlap.
        var (left, right) = (Edge((x[0] + x[1]) / 2, width), Edge((x[2] + x[3]) / 2, width));
        var (top, bottom) = (Edge((y[0] + y[1]) / 2, height), Edge((y[2] + y[3]) / 2, height));
        var value = (uint)(colour.Red | colour.Green << 8 | colour.Blue << 16 | 0xff << 24);
        for (var row = top; row < bottom; row++)
            pixels.Slice(row * width + left, right - left).Fill(value);
        return true;

        static int Edge(double at, int most) => (int)Math.Clamp(Math.Ceiling(at - 0.5), 0, most);
    }

    /// <summary>Cells of one class as triangles of one draw call; what is not a quadrilateral goes into a path.</summary>
    static void FillCells(SKCanvas canvas, IEnumerable<Geometry> areas, SKColor colour, Coordinate origin, double pixel)
    {
        var corners = new List<SKPoint>();
        using var rest = new SKPath { FillType = SKPathFillType.EvenOdd };
        using var paint = new SKPaint { Color = colour, IsAntialias = false };
        foreach (var area in areas)
        {
            if (Quadrilateral(area) is not { } ring)
            {
                AddTo(rest, area, origin, pixel);
                continue;
            }
            SKPoint At(int i) => new((float)((ring.GetX(i) - origin.X) / pixel), (float)((origin.Y - ring.GetY(i)) / pixel));
            corners.AddRange([At(0), At(1), At(2), At(0), At(2), At(3)]);
        }
        if (corners.Count > 0)
            canvas.DrawVertices(SKVertexMode.Triangles, [.. corners], null, paint);
        canvas.DrawPath(rest, paint);
    }

    static CoordinateSequence? Quadrilateral(Geometry area) => area switch
    {
        Polygon { NumInteriorRings: 0 } polygon when polygon.ExteriorRing.NumPoints == 5 => polygon.ExteriorRing.CoordinateSequence,
        MultiPolygon { NumGeometries: 1 } multi => Quadrilateral(multi.GetGeometryN(0)),
        _ => null,
    };

    static void Outline(SKCanvas canvas, IReadOnlyList<Geometry> areas, SKColor colour, float width, Coordinate origin, double pixel)
    {
        using var paint = new SKPaint { Color = colour, IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = width, StrokeJoin = SKStrokeJoin.Bevel };
        foreach (var area in areas)
        {
            using var path = new SKPath();
            AddTo(path, area, origin, pixel);
            canvas.DrawPath(path, paint);
        }
    }

    static void AddTo(SKPath path, Geometry geometry, Coordinate origin, double pixel)
    {
        for (var i = 0; i < geometry.NumGeometries; i++)
            if (geometry.GetGeometryN(i) is Polygon polygon && !polygon.IsEmpty)
                foreach (var ring in polygon.InteriorRings.Prepend(polygon.ExteriorRing))
                    AddRing(path, ring.CoordinateSequence, origin, pixel);
    }

    static void AddRing(SKPath path, CoordinateSequence ring, Coordinate origin, double pixel)
    {
        var (lastX, lastY) = (double.MaxValue, 0d);
        for (var i = 0; i < ring.Count; i++)
        {
            var (x, y) = ((ring.GetX(i) - origin.X) / pixel, (origin.Y - ring.GetY(i)) / pixel);
            if (i == 0)
                path.MoveTo((float)x, (float)y);
            // A third of a pixel is below what antialiasing shows.
            else if (Math.Abs(x - lastX) + Math.Abs(y - lastY) < 0.3)
                continue;
            else
                path.LineTo((float)x, (float)y);
            (lastX, lastY) = (x, y);
        }
        path.Close();
    }
}
