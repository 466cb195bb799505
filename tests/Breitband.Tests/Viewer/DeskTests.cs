using Breitband.Tests.Service.Http;
using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

/// <summary>The planner's desk over the village: what is open, asked and answered, without a window.</summary>
public sealed class DeskTests(Served served) : DeskTest(served), IClassFixture<Served>
{
    [Fact]
    public async Task An_open_service_shows_its_municipalities_measures_and_figures()
    {
        await Open();
        Assert.Equal(["Adorf", "Bdorf"], Desk.Municipalities.Select(m => m.Name));
        Assert.Equal(["M1", "M2", "M3", "M4", "M5"], Desk.Measures.Select(m => m.Key).Order(StringComparer.Ordinal));
        Assert.Equal("atlas", Desk.Basis!.Code);
        Assert.Equal(Desk.Municipalities.Sum(m => m.Figures.Open), Desk.Parts[2] + Desk.Parts[3], 6); // the county is the sum of its municipalities
        Assert.Equal(Formats.Whole((long)Math.Round(Desk.Parts[2] + Desk.Parts[3]), Language.De), Desk.Before);
        Assert.Equal("", Desk.Change);
        Assert.Empty(Faults);
        Assert.True(Desk.Project!.Bounds.Width > 0);
    }

    [Fact]
    public async Task A_measure_that_is_left_out_changes_the_figures_at_once_and_back_again()
    {
        await Open();
        var lifting = Desk.Measures.Single(m => m.Key == "M1");
        await Answered(() => lifting.Counts = false);
        Assert.StartsWith("+", Desk.Change, StringComparison.Ordinal);
        Assert.Equal($"+{lifting.Lifts}", $"{Desk.Change} HH"); // the line and what it changes are one figure
        Assert.Equal(Whole(Desk.Before) + Whole(Desk.Change), Whole(Desk.After));
        Assert.NotEmpty(Desk.Differing);
        Assert.Single(Desk.LeftOut);
        await Answered(() => lifting.Counts = true);
        Assert.Equal("", Desk.Change);
        Assert.Empty(Desk.Differing);
    }

    static int Whole(string said) => int.Parse(said, System.Globalization.NumberStyles.AllowLeadingSign | System.Globalization.NumberStyles.AllowThousands, Formats.Culture(Language.De));

    [Theory]
    [InlineData(0.6, 714.9, 714)] // rounded by themselves they are 1 and 715
    [InlineData(0.4, 0.8, 0)]
    [InlineData(3.6, 1.0, -3)]
    [InlineData(10.0, 724.5, 715)]
    public void A_change_is_rounded_once(double before, double after, long change) => Assert.Equal(change, Parts.Between(before, after));

    [Fact]
    public async Task A_measure_that_counts_under_no_choice_is_not_ticked_and_cannot_be_tried()
    {
        await Open();
        var idle = Desk.Measures.First(m => !m.CanTry);
        Assert.False(idle.Counts);
        Assert.Contains("zählt nicht", idle.State, StringComparison.Ordinal);
        Assert.DoesNotContain(".;", idle.State, StringComparison.Ordinal);
        await Answered(() => idle.Counts = true);
        Assert.False(idle.Counts);
        Assert.Empty(Desk.LeftOut);
    }

    [Fact]
    public async Task Gap_areas_follow_a_tick_once_and_the_map_is_as_stored_when_every_measure_counts()
    {
        await Open();
        var painted = 0;
        Desk.Repainted += () => painted++;
        var lifting = Desk.Measures.Single(m => m.Key == "M1");
        var held = Line.HoldAsking("\"gaps\"");
        await Answered(() => lifting.Counts = false);
        Assert.StartsWith("+", Desk.Change, StringComparison.Ordinal); // figures wait for no gaps
        Assert.False(Desk.GapsFollow);
        held.SetResult();
        await Time.Until(() => Desk.GapsFollow);
        Assert.NotNull(Desk.TriedGaps);
        await Answered(() => lifting.Counts = true);
        Assert.Null(Desk.TriedGaps);
        Assert.Equal(2, painted);
    }

    [Fact]
    public async Task While_the_map_shows_another_rule_than_the_figures_no_trial_is_painted_on_it()
    {
        await Open("editor");
        await Answered(() => Desk.Measures.Single(m => m.Key == "M1").Counts = false);
        await Time.Until(() => Desk.GapsFollow);
        var (tried, tiles, held) = (Desk.TriedGaps, Desk.Tiles, Line.Hold("/views"));
        await Answered(() => Desk.Profile = Desk.Profiles.Single(p => p.Code == "NGA-2015"));
        await Time.Until(() => !Desk.AskingGaps);
        Assert.Null(Desk.TriedGaps);
        held.SetResult();
        await Time.Until(() => Desk.Tiles != tiles);
        Assert.NotNull(Desk.TriedGaps);
        Assert.NotSame(tried, Desk.TriedGaps);
    }

    [Fact]
    public async Task A_place_is_explained_in_a_sentence_with_its_steps()
    {
        await Open();
        await Desk.Explain("A1");
        Assert.NotEqual("", Desk.Selected!.Sentence);
        Assert.NotEmpty(Desk.Selected.Steps);
        Assert.Equal(4, Desk.Selected.Parts.Count);
    }

    [Fact]
    public async Task A_place_nobody_knows_is_said_and_the_desk_stays_as_it_was()
    {
        await Open();
        await Desk.Explain("Nirgendwo 99");
        Assert.Contains("Nirgendwo", Assert.Single(Faults), StringComparison.Ordinal);
        Assert.Equal(2, Desk.Municipalities.Count);
    }

    [Fact]
    public async Task A_store_in_a_file_is_served_in_the_program_and_says_the_same()
    {
        var copy = Served.Folder.File("kopie.gpkg");
        File.Copy(Served.Location, copy, true);
        await Open();
        await using var local = new DeskModel(Time);
        await local.Open(copy, null);
        Assert.Equal(Desk.Municipalities.Select(m => (m.Key, m.Figures)), local.Municipalities.Select(m => (m.Key, m.Figures)));
        Assert.Equal(Desk.Before, local.Before);
    }

    [Fact]
    public async Task Municipalities_are_sorted_by_what_the_planner_asks_for()
    {
        await Open();
        Desk.SortOrTurn(RowOrder.Open);
        Assert.True(Desk.Municipalities[0].Figures.Open >= Desk.Municipalities[1].Figures.Open);
        Desk.SortOrTurn(RowOrder.Open);
        Assert.True(Desk.Municipalities[0].Figures.Open <= Desk.Municipalities[1].Figures.Open);
        Desk.SortOrTurn(RowOrder.Name);
        Assert.Equal("Adorf", Desk.Municipalities[0].Name);
        Desk.SortOrTurn(RowOrder.Name);
        Assert.Equal("Bdorf", Desk.Municipalities[0].Name);
    }

    [Fact]
    public async Task A_picked_municipality_stays_picked_when_the_table_is_sorted()
    {
        await Open();
        Desk.Pick(Desk.Municipalities[1]);
        Desk.Municipalities.CollectionChanged += (_, _) => Desk.Pick(null); // as a list does with a line that moves
        Desk.SortOrTurn(RowOrder.Name);
        Desk.SortOrTurn(RowOrder.Name);
        Assert.Equal("Bdorf", Desk.Municipality!.Name);
    }

    [Fact]
    public async Task A_service_that_goes_away_is_said_and_what_was_read_stays()
    {
        await Open();
        Line.Cut = true;
        await Desk.Explain("A1");
        Assert.Contains("antwortet nicht", Assert.Single(Faults.Distinct()), StringComparison.Ordinal); // who else was asking is told the same
        Assert.Equal(2, Desk.Municipalities.Count);
    }

    [Fact]
    public async Task The_map_is_told_of_first_and_the_tables_come_when_it_is_seen()
    {
        var (seen, told) = (new TaskCompletionSource(), 0);
        Desk.MapChanged += () => told++;
        Desk.MapSeen = () => seen.Task;
        var opening = Open();
        for (var waited = 0; told == 0; waited++)
        {
            Assert.True(waited < 6000, "no map after a minute");
            await Task.Delay(10, Cancel);
        }
        Assert.NotNull(Desk.Tiles);
        Assert.Empty(Desk.Municipalities);
        seen.SetResult();
        await opening;
        Assert.NotEmpty(Desk.Municipalities);
    }
}
