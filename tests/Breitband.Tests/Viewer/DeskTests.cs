using Breitband.Tests.Service.Http;
using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

/// <summary>The planner's desk over the village: what is open, asked and answered, without a window.</summary>
public sealed class DeskTests(Served served) : IClassFixture<Served>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<DeskModel> Open(string? where = null)
    {
        var desk = new DeskModel();
        await desk.Open(where ?? served.Root, null);
        return desk;
    }

    /// <summary>Does something and waits until the service's answer has arrived on the desk.</summary>
    static async Task Answered(DeskModel desk, Action what)
    {
        var answered = new TaskCompletionSource();
        desk.Answered += () => answered.TrySetResult();
        what();
        await answered.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
    }

    [Fact]
    public async Task An_open_service_shows_its_municipalities_measures_and_figures()
    {
        var desk = await Open();
        Assert.Equal(["Adorf", "Bdorf"], desk.Municipalities.Select(m => m.Name));
        Assert.Equal(["M1", "M2", "M3", "M4", "M5"], desk.Measures.Select(m => m.Key).Order(StringComparer.Ordinal));
        Assert.Equal("atlas", desk.Basis!.Code);
        Assert.Equal(desk.Before, desk.After);
        Assert.Equal("", desk.Change);
        Assert.True(desk.Project!.Bounds.Width > 0);
    }

    [Fact]
    public async Task A_measure_that_is_left_out_changes_the_figures_at_once_and_back_again()
    {
        var desk = await Open();
        var lifting = desk.Measures.Single(m => m.Key == "M1");
        await Answered(desk, () => lifting.Counts = false);
        Assert.StartsWith("+", desk.Change, StringComparison.Ordinal);
        Assert.NotEmpty(desk.Differing);
        Assert.Single(desk.LeftOut);
        await Answered(desk, () => lifting.Counts = true);
        Assert.Equal("", desk.Change);
        Assert.Empty(desk.Differing);
    }

    [Fact]
    public async Task A_place_is_explained_in_a_sentence_with_its_steps()
    {
        var desk = await Open();
        await desk.Explain("A1");
        Assert.NotEqual("", desk.Selected!.Sentence);
        Assert.NotEmpty(desk.Selected.Steps);
        Assert.Equal(4, desk.Selected.Parts.Count);
    }

    [Fact]
    public async Task A_place_nobody_knows_is_said_and_the_desk_stays_as_it_was()
    {
        var desk = await Open();
        var said = "";
        desk.Faulted += text => said = text;
        await desk.Explain("Nirgendwo 99");
        Assert.Contains("Nirgendwo", said, StringComparison.Ordinal);
        Assert.Equal(2, desk.Municipalities.Count);
    }

    [Fact]
    public async Task A_store_in_a_file_is_served_in_the_program_and_says_the_same()
    {
        var copy = served.Folder.File("kopie.gpkg");
        File.Copy(served.Location, copy, true);
        var (remote, local) = (await Open(), await Open(copy));
        Assert.Equal(remote.Municipalities.Select(m => (m.Key, m.Figures)), local.Municipalities.Select(m => (m.Key, m.Figures)));
        Assert.Equal(remote.Before, local.Before);
        await local.Project!.DisposeAsync();
    }

    [Fact]
    public async Task Municipalities_are_sorted_by_what_the_planner_asks_for()
    {
        var desk = await Open();
        desk.Sort(m => -m.Figures.Open);
        Assert.True(desk.Municipalities[0].Figures.Open >= desk.Municipalities[1].Figures.Open);
        desk.Sort(m => m.Name);
        Assert.Equal("Adorf", desk.Municipalities[0].Name);
    }

    [Fact]
    public async Task A_service_that_goes_away_is_said_and_what_was_read_stays()
    {
        await using var going = new Served();
        await going.InitializeAsync();
        var desk = await Open(going.Root);
        var said = "";
        desk.Faulted += text => said = text;
        await going.App.StopAsync(Cancel);
        await desk.Explain("A1");
        Assert.Contains("antwortet nicht", said, StringComparison.Ordinal);
        Assert.Equal(2, desk.Municipalities.Count);
    }
}
