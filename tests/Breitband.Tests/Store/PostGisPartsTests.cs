using System.Globalization;
using Breitband.Store;
using Npgsql;

namespace Breitband.Tests.Store;

/// <summary>A large edition is stored in parts, which nobody sees before all are there, and of which nothing stays when they are given up.</summary>
public sealed class PostGisPartsTests(PostGisServer server)
{
    readonly string database = server.NewDatabase();

    PostGisStore Open(string? county = null)
    {
        var store = PostGisStore.Open(database, OpenMode.Create, county);
        store.PartSize = 3;
        return store;
    }

    static EditionWriter Begin(PostGisStore store, int rows, string source = "test")
    {
        var writer = store.Begin(StoreContract.Draft(Layer.Settlements, source), Layer.Settlements.Fields);
        for (var i = 1; i <= rows; i++)
            writer.Write(StoreContract.Settlement(i.ToString(CultureInfo.InvariantCulture), "Dorf"));
        return writer;
    }

    /// <summary>The tables of editions, with an asterisk behind those attached to their layer.</summary>
    string[] Tables()
    {
        using var connection = new NpgsqlConnection(database);
        connection.Open();
        using var command = new NpgsqlCommand("SELECT coalesce(string_agg(relname || CASE WHEN relispartition THEN '*' ELSE '' END, ' ' ORDER BY oid), '') FROM pg_class WHERE relkind = 'r' AND relname LIKE 'settlements%'", connection);
        return ((string)command.ExecuteScalar()!).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void Rows_are_cut_into_parts_and_come_back_in_their_order()
    {
        using var store = Open();
        using (var writer = Begin(store, 7))
            writer.Commit("{}");
        Assert.Equal(["settlements_12069_e1*", "settlements_12069_e1_p1*", "settlements_12069_e1_p2*"], Tables());
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], store.Read(store.LiveEditions(Layer.Settlements).Single()).Select(r => (string)r.Values[0]!));
        Assert.Empty(store.Check());
    }

    [Fact]
    public void A_part_that_is_full_to_the_last_row_is_the_last()
    {
        using var store = Open();
        using (var writer = Begin(store, 6))
            writer.Commit("{}");
        Assert.Equal(["settlements_12069_e1*", "settlements_12069_e1_p1*"], Tables());
    }

    [Fact]
    public void Rejected_rows_between_the_parts_are_kept()
    {
        using var store = Open();
        using var writer = Begin(store, 4);
        for (var i = 0; i < 600; i++) // more than are held back
            writer.Reject(new("datei.shp", i, null, new("schlecht", "bad"), null));
        for (var i = 5; i <= 8; i++)
            writer.Write(StoreContract.Settlement(i.ToString(CultureInfo.InvariantCulture), "Dorf"));
        var edition = writer.Commit("{}");
        Assert.Equal((8, 600), (store.Read(edition).Count(), store.Rejected(edition).Count()));
    }

    [Fact]
    public void A_lost_part_is_found_by_check()
    {
        using var store = Open();
        using (var writer = Begin(store, 7))
            writer.Commit("{}");
        PostGisServer.Execute(database, "DROP TABLE breitband.settlements_12069_e1_p1");
        Assert.Contains("4 statt 7 Zeilen", Assert.Single(store.Check()).De, StringComparison.Ordinal);
    }

    [Fact]
    public void An_import_that_is_given_up_leaves_no_part()
    {
        using var store = Open();
        using (Begin(store, 7))
            Assert.Empty(store.LiveEditions(Layer.Settlements));
        Assert.Empty(Tables());
    }

    [Fact]
    public void What_a_killed_import_left_is_swept_by_the_next()
    {
        using var store = Open();
        using (var writer = Begin(store, 2))
            writer.Commit("{}");
        // As a kill between two parts leaves them: committed, indexed and attached to nothing.
        foreach (var left in (string[])["settlements_12069_e2_p1", "settlements_12069_e2_p2", "settlements_12069_e3_p1"])
            PostGisServer.Execute(database, $"CREATE TABLE breitband.{left} (LIKE breitband.settlements); ALTER TABLE breitband.{left} OWNER TO breitband_owner; CREATE INDEX ON breitband.{left} USING gist (geom)");
        using (var writer = Begin(store, 7))
            writer.Commit("{}");
        Assert.Equal(["settlements_12069_e1*", "settlements_12069_e2*", "settlements_12069_e2_p1*", "settlements_12069_e2_p2*"], Tables());
    }

    [Fact]
    public void The_parts_of_an_import_still_running_are_not_swept()
    {
        using var store = Open();
        using var slow = Begin(store, 7, "langsam");
        using (var quick = Begin(store, 7, "schnell"))
            quick.Commit("{}");
        slow.Commit("{}");
        Assert.Equal([7, 7], store.LiveEditions(Layer.Settlements).Select(e => store.Read(e).Count()));
        Assert.Equal(6, Tables().Length);
    }

    [Fact]
    public void The_parts_of_another_county_are_not_swept()
    {
        using var store = Open();
        PostGisServer.Execute(database, "CREATE TABLE breitband.settlements_2069_e1_p1 (LIKE breitband.settlements); CREATE INDEX ON breitband.settlements_2069_e1_p1 USING gist (geom)");
        using (var writer = Begin(store, 2))
            writer.Commit("{}");
        Assert.Equal(["settlements_2069_e1_p1", "settlements_12069_e1*"], Tables());
    }

    [Fact]
    public void A_server_that_goes_while_another_part_is_begun_is_said_with_what_became_of_the_import()
    {
        PostGisServer.RequireOwnServer();
        using var cluster = new PostGisCluster();
        PostGisServer.Execute(cluster.ConnectionString("postgres"), "CREATE EXTENSION postgis");
        using var store = PostGisStore.Open(cluster.ConnectionString("postgres"), OpenMode.Create);
        store.PartSize = 3;
        using (var first = Begin(store, 7))
            first.Commit("{}");
        using (var writer = Begin(store, 3))
        {
            cluster.Stop();
            var said = Assert.Throws<BreitbandException>(() => writer.Write(StoreContract.Settlement("4", "Dorf")));
            Assert.Equal(Outcome.Failed, said.Outcome);
            Assert.Contains("nicht zu erreichen", said.Text.De, StringComparison.Ordinal);
            Assert.Contains("Geändert wurde nichts", said.Text.De, StringComparison.Ordinal);
        }
        cluster.Start();
        Assert.Equal(7, store.Read(Assert.Single(store.Editions())).Count());
        Assert.Empty(store.Check());
    }
}
