using Breitband.Service.Http;

namespace Breitband.Tests.Service.Http;

/// <summary>A walk by next links ends in the state it began in, also where the store itself keeps only the newest.</summary>
public sealed class WalkTests : IAsyncLifetime
{
    readonly Served served = new();

    public ValueTask InitializeAsync() => served.InitializeAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();

    sealed class Forgetful : Served
    {
        internal override ServiceSettings Settings => base.Settings with { SnapshotMemoryMb = 0 };
    }

    static async Task<string> Next(Served served, string path)
    {
        var page = await served.Json(path);
        return page.GetProperty("links").EnumerateArray().Single(l => l.GetProperty("rel").GetString() == "next").GetProperty("href").GetString()!;
    }

    static async Task Change(Served served, string json)
    {
        var got = await served.Send(HttpMethod.Patch, "/measures/M2", json, "editor", ("If-Match", (await served.Get("/measures/M2", "editor")).Header("ETag")!));
        Assert.True(got.Status == 200, got.Text);
    }

    [Fact]
    public async Task Measures_changed_meanwhile_do_not_break_it()
    {
        var next = await Next(served, "/collections/measures/items?limit=1");
        await Change(served, """{"fields":{"title":"Inzwischen umbenannt"}}""");
        Assert.Contains("Inzwischen", (await served.Get("/collections/measures/items")).Text, StringComparison.Ordinal);
        var walked = await served.Json(next.Replace("limit=1", "limit=100", StringComparison.Ordinal));
        Assert.Equal((5, 4), (walked.GetProperty("numberMatched").GetInt32(), walked.GetProperty("numberReturned").GetInt32()));
        Assert.DoesNotContain("Inzwischen", walked.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_the_reader_may_not_see_is_none_for_him()
    {
        var next = await Next(served, "/collections/measures/items?limit=1");
        Assert.Equal(201, (await served.Send(HttpMethod.Post, "/measures", """{"key":"T-9","fields":{"title":"x","state":"idea","disclosure":"intern"}}""", "editor")).Status);
        Assert.Equal(next, await Next(served, "/collections/measures/items?limit=1"));
        Assert.Equal(200, (await served.Get(next)).Status);
    }

    [Fact]
    public async Task A_measure_closed_meanwhile_ends_it()
    {
        var next = await Next(served, "/collections/measures/items?limit=1");
        await Change(served, """{"fields":{"disclosure":"intern"}}""");
        Assert.Equal("410 410", await served.Statuses(next, null, "reader")); // the state of one class is none of another's
    }

    [Fact]
    public async Task A_new_analysis_does_not_break_it()
    {
        var next = await Next(served, "/gaps?limit=1");
        var all = (await served.Json("/gaps?limit=100")).GetProperty("numberMatched").GetInt32();
        Assert.Equal(200, (await served.Send(HttpMethod.Post, "/analyse", """{"profile":"GIG-2021","basis":"atlas","as_of":"2026-01-01"}""", "editor")).Status);
        Assert.NotEqual(all, (await served.Json("/gaps?limit=100")).GetProperty("numberMatched").GetInt32());
        Assert.Equal(all, (await served.Json(next)).GetProperty("numberMatched").GetInt32());
    }

    [Fact]
    public async Task What_is_no_longer_held_is_gone_and_the_reader_is_told_to_begin_again()
    {
        foreach (var path in new[] { "/collections/measures/items?edition=m000000000000&after=1", "/gaps?edition=000000000000&after=1", "/collections/measures/items/M1?edition=m0" })
        {
            var got = await served.Get(path);
            Assert.Equal((410, "application/problem+json"), (got.Status, got.Content.ContentType!.MediaType));
            Assert.Contains("von der ersten Seite", got.Text, StringComparison.Ordinal);
        }
        await using var forgetful = new Forgetful();
        await forgetful.InitializeAsync();
        var next = await Next(forgetful, "/collections/measures/items?limit=1");
        await Change(forgetful, """{"fields":{"title":"neu"}}""");
        await forgetful.Json("/collections/measures/items");
        Assert.Equal(410, (await forgetful.Get(next)).Status);
    }

    [Fact]
    public async Task An_edition_that_is_gone_does_not_hide_what_else_is_wrong()
    {
        var got = await served.Get("/collections/measures/items?edition=m0&limit=0&colour=red");
        Assert.Equal((400, 2), (got.Status, got.Json.GetProperty("errors").GetArrayLength()));
    }
}
