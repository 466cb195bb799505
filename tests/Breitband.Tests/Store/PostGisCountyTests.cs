using System.Diagnostics;
using System.Text.RegularExpressions;
using Breitband.Analyse;
using Breitband.Store;
using Breitband.Tests.Analyse;
using Dapper;
using Npgsql;

namespace Breitband.Tests.Store;

/// <summary>What lets tables be distributed by county unchanged: every key, every reference, every join and every question carries it.</summary>
public sealed partial class PostGisCountyTests : IDisposable
{
    readonly string database;
    readonly PostGisStore store;
    readonly NpgsqlConnection connection;

    public PostGisCountyTests(PostGisServer server)
    {
        database = server.NewDatabase();
        store = PostGisStore.Open(database, OpenMode.Create);
        connection = new(database);
    }

    public void Dispose()
    {
        connection.Dispose();
        store.Dispose();
    }

    [Fact]
    public void Every_table_and_every_unique_key_carries_the_county() => Assert.Empty(connection.Query<string>("""
        SELECT c.relname || coalesce('.' || k.relname, '')
        FROM pg_class c
          LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisunique
          LEFT JOIN pg_class k ON k.oid = i.indexrelid
        WHERE c.relnamespace = 'breitband'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'schema_versions'
          AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'county' AND a.attnum = ANY (i.indkey))
        """));

    [Fact]
    public void Every_reference_between_tables_is_of_one_county()
    {
        var references = connection.Query<(string Name, bool Carries)>("""
            SELECT r.conname, EXISTS (
              SELECT FROM unnest(r.conkey, r.confkey) k (here, there)
                JOIN pg_attribute h ON h.attrelid = r.conrelid AND h.attnum = k.here
                JOIN pg_attribute t ON t.attrelid = r.confrelid AND t.attnum = k.there
              WHERE h.attname = 'county' AND t.attname = 'county')
            FROM pg_constraint r
            WHERE r.connamespace = 'breitband'::regnamespace AND r.contype = 'f'
            """).ToList();
        Assert.Contains(references, r => r.Name.StartsWith("rejected", StringComparison.Ordinal));
        Assert.All(references, r => Assert.True(r.Carries, r.Name));
    }

    [Fact]
    public void Every_view_that_joins_does_so_within_a_county()
    {
        var joining = connection.Query<(string Name, string Text)>("SELECT viewname, definition FROM pg_views WHERE schemaname = 'breitband'")
            .Where(v => Joins().Count(v.Text) > 0).ToList();
        Assert.True(joining.Count >= Layer.Imported.Count - 1);
        Assert.All(joining, v => Assert.True(WithinCounty().IsMatch(v.Text), $"{v.Name}: {v.Text}"));
    }

    /// <summary>What the program asks and tells the server while it imports, rolls back, edits, computes, copies and looks itself over.</summary>
    [Fact]
    public void Every_question_of_the_program_to_a_table_names_the_county()
    {
        var asked = new System.Collections.Concurrent.ConcurrentBag<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = a =>
            {
                if (((a.GetTagItem("db.query.text") ?? a.GetTagItem("db.statement")) as string) is { } text && Equals(a.GetTagItem("db.namespace") ?? a.GetTagItem("db.name"), connection.Database))
                    asked.Add(text);
            },
        };
        ActivitySource.AddActivityListener(listener);
        VillageInStore.Write(store, 1);
        VillageInStore.Write(store, 2);
        var before = store.Editions()[0];
        store.Rollback(before.Dataset, before.Number);
        store.ChangeMeasure(new("M1", store.MeasureVersions()["M1"], store.Measures().First(m => (string)m.Values[0]! == "M1"), "Frau Muster"));
        GapEngine.RunAndSave(store, Village.Options());
        Assert.NotEmpty(store.ReadResult(Layer.ResultMunicipalities));
        Assert.NotEmpty(store.Runs());
        Assert.NotEmpty(store.Audit());
        using (var folder = new TemporaryFolder())
        using (var file = Breitband.Store.Store.Open(folder.File("kopie.gpkg"), OpenMode.Create))
            StoreCopy.Run(store, file);
        var questions = asked.SelectMany(t => t.Split(';')).Where(t => Table().IsMatch(t)).ToList();
        foreach (var table in (string[])["breitband.visible_editions", "breitband.editions", "breitband.measures", "breitband.audit", "breitband.runs"])
            Assert.Contains(questions, t => t.Contains(table, StringComparison.Ordinal));
        Assert.All(questions, t => Assert.Contains("county", t, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\bJOIN\b")]
    private static partial Regex Joins();

    /// <summary>As the server writes a view down: the two sides of a join or of a part of it that stands in for one.</summary>
    [GeneratedRegex(@"\(?\w+\.county = \w+\.county\)?")]
    private static partial Regex WithinCounty();

    /// <summary>Rows of a table; statements that make, attach or drop one are about no rows.</summary>
    [GeneratedRegex(@"^\s*(?:COPY \(\s*)?(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b[^;]*\b(?:FROM|INTO|UPDATE|JOIN)\s+breitband\.(?!schema_versions|counties|clearance|hidden_measures|\w+\()", RegexOptions.Singleline)]
    private static partial Regex Table();
}
