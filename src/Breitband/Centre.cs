using NetTopologySuite.Geometries;

namespace Breitband;

/// <summary>Centroids of the cells of grids, of which there are hundreds of thousands.</summary>
static class Centre
{
    /// <summary>
    /// The centroid, null of an empty geometry. Of a ring without holes by the library's own operations in their order (triangles around the first
    /// corner), so that it is the same to the last bit, but without its objects.
    /// </summary>
    public static Coordinate? Of(Geometry geometry)
    {
        if (geometry is not Polygon { NumInteriorRings: 0, IsEmpty: false } polygon)
            return geometry.Centroid.Coordinate;
        var ring = polygon.ExteriorRing.CoordinateSequence;
        var sum = new Sum(ring.GetX(0), ring.GetY(0));
        for (var i = 0; i < ring.Count - 1; i++)
            sum.Add(ring.GetX(i), ring.GetY(i), ring.GetX(i + 1), ring.GetY(i + 1));
        return sum.At is var (x, y) ? new(x, y) : geometry.Centroid.Coordinate;
    }

    /// <summary>The same of a quadrilateral, x and y of its corners in turn; null when it has no area.</summary>
    public static (double X, double Y)? Of(ReadOnlySpan<double> corners)
    {
        var sum = new Sum(corners[0], corners[1]);
        for (var i = 0; i < 8; i += 2)
            sum.Add(corners[i], corners[i + 1], corners[(i + 2) % 8], corners[(i + 3) % 8]);
        return sum.At;
    }

    struct Sum(double x0, double y0)
    {
        double sumX, sumY, area;

        public void Add(double x1, double y1, double x2, double y2)
        {
            var twice = ((x1 - x0) * (y2 - y0)) - ((x2 - x0) * (y1 - y0));
            sumX += twice * (x0 + x1 + x2);
            sumY += twice * (y0 + y1 + y2);
            area += twice;
        }

        public readonly (double X, double Y)? At => Math.Abs(area) > 0 ? (sumX / 3 / area, sumY / 3 / area) : null;
    }
}
