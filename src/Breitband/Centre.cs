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
        var (x0, y0) = (ring.GetX(0), ring.GetY(0));
        var (sumX, sumY, area) = (0.0, 0.0, 0.0);
        for (var i = 0; i < ring.Count - 1; i++)
        {
            var (x1, y1, x2, y2) = (ring.GetX(i), ring.GetY(i), ring.GetX(i + 1), ring.GetY(i + 1));
            var twice = ((x1 - x0) * (y2 - y0)) - ((x2 - x0) * (y1 - y0));
            sumX += twice * (x0 + x1 + x2);
            sumY += twice * (y0 + y1 + y2);
            area += twice;
        }
        return Math.Abs(area) > 0 ? new(sumX / 3 / area, sumY / 3 / area) : geometry.Centroid.Coordinate;
    }
}
