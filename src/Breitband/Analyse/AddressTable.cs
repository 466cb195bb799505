using System.Collections;

namespace Breitband.Analyse;

/// <summary>
/// Addresses in columns, in the order of their keys (UTF-8, byte by byte): a state has more than a million, and as many objects with five texts
/// each cost more time than reading them. An address asked for is made anew.
/// </summary>
/// <param name="expected">How many will come, as far as is known.</param>
sealed class AddressTable(int expected = 0) : IReadOnlyList<Address>
{
    double[] x = new double[expected], y = new double[expected];
    int[] municipality = new int[expected];
    readonly KeyColumn keys = new(expected);
    readonly WordColumn[] words = [.. Enumerable.Range(0, 5).Select(_ => new WordColumn())];

    public int Count => keys.Count;

    public Address this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return new(keys[index], municipality[index], x[index], y[index], new(words[0][index], words[1][index], words[2][index], words[3][index], words[4][index]));
        }
    }

    /// <summary>An address's key, without its words where they lie in a table.</summary>
    public static string KeyOf(IReadOnlyList<Address> addresses, int index) => addresses is AddressTable table ? table.keys[index] : addresses[index].Key;

    /// <summary>An address's place, likewise.</summary>
    public static (double X, double Y, int Municipality) PlaceOf(IReadOnlyList<Address> addresses, int index) =>
        addresses is AddressTable table ? (table.x[index], table.y[index], table.municipality[index]) : addresses[index] is var address ? (address.X, address.Y, address.Municipality) : default;

    public IEnumerator<Address> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <param name="key">As UTF-8.</param>
    public void Add(ReadOnlySpan<byte> key, int municipality, double x, double y, AddressWords text)
    {
        if (Count == this.x.Length)
            Grow(Math.Max(1024, Count * 2));
        (this.x[Count], this.y[Count], this.municipality[Count]) = (x, y, municipality);
        words[0].Set(Count, text.Street);
        words[1].Set(Count, text.Number);
        words[2].Set(Count, text.Suffix);
        words[3].Set(Count, text.Postcode);
        words[4].Set(Count, text.Place);
        keys.Add(key);
    }

    /// <summary>Puts the rows in order; registers mostly come in it. Rows of one key keep their order.</summary>
    public AddressTable Sorted()
    {
        if (keys.Order() is not { } order)
            return this;
        var sorted = new AddressTable(Count);
        foreach (var i in order)
            sorted.Add(this, i);
        return sorted;
    }

    void Add(AddressTable other, int i) => Add(other.keys.Bytes(i), other.municipality[i], other.x[i], other.y[i],
        new(other.words[0][i], other.words[1][i], other.words[2][i], other.words[3][i], other.words[4][i]));

    void Grow(int size)
    {
        Array.Resize(ref x, size);
        Array.Resize(ref y, size);
        Array.Resize(ref municipality, size);
    }

    /// <summary>A column of texts that repeat, each kept once.</summary>
    sealed class WordColumn
    {
        readonly List<string?> all = [null];
        readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        int[] rows = [];

        public string? this[int row] => row < rows.Length ? all[rows[row]] : null;

        public void Set(int row, string? text)
        {
            // A column nobody asked for stays empty.
            if (row >= rows.Length && text is not null)
                Array.Resize(ref rows, Math.Max(1024, row * 2));
            if (row >= rows.Length)
                return;
            // A reader gives a text that repeats as the same object.
            var before = row == 0 ? 0 : rows[row - 1];
            rows[row] = ReferenceEquals(all[before], text) ? before : Number(text);
        }

        int Number(string? text)
        {
            if (text is null)
                return 0;
            if (!numbers.TryGetValue(text, out var number))
            {
                numbers[text] = number = all.Count;
                all.Add(text);
            }
            return number;
        }
    }
}

/// <summary>The words of one address on their way into a table.</summary>
readonly record struct AddressWords(string? Street, string? Number, string? Suffix, string? Postcode, string? Place);
