using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace Breitband.Service.Features;

/// <summary>Bytes on their way out, in one rented array. Numbers of fixed decimals are written from whole numbers, without a double in between.</summary>
sealed class Utf8Buffer : IBufferWriter<byte>, IDisposable
{
    byte[] bytes = ArrayPool<byte>.Shared.Rent(64 * 1024);
    int length;

    public int Length => length;

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, length);

    public void Clear() => length = 0;

    public void Raw(ReadOnlySpan<byte> text)
    {
        text.CopyTo(GetSpan(text.Length));
        length += text.Length;
    }

    public void Whole(long value)
    {
        Utf8Formatter.TryFormat(value, GetSpan(20), out var written);
        length += written;
    }

    /// <summary>A number of so many units per one, a power of ten, without trailing zeros.</summary>
    public void Fixed(long units, long perOne)
    {
        if (units < 0)
            GetSpan(1)[0] = (byte)'-';
        length += units < 0 ? 1 : 0;
        var (whole, rest) = Math.DivRem(Math.Abs(units), perOne);
        Whole(whole);
        if (rest == 0)
            return;
        var span = GetSpan(20);
        span[0] = (byte)'.';
        var digits = 1;
        for (var place = perOne / 10; rest > 0; place /= 10)
        {
            span[digits++] = (byte)('0' + rest / place);
            rest %= place;
        }
        length += digits;
    }

    public void Text(string text)
    {
        var span = GetSpan(text.Length * 3);
        length += System.Text.Encoding.UTF8.GetBytes(text, span);
    }

    public void Number(double value) => Text(value.ToString("R", CultureInfo.InvariantCulture));

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (length + Math.Max(sizeHint, 1) > bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length * 2, length + sizeHint));
            bytes.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }
        return bytes.AsSpan(length);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        GetSpan(sizeHint);
        return bytes.AsMemory(length);
    }

    public void Advance(int count) => length += count;

    public void Dispose() => ArrayPool<byte>.Shared.Return(bytes);
}
