using Breitband.Tests.Service.Http;
using Breitband.Viewer;
using Breitband.Viewer.Map;

namespace Breitband.Tests.Viewer;

/// <summary>The print card over the village: its preview is the service's own print.</summary>
public sealed class PrintModelTests(Served served) : DeskTest(served), IClassFixture<Served>
{
    /// <param name="pick">Done on the desk before the card is shown.</param>
    async Task<PrintModel> Model(Action? pick = null, string? key = null)
    {
        await Open(key);
        pick?.Invoke();
        return await Shown();
    }

    async Task<PrintModel> Shown(double? zoom = null)
    {
        var whole = MapPose.Showing(Desk.Project!.Bounds, 900, 700, 0);
        var model = Desk.Printing(zoom is { } z ? whole with { Resolution = MapPose.ResolutionOf(z) } : whole);
        await Time.Until(() => !model.Busy);
        return model;
    }

    static SheetKind Kind(PrintModel model, string route) => model.Kinds.Single(k => k.Route == "/print/" + route);

    async Task Look(PrintModel model, string route)
    {
        model.Kind = Kind(model, route);
        await Time.Until(() => !model.Busy);
        Assert.Equal("", model.Fault);
        Assert.NotNull(model.Preview);
    }

    static string Paper(PrintModel model) => model.Kind.Paper.Single().Chosen.Code;

    static void Take(PrintModel model, string paper)
    {
        var choice = model.Kind.Paper.Single();
        choice.Chosen = choice.Options.Single(p => p.Code == paper);
    }

    string Printed => Line.Asked.Last(a => a.Contains("/print/", StringComparison.Ordinal));

    [Fact]
    public async Task The_part_of_the_map_is_shown_first_and_what_was_picked_last_instead_of_it()
    {
        var first = await Model();
        Assert.Equal(("/print/view", "A4-quer", ""), (first.Kind.Route, Paper(first), first.Fault));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], first.Preview![..4]);
        Desk.Municipality = Desk.Municipalities.Single(m => m.Name == "Adorf");
        var municipality = await Shown();
        Assert.Equal(("/print/municipality", "Adorf", "A4-hoch"), (municipality.Kind.Route, municipality.Kind.Choices[0].Chosen.Label, Paper(municipality)));
        Desk.Measure = Desk.Measures.Single(m => m.Key == "M1");
        var measure = await Shown();
        Assert.Contains("/print/measure/M1?", Printed, StringComparison.Ordinal);
        Assert.Equal("", measure.Fault);
        Desk.Pick(Desk.Municipalities[0]);
        Assert.Equal("/print/municipality", (await Shown()).Kind.Route);
    }

    [Theory]
    [InlineData("view")]
    [InlineData("overview")]
    [InlineData("municipality")]
    [InlineData("measure")]
    [InlineData("place")]
    [InlineData("atlas")]
    [InlineData("report")]
    [InlineData("map")]
    public async Task Every_kind_of_sheet_is_shown_on_its_usual_paper_and_saved(string route)
    {
        using var folder = new TemporaryFolder();
        await Open();
        await Desk.Explain("h05");
        var model = await Shown();
        await Look(model, route);
        var form = model.Kind.HasPaper ? "pdf" : "png";
        await model.Save(folder.File(model.FileName(form)), form);
        Assert.Equal("", model.Fault);
        Assert.NotEmpty(await File.ReadAllBytesAsync(folder.File(model.FileName(form)), Cancel));
        Assert.Equal(model.Kind.HasPaper, Printed.Contains("paper=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_an_earlier_edition_or_an_answer_there_is_no_sheet_of_them()
    {
        var model = await Model();
        Assert.DoesNotContain(model.Kinds, k => k.Route is "/print/change" or "/print/place");
    }

    [Fact]
    public async Task A_document_is_leafed_through_page_by_page()
    {
        var model = await Model();
        await Look(model, "atlas");
        Assert.True(model.Pages > 2, $"{model.Pages} pages");
        Assert.Equal((1, $"Seite 1 von {model.Pages}", false, true), (model.Page, model.Leaf, model.CanGoBack, model.CanGoOn));
        var (first, held) = (model.Preview, Line.Hold("/print"));
        model.Turn(1);
        Assert.Equal((2, first), (model.Page, model.Preview)); // the page before is seen until the next is there
        held.SetResult();
        await Time.Until(() => !model.Busy);
        Assert.Contains("page=2", Printed, StringComparison.Ordinal);
        Assert.NotEqual(first, model.Preview);
        model.Turn(1000);
        await Time.Until(() => !model.Busy);
        Assert.Equal((model.Pages, false, ""), (model.Page, model.CanGoOn, model.Fault));
        Assert.EndsWith($"Seite {model.Pages}.png", model.FileName("png"), StringComparison.Ordinal);
        await Look(model, "overview");
        Assert.Equal((1, 2), (model.Page, model.Pages));
        Assert.Contains("page=1", Printed, StringComparison.Ordinal);
        model.Turn(-1);
        Assert.False(model.Busy); // there is nothing before the first page
    }

    [Fact]
    public async Task While_a_preview_is_made_only_the_newest_choice_is_kept()
    {
        var model = await Model();
        var (held, before) = (Line.Hold("/print"), Line.Asked.Count(a => a.Contains("/print", StringComparison.Ordinal)));
        foreach (var paper in new[] { "A3-quer", "A2-quer", "A3-hoch" })
            Take(model, paper);
        held.SetResult();
        await Time.Until(() => !model.Busy);
        var asked = Line.Asked.Where(a => a.Contains("/print", StringComparison.Ordinal)).Skip(before).ToList();
        Assert.Equal(2, asked.Count);
        Assert.Contains("paper=A3-hoch", asked[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sheet_about_one_thing_is_offered_upright_paper_alone()
    {
        var model = await Model();
        Take(model, "A3-quer");
        await Look(model, "measure");
        Assert.All(model.Kind.Paper.Single().Options, p => Assert.EndsWith("-hoch", p.Code, StringComparison.Ordinal));
        Assert.Equal("A4-hoch", Paper(model));
    }

    [Fact]
    public async Task What_the_service_refuses_stands_on_the_card_and_goes_with_the_next_sheet()
    {
        var model = await Model();
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
    public async Task A_place_that_cannot_be_written_is_said()
    {
        using var folder = new TemporaryFolder();
        var model = await Model();
        await model.Save(folder.File("blatt.pdf"), "pdf");
        Assert.Contains("blatt.pdf", model.Saved, StringComparison.Ordinal);
        Assert.StartsWith("%PDF", System.Text.Encoding.ASCII.GetString(await File.ReadAllBytesAsync(folder.File("blatt.pdf"), Cancel)), StringComparison.Ordinal);
        await model.Save(folder.File("gibt/es/nicht.pdf"), "pdf");
        Assert.Contains("lässt sich nicht schreiben", model.Fault, StringComparison.Ordinal);
        Assert.Equal("", model.Saved);
    }

    [Theory]
    [InlineData(11, true, false, false)]
    [InlineData(14, false, true, false)]
    [InlineData(16.6, false, true, true)]
    public async Task The_part_of_the_map_is_printed_with_the_layers_that_are_drawn_where_the_map_stands(double zoom, bool shares, bool gaps, bool addresses)
    {
        await Open();
        await Shown(zoom);
        var layers = Uri.UnescapeDataString(Printed.Split("layers=")[1].Split('&')[0]).Split(',');
        Assert.Equal((shares, gaps, addresses, true), (layers.Contains("municipality-share"), layers.Contains("gap"), layers.Contains("address"), layers.Contains("border")));
    }

    [Fact]
    public async Task Every_sheet_is_printed_by_the_threshold_of_the_window_and_the_map_with_its_trial()
    {
        await Open("editor");
        var tiles = Desk.Tiles;
        Desk.Profile = Desk.Profiles.Single(p => p.Code == "NGA-2015");
        await Time.Until(() => Desk.Tiles != tiles && !Desk.Work.Running);
        await Answered(() => Desk.Measures.Single(m => m.Key == "M1").Counts = false);
        await Desk.Explain("h05");
        Desk.Layers.Single(l => l.Groups.Contains("address")).Visible = false;
        var model = await Shown();
        Assert.Equal("", model.Fault);
        Assert.Contains("profile=NGA-2015&basis=atlas", Printed, StringComparison.Ordinal);
        Assert.Contains("without=M1", Printed, StringComparison.Ordinal);
        Assert.DoesNotContain("address", Printed, StringComparison.Ordinal);
        Assert.Equal("", model.Kind.Note);
        foreach (var route in new[] { "overview", "municipality", "measure", "place", "atlas", "report" })
        {
            await Look(model, route);
            Assert.Contains("profile=NGA-2015", Printed, StringComparison.Ordinal);
            Assert.Contains("Versuch", model.Kind.Note, StringComparison.Ordinal);
        }
        await Look(model, "map");
        Assert.DoesNotContain("profile", Printed, StringComparison.Ordinal);
        Assert.Contains("letzte Analyse", model.Kind.Note, StringComparison.Ordinal);
    }
}
