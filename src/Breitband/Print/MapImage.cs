using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;
using SkiaSharp;

namespace Breitband.Print;

/// <summary>
/// The county's gap areas, settlements and borders as one picture for a screen or a slide: no round scale, no table, but names, classes,
/// rule, dates and sources.
/// </summary>
public static class MapImage
{
    const float PixelsPerMillimetre = 96 / 25.4f;

    static readonly TypeStyle Style = new(9);

    public static byte[] Png(GapResult result, int width, int height, Language language)
    {
        if (width is < 400 or > 8000 || height is < 300 or > 8000)
            throw BreitbandException.WrongUse($"Ein Bild von {width} × {height} Punkten geht nicht; möglich sind 400 × 300 bis 8000 × 8000.",
                $"A picture of {width} × {height} pixels is not possible; 400 × 300 to 8000 × 8000 are.");
        var municipalities = Outlines(result, AreaLevel.Municipality);
        if (municipalities.Count == 0)
            throw BreitbandException.Refused("Das Ergebnis enthält keine Gemeinden mit Umriss. Zuerst die Gemeindegrenzen einlesen und auswerten.",
                "The result holds no municipalities with an outline. Import the municipal borders and analyse first.");
        var page = new Box(0, 0, width / PixelsPerMillimetre, height / PixelsPerMillimetre);
        var foot = new MapFoot(result, page.Width, Style, language);
        var map = page with { Height = page.Height - foot.Height };
        var shows = municipalities.Aggregate(new Envelope(), (e, m) => { e.ExpandToInclude(m.Area.EnvelopeInternal); return e; });
        var scale = (int)Math.Ceiling(1000 * Math.Max(shows.Width / map.Inset(3).Width, shows.Height / map.Inset(3).Height));
        var frame = new MapFrame(map, shows, scale);

        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColor.Parse(Legend.Default.Page));
        Areas(bitmap, canvas, result, municipalities, frame);
        canvas.Scale(PixelsPerMillimetre);
        var surface = new Surface(canvas);
        var blocked = MapMarks.Corners(surface, frame, [.. municipalities.Select(m => m.Area)], 1, result.Synthetic, language);
        MapMarks.Names(surface, new Labels(frame, blocked, []).Place([.. municipalities.Select(m => new LabelWish(m.Name, Style, m.Area))]), 1);
        foot.Draw(surface, map.Bottom);
        canvas.Flush();
        return Encode(bitmap);
    }

    static List<(string Name, Geometry Area)> Outlines(GapResult result, AreaLevel level) =>
        [.. result.Rows.Where(r => r.Level == level && r.Geometry is { IsEmpty: false }).Select(r => (r.Name, r.Geometry!))];

    static void Areas(SKBitmap bitmap, SKCanvas canvas, GapResult result, List<(string Name, Geometry Area)> municipalities, MapFrame frame)
    {
        var legend = Legend.Default;
        var (origin, pixel) = (frame.World(0, 0), frame.Scale / 1000.0 / PixelsPerMillimetre);
        var pixels = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        foreach (var group in result.GapAreas.GroupBy(g => legend.ShareIndex(100 * g.Share)).OrderBy(g => g.Key))
        {
            var colour = SKColor.Parse(legend.Shares[group.Key].Symbol.Fill);
            var others = new List<Geometry>();
            foreach (var gap in group)
                if (Quadrilateral(gap.Geometry) is not { } ring || !FillUpright(pixels, bitmap.Width, bitmap.Height, ring, colour, origin, pixel))
                    others.Add(gap.Geometry);
            FillCells(canvas, others, colour, origin, pixel);
        }
        Outline(canvas, Outlines(result, AreaLevel.Settlement), SKColor.Parse(legend.Settlement.Outline), 0.75f, origin, pixel);
        Outline(canvas, municipalities, SKColor.Parse(legend.Municipality.Outline), 1.9f, origin, pixel);
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

    static void Outline(SKCanvas canvas, List<(string Name, Geometry Area)> areas, SKColor colour, float width, Coordinate origin, double pixel)
    {
        using var paint = new SKPaint { Color = colour, IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = width, StrokeJoin = SKStrokeJoin.Bevel };
        foreach (var (_, area) in areas)
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
