using System.Buffers.Binary;
using NetTopologySuite;
using NetTopologySuite.Geometries;

namespace Breitband.Store;

/// <summary>Reads the little-endian EWKB of our own tables (two dimensions, stored CRS) without a stream or a reader per geometry.</summary>
ref struct WkbDecoder
{
    static readonly GeometryFactory Factory = NtsGeometryServices.Instance.CreateGeometryFactory(new PrecisionModel(), Crs.Stored);

    ReadOnlySpan<byte> rest;

    public static Geometry Geometry(ReadOnlySpan<byte> ewkb) => new WkbDecoder { rest = ewkb }.Next();

    Geometry Next()
    {
        if (rest[0] != 1)
            throw new InvalidDataException("a geometry in big-endian order");
        rest = rest[1..];
        var type = Int();
        if ((type & 0x20000000) != 0)
            Int(); // the SRID: the column's type says it
        return (type & 0x1fffffff) switch
        {
            1 => Point(),
            2 => Factory.CreateLineString(Coordinates()),
            3 => Polygon(),
            4 => Factory.CreateMultiPoint(Parts<Point>()),
            5 => Factory.CreateMultiLineString(Parts<LineString>()),
            6 => Factory.CreateMultiPolygon(Parts<Polygon>()),
            7 => Factory.CreateGeometryCollection(Parts<Geometry>()),
            var unknown => throw new InvalidDataException($"a geometry of the unknown type {unknown}"),
        };
    }

    Point Point()
    {
        var (x, y) = (Double(), Double());
        return double.IsNaN(x) ? Factory.CreatePoint() : Factory.CreatePoint(new Coordinate(x, y));
    }

    Polygon Polygon()
    {
        var rings = Int();
        if (rings == 0)
            return Factory.CreatePolygon();
        var shell = Factory.CreateLinearRing(Coordinates());
        var holes = rings == 1 ? [] : new LinearRing[rings - 1];
        for (var i = 0; i < holes.Length; i++)
            holes[i] = Factory.CreateLinearRing(Coordinates());
        return Factory.CreatePolygon(shell, holes);
    }

    T[] Parts<T>() where T : Geometry
    {
        var parts = new T[Int()];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = (T)Next();
        return parts;
    }

    Coordinate[] Coordinates()
    {
        var coordinates = new Coordinate[Int()];
        for (var i = 0; i < coordinates.Length; i++)
            coordinates[i] = new(Double(), Double());
        return coordinates;
    }

    int Int()
    {
        var value = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[4..];
        return value;
    }

    double Double()
    {
        var value = BinaryPrimitives.ReadDoubleLittleEndian(rest);
        rest = rest[8..];
        return value;
    }
}
