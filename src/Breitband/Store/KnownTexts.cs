using System.Text;

namespace Breitband.Store;

/// <summary>Texts met before, by column and hash: what repeats (a key of a municipality, a street, a house number) is made once and is one object.</summary>
sealed class KnownTexts(int columns)
{
    const int Slots = 256;

    readonly (byte[] Bytes, string Text)[] known = new (byte[], string)[columns * Slots];

    /// <param name="bytes">UTF-8.</param>
    /// <param name="column">Its place among those asked for.</param>
    public string Of(ReadOnlySpan<byte> bytes, int column)
    {
        // A key is new in every row; remembering it would cost a copy for nothing.
        if (column == 0)
            return Encoding.UTF8.GetString(bytes);
        var hash = 17u;
        foreach (var b in bytes)
            hash = (hash * 31) + b;
        ref var slot = ref known[(column * Slots) + (int)(hash * 2654435769u >> 24)];
        if (slot.Bytes is null || !bytes.SequenceEqual(slot.Bytes))
            slot = (bytes.ToArray(), Encoding.UTF8.GetString(bytes));
        return slot.Text;
    }
}
