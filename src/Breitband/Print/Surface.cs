using SkiaSharp;

namespace Breitband.Print;

enum Align { Left, Centre, Right }

/// <summary>What a sheet is drawn on: millimetres from the top left corner of the page. PDF, SVG and PNG get the same calls.</summary>
sealed class Surface(SKCanvas canvas)
{
    public void Fill(SKPath area, string colour)
    {
        using var paint = Paint(colour);
        canvas.DrawPath(area, paint);
    }

    public void Fill(Box box, string colour)
    {
        using var paint = Paint(colour);
        canvas.DrawRect(box.ToSkia(), paint);
    }

    public void Stroke(SKPath line, string colour, double width, IReadOnlyList<double>? dash = null)
    {
        using var paint = Pen(colour, width);
        using var effect = dash is null ? null : SKPathEffect.CreateDash([.. dash.Select(d => (float)d)], 0);
        paint.PathEffect = effect;
        canvas.DrawPath(line, paint);
    }

    public void Stroke(Box box, string colour, double width)
    {
        using var paint = Pen(colour, width);
        canvas.DrawRect(box.ToSkia(), paint);
    }

    public void Line(double x1, double y1, double x2, double y2, string colour, double width)
    {
        using var paint = Pen(colour, width);
        canvas.DrawLine((float)x1, (float)y1, (float)x2, (float)y2, paint);
    }

    public void Circle(double x, double y, double radius, string? fill, string outline, double width)
    {
        if (fill is not null)
        {
            using var paint = Paint(fill);
            canvas.DrawCircle((float)x, (float)y, (float)radius, paint);
        }
        using var pen = Pen(outline, width);
        canvas.DrawCircle((float)x, (float)y, (float)radius, pen);
    }

    /// <summary>Parallel lines within an area, drawn as lines and clipped: a pattern would become pixels in a PDF.</summary>
    public void Hatch(SKPath area, Hatch hatch)
    {
        var bounds = area.Bounds;
        if (bounds.IsEmpty)
            return;
        using var lines = new SKPath();
        var angle = hatch.Angle * Math.PI / 180;
        var (dx, dy) = (Math.Cos(angle), -Math.Sin(angle));
        var reach = Math.Sqrt(bounds.Width * bounds.Width + bounds.Height * bounds.Height) / 2 + hatch.Spacing;
        // Lines stand on a grid of the page, not of the area, so that neighbouring areas of one class run into each other.
        var middle = -bounds.MidX * dy + bounds.MidY * dx;
        for (var at = Math.Ceiling((middle - reach) / hatch.Spacing) * hatch.Spacing; at <= middle + reach; at += hatch.Spacing)
        {
            var along = bounds.MidX * dx + bounds.MidY * dy;
            var (x, y) = (-at * dy + along * dx, at * dx + along * dy);
            lines.MoveTo((float)(x - dx * reach), (float)(y - dy * reach));
            lines.LineTo((float)(x + dx * reach), (float)(y + dy * reach));
        }
        canvas.Save();
        canvas.ClipPath(area, SKClipOperation.Intersect, true);
        using (var paint = Pen(hatch.Colour, hatch.Width))
            canvas.DrawPath(lines, paint);
        canvas.Restore();
    }

    /// <summary>One line of text; <paramref name="y"/> is the baseline.</summary>
    public void Text(string text, double x, double y, TypeStyle style, string colour, Align align = Align.Left)
    {
        if (text.Length == 0)
            return;
        using var paint = Paint(colour);
        canvas.DrawText(text, Start(text, x, style, align), (float)y, SKTextAlign.Left, Fonts.Get(style), paint);
    }

    /// <summary>Text on a light rim. The rim is drawn as outlines: stroked text would stand twice in what is copied out of a PDF.</summary>
    public void HaloText(string text, double x, double y, TypeStyle style, string colour, string halo, double rim, Align align = Align.Left)
    {
        using (var glyphs = Fonts.Get(style).GetTextPath(text, new SKPoint(Start(text, x, style, align), (float)y)))
        using (var outline = Chords(glyphs))
            Stroke(outline, halo, rim * 2);
        Text(text, x, y, style, colour, align);
    }

    /// <summary>The outlines with their arcs as chords: under a wide rim nobody sees the difference, and a sheet of names is half as large.</summary>
    static SKPath Chords(SKPath glyphs)
    {
        var path = new SKPath();
        var points = new SKPoint[4];
        using var pieces = glyphs.CreateRawIterator();
        for (var verb = pieces.Next(points); verb != SKPathVerb.Done; verb = pieces.Next(points))
        {
            var end = points[verb switch { SKPathVerb.Line => 1, SKPathVerb.Quad or SKPathVerb.Conic => 2, SKPathVerb.Cubic => 3, _ => 0 }];
            if (verb == SKPathVerb.Close)
                path.Close();
            else if (verb == SKPathVerb.Move)
                path.MoveTo(MapFrame.Short(end.X), MapFrame.Short(end.Y));
            else
                path.LineTo(MapFrame.Short(end.X), MapFrame.Short(end.Y));
        }
        return path;
    }

    public void Within(Box box, Action draw)
    {
        canvas.Save();
        canvas.ClipRect(box.ToSkia());
        draw();
        canvas.Restore();
    }

    static float Start(string text, double x, TypeStyle style, Align align) => (float)(align switch
    {
        Align.Left => x,
        Align.Centre => x - Fonts.Width(text, style) / 2,
        _ => x - Fonts.Width(text, style),
    });

    static SKPaint Paint(string colour) => new() { Color = SKColor.Parse(colour), IsAntialias = true };

    static SKPaint Pen(string colour, double width) => new()
    {
        Color = SKColor.Parse(colour),
        IsAntialias = true,
        Style = SKPaintStyle.Stroke,
        StrokeWidth = (float)width,
        StrokeJoin = SKStrokeJoin.Round,
    };
}

/// <summary>A rectangle on the page, millimetres, y downwards.</summary>
readonly record struct Box(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public double MidX => Left + Width / 2;

    public double MidY => Top + Height / 2;

    public SKRect ToSkia() => new((float)Left, (float)Top, (float)Right, (float)Bottom);

    public Box Inset(double by) => new(Left + by, Top + by, Width - 2 * by, Height - 2 * by);

    public bool Contains(Box other) => other.Left >= Left && other.Right <= Right && other.Top >= Top && other.Bottom <= Bottom;

    public double Overlap(Box other) =>
        Math.Max(0, Math.Min(Right, other.Right) - Math.Max(Left, other.Left)) * Math.Max(0, Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top));
}
