using Breitband.Store;
using Breitband.Tests.Service.Http;
using Breitband.Tiles;

namespace Breitband.Tests.Map;

/// <summary>Services of their own, with tiles that somebody cut off, deleted or made useless.</summary>
public sealed class BrokenPyramidTests : IAsyncLifetime
{
    readonly Served served = new();

    public ValueTask InitializeAsync() => served.InitializeAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();

    string Path => served.Folder.File("dorf.mbtiles");

    /// <summary>Half of a whole pyramid of the store, as a full disk or a broken copy leaves it.</summary>
    byte[] Half()
    {
        using (var store = Breitband.Store.Store.Open(served.Location, OpenMode.Read))
            PyramidBuilder.Build(store, Path, Disclosure.Public);
        return File.ReadAllBytes(Path) is var whole ? whole[..(whole.Length / 2)] : [];
    }

    async Task<string> Tile() => (await served.Json("/tilejson")).GetProperty("tiles")[0].GetString()!.Replace("{z}/{y}/{x}", "8/0/0", StringComparison.Ordinal);

    [Fact]
    public async Task Half_a_pyramid_is_named_in_the_log_and_made_anew()
    {
        File.WriteAllBytes(Path, Half());
        Assert.Equal(204, (await served.Get(await Tile())).Status);
        Assert.Contains("half written", served.Log, StringComparison.Ordinal);
        using var whole = Pyramid.Open(Path);
        Assert.Equal("öffentlich", whole.Metadata["disclosure"]);
    }

    [Fact]
    public async Task A_pyramid_cut_off_while_it_is_served_is_made_anew_and_no_reader_gets_half_a_tile()
    {
        var address = await Tile();
        var whole = File.ReadAllBytes(Path);
        await using (var cut = new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            cut.SetLength(whole.Length / 3 / 4096 * 4096);
        Assert.Equal(503, (await served.Get(address)).Status);
        Assert.Contains("no longer whole", served.Log, StringComparison.Ordinal);
        Assert.Equal(address, await Tile());
        Assert.Equal(204, (await served.Get(address)).Status);
        using var again = Pyramid.Open(Path);
        Assert.NotEmpty(again.Tiles(12));
    }

    [Fact]
    public async Task A_deleted_pyramid_goes_on_being_served_and_comes_back_with_the_next_change()
    {
        var address = await Tile();
        File.Delete(Path);
        Assert.Equal(204, (await served.Get(address)).Status);
        await Change();
        Assert.True(File.Exists(Path));
    }

    [Fact]
    public async Task Where_no_new_tiles_can_be_written_the_last_whole_ones_stay_and_the_log_says_so()
    {
        var address = await Tile();
        Directory.CreateDirectory(Path + ".tmp"); // where the new ones would be written
        await Change();
        Assert.Equal(204, (await served.Get(address)).Status);
        Assert.Contains("The earlier tiles stay", served.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_never_were_tiles_and_none_can_be_written_the_map_says_so_without_naming_a_path()
    {
        Directory.CreateDirectory(Path + ".tmp");
        var got = await served.Get("/tilejson");
        Assert.Equal(503, got.Status);
        Assert.Contains("Protokoll", got.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(served.Folder.Path, got.Text, StringComparison.Ordinal);
    }

    /// <summary>A measure's title: the tiles are due.</summary>
    async Task Change()
    {
        var measure = await served.Get("/measures/M1", "editor");
        Assert.Equal(200, (await served.Send(HttpMethod.Patch, "/measures/M1", """{"fields":{"title":"Neuer Titel"}}""", "editor", ("If-Match", measure.Header("ETag")!))).Status);
        await served.Json("/tilejson");
        await served.Site.Pyramids.Made(Disclosure.Public);
    }
}

/// <summary>A store with nothing in it, put where the village was.</summary>
public sealed class EmptiedStoreTests : IAsyncLifetime
{
    readonly Served served = new();

    public ValueTask InitializeAsync() => served.InitializeAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task Tiles_of_what_is_no_longer_in_the_store_are_not_served_and_not_kept()
    {
        var address = (await served.Json("/tilejson")).GetProperty("tiles")[0].GetString()!.Replace("{z}/{y}/{x}", "8/0/0", StringComparison.Ordinal);
        Breitband.Store.Store.Open(served.Folder.File("leer.gpkg"), OpenMode.Create, "12069").Dispose();
        File.Move(served.Folder.File("leer.gpkg"), served.Location, overwrite: true);
        served.Site.Catalogue.Expire();
        await served.Get("/tilejson"); // whoever comes first sets it going
        await served.Site.Pyramids.Made(Disclosure.Public);
        var got = await served.Get("/tilejson");
        Assert.Equal(404, got.Status);
        Assert.Contains("nichts, was auf eine Karte darf", got.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await served.Get(address)).Status);
        Assert.False(File.Exists(served.Folder.File("dorf.mbtiles")));
    }
}
