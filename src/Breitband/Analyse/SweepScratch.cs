using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;

namespace Breitband.Analyse;

/// <summary>What one worker of a <see cref="PolygonSweep"/> reuses from polygon to polygon.</summary>
sealed class SweepScratch(PointGrid points)
{
    const byte Odd = 1, Border = 2;

    /// <summary>Points in the polygon's box: their place in the grid's order, first as found, then by horizontal band.</summary>
    int[] found = new int[1024], slot = new int[1024];
    double[] x = new double[1024], y = new double[1024];
    byte[] state = new byte[1024];
    int[] first = new int[1024], inside = new int[1024];
    double[] corners = new double[1024];
    double low, scale;
    int count, bands, hits;

    /// <summary>The points in the last polygon, by their place in the grid's order.</summary>
    public ReadOnlySpan<int> Inside => inside.AsSpan(0, hits);

    /// <param name="rank">Where given, a point whose number in it is below <paramref name="limit"/> is not asked.</param>
    public void Find(Geometry polygon, int[]? rank, int limit)
    {
        hits = 0;
        var box = polygon.EnvelopeInternal;
        Gather(box, rank, limit);
        if (count == 0)
            return;
        Sort(box);
        Walk(polygon);
        for (var i = 0; i < count; i++)
            if (state[i] != 0)
                inside[hits++] = slot[i];
    }

    void Gather(Envelope box, int[]? rank, int limit)
    {
        count = 0;
        var (allX, allY) = (points.X, points.Y);
        var (left, right, low, high) = (box.MinX, box.MaxX, box.MinY, box.MaxY);
        if (allX.Length == 0)
            return;
        var last = points.Row(box.MaxY);
        for (var row = points.Row(box.MinY); row <= last; row++)
        {
            var (from, to) = points.Run(row, box.MinX, box.MaxX);
            if (count + to - from > found.Length)
                Grow(count + to - from);
            for (var k = from; k < to; k++)
                if ((rank is null || rank[k] > limit) && allX[k] >= left && allX[k] <= right && allY[k] >= low && allY[k] <= high)
                    found[count++] = k;
        }
    }

    /// <summary>Into horizontal bands, two per point: fewer would ask points in vain, more would not fit the nearest cache.</summary>
    void Sort(Envelope box)
    {
        bands = 2 * count;
        (low, scale) = (box.MinY, bands / Math.Max(box.Height, double.Epsilon));
        if (!double.IsFinite(scale))
            scale = 0;
        if (first.Length < bands + 2)
            first = new int[2 * bands + 2];
        Array.Clear(first, 0, bands + 2);
        for (var i = 0; i < count; i++)
            first[Band(points.Y[found[i]]) + 2]++;
        for (var i = 2; i < bands + 2; i++)
            first[i] += first[i - 1];
        for (var i = 0; i < count; i++)
        {
            var k = first[Band(points.Y[found[i]]) + 1]++;
            (slot[k], x[k], y[k], state[k]) = (found[i], points.X[found[i]], points.Y[found[i]], 0);
        }
    }

    int Band(double height) => Math.Min(bands - 1, (int)((height - low) * scale));

    void Walk(Geometry geometry)
    {
        if (geometry is Polygon polygon)
        {
            Walk(polygon.ExteriorRing.CoordinateSequence);
            for (var i = 0; i < polygon.NumInteriorRings; i++)
                Walk(polygon.GetInteriorRingN(i).CoordinateSequence);
        }
        else
            for (var i = 0; i < geometry.NumGeometries; i++)
                if (geometry.GetGeometryN(i) is { Dimension: Dimension.Surface } part)
                    Walk(part);
    }

    void Walk(CoordinateSequence ring)
    {
        var xy = Corners(ring, out var length);
        if (length < 4)
            return;
        var (ax, ay) = (xy[0], xy[1]);
        var bandA = Band(ay);
        for (var i = 2; i + 1 < length; i += 2)
        {
            var (bx, by) = (xy[i], xy[i + 1]);
            var bandB = Band(by);
            var (from, to) = bandA < bandB ? (first[bandA], first[bandB + 1]) : (first[bandB], first[bandA + 1]);
            if (from != to)
                Cross(ax, ay, bx, by, from, to);
            (ax, ay, bandA) = (bx, by, bandB);
        }
    }

    /// <summary>The crossing test of <see cref="PolygonIndex"/>, of one edge with the points at its height.</summary>
    void Cross(double ax, double ay, double bx, double by, int from, int to)
    {
        for (var k = from; k < to; k++)
        {
            var (px, py) = (x[k], y[k]);
            if (ax < px && bx < px)
                continue;
            if (px == bx && py == by || ay == py && by == py && Math.Min(ax, bx) <= px && px <= Math.Max(ax, bx))
            {
                state[k] |= Border;
                continue;
            }
            if (ay > py == by > py)
                continue;
            if (px < ax && px < bx)
            {
                state[k] ^= Odd;
                continue;
            }
            var side = CGAlgorithmsDD.OrientationIndex(ax, ay, bx, by, px, py);
            if (side == 0)
                state[k] |= Border;
            else if ((by < ay ? -side : side) > 0)
                state[k] ^= Odd;
        }
    }

    /// <summary>A ring's x, y, x, y, …; read in place where it is stored so.</summary>
    double[] Corners(CoordinateSequence ring, out int length)
    {
        length = 2 * ring.Count;
        if (ring is PackedDoubleCoordinateSequence { Dimension: 2 } packed)
            return packed.GetRawCoordinates();
        if (corners.Length < length)
            corners = new double[2 * length];
        for (var i = 0; i < ring.Count; i++)
            (corners[2 * i], corners[2 * i + 1]) = (ring.GetX(i), ring.GetY(i));
        return corners;
    }

    void Grow(int needed)
    {
        var size = 2 * needed;
        Array.Resize(ref found, size);
        (slot, x, y, state, inside) = (new int[size], new double[size], new double[size], new byte[size], new int[size]);
    }
}
