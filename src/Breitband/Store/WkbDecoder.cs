using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NetTopologySuite;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;

namespace Breitband.Store;

/// <summary>
/// Reads little-endian plane WKB and PostGIS' EWKB, which is what our own tables hold, without a stream or a reader per geometry: a fifth of
/// the general reader's time, and a map reads tens of thousands. A ring's corners stand in one array, not in an object each: whoever keeps a
/// county keeps a quarter of a million of them, and every collection that meets them walks them all.
/// </summary>
ref struct WkbDecoder
{
    static readonly GeometryFactory Factory = NtsGeometryServices.Instance.CreateGeometryFactory(new PrecisionModel(), Crs.Stored);

    ReadOnlySpan<byte> rest;

    /// <summary>A geometry in the stored CRS; null when the bytes are anything else than one such geometry (another byte order, heights, torn).</summary>
    public static Geometry? Plain(ReadOnlySpan<byte> wkb)
    {
        var decoder = new WkbDecoder { rest = wkb };
        return decoder.Next() is { } geometry && decoder.rest.IsEmpty ? geometry : null;
    }

    public static Geometry Geometry(ReadOnlySpan<byte> ewkb) => Plain(ewkb) ?? throw new InvalidDataException("a geometry that is no plane little-endian WKB");

    /// <summary>The place of a point without an object for it; false of anything else and of an empty point.</summary>
    public static bool Point(ReadOnlySpan<byte> ewkb, out double x, out double y)
    {
        var body = Body(ewkb, 1);
        (x, y) = body.Length == 16 ? (BinaryPrimitives.ReadDoubleLittleEndian(body), BinaryPrimitives.ReadDoubleLittleEndian(body[8..])) : (double.NaN, 0);
        return !double.IsNaN(x);
    }

    /// <summary>The four corners, x and y in turn, of a polygon that has four and no hole; false of anything else.</summary>
    public static bool Quadrilateral(ReadOnlySpan<byte> ewkb, Span<double> corners)
    {
        var body = Body(ewkb, 3);
        if (body.Length != 88 || BinaryPrimitives.ReadInt32LittleEndian(body) != 1 || BinaryPrimitives.ReadInt32LittleEndian(body[4..]) != 5 || !body[8..24].SequenceEqual(body[72..]))
            return false;
        for (var i = 0; i < 8; i++)
            corners[i] = BinaryPrimitives.ReadDoubleLittleEndian(body[(8 + (8 * i))..]);
        return true;
    }

    /// <summary>What follows the header of a little-endian geometry of this type; nothing of another.</summary>
    static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> ewkb, int wanted) =>
        ewkb.Length < 9 || ewkb[0] != 1 || BinaryPrimitives.ReadInt32LittleEndian(ewkb[1..]) is var type && (type & ~WkbBuffer.SridFollows) != wanted ? [] : (type & WkbBuffer.SridFollows) != 0 ? ewkb[9..] : ewkb[5..];

    Geometry? Next()
    {
        if (rest.Length < 9 || rest[0] != 1)
            return null;
        rest = rest[1..];
        var type = Int();
        if ((type & WkbBuffer.SridFollows) != 0)
            Int(); // the column's type says it
        return (type & ~WkbBuffer.SridFollows) switch
        {
            1 => Point(),
            2 => Coordinates(0) is { } line and not { Count: 1 } ? Factory.CreateLineString(line) : null,
            3 => Polygon(),
            4 => Parts<Point>() is { } points ? Factory.CreateMultiPoint(points) : null,
            5 => Parts<LineString>() is { } lines ? Factory.CreateMultiLineString(lines) : null,
            6 => Parts<Polygon>() is { } polygons ? Factory.CreateMultiPolygon(polygons) : null,
            7 => Parts<Geometry>() is { } parts ? Factory.CreateGeometryCollection(parts) : null,
            _ => null,
        };
    }

    Point? Point()
    {
        if (rest.Length < 16)
            return null;
        var (x, y) = (Double(), Double());
        return double.IsNaN(x) ? Factory.CreatePoint() : Factory.CreatePoint(new Coordinate(x, y));
    }

    Polygon? Polygon()
    {
        if (Count(4) is not { } rings)
            return null;
        if (rings == 0)
            return Factory.CreatePolygon();
        if (Coordinates(4) is not { } shell)
            return null;
        var holes = rings == 1 ? [] : new LinearRing[rings - 1];
        for (var i = 0; i < holes.Length; i++)
            if (Coordinates(4) is { } hole && Closed(hole))
                holes[i] = Factory.CreateLinearRing(hole);
            else
                return null;
        return Closed(shell) ? Factory.CreatePolygon(Factory.CreateLinearRing(shell), holes) : null;
    }

    static bool Closed(CoordinateSequence ring) => ring.GetX(0) == ring.GetX(ring.Count - 1) && ring.GetY(0) == ring.GetY(ring.Count - 1);

    T[]? Parts<T>() where T : Geometry
    {
        if (Count(9) is not { } count)
            return null;
        var parts = new T[count];
        for (var i = 0; i < count; i++)
            if (Next() is T part)
                parts[i] = part;
            else
                return null;
        return parts;
    }

    PackedDoubleCoordinateSequence? Coordinates(int atLeast)
    {
        if (Count(16) is not { } count || count < atLeast)
            return null;
        var numbers = new double[2 * count];
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.Cast<byte, double>(rest[..(16 * count)]).CopyTo(numbers);
            rest = rest[(16 * count)..];
        }
        else
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = Double();
        return new(numbers, 2, 0);
    }

    /// <summary>A number of things of at least so many bytes; null when the rest cannot hold them.</summary>
    int? Count(int bytesEach) => rest.Length >= 4 && Int() is >= 0 and var count && (long)count * bytesEach <= rest.Length ? count : null;

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
