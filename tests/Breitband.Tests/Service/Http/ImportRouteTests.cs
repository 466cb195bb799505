using System.Text;
using System.Text.Json;

namespace Breitband.Tests.Service.Http;

/// <summary>Import over the network, on a store of each test's own.</summary>
public abstract class ImportRouteContract : IAsyncLifetime
{
    const string Settlements = """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"S1","name":"Adorf neu"},"geometry":{"type":"Polygon","coordinates":[[[12.657,52.238],[12.659,52.238],[12.659,52.239],[12.657,52.238]]]}}]}""";

    readonly Served served;

    protected ImportRouteContract(Served served) => this.served = served;

    public ValueTask InitializeAsync() => served.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return served.DisposeAsync();
    }

    static MultipartFormDataContent Form(string name, byte[] file, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", name } };
        foreach (var (field, value) in fields)
            form.Add(new StringContent(value), field);
        return form;
    }

    Task<Got> Start(string name, byte[] file, params (string Name, string Value)[] fields) => served.Send(HttpMethod.Post, "/imports", Form(name, file, fields), "editor");

    Task<Got> StartSettlements(params (string Name, string Value)[] more) =>
        Start("ortslagen.geojson", Encoding.UTF8.GetBytes(Settlements), [("as", "settlements"), ("edition", "2026-01-01"), ("mapping", "siedlungen"), .. more.Any(m => m.Name == "source") ? [] : new[] { ("source", "dorf") }, .. more]);

    /// <summary>The events of a job to its end.</summary>
    async Task<JsonElement> End(Got started)
    {
        Assert.True(started.Status == 202, started.Text);
        var events = await served.Get(started.Json.GetProperty("links").GetProperty("events").GetString()!, "editor");
        Assert.Equal("text/event-stream", events.Content.ContentType!.MediaType);
        return JsonDocument.Parse(events.Text.Split('\n').Last(l => l.StartsWith("data: ", StringComparison.Ordinal))[6..]).RootElement;
    }

    [Fact]
    public async Task What_an_import_set_aside_is_had_as_GeoJson_by_editors_only()
    {
        static string Feature(int i, string id) => $$"""{"type":"Feature","properties":{"id":"{{id}}","name":"Ort {{i}}"},"geometry":{"type":"Polygon","coordinates":[[[12.657,52.238],[12.659,52.238],[12.659,52.239],[12.657,52.238]]]} }""";
        var places = $$"""{"type":"FeatureCollection","features":[{{string.Join(',', Enumerable.Range(0, 24).Select(i => Feature(i, $"S{i}")).Append(Feature(24, "S0")))}}]}""";
        (string, string)[] fields = [("as", "settlements"), ("edition", "2026-01-01"), ("mapping", "siedlungen"), ("source", "dorf")];
        var looked = await End(await Start("ortslagen.geojson", Encoding.UTF8.GetBytes(places), [.. fields, ("dry_run", "true")]));
        var rows = looked.GetProperty("report").GetProperty("files")[0].GetProperty("first_rows");
        Assert.Equal((5, "S0", "Ort 0"), (rows.GetArrayLength(), rows[0].GetProperty("key").GetString(), rows[0].GetProperty("name").GetString()));
        Assert.Equal(0, (await served.Json($"/imports/{looked.GetProperty("number")}/rejected", "editor")).GetProperty("features").GetArrayLength());
        var done = await End(await Start("ortslagen.geojson", Encoding.UTF8.GetBytes(places), fields));
        Assert.False(done.GetProperty("report").GetProperty("files")[0].TryGetProperty("first_rows", out _));
        var path = $"/imports/{done.GetProperty("number")}/rejected";
        var set = await served.Json(path, "editor");
        var one = Assert.Single(set.GetProperty("features").EnumerateArray());
        Assert.Equal(("ortslagen.geojson", 25), (one.GetProperty("properties").GetProperty("file").GetString(), one.GetProperty("properties").GetProperty("row").GetInt32()));
        Assert.NotEqual("", one.GetProperty("properties").GetProperty("reason").GetString());
        Assert.Equal(12.659, one.GetProperty("geometry").GetProperty("coordinates")[0][1][0].GetDouble(), 6);
        Assert.False(set.GetProperty("more").GetBoolean());
        Assert.Equal("401 403", await served.Statuses(path, null, "reader"));
        Assert.Equal(404, (await served.Get("/imports/999/rejected", "editor")).Status);
    }

    [Fact]
    public async Task An_upload_becomes_an_edition_with_the_command_lines_report_and_readers_see_it()
    {
        var before = await served.Json("/collections/settlements/items?limit=1");
        var next = before.GetProperty("links").EnumerateArray().Single(l => l.GetProperty("rel").GetString() == "next").GetProperty("href").GetString()!;
        var done = await End(await StartSettlements());
        Assert.True(done.GetProperty("state").GetString() == "done", done.ToString());
        Assert.Equal(1, done.GetProperty("report").GetProperty("files")[0].GetProperty("stored").GetInt32());
        Assert.Equal("Adorf neu", (await served.Json("/collections/settlements/items")).GetProperty("features")[0].GetProperty("properties").GetProperty("name").GetString());
        // The walk that began before goes on in the edition it began in.
        Assert.Equal(2, (await served.Json(next)).GetProperty("numberMatched").GetInt32());
        var written = (await served.Json("/audit", "admin"))[0];
        Assert.Equal(("Emil Editor", "editor", "127.0.0.1", "import", "done"), (written.GetProperty("who").GetString(), written.GetProperty("role").GetString(), written.GetProperty("from").GetString(), written.GetProperty("action").GetString(), written.GetProperty("outcome").GetString()));
        Assert.StartsWith("settlements:dorf ", written.GetProperty("subject").GetString(), StringComparison.Ordinal);
        // And back.
        var earlier = (await served.Json("/editions")).EnumerateArray().First(e => e.GetProperty("dataset").GetString() == "settlements:dorf").GetProperty("number").GetInt32();
        Assert.Equal(200, (await served.Send(HttpMethod.Post, $"/editions/{earlier}/live", key: "editor")).Status);
        Assert.Equal(2, (await served.Json("/collections/settlements/items")).GetProperty("numberMatched").GetInt32());
    }

    [Fact]
    public async Task A_dry_run_reports_and_changes_nothing()
    {
        var done = await End(await StartSettlements(("dry_run", "true")));
        Assert.Equal(("done", false), (done.GetProperty("state").GetString(), done.GetProperty("report").GetProperty("changed").GetBoolean()));
        Assert.Equal(2, (await served.Json("/collections/settlements/items")).GetProperty("numberMatched").GetInt32());
    }

    [Fact]
    public async Task A_second_import_waits_says_so_and_can_be_cancelled()
    {
        Got second;
        using (var held = await Hold())
        {
            var first = await StartSettlements();
            await Told(1);
            second = await StartSettlements();
            Assert.Contains("Auftrag 1 (ortslagen.geojson)", await Told(2), StringComparison.Ordinal);
            Assert.Equal("waiting", (await served.Json("/imports/2", "editor")).GetProperty("state").GetString());
            Assert.Equal(202, (await served.Send(HttpMethod.Delete, "/imports/1", key: "editor")).Status);
            Assert.Equal("cancelled", (await End(first)).GetProperty("state").GetString());
            Assert.Equal("cancelled", (await served.Json("/audit", "admin"))[0].GetProperty("outcome").GetString());
        }
        Assert.Equal("done", (await End(second)).GetProperty("state").GetString());
        Assert.Equal(409, (await served.Send(HttpMethod.Delete, "/imports/2", key: "editor")).Status);
        Assert.Equal(404, (await served.Get("/imports/99", "editor")).Status);
    }

    /// <summary>Somebody else is importing the settlements: a file can only be written by him, in a database only this dataset is taken.</summary>
    async Task<IDisposable> Hold()
    {
        if (served.Site.Access.IsDatabase)
            return served.Site.Imports.Turns.Enter(new("settlements", "dorf"), new("ein anderer", "somebody"));
        await served.Site.Writing.WaitAsync(TestContext.Current.CancellationToken);
        return new Held(served.Site.Writing);
    }

    sealed class Held(SemaphoreSlim place) : IDisposable
    {
        public void Dispose() => place.Release();
    }

    /// <summary>What a waiting job says, as soon as it says it; in a file the first waits in silence.</summary>
    async Task<string> Told(int number)
    {
        var job = served.Site.Imports.Find(number)!;
        for (; ; )
        {
            var (status, changed) = job.Watch();
            if (status is { State: Breitband.Service.Http.JobState.Waiting, Message: { } message })
                return message.De;
            if (status.IsOver || !served.Site.Access.IsDatabase && number == 1)
                return "";
            await changed.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task An_import_of_another_dataset_passes_in_a_database_and_waits_in_a_file()
    {
        Got other;
        using (var held = await Hold())
        {
            var first = await StartSettlements();
            await Told(1);
            other = await StartSettlements(("source", "andere"));
            if (served.Site.Access.IsDatabase)
            {
                Assert.Equal("done", (await End(other)).GetProperty("state").GetString());
                Assert.Equal("waiting", (await served.Json("/imports/1", "editor")).GetProperty("state").GetString());
                Assert.Contains("settlements:dorf", await Told(1), StringComparison.Ordinal);
            }
            else
                Assert.Contains("immer nur einer", await Told(2), StringComparison.Ordinal);
            Assert.Equal(202, (await served.Send(HttpMethod.Delete, "/imports/1", key: "editor")).Status);
            Assert.Equal("cancelled", (await End(first)).GetProperty("state").GetString());
        }
        Assert.Equal("done", (await End(other)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_file_nobody_recognises_fails_with_the_reason_and_no_path()
    {
        var failed = await End(await Start("fremd.csv", "a;b\n1;2\n"u8.ToArray()));
        Assert.Equal("failed", failed.GetProperty("state").GetString());
        Assert.Contains("fremd.csv: Keine Zuordnung", failed.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), failed.GetProperty("message").GetString()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("C:\\\\boot.ini")]
    [InlineData("a/b.csv")]
    [InlineData(".versteckt")]
    [InlineData("")]
    public async Task A_file_name_that_is_a_path_is_refused(string name)
    {
        var content = new MultipartFormDataContent();
        var part = new ByteArrayContent([1]);
        part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"{name}\"");
        content.Add(part);
        Assert.Equal(400, (await served.Send(HttpMethod.Post, "/imports", content, "editor")).Status);
    }

    [Fact]
    public async Task Unknown_fields_wrong_values_no_file_and_other_content_are_refused()
    {
        Assert.Equal(2, (await Start("a.csv", [1], ("farbe", "rot"), ("crs", "UTM"))).Json.GetProperty("errors").GetArrayLength());
        Assert.Equal(400, (await served.Send(HttpMethod.Post, "/imports", new MultipartFormDataContent { { new StringContent("x"), "as" } }, "editor")).Status);
        Assert.Equal(415, (await served.Send(HttpMethod.Post, "/imports", "{}", "editor")).Status);
        Assert.Equal(0, (await served.Json("/imports", "editor")).GetArrayLength());
    }

    [Fact]
    public async Task An_upload_beyond_the_limit_is_refused_and_one_that_breaks_off_leaves_nothing()
    {
        Assert.Equal(413, (await Start("gross.csv", new byte[(1 << 20) + 1])).Status);
        var broken = new StringContent("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nabc");
        broken.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } };
        Assert.Equal(400, (await served.Send(HttpMethod.Post, "/imports", broken, "editor")).Status);
        var nameless = new StringContent("--x\r\nContent-Type: text/plain\r\n\r\nabc\r\n--x--\r\n");
        nameless.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } };
        var refused = await served.Send(HttpMethod.Post, "/imports", nameless, "editor");
        Assert.Equal(400, refused.Status);
        Assert.Contains("keinen Namen", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, (await served.Json("/imports", "editor")).GetArrayLength());
    }
}

/// <summary>A service that takes uploads of one megabyte.</summary>
public class ServedWithSmallUploads : Served
{
    internal override Breitband.Service.Http.ServiceSettings Settings => base.Settings with { MaxUploadMb = 1 };
}

public sealed class ImportRouteTests() : ImportRouteContract(new ServedWithSmallUploads());
