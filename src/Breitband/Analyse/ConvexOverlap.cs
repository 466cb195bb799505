using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;

namespace Breitband.Analyse;

/// <summary>
/// Area of the overlap of two grid cells, m². The two 100 m grids (UTM 32 and LAEA) are turned against each other, so a cell of one meets up
/// to six of the other. Convex cells are clipped edge by edge (Sutherland–Hodgman); anything else goes through the general overlay.
/// </summary>
public static class ConvexOverlap
{
    public static double Area(Geometry a, Geometry b)
    {
        if (!a.EnvelopeInternal.Intersects(b.EnvelopeInternal))
            return 0;
        if (Ring(a) is not { } subject || Ring(b) is not { } clip)
            return OverlayNGRobust.Overlay(a, b, NetTopologySuite.Operation.Overlay.SpatialFunction.Intersection).Area;
        var points = subject;
        for (var i = 0; i < clip.Count && points.Count > 0; i++)
            points = Clipped(points, clip[i], clip[(i + 1) % clip.Count]);
        return Math.Abs(Doubled(points)) / 2;
    }

    /// <summary>The corners of a convex polygon without holes, counterclockwise; null for any other geometry.</summary>
    static List<(double X, double Y)>? Ring(Geometry geometry)
    {
        if (geometry is MultiPolygon { NumGeometries: 1 } multi)
            geometry = multi.GetGeometryN(0);
        if (geometry is not Polygon { NumInteriorRings: 0 } polygon || polygon.IsEmpty)
            return null;
        var corners = polygon.ExteriorRing.CoordinateSequence;
        var ring = new List<(double X, double Y)>(corners.Count);
        for (var i = 1; i < corners.Count; i++)
            ring.Add((corners.GetX(i), corners.GetY(i)));
        if (Doubled(ring) < 0)
            ring.Reverse();
        for (var i = 0; i < ring.Count; i++)
            if (Side(ring[i], ring[(i + 1) % ring.Count], ring[(i + 2) % ring.Count]) < -1e-6)
                return null;
        return ring;
    }

    static List<(double X, double Y)> Clipped(List<(double X, double Y)> points, (double X, double Y) from, (double X, double Y) to)
    {
        var kept = new List<(double X, double Y)>(points.Count + 1);
        for (var i = 0; i < points.Count; i++)
        {
            var (p, q) = (points[i], points[(i + 1) % points.Count]);
            var (sideP, sideQ) = (Side(from, to, p), Side(from, to, q));
            if (sideP >= 0)
                kept.Add(p);
            if (sideP > 0 && sideQ < 0 || sideP < 0 && sideQ > 0)
            {
                var t = sideP / (sideP - sideQ);
                kept.Add((p.X + t * (q.X - p.X), p.Y + t * (q.Y - p.Y)));
            }
        }
        return kept;
    }

    static double Side((double X, double Y) a, (double X, double Y) b, (double X, double Y) p) => (b.X - a.X) * (p.Y - a.Y) - (b.Y - a.Y) * (p.X - a.X);

    /// <summary>Twice the signed area; measured from the first corner, because coordinates of millions would eat the digits.</summary>
    static double Doubled(List<(double X, double Y)> ring)
    {
        var sum = 0.0;
        for (var i = 1; i + 1 < ring.Count; i++)
            sum += Side(ring[0], ring[i], ring[i + 1]);
        return sum;
    }
}
