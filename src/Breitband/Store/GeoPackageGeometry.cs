using System.Buffers.Binary;
using NetTopologySuite;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Breitband.Store;

/// <summary>
/// Geometries as GeoPackageBinary (OGC 12-128r18, 2.1.3): header, envelope for everything but points, little-endian WKB. The encoder writes
/// into one buffer that it reuses: a grid of a million cells would otherwise drown the collector in short-lived streams.
/// </summary>
sealed class GeoPackageGeometry
{
    const int HeaderSize = 8, EnvelopeSize = 32;

    static readonly GeometryFactory Factory = NtsGeometryServices.Instance.CreateGeometryFactory(Crs.Stored);
    static readonly WKBReader Reader = new(new NtsGeometryServices(new PrecisionModel(), Crs.Stored));

    byte[] buffer = new byte[4096];
    int length;

    /// <param name="asMulti">Promotes polygons to multipolygons, so that a table holds one type only.</param>
    public ReadOnlySpan<byte> Encode(Geometry geometry, bool asMulti)
    {
        length = 0;
        var withEnvelope = geometry is not Point && !geometry.IsEmpty;
        Put((byte)'G', (byte)'P', 0, (byte)(1 | (withEnvelope ? 2 : 0) | (geometry.IsEmpty ? 16 : 0)));
        Put(geometry.SRID > 0 ? geometry.SRID : Crs.Stored);
        if (withEnvelope)
        {
            var envelope = geometry.EnvelopeInternal;
            Put(envelope.MinX, envelope.MaxX);
            Put(envelope.MinY, envelope.MaxY);
        }
        if (asMulti && geometry is Polygon polygon)
        {
            Head(6, 1);
            Write(polygon);
        }
        else
            Write(geometry);
        return buffer.AsSpan(0, length);
    }

    public static Geometry Decode(byte[] blob)
    {
        if (blob.Length < HeaderSize || blob[0] != 'G' || blob[1] != 'P')
            throw new InvalidDataException("not a GeoPackage geometry");
        var envelope = ((blob[3] >> 1) & 7) switch { 0 => 0, 1 => EnvelopeSize, 2 or 3 => 48, 4 => 64, _ => throw new InvalidDataException("unknown envelope") };
        ReadOnlySpan<byte> wkb = blob.AsSpan(HeaderSize + envelope);
        if (Plain(ref wkb) is { } plain && wkb.IsEmpty)
            return plain;
        var geometry = Reader.Read(new MemoryStream(blob, HeaderSize + envelope, blob.Length - HeaderSize - envelope, false));
        geometry.SRID = Crs.Stored;
        return geometry;
    }

    /// <summary>
    /// Points, polygons and multipolygons of little-endian plane WKB, which is what this program writes: a fifth of the general reader's time,
    /// and a map reads tens of thousands. Null for anything else.
    /// </summary>
    static Geometry? Plain(ref ReadOnlySpan<byte> wkb)
    {
        if (wkb.Length < 9 || wkb[0] != 1)
            return null;
        var (type, count) = (Number(wkb[1..]), Number(wkb[5..]));
        switch (type)
        {
            case 1 when wkb.Length >= 21:
                var point = new Coordinate(Real(wkb[5..]), Real(wkb[13..]));
                wkb = wkb[21..];
                return double.IsNaN(point.X) ? null : Factory.CreatePoint(point);
            case 3 when count > 0 && count <= wkb.Length:
                wkb = wkb[9..];
                var shell = Ring(ref wkb);
                var holes = new LinearRing[count - 1];
                for (var i = 0; i < holes.Length && shell is not null; i++)
                    if (Ring(ref wkb) is { } hole)
                        holes[i] = hole;
                    else
                        shell = null;
                return shell is null ? null : Factory.CreatePolygon(shell, holes);
            case 6 when count > 0 && count <= wkb.Length:
                wkb = wkb[9..];
                var polygons = new Polygon[count];
                for (var i = 0; i < count; i++)
                    if (Plain(ref wkb) is Polygon polygon)
                        polygons[i] = polygon;
                    else
                        return null;
                return Factory.CreateMultiPolygon(polygons);
            default:
                return null;
        }
    }

    static LinearRing? Ring(ref ReadOnlySpan<byte> wkb)
    {
        if (wkb.Length < 4 || Number(wkb) is var count && (count < 4 || wkb.Length < 4 + 16L * count))
            return null;
        var corners = new Coordinate[count];
        for (var i = 0; i < count; i++)
            corners[i] = new(Real(wkb[(4 + 16 * i)..]), Real(wkb[(12 + 16 * i)..]));
        wkb = wkb[(4 + 16 * count)..];
        return Factory.CreateLinearRing(corners);
    }

    static int Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32LittleEndian(bytes);

    static double Real(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadDoubleLittleEndian(bytes);

    void Write(Geometry geometry)
    {
        switch (geometry)
        {
            case Point point:
                HeadOnly(1);
                if (point.IsEmpty)
                    Put(double.NaN, double.NaN);
                else
                    Put(point.X, point.Y);
                break;
            case LineString line:
                HeadOnly(2);
                Points(line.CoordinateSequence);
                break;
            case Polygon polygon:
                Head(3, polygon.IsEmpty ? 0 : 1 + polygon.NumInteriorRings);
                if (!polygon.IsEmpty)
                    Points(polygon.ExteriorRing.CoordinateSequence);
                for (var i = 0; i < polygon.NumInteriorRings; i++)
                    Points(polygon.GetInteriorRingN(i).CoordinateSequence);
                break;
            case GeometryCollection collection:
                Head(collection switch { MultiPoint => 4, MultiLineString => 5, MultiPolygon => 6, _ => 7 }, collection.NumGeometries);
                for (var i = 0; i < collection.NumGeometries; i++)
                    Write(collection.GetGeometryN(i));
                break;
            default:
                throw new InvalidDataException($"a geometry of type {geometry.GeometryType} cannot be stored");
        }
    }

    void Points(CoordinateSequence sequence)
    {
        Put(sequence.Count);
        for (var i = 0; i < sequence.Count; i++)
            Put(sequence.GetX(i), sequence.GetY(i));
    }

    void Head(int type, int count)
    {
        HeadOnly(type);
        Put(count);
    }

    void HeadOnly(int type)
    {
        Room(1);
        buffer[length++] = 1; // little-endian
        Put(type);
    }

    void Put(byte a, byte b, byte c, byte d)
    {
        Room(4);
        (buffer[length], buffer[length + 1], buffer[length + 2], buffer[length + 3]) = (a, b, c, d);
        length += 4;
    }

    void Put(int value)
    {
        Room(4);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(length), value);
        length += 4;
    }

    void Put(double a, double b)
    {
        Room(16);
        BinaryPrimitives.WriteDoubleLittleEndian(buffer.AsSpan(length), a);
        BinaryPrimitives.WriteDoubleLittleEndian(buffer.AsSpan(length + 8), b);
        length += 16;
    }

    void Room(int bytes)
    {
        if (length + bytes > buffer.Length)
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + bytes));
    }
}
