using Breitband.Tests.Service.Http;
using Breitband.Tests.Tiles;

namespace Breitband.Tests.Map;

public sealed class TileRouteTests(Served served) : IClassFixture<Served>
{
    async Task<string> Template() => (await served.Json("/tilejson")).GetProperty("tiles")[0].GetString()!;

    static string Place(string template, int z, int x, int y) => template.Replace("{z}", $"{z}", StringComparison.Ordinal).Replace("{x}", $"{x}", StringComparison.Ordinal).Replace("{y}", $"{y}", StringComparison.Ordinal);

    /// <summary>The tile in the middle of the tile set.</summary>
    async Task<TileAddress> Middle(int zoom)
    {
        var b = (await served.Json("/tilejson")).GetProperty("bounds").EnumerateArray().Select(e => e.GetDouble()).ToList();
        var (x, y) = Crs.Transform(Crs.Geographic, Crs.WebMercator)((b[0] + b[2]) / 2, (b[1] + b[3]) / 2);
        var world = TileAddress.World(x, y);
        return new(zoom, (int)(world.X * (1 << zoom)), (int)(world.Y * (1 << zoom)));
    }

    [Fact]
    public async Task A_tile_named_with_its_edition_may_be_kept_for_ever_and_one_without_is_asked_about_again()
    {
        var tile = await Middle(12);
        var named = await served.Get(Place(await Template(), 12, tile.X, tile.Y));
        Assert.Equal((200, "application/vnd.mapbox-vector-tile", "public, max-age=31536000, immutable"), (named.Status, named.Header("Content-Type"), named.Header("Cache-Control")));
        var plain = await served.Get($"/tiles/WebMercatorQuad/12/{tile.Y}/{tile.X}");
        Assert.Equal((200, "no-cache"), (plain.Status, plain.Header("Cache-Control")));
        Assert.Equal(304, (await served.Get($"/tiles/WebMercatorQuad/12/{tile.Y}/{tile.X}", null, ("If-None-Match", plain.Header("ETag")!))).Status);
        foreach (var held in new[] { "W/" + plain.Header("ETag"), "\"other\", " + plain.Header("ETag"), "*" })
            Assert.Equal(304, (await served.Get($"/tiles/WebMercatorQuad/12/{tile.Y}/{tile.X}", null, ("If-None-Match", held))).Status);
        Assert.Null((await served.Get($"/tiles/WebMercatorQuad/12/{tile.Y}/{tile.X}", null, ("Accept-Encoding", "gzip;q=0"))).Header("Content-Encoding"));
    }

    [Fact]
    public async Task A_tile_is_packed_only_for_whoever_unpacks_it_and_another_decoder_reads_it()
    {
        var tile = await Middle(12);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{served.Root}/tiles/WebMercatorQuad/12/{tile.Y}/{tile.X}");
        request.Headers.AcceptEncoding.Add(new("gzip"));
        using var packed = await served.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("gzip", packed.Content.Headers.ContentEncoding.Single());
        var bytes = await packed.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(VillagePyramid.Features(bytes, tile, "municipalities"));
        using var plain = await served.Client.GetAsync(request.RequestUri, TestContext.Current.CancellationToken);
        Assert.Equal(VillagePyramid.Plain(bytes), await plain.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/tiles/WebMercatorQuad/12/0/0", 204)]
    [InlineData("/tiles/WebMercatorQuad/12/4096/0", 404)]
    [InlineData("/tiles/WebMercatorQuad/3/2/4", 404)]
    [InlineData("/tiles/WebMercatorQuad/15/10800/17500", 404)]
    [InlineData("/tiles/WebMercatorQuad/12/-1/0", 404)]
    [InlineData("/tiles/WebMercatorQuad/1.5/0/0", 404)]
    [InlineData("/tiles/WebMercatorQuad/25/0/0", 404)]
    [InlineData("/tiles/WebMercatorQuad/99999999999/0/0", 404)]
    [InlineData("/tiles/WebMercatorQuad/12/0/0?edition=alt", 410)]
    public async Task Nothing_is_there_outside_the_data_and_no_tile_outside_the_matrix(string path, int status) => Assert.Equal(status, (await served.Get(path)).Status);

    [Fact]
    public async Task The_tile_set_names_its_levels_and_the_tiles_that_show_something()
    {
        var set = await served.Json("/tiles/WebMercatorQuad");
        var limits = set.GetProperty("tileMatrixSetLimits").EnumerateArray().ToDictionary(l => l.GetProperty("tileMatrix").GetString()!);
        Assert.Equal(Enumerable.Range(4, 11).Select(z => $"{z}"), limits.Keys);
        var (middle, limit) = (await Middle(14), limits["14"]);
        Assert.InRange(middle.X, limit.GetProperty("minTileCol").GetInt32(), limit.GetProperty("maxTileCol").GetInt32());
        Assert.InRange(middle.Y, limit.GetProperty("minTileRow").GetInt32(), limit.GetProperty("maxTileRow").GetInt32());
        Assert.Contains(set.GetProperty("links").EnumerateArray(), l => l.GetProperty("rel").GetString() == "item" && l.GetProperty("templated").GetBoolean());
        Assert.Contains(set.GetProperty("layers").EnumerateArray(), l => l.GetProperty("id").GetString() == "municipalities");
    }

    [Fact]
    public async Task The_tile_sets_are_the_documents_of_the_standard_and_name_their_scheme()
    {
        Assert.Empty(Service.Conformance.Schemas.Ours.Faults(await served.Json("/tiles"), "tile sets"));
        var set = await served.Json("/tiles/WebMercatorQuad");
        Assert.Empty(Service.Conformance.Schemas.Ours.Faults(set, "tile set"));
        foreach (var rel in new[] { "self", "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme" })
            Assert.Single(set.GetProperty("links").EnumerateArray(), l => l.GetProperty("rel").GetString() == rel);
    }

    [Fact]
    public async Task The_style_draws_the_classes_of_the_legend_from_layers_the_tiles_have()
    {
        var style = await served.Json("/map/style.json");
        var known = (await served.Json("/tilejson")).GetProperty("vector_layers").EnumerateArray().Select(l => l.GetProperty("id").GetString()).ToHashSet();
        var colours = style.GetProperty("layers").EnumerateArray().First(l => l.GetProperty("id").GetString() == "municipality-fill").GetProperty("paint").GetProperty("fill-color").ToString();
        Assert.All(Legend.Default.Shares, c => Assert.Contains(c.Symbol.Fill!, colours, StringComparison.Ordinal));
        var used = style.GetProperty("layers").EnumerateArray().Where(l => l.TryGetProperty("source-layer", out _)).Select(l => l.GetProperty("source-layer").GetString()).Distinct().Except(["background", "coverage_areas"]); // the village has imported none
        Assert.All(used, u => Assert.Contains(u, known));
    }
}

/// <summary>A service of its own: it changes what the tiles show.</summary>
public sealed class ChangedTilesTests : IAsyncLifetime
{
    readonly Served served = new();

    public ValueTask InitializeAsync() => served.InitializeAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task A_changed_measure_brings_new_tiles_and_the_address_of_the_old_ones_ends()
    {
        var before = (await served.Json("/tilejson")).GetProperty("tiles")[0].GetString()!;
        var measure = await served.Get("/measures/M1", "editor");
        var changed = await served.Send(HttpMethod.Patch, "/measures/M1", """{"fields":{"title":"Neuer Titel","disclosure":"intern"}}""", "editor", ("If-Match", measure.Header("ETag")!));
        Assert.True(changed.Status == 200, changed.Text);
        await served.Json("/tilejson"); // whoever comes first sets it going
        await served.Site.Pyramids.Made(Disclosure.Public);
        var after = (await served.Json("/tilejson")).GetProperty("tiles")[0].GetString()!;
        Assert.NotEqual(before, after);
        string Tile(string template) => template.Replace("{z}/{y}/{x}", "8/0/0", StringComparison.Ordinal);
        // The measure is internal now: what the public may not see has an address of its own, which no shared cache may keep.
        var closed = (await served.Json("/tilejson", "admin")).GetProperty("tiles")[0].GetString()!;
        Assert.NotEqual(after, closed);
        Assert.Equal(410, (await served.Get(Tile(closed))).Status);
        Assert.Contains("private", (await served.Get(Tile(closed), "admin")).Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal((410, 204), ((await served.Get(Tile(before))).Status, (await served.Get(Tile(after))).Status));
    }

    [Fact]
    public async Task The_file_is_let_go_of_before_another_takes_its_place_and_readers_of_the_old_are_answered()
    {
        await served.Json("/tilejson");
        await served.Site.Pyramids.Made(Disclosure.Public);
        var old = (await served.Site.Pyramids.Current(Disclosure.Public))!;
        var measure = await served.Get("/measures/M1", "editor");
        Assert.Equal(200, (await served.Send(HttpMethod.Patch, "/measures/M1", """{"fields":{"title":"Neuer Titel"}}""", "editor", ("If-Match", measure.Header("ETag")!))).Status);
        await served.Json("/tilejson");
        await served.Site.Pyramids.Made(Disclosure.Public);
        Assert.True(old.Released); // Windows puts nothing in the place of a file that somebody holds open
        Assert.Throws<BreitbandException>(() => old.Read(new(8, 1, 1)));
        Assert.NotSame(old, await served.Site.Pyramids.Current(Disclosure.Public));
        Assert.Equal(204, (await served.Get("/tiles/WebMercatorQuad/8/0/0")).Status);
    }

    [Fact]
    public async Task A_pyramid_overwritten_under_the_service_is_said_to_be_damaged_and_made_anew()
    {
        await served.Json("/tilejson");
        await served.Site.Pyramids.Made(Disclosure.Public);
        var before = (await served.Json("/tilejson")).GetProperty("tiles")[0].GetString()!;
        var file = (await served.Site.Pyramids.Current(Disclosure.Public))!.Path;
        await using (var written = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            await written.WriteAsync(new byte[written.Length], TestContext.Current.CancellationToken);
        var statuses = new List<int>();
        for (var column = 0; column < 40; column++)
            statuses.Add((await served.Get($"/tiles/WebMercatorQuad/6/20/{column}")).Status);
        Assert.Contains(statuses, s => s is 500 or 503);
        await served.Json("/tilejson");
        await served.Site.Pyramids.Made(Disclosure.Public);
        Assert.Equal(before, (await served.Json("/tilejson")).GetProperty("tiles")[0].GetString());
        using var fresh = Breitband.Tiles.Pyramid.Open(file);
        Assert.NotEmpty(fresh.Tiles(14));
    }
}
