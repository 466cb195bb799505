using CsCheck;

namespace Breitband.Tests;

public class RoundingTests
{
    [Fact]
    public void Rounded_parts_equal_the_rounded_whole_and_none_is_off_by_one() =>
        Gen.Select(Gen.Long[0, 50_000_000_000_000], Gen.Long[0, 50_000_000_000_000], Gen.Long[0, 5_000_000_000], Gen.Long[0, 5_000_000_000]).Sample((a, b, c, d) =>
        {
            var split = new Split(a, b, c, d);
            var w = Rounding.Whole(split);
            Assert.Equal(w.Total, w.Served + w.Unclear + w.Planned + w.Unserved);
            Assert.True(Math.Abs(w.Total * Split.One - split.Total) <= Split.One / 2);
            foreach (var (whole, exact) in new[] { (w.Served, a), (w.Unclear, b), (w.Planned, c), (w.Unserved, d) })
                Assert.True(Math.Abs(whole * Split.One - exact) < Split.One);
        });

    [Fact]
    public void Numbers_are_written_as_their_readers_do()
    {
        Assert.Equal("1.234,5", Formats.Number(1234.5, Language.De));
        Assert.Equal("1,234.5", Formats.Number(1234.5, Language.En));
        Assert.Equal("0,00", Formats.Number(-0.001, Language.De, "0.00"));
        Assert.Equal("29,7 %", Formats.Percent(0.2973, Language.De));
    }

    [Theory]
    [InlineData("1.250.000,50", Language.De, 1250000.5)]
    [InlineData("950.000", Language.De, 950000.0)]
    [InlineData("1 250 000", Language.De, 1250000.0)]
    [InlineData("1250.5", Language.De, 1250.5)]
    [InlineData("1250.500", Language.De, null)]
    [InlineData("12.50.000", Language.De, null)]
    [InlineData("1e6", Language.De, null)]
    [InlineData("950,000", Language.En, 950000.0)]
    [InlineData("1,250,000.5", Language.En, 1250000.5)]
    [InlineData("0,5", Language.En, 0.5)]
    [InlineData("1250,500", Language.En, null)]
    public void Numbers_are_read_as_their_writers_mean_them(string text, Language language, double? number) => Assert.Equal(number, Formats.Read(text, language));
}
