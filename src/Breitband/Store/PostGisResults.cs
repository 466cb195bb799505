using Dapper;
using Npgsql;

namespace Breitband.Store;

/// <summary>Results of the last run and the record of all runs, inside the caller's transaction; readers see the old results until it ends.</summary>
static class PostGisResults
{
    /// <param name="disclosure">Class of what shows single places; sums of municipalities may always be seen.</param>
    public static void Replace(NpgsqlConnection connection, string county, IReadOnlyList<(Layer Layer, IEnumerable<Row> Rows)> results, Disclosure disclosure)
    {
        foreach (var (layer, rows) in results)
        {
            connection.Execute($"DELETE FROM breitband.{layer.Name} WHERE county = @county", new { county });
            var copy = new PostGisCopy(connection, layer.Name, layer, layer.Fields, 1, false,
                ("county", county), ("disclosure", (short)(layer == Layer.ResultMunicipalities ? Disclosure.Public : disclosure)));
            foreach (var row in rows)
                copy.Write(row);
            copy.Finish();
        }
    }

    /// <summary>Earlier runs lose their answers with their results; what reproduces them stays.</summary>
    public static void Record(NpgsqlConnection connection, string county, RunRecord run, Disclosure disclosure) => connection.Execute("""
        UPDATE breitband.runs SET summary = '' WHERE county = @county AND summary <> '';
        INSERT INTO breitband.runs (county, id, at, parameters, summary, disclosure) VALUES (@county, @Id, @At, @Parameters, @Summary, @disclosure)
        """,
        new { county, run.Id, At = DateTime.SpecifyKind(run.At, DateTimeKind.Utc), run.Parameters, run.Summary, disclosure = (short)disclosure });
}
