using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>
/// Which polygons contain which of many points, all at once. The polygons drive: each reads its corners once, in the order they lie in
/// memory, and asks only the points at the height of an edge, of which there are mostly none. Nothing is built per polygon, so memory does
/// not grow with the corners (38 million of them for a state).
/// Boundaries count as inside; the crossing test is exact (NTS' robust orientation), as in <see cref="PolygonIndex"/>.
/// </summary>
public static class PolygonSweep
{
    /// <summary>Per point the lowest index of a polygon that contains it, or -1. Callers sort polygons by preference.</summary>
    public static int[] First(PointGrid points, IReadOnlyList<Geometry?> polygons)
    {
        var found = new int[points.X.Length]; // in the grid's order: neighbours in the field are neighbours in memory
        Array.Fill(found, int.MaxValue);
        Drive(polygons, () => new SweepScratch(points), (scratch, polygon) =>
        {
            scratch.Find(polygons[polygon]!, found, polygon);
            foreach (var point in scratch.Inside)
                Lower(ref found[point], polygon);
        });
        var first = new int[points.Count];
        Array.Fill(first, -1);
        for (var i = 0; i < found.Length; i++)
            if (found[i] != int.MaxValue)
                first[points.Id[i]] = found[i];
        return first;
    }

    /// <summary>Per point all polygons that contain it, ascending.</summary>
    public static Membership All(PointGrid points, IReadOnlyList<Geometry?> polygons)
    {
        var inside = new int[polygons.Count][];
        Drive(polygons, () => new SweepScratch(points), (scratch, polygon) =>
        {
            scratch.Find(polygons[polygon]!, null, polygon);
            inside[polygon] = scratch.Inside.ToArray();
        });
        return new Membership(points, inside);
    }

    /// <summary>Every worker takes the next polygon in turn: in order, so that <see cref="First"/> can skip points already found.</summary>
    static void Drive(IReadOnlyList<Geometry?> polygons, Func<SweepScratch> scratch, Action<SweepScratch, int> work)
    {
        var next = -1;
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            var own = scratch();
            for (int polygon; (polygon = Interlocked.Increment(ref next)) < polygons.Count;)
                if (polygons[polygon] is { Dimension: Dimension.Surface, IsEmpty: false })
                    work(own, polygon);
        });
    }

    static void Lower(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value < seen;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }
}

/// <summary>The polygons of each point, ascending.</summary>
public sealed class Membership
{
    readonly int[] start, polygons;

    internal Membership(PointGrid points, int[]?[] inside)
    {
        start = new int[points.Count + 2];
        foreach (var list in inside)
            foreach (var point in list ?? [])
                start[points.Id[point] + 2]++;
        for (var i = 2; i < start.Length; i++)
            start[i] += start[i - 1];
        polygons = new int[start[^1]];
        for (var polygon = 0; polygon < inside.Length; polygon++)
            foreach (var point in inside[polygon] ?? [])
                polygons[start[points.Id[point] + 1]++] = polygon;
    }

    public ReadOnlySpan<int> Of(int point) => polygons.AsSpan(start[point]..start[point + 1]);
}
