using System.Diagnostics;
using System.Globalization;
using Breitband.Analyse;
using Breitband.Store;
using Breitband.Tests.Analyse;
using Npgsql;

namespace Breitband.Tests.Store;

public sealed class PostGisBackupTests(PostGisServer server) : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A client program of PostgreSQL, as docs/postgis.md calls it.</summary>
    static void Run(string program, string database, params string[] arguments)
    {
        var address = new NpgsqlConnectionStringBuilder(database);
        var path = PostGisCluster.Binaries is { } bin ? Path.Combine(bin, program) : program;
        var start = new ProcessStartInfo(path, ["-h", address.Host!, "-p", address.Port.ToString(CultureInfo.InvariantCulture), "-U", address.Username!, "-d", address.Database!, .. arguments]) { RedirectStandardError = true };
        start.Environment["PGPASSWORD"] = address.Password;
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {said}");
    }

    static string Answer(Breitband.Store.Store store) => string.Join('\n', GapEngine.Run(store, Village.Options()).Rows.Select(r => $"{r.Level} {r.Key} {r.Households} {r.Addresses} {r.Businesses}"));

    [Fact]
    public void A_dump_restored_elsewhere_is_the_same_store()
    {
        var (old, young) = (server.NewDatabase(), server.NewPlainDatabase());
        using var before = PostGisStore.Open(old, OpenMode.Create);
        VillageInStore.Write(before, 1);
        VillageInStore.Write(before, 2);
        Run("pg_dump", old, "-Fc", "-f", folder.File("breitband.dump"));
        Run("pg_restore", young, "--exit-on-error", folder.File("breitband.dump"));

        using var after = PostGisStore.Open(young, OpenMode.Write);
        Assert.Empty(after.Check());
        Assert.Equal(before.Editions(), after.Editions());
        Assert.Equal(before.MeasureVersions(), after.MeasureVersions());
        Assert.Equal(Answer(before), Answer(after));
        VillageInStore.Write(after, 3); // and it goes on
        Assert.Equal(Answer(before), Answer(after));
        using var reader = PostGisStore.Open(server.NewUser(young, "breitband_reader"), OpenMode.Read);
        Assert.Single(reader.LiveEditions(Layer.Settlements));
    }
}
