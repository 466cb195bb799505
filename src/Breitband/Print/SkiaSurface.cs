using SkiaSharp;

namespace Breitband.Print;

/// <summary>Draws on a canvas of millimetres: pictures and SVG.</summary>
sealed class SkiaSurface(SKCanvas canvas) : Surface
{
    public override void Fill(SKPath area, string colour)
    {
        using var paint = Paint(colour);
        canvas.DrawPath(area, paint);
    }

    public override void Fill(Box box, string colour)
    {
        using var paint = Paint(colour);
        canvas.DrawRect(box.ToSkia(), paint);
    }

    public override void Stroke(SKPath line, string colour, double width, IReadOnlyList<double>? dash = null)
    {
        using var paint = Pen(colour, width);
        using var effect = dash is null ? null : SKPathEffect.CreateDash([.. dash.Select(d => (float)d)], 0);
        paint.PathEffect = effect;
        canvas.DrawPath(line, paint);
    }

    public override void Stroke(Box box, string colour, double width)
    {
        using var paint = Pen(colour, width);
        canvas.DrawRect(box.ToSkia(), paint);
    }

    public override void Line(double x1, double y1, double x2, double y2, string colour, double width)
    {
        using var paint = Pen(colour, width);
        canvas.DrawLine((float)x1, (float)y1, (float)x2, (float)y2, paint);
    }

    public override void Circle(double x, double y, double radius, string? fill, string outline, double width)
    {
        if (fill is not null)
        {
            using var paint = Paint(fill);
            canvas.DrawCircle((float)x, (float)y, (float)radius, paint);
        }
        using var pen = Pen(outline, width);
        canvas.DrawCircle((float)x, (float)y, (float)radius, pen);
    }

    public override void Within(Box box, Action draw)
    {
        canvas.Save();
        canvas.ClipRect(box.ToSkia());
        draw();
        canvas.Restore();
    }

    protected override void Within(SKPath area, Action draw)
    {
        canvas.Save();
        canvas.ClipPath(area, SKClipOperation.Intersect, true);
        draw();
        canvas.Restore();
    }

    protected override void TextAt(string text, double x, double y, TypeStyle style, string colour)
    {
        using var paint = Paint(colour);
        canvas.DrawText(text, (float)x, (float)y, SKTextAlign.Left, Fonts.Get(style), paint);
    }

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
