using System.Globalization;
using Breitband.Tests.Map;

namespace Breitband.Tests.Viewer;

/// <summary>The county's figures on both sides of a comparison.</summary>
public sealed class ComparedCountyTests(VillageOfTwoEditions served) : DeskTest(served), IClassFixture<VillageOfTwoEditions>
{
    /// <summary>The signed number a text begins with.</summary>
    static long Number(string text) => long.Parse(text.Split(' ')[0].Replace(".", "", StringComparison.Ordinal).Replace('−', '-').Replace("±", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    async Task Compare(string dataset)
    {
        await Open("admin");
        (Desk.Other.Edition, Desk.Other.On) = (Desk.Editions.First(e => e.Label.EndsWith(dataset, StringComparison.Ordinal)), true);
        await Time.Until(() => Desk.Other.Tiles is not null);
    }

    [Fact]
    public async Task Open_households_left_and_right_and_what_the_right_side_has_more()
    {
        await Open("admin");
        Assert.Null(Desk.Compared);
        var held = Line.Hold("/views");
        (Desk.Other.Edition, Desk.Other.On) = (Desk.Editions.First(e => e.Label.EndsWith("dorf", StringComparison.Ordinal)), true);
        Assert.Equal(("–", "–"), (Desk.Compared!.Right, Desk.Compared.Difference)); // not computed yet
        held.SetResult();
        await Time.Until(() => Desk.Other.Tiles is not null);
        var compared = Desk.Compared!;
        Assert.Equal(Desk.After + $" ({Desk.Share})", compared.Left.Replace('\u00a0', ' '));
        Assert.Equal((Desk.Other.Name, ""), (compared.RightName, compared.Note));
        Assert.Equal(Number(compared.Right) - Number(compared.Left), Number(compared.Difference));
        Assert.NotEqual(0, Number(compared.Difference));
        Assert.Contains(compared.Difference[0], "+−");
        var county = (await Served.Json($"/views?with={Desk.Other.Edition!.Number}", "admin")).GetProperty("rows").EnumerateArray().First(r => r.GetProperty("level").GetString() == "county").GetProperty("households");
        Assert.InRange(Number(compared.Right), county.GetProperty("unclear").GetDouble() + county.GetProperty("unserved").GetDouble() - 1, county.GetProperty("unclear").GetDouble() + county.GetProperty("unserved").GetDouble() + 1);
    }

    [Fact]
    public async Task The_other_way_round_the_difference_has_the_other_sign()
    {
        await Compare("dorf");
        var (there, earlier, live) = (Number(Desk.Compared!.Difference), Desk.Other.Edition, Desk.Tiles);
        (Desk.Edition, Desk.Other.Edition) = (earlier, Desk.Editions[0]);
        await Time.Until(() => Desk.Tiles != live && Desk.Other.Tiles is not null && !Desk.Work.Running);
        Assert.Equal(-there, Number(Desk.Compared!.Difference));
    }

    [Fact]
    public async Task A_trial_changes_the_left_side_and_is_named_there()
    {
        await Compare("dorf");
        var (left, right) = (Desk.Compared!.Left, Desk.Compared.Right);
        await Answered(() => Desk.Measures.Single(m => m.Key == "M1").Counts = false);
        Assert.NotEqual(left, Desk.Compared!.Left);
        Assert.Equal(right, Desk.Compared.Right);
        Assert.Contains("Versuch", Desk.Compared.LeftName, StringComparison.Ordinal);
        Assert.Equal(Number(Desk.Compared.Right) - Number(Desk.Compared.Left), Number(Desk.Compared.Difference));
    }

    [Fact]
    public async Task Of_different_thresholds_the_difference_is_said_to_be_no_building()
    {
        await Compare("dorf");
        Desk.Other.Profile = Desk.Profiles.Single(p => p.Code == "NGA-2015");
        await Time.Until(() => Desk.Other.Tiles is not null);
        Assert.Contains("weder Ausbau noch Rückbau", Desk.Compared!.Note, StringComparison.Ordinal);
    }
}
