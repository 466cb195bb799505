using System.Globalization;
using Breitband.Tests.Service.Http;
using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

/// <summary>Somebody changed the data: everything is read anew, and what the planner chose stays.</summary>
public sealed class ReloadTests(Served served) : DeskTest(served), IClassFixture<Served>
{
    /// <summary>A tile of the village, as the map asks for it.</summary>
    async Task Look()
    {
        var (x, y) = (Desk.Project!.Bounds.Centre.X, Desk.Project.Bounds.Centre.Y);
        var world = TileAddress.World(x, y);
        try
        {
            await Desk.Tiles!.With(Breitband.Print.PaintOptions.Default)(new TileAddress(9, (int)(world.X * 512), (int)(world.Y * 512)));
        }
        catch (HttpRequestException)
        {
            return; // the map leaves such a tile out
        }
    }

    void Gone(string path) => Line.Before = context =>
    {
        if (context.Request.Path.ToString().Contains(path, StringComparison.Ordinal))
            context.Response.StatusCode = 410;
        return Task.CompletedTask;
    };

    [Fact]
    public async Task Ticks_threshold_order_and_what_is_picked_stay()
    {
        await Open();
        var first = Desk.Tiles; // before the other threshold is asked for: its tiles may come at once
        Desk.Measures.Single(m => m.Key == "M1").Counts = false;
        Desk.Profile = Desk.Profiles.Single(p => p.Code == "NGA-2015");
        Desk.Sort(RowOrder.Name, turned: true);
        var names = Desk.Municipalities.Select(m => m.Name).ToList();
        Desk.Pick(Desk.Municipalities[0]);
        await Time.Until(() => Desk.Tiles != first && !Desk.Work.Running);
        var tiles = Desk.Tiles;
        await Desk.Reload();
        await Time.Until(() => Desk.Tiles != tiles && !Desk.Work.Running);
        Assert.Equal("NGA-2015", Desk.Profile!.Code);
        Assert.False(Desk.Measures.Single(m => m.Key == "M1").Counts);
        Assert.Equal(names, Desk.Municipalities.Select(m => m.Name));
        Assert.Equal(names[0], Desk.Municipality!.Name);
        Assert.NotNull(Desk.MunicipalityShape);
        Assert.Empty(Faults);
    }

    [Fact]
    public async Task Tiles_that_are_gone_bring_everything_anew_each_time()
    {
        await Open();
        for (var time = 1; time <= 2; time++)
        {
            var (tiles, reads) = (Desk.Tiles, Line.Asked.Count(a => a == "GET /results"));
            Gone("/tiles/");
            await Look();
            Line.Before = null;
            await Time.Until(() => Desk.Tiles != tiles && !Desk.Work.Running);
            Assert.Equal(reads + 1, Line.Asked.Count(a => a == "GET /results"));
        }
    }

    [Fact]
    public async Task A_view_the_service_has_forgotten_is_asked_for_again()
    {
        await Open();
        var first = Desk.Tiles;
        Desk.Profile = Desk.Profiles.Single(p => p.Code == "NGA-2015");
        await Time.Until(() => Desk.Tiles != first && !Desk.Work.Running);
        var (view, asked) = (Desk.Tiles, Line.Asked.Count(a => a.StartsWith("GET /views?", StringComparison.Ordinal)));
        Gone("/views/");
        await Look();
        Line.Before = null;
        await Time.Until(() => Desk.Tiles != view && !Desk.Work.Running && Line.Asked.Count(a => a.StartsWith("GET /views?", StringComparison.Ordinal)) > asked);
        Assert.Equal("NGA-2015", Desk.Profile!.Code);
    }

    [Fact]
    public async Task An_import_brings_new_figures_and_shows_what_it_set_aside()
    {
        await using var own = new Served();
        await own.InitializeAsync();
        await using var desk = new DeskModel(Time);
        await desk.Open(own.Root, "editor");
        using var folder = new TemporaryFolder();
        var model = desk.Importing();
        static string Square(int i, string id)
        {
            string At(double lon, double lat) => string.Create(CultureInfo.InvariantCulture, $"[{lon},{lat + i * 1e-5}]");
            var ring = string.Join(',', At(12.657, 52.238), At(12.659, 52.238), At(12.659, 52.239), At(12.657, 52.238));
            return $$"""{"type":"Feature","properties":{"id":"{{id}}","name":"Ort {{i}}"},"geometry":{"type":"Polygon","coordinates":[[{{ring}}]]} }""";
        }
        var squares = Enumerable.Range(0, 24).Select(i => Square(i, $"S{i}")).Append(Square(24, "S0")); // a key twice
        await Done(model.Look([folder.Write("orte.geojson", $$"""{"type":"FeatureCollection","features":[{{string.Join(',', squares)}}]}""")]));
        var file = Assert.Single(model.Files);
        (file.Layer, file.Edition) = (file.Layers.Single(l => l.Code == "settlements"), "2026-01-01");
        await Done(model.Again());
        Assert.True(file.Fits, file.Fault);
        Assert.Equal(5, file.FirstRows.Count);
        await Done(model.Start());
        Assert.Contains("1 zurückgewiesen", file.Report, StringComparison.Ordinal);
        await Time.Until(() => desk.Rejected.Count > 0);
        Assert.True(Assert.Single(desk.Rejected).Area > 0);
        Assert.Contains("Ort 3 (Ortslage, Adorf)", await desk.Suggest("Ort 3", Cancel));

        async Task Done(Task task)
        {
            await Time.Until(() => task.IsCompleted);
            await task;
        }
    }

    [Fact]
    public async Task After_an_analysis_without_measures_none_is_ticked_and_a_tick_lifts()
    {
        await using var own = new Served();
        await own.InitializeAsync();
        Assert.Equal(200, (await own.Send(HttpMethod.Post, "/analyse", """{"measures":"none","basis":"atlas"}""", "editor")).Status);
        await using var desk = new DeskModel(Time);
        await desk.Open(own.Root, "editor");
        await Time.Until(() => !desk.Asking);
        Assert.All(desk.Measures, m => Assert.False(m.Chosen));
        var lifting = desk.Measures[0];
        Assert.True(lifting.CanTry);
        Assert.True(lifting.Lifted > 0); // what it would lift is told all the same
        Assert.Equal("", desk.Change);
        lifting.Counts = true;
        await Time.Until(() => !desk.Asking);
        Assert.StartsWith("−", desk.Change, StringComparison.Ordinal);
        lifting.Counts = false;
        await Time.Until(() => !desk.Asking && desk.Change.Length == 0);
        Assert.Equal(desk.Before, desk.After);
    }

    [Fact]
    public async Task Figures_of_a_chosen_threshold_stay_until_they_are_computed_anew()
    {
        await Open("editor");
        var last = Desk.Before;
        await Answered(() => Desk.Profile = Desk.Profiles.Single(p => p.Code == "NGA-2015"));
        var (before, rows) = (Desk.Before, Desk.Municipalities.Select(m => m.Figures).ToList());
        Assert.NotEqual(last, before);
        var held = Line.Hold("/whatif");
        await Desk.Reload();
        Assert.Equal((before, before), (Desk.Before, Desk.After));
        Assert.Equal(rows, Desk.Municipalities.Select(m => m.Figures));
        held.SetResult();
        await Time.Until(() => !Desk.Asking);
        Assert.Equal(before, Desk.Before);
    }
}
