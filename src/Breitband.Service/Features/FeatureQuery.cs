using Breitband.Service.Filter;
using NetTopologySuite.Geometries;

namespace Breitband.Service.Features;

/// <summary>What a request asks of a collection.</summary>
/// <param name="After">Rows of the collection to pass over: where the page before ended.</param>
/// <param name="Area">Null for everywhere.</param>
/// <param name="Filter">Null for everything; property parameters are joined to it.</param>
/// <param name="Period">Null for always; from and to inclusive.</param>
sealed record FeatureQuery(int Limit, long After, QueryArea? Area, Node? Filter, (DateOnly From, DateOnly To)? Period);

/// <summary>The box of a request, in the system it was given in.</summary>
/// <param name="Boxes">In longitude and latitude: one, or two where it spans the antimeridian.</param>
/// <param name="Exact">The box itself in a projected system; null when <see cref="Boxes"/> are exact.</param>
sealed record QueryArea(IReadOnlyList<Box> Boxes, Envelope? Exact, int Epsg)
{
    readonly Func<double, double, (double X, double Y)>? transform = Exact is null || Epsg == Crs.Stored ? null : Crs.Transform(Crs.Stored, Epsg);

    /// <summary>Whether a shape that may lie across the edge meets the box; a shape without a place does, as the standard has it.</summary>
    public bool Meets(PackedShapes shapes, int row)
    {
        var paths = shapes.Paths(row);
        if (paths.Count == 0)
            return true;
        if (Exact is not null)
            return Meets(paths, Exact, vertex => transform is null ? shapes.Metres(vertex) : transform(shapes.Metres(vertex).X, shapes.Metres(vertex).Y));
        return Boxes.Any(b => Meets(paths, new(b.MinX, b.MaxX, b.MinY, b.MaxY), vertex => shapes.Degrees(vertex)));
    }

    static bool Meets(List<ShapePath> paths, Envelope box, Func<int, (double X, double Y)> at)
    {
        var around = 0; // rings crossed on the way out from a corner of the box: odd means the corner lies inside
        foreach (var path in paths)
        {
            var a = at(path.From);
            if (box.Contains(a.X, a.Y))
                return true;
            for (var vertex = path.From + 1; vertex < path.To; vertex++)
            {
                var b = at(vertex);
                if (box.Contains(b.X, b.Y) || path.Kind is not PathKind.Points && Crosses(box, a, b))
                    return true;
                if (path.Kind is PathKind.Ring && a.Y > box.MinY != b.Y > box.MinY && box.MinX < a.X + (box.MinY - a.Y) * (b.X - a.X) / (b.Y - a.Y))
                    around++;
                a = b;
            }
        }
        return around % 2 == 1;
    }

    /// <summary>Cuts the segment by the four edges one after the other (Liang and Barsky 1984); something left means it crosses.</summary>
    static bool Crosses(Envelope box, (double X, double Y) a, (double X, double Y) b)
    {
        var (from, to, dx, dy) = (0.0, 1.0, b.X - a.X, b.Y - a.Y);
        foreach (var (p, q) in new[] { (-dx, a.X - box.MinX), (dx, box.MaxX - a.X), (-dy, a.Y - box.MinY), (dy, box.MaxY - a.Y) })
        {
            if (p == 0 && q < 0)
                return false;
            if (p < 0)
                from = Math.Max(from, q / p);
            else if (p > 0)
                to = Math.Min(to, q / p);
        }
        return from <= to;
    }
}
