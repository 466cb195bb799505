using Breitband.Tests.Service.Http;
using Breitband.Viewer;

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
    public async Task A_basis_without_evidence_for_many_households_says_so_and_one_with_evidence_does_not()
    {
        await Open("editor");
        await Answered(() => Desk.Basis = Desk.Bases.Single(b => b.Code == "mev"));
        Assert.EndsWith(" % der Haushalte sind auf dieser Grundlage ohne jeden Beleg; sie gelten als unklar.", Desk.Unproven, StringComparison.Ordinal);
        await Answered(() => Desk.Basis = Desk.Bases.Single(b => b.Code == "best"));
        Assert.Equal("", Desk.Unproven);
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

    [Fact]
    public async Task A_measures_line_says_what_it_lifts_under_the_rule_asked_and_the_list_follows()
    {
        await Open("editor");
        var first = Lines();
        Desk.Measure = Desk.Measures.Single(m => m.Key == "M1");
        await Answered(() => (Desk.Profile, Desk.Basis) = (Desk.Profiles.Single(p => p.Code == "NGA-2015"), Desk.Bases.Single(b => b.Code == "best")));
        await Time.Until(() => !Desk.Work.Running);
        var told = (await Served.Send(HttpMethod.Post, "/whatif", """{"profile":"NGA-2015","basis":"best"}""", "editor")).Json.GetProperty("measures").EnumerateArray()
            .OrderByDescending(m => m.GetProperty("households").GetDouble()).ThenBy(m => m.GetProperty("key").GetString(), StringComparer.Ordinal);
        Assert.Equal(told.Select(m => (m.GetProperty("key").GetString()!, Parts.Between(0, m.GetProperty("households").GetDouble()) + " HH")), Lines());
        Assert.NotEqual(first, Lines());
        Assert.Equal("M1", Desk.Measure!.Key);
        await Answered(() => (Desk.Profile, Desk.Basis) = (Desk.Profiles.Single(p => p.Code == "GIG-2021"), Desk.Bases.Single(b => b.Code == "atlas")));
        await Time.Until(() => !Desk.Work.Running);

        List<(string, string)> Lines() => [.. Desk.Measures.Select(m => (m.Key, m.Lifts))];
    }

    [Fact]
    public async Task Only_a_question_of_the_user_leads_to_its_answer_not_its_repetition_under_another_threshold()
    {
        await Open("editor");
        var led = 0;
        Desk.Explained += () => led++;
        await Desk.Explain("h05");
        Assert.Equal(1, led);
        var before = Desk.Selected;
        Choose("NGA-2015");
        await Time.Until(() => Desk.Selected != before);
        Assert.Equal(1, led);
        await Desk.Explain("Nirgendwo 99");
        Choose("GIG-2021");
        await Time.Until(() => !Desk.Work.Running && !Desk.Asking);
        Assert.Single(Faults); // what nobody knows is not asked again
    }
}
