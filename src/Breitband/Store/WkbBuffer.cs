using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;

namespace Breitband.Store;

/// <summary>
/// A growing buffer that is filled again and again, and geometries in it as little-endian WKB: a grid of a million cells would otherwise drown
/// the collector in short-lived streams.
/// </summary>
sealed class WkbBuffer
{
    /// <summary>PostGIS' extension of WKB: this bit says that the SRID follows the type.</summary>
    internal const int SridFollows = 0x20000000;

    byte[] bytes = new byte[1 << 16];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Room for so many bytes, which count as written.</summary>
    public Span<byte> Take(int count)
    {
        if (Length + count > bytes.Length)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + count));
        Length += count;
        return bytes.AsSpan(Length - count, count);
    }

    /// <summary>Takes back the last bytes taken.</summary>
    public void GiveBack(int count) => Length -= count;

    /// <summary>Bytes written before, to be written over.</summary>
    public Span<byte> At(int position, int count) => bytes.AsSpan(position, count);

    /// <summary>Bytes of a point with its SRID.</summary>
    public const int PointSize = 25;

    /// <summary>A point with its SRID: the rows of the largest tables.</summary>
    public void Point(double[] place, int srid)
    {
        var room = Take(PointSize);
        room[0] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(room[1..], 1 | SridFollows);
        BinaryPrimitives.WriteInt32LittleEndian(room[5..], srid);
        BinaryPrimitives.WriteDoubleLittleEndian(room[9..], place[0]);
        BinaryPrimitives.WriteDoubleLittleEndian(room[17..], place[1]);
    }

    /// <param name="asMulti">Promotes polygons to multipolygons, so that a table holds one type only.</param>
    /// <param name="srid">Written into the geometry (EWKB); 0 for plain WKB.</param>
    public void Wkb(Geometry geometry, bool asMulti, int srid = 0)
    {
        if (asMulti && geometry is Polygon polygon)
        {
            Head(6, srid, 1);
            Wkb(polygon, false);
            return;
        }
        switch (geometry)
        {
            case Point point:
                Head(1, srid);
                Put(point.IsEmpty ? double.NaN : point.X, point.IsEmpty ? double.NaN : point.Y);
                break;
            case LineString line:
                Head(2, srid);
                Points(line.CoordinateSequence);
                break;
            case Polygon area:
                Head(3, srid, area.IsEmpty ? 0 : 1 + area.NumInteriorRings);
                if (!area.IsEmpty)
                    Points(area.ExteriorRing.CoordinateSequence);
                for (var i = 0; i < area.NumInteriorRings; i++)
                    Points(area.GetInteriorRingN(i).CoordinateSequence);
                break;
            case GeometryCollection collection:
                Head(collection switch { MultiPoint => 4, MultiLineString => 5, MultiPolygon => 6, _ => 7 }, srid, collection.NumGeometries);
                for (var i = 0; i < collection.NumGeometries; i++)
                    Wkb(collection.GetGeometryN(i), false);
                break;
            default:
                throw new InvalidDataException($"a geometry of type {geometry.GeometryType} cannot be stored");
        }
    }

    public void Put(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    public void Put(double a, double b)
    {
        var room = Take(16);
        BinaryPrimitives.WriteDoubleLittleEndian(room, a);
        BinaryPrimitives.WriteDoubleLittleEndian(room[8..], b);
    }

    void Points(CoordinateSequence sequence)
    {
        Put(sequence.Count);
        if (BitConverter.IsLittleEndian && sequence is PackedDoubleCoordinateSequence { Dimension: 2 } packed)
        {
            MemoryMarshal.AsBytes(packed.GetRawCoordinates().AsSpan()).CopyTo(Take(sequence.Count * 16));
            return;
        }
        for (var i = 0; i < sequence.Count; i++)
            Put(sequence.GetX(i), sequence.GetY(i));
    }

    void Head(int type, int srid, int count)
    {
        Head(type, srid);
        Put(count);
    }

    void Head(int type, int srid)
    {
        Take(1)[0] = 1; // little-endian
        Put(srid == 0 ? type : type | SridFollows);
        if (srid != 0)
            Put(srid);
    }
}
