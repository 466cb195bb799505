namespace Breitband.Analyse;

/// <summary>
/// Many points, sorted into the cells of a grid row by row, so that the points of a box are a few runs of neighbouring memory.
/// Coordinates in <see cref="Crs.Stored"/>; points without one (NaN) are left out. Immutable, so safe to share.
/// </summary>
public sealed class PointGrid
{
    /// <summary>Metres; the mesh grows where so fine a grid would have many more cells than points.</summary>
    const double FinestMesh = 250;

    readonly double minX, minY, mesh;
    readonly int columns, rows;
    readonly int[] start;

    public PointGrid(double[] x, double[] y)
    {
        Count = x.Length;
        var box = new Box(double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        for (var i = 0; i < x.Length; i++)
            if (IsPlace(x[i], y[i]))
                box = new(Math.Min(box.MinX, x[i]), Math.Min(box.MinY, y[i]), Math.Max(box.MaxX, x[i]), Math.Max(box.MaxY, y[i]));
        (minX, minY) = (box.MinX, box.MinY);
        var (width, height) = (Math.Max(0, box.MaxX - minX), Math.Max(0, box.MaxY - minY));
        mesh = Math.Max(FinestMesh, Math.Max(Math.Sqrt(width * height / (4.0 * x.Length + 1024)), Math.Max(width, height) / 1e6));
        (columns, rows) = ((int)(width / mesh) + 1, (int)(height / mesh) + 1);
        start = new int[columns * rows + 2];
        (X, Y, Id) = Sort(x, y);
    }

    /// <summary>How many points were given, those without a place included.</summary>
    public int Count { get; }

    /// <summary>Coordinates in the grid's order.</summary>
    internal double[] X { get; }

    internal double[] Y { get; }

    /// <summary>Index, in the arrays given, of each point in the grid's order.</summary>
    internal int[] Id { get; }

    (double[], double[], int[]) Sort(double[] x, double[] y)
    {
        var cell = new int[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            cell[i] = IsPlace(x[i], y[i]) ? Row(y[i]) * columns + Column(x[i]) : -1;
            if (cell[i] >= 0)
                start[cell[i] + 2]++;
        }
        for (var i = 2; i < start.Length; i++)
            start[i] += start[i - 1];
        var (sortedX, sortedY, id) = (new double[start[^1]], new double[start[^1]], new int[start[^1]]);
        for (var i = 0; i < cell.Length; i++)
            if (cell[i] >= 0)
            {
                var k = start[cell[i] + 1]++;
                (sortedX[k], sortedY[k], id[k]) = (x[i], y[i], i);
            }
        return (sortedX, sortedY, id);
    }

    static bool IsPlace(double x, double y) => double.IsFinite(x) && double.IsFinite(y);

    internal int Row(double y) => (int)Math.Clamp((y - minY) / mesh, 0, rows - 1);

    int Column(double x) => (int)Math.Clamp((x - minX) / mesh, 0, columns - 1);

    /// <summary>The run of points of one row of cells between two x; the cells at its ends may reach beyond them.</summary>
    internal (int From, int To) Run(int row, double left, double right) => (start[row * columns + Column(left)], start[row * columns + Column(right) + 1]);

    /// <summary>A box, metres.</summary>
    internal readonly record struct Box(double MinX, double MinY, double MaxX, double MaxY);
}
