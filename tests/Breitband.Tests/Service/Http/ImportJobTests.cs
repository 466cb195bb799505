using System.IO.Compression;
using System.Text.Json.Nodes;
using Breitband.Service.Http;

namespace Breitband.Tests.Service.Http;

/// <summary>Imports over the network that run for a while, bring several files or a zip, and report as the command line does.</summary>
public sealed class ImportJobTests : IAsyncLifetime
{
    readonly Served served = new();

    /// <summary>A store of one municipality as wide as the county, so that the samples lie within.</summary>
    class Wide : Served
    {
        protected override void Fill(Breitband.Store.Store store)
        {
            var border = Point(340000, 5790000).Buffer(100_000, NetTopologySuite.Operation.Buffer.EndCapStyle.Square);
            Import(store, Layer.Municipalities, "kreis", Disclosure.Public, new Row(border, [.. Layer.Municipalities.Fields.Select(f => f.Name is "key" or "ags" ? (object?)"12069020" : null)]));
        }
    }

    sealed class Hurried : Wide
    {
        internal override ServiceSettings Settings => base.Settings with { ImportMinutes = 0 };
    }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => served.InitializeAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();

    static async Task Start(Served to, IEnumerable<(string Name, byte[] File)> files, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, file) in files)
            form.Add(new ByteArrayContent(file), "file", name);
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        var got = await to.Send(HttpMethod.Post, "/imports", form, "editor");
        Assert.True(got.Status == 202, got.Text);
    }

    /// <summary>The first job once it stands as asked for, or has ended.</summary>
    static async Task<JobStatus> Until(Served at, Func<JobStatus, bool> asked)
    {
        var job = at.Site.Imports.Find(1)!;
        for (; ; )
        {
            var (status, changed) = job.Watch();
            if (asked(status) || status.IsOver)
                return status;
            await changed.WaitAsync(Stop);
        }
    }

    [Fact]
    public async Task A_running_import_is_cancelled_and_leaves_nothing()
    {
        await using var wide = new Wide();
        await wide.InitializeAsync();
        var before = (await wide.Json("/editions", "admin")).GetRawText();
        await Start(wide, [("Zensus2022_zellen.csv", ServeEndingTests.Cells(600_000))], ("edition", "2022-05-15"));
        var running = await Until(wide, s => s.Progress is not null);
        Assert.Equal(JobState.Running, running.State);
        Assert.Equal(202, (await wide.Send(HttpMethod.Delete, "/imports/1", key: "editor")).Status);
        Assert.Equal(JobState.Cancelled, (await Until(wide, s => s.IsOver)).State);
        Assert.Equal(before, (await wide.Json("/editions", "admin")).GetRawText());
    }

    [Fact]
    public async Task An_import_that_takes_too_long_is_given_up_and_names_the_limit()
    {
        await using var hurried = new Hurried();
        await hurried.InitializeAsync();
        await Start(hurried, [("Zensus2022_zellen.csv", ServeEndingTests.Cells(100_000))], ("edition", "2022-05-15"));
        var ended = await Until(hurried, s => s.IsOver);
        Assert.Equal(JobState.Failed, ended.State);
        Assert.Contains("import_minutes", ended.Message?.De, StringComparison.Ordinal);
        Assert.Equal("failed", (await hurried.Json("/audit", "admin"))[0].GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Parts_of_a_shapefile_and_a_table_come_together_or_zipped_with_the_command_lines_report(bool zipped)
    {
        await using var wide = new Wide();
        await wide.InitializeAsync();
        using var folder = new TemporaryFolder();
        string[] names = ["ortslagen_synthetisch_20250630.shp", "ortslagen_synthetisch_20250630.shx", "ortslagen_synthetisch_20250630.dbf"];
        foreach (var name in names)
            File.Copy(Calls.Data("samples/" + name), folder.File(name));
        await File.WriteAllTextAsync(folder.File("groesse.csv"), await File.ReadAllTextAsync(Calls.Data("samples/haushaltsgroesse_synthetisch.csv"), Stop), Stop);
        if (zipped)
        {
            using (var zip = ZipFile.Open(folder.File("ortslagen.zip"), ZipArchiveMode.Create))
                foreach (var name in names)
                    zip.CreateEntryFromFile(folder.File(name), name);
            names = ["ortslagen.zip"];
        }
        var copy = folder.File("kopie.gpkg");
        File.Copy(wide.Location, copy);
        string[] given = [.. names.Where(n => Path.GetExtension(n) is ".shp" or ".zip"), "groesse.csv"];
        var (code, said, error) = Calls.RunAsTyped(["import", .. given.Select(folder.File), "--edition", "2025-06-30", "--accept-rejected", "--json", "--store", copy]);

        await Start(wide, [.. names.Append("groesse.csv").Select(n => (n, File.ReadAllBytes(folder.File(n))))], ("edition", "2025-06-30"), ("accept_rejected", "true"));
        var ended = await Until(wide, s => s.IsOver);
        Assert.True(code == 0 && ended.State == JobState.Done, $"{error} {ended.Message?.De}");
        var report = (await wide.Json("/imports/1", "editor")).GetProperty("report");
        Assert.Equal(2, report.GetProperty("files").GetArrayLength());
        var expected = JsonNode.Parse(said.Replace(folder.Path + "/", "", StringComparison.Ordinal));
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(report.GetRawText())), $"{expected}\n{report}");
    }

    [Fact]
    public async Task Results_and_a_comparison_are_the_command_lines()
    {
        var cells = Later();
        var said = Calls.RunAsTyped(["analyse", "--basis", "atlas", "--as-of", "2026-01-01", "--compare", $"{cells}", "--json", "--store", served.Location]);
        Assert.True(said.Code == 0, said.Error);
        served.Site.Catalogue.Expire();
        Assert.Equal(said.Out, (await served.Get("/results", "admin")).Text);
        var compared = JsonNode.Parse(said.Out)!["comparison"];
        Assert.NotNull(compared);
        Assert.True(JsonNode.DeepEquals(compared, JsonNode.Parse((await served.Get($"/comparison?with={cells}", "admin")).Text)));
    }

    /// <summary>A later edition of the cells; the number of the one before.</summary>
    int Later()
    {
        using var store = Breitband.Store.Store.Open(served.Location, Breitband.Store.OpenMode.Write);
        var before = store.LiveEditions(Layer.CoverageCells).Single();
        using var writer = store.Begin(before with { Date = new(2026, 1, 1), Sha256 = "neu" }, Layer.CoverageCells.Fields);
        foreach (var row in store.Read(before).ToList())
            writer.Write(row);
        writer.Commit("{}");
        return before.Number;
    }
}
