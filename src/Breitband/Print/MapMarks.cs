using NetTopologySuite.Geometries;

namespace Breitband.Print;

/// <summary>What every map carries: names with their leaders, and the mark of demonstration data.</summary>
static class MapMarks
{
    public static void Names(Surface s, IReadOnlyList<Label> labels, double unit)
    {
        var legend = Legend.Default;
        foreach (var label in labels)
            if (label.Leader is { } to)
            {
                var (x, y) = (Math.Clamp(to.X, label.Box.Left, label.Box.Right), Math.Clamp(to.Y, label.Box.Top, label.Box.Bottom));
                s.Line(x, y, to.X, to.Y, legend.Page, 0.6 * unit);
                s.Line(x, y, to.X, to.Y, legend.Ink, 0.2 * unit);
            }
        foreach (var label in labels)
            for (var i = 0; i < label.Lines.Count; i++)
                s.HaloText(label.Lines[i], label.Box.MidX, label.Box.Top + label.Wish.Style.Millimetres * (0.95 + 1.15 * i), label.Wish.Style, legend.Ink, legend.Page, 0.45 * unit, Align.Centre);
    }

    /// <summary>„Demonstrationsdaten“ in the corner that covers least of the areas; returns where.</summary>
    public static Box Synthetic(Surface s, MapFrame frame, IReadOnlyList<Geometry> areas, double unit, Language language)
    {
        var style = new TypeStyle(13 * unit, Bold: true);
        var text = language == Language.De ? "Demonstrationsdaten" : "Demonstration data";
        var (width, height, inner) = (Fonts.Width(text, style) + 6 * unit, style.Millimetres * 1.9, frame.Box.Inset(3 * unit));
        var corners = new[] { (inner.Left, inner.Top), (inner.Right - width, inner.Top), (inner.Left, inner.Bottom - height), (inner.Right - width, inner.Bottom - height) };
        var box = corners.Select(c => new Box(c.Item1, c.Item2, width, height)).MinBy(b => Covered(b, frame, areas));
        s.Fill(box, Legend.Default.Page);
        s.Stroke(box, Legend.Default.Ink, 0.4 * unit);
        s.Text(text, box.MidX, box.MidY + style.Millimetres * 0.36, style, Legend.Default.Ink, Align.Centre);
        return box;
    }

    static double Covered(Box box, MapFrame frame, IReadOnlyList<Geometry> areas)
    {
        var world = new Envelope(frame.World(box.Left, box.Top), frame.World(box.Right, box.Bottom));
        return areas.Where(a => a.EnvelopeInternal.Intersects(world)).Sum(a => a.Factory.ToGeometry(world).Intersection(a).Area);
    }
}
