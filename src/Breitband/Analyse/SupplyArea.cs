using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;

namespace Breitband.Analyse;

/// <summary>One ring: x, y, x, y, … with the first corner again at the end; <paramref name="Left"/> when the polygon lies to its left.</summary>
readonly record struct AreaRing(double[] Corners, int Length, bool Left, Envelope Box);

/// <summary>A polygon read once for <see cref="Remainder"/>: its rings where they lie in memory, each with its side and box.</summary>
sealed class SupplyArea
{
    public SupplyArea(Geometry geometry)
    {
        Geometry = geometry;
        var rings = new List<AreaRing>();
        Add(geometry, rings);
        Rings = [.. rings];
    }

    public Geometry Geometry { get; }

    public AreaRing[] Rings { get; }

    /// <summary>Whether a point lies inside; null on the border. Exact.</summary>
    public bool? Contains(double x, double y)
    {
        if (!Geometry.EnvelopeInternal.Contains(x, y))
            return false;
        var inside = false;
        foreach (var ring in Rings)
            if (ring.Box.Contains(x, y))
                for (var i = 0; i + 3 < ring.Length; i += 2)
                {
                    var crossed = Crossed(ring.Corners[i], ring.Corners[i + 1], ring.Corners[i + 2], ring.Corners[i + 3], x, y);
                    if (crossed is null)
                        return null;
                    inside ^= crossed.Value;
                }
        return inside;
    }

    /// <summary>Whether the ray from a point to the right crosses an edge; null when the point lies on it.</summary>
    public static bool? Crossed(double ax, double ay, double bx, double by, double x, double y)
    {
        if (ay > y && by > y || ay < y && by < y || ax < x && bx < x)
            return false;
        if (x == bx && y == by || x == ax && y == ay || ay == y && by == y && Math.Min(ax, bx) <= x && x <= Math.Max(ax, bx))
            return null;
        if (ay > y == by > y)
            return false;
        var side = CGAlgorithmsDD.OrientationIndex(ax, ay, bx, by, x, y);
        return side == 0 ? null : (by < ay ? -side : side) > 0;
    }

    static void Add(Geometry geometry, List<AreaRing> rings)
    {
        if (geometry is Polygon polygon)
            for (var i = -1; i < polygon.NumInteriorRings && !polygon.IsEmpty; i++)
                rings.Add(Ring(i < 0 ? polygon.Shell : polygon.Holes[i], hole: i >= 0));
        else if (geometry is GeometryCollection parts)
            foreach (var part in parts.Geometries)
                Add(part, rings);
    }

    static AreaRing Ring(LinearRing ring, bool hole)
    {
        var sequence = ring.CoordinateSequence;
        var length = 2 * sequence.Count;
        if (sequence is not PackedDoubleCoordinateSequence { Dimension: 2 } packed)
        {
            packed = new PackedDoubleCoordinateSequence(new double[length], 2, 0);
            for (var i = 0; i < sequence.Count; i++)
                (packed.GetRawCoordinates()[2 * i], packed.GetRawCoordinates()[2 * i + 1]) = (sequence.GetX(i), sequence.GetY(i));
        }
        return new(packed.GetRawCoordinates(), length, DoubledArea(packed.GetRawCoordinates(), length) > 0 != hole, ring.EnvelopeInternal);
    }

    /// <summary>Twice the signed area, measured from the first corner: coordinates of millions would eat the digits.</summary>
    public static double DoubledArea(ReadOnlySpan<double> corners, int length)
    {
        var sum = 0.0;
        for (var i = 0; i + 3 < length; i += 2)
            sum += (corners[i] - corners[0]) * (corners[i + 3] - corners[1]) - (corners[i + 2] - corners[0]) * (corners[i + 1] - corners[1]);
        return sum;
    }
}
