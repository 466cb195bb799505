using System.Buffers.Binary;
using System.Text;

namespace Breitband.Tiles;

/// <summary>The few pieces of Protocol Buffers that tiles are written in.</summary>
sealed class ProtobufWriter
{
    byte[] bytes = new byte[64];
    int length;

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    public void Number(int field, ulong value)
    {
        Varint((uint)field << 3);
        Varint(value);
    }

    public void Double(int field, double value)
    {
        Varint((uint)field << 3 | 1);
        BinaryPrimitives.WriteDoubleLittleEndian(Room(8), value);
        length += 8;
    }

    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Varint((uint)field << 3 | 2);
        Varint((uint)value.Length);
        Raw(value);
    }

    public void Packed(int field, List<uint> values)
    {
        var size = 0;
        foreach (var value in values)
            size += value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : value < 1 << 28 ? 4 : 5;
        Varint((uint)field << 3 | 2);
        Varint((uint)size);
        foreach (var value in values)
            Varint(value);
    }

    public void Raw(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Room(value.Length));
        length += value.Length;
    }

    void Varint(ulong value)
    {
        var room = Room(10);
        var at = 0;
        for (; value > 127; value >>= 7)
            room[at++] = (byte)(value | 0x80);
        room[at++] = (byte)value;
        length += at;
    }

    Span<byte> Room(int more)
    {
        if (length + more > bytes.Length)
            Array.Resize(ref bytes, Math.Max(2 * bytes.Length, length + more));
        return bytes.AsSpan(length);
    }
}
