using NetTopologySuite;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Breitband.Store;

/// <summary>Geometries as GeoPackageBinary (OGC 12-128r18, 2.1.3): header, envelope for everything but points, little-endian WKB.</summary>
sealed class GeoPackageGeometry
{
    const int HeaderSize = 8, EnvelopeSize = 32;

    static readonly WKBReader Reader = new(new NtsGeometryServices(new PrecisionModel(), Crs.Stored));

    readonly WkbBuffer buffer = new();

    /// <param name="asMulti">Promotes polygons to multipolygons, so that a table holds one type only.</param>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<byte> Encode(Geometry geometry, bool asMulti)
    {
        buffer.Clear();
        var withEnvelope = geometry is not Point && !geometry.IsEmpty;
        var flags = 1 | (withEnvelope ? 2 : 0) | (geometry.IsEmpty ? 16 : 0);
        ((ReadOnlySpan<byte>)[(byte)'G', (byte)'P', 0, (byte)flags]).CopyTo(buffer.Take(4));
        buffer.Put(geometry.SRID > 0 ? geometry.SRID : Crs.Stored);
        if (withEnvelope)
        {
            var envelope = geometry.EnvelopeInternal;
            buffer.Put(envelope.MinX, envelope.MaxX);
            buffer.Put(envelope.MinY, envelope.MaxY);
        }
        buffer.Wkb(geometry, asMulti);
        return buffer.Written;
    }

    public static Geometry Decode(ReadOnlySpan<byte> blob)
    {
        var wkb = Wkb(blob);
        if (WkbDecoder.Plain(wkb) is { } plain)
            return plain;
        var geometry = Reader.Read(wkb.ToArray());
        geometry.SRID = Crs.Stored;
        return geometry;
    }

    /// <summary>What follows the header.</summary>
    public static ReadOnlySpan<byte> Wkb(ReadOnlySpan<byte> blob)
    {
        if (blob.Length < HeaderSize || blob[0] != 'G' || blob[1] != 'P')
            throw new InvalidDataException("not a GeoPackage geometry");
        var envelope = ((blob[3] >> 1) & 7) switch { 0 => 0, 1 => EnvelopeSize, 2 or 3 => 48, 4 => 64, _ => throw new InvalidDataException("unknown envelope") };
        return blob[Math.Min(blob.Length, HeaderSize + envelope)..];
    }
}
