using System.Diagnostics;
using System.Globalization;
using Breitband.Analyse;
using Breitband.Store;
using Breitband.Tests.Analyse;
using Dapper;
using Npgsql;

namespace Breitband.Tests.Store;

public sealed class PostGisBackupTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A client program of PostgreSQL, as docs/postgis.md calls it.</summary>
    static void Run(string program, string database, params string[] arguments)
    {
        var address = new NpgsqlConnectionStringBuilder(database);
        var start = new ProcessStartInfo(Path.Combine(PostGisCluster.Binaries!, program), ["-h", address.Host!, "-p", address.Port.ToString(CultureInfo.InvariantCulture), "-U", address.Username!, .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PGPASSWORD"] = address.Password;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {said} {output.GetAwaiter().GetResult()}");
    }

    static string Answer(Breitband.Store.Store store) => string.Join('\n', GapEngine.Run(store, Village.Options()).Rows.Select(r => $"{r.Level} {r.Key} {r.Households} {r.Addresses} {r.Businesses}"));

    static string To(string connection, string server) => new NpgsqlConnectionStringBuilder(connection) { Port = new NpgsqlConnectionStringBuilder(server).Port }.ToString();

    /// <summary>As docs/postgis.md says it, statement by statement: roles and passwords, too, come from the backup.</summary>
    [Fact]
    public void A_dump_restored_on_an_empty_server_is_the_same_store()
    {
        PostGisServer.RequireOwnServer();
        using PostGisCluster old = new(), young = new();
        using var users = new PostGisServer(old.ConnectionString("postgres"));
        var admin = users.NewDatabase();
        var planung = users.NewUser(admin);
        var (owner, name) = (new NpgsqlConnectionStringBuilder(planung).Username!, new NpgsqlConnectionStringBuilder(admin).Database!);
        PostGisServer.Execute(admin, $"ALTER ROLE {owner} CREATEROLE; ALTER DATABASE {name} OWNER TO {owner}; ALTER FUNCTION geometry_overlaps(geometry, geometry) LEAKPROOF");
        using var before = PostGisStore.Open(planung, OpenMode.Create);
        VillageInStore.Write(before, 1);
        VillageInStore.Write(before, 2);
        var reader = users.NewUser(admin, "breitband_reader");

        Run("pg_dumpall", admin, "--roles-only", "-f", folder.File("rollen.sql"));
        Run("pg_dump", admin, "-Fc", "-f", folder.File("breitband.dump"), name);
        var server = young.ConnectionString("postgres");
        Run("psql", server, "-q", "-d", "postgres", "-f", folder.File("rollen.sql"));
        server = To(old.ConnectionString("postgres"), server); // the superuser's password, too, is the old one now
        Run("createdb", server, "-O", owner, name);
        Run("pg_restore", server, "-d", name, "--exit-on-error", folder.File("breitband.dump"));
        using (var restored = PostGisStore.Open(To(planung, server), OpenMode.Read))
            Assert.Contains("LEAKPROOF", Assert.Single(restored.Check()).De, StringComparison.Ordinal); // a dump leaves out what belongs to the extension
        Run("psql", server, "-q", "-d", name, "-c", "ALTER FUNCTION geometry_overlaps(geometry, geometry) LEAKPROOF");

        using var after = PostGisStore.Open(To(planung, server), OpenMode.Write);
        Assert.Empty(after.Check());
        Assert.Equal(before.Editions(), after.Editions());
        Assert.Equal(before.MeasureVersions(), after.MeasureVersions());
        Assert.Equal(Answer(before), Answer(after));
        VillageInStore.Write(after, 3); // and it goes on
        Assert.Equal(Answer(before), Answer(after));
        using var read = PostGisStore.Open(To(reader, server), OpenMode.Read);
        Assert.Single(read.LiveEditions(Layer.Settlements));
        using var connection = new NpgsqlConnection(To(reader, server));
        Assert.NotEqual(0, connection.ExecuteScalar<int>("SELECT count(*) FROM public.layer_styles WHERE f_table_catalog = current_database() AND useasdefault"));
    }
}
