using System.Globalization;
using Breitband.Store;

namespace Breitband.Tests.Store;

/// <summary>A tablespace of its own, on a disk that is soon full.</summary>
public sealed class PostGisDiskTests : IDisposable
{
    readonly string disk = Directory.CreateTempSubdirectory("breitband-disk-").FullName;
    readonly PostGisCluster? cluster;
    readonly bool mounted;

    public PostGisDiskTests()
    {
        PostGisServer.RequireOwnServer();
        mounted = Environment.UserName == "root" && Foreign.Run("mount", "-t", "tmpfs", "-o", "size=24m,mode=0700,uid=" + Foreign.Run("id", "-u", "postgres").Trim(), "tmpfs", disk).Length == 0;
        if (mounted)
            cluster = new PostGisCluster();
    }

    public void Dispose()
    {
        cluster?.Dispose();
        if (mounted)
            Foreign.Run("umount", disk);
        Directory.Delete(disk);
    }

    static Edition Import(PostGisStore store, string name, int rows)
    {
        using var writer = store.Begin(StoreContract.Draft(Layer.Settlements), Layer.Settlements.Fields);
        for (var i = 0; i < rows; i++)
            writer.Write(StoreContract.Settlement(i.ToString(CultureInfo.InvariantCulture), name));
        return writer.Commit("{}");
    }

    static string Failure(Func<Edition> work)
    {
        var said = Assert.Throws<BreitbandException>(work);
        Assert.Equal(Outcome.Failed, said.Outcome);
        return said.Text.De;
    }

    [Fact]
    public void A_tablespace_is_named_while_it_is_closed_and_when_it_is_full_and_the_old_edition_stays_whole()
    {
        Assert.SkipUnless(mounted, "A disk of a few megabytes takes the right to mount one (root).");
        var database = cluster!.ConnectionString("postgres");
        PostGisServer.Execute(database, $"CREATE TABLESPACE eng LOCATION '{disk}'");
        using (PostGisStore.Open(database, OpenMode.Create))
            PostGisServer.Execute(database, "ALTER DATABASE postgres SET default_tablespace = eng");
        Npgsql.NpgsqlConnection.ClearAllPools();
        using var store = PostGisStore.Open(database, OpenMode.Write);
        Assert.Contains("GRANT CREATE ON TABLESPACE", Failure(() => Import(store, "verschlossen", 1)), StringComparison.Ordinal);
        PostGisServer.Execute(database, "GRANT CREATE ON TABLESPACE eng TO breitband_owner");
        Import(store, "vorher", 1);
        Assert.Contains("Auf dem Server ist kein Platz mehr", Failure(() => Import(store, new string('x', 1000), 30_000)), StringComparison.Ordinal);
        Assert.Equal("vorher", store.LiveEditions(Layer.Settlements).SelectMany(store.Read).Single().Values[2]);
        Assert.Empty(store.Check());
        Assert.Equal(2, Import(store, "nachher", 1).Number);
    }
}
