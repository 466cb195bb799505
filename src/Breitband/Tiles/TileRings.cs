using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.OverlayNG;

namespace Breitband.Tiles;

/// <summary>
/// Rings as tiles may hold them. Cutting leaves rings that run back along the edge of the tile, and rounding to whole units folds narrow ones:
/// both are taken apart into rings that neither touch themselves nor each other.
/// </summary>
static class TileRings
{
    static readonly PrecisionModel Units = new(1);
    static readonly GeometryFactory Factory = new(Units);

    /// <param name="rings">Outer rings, positive, each followed by its holes, in whole units; none has an area of zero.</param>
    public static IReadOnlyList<(int X, int Y)[]> Valid(IReadOnlyList<(int X, int Y)[]> rings)
    {
        // Most areas of a map are cells, and what is convex needs no looking at.
        if (rings.Count == 1 && rings[0].Length <= 4 && Convex(rings[0]))
            return rings;
        var areas = Areas(rings);
        return areas.IsValid ? rings : Rings(PrecisionReducer.ReducePrecision(GeometryFixer.Fix(areas), Units));
    }

    /// <summary>Twice the area; positive for a ring clockwise on the screen.</summary>
    public static long Area(ReadOnlySpan<(int X, int Y)> ring)
    {
        var sum = 0L;
        for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
            sum += (long)ring[j].X * ring[i].Y - (long)ring[i].X * ring[j].Y;
        return sum;
    }

    /// <summary>Of three or four corners: a ring of more can turn one way only and still cross itself.</summary>
    static bool Convex((int X, int Y)[] ring)
    {
        for (var i = 0; i < ring.Length; i++)
        {
            var (a, b, c) = (ring[i], ring[(i + 1) % ring.Length], ring[(i + 2) % ring.Length]);
            if ((long)(b.X - a.X) * (c.Y - b.Y) - (long)(b.Y - a.Y) * (c.X - b.X) <= 0)
                return false;
        }
        return true;
    }

    static MultiPolygon Areas(IReadOnlyList<(int X, int Y)[]> rings)
    {
        var polygons = new List<Polygon>();
        for (var i = 0; i < rings.Count;)
        {
            var shell = Ring(rings[i++]);
            var holes = new List<LinearRing>();
            while (i < rings.Count && Area(rings[i]) < 0)
                holes.Add(Ring(rings[i++]));
            polygons.Add(Factory.CreatePolygon(shell, [.. holes]));
        }
        return Factory.CreateMultiPolygon([.. polygons]);
    }

    static LinearRing Ring((int X, int Y)[] corners) => Factory.CreateLinearRing([.. corners.Append(corners[0]).Select(c => new Coordinate(c.X, c.Y))]);

    static List<(int X, int Y)[]> Rings(Geometry areas)
    {
        var rings = new List<(int X, int Y)[]>();
        for (var i = 0; i < areas.NumGeometries; i++)
            if (areas.GetGeometryN(i) is Polygon { IsEmpty: false } polygon)
            {
                rings.Add(Corners(polygon.ExteriorRing, outer: true));
                rings.AddRange(polygon.InteriorRings.Select(h => Corners(h, outer: false)));
            }
        return rings;
    }

    static (int X, int Y)[] Corners(LineString ring, bool outer)
    {
        (int X, int Y)[] corners = [.. ring.Coordinates.Skip(1).Select(c => ((int)c.X, (int)c.Y))];
        if (Area(corners) > 0 != outer)
            Array.Reverse(corners);
        return corners;
    }
}
