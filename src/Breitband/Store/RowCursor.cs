using System.Text;
using NetTopologySuite.Geometries;

namespace Breitband.Store;

/// <summary>
/// An edition's rows one after the other, for those who make arrays of them: a state has millions, and an object for each, its geometry and its
/// key costs more than the reading. What a row gives is valid until the next one.
/// </summary>
abstract class RowCursor : IDisposable
{
    /// <summary>Goes to the next row; false after the last.</summary>
    public abstract bool Next();

    /// <summary>Whether the rows came in the order of their import so far.</summary>
    public abstract bool InOrder { get; }

    /// <summary>The text of a column, by its place among those asked for; null where there is none, as in a column of numbers and of the column -1.</summary>
    public abstract string? Text(int column);

    /// <summary>The same as bytes, for a text that is another in every row; empty where there is none.</summary>
    public abstract ReadOnlySpan<byte> Utf8(int column);

    public abstract double? Number(int column);

    /// <summary>In <see cref="Crs.Stored"/>; null where there is none or an empty one.</summary>
    public abstract Geometry? Geometry { get; }

    /// <summary>The point, if the geometry is one.</summary>
    public abstract bool Point(out double x, out double y);

    /// <summary>Writes down the corners x, y in turn, if the geometry is a polygon of four without a hole.</summary>
    public abstract bool Quadrilateral(Span<double> corners);

    public abstract void Dispose();

    /// <summary>Over rows that are objects anyway.</summary>
    public static RowCursor Over(IEnumerable<Row> rows) => new Objects(rows.GetEnumerator());

    sealed class Objects(IEnumerator<Row> rows) : RowCursor
    {
        byte[] text = [];

        public override bool InOrder => true;

        public override bool Next() => rows.MoveNext();

        public override string? Text(int column) => column >= 0 && rows.Current.Values[column] is string { Length: > 0 } text ? text : null;

        public override ReadOnlySpan<byte> Utf8(int column)
        {
            if (Text(column) is not { } value)
                return [];
            if (text.Length < Encoding.UTF8.GetMaxByteCount(value.Length))
                text = new byte[Encoding.UTF8.GetMaxByteCount(value.Length)];
            return text.AsSpan(0, Encoding.UTF8.GetBytes(value, text));
        }

        public override double? Number(int column) => column < 0 ? null : rows.Current.Values[column] switch { double d => d, long l => l, _ => null };

        public override Geometry? Geometry => rows.Current.Geometry is { IsEmpty: false } geometry ? geometry : null;

        public override bool Point(out double x, out double y)
        {
            var point = Geometry as Point;
            (x, y) = (point?.X ?? 0, point?.Y ?? 0);
            return point is not null;
        }

        public override bool Quadrilateral(Span<double> corners) => Geometry is { } geometry && Analyse.PopulationCell.Corners(geometry, corners);

        public override void Dispose() => rows.Dispose();
    }
}
