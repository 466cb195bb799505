using Breitband.Tests.Map;
using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

/// <summary>Another threshold, basis or edition: bar, map, figures and the explained place say the same.</summary>
public sealed class RuleTests(VillageOfTwoEditions served) : DeskTest(served), IClassFixture<VillageOfTwoEditions>
{
    void Choose(string profile) => Desk.Profile = Desk.Profiles.Single(p => p.Code == profile);

    Task Repainted(Action what) => Until(what, done => Desk.Repainted += done);

    static async Task Until(Action what, Action<Action> listen)
    {
        var come = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        listen(() => come.TrySetResult());
        what();
        await come.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
    }

    [Fact]
    public async Task Another_threshold_changes_map_and_figures_and_before_is_of_that_threshold_too()
    {
        await Open("editor");
        var (tiles, first) = (Desk.Tiles, Desk.Before);
        Choose("NGA-2015");
        await Time.Until(() => Desk.Tiles != tiles && Desk.Before != first);
        Assert.Equal(Desk.Before, Desk.After);
        Assert.Equal("", Desk.Change); // no measure was touched
        Assert.Empty(Desk.Differing);
    }

    [Fact]
    public async Task A_click_while_the_map_is_computed_leaves_the_map_to_the_chosen_threshold()
    {
        await Open("editor");
        var tiles = Desk.Tiles;
        var held = Line.Hold("/views");
        Choose("NGA-2015");
        await Desk.Explain("h05");
        held.SetResult();
        await Time.Until(() => Desk.Tiles != tiles);
        Assert.Equal("NGA-2015", Desk.Profile!.Code);
        Assert.NotNull(Desk.Selected);
    }

    [Fact]
    public async Task A_map_that_was_stopped_puts_the_bar_back_to_what_it_shows()
    {
        await Open("editor");
        var (was, tiles) = (Desk.Profile, Desk.Tiles);
        var held = Line.Hold("/views");
        Choose("NGA-2015");
        await Time.Until(() => HasAsked("/views"));
        Assert.True(Desk.Work.Cancel());
        await Time.Until(() => Desk.Profile == was);
        held.SetResult();
        await Time.Until(() => !Desk.Work.Running);
        Assert.Equal(was, Desk.Profile);
        Assert.Equal(Desk.Before, Desk.After);
    }

    [Fact]
    public async Task The_last_of_several_choices_holds()
    {
        await Open("editor");
        var tiles = Desk.Tiles;
        var held = Line.Hold("/views");
        Choose("NGA-2015");
        Desk.Basis = Desk.Bases.Single(b => b.Code == "best");
        held.SetResult();
        await Time.Until(() => Desk.Tiles != tiles && !Desk.Work.Running);
        Assert.Equal(("NGA-2015", "best"), (Desk.Profile!.Code, Desk.Basis!.Code));
        Assert.Contains(Line.Asked, a => a.Contains("/views?profile=NGA-2015&basis=best", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_explained_place_follows_the_threshold()
    {
        await Open("editor");
        await Desk.Explain("h05");
        var before = Desk.Selected;
        Choose("NGA-2015");
        await Time.Until(() => Desk.Selected != before);
        Assert.True(HasAsked("/explain?place=h05&profile=NGA-2015&basis=atlas"));
        Assert.NotEqual(before!.Sentence, Desk.Selected!.Sentence);
    }

    [Fact]
    public async Task An_earlier_edition_is_looked_back_at_without_trying_measures()
    {
        await Open("editor");
        var (live, tiles) = (Uncovered(), Desk.Tiles);
        await Desk.Explain("h05");
        Desk.Edition = Desk.Editions.Single(e => e.Label.EndsWith("dorf", StringComparison.Ordinal));
        await Time.Until(() => Desk.Tiles != tiles && Math.Abs(Uncovered() - live) > 1);
        Assert.False(Desk.CanTry);
        Assert.Equal("", Desk.Change);
        Assert.True(HasAsked($"with={Desk.Edition.Number}"));
        Desk.Edition = Desk.Editions[0];
        await Time.Until(() => Math.Abs(Uncovered() - live) < 1e-6);
        Assert.True(Desk.CanTry);

        double Uncovered() => Desk.Parts[2] + Desk.Parts[3];
    }

    [Fact]
    public async Task The_other_side_begins_with_the_latest_earlier_edition_and_is_computed_when_it_is_seen()
    {
        await Open("editor");
        Assert.Equal(Desk.Profile, Desk.Other.Profile);
        Assert.NotNull(Desk.Other.Edition!.Number);
        Assert.Null(Desk.Other.Tiles);
        Assert.False(HasAsked("/views"));
        await Repainted(() => Desk.Other.On = true);
        Assert.NotNull(Desk.Other.Tiles);
        var first = Desk.Other.Tiles;
        await Repainted(() => Desk.Other.Profile = Desk.Profiles.Single(p => p.Code == "NGA-2015"));
        Assert.NotSame(first, Desk.Other.Tiles);
        Assert.NotEqual("NGA-2015", Desk.Profile!.Code); // the left side stays
    }
}
