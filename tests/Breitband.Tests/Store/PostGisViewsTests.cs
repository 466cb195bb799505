using Breitband.Store;
using Dapper;
using Npgsql;

namespace Breitband.Tests.Store;

/// <summary>The views people open, with several counties and editions behind them.</summary>
public sealed class PostGisViewsTests : IDisposable
{
    static readonly string[] Counties = ["12054", "12069"];

    readonly PostGisServer server;
    readonly string database;

    public PostGisViewsTests(PostGisServer server)
    {
        this.server = server;
        database = server.NewDatabase();
        foreach (var county in Counties)
            Fill(county);
    }

    public void Dispose() => NpgsqlConnection.ClearAllPools();

    /// <summary>One row in every layer, result and in what was set aside.</summary>
    void Fill(string county)
    {
        using var store = PostGisStore.Open(database, OpenMode.Create, county);
        foreach (var layer in Layer.Imported.Where(l => l != Layer.Measures))
        {
            using var writer = store.Begin(StoreContract.Draft(layer) with { Disclosure = Disclosure.Public }, layer.Fields);
            writer.Write(Row(layer, county));
            writer.Reject(new("datei.shp", 2, "2", new("kaputt", "broken"), StoreContract.Shape("POLYGON ((0 0, 1 0, 1 1, 0 0))")));
            writer.Commit("{}");
        }
        store.ChangeMeasure(new($"M-{county}", 0, Row(Layer.Measures, $"M-{county}"), "Frau Muster"));
        store.SaveRun(new("lauf", DateTime.UtcNow, "{}", "{}"), [.. Layer.Results.Select(l => (l, (IEnumerable<Row>)[Row(l, county)]))]);
    }

    static Row Row(Layer layer, string key) => new(layer.Shape switch
    {
        Shape.None => null,
        Shape.Point => StoreContract.Shape("POINT (5 5)"),
        _ => StoreContract.Shape(GeoPackageTable.IsMulti(layer) ? "MULTIPOLYGON (((0 0, 10 0, 10 10, 0 0)))" : "POLYGON ((0 0, 10 0, 10 10, 0 0))"),
    }, [.. layer.Fields.Select(f => (object?)(f.Kind switch
    {
        FieldKind.Integer => 1L,
        FieldKind.Real => 1.0,
        FieldKind.Flag => true,
        FieldKind.Date => new DateOnly(2025, 1, 1),
        _ => f.Name switch { "key" => key, "state" => "planning", "technology" => "ftth", "disclosure" => "öffentlich", _ => "x" },
    }))]);

    static IReadOnlyList<Layer> Shown => [.. Layer.Imported.Concat(Layer.Results).Append(PostGisStore.RejectedLayer)];

    NpgsqlConnection As(string role)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.NewUser(database, role)) { Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    [Fact]
    public void In_every_view_the_id_is_of_one_row_only_whatever_county_it_is_from()
    {
        using var user = As("breitband_confidential");
        foreach (var layer in Shown)
        {
            var (rows, ids, counties) = user.QuerySingle<(long, long, long)>($"SELECT count(*), count(DISTINCT id), count(DISTINCT county) FROM breitband.\"{layer.German}\"");
            Assert.True(rows >= 2 && rows == ids && counties == 2, $"{layer.German}: {rows} rows, {ids} ids, {counties} counties");
        }
    }

    [Fact]
    public void Every_column_of_every_view_has_its_German_comment()
    {
        using var user = As("breitband_reader");
        Assert.Empty(user.Query<string>("""
            SELECT c.relname || '.' || a.attname
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
            WHERE c.relnamespace = 'breitband'::regnamespace AND c.relkind = 'v' AND c.relname NOT LIKE 'visible\_%' AND col_description(c.oid, a.attnum) IS NULL
            """));
        Assert.Equal("Geometrie", user.ExecuteScalar<string>("SELECT col_description('breitband.\"Siedlungen\"'::regclass, (SELECT attnum FROM pg_attribute WHERE attrelid = 'breitband.\"Siedlungen\"'::regclass AND attname = 'geom'))"));
    }

    [Fact]
    public void The_comment_of_the_changes_names_the_break_of_method_and_its_counties_as_long_as_there_is_one()
    {
        using var user = As("breitband_reader");
        string Said() => user.ExecuteScalar<string>("SELECT obj_description('breitband.\"Veränderungen\"'::regclass, 'pg_class')")!;
        void Run(string county, string? method)
        {
            using var store = PostGisStore.Open(database, OpenMode.Write, county);
            var row = Row(Layer.Changes, county);
            row.Values[Layer.Changes.Fields.ToList().FindIndex(f => f.Name == "method_break")] = method;
            store.SaveRun(new("lauf", DateTime.UtcNow, "{}", "{}"), [(Layer.Changes, [row])]);
        }

        var broken = Comparison.BreakBetween(new(2021, 12, 31), new(2025, 12, 31), EvidenceKind.Atlas)!.Value.De;
        foreach (var county in Counties)
            Run(county, null);
        Assert.Equal("Veränderungen (aktueller Stand)", Said());
        Run(Counties[0], broken);
        Assert.Equal($"Veränderungen (aktueller Stand). Kreis 12054: {broken}", Said());
        Run(Counties[1], broken);
        Assert.Equal($"Veränderungen (aktueller Stand). Kreis 12054, 12069: {broken}", Said());
        PostGisServer.Execute(database, "UPDATE breitband.schema_versions SET generated = 'anders', generator = '0.0.1' WHERE version = (SELECT max(version) FROM breitband.schema_versions)");
        Run(Counties[0], null);
        Assert.Equal($"Veränderungen (aktueller Stand). Kreis 12069: {broken}", Said());
        Run(Counties[1], null);
        Assert.Equal("Veränderungen (aktueller Stand)", Said());
    }

    /// <summary>With index scans as the only cheap way, a plan without the index has none to use.</summary>
    static string Plan(NpgsqlConnection user, string table)
    {
        user.Execute("SET enable_seqscan = off");
        return string.Join('\n', user.Query<string>($"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT * FROM breitband.\"{table}\" WHERE geom && ST_MakeEnvelope(0, 0, 5, 5, 25833)"));
    }

    [Theory]
    [InlineData("breitband_reader")]
    [InlineData("breitband_editor")]
    public void A_box_reaches_the_spatial_index_of_who_only_reads_in_tables_and_views_alike(string role)
    {
        using var user = As(role);
        foreach (var table in (string[])["settlements", Layer.GapAreas.Name, "measures", "rejected", .. Shown.Where(l => l.Shape != Shape.None).Select(l => l.German)])
            Assert.Contains("Index Cond: (geom &&", Plan(user, table), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_an_administrator_has_not_opened_the_index_check_names_the_statement_that_does()
    {
        using var store = PostGisStore.Open(database, OpenMode.Read, Counties[0]);
        Assert.Empty(store.Check());
        PostGisServer.Execute(database, "ALTER FUNCTION geometry_overlaps(geometry, geometry) NOT LEAKPROOF");
        using var user = As("breitband_reader");
        Assert.DoesNotContain("Index Cond: (geom &&", Plan(user, "Siedlungen"), StringComparison.Ordinal);
        var said = Assert.Single(store.Check()).De;
        PostGisServer.Execute(database, said[said.IndexOf("ALTER FUNCTION", StringComparison.Ordinal)..]);
        Assert.Empty(store.Check());
        Assert.Contains("Index Cond: (geom &&", Plan(user, "Siedlungen"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_reads_no_edition_but_the_live_ones()
    {
        using (var store = PostGisStore.Open(database, OpenMode.Write, Counties[0]))
            for (var i = 0; i < 3; i++)
                StoreContract.Import(store, StoreContract.Draft(Layer.Settlements) with { Disclosure = Disclosure.Public }, Layer.Settlements.Fields, StoreContract.Settlement("1", $"Stand {i}"));
        using var user = As("breitband_reader");
        var dead = user.Query<string>("SELECT layer || '_' || county || '_e' || number FROM breitband.visible_editions WHERE layer = 'settlements' AND NOT live").ToList();
        var live = user.Query<string>("SELECT layer || '_' || county || '_e' || number FROM breitband.visible_editions WHERE layer = 'settlements' AND live").ToList();
        Assert.Equal((3, 2), (dead.Count, live.Count));
        var plan = Plan(user, "Siedlungen").Split('\n');
        Assert.All(dead, table => Assert.All(plan.Where(line => Scans(line, table)), line => Assert.Contains("never executed", line, StringComparison.Ordinal)));
        Assert.All(live, table => Assert.Contains(plan, line => Scans(line, table) && line.Contains("actual rows=1", StringComparison.Ordinal)));
    }

    static bool Scans(string line, string table) => line.Contains($" on {table} ", StringComparison.Ordinal);

    /// <summary>QGIS names every column of a new measure; what was left empty is NULL.</summary>
    [Fact]
    public void A_measure_drawn_by_hand_gets_its_number_and_its_county()
    {
        using var editor = As("breitband_editor");
        var measures = editor.Query<long>("SELECT id FROM breitband.\"Maßnahmen\"").ToHashSet();
        var drawn = editor.ExecuteScalar<long>("INSERT INTO breitband.\"Maßnahmen\" (id, county, geom, key, state) VALUES (NULL, '12069', ST_GeomFromText('POINT(1 1)', 25833), 'M-neu', 'idea') RETURNING id");
        Assert.DoesNotContain(drawn, measures);
        // A copied measure brings the number of its model.
        var copied = editor.ExecuteScalar<long>("INSERT INTO breitband.\"Maßnahmen\" (id, county, key, state) VALUES (@drawn, '12054', 'M-kopie', 'idea') RETURNING id", new { drawn });
        Assert.NotEqual(drawn, copied);
        Assert.Equal(1, editor.Execute("UPDATE breitband.\"Maßnahmen\" SET id = @copied WHERE id = @drawn", new { drawn, copied }));
        Assert.Equal(4, editor.ExecuteScalar<int>("SELECT count(DISTINCT id) FROM breitband.\"Maßnahmen\""));
        var unknown = Assert.Throws<PostgresException>(() => editor.Execute("INSERT INTO breitband.\"Maßnahmen\" (id, county, key, state) VALUES (NULL, NULL, 'M-wo', 'idea')"));
        Assert.Contains("Zu welchem Kreis", unknown.MessageText, StringComparison.Ordinal);
        PostGisServer.Execute(database, "DELETE FROM breitband.measures WHERE county = '12054'; CREATE OR REPLACE FUNCTION breitband.only_county() RETURNS text LANGUAGE sql AS $$ SELECT '12069' $$");
        editor.Execute("INSERT INTO breitband.\"Maßnahmen\" (id, county, key, state) VALUES (NULL, NULL, 'M-einziger', 'idea')");
        Assert.Equal("12069", editor.ExecuteScalar<string>("SELECT county FROM breitband.\"Maßnahmen\" WHERE key = 'M-einziger'"));
    }

    [Fact]
    public void A_newer_program_brings_its_codes_and_styles_into_an_existing_store_and_an_older_leaves_them()
    {
        const string Harm = "CREATE OR REPLACE FUNCTION breitband.check_measure() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'alt'; END $$; DELETE FROM public.layer_styles; DROP VIEW breitband.\"Siedlungen\"; CREATE VIEW breitband.\"Siedlungen\" AS SELECT 1 AS id, ''::text AS county; ALTER VIEW breitband.\"Siedlungen\" OWNER TO breitband_owner;";
        using var editor = As("breitband_editor");
        void Change() => editor.Execute("UPDATE breitband.\"Maßnahmen\" SET title = 'neu'");

        PostGisServer.Execute(database, $"{Harm} UPDATE breitband.schema_versions SET generated = 'anders', generator = '99.0' WHERE version = (SELECT max(version) FROM breitband.schema_versions)");
        using (PostGisStore.Open(database, OpenMode.Write, Counties[0]))
            Assert.Equal("alt", Assert.Throws<PostgresException>(Change).MessageText);
        PostGisServer.Execute(database, "UPDATE breitband.schema_versions SET generator = '0.0.1' WHERE generator = '99.0'");
        using (PostGisStore.Open(database, OpenMode.Read, Counties[0]))
            Assert.Equal("alt", Assert.Throws<PostgresException>(Change).MessageText);
        using (PostGisStore.Open(database, OpenMode.Write, Counties[0]))
            Change();
        Assert.Equal(2, editor.ExecuteScalar<int>("SELECT count(name) FROM breitband.\"Siedlungen\""));
        Assert.Equal(1, editor.ExecuteScalar<int>("SELECT count(*) FROM public.layer_styles WHERE f_table_name = 'Siedlungen'"));
    }

    /// <summary>Debian's QGIS, headless; left out where it is not installed, as it is too large for every run.</summary>
    [Fact]
    public void Qgis_opens_every_view_styled_and_draws_a_measure_that_is_read_back()
    {
        if (!File.Exists("/usr/lib/python3/dist-packages/qgis/core/__init__.py"))
            return;
        var address = new NpgsqlConnectionStringBuilder(server.NewUser(database, "breitband_editor"));
        var script = Path.Combine(Repository.Root, "tests/Breitband.Tests/Store/qgis_postgis.py");
        string[] views = [.. Shown.Select(l => $"{l.German}|{(l.Shape == Shape.None ? "" : "geom")}")];
        var said = Foreign.Run("/usr/bin/python3", [script, address.Host!, $"{address.Port}", address.Database!, address.Username!, address.Password!, .. views]);
        var opened = said.Split('\n').Select(l => l.Split('|')).Where(l => l.Length == 5).ToDictionary(l => l[0]);
        foreach (var layer in Shown)
        {
            Assert.True(opened.TryGetValue(layer.German, out var view), $"{layer.German} is missing: {said}");
            Assert.True(int.Parse(view[1], System.Globalization.CultureInfo.InvariantCulture) >= 2, $"{layer.German}: {view[1]} rows");
            Assert.Equal(view[1], view[2]); // every id is of one feature
            Assert.Equal(QgisStyle.Qml(layer, layer.Shape) is null || layer == PostGisStore.RejectedLayer ? "" : "Breitband", view[3]);
        }
        Assert.Contains("drawn", said, StringComparison.Ordinal);
        using var store = PostGisStore.Open(database, OpenMode.Read, "12069");
        var drawn = store.Measures().Single(m => (string)m.Values[0]! == "M-gezeichnet");
        Assert.Equal("POLYGON ((1 1, 2 1, 2 2, 1 1))", drawn.Geometry!.AsText());
        Assert.Equal(address.Username, store.MeasureHistory("M-gezeichnet").Single().Who);
    }
}
