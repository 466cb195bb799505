using System.Collections;
using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>Population cells in columns, in the order of their keys, as <see cref="AddressTable"/> has addresses. A cell asked for is made anew and looks its key up when that is asked for.</summary>
sealed class PopulationTable : IReadOnlyList<PopulationCell>
{
    /// <summary>Two for each of four corners.</summary>
    const int Width = 8;

    readonly KeyColumn keys = new();

    /// <summary>What is not a quadrilateral, by row.</summary>
    readonly Dictionary<int, Geometry> others = [];
    double[] x = [], y = [], inhabitants = [], corners = [];
    int[] municipality = [];

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

    /// <param name="x">Of the cell's centroid in <see cref="Crs.Stored"/>, as is <paramref name="y"/>.</param>
    public void Add(string key, int municipality, double x, double y, double inhabitants, Geometry geometry)
    {
        if (Count == this.x.Length)
            Grow(Math.Max(1024, Count * 2));
        var row = Count;
        keys.Add(key);
        (this.municipality[row], this.x[row], this.y[row], this.inhabitants[row]) = (municipality, x, y, inhabitants);
        if (!PopulationCell.Corners(geometry, corners.AsSpan(Width * row, Width)))
            others[row] = geometry;
    }

    /// <summary>Puts the rows in order; rows of one key keep theirs.</summary>
    public PopulationTable Sorted()
    {
        if (keys.Order() is not { } order)
            return this;
        var sorted = new PopulationTable();
        foreach (var i in order)
            sorted.Add(keys[i], municipality[i], x[i], y[i], inhabitants[i], this[i].Geometry);
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
