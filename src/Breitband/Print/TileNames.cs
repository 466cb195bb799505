using SkiaSharp;

namespace Breitband.Print;

/// <summary>Names of municipalities and settlements, the largest first. A name lies wholly on its tile, so that none is cut off at an edge.</summary>
static class TileNames
{
    /// <summary>Least distance between two names, and the width of the light rim around one.</summary>
    const double Padding = 2;

    public static void Draw(TileCanvas t, Legend legend)
    {
        var taken = new List<Box>();
        foreach (var (layer, first, last, bold) in new[] { ("municipality_names", 7, 13, true), ("settlement_names", 11, 24, false) })
            if (t.Layer("name", layer, first, last) is { } names)
                Place(t, legend, names, new((bold ? 13 : 12) * t.Options.Scale / TypeStyle.MillimetresPerPoint, bold), taken);
    }

    static void Place(TileCanvas t, Legend legend, VectorLayer names, TypeStyle style, List<Box> taken)
    {
        var wishes = new List<(double Rank, string Name, SKPoint At)>();
        foreach (var feature in names.Features)
            if (names.Value(feature, "name") is string name)
                foreach (var at in t.Points(names, feature))
                    if (at.X >= 0 && at.Y >= 0 && at.X < t.Edge && at.Y < t.Edge)
                        wishes.Add((names.Number(feature, "rank") ?? double.MaxValue, name, at));
        var opacity = t.Options.Of("name");
        foreach (var (_, name, at) in wishes.OrderBy(w => w.Rank))
        {
            var pad = Padding * t.Options.Scale;
            var (width, height) = (Fonts.Width(name, style) + 2 * pad, style.Millimetres + 2 * pad);
            if (width > t.Edge)
                continue;
            // At an edge it moves inwards, by half its length at most.
            var box = new Box(Math.Clamp(at.X - width / 2, 0, t.Edge - width), Math.Clamp(at.Y - height / 2, 0, t.Edge - height), width, height);
            if (taken.Exists(b => b.Overlap(box) > 0))
                continue;
            taken.Add(box);
            Write(t.Canvas, name, (float)(box.Left + pad), (float)(box.MidY + style.Millimetres * 0.36), style, (float)(2 * pad), legend, opacity);
        }
    }

    static void Write(SKCanvas canvas, string name, float x, float y, TypeStyle style, float rim, Legend legend, double opacity)
    {
        var alpha = (byte)Math.Round(255 * opacity);
        using var halo = new SKPaint { Color = SKColor.Parse(legend.Page).WithAlpha(alpha), IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = rim, StrokeJoin = SKStrokeJoin.Round };
        using var ink = new SKPaint { Color = SKColor.Parse(legend.Ink).WithAlpha(alpha), IsAntialias = true };
        canvas.DrawText(name, x, y, SKTextAlign.Left, Fonts.Get(style), halo);
        canvas.DrawText(name, x, y, SKTextAlign.Left, Fonts.Get(style), ink);
    }
}
