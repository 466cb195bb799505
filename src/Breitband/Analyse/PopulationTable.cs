using System.Collections;
using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>Population cells in columns, in the order of their keys, as <see cref="AddressTable"/> has addresses. A cell asked for is made anew and looks its key up when that is asked for.</summary>
/// <param name="expected">How many will come, as far as is known.</param>
sealed class PopulationTable(int expected = 0) : IReadOnlyList<PopulationCell>
{
    /// <summary>Two for each of four corners.</summary>
    const int Width = 8;

    readonly KeyColumn keys = new(expected);

    /// <summary>What is not a quadrilateral, by row.</summary>
    readonly Dictionary<int, Geometry> others = [];
    double[] x = new double[expected], y = new double[expected], inhabitants = new double[expected], corners = new double[checked(Width * expected)];
    int[] municipality = new int[expected];

    public int Count => keys.Count;

    public PopulationCell this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return new(keys, index, municipality[index], x[index], y[index], inhabitants[index], corners.AsMemory(Width * index, Width), others.GetValueOrDefault(index));
        }
    }

    public IEnumerator<PopulationCell> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <param name="key">As UTF-8.</param>
    /// <param name="x">Of the cell's centroid in <see cref="Crs.Stored"/>, as is <paramref name="y"/>.</param>
    /// <param name="four">The corners, x and y in turn; empty of any other shape.</param>
    /// <param name="other">That shape.</param>
    public void Add(ReadOnlySpan<byte> key, int municipality, double x, double y, double inhabitants, ReadOnlySpan<double> four, Geometry? other)
    {
        if (Count == this.x.Length)
            Grow(Math.Max(1024, Count * 2));
        var row = Count;
        keys.Add(key);
        (this.municipality[row], this.x[row], this.y[row], this.inhabitants[row]) = (municipality, x, y, inhabitants);
        four.CopyTo(corners.AsSpan(Width * row));
        if (other is not null)
            others[row] = other;
    }

    /// <summary>Puts the rows in order; rows of one key keep theirs.</summary>
    public PopulationTable Sorted()
    {
        if (keys.Order() is not { } order)
            return this;
        var sorted = new PopulationTable(Count);
        foreach (var i in order)
            sorted.Add(keys.Bytes(i), municipality[i], x[i], y[i], inhabitants[i], corners.AsSpan(Width * i, Width), others.GetValueOrDefault(i));
        return sorted;
    }

    void Grow(int size)
    {
        Array.Resize(ref x, size);
        Array.Resize(ref y, size);
        Array.Resize(ref inhabitants, size);
        Array.Resize(ref municipality, size);
        Array.Resize(ref corners, Width * size);
    }
}
