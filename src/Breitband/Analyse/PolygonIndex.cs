using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>A box inside a polygon, outside it, or near its border.</summary>
public enum BoxRelation { Outside, Inside, Crossing }

/// <summary>
/// Finds which of many polygons contain a point. A grid narrows the candidates; each polygon's edges lie in horizontal bands, so that a test
/// walks only the edges at the point's height. Boundaries count as inside; the crossing test is exact (NTS' robust orientation).
/// Everything stands in a few arrays one after the other, and nothing is an object of its own: a county has tens of thousands of polygons.
/// Coordinates in <see cref="Crs.Stored"/>. Thread-safe after construction.
/// </summary>
public sealed class PolygonIndex
{
    /// <summary>Per polygon its box, an empty one where there is no surface, and the height of its bands.</summary>
    readonly Box[] boxes;
    readonly double[] heights;

    /// <summary>Where a polygon's bands begin, where a band's edges and where a cell's candidates do; the last entry is the end.</summary>
    readonly int[] bandsOf, edgesOf, candidatesOf;

    readonly Edge[] edges;
    readonly int[] candidates;
    readonly Envelope extent = new();
    readonly int columns, rows;
    readonly double size;

    public PolygonIndex(IReadOnlyList<Geometry?> geometries)
    {
        var count = geometries.Count;
        (boxes, heights, bandsOf) = (new Box[count], new double[count], new int[count + 1]);
        Array.Fill(boxes, Box.Empty);
        Parallel.For(0, count, i =>
        {
            if (geometries[i] is not { Dimension: Dimension.Surface } surface)
                return;
            var box = boxes[i] = Box.Of(surface.EnvelopeInternal);
            if (box.IsEmpty)
                return;
            var bands = bandsOf[i + 1] = Math.Clamp(surface.NumPoints / 4, 1, 4096);
            heights[i] = Math.Max((box.MaxY - box.MinY) / bands, double.Epsilon);
        });
        Sum(bandsOf);
        edgesOf = new int[bandsOf[^1] + 1];
        Parallel.For(0, count, i => Each(i, geometries[i], (band, _) => edgesOf[band + 1]++));
        Sum(edgesOf);
        edges = new Edge[edgesOf[^1]];
        var next = edgesOf[..^1];
        Parallel.For(0, count, i => Each(i, geometries[i], (band, edge) => edges[next[band]++] = edge));

        foreach (var box in boxes)
            if (!box.IsEmpty)
                extent.ExpandToInclude(box.Envelope);
        size = Math.Max(1, Math.Max(extent.Width, extent.Height)) / Math.Clamp((int)Math.Sqrt(4.0 * count), 16, 1024);
        columns = extent.IsNull ? 0 : (int)(extent.Width / size) + 1;
        rows = extent.IsNull ? 0 : (int)(extent.Height / size) + 1;
        candidatesOf = new int[(columns * rows) + 1];
        foreach (var box in boxes)
            foreach (var cell in CellsOf(box))
                candidatesOf[cell + 1]++;
        Sum(candidatesOf);
        candidates = new int[candidatesOf[^1]];
        next = candidatesOf[..^1];
        for (var i = 0; i < count; i++)
            foreach (var cell in CellsOf(boxes[i]))
                candidates[next[cell]++] = i;
    }

    /// <summary>The lowest index whose polygon contains the point, or -1. Callers sort polygons by key, so ties go to the lowest key.</summary>
    public int First(double x, double y) => First(x, y, static _ => true);

    public int First(double x, double y, Func<int, bool> wanted)
    {
        foreach (var i in Near(x, y))
            if (wanted(i) && Contains(i, x, y))
                return i;
        return -1;
    }

    /// <summary>How a polygon lies to a box, as far as its edges near the box tell; „crossing“ may still mean that they only come near.</summary>
    public BoxRelation Relation(int polygon, Envelope box)
    {
        if (!boxes[polygon].Meets(Box.Of(box)))
            return BoxRelation.Outside;
        var last = Band(polygon, box.MaxY);
        for (var band = Band(polygon, box.MinY); band <= last; band++)
            foreach (var (ax, ay, bx, by) in edges.AsSpan(edgesOf[band]..edgesOf[band + 1]))
                if (Math.Min(ax, bx) <= box.MaxX && Math.Max(ax, bx) >= box.MinX && Math.Min(ay, by) <= box.MaxY && Math.Max(ay, by) >= box.MinY)
                    return BoxRelation.Crossing;
        return Contains(polygon, box.Centre.X, box.Centre.Y) ? BoxRelation.Inside : BoxRelation.Outside;
    }

    /// <summary>All polygons containing the point, ascending.</summary>
    public void All(double x, double y, List<int> found)
    {
        found.Clear();
        foreach (var i in Near(x, y))
            if (Contains(i, x, y))
                found.Add(i);
    }

    /// <summary>Indices, ascending, of polygons whose envelope meets the one given.</summary>
    public IReadOnlyList<int> Meeting(Envelope envelope)
    {
        var (found, box) = (new List<int>(), Box.Of(envelope));
        foreach (var cell in CellsOf(box))
            foreach (var i in candidates.AsSpan(candidatesOf[cell]..candidatesOf[cell + 1]))
                if (boxes[i].Meets(box) && !found.Contains(i))
                    found.Add(i);
        found.Sort();
        return found;
    }

    ReadOnlySpan<int> Near(double x, double y)
    {
        if (extent.IsNull || !extent.Contains(x, y))
            return [];
        var cell = Math.Min(rows - 1, (int)((y - extent.MinY) / size)) * columns + Math.Min(columns - 1, (int)((x - extent.MinX) / size));
        return candidates.AsSpan(candidatesOf[cell]..candidatesOf[cell + 1]);
    }

    IEnumerable<int> CellsOf(Box box)
    {
        if (box.IsEmpty || extent.IsNull || !extent.Intersects(box.Envelope))
            yield break;
        var (left, right) = (Step(box.MinX - extent.MinX, columns), Step(box.MaxX - extent.MinX, columns));
        var (low, high) = (Step(box.MinY - extent.MinY, rows), Step(box.MaxY - extent.MinY, rows));
        for (var row = low; row <= high; row++)
            for (var column = left; column <= right; column++)
                yield return row * columns + column;
    }

    int Step(double offset, int count) => Math.Clamp((int)(offset / size), 0, count - 1);

    /// <summary>
    /// Crossing test along the ray to the right (as NTS' RayCrossingCounter, Sedgewick/O'Rourke), with NTS' exact orientation and without
    /// an object per test: a county asks half a million times.
    /// </summary>
    bool Contains(int polygon, double x, double y)
    {
        if (!boxes[polygon].Contains(x, y))
            return false;
        var (inside, band) = (false, Band(polygon, y));
        foreach (var (ax, ay, bx, by) in edges.AsSpan(edgesOf[band]..edgesOf[band + 1]))
        {
            if (ax < x && bx < x)
                continue;
            if (x == bx && y == by || ay == y && by == y && Math.Min(ax, bx) <= x && x <= Math.Max(ax, bx))
                return true; // on a corner or on a level edge
            if (ay > y == by > y)
                continue;
            var side = CGAlgorithmsDD.OrientationIndex(ax, ay, bx, by, x, y);
            if (side == 0)
                return true;
            inside ^= (by < ay ? -side : side) > 0;
        }
        return inside;
    }

    /// <summary>The band of a polygon at this height, or the nearest one.</summary>
    int Band(int polygon, double y) => bandsOf[polygon] + Math.Clamp((int)((y - boxes[polygon].MinY) / heights[polygon]), 0, bandsOf[polygon + 1] - bandsOf[polygon] - 1);

    /// <summary>Every edge of every ring alike, once for each band it crosses.</summary>
    void Each(int polygon, Geometry? part, Action<int, Edge> found)
    {
        if (boxes[polygon].IsEmpty)
            return;
        if (part is Polygon { IsEmpty: false } surface)
        {
            Each(polygon, surface.ExteriorRing.CoordinateSequence, found);
            for (var hole = 0; hole < surface.NumInteriorRings; hole++)
                Each(polygon, surface.GetInteriorRingN(hole).CoordinateSequence, found);
        }
        else if (part is GeometryCollection parts)
            for (var i = 0; i < parts.NumGeometries; i++)
                Each(polygon, parts.GetGeometryN(i), found);
    }

    void Each(int polygon, CoordinateSequence ring, Action<int, Edge> found)
    {
        for (var i = 1; i < ring.Count; i++)
        {
            var edge = new Edge(ring.GetX(i - 1), ring.GetY(i - 1), ring.GetX(i), ring.GetY(i));
            var last = Band(polygon, Math.Max(edge.AY, edge.BY));
            for (var band = Band(polygon, Math.Min(edge.AY, edge.BY)); band <= last; band++)
                found(band, edge);
        }
    }

    /// <summary>Makes counts, each one place late, into the places where what they count begins.</summary>
    static void Sum(int[] counts)
    {
        for (var i = 1; i < counts.Length; i++)
            counts[i] += counts[i - 1];
    }

    readonly record struct Box(double MinX, double MinY, double MaxX, double MaxY)
    {
        public static readonly Box Empty = new(double.NaN, double.NaN, double.NaN, double.NaN);

        public static Box Of(Envelope envelope) => envelope.IsNull ? Empty : new(envelope.MinX, envelope.MinY, envelope.MaxX, envelope.MaxY);

        public bool IsEmpty => double.IsNaN(MinX);

        public Envelope Envelope => new(MinX, MaxX, MinY, MaxY);

        public bool Contains(double x, double y) => x >= MinX && x <= MaxX && y >= MinY && y <= MaxY;

        public bool Meets(Box other) => MinX <= other.MaxX && MaxX >= other.MinX && MinY <= other.MaxY && MaxY >= other.MinY;
    }

    readonly record struct Edge(double AX, double AY, double BX, double BY);
}
