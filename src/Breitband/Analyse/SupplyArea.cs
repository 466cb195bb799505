using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;

namespace Breitband.Analyse;

/// <summary>
/// One ring: x, y, x, y, … with the first corner again at the end. Every run of <see cref="Run"/> edges has a box (left, low, right, high), so that
/// whoever looks for edges at a place passes by most of them.
/// </summary>
/// <param name="Left">The polygon lies to the ring's left.</param>
readonly record struct AreaRing(double[] Corners, int Length, bool Left, Envelope Box, double[] Boxes)
{
    public const int Run = 32;

    public int Edges => Length / 2 - 1;

    public static double[] BoxesOf(ReadOnlySpan<double> corners)
    {
        var edges = corners.Length / 2 - 1;
        var boxes = new double[4 * ((edges + Run - 1) / Run)];
        for (var b = 0; b < boxes.Length; b += 4)
        {
            var (left, low, right, high) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
            var first = b / 4 * Run;
            for (var i = first; i <= Math.Min(edges, first + Run); i++)
            {
                (left, right) = (Math.Min(left, corners[2 * i]), Math.Max(right, corners[2 * i]));
                (low, high) = (Math.Min(low, corners[2 * i + 1]), Math.Max(high, corners[2 * i + 1]));
            }
            (boxes[b], boxes[b + 1], boxes[b + 2], boxes[b + 3]) = (left, low, right, high);
        }
        return boxes;
    }

    public bool RunMeets(int run, Envelope box)
    {
        var b = 4 * run;
        return Boxes[b] <= box.MaxX && Boxes[b + 2] >= box.MinX && Boxes[b + 1] <= box.MaxY && Boxes[b + 3] >= box.MinY;
    }

    /// <summary>Whether an edge of a run may cross the ray from a point to the right.</summary>
    public bool RunCrosses(int run, double x, double y) => Boxes[4 * run + 1] <= y && Boxes[4 * run + 3] >= y && Boxes[4 * run + 2] >= x;

    public bool Meets(int edge, Envelope box)
    {
        var (c, i) = (Corners, 2 * edge);
        return (c[i] <= box.MaxX || c[i + 2] <= box.MaxX) && (c[i] >= box.MinX || c[i + 2] >= box.MinX)
            && (c[i + 1] <= box.MaxY || c[i + 3] <= box.MaxY) && (c[i + 1] >= box.MinY || c[i + 3] >= box.MinY);
    }

    /// <summary>The first edge whose box does not meet a box, or <see cref="Edges"/>.</summary>
    public int FirstApart(Envelope box)
    {
        for (var run = 0; run < Boxes.Length / 4; run++)
            if (!RunMeets(run, box))
                return run * Run;
        var edge = 0;
        while (edge < Edges && Meets(edge, box))
            edge++;
        return edge;
    }

    /// <summary>Whether the ray from a point to the right crosses the ring an odd number of times; null when the point lies on it. Exact.</summary>
    public bool? Odd(double x, double y)
    {
        var odd = false;
        for (var run = 0; run < Boxes.Length / 4; run++)
            if (RunCrosses(run, x, y))
                for (var i = 2 * run * Run; i < Math.Min(Length - 2, 2 * (run + 1) * Run); i += 2)
                {
                    var crossed = Crossed(Corners[i], Corners[i + 1], Corners[i + 2], Corners[i + 3], x, y);
                    if (crossed is null)
                        return null;
                    odd ^= crossed.Value;
                }
        return odd;
    }

    /// <summary>From a point to the nearest edge of a run, or <paramref name="best"/> where that is nearer.</summary>
    public double RunDistance(int run, double x, double y, double best)
    {
        var b = 4 * run;
        var (dx, dy) = (Math.Max(0, Math.Max(Boxes[b] - x, x - Boxes[b + 2])), Math.Max(0, Math.Max(Boxes[b + 1] - y, y - Boxes[b + 3])));
        if (dx * dx + dy * dy >= best * best)
            return best;
        for (var i = 2 * run * Run; i < Math.Min(Length - 2, 2 * (run + 1) * Run); i += 2)
            best = Math.Min(best, DistanceComputer.PointToSegment(new(x, y), new(Corners[i], Corners[i + 1]), new(Corners[i + 2], Corners[i + 3])));
        return best;
    }

    static bool? Crossed(double ax, double ay, double bx, double by, double x, double y)
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
}

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
            {
                if (ring.Odd(x, y) is not { } odd)
                    return null;
                inside ^= odd;
            }
        return inside;
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
        return new(packed.GetRawCoordinates(), length, DoubledArea(packed.GetRawCoordinates(), length) > 0 != hole, ring.EnvelopeInternal,
            AreaRing.BoxesOf(packed.GetRawCoordinates().AsSpan(0, length)));
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
