using SkiaSharp;

namespace Breitband.Print;

enum Align { Left, Centre, Right }

/// <summary>What a sheet is drawn on: millimetres from the top left corner of the page. PDF, SVG and PNG get the same calls.</summary>
abstract class Surface
{
    public abstract void Fill(SKPath area, string colour);

    public abstract void Fill(Box box, string colour);

    public abstract void Stroke(SKPath line, string colour, double width, IReadOnlyList<double>? dash = null);

    public abstract void Stroke(Box box, string colour, double width);

    public abstract void Line(double x1, double y1, double x2, double y2, string colour, double width);

    public abstract void Circle(double x, double y, double radius, string? fill, string outline, double width);

    public abstract void Within(Box box, Action draw);

    protected abstract void Within(SKPath area, Action draw);

    /// <summary>One line of text from a place on; <paramref name="y"/> is the baseline.</summary>
    protected abstract void TextAt(string text, double x, double y, TypeStyle style, string colour);

    /// <summary>Says what the drawn is to somebody who hears the sheet read; only a PDF keeps it. What has no tag is ornament.</summary>
    public virtual void Tagged(Tag tag, Action draw) => draw();

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
        Within(area, () => Stroke(lines, hatch.Colour, hatch.Width));
    }

    /// <summary>One line of text; <paramref name="y"/> is the baseline.</summary>
    public void Text(string text, double x, double y, TypeStyle style, string colour, Align align = Align.Left)
    {
        if (text.Length > 0)
            TextAt(text, Start(text, x, style, align), y, style, colour);
    }

    /// <summary>Text on a light rim. The rim is drawn as outlines: stroked text would stand twice in what is copied out of a PDF.</summary>
    public void HaloText(string text, double x, double y, TypeStyle style, string colour, string halo, double rim, Align align = Align.Left)
    {
        using (var glyphs = Fonts.Get(style).GetTextPath(text, new SKPoint((float)Start(text, x, style, align), (float)y)))
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
            if (verb == SKPathVerb.Move)
                path.MoveTo(points[0]);
            else if (verb == SKPathVerb.Close)
                path.Close();
            else
                path.LineTo(points[verb switch { SKPathVerb.Line => 1, SKPathVerb.Cubic => 3, _ => 2 }]);
        return path;
    }

    static double Start(string text, double x, TypeStyle style, Align align) => align switch
    {
        Align.Left => x,
        Align.Centre => x - Fonts.Width(text, style) / 2,
        _ => x - Fonts.Width(text, style),
    };
}

/// <summary>
/// A part of a sheet as a reader of it would name it, by the structure types of ISO 32000-1, 14.8.4. The same tag used twice continues the
/// part: the lines of a paragraph.
/// </summary>
/// <param name="role">H1, H2, P, Figure, Table, TR, TH or TD.</param>
/// <param name="alternative">What is said instead of a picture.</param>
/// <param name="bounds">Where a picture stands.</param>
/// <param name="scope">Column or Row: what a heading cell heads.</param>
/// <param name="bookmark">A heading's words for the list of bookmarks.</param>
sealed class Tag(string role, string? alternative = null, Box? bounds = null, string? scope = null, string? bookmark = null)
{
    /// <summary>Lines, stripes and bars that say nothing the text does not.</summary>
    public static readonly Tag Ornament = new("Artifact");

    public string Role => role;

    public string? Alternative => alternative;

    public Box? Bounds => bounds;

    public string? Scope => scope;

    public string? Bookmark => bookmark;
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
