using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using Breitband.Tests.Analyse;

namespace Breitband.Tests.Service.Http;

/// <summary>Results over the network are the command line's; answers word by word in golden files.</summary>
public sealed partial class ResultRouteTests(Served served) : IClassFixture<Served>
{
    string CommandLine(params string[] args) => Calls.RunAsTyped([.. args, "--json", "--store", served.Location]).Out;

    [Theory]
    [InlineData("/stats", "stats")]
    [InlineData("/stats?by=settlement", "stats", "--by", "settlement")]
    [InlineData("/stats?by=all", "stats", "--by", "all")]
    [InlineData("/explain?place=h05", "explain", "h05")]
    [InlineData("/explain?place=Bdorf&lang=en", "explain", "Bdorf", "--lang", "en")]
    public async Task They_are_the_same_text(string path, params string[] args) =>
        Assert.Equal(CommandLine(args), (await served.Get(path, "admin")).Text);

    [Fact]
    public async Task A_place_is_explained_by_another_threshold_with_the_figures_the_map_then_has()
    {
        var view = (await served.Json("/views?profile=NGA-2015&basis=best", "admin")).GetProperty("rows").EnumerateArray().Single(r => r.GetProperty("key").GetString() == Village.Adorf);
        var place = await served.Json($"/explain?place={Village.Adorf}&profile=NGA-2015&basis=best", "admin");
        Assert.Equal(JsonSerializer.Serialize(view.GetProperty("households")), JsonSerializer.Serialize(place.GetProperty("households")));
        Assert.NotEqual((await served.Json($"/explain?place={Village.Adorf}", "admin")).GetProperty("run").GetString(), place.GetProperty("run").GetString());
    }

    [Fact]
    public async Task Without_published_shares_a_probe_is_refused_with_what_to_import()
    {
        var got = await served.Get("/probe");
        Assert.Equal(422, got.Status);
        Assert.Contains("breitband import", got.Text, StringComparison.Ordinal);
    }

    sealed class WithPublishedShares : Served
    {
        protected override Action<Breitband.Store.Store>? More => store => Import(store, Layer.CoverageMunicipalities, "werte", Disclosure.Public,
            new Row(null, [.. Layer.CoverageMunicipalities.Fields.Select(f => f.Kind == FieldKind.Real ? 50.0 : (object?)Village.Adorf)]));
    }

    [Theory]
    [InlineData("de")]
    [InlineData("en")]
    public async Task A_probe_against_published_shares_is_the_command_lines(string language)
    {
        await using var published = new WithPublishedShares();
        await published.InitializeAsync();
        var said = Calls.RunAsTyped(["probe", "--lang", language, "--json", "--store", published.Location]);
        Assert.True(said.Code == 0, said.Error);
        Assert.NotEqual(0, JsonDocument.Parse(said.Out).RootElement.GetProperty("rows").GetArrayLength());
        Assert.Equal(said.Out, (await published.Get($"/probe?lang={language}")).Text);
    }

    [Fact]
    public async Task Figures_come_as_tables_for_spreadsheets_too()
    {
        Assert.StartsWith("Ebene;", (await served.Get("/stats?f=csv")).Text.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.StartsWith("PK", (await served.Get("/stats?f=xlsx")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edition_is_compared_with_an_earlier_one()
    {
        Assert.Equal(400, (await served.Get("/comparison")).Status);
        var got = await served.Get("/comparison?with=1999-01-01");
        Assert.Equal(400, got.Status);
        Assert.Contains("1999-01-01", got.Text, StringComparison.Ordinal);
        await using var own = new Served();
        await own.InitializeAsync();
        using (var store = Breitband.Store.Store.Open(own.Location, Breitband.Store.OpenMode.Write))
        {
            var cells = store.LiveEditions(Layer.CoverageCells).Single();
            using var writer = store.Begin(cells with { Date = new(2026, 1, 1), Sha256 = "neu" }, Layer.CoverageCells.Fields);
            foreach (var row in store.Read(cells).ToList())
                writer.Write(row);
            writer.Commit("{}");
        }
        own.Site.Catalogue.Expire();
        var rows = (await own.Json("/comparison?with=2025-06-30")).GetProperty("rows");
        Assert.All(rows.EnumerateArray(), r => Assert.Equal((0, 0), (r.GetProperty("gained").GetDouble(), r.GetProperty("lost").GetDouble())));
        Assert.NotEqual(0, rows.GetArrayLength());
    }

    [Fact]
    public async Task A_comparison_across_mid_2022_names_the_break_of_method_and_says_what_changed()
    {
        await using var own = new Served();
        await own.InitializeAsync();
        using (var store = Breitband.Store.Store.Open(own.Location, Breitband.Store.OpenMode.Write))
        {
            var live = store.LiveEditions(Layer.CoverageCells).Single();
            using (var writer = store.Begin(live with { Date = new(2021, 6, 30), Sha256 = "alt" }, Layer.CoverageCells.Fields))
            {
                foreach (var row in store.Read(live).Skip(1).ToList())
                    writer.Write(row);
                writer.Commit("{}");
            }
            store.Rollback(live.Dataset, live.Number);
        }
        own.Site.Catalogue.Expire();
        var told = await own.Json("/comparison?with=2021-06-30&lang=en");
        Assert.StartsWith("Break of method: since mid-2022", told.GetProperty("method_break").GetString(), StringComparison.Ordinal);
        Assert.All(told.GetProperty("rows").EnumerateArray(), r => Assert.True(r.GetProperty("level").GetString() is "county" or "amt" or "municipality" && r.GetProperty("changed").GetDouble() >= r.GetProperty("gained").GetDouble()));
    }

    [Fact]
    public async Task Clusters_are_in_the_workbook_of_those_who_may_see_places()
    {
        async Task<string> Sheets(string path)
        {
            var bytes = await served.Client.GetByteArrayAsync(new Uri(served.Root + path), TestContext.Current.CancellationToken);
            using var zip = new ZipArchive(new MemoryStream(bytes));
            using var reader = new StreamReader(zip.GetEntry("xl/workbook.xml")!.Open());
            return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains("Ausbaucluster", await Sheets("/stats?by=settlement&f=xlsx"), StringComparison.Ordinal);
        Assert.DoesNotContain("Ausbaucluster", await Sheets("/stats?by=municipality&f=xlsx"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Measures_are_the_same_text_too() => Assert.Equal(CommandLine("measures", "list"), (await served.Get("/measures")).Text);

    [Fact]
    public async Task What_if_answers_any_choice_with_the_engines_figures_and_changes_nothing()
    {
        var before = (await served.Json("/results")).GetRawText();
        long Planned(Got got) => (long)(1000 * got.Json.GetProperty("rows")[0].GetProperty("households").GetProperty("planned").GetDouble());
        var none = await served.Send(HttpMethod.Post, "/whatif", """{"measures":"none"}""");
        var all = await served.Send(HttpMethod.Post, "/whatif", """{"measures":"all"}""");
        var one = await served.Send(HttpMethod.Post, "/whatif", """{"measures":["M1"],"profile":"GIG-2021","basis":"atlas"}""");
        Assert.Equal((200, 200, 200), (none.Status, all.Status, one.Status));
        Assert.Equal(0, Planned(none));
        Assert.True(Planned(all) > 0);
        Assert.Equal("GIG-2021", one.Json.GetProperty("profile").GetString());
        Assert.Equal(before, (await served.Json("/results")).GetRawText());
    }

    [Theory]
    [InlineData("stored")]
    [InlineData("rule")]
    public async Task What_if_says_which_gap_areas_of_the_map_are_no_longer_so_and_what_is_in_their_place(string map)
    {
        var all = (await served.Send(HttpMethod.Post, "/whatif", $$"""{"gaps":"{{map}}"}""")).Json.GetProperty("gaps");
        Assert.Equal((0, 0), (all.GetProperty("hidden").GetArrayLength(), all.GetProperty("shown").GetProperty("features").GetArrayLength()));
        var told = (await served.Send(HttpMethod.Post, "/whatif", $$"""{"measures":"none","gaps":"{{map}}","figures":false}""")).Json;
        Assert.All(new[] { "rows", "measures", "places" }, part => Assert.Equal(System.Text.Json.JsonValueKind.Null, told.GetProperty(part).ValueKind)); // nobody asked for them
        var none = told.GetProperty("gaps");
        var stored = (await served.Json("/gaps?limit=1000")).GetProperty("features").EnumerateArray().Select(f => f.GetProperty("properties").GetProperty("key").GetString()).ToList();
        Assert.All(none.GetProperty("hidden").EnumerateArray().Select(k => k.GetString()!).Where(k => k.Contains('/', StringComparison.Ordinal)), k => Assert.Contains(k, stored));
        var shown = none.GetProperty("shown").GetProperty("features").EnumerateArray().ToList();
        Assert.Equal([0, 200, 500, 1000], shown.Select(f => f.GetProperty("properties").GetProperty("size").GetInt32()).Distinct().Order());
        var corner = shown[0].GetProperty("geometry").GetProperty("coordinates");
        while (corner[0].ValueKind == System.Text.Json.JsonValueKind.Array)
            corner = corner[0];
        Assert.InRange(corner[0].GetDouble(), 11, 14);
        Assert.InRange(corner[1].GetDouble(), 51, 54);
    }

    [Fact]
    public async Task A_sheet_of_a_trial_says_so_and_which_measures_it_leaves_out()
    {
        var box = (await served.Json("/tilejson")).GetProperty("bounds").EnumerateArray().Select(v => v.GetDouble()).ToArray();
        var sheet = FormattableString.Invariant($"/print/view?f=svg&bbox={box[0]},{box[1]},{box[2]},{box[3]}");
        var (plain, tried) = (await served.Get(sheet), await served.Get(sheet + "&without=M1"));
        Assert.Equal((200, 200), (plain.Status, tried.Status));
        Assert.Contains("Versuch ohne 1 Maßnahme", tried.Text, StringComparison.Ordinal);
        Assert.Contains("Versuch ohne 1 Maßnahme", (await served.Get(sheet + "&without=M1&page=2")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Versuch", plain.Text, StringComparison.Ordinal);
        var unknown = await served.Get(sheet + "&without=M9");
        Assert.Equal(400, unknown.Status);
        Assert.Contains("M9", unknown.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"gaps":"alle"}""", "stored")]
    [InlineData("""{"measures":["M9"]}""", "M1")]
    [InlineData("""{"measures":["M9"],"gaps":"stored","figures":false}""", "M1")]
    [InlineData("""{"measures":["M9"],"figures":false}""", "M1")]
    [InlineData("""{"figures":"nein"}""", "figures")]
    [InlineData("""{"profile":"GIG-2012"}""", "GIG-2021")]
    [InlineData("""{"basis":"atlantis"}""", "atlas")]
    [InlineData("""{"measures":5,"farbe":1}""", "farbe")]
    public async Task A_wrong_question_is_answered_with_what_was_meant(string json, string word)
    {
        var got = await served.Send(HttpMethod.Post, "/whatif", json);
        Assert.Equal(400, got.Status);
        Assert.Contains(word, got.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sheets_and_pictures_come_as_files()
    {
        foreach (var (path, type, begin) in new[] { ("/print/overview?paper=A4", "application/pdf", "%PDF"), ("/print/overview?f=svg", "image/svg+xml", "<?xm"), ("/print/overview?f=png&page=2", "image/png", "PNG"), ("/print/municipality/12069901?lang=en", "application/pdf", "%PDF"), ("/print/map?size=800x600", "image/png", "PNG"), ("/print/measure/M1", "application/pdf", "%PDF"), ("/print/atlas", "application/pdf", "%PDF"), ("/print/atlas?f=svg&page=2", "image/svg+xml", "<?xm"), ("/print/report?paper=A3", "application/pdf", "%PDF") })
        {
            var got = await served.Get(path);
            Assert.True(got.Status == 200, $"{path}: {got.Status} {got.Text}");
            Assert.Equal(type, got.Content.ContentType!.MediaType);
            Assert.Contains(begin, got.Text[..8], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/print/overview?f=svg", "1", "2")]
    [InlineData("/print/overview?f=svg&page=2", "2", "2")]
    [InlineData("/print/overview", "", "1")]
    [InlineData("/print/measure/M1?f=svg", "1", "1")]
    [InlineData("/print/place?place=h05&f=svg", "1", "1")]
    public async Task A_page_of_a_sheet_comes_with_the_number_of_them(string path, string page, string pages)
    {
        using var answer = await served.Client.GetAsync(new Uri(served.Root + path), TestContext.Current.CancellationToken);
        Assert.Equal([pages], answer.EnsureSuccessStatusCode().Headers.GetValues("Breitband-Pages"));
        if (page.Length > 0)
            Assert.Contains($"Blatt {page} von {pages}", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("settlements?f=shp", "settlements.shp")]
    [InlineData("settlements?f=csv", "settlements.csv")]
    [InlineData("gaps?f=geojson", "gaps.geojson")]
    public async Task A_download_brings_its_licence(string path, string file)
    {
        await using var stream = await served.Client.GetStreamAsync(new Uri($"{served.Root}/download/{path}"), TestContext.Current.CancellationToken);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
        var names = new ZipArchive(copy).Entries.Select(e => e.Name).ToList();
        Assert.Contains(file, names);
        Assert.Contains(names, n => n.EndsWith("_LIZENZ.txt", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/?f=html", "start.html")]
    [InlineData("/conformance", "conformance.json")]
    [InlineData("/collections/settlements", "collection.json")]
    [InlineData("/collections/settlements/queryables", "queryables.json")]
    [InlineData("/collections/settlements/items", "items.json")]
    [InlineData("/collections/settlements/items/S1?crs=http://www.opengis.net/def/crs/EPSG/0/25833", "item.json")]
    [InlineData("/collections/settlements/items?f=html", "items.html")]
    [InlineData("/collections/settlements/items?limit=0&bbox=1&colour=red", "problem.json")]
    [InlineData("/stats?by=county&f=html", "stats.html")]
    public async Task Answers_are_word_by_word_what_they_were(string path, string file)
    {
        var text = Normal((await served.Get(path)).Text);
        var golden = Path.Combine(Repository.Root, "tests/Breitband.Tests/Service/Http/golden", file);
        if (Environment.GetEnvironmentVariable("BREITBAND_GOLDEN") == "1")
            await File.WriteAllTextAsync(golden, text, TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllTextAsync(golden, TestContext.Current.CancellationToken), text);
    }

    /// <summary>Without what differs from run to run, JSON indented so that a change can be read.</summary>
    string Normal(string text)
    {
        text = Time().Replace(text.Replace(served.Root, "http://dienst", StringComparison.Ordinal), "\"timeStamp\":\"2026-01-01T00:00:00Z\"");
        text = RunId().Replace(text, "Lauf 0");
        return text.StartsWith('{') ? JsonSerializer.Serialize(JsonDocument.Parse(text).RootElement, Indented) + "\n" : text;
    }

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("/?f=html")]
    [InlineData("/collections?f=html")]
    [InlineData("/collections/settlements?f=html")]
    [InlineData("/collections/settlements/items?f=html")]
    [InlineData("/collections/settlements/items/S1?f=html")]
    [InlineData("/collections/settlements/queryables?f=html")]
    [InlineData("/stats?f=html")]
    [InlineData("/api?f=html")]
    [InlineData("/handbuch")]
    public async Task Pages_are_made_for_people_and_screen_readers(string path)
    {
        var got = await served.Get(path);
        Assert.Equal((200, "text/html"), (got.Status, got.Content.ContentType!.MediaType));
        Assert.Contains("<html lang=\"de\">", got.Text, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", (await served.Get(path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "lang=en")).Text, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(got.Text, "<h1>"));
        Assert.Single(Regex.Matches(got.Text, "<main id=\"inhalt\">"));
        Assert.Contains("href=\"#inhalt\"", got.Text, StringComparison.Ordinal);
        // Headings go down one step at a time; tables say what they are; no script, no style in the page.
        var levels = Regex.Matches(got.Text, "<h([1-6])>").Select(m => m.Groups[1].Value[0] - '0').ToList();
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, $"h{pair.First} is followed by h{pair.Second}"));
        Assert.DoesNotMatch("<script|style=|onclick|<img(?![^>]*alt=)", got.Text);
        Assert.Equal(Regex.Count(got.Text, "<table>"), Regex.Count(got.Text, "role=\"region\" aria-label=\""));
    }

    [GeneratedRegex("Lauf [0-9a-f]{12}")]
    private static partial Regex RunId();

    [GeneratedRegex("\"timeStamp\": ?\"[^\"]+\"")]
    private static partial Regex Time();
}
