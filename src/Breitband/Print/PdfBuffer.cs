using System.Buffers.Text;
using System.IO.Compression;
using System.Text;

namespace Breitband.Print;

/// <summary>Bytes of a PDF as they grow.</summary>
sealed class PdfBuffer
{
    byte[] bytes = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public PdfBuffer Add(ReadOnlySpan<byte> more)
    {
        more.CopyTo(Room(more.Length));
        Length += more.Length;
        return this;
    }

    /// <summary>Text of Latin-1 characters only.</summary>
    public PdfBuffer Add(string text)
    {
        Length += Encoding.Latin1.GetBytes(text, Room(text.Length));
        return this;
    }

    /// <summary>A whole number and a space.</summary>
    public PdfBuffer Add(int number)
    {
        var room = Room(12);
        Utf8Formatter.TryFormat(number, room, out var count);
        room[count] = (byte)' ';
        Length += count + 1;
        return this;
    }

    /// <summary>A number of hundredths and a space.</summary>
    public PdfBuffer AddHundredths(int number)
    {
        if (number % 100 == 0)
            return Add(number / 100);
        var room = Room(14);
        var at = 0;
        if (number < 0)
            room[at++] = (byte)'-';
        var size = Math.Abs(number);
        Utf8Formatter.TryFormat(size / 100, room[at..], out var count);
        at += count;
        room[at++] = (byte)'.';
        room[at++] = (byte)('0' + size / 10 % 10);
        if (size % 10 != 0)
            room[at++] = (byte)('0' + size % 10);
        room[at++] = (byte)' ';
        Length += at;
        return this;
    }

    public static byte[] Deflated(ReadOnlySpan<byte> content)
    {
        using var stream = new MemoryStream(content.Length / 3 + 64);
        using (var zlib = new ZLibStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(content);
        return stream.ToArray();
    }

    Span<byte> Room(int more)
    {
        if (Length + more > bytes.Length)
            Array.Resize(ref bytes, Math.Max(2 * bytes.Length, Length + more));
        return bytes.AsSpan(Length);
    }
}
