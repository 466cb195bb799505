using Breitband.Store;
using Dapper;
using Npgsql;

namespace Breitband.Tests.Store;

/// <summary>Who connects directly, with QGIS or SQL: what each role sees and may change.</summary>
public sealed class PostGisRolesTests : IDisposable
{
    readonly PostGisServer server;
    readonly string database;
    readonly PostGisStore store;

    public PostGisRolesTests(PostGisServer server)
    {
        this.server = server;
        database = server.NewDatabase();
        store = PostGisStore.Open(database, OpenMode.Create);
        foreach (var (source, disclosure) in new[] { ("offen", Disclosure.Public), ("intern", Disclosure.Internal), ("geheim", Disclosure.Confidential) })
            StoreContract.Import(store, StoreContract.Draft(Layer.Settlements, source) with { Disclosure = disclosure }, Layer.Settlements.Fields, StoreContract.Settlement("1", source));
        foreach (var disclosure in (string?[])["öffentlich", null, "vertraulich"])
            store.ChangeMeasure(new($"M-{disclosure}", 0, Measure($"M-{disclosure}", disclosure), "Frau Muster"));
    }

    public void Dispose() => store.Dispose();

    static Row Measure(string key, string? disclosure) => new(StoreContract.Shape("POLYGON ((0 0, 9 0, 9 9, 0 0))"),
        [.. Layer.Measures.Fields.Select(f => (object?)(f.Name switch { "key" => key, "state" => "planning", "disclosure" => disclosure, _ => null }))]);

    NpgsqlConnection As(params string[] roles)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.NewUser(database, roles)) { Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    static string Refused(Action work) => Assert.Throws<PostgresException>(work).MessageText;

    [Theory]
    [InlineData("breitband_reader", 1)]
    [InlineData("breitband_internal", 2)]
    [InlineData("breitband_confidential", 3)]
    [InlineData("breitband_editor", 3)]
    public void Each_role_sees_the_rows_of_its_class_in_views_and_tables_alike(string role, int classes)
    {
        using var user = As(role);
        Assert.Equal(classes, user.ExecuteScalar<int>("SELECT count(*) FROM breitband.\"Siedlungen\""));
        Assert.Equal(classes, user.ExecuteScalar<int>("SELECT count(*) FROM breitband.settlements"));
        Assert.Equal(classes, user.ExecuteScalar<int>("SELECT count(*) FROM breitband.\"Maßnahmen\""));
        Assert.Equal(classes, user.ExecuteScalar<int>("SELECT count(*) FROM breitband.measures"));
        Assert.Equal(classes, user.ExecuteScalar<int>("SELECT count(*) FROM breitband.measure_history"));
        Assert.Contains("permission denied", Refused(() => user.Execute("SELECT * FROM breitband.settlements_12069_e3")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_program_refuses_figures_that_would_leave_out_what_a_reader_may_not_see()
    {
        using var reader = PostGisStore.Open(server.NewUser(database, "breitband_reader"), OpenMode.Read);
        var live = reader.LiveEditions(Layer.Settlements).ToList();
        Assert.Equal("offen", reader.Read(live[0]).Single().Values[2]);
        foreach (var work in (Func<object>[])[() => reader.Read(live[1]).ToList(), () => reader.Read(live[2]).ToList(), () => reader.Measures().ToList()])
            Assert.Equal(Outcome.InputRefused, Assert.Throws<BreitbandException>(work).Outcome);
        using var full = PostGisStore.Open(server.NewUser(database, "breitband_confidential"), OpenMode.Read);
        Assert.Equal(3, full.Measures().Count());
    }

    [Fact]
    public void Of_an_edition_above_his_class_a_reader_learns_that_it_is_there_but_not_its_file_its_counts_and_its_report()
    {
        using (var reader = PostGisStore.Open(server.NewUser(database, "breitband_reader"), OpenMode.Read))
        {
            var (open, closed) = (reader.Editions()[0], reader.Editions()[2]);
            Assert.Equal((false, "datei.shp", 1L, "{}"), (open.IsClosed, open.File, open.RowCount, reader.Report(open)));
            Assert.Equal((true, "", 0L, ""), (closed.IsClosed, closed.File, closed.RowCount, reader.Report(closed)));
            Assert.Equal(("abc", ""), (closed.Sha256, closed.Options)); // a run is known by them
            Assert.Equal(("settlements:geheim", Disclosure.Confidential, true), (closed.Dataset.ToString(), closed.Disclosure, closed.Live));
        }
        using (var user = As("breitband_reader"))
        {
            Assert.Contains("permission denied", Refused(() => user.Execute("SELECT report FROM breitband.editions")), StringComparison.Ordinal);
            Assert.Equal(1, user.ExecuteScalar<int>("SELECT count(*) FROM breitband.edition_rows('12069')"));
        }
        using var full = PostGisStore.Open(server.NewUser(database, "breitband_editor"), OpenMode.Read);
        Assert.Equal(store.Editions(), full.Editions());
    }

    [Fact]
    public void A_reader_learns_that_there_was_a_run_but_not_its_answer_of_single_places()
    {
        store.SaveRun(new("run1", DateTime.UtcNow, "{}", "{\"answer\":1}"), []);
        using (var reader = PostGisStore.Open(server.NewUser(database, "breitband_reader"), OpenMode.Read))
            Assert.Equal(("run1", ""), (reader.Runs().Single().Id, reader.Runs().Single().Summary));
        using var user = As("breitband_reader");
        Assert.Contains("permission denied", Refused(() => user.Execute("SELECT summary FROM breitband.runs")), StringComparison.Ordinal);
        Assert.Equal("{\"answer\":1}", store.Runs().Single().Summary);
    }

    [Theory]
    [InlineData("breitband_reader", 0)]
    [InlineData("breitband_internal", 0)]
    [InlineData("breitband_confidential", 6)]
    [InlineData("breitband_editor", 6)]
    public void Whoever_sees_everything_sees_who_changed_what(string role, int entries)
    {
        using var user = As(role);
        Assert.Equal(entries, user.ExecuteScalar<int>("SELECT count(*) FROM breitband.audit"));
        using var program = PostGisStore.Open(server.NewUser(database, role), OpenMode.Read);
        Assert.Equal(entries, program.Audit().Count);
    }

    [Fact]
    public void An_edit_by_hand_is_in_the_audit_and_nobody_can_pass_for_another()
    {
        using var editor = As("breitband_editor");
        editor.Execute("SET breitband.actor = 'ein anderer'; SET breitband.who = 'ein anderer'; UPDATE breitband.\"Maßnahmen\" SET state = 'construction' WHERE key = 'M-öffentlich'");
        var entry = store.Audit(1)[0];
        Assert.Equal((editor.ExecuteScalar<string>("SELECT session_user::text"), "measure.change", "M-öffentlich"), (entry.Who, entry.Action, entry.Subject));
    }

    [Fact]
    public void A_store_of_an_older_program_gets_its_audit_from_the_first_who_may_write()
    {
        PostGisServer.Execute(database, "DROP TRIGGER audit_measure ON breitband.measure_history; DROP FUNCTION breitband.audit_measure(); DROP TABLE breitband.audit; DROP FUNCTION breitband.refuse_change(); DELETE FROM breitband.schema_versions WHERE version >= 2; DROP VIEW breitband.visible_editions; DROP FUNCTION breitband.edition_rows(text), breitband.session_clearance(); ALTER TABLE breitband.schema_versions DROP generated, DROP generator; GRANT SELECT ON breitband.editions TO breitband_reader, breitband_editor");
        using (var reader = PostGisStore.Open(database, OpenMode.Read))
            Assert.Empty(reader.Audit());
        using var editor = PostGisStore.Open(server.NewUser(database, "breitband_editor"), OpenMode.Write);
        editor.ChangeMeasure(new("M-öffentlich", 1, Measure("M-öffentlich", "intern"), "Herr Beispiel"));
        Assert.Equal("Herr Beispiel", Assert.Single(store.Audit()).Who);
    }

    [Fact]
    public void An_editor_imports_with_the_program()
    {
        using var editor = PostGisStore.Open(server.NewUser(database, "breitband_editor"), OpenMode.Write);
        var edition = StoreContract.Import(editor, StoreContract.Draft(Layer.Settlements, "offen"), Layer.Settlements.Fields, StoreContract.Settlement("1", "neu"));
        Assert.Equal("neu", store.Read(edition).Single().Values[2]);
        Assert.Equal(2, editor.ChangeMeasure(new("M-öffentlich", 1, Measure("M-öffentlich", "intern"), "Herr Beispiel")));
    }

    [Fact]
    public void An_edit_by_hand_is_read_back_and_stands_in_the_history_under_the_users_name()
    {
        using var editor = As("breitband_editor");
        var name = editor.ExecuteScalar<string>("SELECT session_user::text")!;
        editor.Execute("UPDATE breitband.\"Maßnahmen\" SET state = 'construction', geom = ST_SetSRID('LINESTRING(0 0, 5 5)'::geometry, 25833) WHERE key = 'M-öffentlich'");
        editor.Execute("INSERT INTO breitband.\"Maßnahmen\" (key, title, state) VALUES ('M-neu', 'Gezeichnet', 'idea')");
        editor.Execute("DELETE FROM breitband.\"Maßnahmen\" WHERE key = 'M-vertraulich'");
        var measures = store.Measures().ToDictionary(r => (string)r.Values[0]!);
        Assert.Equal(["M-", "M-neu", "M-öffentlich"], measures.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("construction", "LINESTRING (0 0, 5 5)"), (measures["M-öffentlich"].Values[3], measures["M-öffentlich"].Geometry!.AsText()));
        Assert.Equal([("create", "Frau Muster"), ("change", name)], store.MeasureHistory("M-öffentlich").Select(c => (c.What, c.Who)));
        Assert.Equal(["create", "delete"], store.MeasureHistory("M-vertraulich").Select(c => c.What));
        Assert.Equal((2, 1), (store.MeasureVersions()["M-öffentlich"], store.MeasureVersions()["M-neu"]));
        Assert.Equal(Outcome.InputRefused, Assert.Throws<BreitbandException>(() => store.ChangeMeasure(new("M-öffentlich", 1, Measure("M-öffentlich", null), "zu spät"))).Outcome);
    }

    [Theory]
    [InlineData("UPDATE breitband.\"Maßnahmen\" SET state = 'fertig'", "Den Stand „fertig“ gibt es nicht.")]
    [InlineData("UPDATE breitband.\"Maßnahmen\" SET technology = 'Kupfer'", "Die Technik „Kupfer“ gibt es nicht.")]
    [InlineData("UPDATE breitband.\"Maßnahmen\" SET disclosure = 'egal'", "Die Vertraulichkeit „egal“ gibt es nicht.")]
    [InlineData("UPDATE breitband.\"Maßnahmen\" SET key = 'andere'", "Die Kennung einer Maßnahme bleibt; für eine andere eine neue Maßnahme anlegen.")]
    [InlineData("UPDATE breitband.\"Siedlungen\" SET name = 'x'", "cannot update view \"Siedlungen\"")]
    [InlineData("UPDATE breitband.settlements SET name = 'x'", "permission denied for table settlements")]
    [InlineData("DELETE FROM breitband.editions", "permission denied for table editions")]
    [InlineData("DELETE FROM breitband.measure_history", "permission denied for table measure_history")]
    [InlineData("DELETE FROM breitband.audit", "permission denied for table audit")]
    [InlineData("INSERT INTO breitband.audit (county, at, who, action, subject) VALUES ('12069', now(), 'ein anderer', 'import', 'x')", "permission denied for table audit")]
    [InlineData("SET ROLE breitband_owner; UPDATE breitband.audit SET who = 'ein anderer'", "Das Protokoll der Änderungen wird nur fortgeschrieben.")]
    [InlineData("SET ROLE breitband_owner; TRUNCATE breitband.audit", "Das Protokoll der Änderungen wird nur fortgeschrieben.")]
    [InlineData("UPDATE breitband.measures SET state = 'idea'", "permission denied for table measures")]
    public void What_a_hand_may_not_change_is_refused(string sql, string said)
    {
        using var editor = As("breitband_editor");
        Assert.Equal(said, Refused(() => editor.Execute(sql)));
        Assert.Equal(3, store.Measures().Count(r => (string)r.Values[3]! == "planning"));
    }

    [Theory]
    [InlineData("UPDATE breitband.\"Maßnahmen\" SET title = 'x'", "permission denied for view Maßnahmen")]
    [InlineData("SET ROLE breitband_owner", "permission denied to set role \"breitband_owner\"")]
    [InlineData("CREATE TABLE breitband.eigene (id int)", "permission denied for schema breitband")]
    public void A_reader_changes_nothing(string sql, string said)
    {
        using var reader = As("breitband_confidential");
        Assert.Equal(said, Refused(() => reader.Execute(sql)));
    }

    [Fact]
    public void An_unknown_history_author_is_not_believed()
    {
        using var editor = As("breitband_editor");
        editor.Execute("SET breitband.who = 'Der Landrat'; UPDATE breitband.\"Maßnahmen\" SET title = 'x' WHERE key = 'M-öffentlich'");
        Assert.Equal(editor.ExecuteScalar<string>("SELECT session_user::text"), store.MeasureHistory("M-öffentlich")[^1].Who);
    }

    [Fact]
    public void Every_layer_has_its_view_and_every_layer_of_the_legend_its_style()
    {
        using var reader = As("breitband_reader");
        var views = reader.Query<string>("SELECT viewname FROM pg_views WHERE schemaname = 'breitband'").ToHashSet();
        Assert.Subset(views, Layer.Imported.Concat(Layer.Results).Select(l => l.German).ToHashSet());
        var styled = reader.Query<string>("SELECT f_table_name FROM public.layer_styles WHERE useasdefault AND styleqml IS DOCUMENT").ToHashSet();
        Assert.Equal(Layer.Imported.Concat(Layer.Results).Where(l => QgisStyle.Qml(l, l.Shape) is not null).Select(l => l.German).Order(StringComparer.Ordinal), styled.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void GDAL_opens_a_view_with_its_geometry_and_its_rows()
    {
        if (!Foreign.Has("ogrinfo"))
            return;
        var address = new NpgsqlConnectionStringBuilder(server.NewUser(database, "breitband_reader"));
        var said = Foreign.Run("ogrinfo", "-ro", "-so", $"PG:host={address.Host} port={address.Port} dbname={address.Database} user={address.Username} password={address.Password} schemas=breitband", "Siedlungen");
        Assert.Contains("Feature Count: 1", said, StringComparison.Ordinal);
        Assert.Contains("25833", said, StringComparison.Ordinal);
    }
}
