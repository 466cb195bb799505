using System.Globalization;
using System.Text;
using SkiaSharp;

namespace Breitband.Print;

/// <summary>One page: its size and how it is drawn.</summary>
sealed record Page(double Width, double Height, Action<Surface> Draw);

/// <summary>Writes pages as PDF (all in one file), or as PNG or SVG (a file per page).</summary>
public static class SheetFile
{
    const float PointsPerMillimetre = 72 / 25.4f;

    /// <summary>Writes beside the target and renames, so that a full disk leaves no half sheet. Returns the file of every page, of which only the wanted one is drawn and written.</summary>
    internal static IReadOnlyList<string> Write(string path, IReadOnlyList<Page> pages, string title, PrintOptions options)
    {
        var count = options.Format == PrintFormat.Pdf ? 1 : pages.Count;
        var files = Enumerable.Range(0, count).Select(i => Numbered(path, i)).ToList();
        for (var i = 0; i < count; i++)
            if (options.Format == PrintFormat.Pdf || options.Page is null || options.Page == i + 1)
                Save(files[i], Render(options.Format == PrintFormat.Pdf ? pages : [pages[i]], title, options));
        return files;
    }

    /// <summary>Writes beside the target and renames.</summary>
    /// <exception cref="BreitbandException">Failed when the file cannot be written.</exception>
    public static void Save(string path, byte[] content)
    {
        try
        {
            File.WriteAllBytes(path + ".tmp", content);
            File.Move(path + ".tmp", path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BreitbandException.Failed($"{path} lässt sich nicht schreiben: {e.Message} Platz schaffen, Rechte prüfen oder einen anderen Ort angeben.", $"{path} cannot be written: {e.Message} Make room, check the rights or give another place.", e);
        }
    }

    /// <summary>The bytes of a file: all pages for PDF, the first for PNG and SVG.</summary>
    internal static byte[] Render(IReadOnlyList<Page> pages, string title, PrintOptions options) => options.Format switch
    {
        PrintFormat.Pdf => PdfFile.Write(pages, title, options),
        PrintFormat.Svg => Svg(pages[0]),
        _ => Png(pages[0], options.Dpi),
    };

    static string Numbered(string path, int page) => page == 0 ? path
        : Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}-{page + 1}{Path.GetExtension(path)}");

    static byte[] Svg(Page page)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, (float)page.Width * PointsPerMillimetre, (float)page.Height * PointsPerMillimetre), stream))
        {
            canvas.Scale(PointsPerMillimetre);
            page.Draw(new SkiaSurface(canvas));
        }
        return Finished(Encoding.UTF8.GetString(stream.ToArray()), page);
    }

    /// <summary>
    /// What the SVG writer leaves wrong: the size in rounded points instead of millimetres, a comma behind the last of a list of numbers
    /// (viewers drop such a list), and the fonts, which a machine without them would replace.
    /// </summary>
    static byte[] Finished(string svg, Page page)
    {
        var size = svg.IndexOf(" width=\"", StringComparison.Ordinal);
        var end = svg.IndexOf('>', size);
        var head = string.Create(CultureInfo.InvariantCulture,
            $" width=\"{page.Width}mm\" height=\"{page.Height}mm\" viewBox=\"0 0 {page.Width * PointsPerMillimetre:0.###} {page.Height * PointsPerMillimetre:0.###}\">");
        return Encoding.UTF8.GetBytes(svg[..size] + head + $"<style>{Fonts.Css}</style>" + svg[(end + 1)..].Replace(", \"", "\"", StringComparison.Ordinal));
    }

    static byte[] Png(Page page, double dpi)
    {
        var scale = (float)(dpi / 25.4);
        using var bitmap = new SKBitmap((int)Math.Round(page.Width * scale), (int)Math.Round(page.Height * scale), SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        canvas.Scale(scale);
        page.Draw(new SkiaSurface(canvas));
        return MapImage.Encode(bitmap);
    }
}
