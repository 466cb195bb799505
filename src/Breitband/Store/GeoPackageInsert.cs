using System.Globalization;
using Microsoft.Data.Sqlite;
using NetTopologySuite.Geometries;
using SQLitePCL;

namespace Breitband.Store;

/// <summary>
/// Fills one table through a prepared statement of SQLite's own interface: binding a span costs no array, no parameter object and no boxing,
/// which is most of the time of a plain insert. Collects the extent and the boxes of the spatial index on the way.
/// </summary>
sealed class GeoPackageInsert : IDisposable
{
    readonly sqlite3 db;
    readonly sqlite3_stmt statement;
    readonly IReadOnlyList<Field> columns;
    readonly bool spatial, asMulti;
    readonly GeoPackageGeometry encoder = new();

    public GeoPackageInsert(SqliteConnection connection, string table, Layer layer, IReadOnlyList<Field> columns)
    {
        db = connection.Handle!;
        this.columns = columns;
        spatial = layer.Shape != Shape.None;
        asMulti = GeoPackageTable.IsMulti(layer);
        var names = (spatial ? ", geom" : "") + string.Concat(columns.Select(c => $", \"{c.Name}\""));
        GeoPackageFile.Check(raw.sqlite3_prepare_v2(db,
            $"INSERT INTO \"{table}\" (id{names}) VALUES (?{string.Concat(Enumerable.Repeat(", ?", columns.Count + (spatial ? 1 : 0)))})", out statement), db);
    }

    public long Count { get; private set; }

    /// <summary>True once a row had a geometry.</summary>
    public bool HasGeometry { get; private set; }

    public Envelope Extent { get; } = new();

    public PackedRtree Boxes { get; } = new();

    public void Write(Row row)
    {
        var next = 1;
        raw.sqlite3_bind_int64(statement, next++, ++Count);
        if (spatial)
            Bind(next++, row.Geometry);
        for (var i = 0; i < columns.Count; i++)
            Bind(next++, row.Values[i], columns[i]);
        GeoPackageFile.Check(raw.sqlite3_step(statement), db);
        raw.sqlite3_reset(statement);
    }

    void Bind(int at, Geometry? geometry)
    {
        if (geometry is null)
        {
            raw.sqlite3_bind_null(statement, at);
            return;
        }
        HasGeometry = true;
        raw.sqlite3_bind_blob(statement, at, encoder.Encode(geometry is MultiPolygon { NumGeometries: 1 } && !asMulti ? geometry.GetGeometryN(0) : geometry, asMulti));
        var box = geometry.EnvelopeInternal;
        if (box.IsNull)
            return;
        Extent.ExpandToInclude(box);
        Boxes.Add(Count, box.MinX, box.MaxX, box.MinY, box.MaxY);
    }

    void Bind(int at, object? value, Field column) => _ = value switch
    {
        null => raw.sqlite3_bind_null(statement, at),
        double number when column.Kind == FieldKind.Real => raw.sqlite3_bind_double(statement, at, number),
        long number when column.Kind is FieldKind.Integer or FieldKind.Real => column.Kind == FieldKind.Real ? raw.sqlite3_bind_double(statement, at, number) : raw.sqlite3_bind_int64(statement, at, number),
        int number when column.Kind == FieldKind.Integer => raw.sqlite3_bind_int64(statement, at, number),
        string text when column.Kind == FieldKind.Text => raw.sqlite3_bind_text(statement, at, text),
        DateOnly date when column.Kind == FieldKind.Date => raw.sqlite3_bind_text(statement, at, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        bool flag when column.Kind == FieldKind.Flag => raw.sqlite3_bind_int64(statement, at, flag ? 1 : 0),
        _ => throw new InvalidDataException($"column {column.Name} ({column.Kind}) cannot hold a {value.GetType().Name}"),
    };

    public void Dispose() => statement.Dispose();
}
