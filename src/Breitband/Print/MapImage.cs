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

    /// <param name="gaps">Areas in <see cref="Crs.Stored"/> with their share, 0 to 1; read once, while it is drawn.</param>
    public static byte[] Png(GapResult result, IEnumerable<(Geometry Area, double Share)> gaps, int width, int height, Language language)
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
        IReadOnlyList<Label> names = [];
        // The names look for their places while the areas are read and drawn.
        Parallel.Invoke(
            () => names = new Labels(frame, MapMarks.Corners(null, frame, [.. municipalities.Select(m => m.Area)], 1, result.Synthetic, language), [])
                .Place([.. municipalities.Select(m => new LabelWish(m.Name, Style, m.Area))]),
            () => Areas(bitmap, canvas, frame, gaps, Outlines(result, AreaLevel.Settlement), municipalities));
        canvas.Scale(PixelsPerMillimetre);
        var surface = new SkiaSurface(canvas);
        MapMarks.Corners(surface, frame, [.. municipalities.Select(m => m.Area)], 1, result.Synthetic, language);
        MapMarks.Names(surface, names, 1);
        foot.Draw(surface, map.Bottom);
        canvas.Flush();
        return Encode(bitmap);
    }

    static void Areas(SKBitmap bitmap, SKCanvas canvas, MapFrame frame, IEnumerable<(Geometry Area, double Share)> gaps,
        List<(string Name, Geometry Area)> settlements, List<(string Name, Geometry Area)> municipalities)
    {
        var (origin, pixel) = (frame.World(0, 0), frame.Scale / 1000.0 / PixelsPerMillimetre);
        new GapFill(bitmap, canvas, origin, pixel).Draw(gaps);
        Outline(canvas, settlements, SKColor.Parse(Legend.Default.Settlement.Outline), 0.75f, origin, pixel);
        Outline(canvas, municipalities, SKColor.Parse(Legend.Default.Municipality.Outline), 1.9f, origin, pixel);
    }

    static List<(string Name, Geometry Area)> Outlines(GapResult result, AreaLevel level) =>
        [.. result.Rows.Where(r => r.Level == level && r.Geometry is { IsEmpty: false }).Select(r => (r.Name, r.Geometry!))];

    /// <summary>PNG at a low deflate level: maps have large even areas, so more effort costs time and saves little.</summary>
    public static byte[] Encode(SKBitmap bitmap)
    {
        using var pixels = bitmap.PeekPixels();
        using var data = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.None, 3))
            ?? throw BreitbandException.Failed("Das Bild lässt sich nicht kodieren.", "The image cannot be encoded.");
        return data.ToArray();
    }

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

    internal static void AddTo(SKPath path, Geometry geometry, Coordinate origin, double pixel)
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
