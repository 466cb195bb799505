using System.Buffers.Binary;
using System.Text;

namespace Breitband.Print;

/// <summary>Reads the protocol buffers wire format forward, without copying. What runs over its end is refused.</summary>
ref struct ProtobufReader(ReadOnlySpan<byte> bytes)
{
    readonly ReadOnlySpan<byte> bytes = bytes;
    int at;

    public readonly bool AtEnd => at >= bytes.Length;

    /// <summary>Where the next byte stands.</summary>
    public readonly int Position => at;

    /// <summary>Number and wire type of the next field.</summary>
    public (int Number, int Kind) Field()
    {
        var key = Number();
        return key >> 3 is > 0 and <= 536_870_911 and var number ? ((int)number, (int)(key & 7)) : throw new InvalidDataException($"field number {key >> 3}");
    }

    public ulong Number()
    {
        var value = 0ul;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (at >= bytes.Length)
                throw new InvalidDataException("a number is cut off");
            var next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
        throw new InvalidDataException("a number has more than ten bytes");
    }

    public uint Whole() => Number() is <= uint.MaxValue and var number ? (uint)number : throw new InvalidDataException("a number is too large");

    public double Double() => BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(Take(8)));

    public float Single() => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt32LittleEndian(Take(4)));

    public ReadOnlySpan<byte> Bytes() => Take(Number());

    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>A field of a later version of the format.</summary>
    public void Skip(int kind)
    {
        switch (kind)
        {
            case 0:
                Number();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                Bytes();
                break;
            case 5:
                Take(4);
                break;
            default:
                throw new InvalidDataException($"wire type {kind}");
        }
    }

    ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(bytes.Length - at))
            throw new InvalidDataException("a field is cut off");
        var taken = bytes.Slice(at, (int)count);
        at += (int)count;
        return taken;
    }
}
