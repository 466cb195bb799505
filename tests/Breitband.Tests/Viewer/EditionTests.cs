using Breitband.Tests.Map;

namespace Breitband.Tests.Viewer;

/// <summary>An earlier edition on the map itself, or beside it.</summary>
public sealed class EditionTests(VillageOfTwoEditions served) : DeskTest(served), IClassFixture<VillageOfTwoEditions>
{
    async Task Repainted(Action what)
    {
        var come = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Desk.Repainted += () => come.TrySetResult();
        what();
        await come.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
    }

    [Fact]
    public async Task An_earlier_edition_is_looked_back_at_without_trying_measures()
    {
        await Open("admin");
        var (live, tiles) = (Uncovered(), Desk.Tiles);
        await Desk.Explain("h05");
        Desk.Edition = Desk.Editions.Single(e => e.Label.EndsWith("dorf", StringComparison.Ordinal));
        await Time.Until(() => Desk.Tiles != tiles && Math.Abs(Uncovered() - live) > 1);
        Assert.False(Desk.CanTry);
        Assert.All(Desk.Measures, m => Assert.False(m.CanTry));
        Assert.Equal("", Desk.Change);
        Assert.True(HasAsked($"with={Desk.Edition.Number}"));
        Desk.Edition = Desk.Editions[0];
        await Time.Until(() => Math.Abs(Uncovered() - live) < 1e-6);
        Assert.True(Desk.CanTry);

        double Uncovered() => Desk.Parts[2] + Desk.Parts[3];
    }

    [Fact]
    public async Task Looking_back_at_an_earlier_edition_the_ticks_are_those_it_is_computed_with()
    {
        await Open("admin");
        var (live, m1) = (Desk.Tiles, Desk.Measures.Single(m => m.Key == "M1"));
        await Answered(() => m1.Counts = false);
        var edition = Desk.Editions.Single(e => e.Label.EndsWith("dorf", StringComparison.Ordinal));
        Desk.Edition = edition;
        await Time.Until(() => Desk.Tiles != live && !Desk.Work.Running);
        var told = (await Served.Json($"/views?with={edition.Number}", "admin")).GetProperty("measures").EnumerateArray().ToDictionary(m => m.GetProperty("key").GetString()!);
        Assert.All(Desk.Measures, m => Assert.Equal(told[m.Key].GetProperty("counts").GetBoolean(), m.Counts));
        Assert.All(Desk.Measures, m => Assert.Equal(told[m.Key].GetProperty("households").GetDouble(), m.Lifted));
        Assert.Empty(Desk.LeftOut);
        Desk.Count(false); // nothing is tried here, and nothing waits for the way back
        Desk.Edition = Desk.Editions[0];
        await Time.Until(() => Desk.CanTry && !Desk.Asking && !Desk.Work.Running);
        Assert.Equal(["M1"], Desk.Measures.Where(m => !m.Chosen).Select(m => m.Key));
    }

    [Fact]
    public async Task The_other_side_begins_with_the_latest_earlier_edition_and_is_computed_when_it_is_seen()
    {
        await Open("admin");
        Assert.Equal(Desk.Profile, Desk.Other.Profile);
        Assert.NotNull(Desk.Other.Edition!.Number);
        Assert.Null(Desk.Other.Tiles);
        Assert.False(HasAsked("/views"));
        await Repainted(() => Desk.Other.On = true);
        await Time.Until(() => Desk.Other.Tiles is not null);
        var first = Desk.Other.Tiles;
        await Repainted(() => Desk.Other.Profile = Desk.Profiles.Single(p => p.Code == "NGA-2015"));
        Assert.Null(Desk.Other.Tiles); // nothing of the rule before is seen under the new name
        await Time.Until(() => Desk.Other.Tiles is not null);
        Assert.NotSame(first, Desk.Other.Tiles);
        Assert.NotEqual("NGA-2015", Desk.Profile!.Code); // the left side stays
    }

    [Fact]
    public async Task What_is_pointed_at_or_asked_on_the_other_side_is_told_by_its_rule()
    {
        await Open("admin");
        Desk.Other.On = true;
        await Time.Until(() => Desk.Other.Tiles is not null);
        var told = (await Served.Json($"/views?with={Desk.Other.Edition!.Number}", "admin")).GetProperty("rows").EnumerateArray().First(r => r.GetProperty("key").GetString() == Desk.Municipalities[0].Key).GetProperty("households");
        Desk.Pick(Desk.Municipalities[0]);
        var place = Desk.MunicipalityShape!.InteriorPoint.Coordinate;
        var (left, right) = (Desk.PointedAt(place, nearby: false)!, Desk.PointedAt(place, nearby: true, beside: true)!);
        Assert.Equal(told.GetProperty("planned").GetDouble(), right.Parts[1], 6);
        Assert.Equal(told.GetProperty("served").GetDouble(), right.Parts[0], 6);
        Assert.NotEqual(left.Name, right.Name);
        await Desk.Explain("h05", right: true);
        Assert.True(HasAsked($"/explain?place=h05&profile={Desk.Other.Profile!.Code}&basis={Desk.Other.Basis!.Code}&with={Desk.Other.Edition.Number}"));
        Assert.Contains("Rechts vom Trenner", Desk.Selected!.Where, StringComparison.Ordinal);
        await Desk.Explain("h05");
        Assert.DoesNotContain("Rechts", Desk.Selected!.Where, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_begins_with_the_threshold_of_the_left_side()
    {
        await Open("admin");
        var tiles = Desk.Tiles;
        Desk.Profile = Desk.Profiles.Single(p => p.Code == "NGA-2015");
        Assert.Equal("NGA-2015", Desk.Other.Profile!.Code);
        Desk.Other.Profile = Desk.Profiles.Single(p => p.Code == "GIG-2021"); // chosen by itself it stays
        Desk.Profile = Desk.Profiles.Single(p => p.Code == "ZIEL-2030");
        Assert.Equal("GIG-2021", Desk.Other.Profile!.Code);
        await Time.Until(() => Desk.Tiles != tiles && !Desk.Work.Running);
    }
}
