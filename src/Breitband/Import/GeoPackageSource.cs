using System.Globalization;
using Breitband.Store;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Breitband.Import;

/// <summary>One feature or attribute table of a GeoPackage, opened read-only and without trusting the schema of a foreign file.</summary>
public sealed class GeoPackageSource : Source
{
    /// <summary>A foreign file may hold what SQLite would run or stumble over.</summary>
    const string Guards = "pragma trusted_schema = off; pragma query_only = on; pragma cell_size_check = on; pragma busy_timeout = 8000";

    readonly string path;
    readonly string? geometryColumn;
    readonly string[] types;
    bool[] used;

    GeoPackageSource(string path, string display, string table, string? geometryColumn, Found<int?> crs, SqliteConnection connection)
    {
        (this.path, File, Table, this.geometryColumn, DeclaredCrs) = (path, display, table, geometryColumn, crs);
        using var command = connection.CreateCommand();
        command.CommandText = "select name, type from pragma_table_info($table) order by cid";
        command.Parameters.AddWithValue("$table", table);
        using var reader = command.ExecuteReader();
        var found = new List<(string Name, string Type)>();
        while (reader.Read())
            if (!string.Equals(reader.GetString(0), geometryColumn, StringComparison.OrdinalIgnoreCase))
                found.Add((reader.GetString(0), reader.GetString(1).ToUpperInvariant()));
        Columns = [.. found.Select(f => f.Name)];
        types = [.. found.Select(f => f.Type)];
        used = [.. found.Select(_ => true)];
    }

    public override string File { get; }

    public override string Table { get; }

    public override IReadOnlyList<string> Columns { get; }

    public override bool HasGeometry => geometryColumn != null;

    public override Found<int?> DeclaredCrs { get; }

    public override Found<string> Encoding => new("UTF-8", new("GeoPackage ist immer UTF-8", "GeoPackage is always UTF-8"));

    public override long? RowCount => null;

    public override IReadOnlyList<string> Files => [path];

    /// <summary>All feature and attribute tables of the file; not those QGIS keeps its styles in.</summary>
    public static IReadOnlyList<Source> Open(string path, string display)
    {
        try
        {
            using var connection = Connect(path);
            using var command = connection.CreateCommand();
            command.CommandText = """
                select c.table_name, g.column_name, s.organization, s.organization_coordsys_id, s.definition
                from gpkg_contents c
                join sqlite_master m on m.type = 'table' and lower(m.name) = lower(c.table_name)
                left join gpkg_geometry_columns g on lower(g.table_name) = lower(c.table_name)
                left join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id
                where c.data_type in ('features', 'attributes', 'aspatial') and c.table_name <> 'layer_styles'
                order by c.table_name
                """;
            using var reader = command.ExecuteReader();
            var sources = new List<Source>();
            while (reader.Read())
                sources.Add(new GeoPackageSource(path, display, reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), CrsOf(reader), connection));
            return sources.Count > 0 ? sources : throw BreitbandException.Refused(
                $"{display}: Das GeoPackage enthält keine Tabelle mit Objekten.", $"{display}: the GeoPackage has no table of features.");
        }
        catch (SqliteException e)
        {
            throw BreitbandException.Refused(
                $"{display}: Das ist kein lesbares GeoPackage ({e.Message}).", $"{display}: this is not a readable GeoPackage ({e.Message}).", e);
        }
    }

    static Found<int?> CrsOf(SqliteDataReader reader)
    {
        if (reader.IsDBNull(1))
            return new(null, new("Tabelle ohne Geometrie", "table without geometry"));
        if (!reader.IsDBNull(2) && reader.GetString(2).Equals("EPSG", StringComparison.OrdinalIgnoreCase) && Crs.IsKnown(reader.GetInt32(3)))
            return new(reader.GetInt32(3), new($"srs_id: EPSG:{reader.GetInt32(3)}", $"srs_id: EPSG:{reader.GetInt32(3)}"));
        return CrsNames.OfWkt(reader.IsDBNull(4) ? "" : reader.GetString(4), "gpkg_spatial_ref_sys");
    }

    static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Guards;
        command.ExecuteNonQuery();
        return connection;
    }

    public override void Use(IReadOnlyCollection<int> columns) => used = [.. types.Select((_, i) => columns.Contains(i))];

    public override IEnumerable<SourceRow> Read() => ReadAhead.Of(Rows());

    IEnumerable<SourceRow> Rows()
    {
        Broken = null;
        using var db = Alone(path);
        var picked = Columns.Select((c, i) => used[i] ? Quote(c) : "null");
        GeoPackageFile.Check(raw.sqlite3_prepare_v2(db, $"select {string.Join(", ", picked.Append(geometryColumn == null ? "null" : Quote(geometryColumn)))} from {Quote(Table)}", out var statement), db);
        using (statement)
            for (var number = 1L; Next(db, statement, number); number++)
                yield return Row(statement, number);
        if (Broken is { } broken)
            yield return new(0, null, new object?[Columns.Count], broken);
    }

    /// <summary>The file for one reader at a time: locking itself against others costs SQLite a twentieth of the reading.</summary>
    static sqlite3 Alone(string path)
    {
        var result = raw.sqlite3_open_v2(path, out var db, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_NOMUTEX, null);
        try
        {
            GeoPackageFile.Check(result, db);
            GeoPackageFile.Check(raw.sqlite3_exec(db, Guards), db);
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    bool Next(sqlite3 db, sqlite3_stmt statement, long number)
    {
        try
        {
            var result = raw.sqlite3_step(statement);
            GeoPackageFile.Check(result, db);
            return result == raw.SQLITE_ROW;
        }
        catch (SqliteException e)
        {
            Broken = new($"ab Zeile {number}: die Datei ist beschädigt ({e.Message})", $"from row {number} on: the file is damaged ({e.Message})");
            return false;
        }
    }

    SourceRow Row(sqlite3_stmt statement, long number)
    {
        var values = new object?[types.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = used[i] ? Value(statement, i, types[i]) : null;
        try
        {
            var blob = geometryColumn == null || raw.sqlite3_column_type(statement, values.Length) != raw.SQLITE_BLOB ? default : raw.sqlite3_column_blob(statement, values.Length);
            return new(number, blob.IsEmpty ? null : Wkb.OfGeoPackage(blob), values);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return new(number, null, values, new Phrase($"Geometrie nicht lesbar ({e.Message})", $"geometry not readable ({e.Message})"));
        }
    }

    /// <summary>Straight from the statement: a reader would copy every geometry and ask for each type twice.</summary>
    static object? Value(sqlite3_stmt statement, int column, string type)
    {
        switch (raw.sqlite3_column_type(statement, column))
        {
            case raw.SQLITE_INTEGER:
                var whole = raw.sqlite3_column_int64(statement, column);
                return type.StartsWith("BOOL", StringComparison.Ordinal) ? whole != 0 : whole;
            case raw.SQLITE_FLOAT:
                return raw.sqlite3_column_double(statement, column);
            case raw.SQLITE_TEXT:
                var text = raw.sqlite3_column_text(statement, column).utf8_to_string();
                if (text.Length == 0)
                    return null;
                return type is "DATE" && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : text;
            default:
                return null;
        }
    }

    static string Quote(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    public override void Dispose()
    {
    }
}
