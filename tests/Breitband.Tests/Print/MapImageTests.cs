using Breitband.Print;
using NetTopologySuite.Geometries;
using SkiaSharp;

namespace Breitband.Tests.Print;

public sealed class MapImageTests
{
    static readonly GeometryFactory Factory = new(new PrecisionModel(), Crs.Stored);

    static Geometry Square(double x, double y, double size) => Factory.ToGeometry(new Envelope(x, x + size, y, y + size));

    /// <summary>A municipality 8 km wide and high with three gap areas of 2 km in it, the last with cut corners.</summary>
    static GapResult Result()
    {
        GapArea Gap(string key, double share, Geometry area) => new(key, "12069017", null, "cells", share, Split.One, area.Area, area);
        return InventedCounty.Result with
        {
            Rows = [new(AreaLevel.Municipality, "12069017", "Beelitz", "12069017", new(Split.One, 0, 0, 0), default, default, default, new Dictionary<string, double>(), Square(0, 0, 8000))],
            GapAreas = [Gap("a", 0, Square(0, 6000, 2000)), Gap("b", 0.8, Square(3000, 3000, 2000)), Gap("c", 0.3, Square(6000, 0, 2000).Buffer(-100).Buffer(100, 4))],
        };
    }

    internal static IEnumerable<(Geometry, double)> Shares(GapResult result) => result.GapAreas.Select(g => (g.Geometry, g.Share));

    [Fact]
    public void Each_gap_area_has_the_colour_of_its_class()
    {
        using var image = SKBitmap.Decode(MapImage.Png(Result(), Shares(Result()), 1000, 800, Language.De));
        Assert.Equal((1000, 800), (image.Width, image.Height));
        var seen = new Dictionary<SKColor, (int Count, double X, double Y)>();
        for (var y = 0; y < 640; y++)
            for (var x = 0; x < image.Width; x++)
                seen[image.GetPixel(x, y)] = seen.GetValueOrDefault(image.GetPixel(x, y)) is var s ? (s.Count + 1, s.X + x, s.Y + y) : default;
        (double X, double Y) Middle(double percent) => seen[SKColor.Parse(Legend.Default.Share(percent).Fill)] is var s ? (s.X / s.Count, s.Y / s.Count) : default;
        // Top left, middle, bottom right.
        Assert.True(Middle(0).X < Middle(80).X - 100 && Middle(80).X < Middle(30).X - 100, "from left to right");
        Assert.True(Middle(0).Y < Middle(80).Y - 100 && Middle(80).Y < Middle(30).Y - 100, "from top to bottom");
        // Scale bar and border cover some of the first.
        var cells = seen.Where(c => Legend.Default.Shares.Any(s => SKColor.Parse(s.Symbol.Fill) == c.Key)).Select(c => c.Value.Count).ToList();
        Assert.Equal(3, cells.Count);
        Assert.All(cells, c => Assert.InRange(c, cells.Max() * 0.7, cells.Max()));
    }

    [Theory]
    [InlineData(399, 300)]
    [InlineData(400, 8001)]
    public void A_picture_too_small_to_read_or_too_large_for_any_screen_is_refused(int width, int height) =>
        Assert.Equal(Outcome.WrongUse, Assert.Throws<BreitbandException>(() => MapImage.Png(Result(), Shares(Result()), width, height, Language.De)).Outcome);
}
