using NetTopologySuite.Geometries;

namespace Breitband.Tiles;

/// <summary>Geometries of the store as features of tiles.</summary>
static class WorldShapes
{
    static readonly Func<double, double, (double X, double Y)> ToMercator = Crs.Transform(Crs.Stored, Crs.WebMercator);

    public static TileFeature Feature(Geometry stored, object?[] values) => Of(stored, ToMercator, values);

    /// <param name="mercator">In metres of EPSG:3857.</param>
    public static TileFeature OfMercator(Geometry mercator, object?[] values) => Of(mercator, static (x, y) => (x, y), values);

    public static TileFeature Square(double west, double south, double size, object?[] values)
    {
        // Exact where the map begins to show it, and a sixteenth of the work of a geometry's way.
        double[] ring = [.. Place(west, south + size), .. Place(west + size, south + size), .. Place(west + size, south), .. Place(west, south)];
        return new(TileShape.Area, [ring], values);

        static double[] Place(double x, double y)
        {
            var (mx, my) = ToMercator(x, y);
            var (wx, wy) = TileAddress.World(mx, my);
            return [wx, wy];
        }
    }

    static TileFeature Of(Geometry geometry, Func<double, double, (double X, double Y)> transform, object?[] values)
    {
        var parts = new List<double[]>();
        var shape = geometry.Dimension switch { Dimension.Surface => TileShape.Area, Dimension.Curve => TileShape.Line, _ => TileShape.Point };
        Add(geometry, shape, transform, parts);
        return new(shape, [.. parts], values);
    }

    /// <summary>Pieces of lower dimension than the whole are left out: a tile's feature is of one kind.</summary>
    static void Add(Geometry geometry, TileShape shape, Func<double, double, (double X, double Y)> transform, List<double[]> parts)
    {
        switch (geometry)
        {
            case GeometryCollection collection:
                foreach (var part in collection.Geometries)
                    Add(part, shape, transform, parts);
                break;
            case Polygon polygon when shape == TileShape.Area && !polygon.IsEmpty:
                parts.Add(Ring(polygon.ExteriorRing, transform, outer: true));
                foreach (var hole in polygon.InteriorRings)
                    parts.Add(Ring(hole, transform, outer: false));
                break;
            case LineString line when shape == TileShape.Line && !line.IsEmpty:
                parts.Add(Corners(line.CoordinateSequence, line.NumPoints, transform));
                break;
            case Point point when shape == TileShape.Point && !point.IsEmpty:
                parts.Add(Corners(point.CoordinateSequence, 1, transform));
                break;
        }
    }

    static double[] Ring(LineString ring, Func<double, double, (double X, double Y)> transform, bool outer)
    {
        var corners = Corners(ring.CoordinateSequence, ring.NumPoints - 1, transform);
        if (TileLayerWriter.Area(corners) > 0 == outer)
            return corners;
        var turned = new double[corners.Length];
        for (var i = 0; i < corners.Length; i += 2)
            (turned[i], turned[i + 1]) = (corners[corners.Length - 2 - i], corners[corners.Length - 1 - i]);
        return turned;
    }

    static double[] Corners(CoordinateSequence sequence, int count, Func<double, double, (double X, double Y)> transform)
    {
        var corners = new double[2 * count];
        for (var i = 0; i < count; i++)
        {
            var (x, y) = transform(sequence.GetX(i), sequence.GetY(i));
            (corners[2 * i], corners[2 * i + 1]) = TileAddress.World(x, y);
        }
        return corners;
    }
}
