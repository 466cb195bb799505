using System.Text.Json.Nodes;
using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

/// <summary>The two sides of a swipe.</summary>
public sealed class ComparisonTests
{
    static readonly Choice Any = new("any", "any");

    static IReadOnlyList<EditionChoice> Editions(string earlier, string evidence) => EditionChoice.All(JsonNode.Parse($$"""
        [{"number":1,"dataset":"coverage_cells:dorf","date":"{{earlier}}","live":false,"evidence":"{{evidence}}"},
         {"number":2,"dataset":"coverage_cells:dorf","date":"2023-12-31","live":true,"evidence":"{{evidence}}"},
         {"number":3,"dataset":"measures:kreis","date":"2020-01-01","live":true,"evidence":"atlas"}]
        """)!);

    static string Between(string earlier, string evidence = "atlas")
    {
        var (editions, comparison) = (Editions(earlier, evidence), new Breitband.Viewer.Comparison());
        comparison.Offer([Any], [Any], editions, Any, Any);
        return comparison.Break(editions[0]);
    }

    [Fact]
    public void A_side_that_is_not_computed_says_so_in_the_place_of_a_map()
    {
        var (editions, side) = (Editions("2021-12-31", "atlas"), new Breitband.Viewer.Comparison());
        side.Offer([Any], [Any], editions, Any, Any);
        Assert.Equal("", side.Missing);
        side.On = true;
        Assert.Contains("wird gerechnet", side.Missing, StringComparison.Ordinal);
        side.Fail();
        Assert.Contains("ist nicht gerechnet", side.Missing, StringComparison.Ordinal);
        side.Show(new(new HttpClient(), "http://test/{z}/{y}/{x}", 4, 14), new Dictionary<string, Parts>());
        Assert.Equal("", side.Missing);
        side.Edition = editions.First(e => e != side.Edition);
        Assert.Null(side.Tiles);
        Assert.Contains("wird gerechnet", side.Missing, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2021-12-31", true)]
    [InlineData("2022-06-29", true)]
    [InlineData("2022-06-30", false)]
    [InlineData("2022-12-31", false)]
    public void Editions_on_both_sides_of_mid_2022_name_the_break_of_method(string earlier, bool broken) => Assert.Equal(broken, Between(earlier).Contains("Methodenbruch", StringComparison.Ordinal));

    [Fact]
    public void Answers_of_a_market_consultation_know_no_such_break() => Assert.Equal("", Between("2021-12-31", "mev"));

    [Fact]
    public void Two_sides_of_the_same_edition_have_none()
    {
        var editions = Editions("2021-12-31", "atlas");
        var comparison = new Breitband.Viewer.Comparison();
        comparison.Offer([Any], [Any], editions, Any, Any);
        Assert.Equal("", comparison.Break(editions[1]));
    }
}
