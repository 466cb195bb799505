using System.Collections.Concurrent;
using SkiaSharp;

namespace Breitband.Print;

/// <summary>A hatch as a repeated picture. It stands on the grid of the world's pixels, so that it runs on from tile to tile.</summary>
public static class HatchPattern
{
    static readonly ConcurrentDictionary<(Hatch Hatch, double Scale), SKImage> Pictures = new();

    /// <param name="x">Pixels from the western edge of the world to the tile's.</param>
    /// <param name="y">Pixels from its northern edge.</param>
    internal static SKShader Shader(Hatch hatch, double scale, double x, double y)
    {
        var picture = Pictures.GetOrAdd((hatch, scale), static key => Picture(key.Hatch, key.Scale));
        return picture.ToShader(SKShaderTileMode.Repeat, SKShaderTileMode.Repeat, SKSamplingOptions.Default,
            SKMatrix.CreateTranslation((float)-(x % picture.Width), (float)-(y % picture.Height)));
    }

    /// <summary>Hatches side by side as PNG, and where each of them begins and how large it is, in pixels.</summary>
    public static (byte[] Png, IReadOnlyList<(int X, int Size)> Places) Sheet(IReadOnlyList<Hatch> hatches, double scale)
    {
        SKImage[] pictures = [.. hatches.Select(h => Picture(h, scale))];
        (int X, int Size)[] places = [.. pictures.Select((p, i) => (pictures.Take(i).Sum(b => b.Width), p.Width))];
        using var sheet = new SKBitmap(pictures.Sum(p => p.Width), pictures.Max(p => p.Height), SKColorType.Rgba8888, SKAlphaType.Premul);
        using var canvas = new SKCanvas(sheet);
        for (var i = 0; i < pictures.Length; i++)
            using (pictures[i])
                canvas.DrawImage(pictures[i], places[i].X, 0);
        canvas.Flush();
        return (MapImage.Encode(sheet), places);
    }

    /// <summary>Lines across a square that fits itself on all sides; hatches rise or fall by 45 degrees.</summary>
    static SKImage Picture(Hatch hatch, double scale)
    {
        var pixel = TileCanvas.PixelsPerMillimetre * scale;
        var size = (int)Math.Max(2, Math.Round(hatch.Spacing * Math.Sqrt(2) * pixel));
        using var bitmap = new SKBitmap(size, size, SKColorType.Rgba8888, SKAlphaType.Premul);
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { Color = SKColor.Parse(hatch.Colour), IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = (float)(hatch.Width * pixel) };
        var rises = hatch.Angle % 180 < 90;
        for (var i = -1; i <= 1; i++)
            canvas.DrawLine(i * size - 1, rises ? size + 1 : -1, i * size + size + 1, rises ? -1 : size + 1, paint);
        canvas.Flush();
        return SKImage.FromBitmap(bitmap);
    }
}
