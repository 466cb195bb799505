using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>A box inside a polygon, outside it, or near its border.</summary>
public enum BoxRelation { Outside, Inside, Crossing }

/// <summary>
/// Finds which of many polygons contain a point. A grid narrows the candidates; each polygon keeps its edges in horizontal bands, so that a
/// test walks only the edges at the point's height. Boundaries count as inside; the crossing test is exact (NTS' robust orientation).
/// Coordinates in <see cref="Crs.Stored"/>. Thread-safe after construction.
/// </summary>
public sealed class PolygonIndex
{
    readonly Banded?[] polygons;
    readonly int[][] candidates;
    readonly Envelope extent = new();
    readonly int columns, rows;
    readonly double size;

    public PolygonIndex(IReadOnlyList<Geometry?> geometries)
    {
        polygons = new Banded?[geometries.Count];
        Parallel.For(0, polygons.Length, i => polygons[i] = geometries[i] is { Dimension: Dimension.Surface } surface ? new Banded(surface) : null);
        foreach (var polygon in polygons)
            if (polygon is not null)
                extent.ExpandToInclude(polygon.Envelope);
        var side = Math.Max(1, Math.Max(extent.Width, extent.Height));
        size = side / Math.Clamp((int)Math.Sqrt(4.0 * geometries.Count), 16, 1024);
        columns = extent.IsNull ? 0 : (int)(extent.Width / size) + 1;
        rows = extent.IsNull ? 0 : (int)(extent.Height / size) + 1;
        var lists = new List<int>?[columns * rows];
        for (var i = 0; i < polygons.Length; i++)
            if (polygons[i] is { } polygon)
                foreach (var cell in CellsOf(polygon.Envelope))
                    (lists[cell] ??= []).Add(i);
        candidates = [.. lists.Select(l => l?.ToArray() ?? [])];
    }

    /// <summary>The lowest index whose polygon contains the point, or -1. Callers sort polygons by key, so ties go to the lowest key.</summary>
    public int First(double x, double y) => First(x, y, static _ => true);

    public int First(double x, double y, Func<int, bool> wanted)
    {
        foreach (var i in Near(x, y))
            if (wanted(i) && polygons[i]!.Contains(x, y))
                return i;
        return -1;
    }

    /// <summary>How a polygon lies to a box, as far as its edges near the box tell; „crossing“ may still mean that they only come near.</summary>
    public BoxRelation Relation(int polygon, Envelope box) => polygons[polygon] is { } p && p.Envelope.Intersects(box) ? p.Relation(box) : BoxRelation.Outside;

    /// <summary>All polygons containing the point, ascending.</summary>
    public void All(double x, double y, List<int> found)
    {
        found.Clear();
        foreach (var i in Near(x, y))
            if (polygons[i]!.Contains(x, y))
                found.Add(i);
    }

    /// <summary>Indices, ascending, of polygons whose envelope meets the one given.</summary>
    public IReadOnlyList<int> Meeting(Envelope envelope)
    {
        var found = new List<int>();
        foreach (var cell in CellsOf(envelope))
            foreach (var i in candidates[cell])
                if (polygons[i]!.Envelope.Intersects(envelope) && !found.Contains(i))
                    found.Add(i);
        found.Sort();
        return found;
    }

    ReadOnlySpan<int> Near(double x, double y) => extent.IsNull || !extent.Contains(x, y) ? []
        : candidates[Math.Min(rows - 1, (int)((y - extent.MinY) / size)) * columns + Math.Min(columns - 1, (int)((x - extent.MinX) / size))];

    IEnumerable<int> CellsOf(Envelope envelope)
    {
        if (extent.IsNull || !extent.Intersects(envelope))
            yield break;
        var (left, right) = (Step(envelope.MinX - extent.MinX, columns), Step(envelope.MaxX - extent.MinX, columns));
        var (low, high) = (Step(envelope.MinY - extent.MinY, rows), Step(envelope.MaxY - extent.MinY, rows));
        for (var row = low; row <= high; row++)
            for (var column = left; column <= right; column++)
                yield return row * columns + column;
    }

    int Step(double offset, int count) => Math.Clamp((int)(offset / size), 0, count - 1);

    readonly record struct Edge(double AX, double AY, double BX, double BY);

    /// <summary>The edges of one polygon, all rings alike, by the horizontal band they cross.</summary>
    sealed class Banded
    {
        readonly Edge[][] bands;
        readonly double height;
        readonly int count;

        public Banded(Geometry geometry)
        {
            Envelope = geometry.EnvelopeInternal;
            count = Math.Clamp(geometry.NumPoints / 4, 1, 4096);
            height = Math.Max(Envelope.Height / count, double.Epsilon);
            bands = count == 1 && geometry is Polygon { NumInteriorRings: 0 } cell ? [Edges(cell.ExteriorRing.CoordinateSequence)] : ByBand(geometry);
        }

        /// <summary>A grid cell is one band; a county has tens of thousands of them.</summary>
        static Edge[] Edges(CoordinateSequence ring)
        {
            var edges = new Edge[Math.Max(0, ring.Count - 1)]; // an empty polygon has no corner
            for (var i = 0; i < edges.Length; i++)
                edges[i] = new(ring.GetX(i), ring.GetY(i), ring.GetX(i + 1), ring.GetY(i + 1));
            return edges;
        }

        Edge[][] ByBand(Geometry geometry)
        {
            var lists = new List<Edge>[count];
            for (var i = 0; i < count; i++)
                lists[i] = [];
            geometry.Apply(new RingFilter(ring => Add(ring, lists)));
            return [.. lists.Select(l => l.ToArray())];
        }

        public Envelope Envelope { get; }

        /// <summary>
        /// Crossing test along the ray to the right (as NTS' RayCrossingCounter, Sedgewick/O'Rourke), with NTS' exact orientation and without
        /// an object per test: a county asks half a million times.
        /// </summary>
        public bool Contains(double x, double y)
        {
            if (!Envelope.Contains(x, y))
                return false;
            var inside = false;
            foreach (var (ax, ay, bx, by) in bands[Band(y)])
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

        public BoxRelation Relation(Envelope box)
        {
            var last = Band(box.MaxY);
            for (var band = Band(box.MinY); band <= last; band++)
                foreach (var (ax, ay, bx, by) in bands[band])
                    if (Math.Min(ax, bx) <= box.MaxX && Math.Max(ax, bx) >= box.MinX && Math.Min(ay, by) <= box.MaxY && Math.Max(ay, by) >= box.MinY)
                        return BoxRelation.Crossing;
            return Contains(box.Centre.X, box.Centre.Y) ? BoxRelation.Inside : BoxRelation.Outside;
        }

        void Add(LineString ring, List<Edge>[] lists)
        {
            var points = ring.Coordinates;
            for (var i = 1; i < points.Length; i++)
            {
                var (a, b) = (points[i - 1], points[i]);
                var last = Band(Math.Max(a.Y, b.Y));
                for (var band = Band(Math.Min(a.Y, b.Y)); band <= last; band++)
                    lists[band].Add(new(a.X, a.Y, b.X, b.Y));
            }
        }

        int Band(double y) => Math.Clamp((int)((y - Envelope.MinY) / height), 0, count - 1);
    }

    sealed class RingFilter(Action<LineString> add) : IGeometryComponentFilter
    {
        public void Filter(Geometry component)
        {
            if (component is LinearRing ring)
                add(ring);
        }
    }
}
