using Breitband.Tests.Service.Http;

namespace Breitband.Tests.Viewer;

/// <summary>Another threshold or basis: bar, map, figures and the explained place say the same.</summary>
public sealed class RuleTests(Served served) : DeskTest(served), IClassFixture<Served>
{
    void Choose(string profile) => Desk.Profile = Desk.Profiles.Single(p => p.Code == profile);

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
        var (was, first) = (Desk.Profile, Desk.Before);
        var held = Line.Hold("/views");
        Choose("NGA-2015");
        await Time.Until(() => HasAsked("/views"));
        Assert.True(Desk.Work.Cancel());
        await Time.Until(() => Desk.Profile == was);
        held.SetResult();
        await Time.Until(() => !Desk.Work.Running && Desk.Before == first && Desk.After == first);
        Assert.Equal(was, Desk.Profile);
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
}
