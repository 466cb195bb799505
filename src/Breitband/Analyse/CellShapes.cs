using System.Collections;
using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>
/// Shapes of a grid's cells, mostly quadrilaterals, of which only the corners are kept: six objects each would be most of what a county is made of, and they
/// are wanted one after the other. One asked for is made anew. In <see cref="Crs.Stored"/>.
/// </summary>
/// <param name="expected">How many will come, as far as is known.</param>
sealed class CellShapes(int expected) : IReadOnlyList<Geometry?>
{
    /// <summary>Two for each of four corners.</summary>
    const int Width = 8;

    /// <summary>What is not a quadrilateral, by row; null and absent alike.</summary>
    readonly Dictionary<int, Geometry> others = [];

    /// <summary>The corners, x and y in turn; the first is no number where there are none.</summary>
    double[] corners = new double[checked(Width * expected)];

    public int Count { get; private set; }

    public Geometry? this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return corners.AsSpan(Width * index, Width) is var four && double.IsNaN(four[0]) ? others.GetValueOrDefault(index) : PopulationCell.Quadrilateral(four);
        }
    }

    public IEnumerator<Geometry?> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The shape of a row, whatever it is.</summary>
    public void Add(Store.RowCursor row)
    {
        if (!row.Quadrilateral(Next()))
            Other(row.Geometry);
    }

    public void Add(CellShapes from, int index)
    {
        from.corners.AsSpan(Width * index, Width).CopyTo(Next());
        if (from.others.TryGetValue(index, out var other))
            others[Count - 1] = other;
    }

    void Other(Geometry? shape)
    {
        corners[Width * (Count - 1)] = double.NaN;
        if (shape is not null)
            others[Count - 1] = shape;
    }

    Span<double> Next()
    {
        if (corners.Length == Width * Count)
            Array.Resize(ref corners, checked(Width * Math.Max(1024, 2 * Count)));
        return corners.AsSpan(Width * Count++, Width);
    }
}
