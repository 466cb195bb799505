using Breitband.Print;
using CsCheck;

namespace Breitband.Tests.Print;

public class FiguresTests
{
    static readonly Gen<Split> Splits = Gen.Select(Gen.Long[0, 5 * Split.One], Gen.Long[0, Split.One], Gen.Long[0, Split.One], Gen.Long[0, 3 * Split.One], (a, b, c, d) => new Split(a, b, c, d));

    [Fact]
    public void Rounded_tables_add_up_in_every_row_and_column_and_no_figure_is_two_off() => Splits.Array[1, 60].Sample(rows =>
    {
        var sum = rows.Aggregate(Split.Zero, (a, b) => a + b);
        var (cells, whole) = Figures.Table(rows, sum);
        Assert.Equal(Rounding.Rounded(sum.Total), whole.Sum());
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
    public void Long_words_break_and_nothing_is_wider_than_its_column()
    {
        var style = new TypeStyle(9);
        var lines = Flow.Wrap("Quelle: https://www.example.org/ein/sehr/langer/pfad/der/nirgends/ein/leerzeichen/hat und Schluss", style, 40);
        Assert.All(lines, l => Assert.True(Fonts.Width(l, style) <= 40));
        Assert.EndsWith("und Schluss", string.Join(' ', lines), StringComparison.Ordinal);
    }
}
