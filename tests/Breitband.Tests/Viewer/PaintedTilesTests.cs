using System.IO.Compression;
using System.Text;
using Breitband.Print;
using Breitband.Viewer.Map;
using NetTopologySuite.Features;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.VectorTiles;
using NetTopologySuite.IO.VectorTiles.Mapbox;

namespace Breitband.Tests.Viewer;

/// <summary>Vector tiles on their way from the service to the screen.</summary>
public sealed class PaintedTilesTests
{
    static readonly TileAddress Tile = new(9, 274, 168);

    /// <summary>A tile with one point in each of the layers named.</summary>
    static byte[] Of(params string[] layers)
    {
        var tile = new NetTopologySuite.IO.VectorTiles.VectorTile { TileId = new NetTopologySuite.IO.VectorTiles.Tiles.Tile(274, 168, 9).Id };
        foreach (var name in layers)
            tile.Layers.Add(new NetTopologySuite.IO.VectorTiles.Layer { Name = name, Features = { new Feature(new Point(12.9, 52.2), new AttributesTable { { "key", name } }) } });
        using var stream = new MemoryStream();
        tile.Write(stream, minLinealExtent: 1, minPolygonalExtent: 1);
        return stream.ToArray();
    }

    static List<string> Names(byte[] tile)
    {
        using var stream = new MemoryStream(tile);
        return [.. new MapboxTileReader().Read(stream, new NetTopologySuite.IO.VectorTiles.Tiles.Tile(274, 168, 9)).Layers.Select(l => l.Name)];
    }

    static byte[] Packed(byte[] tile)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
            gzip.Write(tile);
        return packed.ToArray();
    }

    [Fact]
    public void Layers_of_the_other_tile_stand_in_the_place_of_ours_of_those_names_only()
    {
        var merged = TileMerge.Merge(Of("gaps", "roads", "municipalities"), Of("gaps"), new HashSet<string> { "gaps", "municipalities" });
        Assert.Equal(["roads", "gaps"], Names(merged)); // municipalities are replaced by nothing: there are none here
    }

    [Fact]
    public void Packed_and_empty_tiles_are_merged_too()
    {
        Assert.Equal(["roads", "gaps"], Names(TileMerge.Merge(Packed(Of("roads")), Packed(Of("gaps")), new HashSet<string> { "gaps" })));
        Assert.Equal(["gaps"], Names(TileMerge.Merge([], Of("gaps"), new HashSet<string> { "gaps" })));
        Assert.Equal(["roads"], Names(TileMerge.Merge(Of("roads", "gaps"), [], new HashSet<string> { "gaps" })));
    }

    [Fact]
    public async Task What_goes_to_the_screen_is_what_was_painted()
    {
        var tile = Of("facilities", "addresses");
        var (line, tiles, http) = await Begin(_ => (203, tile));
        await using var _ = line;
        using var __ = http;
        var deep = new TileAddress(15, 17558, 10794);
        using var painted = new TilePainter(Legend.Default).Picture(Breitband.Print.VectorTile.Read(tile), deep, Tile, PaintOptions.Default);
        using var shown = SkiaSharp.SKBitmap.Decode(await tiles.With(PaintOptions.Default)(deep));
        Assert.True(painted.Pixels.Distinct().Count() is > 5 and < 256);
        Assert.Equal(painted.Pixels, shown.Pixels);
        using var over = SkiaSharp.SKBitmap.Decode(await tiles.With(PaintOptions.Default with { Transparent = true })(deep));
        Assert.Equal(0, over.GetPixel(0, 0).Alpha);
    }

    [Fact]
    public void Of_too_many_colours_the_frequent_ones_stay_and_the_rest_take_the_nearest_of_them()
    {
        const int Width = 131, Height = 97; // no multiple of four: lines are filled up
        using var painted = new SkiaSharp.SKBitmap(Width, Height, SkiaSharp.SKColorType.Bgra8888, SkiaSharp.SKAlphaType.Opaque);
        for (var i = 0; i < Width * Height; i++)
            painted.SetPixel(i % Width, i / Width, i < 2000 ? new(200, 30, 60) : i < 5000 ? new(10, (byte)(i / 15), 90) : new((byte)(i % Width), (byte)(i / Width * 2), (byte)(i % 7 * 36)));
        using var shown = SkiaSharp.SKBitmap.Decode(BitmapFile.Of(painted));
        var (were, palette) = (painted.Pixels, shown.Pixels.Distinct().ToArray());
        Assert.InRange(were.Distinct().Count(), 5000, Width * Height);
        Assert.InRange(palette.Length, 200, 256);
        Assert.Equal(were[..5000], shown.Pixels[..5000]);
        Assert.All(were.Zip(shown.Pixels).Skip(5000), p => Assert.Equal(palette.Min(c => Apart(p.First, c)), Apart(p.First, p.Second)));

        static int Apart(SkiaSharp.SKColor a, SkiaSharp.SKColor b) => ((a.Red - b.Red) * (a.Red - b.Red)) + ((a.Green - b.Green) * (a.Green - b.Green)) + ((a.Blue - b.Blue) * (a.Blue - b.Blue));
    }

    static async Task<(Line Line, PaintedTiles Tiles, HttpClient Http)> Begin(Func<int, (int Status, byte[] Body)> answer)
    {
        var (line, http, asked) = (await Line.To("http://127.0.0.1:1"), new HttpClient(), 0);
        line.Before = async context =>
        {
            var (status, body) = answer(Interlocked.Increment(ref asked));
            context.Response.StatusCode = status;
            if (status != 204)
                await context.Response.Body.WriteAsync(body);
        };
        return (line, new(http, line.Address + "/t/{z}/{y}/{x}", 6, 9), http);
    }

    [Fact]
    public async Task A_tile_is_painted_once_fetched_however_often_it_is_asked_for_and_nearer_ones_from_it()
    {
        var (line, tiles, http) = await Begin(_ => (203, Of("municipalities")));
        await using var _ = line;
        using var __ = http;
        var paint = tiles.With(PaintOptions.Default);
        foreach (var wanted in new[] { Tile, Tile, new TileAddress(11, Tile.X * 4 + 1, Tile.Y * 4 + 2) })
            Assert.Equal("BM", Encoding.ASCII.GetString((await paint(wanted))![..2]));
        Assert.Equal("GET /t/9/168/274", Assert.Single(line.Asked));
        Assert.Null(await paint(new TileAddress(3, 4, 2))); // farther than there are tiles
    }

    [Fact]
    public async Task A_trial_paints_only_those_pictures_anew_that_it_changes()
    {
        var (line, tiles, http) = await Begin(_ => (203, Of("addresses")));
        await using var _ = line;
        using var __ = http;
        var (near, away) = (new TileAddress(13, Tile.X * 16 + 5, Tile.Y * 16 + 5), new TileAddress(13, Tile.X * 16 + 9, Tile.Y * 16 + 9));
        TriedGaps Gap(double share) => new([], [(share, Ring(near))]);

        async Task<(byte[]? Near, byte[]? Away)> Both(PaintOptions options) => tiles.With(options) is var paint ? (await paint(near), await paint(away)) : default;

        var plain = await Both(PaintOptions.Default);
        var tried = await Both(PaintOptions.Default with { Gaps = Gap(90) });
        Assert.NotEqual(plain.Near, tried.Near);
        Assert.Same(plain.Away, tried.Away);
        var again = await Both(PaintOptions.Default with { Gaps = Gap(90) });
        Assert.Same(tried.Near, again.Near);
        Assert.NotEqual(tried.Near, (await Both(PaintOptions.Default with { Gaps = Gap(10) })).Near);
        var faded = await Both(PaintOptions.Default with { Opacity = new Dictionary<string, double> { ["address"] = 0.5 } });
        Assert.NotSame(plain.Away, faded.Away);
        Assert.Equal(plain.Near, (await Both(PaintOptions.Default)).Near);
    }

    [Fact]
    public async Task A_tile_that_could_not_be_had_is_asked_for_again()
    {
        var (line, tiles, http) = await Begin(time => (time == 1 ? 503 : 203, Of("municipalities")));
        await using var _ = line;
        using var __ = http;
        await Assert.ThrowsAsync<HttpRequestException>(() => tiles.With(PaintOptions.Default)(Tile));
        Assert.NotNull(await tiles.With(PaintOptions.Default)(Tile));
    }

    [Fact]
    public async Task Tiles_that_are_gone_are_said_once_also_those_laid_over_ours()
    {
        var (line, over, http) = await Begin(_ => (410, []));
        var (ground, ours, more) = await Begin(_ => (204, []));
        await using var _ = line;
        await using var __ = ground;
        using var ___ = http;
        using var ____ = more;
        var (both, said) = (ours.With(over, new HashSet<string> { "gaps" }), 0);
        both.Outdated += () => said++;
        await Assert.ThrowsAsync<HttpRequestException>(() => both.With(PaintOptions.Default)(Tile));
        await Assert.ThrowsAsync<HttpRequestException>(() => both.With(PaintOptions.Default)(new TileAddress(9, 275, 168)));
        Assert.Equal(1, said);
    }

    /// <summary>The middle of a tile.</summary>
    static Polygon Ring(TileAddress tile)
    {
        var pose = On(tile);
        return (Polygon)new GeometryFactory().ToGeometry(new(pose.X - 20 * pose.Resolution, pose.X + 20 * pose.Resolution, pose.Y - 20 * pose.Resolution, pose.Y + 20 * pose.Resolution));
    }

    /// <summary>A map that shows this one picture.</summary>
    static MapPose On(TileAddress tile) => new((tile.X + 0.5) * 256 * MapPose.ResolutionOf(tile.Zoom) - 20037508.34, 20037508.34 - (tile.Y + 0.5) * 256 * MapPose.ResolutionOf(tile.Zoom), MapPose.ResolutionOf(tile.Zoom + 1), 40, 40);

    [Fact]
    public async Task What_a_window_will_show_first_is_fetched_before_it_asks_and_never_shown_as_it_would_not_have_been_painted()
    {
        var (line, tiles, http) = await Begin(_ => (203, Of("municipalities", "facilities")));
        await using var _ = line;
        using var __ = http;
        byte[] plain = (await tiles.With(PaintOptions.Default)(Tile))!, fine = (await tiles.With(Fine)(Tile))!;
        Assert.NotEqual(plain, fine);
        foreach (var (ahead, asked, shown) in new[] { (PaintOptions.Default, PaintOptions.Default with { Order = [.. PaintOptions.Default.Order] }, plain), (Fine, PaintOptions.Default, plain), (Fine, Fine, fine) })
        {
            await tiles.PaintAhead(On(Tile), ahead);
            var paint = tiles.With(asked);
            Assert.Equal(shown, await paint(Tile));
            Assert.Equal(shown, await paint(Tile)); // the second time it is painted
        }
        var next = Tile with { X = 275 };
        await tiles.PaintAhead(On(next), PaintOptions.Default);
        Assert.Equal(["GET /t/6/21/34", "GET /t/7/42/68", "GET /t/8/84/137", "GET /t/9/168/274", "GET /t/9/168/275"], line.Asked.Order(StringComparer.Ordinal)); // with those it is zoomed out to
    }

    static PaintOptions Fine => PaintOptions.Default with { Scale = 2 };

    [Fact]
    public void What_is_switched_or_ordered_otherwise_is_not_painted_alike_and_what_is_said_to_be_opaque_is()
    {
        Assert.True(PaintOptions.Default.PaintsLike(PaintOptions.Default with { Opacity = new Dictionary<string, double> { ["name"] = 1 } }));
        Assert.False(PaintOptions.Default.PaintsLike(PaintOptions.Default with { Opacity = new Dictionary<string, double> { ["name"] = 0 } }));
        Assert.False(PaintOptions.Default.PaintsLike(PaintOptions.Default with { Order = [.. TilePainter.Groups.Reverse()] }));
        Assert.False(PaintOptions.Default.PaintsLike(PaintOptions.Default with { Transparent = true }));
        Assert.False(PaintOptions.Default.PaintsLike(PaintOptions.Default with { Gaps = new([], []) }));
    }

    [Fact]
    public async Task A_picture_that_failed_ahead_is_painted_when_asked_for()
    {
        var (line, tiles, http) = await Begin(time => (time <= 4 ? 503 : 203, Of("municipalities")));
        await using var _ = line;
        using var __ = http;
        await tiles.PaintAhead(On(Tile), PaintOptions.Default);
        Assert.NotNull(await tiles.With(PaintOptions.Default)(Tile));
    }

    [Fact]
    public void The_pictures_of_a_window_are_those_that_cover_it_from_the_middle_outwards_at_the_nearest_level()
    {
        var county = new MapPose(1_420_968.8, 6_848_952.3, 134.07, 942, 920);
        var seen = PaintedTiles.Seen(county);
        Assert.Equal([(273, 167), (273, 168), (273, 169), (274, 167), (274, 168), (274, 169)], seen.Select(t => (t.X, t.Y)).Order());
        Assert.Equal((9, 274, 168), (seen[0].Zoom, seen[0].X, seen[0].Y));
        Assert.Equal(8, PaintedTiles.Seen(county with { Resolution = 240 })[0].Zoom); // 305.7 for level 8, 152.9 for level 9
        Assert.Equal(9, PaintedTiles.Seen(county with { Resolution = 220 })[0].Zoom);
        Assert.All(PaintedTiles.Seen(county with { Resolution = 500_000 }), t => Assert.True(t.Exists));
    }
}
