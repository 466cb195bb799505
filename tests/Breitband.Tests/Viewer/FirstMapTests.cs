using System.Collections.Concurrent;
using Breitband.Store;
using Breitband.Tests.Service.Http;
using Breitband.Tiles;
using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

/// <summary>A store in one file whose map nobody has made yet.</summary>
public sealed class FirstMapTests(Served served) : IClassFixture<Served>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    string Copy(string name)
    {
        var path = served.Folder.File(name);
        File.Copy(served.Location, path, true);
        return path;
    }

    [Fact]
    public async Task It_is_waited_for_and_said_so()
    {
        var said = new ConcurrentQueue<string>();
        await using var open = await Project.Open(Copy("neu.gpkg"), null, null, Cancel, what => said.Enqueue(what.De));
        Assert.StartsWith("Die Karte dieses Speichers wird zum ersten Mal gebaut", said.First(), StringComparison.Ordinal);
        Assert.NotNull(open.Tiles);
        Assert.False(open.Provisional);
        Assert.False(open.Tiles.IsOutdated);
    }

    [Fact]
    public async Task What_everybody_may_see_is_shown_until_it_is_there()
    {
        var path = Copy("halb.gpkg");
        using (var store = Breitband.Store.Store.Open(path, OpenMode.Read))
            PyramidBuilder.Build(store, Path.ChangeExtension(path, ".mbtiles"), Disclosure.Public);
        var said = new ConcurrentQueue<string>();
        await using var open = await Project.Open(path, null, null, Cancel, what => said.Enqueue(what.De));
        Assert.Empty(said);
        for (var waited = 0; !open.Tiles!.IsOutdated; waited++)
        {
            Assert.True(waited < 6000, "the whole map never came");
            await Task.Delay(10, Cancel);
        }
        Assert.False(open.Provisional);
        Assert.True(File.Exists(Path.ChangeExtension(path, null) + "-vertraulich.mbtiles"));
    }

    [Fact]
    public async Task A_start_that_is_stopped_leaves_no_half_map_behind()
    {
        var path = Copy("abbruch.gpkg");
        using var stop = new CancellationTokenSource();
        var opening = new Opening((waits, cancelled) => Project.Open(path, null, null, cancelled, waits));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.Finish(_ => stop.Cancel(), stop.Token));
        Assert.False(File.Exists(Path.ChangeExtension(path, null) + "-vertraulich.mbtiles.tmp"));
        await using var again = await Project.Open(path, null, null, Cancel);
        Assert.NotNull(again.Tiles);
    }
}
