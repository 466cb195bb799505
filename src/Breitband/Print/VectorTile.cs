using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Breitband.Print;

/// <summary>Kinds of geometry as the tile format numbers them.</summary>
public enum VectorShape { Unknown, Point, Line, Area }

/// <summary>A Mapbox Vector Tile, versions 1 and 2.1: its layers in the order they stand in it. Coordinates are units of a layer's extent, y downwards.</summary>
public sealed class VectorTile
{
    /// <summary>Far above the half megabyte a tile of a map may have; what unpacks to more is no tile.</summary>
    const int Most = 64 << 20;

    VectorTile(IReadOnlyList<VectorLayer> layers) => Layers = layers;

    public IReadOnlyList<VectorLayer> Layers { get; }

    public VectorLayer? Find(string name)
    {
        foreach (var layer in Layers)
            if (layer.Name == name)
                return layer;
        return null;
    }

    /// <param name="bytes">Plain, or packed with gzip; nothing at all is a tile without layers.</param>
    /// <exception cref="BreitbandException">Refused for bytes that are no vector tile.</exception>
    public static VectorTile Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return new(Fields(bytes.Span is [0x1f, 0x8b, ..] ? Unpacked(bytes) : bytes));
        }
        catch (InvalidDataException e)
        {
            throw BreitbandException.Refused($"Die Kachel ist beschädigt: {e.Message}. Neu bauen: breitband tiles", $"The tile is damaged: {e.Message}. Make it anew: breitband tiles", e);
        }
    }

    static List<VectorLayer> Fields(ReadOnlyMemory<byte> tile)
    {
        var layers = new List<VectorLayer>();
        var reader = new ProtobufReader(tile.Span);
        while (!reader.AtEnd)
        {
            var (number, kind) = reader.Field();
            if (number != 3)
            {
                reader.Skip(kind);
                continue;
            }
            var length = kind == 2 ? reader.Bytes().Length : throw new InvalidDataException("a layer is no message");
            var layer = VectorLayer.Read(tile.Slice(reader.Position - length, length));
            if (layers.Exists(l => l.Name == layer.Name))
                throw new InvalidDataException($"there are two layers \"{layer.Name}\"");
            layers.Add(layer);
        }
        return layers;
    }

    static byte[] Unpacked(ReadOnlyMemory<byte> packed)
    {
        if (packed.Length < 18)
            throw new InvalidDataException("it ends early");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(packed.Span[^4..]); // its last four bytes say it (RFC 1952, 2.3.1)
        if (length > Most)
            throw new InvalidDataException("it unpacks to more than 64 MB");
        var plain = new byte[length];
        using var gzip = new GZipStream(MemoryMarshal.TryGetArray(packed, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count) : new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        if (gzip.ReadAtLeast(plain, plain.Length, throwOnEndOfStream: false) < plain.Length || gzip.ReadByte() >= 0)
            throw new InvalidDataException("it is not as long as it says");
        return plain;
    }
}
