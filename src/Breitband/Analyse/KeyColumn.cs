using System.Collections;
using System.Text;

namespace Breitband.Analyse;

/// <summary>Keys one behind the other in one block of UTF-8, compared byte by byte: a million small texts would keep the collector busier than the reader.</summary>
/// <param name="expected">How many keys will come, as far as is known: arrays that grow are copied, and every page of them is new to the system.</param>
sealed class KeyColumn(int expected = 0) : IReadOnlyList<string>
{
    /// <summary>Of a grid's cell, with its whole name in it.</summary>
    const int Typical = 32;

    byte[] bytes = new byte[checked(expected * Typical)];

    /// <summary>Where each key begins, and where the last one ends.</summary>
    int[] starts = new int[expected + 1];

    public int Count { get; private set; }

    public string this[int index] => Encoding.UTF8.GetString(Bytes(index));

    public IEnumerator<string> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <param name="key">As UTF-8.</param>
    /// <exception cref="OverflowException">2 GiB of keys.</exception>
    public void Add(ReadOnlySpan<byte> key)
    {
        if (Count + 1 == starts.Length)
            Array.Resize(ref starts, Math.Max(1024, Count * 2) + 1);
        var end = starts[Count];
        if (bytes.Length - end < key.Length)
            Array.Resize(ref bytes, checked(Math.Max(bytes.Length * 2, end + key.Length)));
        key.CopyTo(bytes.AsSpan(end));
        starts[++Count] = end + key.Length;
    }

    /// <summary>The rows in the order of their keys, those of one key in their own; null when they are in it, as most suppliers deliver them.</summary>
    public int[]? Order()
    {
        var at = 1;
        while (at < Count && Compare(at - 1, at) <= 0)
            at++;
        if (at >= Count)
            return null;
        var order = Enumerable.Range(0, Count).ToArray();
        Array.Sort(order, (a, b) => Compare(a, b) is var c and not 0 ? c : a - b);
        return order;
    }

    /// <summary>As UTF-8; valid until a key is added.</summary>
    public ReadOnlySpan<byte> Bytes(int index) => bytes.AsSpan(starts[index]..starts[index + 1]);

    int Compare(int a, int b) => Bytes(a).SequenceCompareTo(Bytes(b));
}
