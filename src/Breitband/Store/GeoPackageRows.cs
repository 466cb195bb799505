using Microsoft.Data.Sqlite;
using NetTopologySuite.Geometries;
using SQLitePCL;

namespace Breitband.Store;

/// <summary>A table's rows, read out of the statement's own memory. The first column is the geometry, the others are the fields asked for.</summary>
/// <param name="guarded">Runs what uses the connection when nobody else does.</param>
sealed class GeoPackageRows(SqliteCommand command, IReadOnlyList<Field> columns, Func<Func<bool>, bool> guarded) : RowCursor
{
    readonly KnownTexts texts = new(columns.Count);
    Func<bool>? advance;
    SqliteDataReader? reader;
    sqlite3_stmt? row;

    public override bool InOrder => true;

    public override bool Next() => guarded(advance ??= Advance);

    bool Advance()
    {
        reader ??= command.ExecuteReader();
        row = reader.Handle;
        return reader.Read();
    }

    public override string? Text(int column) => Utf8(column) is { IsEmpty: false } bytes ? texts.Of(bytes, column) : null;

    public override ReadOnlySpan<byte> Utf8(int column)
    {
        if (column < 0 || columns[column].Kind != FieldKind.Text)
            return [];
        _ = raw.sqlite3_column_text(row, column + 1); // whatever encoding the file has, the bytes are UTF-8 afterwards
        return raw.sqlite3_column_blob(row, column + 1);
    }

    public override double? Number(int column) => column < 0 || IsNull(column + 1) ? null : columns[column].Kind switch
    {
        FieldKind.Integer => raw.sqlite3_column_int64(row, column + 1),
        FieldKind.Real => raw.sqlite3_column_double(row, column + 1),
        _ => null,
    };

    public override Geometry? Geometry => !IsNull(0) && GeoPackageGeometry.Decode(raw.sqlite3_column_blob(row, 0)) is { IsEmpty: false } geometry ? geometry : null;

    public override bool Point(out double x, out double y) => WkbDecoder.Point(Wkb(), out x, out y);

    public override bool Quadrilateral(Span<double> corners) => WkbDecoder.Quadrilateral(Wkb(), corners);

    ReadOnlySpan<byte> Wkb() => IsNull(0) ? [] : GeoPackageGeometry.Wkb(raw.sqlite3_column_blob(row, 0));

    bool IsNull(int value) => raw.sqlite3_column_type(row, value) == raw.SQLITE_NULL;

    public override void Dispose() => guarded(() =>
    {
        reader?.Dispose();
        command.Dispose();
        return true;
    });
}
