using Microsoft.Data.Sqlite;

namespace Breitband.Store;

/// <summary>Writes one table into a new, plain GeoPackage: what we hand out has none of our bookkeeping.</summary>
public static class GeoPackageExport
{
    /// <summary>Whether a file is a store, of whatever version: its history must not be lost to an export.</summary>
    public static bool IsStore(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = 'breitband_settings'";
            return (long)command.ExecuteScalar()! > 0;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_NOTADB)
        {
            return false;
        }
        catch (SqliteException e)
        {
            throw GeoPackageFile.Translate(e, path);
        }
    }

    /// <param name="rows">Geometries carry the SRID named.</param>
    public static long Write(string path, string table, Layer layer, IReadOnlyList<Field> columns, IEnumerable<Row> rows, string description, int srs)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        return GeoPackageFile.Guarded(path, () =>
        {
            connection.Open();
            using var transaction = connection.BeginTransaction();
            GeoPackageTable.CreateBase(connection);
            GeoPackageTable.Create(connection, table, layer, columns);
            using var insert = new GeoPackageInsert(connection, table, layer, columns);
            foreach (var row in rows)
                insert.Write(row);
            var spatial = layer.Shape != Shape.None;
            GeoPackageTable.Register(connection, table, layer, columns, spatial ? insert.Extent : null, layer.German, description, srs);
            if (spatial)
                GeoPackageTable.Index(connection, table, insert.Boxes);
            transaction.Commit();
            return insert.Count;
        });
    }
}
