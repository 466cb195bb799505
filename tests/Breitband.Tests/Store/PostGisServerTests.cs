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
}
