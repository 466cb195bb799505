using Breitband.Tests.Service.Http;
using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

/// <summary>The print card over the village: its preview is the service's own print.</summary>
public sealed class PrintModelTests(Served served) : DeskTest(served), IClassFixture<Served>
{
    async Task<PrintModel> Model(string? municipality = null)
    {
        await Open();
        var model = new PrintModel(Desk.Project!.Service, Desk.Municipalities, Desk.Municipalities.FirstOrDefault(m => m.Name == municipality));
        await Time.Until(() => !model.Busy);
        return model;
    }

    [Fact]
    public async Task The_overview_is_shown_first_and_a_picked_municipality_instead_of_it()
    {
        var overview = await Model();
        Assert.Equal((overview.Sheets[0], "A3", ""), (overview.Sheet, overview.Paper, overview.Fault));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], overview.Preview![..4]);
        var adorf = new PrintModel(Desk.Project!.Service, Desk.Municipalities, Desk.Municipalities[0]);
        await Time.Until(() => !adorf.Busy);
        Assert.Equal(("Adorf", "A4"), (adorf.Sheet.Label, adorf.Paper));
    }

    [Fact]
    public async Task While_a_preview_is_made_only_the_newest_choice_is_kept()
    {
        var model = await Model("Adorf");
        var (held, before) = (Line.Hold("/print"), Line.Asked.Count(a => a.Contains("/print", StringComparison.Ordinal)));
        foreach (var paper in new[] { "A3", "A2", "A4 hoch" })
            model.Paper = paper;
        held.SetResult();
        await Time.Until(() => !model.Busy);
        var asked = Line.Asked.Where(a => a.Contains("/print", StringComparison.Ordinal)).Skip(before).ToList();
        Assert.Equal(2, asked.Count);
        Assert.Contains("paper=A4%20hoch", asked[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_service_refuses_stands_on_the_card_and_goes_with_the_next_sheet()
    {
        var model = await Model("Adorf");
        model.Released = true; // an editor's right
        await Time.Until(() => !model.Busy);
        Assert.NotEqual("", model.Fault);
        Assert.Null(model.Preview);
        model.Released = false;
        await Time.Until(() => !model.Busy);
        Assert.Equal("", model.Fault);
        Assert.NotNull(model.Preview);
    }

    [Fact]
    public async Task A_sheet_is_saved_and_a_place_that_cannot_be_written_is_said()
    {
        using var folder = new TemporaryFolder();
        var model = await Model("Adorf");
        await model.Save(folder.File("blatt.pdf"), "pdf");
        Assert.Contains("blatt.pdf", model.Saved, StringComparison.Ordinal);
        Assert.StartsWith("%PDF", System.Text.Encoding.ASCII.GetString(await File.ReadAllBytesAsync(folder.File("blatt.pdf"), Cancel)), StringComparison.Ordinal);
        await model.Save(folder.File("gibt/es/nicht.pdf"), "pdf");
        Assert.Contains("lässt sich nicht schreiben", model.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_sheet_is_printed_by_the_threshold_of_the_window_and_the_map_with_its_trial()
    {
        await Open("editor");
        var tiles = Desk.Tiles;
        Desk.Profile = Desk.Profiles.Single(p => p.Code == "NGA-2015");
        await Time.Until(() => Desk.Tiles != tiles && !Desk.Work.Running);
        await Answered(() => Desk.Measures.Single(m => m.Key == "M1").Counts = false);
        Desk.Layers.Single(l => l.Groups.Contains("address")).Visible = false;
        var model = Desk.Printing(Desk.Project!.Bounds);
        await Time.Until(() => !model.Busy);
        Assert.Equal("", model.Fault);
        var map = Line.Asked.Last(a => a.Contains("/print/view", StringComparison.Ordinal));
        Assert.Contains("profile=NGA-2015&basis=atlas", map, StringComparison.Ordinal);
        Assert.Contains("without=M1", map, StringComparison.Ordinal);
        Assert.DoesNotContain("address", map, StringComparison.Ordinal);
        model.Sheet = model.Sheets[1];
        await Time.Until(() => !model.Busy);
        Assert.Equal("", model.Fault);
        Assert.Contains("profile=NGA-2015", Line.Asked.Last(a => a.Contains("/print/overview", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.NotNull(model.Preview);
    }
}
