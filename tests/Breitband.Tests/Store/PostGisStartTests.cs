using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Breitband.Store;
using Npgsql;

namespace Breitband.Tests.Store;

/// <summary>What stands between the program and a store at its start, each with its own way out.</summary>
public sealed partial class PostGisStartTests(PostGisServer server)
{
    readonly string database = server.NewDatabase();

    static string With(string connection, Action<NpgsqlConnectionStringBuilder> change)
    {
        var address = new NpgsqlConnectionStringBuilder(connection);
        change(address);
        return address.ToString();
    }

    static string Failure(string where, OpenMode mode = OpenMode.Create)
    {
        var said = Assert.Throws<BreitbandException>(() => PostGisStore.Open(where, mode));
        Assert.Equal(Outcome.Failed, said.Outcome);
        Assert.DoesNotContain("Rechnername und Port", said.Text.De, StringComparison.Ordinal);
        return said.Text.De;
    }

    [Fact]
    public void A_password_that_is_missing_is_asked_for() =>
        Assert.Contains("PGPASSWORD setzen", Failure(With(database, a => (a.Password, a.Passfile) = (null, "/dev/null"))), StringComparison.Ordinal);

    [Fact]
    public void A_server_without_encryption_is_named_as_such() =>
        Assert.Contains("verschlüsselte Verbindung (TLS) kommt nicht zustande", Failure(With(database, a => a.SslMode = SslMode.VerifyFull)), StringComparison.Ordinal);

    [Fact]
    public void A_host_that_does_not_exist_is_not_a_lost_connection()
    {
        var unknown = new SocketException((int)SocketError.HostNotFound);
        Assert.False(PostGisErrors.Passing(unknown));
        Assert.Contains("Diesen Rechner gibt es nicht", PostGisErrors.Translate(unknown, "postgres://x").Text.De, StringComparison.Ordinal);
    }

    /// <summary>What is passing is tried again, what was refused is not.</summary>
    [Theory]
    [InlineData(SocketError.ConnectionRefused, true)]
    [InlineData(SocketError.TimedOut, true)]
    [InlineData(SocketError.HostNotFound, false)]
    public void Only_what_may_pass_is_tried_again(SocketError error, bool passing) =>
        Assert.Equal(passing, PostGisErrors.Passing(new NpgsqlException("x", new SocketException((int)error))));

    [Fact]
    public void A_server_that_takes_calls_and_says_nothing_is_given_up_after_the_time_that_is_told()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var said = Assert.Throws<BreitbandException>(() => PostGisStore.Open(With(database, a => (a.Host, a.Port, a.Timeout) = ("127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port, 6)), OpenMode.Read));
        var told = Attempts().Match(said.Text.De);
        Assert.True(told.Success, said.Text.De);
        Assert.Equal("2 Versuche", told.Groups[1].Value);
        Assert.InRange(int.Parse(told.Groups[2].Value, CultureInfo.InvariantCulture), 12, Math.Ceiling(watch.Elapsed.TotalSeconds));
        Assert.Contains("Geändert wurde nichts", said.Text.De, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\((\d+ Versuche?) in (\d+) s")]
    private static partial Regex Attempts();

    string Maker(string rights = "CREATEROLE")
    {
        var maker = server.NewUser(database);
        PostGisServer.Execute(database, $"ALTER ROLE {Name(maker)} {rights}");
        return maker;
    }

    static string Name(string user) => new NpgsqlConnectionStringBuilder(user).Username!;

    string Database => new NpgsqlConnectionStringBuilder(database).Database!;

    /// <summary>Every right that is missing is named with its statement; typing them is enough.</summary>
    [Fact]
    public void Whoever_may_not_make_a_store_learns_the_statements_that_let_him_and_they_do()
    {
        PostGisServer.Execute(database, "CREATE TABLE public.layer_styles (id serial PRIMARY KEY, f_table_catalog varchar, f_table_schema varchar, f_table_name varchar, f_geometry_column varchar, stylename text, styleqml xml, stylesld xml, useasdefault boolean, description text, owner varchar(63), ui xml, update_time timestamp DEFAULT CURRENT_TIMESTAMP, type varchar)");
        var maker = Maker("CREATEROLE");
        var said = Failure(maker);
        Assert.Contains("CREATE in der Datenbank", said, StringComparison.Ordinal);
        Assert.Contains("layer_styles weiterzugeben", said, StringComparison.Ordinal);
        Assert.DoesNotContain("CREATEROLE", said, StringComparison.Ordinal);
        foreach (Match remedy in Grant().Matches(said))
            PostGisServer.Execute(database, remedy.Value);
        using var store = PostGisStore.Open(maker, OpenMode.Create);
        Assert.Empty(store.Editions());
    }

    [GeneratedRegex("(GRANT|ALTER ROLE) [^;]+;")]
    private static partial Regex Grant();

    [Fact]
    public void Where_the_schema_public_is_closed_that_is_what_is_said()
    {
        var maker = Maker();
        PostGisServer.Execute(database, $"REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT CREATE ON DATABASE {Database} TO {Name(maker)}");
        Assert.Contains($"GRANT CREATE ON SCHEMA public TO {Name(maker)};", Failure(maker), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_a_tablespace_is_closed_that_is_what_is_said()
    {
        using (PostGisStore.Open(database, OpenMode.Create)) // its roles are there now, without a right to the tablespace
            PostGisServer.Execute(database, "DROP SCHEMA breitband CASCADE");
        // pg_global takes shared tables only, but whether it may be used is asked first.
        Assert.Contains("GRANT CREATE ON TABLESPACE pg_global TO breitband_owner;", Failure(With(database, a => a.Options = "-c default_tablespace=pg_global")), StringComparison.Ordinal);
    }
}
