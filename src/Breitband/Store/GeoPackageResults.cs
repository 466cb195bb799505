using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Breitband.Store;

/// <summary>Results of the last run and the record of all runs, inside the caller's transaction.</summary>
static class GeoPackageResults
{
    public static void Replace(SqliteConnection connection, string run, IReadOnlyList<(Layer Layer, IEnumerable<Row> Rows)> results)
    {
        foreach (var (layer, rows) in results)
        {
            GeoPackageTable.Drop(connection, layer.Name);
            GeoPackageTable.Create(connection, layer.Name, layer, layer.Fields);
            using var insert = new GeoPackageInsert(connection, layer.Name, layer, layer.Fields);
            var (at, said) = (layer.Fields.ToList().FindIndex(f => f.Name == "method_break"), "");
            foreach (var row in rows)
            {
                insert.Write(row);
                said = at >= 0 && row.Values[at] is string method ? $". {method}" : said;
            }
            GeoPackageTable.Register(connection, layer.Name, layer, layer.Fields, insert.Extent, layer.German, $"Lauf {run}{said}");
            GeoPackageTable.Index(connection, layer.Name, insert.Boxes);
        }
    }

    /// <summary>Earlier runs lose their answers with their results; what reproduces them stays.</summary>
    public static void Record(SqliteConnection connection, RunRecord run)
    {
        connection.Execute("UPDATE breitband_runs SET summary = '' WHERE summary <> ''");
        connection.Execute("INSERT INTO breitband_runs VALUES (@Id, @At, @Parameters, @Summary)",
            new { run.Id, At = run.At.ToString("O", CultureInfo.InvariantCulture), run.Parameters, run.Summary });
    }
}
