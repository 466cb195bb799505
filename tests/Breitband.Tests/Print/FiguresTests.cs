using Breitband.Print;
using CsCheck;
using NetTopologySuite.Geometries;
using SkiaSharp;

namespace Breitband.Tests.Print;

public class FiguresTests
{
    static readonly Gen<Split> Splits = Gen.Select(Gen.Long[0, 5 * Split.One], Gen.Long[0, Split.One], Gen.Long[0, Split.One], Gen.Long[0, 3 * Split.One], (a, b, c, d) => new Split(a, b, c, d));

    [Fact]
    public void Rounded_tables_add_up_in_every_row_and_column_and_no_figure_is_two_off() => Splits.Array[1, 60].Sample(rows =>
    {
        var sum = rows.Aggregate(Split.Zero, (a, b) => a + b);
        var (cells, whole) = Figures.Table(rows, sum);
        Assert.Equal(Figures.Rounded(sum.Total), whole.Sum());
        for (var j = 0; j < 4; j++)
            Assert.Equal(whole[j], cells.Sum(c => c[j]));
        Assert.All(cells.Zip(rows), r => Assert.True(r.First.All(v => v >= 0) && Math.Abs(r.First.Sum() - Split.Count(r.Second.Total)) < 2));
        Assert.All(cells.Zip(rows), r => Assert.True(Math.Abs(r.First[0] - Split.Count(r.Second.Served)) < 2 && Math.Abs(r.First[3] - Split.Count(r.Second.Unserved)) < 2));
    });

    [Fact]
    public void Rows_that_are_not_the_sum_are_not_printed() =>
        Assert.Throws<BreitbandException>(() => Figures.Table([new(Split.One, 0, 0, 0)], new(5 * Split.One, 0, 0, 0)));

    [Fact]
    public void German_figures_have_points_and_commas()
    {
        Assert.Equal("88.178", Figures.Number(88178, Language.De));
        Assert.Equal("12,3\u00a0%", Figures.Percent(12.34, Language.De));
        Assert.Equal("–", Figures.Percent(null, Language.De));
    }

    [Fact]
    public void A_bare_map_shows_each_cell_in_the_colour_of_its_class()
    {
        var factory = new GeometryFactory(new PrecisionModel(), Crs.Stored);
        Geometry Cell(double x, double y) => factory.ToGeometry(new Envelope(x, x + 100, y, y + 100));
        var png = MapImage.Png(new(0, 400, 0, 300), 160, 120, [(Cell(0, 200), 0), (Cell(200, 0), 80), (Cell(300, 0).Buffer(0.5), 30)], [], [factory.ToGeometry(new Envelope(-9, 500, -9, 500))]);
        using var image = SKBitmap.Decode(png);
        Assert.Equal((160, 120), (image.Width, image.Height));
        Assert.Equal(SKColor.Parse(Legend.Default.Share(0).Fill), image.GetPixel(20, 20));
        Assert.Equal(SKColor.Parse(Legend.Default.Share(80).Fill), image.GetPixel(100, 100));
        Assert.Equal(SKColor.Parse(Legend.Default.Share(30).Fill), image.GetPixel(140, 100));
        Assert.Equal(SKColors.White, image.GetPixel(100, 20));
    }

    [Fact]
    public void Long_words_break_and_nothing_is_wider_than_its_column()
    {
        var style = new TypeStyle(9);
        var lines = Flow.Wrap("Quelle: https://www.example.org/ein/sehr/langer/pfad/der/nirgends/ein/leerzeichen/hat und Schluss", style, 40);
        Assert.All(lines, l => Assert.True(Fonts.Width(l, style) <= 40));
        Assert.EndsWith("und Schluss", string.Join(' ', lines), StringComparison.Ordinal);
    }
}
