namespace Breitband.Analyse;

/// <summary>
/// Published shares of many cells or municipalities: fraction of households (0 to 1) per technology and download class, NaN where nothing is
/// published. Cumulative: „at least“ the class.
/// </summary>
public sealed class ShareTable(int rows)
{
    static readonly int Classes = SpeedClass.All.Count;

    /// <summary>VDSL with supervectoring ends at 250 Mbit/s: a share of FTTC above it is 0 even where no column publishes it.</summary>
    const int FttcLimit = 250;

    public static readonly int Width = Technologies.Published.Count * Classes;

    double[] values = Filled(rows);

    /// <summary>Per row and technology the class index from which there surely is none; beyond the last class where nothing is assumed.</summary>
    byte[] absentFrom = Enumerable.Repeat(byte.MaxValue, rows * Technologies.Published.Count).ToArray();

    static readonly string[] Names = [.. Enumerable.Range(0, Width).Select(c => Layer.ShareField(TechnologyOf(c), ClassOf(c)))];

    public int Rows { get; private set; } = rows;

    /// <summary>An empty table with room for as many rows as will probably be added.</summary>
    internal static ShareTable WithRoom(int rows) => new(rows) { Rows = 0 };

    /// <summary>Adds a row that publishes nothing.</summary>
    /// <returns>Its number.</returns>
    internal int Add()
    {
        if (values.Length < (Rows + 1) * Width)
        {
            var (had, room) = (values.Length, Math.Max(1024, Rows * 2));
            Array.Resize(ref values, room * Width);
            values.AsSpan(had).Fill(double.NaN);
            had = absentFrom.Length;
            Array.Resize(ref absentFrom, room * Technologies.Published.Count);
            absentFrom.AsSpan(had).Fill(byte.MaxValue);
        }
        return Rows++;
    }

    /// <summary>Column of a technology (one of <see cref="Technologies.Published"/>) and class index.</summary>
    public static int Column(Technology technology, int classIndex) => (int)technology * Classes + classIndex;

    public static Technology TechnologyOf(int column) => (Technology)(column / Classes);

    /// <summary>Mbit/s.</summary>
    public static int ClassOf(int column) => SpeedClass.All[column % Classes];

    public static string FieldName(int column) => Names[column];

    /// <summary>The columns in which any row publishes a share.</summary>
    public bool[] Published()
    {
        var published = new bool[Width];
        for (var row = 0; row < Rows; row++)
            for (var column = 0; column < Width; column++)
                published[column] |= !double.IsNaN(values[row * Width + column]);
        return published;
    }

    /// <summary>The shares as published.</summary>
    public ReadOnlySpan<double> Row(int row) => values.AsSpan(row * Width, Width);

    public double this[int row, Technology technology, int classIndex]
    {
        get => values[row * Width + Column(technology, classIndex)] is var value && double.IsNaN(value)
            && (technology == Technology.Fttc && SpeedClass.All[classIndex] > FttcLimit || classIndex >= absentFrom[row * Technologies.Published.Count + (int)technology]) ? 0 : value;
        set => values[row * Width + Column(technology, classIndex)] = value;
    }

    /// <summary>Assumes a technology's unpublished shares to be 0 from a class on; the figures as published stay without it.</summary>
    public void Assume(int row, Technology technology, int fromClassIndex) => absentFrom[row * Technologies.Published.Count + (int)technology] = (byte)fromClassIndex;

    public void Set(int row, int column, double fraction) => values[row * Width + column] = fraction;

    /// <summary>True when the row publishes no share at all.</summary>
    public bool IsEmpty(int row) => Row(row).IndexOfAnyExcept(double.NaN) < 0;

    /// <summary>
    /// FTTB/H as published, or from its two parts: at least the larger of them, at most their sum (a house may have both).
    /// </summary>
    public (double AtLeast, double AtMost) Fibre(int row, int classIndex)
    {
        var both = this[row, Technology.FtthB, classIndex];
        if (!double.IsNaN(both))
            return (both, both);
        var home = this[row, Technology.Ftth, classIndex];
        var building = this[row, Technology.Fttb, classIndex];
        var atLeast = double.IsNaN(home) ? building : double.IsNaN(building) ? home : Math.Max(home, building);
        return (atLeast, Math.Min(1, home + building));
    }

    /// <summary>A table each of whose rows stands for some of another's: a share where they all have the same, none where they differ.</summary>
    public static ShareTable Joined(ShareTable of, IReadOnlyList<IReadOnlyList<int>> sources)
    {
        var joined = new ShareTable(sources.Count);
        for (var row = 0; row < sources.Count; row++)
        {
            for (var column = 0; column < Width; column++)
                if (of.Row(sources[row][0])[column] is var share && sources[row].All(r => of.Row(r)[column] == share))
                    joined.Set(row, column, share);
            for (var technology = 0; technology < Technologies.Published.Count; technology++)
                joined.absentFrom[row * Technologies.Published.Count + technology] = sources[row].Max(r => of.absentFrom[r * Technologies.Published.Count + technology]);
        }
        return joined;
    }

    /// <summary>Takes over a row of another table, with what is assumed of it.</summary>
    public void Copy(int row, ShareTable of, int source)
    {
        of.Row(source).CopyTo(values.AsSpan(row * Width, Width));
        of.Assumed(source).CopyTo(absentFrom.AsSpan(row * Technologies.Published.Count));
    }

    /// <summary>Whether a row says the same as one of another table.</summary>
    public bool Same(int row, ShareTable other, int otherRow) => Row(row).SequenceEqual(other.Row(otherRow)) && Assumed(row).SequenceEqual(other.Assumed(otherRow));

    ReadOnlySpan<byte> Assumed(int row) => absentFrom.AsSpan(row * Technologies.Published.Count, Technologies.Published.Count);

    static double[] Filled(int rows)
    {
        var values = new double[rows * Width];
        Array.Fill(values, double.NaN);
        return values;
    }
}
