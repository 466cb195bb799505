namespace Breitband.Tests.Service.Http;

/// <summary>The register over the network: whoever changes names the version he saw.</summary>
public abstract class MeasureRouteContract(Served served)
{
    const string New = """{"key":"T-1","fields":{"title":"Adorf Süd","kind":"funded","state":"idea","cost":1000,"disclosure":"öffentlich"},"area":"POLYGON((340000 5790000,340100 5790000,340100 5790100,340000 5790000))"}""";

    [Fact]
    public async Task A_measure_is_made_changed_read_and_taken_out()
    {
        var made = await served.Send(HttpMethod.Post, "/measures", New, "editor");
        Assert.Equal((201, "\"1\""), (made.Status, made.Header("ETag")));
        Assert.Equal(served.Root + "/measures/T-1", made.Header("Location"));
        Assert.Equal(409, (await served.Send(HttpMethod.Post, "/measures", New, "editor")).Status);

        var changed = await served.Send(HttpMethod.Patch, "/measures/T-1", """{"fields":{"state":"application_filed","cost":2000}}""", "editor", ("If-Match", "\"1\""));
        Assert.Equal((200, "\"2\"", 2000), (changed.Status, changed.Header("ETag"), changed.Json.GetProperty("fields").GetProperty("cost").GetInt32()));
        Assert.StartsWith("POLYGON", changed.Json.GetProperty("area").GetString(), StringComparison.Ordinal);

        var one = await served.Get("/measures/T-1");
        Assert.Equal((200, "\"2\""), (one.Status, one.Header("ETag")));
        Assert.Equal(304, (await served.Get("/measures/T-1", null, ("If-None-Match", "\"2\""))).Status);
        Assert.Contains("T-1", (await served.Get("/collections/measures/items?limit=100")).Text, StringComparison.Ordinal);

        Assert.Equal(412, (await served.Send(HttpMethod.Delete, "/measures/T-1", key: "editor", headers: ("If-Match", "\"1\""))).Status);
        Assert.Equal(204, (await served.Send(HttpMethod.Delete, "/measures/T-1", key: "editor", headers: ("If-Match", "\"2\""))).Status);
        Assert.Equal(404, (await served.Get("/measures/T-1")).Status);
        var history = await served.Json("/measures/T-1/history", "reader");
        Assert.Equal(["create", "change", "delete"], history.EnumerateArray().Select(c => c.GetProperty("what").GetString()));
        Assert.All(history.EnumerateArray(), c => Assert.Equal("Emil Editor", c.GetProperty("who").GetString()));
        var audit = await served.Json("/audit", "admin");
        Assert.Contains(audit.EnumerateArray(), a => a.GetProperty("action").GetString() == "measure.delete" && a.GetProperty("outcome").GetString() == "done" && a.GetProperty("who").GetString() == "Emil Editor");
        Assert.Contains(audit.EnumerateArray(), a => a.GetProperty("outcome").GetString()!.StartsWith("refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_on_an_older_version_or_on_none_is_refused()
    {
        var version = (await served.Get("/measures/M2")).Header("ETag")!;
        const string change = """{"fields":{"title":"neu"}}""";
        Assert.Equal(428, (await served.Send(HttpMethod.Patch, "/measures/M2", change, "editor")).Status);
        Assert.Equal(400, (await served.Send(HttpMethod.Patch, "/measures/M2", change, "editor", ("If-Match", "irgendeine"))).Status);
        var both = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => served.Send(HttpMethod.Patch, "/measures/M2", change, "editor", ("If-Match", version))));
        Assert.Equal([200, 412, 412, 412, 412, 412, 412, 412], both.Select(b => b.Status).Order());
    }

    [Fact]
    public async Task Any_version_or_one_of_several_may_be_named()
    {
        async Task<int> Change(params string[] tags) =>
            (await served.Send(HttpMethod.Patch, "/measures/M4", """{"fields":{"title":"neu"}}""", "editor", [.. tags.Select(t => ("If-Match", t))])).Status;
        var version = (await served.Get("/measures/M4")).Header("ETag")!;
        Assert.Equal(412, await Change("\"998\", \"999\""));
        Assert.Equal(200, await Change($"\"998\", {version}"));
        Assert.Equal(200, await Change("*"));
        Assert.Equal(400, await Change("\"1\", irgendeine"));
    }

    [Fact]
    public async Task Refusals_speak_of_fields_and_not_of_the_command_lines_options()
    {
        var refused = await served.Send(HttpMethod.Patch, "/measures/M3", """{"fields":{"state":"idea"}}""", "editor", ("If-Match", "*"));
        Assert.Equal(422, refused.Status);
        Assert.DoesNotContain("--", refused.Text, StringComparison.Ordinal);
        Assert.StartsWith("scale: „eins“", (await served.Get("/print/overview?scale=eins")).Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"fields":{"state":"idea"}}""", 422, "folgen")]
    [InlineData("""{"fields":{"stat":"closed"}}""", 400, "stat")]
    [InlineData("""{"fields":{"cost":"viel","down":"schnell"},"farbe":1}""", 400, "farbe")]
    [InlineData("""{"fields":{"cost":-5}}""", 422, "negativ")]
    [InlineData("""{"fields":[]}""", 400, "fields")]
    [InlineData("""{"area":{"type":"Polygon","coordinates":[[[12.6,52.2],[12.7,52.3],[12.6,52.3],[12.7,52.2],[12.6,52.2]]]}}""", 422, "ungültig")]
    [InlineData("""{"area":{"type":"Polygon","coordinates":[[[9,52.2],[9.1,52.2],[9.1,52.3],[9,52.2]]]}}""", 422, "Gemeinde")]
    [InlineData("""{"area":{"type":"Polygon","coordinates":[[[-70,0],[-69,0],[-69,1],[-70,0]]]}}""", 400, "außerhalb")]
    [InlineData("""{"area":{"type":"Kreis"}}""", 400, "area")]
    [InlineData("""{"area":"POLYGON(("}""", 400, "area")]
    [InlineData("""{"fields":{"disclosure":"vertraulich"}}""", 403, "vertraulich")]
    [InlineData("[1]", 400, "JSON")]
    [InlineData("{", 400, "JSON")]
    public async Task A_wrong_change_is_refused_with_its_reason(string json, int status, string word)
    {
        var version = (await served.Get("/measures/M3")).Header("ETag")!;
        var got = await served.Send(HttpMethod.Patch, "/measures/M3", json, "editor", ("If-Match", version));
        Assert.True(got.Status == status, $"{got.Status} {got.Text}");
        Assert.Contains(word, got.Text, StringComparison.Ordinal);
        Assert.Equal(version, (await served.Get("/measures/M3")).Header("ETag"));
    }

    [Fact]
    public async Task Another_content_type_is_refused() =>
        Assert.Equal(415, (await served.Send(HttpMethod.Post, "/measures", new StringContent("key=1"), "editor")).Status);

    [Fact]
    public async Task A_measure_that_is_not_public_is_not_there_for_others()
    {
        var made = await served.Send(HttpMethod.Post, "/measures", """{"key":"T-9","fields":{"title":"x","state":"idea","disclosure":"intern"}}""", "editor");
        Assert.Equal(201, made.Status);
        Assert.Equal("404 200", await served.Statuses("/measures/T-9", null, "reader"));
        Assert.DoesNotContain("T-9", (await served.Get("/measures")).Text + (await served.Get("/collections/measures/items?limit=100")).Text, StringComparison.Ordinal);
        // What single places come to now depends on it; sums stay open.
        Assert.Equal("401 200", await served.Statuses("/results", null, "reader"));
        Assert.Equal(200, (await served.Get("/stats")).Status);
        Assert.Equal(204, (await served.Send(HttpMethod.Delete, "/measures/T-9", key: "editor", headers: ("If-Match", "\"1\""))).Status);
    }
}

public sealed class MeasureRouteTests(Served served) : MeasureRouteContract(served), IClassFixture<Served>;
