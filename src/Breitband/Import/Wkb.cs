using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;

namespace Breitband.Import;

/// <summary>Reads well-known binary (ISO and EWKB), also inside a GeoPackage blob. Every count is checked against the bytes there are.</summary>
ref struct Wkb(ReadOnlySpan<byte> bytes)
{
    ReadOnlySpan<byte> rest = bytes;

    /// <summary>The geometry of a GeoPackage blob (OGC 12-128, clause 2.1.3); null when it is flagged empty.</summary>
    /// <exception cref="FormatException">The blob is not a geometry we take.</exception>
    public static Geometry? OfGeoPackage(ReadOnlySpan<byte> blob)
    {
        if (blob.Length < 8 || blob[0] != 'G' || blob[1] != 'P')
            throw new FormatException("no GeoPackage geometry");
        ReadOnlySpan<byte> envelopes = [0, 32, 48, 48, 64];
        var kind = (blob[3] >> 1) & 7;
        if (kind >= envelopes.Length || blob.Length < 8 + envelopes[kind])
            throw new FormatException("GeoPackage geometry cut off");
        return (blob[3] & 0x10) != 0 ? null : new Wkb(blob[(8 + envelopes[kind])..]).Read(0);
    }

    public Geometry Read(int depth)
    {
        if (depth > 8)
            throw new FormatException("geometry nested too deeply");
        var little = Take(1)[0] == 1;
        var code = Integer(little);
        var dimensions = 2 + ((code & 0x80000000) != 0 ? 1 : 0) + ((code & 0x40000000) != 0 ? 1 : 0);
        if ((code & 0x20000000) != 0)
            Take(4);
        code &= 0x0FFFFFFF;
        dimensions += (code / 1000) switch { 1 or 2 => 1, 3 => 2, _ => 0 };
        var factory = Shapes.Factory;
        switch (code % 1000)
        {
            case 1:
                var point = Sequence(1, dimensions, little);
                return double.IsNaN(point.GetX(0)) ? factory.CreatePoint() : factory.CreatePoint(point);
            case 2: return factory.CreateLineString(Sequence(Count(little, 8 * dimensions), dimensions, little));
            case 3: return Polygon(little, dimensions);
            case 4: return factory.CreateMultiPoint(Children<Point>(little, depth));
            case 5: return factory.CreateMultiLineString(Children<LineString>(little, depth));
            case 6: return factory.CreateMultiPolygon(Children<Polygon>(little, depth));
            case 7: return factory.CreateGeometryCollection(Children<Geometry>(little, depth));
            default: throw new FormatException($"geometry type {code}");
        }
    }

    Polygon Polygon(bool little, int dimensions)
    {
        var (shell, holes) = ((LinearRing?)null, (List<LinearRing>?)null);
        for (var n = Count(little, 4); n > 0; n--)
        {
            if (Shapes.Closed(Sequence(Count(little, 8 * dimensions), dimensions, little)) is not { Count: >= 4 } points)
                continue;
            var ring = Shapes.Factory.CreateLinearRing(points);
            if (shell is null)
                shell = ring;
            else
                (holes ??= []).Add(ring);
        }
        return shell is null ? Shapes.Factory.CreatePolygon() : Shapes.Factory.CreatePolygon(shell, holes?.ToArray());
    }

    T[] Children<T>(bool little, int depth) where T : Geometry
    {
        var children = new T[Count(little, 5)];
        for (var i = 0; i < children.Length; i++)
            children[i] = Read(depth + 1) as T ?? throw new FormatException("a part is of another kind than its whole");
        return children;
    }

    PackedDoubleCoordinateSequence Sequence(int count, int dimensions, bool little)
    {
        var data = Take(8L * dimensions * count);
        var values = new double[2 * count];
        if (little && dimensions == 2 && BitConverter.IsLittleEndian)
        {
            data.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
            return new(values, 2, 0);
        }
        for (var i = 0; i < count; i++)
            for (var d = 0; d < 2; d++)
            {
                var at = data[(8 * ((i * dimensions) + d))..];
                values[(2 * i) + d] = little ? BinaryPrimitives.ReadDoubleLittleEndian(at) : BinaryPrimitives.ReadDoubleBigEndian(at);
            }
        return new(values, 2, 0);
    }

    int Count(bool little, int bytesEach)
    {
        var count = Integer(little);
        return count <= rest.Length / bytesEach ? (int)count : throw new FormatException("count larger than the geometry");
    }

    uint Integer(bool little) => little ? BinaryPrimitives.ReadUInt32LittleEndian(Take(4)) : BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    ReadOnlySpan<byte> Take(long count)
    {
        if (count > rest.Length)
            throw new FormatException("geometry cut off");
        var taken = rest[..(int)count];
        rest = rest[(int)count..];
        return taken;
    }
}
