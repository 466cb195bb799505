using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace Breitband.Print;

/// <summary>What every map carries: names with their leaders, scale and north, and the mark of demonstration data.</summary>
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

    /// <summary>
    /// Scale, north and, for demonstration data, its mark: each in the corner that covers least of the areas. Returns their places, which
    /// no name may touch. Draw before the names.
    /// </summary>
    /// <param name="s">Null to ask for the places only.</param>
    public static IReadOnlyList<Box> Corners(Surface? s, MapFrame frame, IReadOnlyList<Geometry> areas, double unit, bool synthetic, Language language)
    {
        var taken = new List<Box>();
        var scale = new ScaleBar(frame, unit, language);
        taken.Add(Corner(frame, scale.Width, scale.Height, areas, taken, unit));
        if (s is not null)
            scale.Draw(s, taken[0]);
        if (!synthetic)
            return taken;
        var style = new TypeStyle(12 * unit, Bold: true);
        var text = language == Language.De ? "Demonstrationsdaten" : "Demonstration data";
        var box = Corner(frame, Fonts.Width(text, style) + 6 * unit, style.Millimetres * 1.9, areas, taken, unit);
        s?.Fill(box, Legend.Default.Page);
        s?.Stroke(box, Legend.Default.Ink, 0.4 * unit);
        s?.Text(text, box.MidX, box.MidY + style.Millimetres * 0.36, style, Legend.Default.Ink, Align.Centre);
        return [.. taken, box];
    }

    static Box Corner(MapFrame frame, double width, double height, IReadOnlyList<Geometry> areas, List<Box> taken, double unit)
    {
        var inner = frame.Box.Inset(2.5 * unit);
        Box[] corners = [new(inner.Left, inner.Top, width, height), new(inner.Right - width, inner.Top, width, height),
            new(inner.Left, inner.Bottom - height, width, height), new(inner.Right - width, inner.Bottom - height, width, height)];
        return corners.Where(c => taken.All(t => t.Overlap(c) == 0)).MinBy(b => Covered(b, frame, areas));
    }

    static double Covered(Box box, MapFrame frame, IReadOnlyList<Geometry> areas)
    {
        var world = new Envelope(frame.World(box.Left, box.Top), frame.World(box.Right, box.Bottom));
        return areas.Where(a => a.EnvelopeInternal.Intersects(world)).Sum(a => OverlayNGRobust.Overlay(a.Factory.ToGeometry(world), a, SpatialFunction.Intersection).Area);
    }
}
