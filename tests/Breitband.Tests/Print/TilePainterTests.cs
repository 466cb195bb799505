using Breitband.Print;
using Breitband.Tests.Analyse;
using Breitband.Tests.Tiles;
using Breitband.Tiles;
using NetTopologySuite.Geometries;
using SkiaSharp;

namespace Breitband.Tests.Print;

public sealed class TilePainterTests : IDisposable
{
    readonly VillagePyramid village = new();
    readonly TilePainter painter = new(Legend.Default);

    public void Dispose() => village.Dispose();

    static TileAddress At(double x, double y, int zoom)
    {
        var (east, north) = Crs.Transform(Crs.Stored, Crs.WebMercator)(x, y);
        var world = TileAddress.World(east, north);
        return new(zoom, (int)(world.X * (1 << zoom)), (int)(world.Y * (1 << zoom)));
    }

    /// <summary>The colour a place is painted in.</summary>
    SKColor Pixel(Pyramid pyramid, double x, double y, int zoom, PaintOptions options) => Pixels(pyramid, x, y, zoom, options, 0).Single();

    /// <summary>The colours within so many pixels of a place.</summary>
    List<SKColor> Pixels(Pyramid pyramid, double x, double y, int zoom, PaintOptions options, int around)
    {
        var wanted = At(x, y, zoom);
        var source = wanted.At(Math.Min(zoom, 14));
        using var picture = painter.Picture(VectorTile.Read(pyramid.Read(source)), wanted, source, options);
        var (east, north) = Crs.Transform(Crs.Stored, Crs.WebMercator)(x, y);
        var world = TileAddress.World(east, north);
        var (left, top) = ((int)((world.X * (1 << zoom) - wanted.X) * picture.Width) - around, (int)((world.Y * (1 << zoom) - wanted.Y) * picture.Height) - around);
        var edge = 2 * around + 1;
        return [.. Enumerable.Range(0, edge * edge).Select(i => (X: left + i % edge, Y: top + i / edge)).Where(p => p.X >= 0 && p.Y >= 0 && p.X < picture.Width && p.Y < picture.Height).Select(p => picture.GetPixel(p.X, p.Y))];
    }

    static PaintOptions Only(params string[] groups) => new() { Opacity = TilePainter.Groups.Except(groups).ToDictionary(g => g, _ => 0.0) };

    [Theory]
    [InlineData(12, 512, 1)]
    [InlineData(14, 512, 1)]
    [InlineData(14, 256, 1)]
    [InlineData(14, 512, 2)]
    [InlineData(17, 512, 1)]
    [InlineData(19, 512, 1.5)]
    public void Every_gap_has_the_colour_of_its_class_at_every_size_and_enlargement(int zoom, int size, double scale)
    {
        village.Build();
        using var pyramid = Pyramid.Open(village.Path);
        foreach (var gap in village.Result.GapAreas)
        {
            var middle = gap.Geometry.InteriorPoint;
            var symbol = Legend.Default.Share(100 * gap.Share);
            // A single pixel of a hatched class may be the hatch's.
            Assert.Contains(SKColor.Parse(symbol.Fill), Pixels(pyramid, middle.X, middle.Y, zoom, Only("gap") with { Size = size, Scale = scale }, symbol.Hatch is null ? 0 : 6));
        }
    }

    [Fact]
    public void A_group_lifted_above_another_covers_it()
    {
        village.Build();
        using var pyramid = Pyramid.Open(village.Path);
        var built = SKColor.Parse(Legend.Default.Settlement.Fill);
        var gap = village.Result.GapAreas.First(g => Legend.Default.Share(100 * g.Share).Hatch is null && Pixel(pyramid, g.Geometry.InteriorPoint.X, g.Geometry.InteriorPoint.Y, 14, Only("settlement")) == built);
        var (x, y) = (gap.Geometry.InteriorPoint.X, gap.Geometry.InteriorPoint.Y);
        Assert.Equal(SKColor.Parse(Legend.Default.Share(100 * gap.Share).Fill), Pixel(pyramid, x, y, 14, Only("gap", "settlement")));
        Assert.Equal(built, Pixel(pyramid, x, y, 14, Only("gap", "settlement") with { Order = [.. TilePainter.Groups.Except(["settlement"]), "settlement"] }));
    }

    [Theory]
    [InlineData(12, 512, 1)]
    [InlineData(14, 256, 2)]
    [InlineData(17, 512, 1)]
    public void A_trial_takes_gaps_away_and_paints_others_in_their_class_with_holes_left_free(int zoom, int size, double scale)
    {
        village.Build();
        using var pyramid = Pyramid.Open(village.Path);
        var gap = village.Result.GapAreas.First(g => Legend.Default.Share(100 * g.Share).Hatch is null);
        var ring = gap.Geometry.Buffer(30).Difference(gap.Geometry.Buffer(-20)); // the middle stays free, whichever way its rings run
        var (page, other) = (SKColor.Parse(Legend.Default.Page), Legend.Default.Shares.Last(s => s.Symbol.Hatch is null));
        var (middle, edge) = (gap.Geometry.InteriorPoint, new Point(gap.Geometry.EnvelopeInternal.MinX - 15, gap.Geometry.EnvelopeInternal.Centre.Y));
        var others = village.Result.GapAreas.Select(g => g.Key);
        foreach (var tried in new[] { ring, ring.Reverse() })
        {
            var options = Only("gap") with { Size = size, Scale = scale, Gaps = new(others, [(other.From, Crs.Transform(tried, Crs.Stored, Crs.WebMercator))]) };
            Assert.Equal(page, Pixel(pyramid, middle.X, middle.Y, zoom, options));
            Assert.Equal(SKColor.Parse(other.Symbol.Fill), Pixel(pyramid, edge.X, edge.Y, zoom, options));
        }
        Assert.NotEqual(page, Pixel(pyramid, middle.X, middle.Y, zoom, Only("gap") with { Size = size, Scale = scale, Gaps = new(["another"], []) }));
    }

    [Fact]
    public void A_trial_shows_gaps_on_a_tile_that_has_none_faded_with_their_group()
    {
        var wanted = At(Village.X0, Village.Y0, 12);
        var everywhere = Crs.Transform(new Point(Village.X0, Village.Y0).Buffer(20_000), Crs.Stored, Crs.WebMercator);
        SKColor Middle(double opacity)
        {
            using var picture = painter.Picture(VectorTile.Read(ReadOnlyMemory<byte>.Empty), wanted, wanted, new() { Opacity = new Dictionary<string, double> { ["gap"] = opacity }, Gaps = new([], [(0, everywhere)]) });
            return picture.GetPixel(256, 256);
        }
        Assert.Equal(SKColor.Parse(Legend.Default.Shares[0].Symbol.Fill), Middle(1));
        Assert.Equal(SKColor.Parse(Legend.Default.Page), Middle(0));
    }

    [Fact]
    public void What_is_hidden_leaves_no_trace_and_what_is_faded_lies_between_its_colour_and_the_page()
    {
        village.Build();
        using var pyramid = Pyramid.Open(village.Path);
        var gap = village.Result.GapAreas.First(g => Legend.Default.Share(100 * g.Share).Hatch is null && g.Share > 0.3);
        var (x, y) = (gap.Geometry.InteriorPoint.X, gap.Geometry.InteriorPoint.Y);
        var (page, full) = (SKColor.Parse(Legend.Default.Page), SKColor.Parse(Legend.Default.Share(100 * gap.Share).Fill));
        Assert.Equal(page, Pixel(pyramid, x, y, 14, Only()));
        var half = Pixel(pyramid, x, y, 14, new() { Opacity = TilePainter.Groups.ToDictionary(g => g, g => g == "gap" ? 0.5 : 0) });
        Assert.InRange(half.Blue, (full.Blue + page.Blue) / 2 - 2, (full.Blue + page.Blue) / 2 + 2);
        Assert.Equal(SKColors.Empty, Pixel(pyramid, x, y, 14, Only() with { Transparent = true }));
    }

    [Fact]
    public void An_enlarged_tile_is_the_four_smaller_ones_side_by_side()
    {
        village.Build();
        using var pyramid = Pyramid.Open(village.Path);
        var source = At(Village.X0 + 200, Village.Y0 + 100, 14);
        var tile = VectorTile.Read(pyramid.Read(source));
        var options = Only("settlement");
        using var whole = painter.Picture(tile, source, source, options with { Scale = 2 });
        var painted = 0;
        for (var i = 0; i < 4; i++)
        {
            using var part = painter.Picture(tile, new(15, source.X * 2 + i % 2, source.Y * 2 + i / 2), source, options with { Size = 512 });
            var same = 0;
            for (var at = 0; at < 512 * 512; at += 37)
                same += part.GetPixel(at % 512, at / 512) == whole.GetPixel(i % 2 * 512 + at % 512, i / 2 * 512 + at / 512) ? 1 : 0;
            Assert.True(same > 0.97 * 512 * 512 / 37, $"part {i}: {same}"); // the outlines are half as wide
            painted += Enumerable.Range(0, 512).Count(at => part.GetPixel(at, 256) == SKColor.Parse(Legend.Default.Settlement.Fill));
        }
        Assert.InRange(painted, 1, 2047);
    }

    [Fact]
    public void Many_threads_paint_the_same_pictures()
    {
        village.Build();
        using var pyramid = Pyramid.Open(village.Path);
        var tiles = Enumerable.Range(8, 7).Select(z => At(Village.X0 + 200, Village.Y0 + 100, z)).Select(t => (Tile: t, Data: pyramid.Read(t)!)).ToList();
        var alone = tiles.ConvertAll(t => Convert.ToHexString(painter.Paint(t.Data, t.Tile, t.Tile)));
        Parallel.For(0, 64, i => Assert.Equal(alone[i % alone.Count], Convert.ToHexString(painter.Paint(tiles[i % alone.Count].Data, tiles[i % alone.Count].Tile, tiles[i % alone.Count].Tile))));
    }

    [Fact]
    public void Names_stand_wholly_on_their_tile()
    {
        village.Build();
        using var pyramid = Pyramid.Open(village.Path);
        var ink = SKColor.Parse(Legend.Default.Ink);
        var names = 0;
        for (var zoom = 8; zoom <= 16; zoom++)
        {
            var wanted = At(Village.X0 + 200, Village.Y0 + 100, zoom);
            using var picture = painter.Picture(VectorTile.Read(pyramid.Read(wanted.At(Math.Min(zoom, 14)))), wanted, wanted.At(Math.Min(zoom, 14)), Only("name"));
            for (var i = 0; i < 512; i++)
                Assert.False(new[] { picture.GetPixel(i, 0), picture.GetPixel(i, 511), picture.GetPixel(0, i), picture.GetPixel(511, i) }.Contains(ink), $"zoom {zoom}");
            names += Enumerable.Range(0, 512 * 512).Count(at => picture.GetPixel(at % 512, at / 512) == ink);
        }
        Assert.True(names > 100, $"{names} pixels of ink");
    }

    /// <summary>Pictures to look at, where BREITBAND_PICTURES names a folder.</summary>
    [Fact]
    public void A_tile_of_every_zoom_level_is_a_picture_that_can_be_decoded()
    {
        village.Build();
        using var pyramid = Pyramid.Open(village.Path);
        for (var zoom = 6; zoom <= 18; zoom++)
        {
            var wanted = At(Village.X0 + 200, Village.Y0 + 100, zoom);
            var png = painter.Paint(pyramid.Read(wanted.At(Math.Min(zoom, 14))), wanted, wanted.At(Math.Min(zoom, 14)), new() { Scale = 2 });
            using var picture = SKBitmap.Decode(png);
            Assert.Equal((1024, 1024), (picture.Width, picture.Height));
            if (Environment.GetEnvironmentVariable("BREITBAND_PICTURES") is { Length: > 0 } folder)
                File.WriteAllBytes(Path.Combine(folder, $"tile-{zoom}.png"), png);
        }
    }

    [Fact]
    public void A_damaged_tile_is_refused_with_the_way_out()
    {
        village.Build();
        using var pyramid = Pyramid.Open(village.Path);
        var tile = At(Village.X0 + 200, Village.Y0 + 100, 14);
        var plain = VillagePyramid.Plain(pyramid.Read(tile)!);
        Assert.Contains("breitband tiles", Assert.Throws<BreitbandException>(() => painter.Paint(plain.AsMemory(0, plain.Length / 2), tile, tile)).Text.De, StringComparison.Ordinal);
        Assert.Throws<BreitbandException>(() => painter.Paint(plain, tile with { X = tile.X + 1 }, tile));
        Assert.Throws<BreitbandException>(() => painter.Paint(plain, tile, tile, new() { Size = 300 }));
        Assert.NotEmpty(painter.Paint(ReadOnlyMemory<byte>.Empty, tile, tile));
    }
}
