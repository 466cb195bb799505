using Breitband.Store;
using Dapper;
using Npgsql;

namespace Breitband.Tests.Store;

public sealed class PostGisServerTests(PostGisServer server)
{
    [Fact]
    public void A_test_gets_a_database_of_its_own_with_PostGIS_on_loopback()
    {
        using var connection = new NpgsqlConnection(server.NewDatabase());
        connection.Open();
        using var command = new NpgsqlCommand("SELECT split_part(postgis_lib_version(), '.', 1)", connection);
        Assert.Equal("3", command.ExecuteScalar());
    }

    [Fact]
    public void A_server_that_is_named_is_left_as_it_was_found()
    {
        PostGisServer.RequireOwnServer();
        using var cluster = new PostGisCluster();
        using (var named = new PostGisServer(cluster.ConnectionString("postgres")))
        using (PostGisStore.Open(named.NewDatabase(), OpenMode.Create))
            Assert.NotEmpty(named.NewUser(named.NewDatabase(), "breitband_reader"));
        using var connection = new NpgsqlConnection(cluster.ConnectionString("postgres"));
        Assert.Equal(["postgres", "template0", "template1"], connection.Query<string>("SELECT datname FROM pg_database ORDER BY datname"));
        Assert.Empty(connection.Query<string>("SELECT rolname FROM pg_roles WHERE rolname LIKE 'breitband%'"));
    }
}
