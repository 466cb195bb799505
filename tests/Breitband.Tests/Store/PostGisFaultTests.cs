using Breitband.Store;
using Breitband.Tests.Service;
using Npgsql;

namespace Breitband.Tests.Store;

/// <summary>What goes wrong with a database is said with its way out, and nothing stored is lost.</summary>
public sealed class PostGisFaultTests(PostGisServer server)
{
    readonly string database = server.NewDatabase();

    PostGisStore Open(string? where = null) => PostGisStore.Open(where ?? database, OpenMode.Create);

    string With(Action<NpgsqlConnectionStringBuilder> change)
    {
        var address = new NpgsqlConnectionStringBuilder(database);
        change(address);
        return address.ToString();
    }

    static void Says(Outcome outcome, string text, Func<object?> work)
    {
        var said = Assert.Throws<BreitbandException>(work);
        Assert.Contains(text, said.Text.De, StringComparison.Ordinal);
        Assert.Equal(outcome, said.Outcome);
    }

    static Edition Import(PostGisStore store, string name) => StoreContract.Import(store, StoreContract.Draft(Layer.Settlements), Layer.Settlements.Fields, StoreContract.Settlement("1", name));

    static string Name(PostGisStore store) => (string)store.LiveEditions(Layer.Settlements).SelectMany(store.Read).Single().Values[2]!;

    [Fact]
    public void A_wrong_password_is_said_without_repeating_it()
    {
        var (code, _, error) = Calls.RunAsTyped(["editions", "--store", With(a => a.Password = "geheim-und-falsch")]);
        Assert.Equal(1, code);
        Assert.Contains("Benutzer und Passwort prüfen", error, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim-und-falsch", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_is_away_is_tried_a_bounded_time()
    {
        var (code, _, error) = Calls.RunAsTyped(["editions", "--store", With(a => a.Port = 1)]);
        Assert.Equal(1, code);
        Assert.Contains("nicht zu erreichen (5 Versuche", error, StringComparison.Ordinal);
        Assert.Contains("Geändert wurde nichts", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_does_not_exist_is_said_with_the_command_that_makes_it() =>
        Says(Outcome.Failed, "createdb", () => Open(With(a => a.Database = "breitband_gibt_es_nicht")));

    [Fact]
    public void A_database_that_is_no_store_is_not_read_as_one() =>
        Says(Outcome.InputRefused, "noch kein Breitband-Speicher", () => PostGisStore.Open(database, OpenMode.Read));

    [Fact]
    public void Without_the_extension_whoever_may_not_make_it_learns_who_may()
    {
        var plain = server.NewPlainDatabase();
        Says(Outcome.InputRefused, "CREATE EXTENSION postgis", () => Open(server.NewUser(plain)));
        using var made = Open(plain);
        Assert.Empty(made.Check());
    }

    [Fact]
    public void The_owner_of_a_database_makes_a_store_without_being_superuser()
    {
        var owner = server.NewUser(database);
        var name = new NpgsqlConnectionStringBuilder(owner);
        PostGisServer.Execute(database, $"ALTER ROLE {name.Username} CREATEROLE; ALTER DATABASE {name.Database} OWNER TO {name.Username}");
        using var store = Open(owner);
        Import(store, "Dorf");
        Assert.Equal("Dorf", Name(store));
        Assert.Contains("LEAKPROOF", Assert.Single(store.Check()).De, StringComparison.Ordinal); // which the administrator's set-up says, as only a superuser may
    }

    [Fact]
    public void A_PostGIS_that_is_too_old_is_refused_with_what_upgrades_it()
    {
        PostGisServer.Execute(database, "UPDATE pg_extension SET extversion = '2.5.5' WHERE extname = 'postgis'");
        Says(Outcome.InputRefused, "PostGIS 2.5.5 ist zu alt, nötig ist 3. Ein Verwalter behebt es mit: SELECT postgis_extensions_upgrade();", () => Open());
    }

    [Fact]
    public void A_user_without_rights_learns_which_are_missing()
    {
        using (var store = Open())
            Import(store, "alt");
        Says(Outcome.Failed, "GRANT breitband_editor", () => PostGisStore.Open(server.NewUser(database), OpenMode.Read));
        using var reader = PostGisStore.Open(server.NewUser(database, "breitband_reader"), OpenMode.Write);
        Says(Outcome.Failed, "GRANT breitband_editor", () => Import(reader, "neu"));
    }

    [Fact]
    public void A_statement_timeout_changes_nothing_and_is_explained()
    {
        using var store = Open();
        Import(store, "alt");
        using var blocking = new NpgsqlConnection(database);
        blocking.Open();
        using var transaction = blocking.BeginTransaction();
        using (var command = new NpgsqlCommand("LOCK TABLE breitband.editions IN SHARE ROW EXCLUSIVE MODE", blocking, transaction))
            command.ExecuteNonQuery();
        using (var hurried = Open(With(a => a.Options = "-c statement_timeout=300")))
            Says(Outcome.Failed, "statement_timeout = 0", () => Import(hurried, "neu"));
        transaction.Rollback();
        Assert.Equal("alt", Name(store));
    }

    [Fact]
    public void A_killed_backend_undoes_its_import_and_the_store_goes_on()
    {
        using var store = Open();
        Import(store, "alt");
        using (var writer = store.Begin(StoreContract.Draft(Layer.Settlements), Layer.Settlements.Fields))
        {
            writer.Write(StoreContract.Settlement("1", "halb"));
            Terminate();
            Says(Outcome.Failed, "wiederholen", () =>
            {
                for (var i = 0; i < 100_000; i++)
                    writer.Write(StoreContract.Settlement($"{i}", "halb"));
                return writer.Commit("{}");
            });
        }
        Assert.Equal("alt", Name(store)); // the connections kept ready were killed, too
        Assert.Equal(2, Import(store, "neu").Number);
        Assert.Empty(store.Check());
    }

    [Fact]
    public void An_import_that_is_given_up_while_its_backend_is_killed_is_put_away_in_silence()
    {
        using var store = Open();
        Import(store, "alt");
        store.PartSize = 2;
        var copying = store.Begin(StoreContract.Draft(Layer.Settlements), Layer.Settlements.Fields);
        for (var i = 0; i < 3; i++)
            copying.Write(StoreContract.Settlement($"{i}", "halb"));
        var idle = store.Begin(StoreContract.Draft(Layer.Measures), Layer.Measures.Fields);
        Terminate();
        Assert.Null(Record.Exception(copying.Dispose));
        Assert.Null(Record.Exception(idle.Dispose));
        Assert.Equal("alt", Name(store));
    }

    [Fact]
    public void A_query_that_is_given_up_while_its_backend_is_killed_is_put_away_in_silence()
    {
        using var store = Open();
        var edition = StoreContract.Import(store, StoreContract.Draft(Layer.Settlements), Layer.Settlements.Fields, [.. Enumerable.Range(0, 200_000).Select(i => StoreContract.Settlement($"{i}", "Dorf"))]);
        var rows = store.Read(edition).GetEnumerator();
        Assert.True(rows.MoveNext());
        Terminate();
        Assert.Null(Record.Exception(rows.Dispose));
        Assert.Equal(200_000, store.Read(edition).Count());
    }

    [Fact]
    public void A_backend_killed_while_it_answers_is_an_error_not_a_short_answer()
    {
        using var store = Open();
        var edition = StoreContract.Import(store, StoreContract.Draft(Layer.Settlements), Layer.Settlements.Fields, [.. Enumerable.Range(0, 200_000).Select(i => StoreContract.Settlement($"{i}", "Dorf"))]);
        using var rows = store.Read(edition).GetEnumerator();
        Assert.True(rows.MoveNext());
        Terminate();
        Says(Outcome.Failed, "Geändert wurde nichts", () =>
        {
            while (rows.MoveNext())
                Assert.NotNull(rows.Current.Values);
            return null;
        });
        Assert.Equal(200_000, store.Read(edition).Count());
    }

    /// <summary>Ends everybody else's connection to the test's database.</summary>
    void Terminate() => PostGisServer.Execute(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

    [Fact]
    public void A_store_of_a_newer_program_is_refused()
    {
        using (Open())
            PostGisServer.Execute(database, "INSERT INTO breitband.schema_versions VALUES (99)");
        Says(Outcome.InputRefused, "Schema 99", () => Open());
    }

    [Fact]
    public void A_field_that_an_older_store_lacks_reads_as_unknown_and_is_added_by_whoever_writes()
    {
        using (var store = Open())
            StoreContract.Import(store, StoreContract.Draft(Layer.Settlements), Layer.Settlements.Fields, StoreContract.Settlement("1", "Dorf"));
        PostGisServer.Execute(database, "DROP VIEW breitband.\"Siedlungen\"; ALTER TABLE breitband.settlements DROP COLUMN name; DROP TABLE breitband.gaps CASCADE");
        using (var reader = PostGisStore.Open(database, OpenMode.Read))
        {
            Assert.Equal(["1", "12069017", null], reader.LiveEditions(Layer.Settlements).SelectMany(reader.Read).Single().Values);
            Assert.Empty(reader.ReadResult(Layer.GapAreas));
        }
        using var writer = PostGisStore.Open(database, OpenMode.Write);
        Assert.Empty(writer.Check());
        Assert.Equal("neu", (Import(writer, "neu"), Name(writer)).Item2);
    }

    [Theory]
    [InlineData("DROP INDEX breitband.rejected_geom")]
    [InlineData("DROP INDEX breitband.settlements_geom")]
    [InlineData("DROP INDEX breitband.editions_one_live")]
    public void A_missing_index_is_found_with_the_statement_that_makes_it(string harm) => IsFoundAndMended("fehlt ein Index", "CREATE", harm);

    [Theory]
    [InlineData("counties")]
    [InlineData("schema_versions")]
    [InlineData("editions")]
    [InlineData("rejected")]
    [InlineData("runs")]
    [InlineData("measures")]
    [InlineData("measure_history")]
    [InlineData("audit")]
    [InlineData("settlements")]
    [InlineData("coverage_municipalities")]
    [InlineData("gaps")]
    [InlineData("result_municipalities")]
    public void A_missing_primary_key_is_found_with_the_statement_that_makes_it(string table) =>
        IsFoundAndMended($"Der Tabelle breitband.{table} fehlt der Primärschlüssel", "ALTER TABLE", $"ALTER TABLE breitband.{table} DROP CONSTRAINT {table}_pkey CASCADE");

    void IsFoundAndMended(string said, string remedy, string harm)
    {
        using var store = Open();
        Import(store, "Dorf");
        StoreContract.Import(store, StoreContract.Draft(Layer.CoverageMunicipalities), Layer.CoverageMunicipalities.Fields, new Row(null, new object?[Layer.CoverageMunicipalities.Fields.Count]));
        PostGisServer.Execute(database, harm);
        var missing = store.Check().Select(p => p.De).ToList();
        Assert.NotEmpty(missing);
        Says(Outcome.Failed, said, () => PostGisStore.Open(database, OpenMode.Write));
        foreach (var problem in missing)
            PostGisServer.Execute(database, problem[problem.IndexOf(remedy, StringComparison.Ordinal)..]);
        Assert.Empty(store.Check());
    }

    [Fact]
    public void Rows_somebody_removed_from_an_edition_are_noticed()
    {
        using var store = Open();
        Import(store, "Dorf");
        PostGisServer.Execute(database, "DELETE FROM breitband.settlements");
        Assert.Contains("0 statt 1 Zeilen", Assert.Single(store.Check()).De, StringComparison.Ordinal);
        foreach (var role in (string[])["breitband_editor", "breitband_confidential", "breitband_internal"]) // who may not read a partition, too
            using (var other = PostGisStore.Open(server.NewUser(database, role), OpenMode.Read))
                Assert.Contains("0 statt 1 Zeilen", Assert.Single(other.Check()).De, StringComparison.Ordinal);
        using var reader = PostGisStore.Open(server.NewUser(database, "breitband_reader"), OpenMode.Read);
        Assert.StartsWith("Nicht geprüft: die Zeilen von 1 Datenständen", Assert.Single(reader.Check()).De, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_of_an_older_program_is_read_and_says_what_was_not_checked()
    {
        using (var store = Open())
            Import(store, "Dorf");
        PostGisServer.Execute(database, "DROP VIEW breitband.visible_editions; DROP FUNCTION breitband.edition_rows(text), breitband.session_clearance(); ALTER TABLE breitband.schema_versions DROP generated, DROP generator; GRANT SELECT ON breitband.editions TO breitband_reader, breitband_editor; DELETE FROM breitband.schema_versions WHERE version = 3");
        using (var old = PostGisStore.Open(server.NewUser(database, "breitband_editor"), OpenMode.Read))
        {
            Assert.Equal("Dorf", Name(old));
            Assert.StartsWith("Nicht geprüft: die Zeilen der Datenstände", Assert.Single(old.Check()).De, StringComparison.Ordinal);
        }
        using var editor = PostGisStore.Open(server.NewUser(database, "breitband_editor"), OpenMode.Write);
        Assert.Equal(2, Import(editor, "neu").Number);
        Assert.Empty(editor.Check());
    }

    /// <summary>A file of the server may not grow beyond 17 MB, which its log needs and a large edition exceeds: to the server that is a full disk.</summary>
    [Fact]
    public void A_full_disk_is_said_and_leaves_the_old_edition_whole()
    {
        PostGisServer.RequireOwnServer();
        using var cluster = new PostGisCluster { LargestFile = 17_001 };
        using var store = Open(cluster.ConnectionString("postgres"));
        Import(store, "vorher");
        Says(Outcome.Failed, "Auf dem Server ist kein Platz mehr", () =>
        {
            using var writer = store.Begin(StoreContract.Draft(Layer.Settlements), Layer.Settlements.Fields);
            var name = new string('x', 1000);
            for (var i = 0; i < 30_000; i++)
                writer.Write(StoreContract.Settlement(i.ToString(System.Globalization.CultureInfo.InvariantCulture), name));
            return writer.Commit("{}");
        });
        Assert.Equal("vorher", Name(store));
        Assert.Empty(store.Check());
        Import(store, "nachher");
        Assert.Equal("nachher", Name(store));
    }
}
