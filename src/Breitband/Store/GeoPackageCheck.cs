using Dapper;
using Microsoft.Data.Sqlite;

namespace Breitband.Store;

/// <summary>Looks an embedded store over: the file, every table and every spatial index; each problem comes with its remedy.</summary>
static class GeoPackageCheck
{
    public static IReadOnlyList<Phrase> Run(SqliteConnection connection)
    {
        var problems = new List<Phrase>();
        var integrity = connection.Query<string>("PRAGMA quick_check").ToList();
        if (integrity is not ["ok"])
            problems.Add(new($"Die Datei ist beschädigt: {string.Join("; ", integrity.Take(3))}. Eine Sicherung zurückholen.", $"The file is damaged: {string.Join("; ", integrity.Take(3))}. Restore a backup."));
        var tables = connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table'").ToHashSet(StringComparer.Ordinal);
        foreach (var (number, table, rows, hasGeometry) in connection.Query<(int, string?, long, bool)>("SELECT number, table_name, row_count, has_geometry FROM breitband_editions"))
            if (table is not null)
                Edition(connection, tables, number, table, rows, hasGeometry, problems);
        foreach (var table in connection.Query<string>("SELECT table_name FROM gpkg_contents").Where(t => !tables.Contains(t)))
            problems.Add(new($"gpkg_contents nennt die Tabelle {table}, die es nicht gibt. Eine Sicherung zurückholen.", $"gpkg_contents names the table {table}, which does not exist. Restore a backup."));
        return problems;
    }

    static void Edition(SqliteConnection connection, HashSet<string> tables, int number, string table, long rows, bool hasGeometry, List<Phrase> problems)
    {
        if (!tables.Contains(table))
        {
            problems.Add(new($"Datenstand {number}: Die Tabelle {table} fehlt. Die Datei noch einmal importieren.", $"Edition {number}: the table {table} is missing. Import the file again."));
            return;
        }
        var stored = connection.ExecuteScalar<long>($"SELECT count(*) FROM \"{table}\"");
        if (stored != rows)
            problems.Add(new($"Datenstand {number}: {table} hat {stored} statt {rows} Zeilen; jemand hat sie bearbeitet. Die Datei noch einmal importieren.",
                $"Edition {number}: {table} has {stored} rows instead of {rows}; somebody edited it. Import the file again."));
        if (!hasGeometry)
            return;
        if (!tables.Contains($"rtree_{table}_geom"))
            problems.Add(new($"Datenstand {number}: Der räumliche Index fehlt. Die Datei noch einmal importieren.", $"Edition {number}: the spatial index is missing. Import the file again."));
        else if (connection.ExecuteScalar<long>($"SELECT (SELECT count(*) FROM \"rtree_{table}_geom_rowid\") - (SELECT count(geom) FROM \"{table}\")") is not 0 and var difference)
            problems.Add(new($"Datenstand {number}: Dem räumlichen Index fehlen Einträge oder er hat zu viele ({difference}). Die Datei noch einmal importieren.",
                $"Edition {number}: the spatial index lacks entries or has too many ({difference}). Import the file again."));
    }
}
