using System.Net;
using Breitband.Store;
using Breitband.Tests.Analyse;

namespace Breitband.Tests.Service.Http;

/// <summary>Pages for people: words instead of codes, the same question as JSON, errors one can read.</summary>
public sealed class PageTests(Served served) : IClassFixture<Served>
{
    const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Fact]
    public async Task Codes_are_shown_by_their_labels()
    {
        var measures = (await served.Get("/collections/measures/items?f=html")).Text + (await served.Get("/collections/measures/items/M1?f=html")).Text;
        Assert.Contains(WebUtility.HtmlEncode(Technology.Ftth.Label().De), measures, StringComparison.Ordinal);
        Assert.DoesNotMatch("<td>(ftth|funded|own_economy|construction)</td>", measures);
        var gaps = (await served.Get("/gaps?f=html")).Text;
        Assert.Contains($"<td>{Layer.CoverageCells.German}</td>", gaps, StringComparison.Ordinal);
        Assert.DoesNotContain("<td>cells</td>", gaps, StringComparison.Ordinal);
        Assert.Contains("published shares", (await served.Get("/collections/result_municipalities/items/12069901?f=html&lang=en")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_page_as_JSON_answers_the_same_question()
    {
        var page = await served.Get("/collections/settlements/items?f=html&limit=1&filter=name%20LIKE%20'%25dorf%25'&bbox=12,52,13,53");
        var link = WebUtility.HtmlDecode(page.Text.Split("<footer><p><a href=\"")[1].Split('"')[0]);
        var json = await served.Json(link);
        Assert.Equal((1, 2), (json.GetProperty("numberReturned").GetInt32(), json.GetProperty("numberMatched").GetInt32()));
        Assert.Contains("filter=name", link, StringComparison.Ordinal);
        Assert.Contains("bbox=12", link, StringComparison.Ordinal);
        // And of the second page the second.
        var next = WebUtility.HtmlDecode(page.Text.Split("<p><a href=\"")[1].Split('"')[0]);
        var second = (await served.Get(next)).Text;
        var id = (await served.Json(WebUtility.HtmlDecode(second.Split("<footer><p><a href=\"")[1].Split('"')[0]))).GetProperty("features")[0].GetProperty("id").GetString()!;
        Assert.Contains($"items/{id}?", second, StringComparison.Ordinal);
        Assert.DoesNotContain($"items/{id}?", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nix", 404)]
    [InlineData("/collections/nix", 404)]
    [InlineData("/stats?by=planet&colour=red", 400)]
    [InlineData("/print/overview?f=pdf&paper=A9", 400)]
    [InlineData("/metrics", 401)]
    [InlineData("/collections/settlements/items?edition=999", 410)]
    public async Task An_error_is_a_page_in_German_for_a_browser_and_a_document_for_a_program(string path, int status)
    {
        var page = await served.Get(path, null, ("Accept", Browser));
        Assert.Equal((status, "text/html", "de"), (page.Status, page.Content.ContentType!.MediaType, page.Header("Content-Language")));
        Assert.Contains("<html lang=\"de\">", page.Text, StringComparison.Ordinal);
        Assert.Contains("zur Startseite", page.Text, StringComparison.Ordinal);
        var document = await served.Get(path, null, ("Accept", "application/json"));
        Assert.Equal((status, "application/problem+json"), (document.Status, document.Content.ContentType!.MediaType));
        foreach (var said in document.Json.TryGetProperty("errors", out var errors) ? errors.EnumerateArray().Select(e => e.GetString()) : [document.Json.GetProperty("detail").GetString()])
            Assert.Contains(WebUtility.HtmlEncode(said!), page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/static/", (await served.Get("/static/x", null, ("Accept", "application/json"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_start_page_counts_municipalities_once_however_many_datasets_speak_of_them()
    {
        await using var own = new Served();
        await own.InitializeAsync();
        using (var store = Breitband.Store.Store.Open(own.Location, OpenMode.Write))
        {
            using var writer = store.Begin(Village.Edition with { Dataset = new("municipalities", "statistik"), Date = new(2023, 12, 31) }, Layer.Municipalities.Fields);
            foreach (var ags in new[] { Village.Adorf, Village.Bdorf })
                writer.Write(new(null, [.. Layer.Municipalities.Fields.Select(f => f.Name is "key" or "ags" ? (object?)ags : null)]));
            writer.Commit("{}");
        }
        own.Site.Catalogue.Expire();
        var row = (await own.Get("/?f=html")).Text.Split('\n').Single(l => l.Contains(">Gemeinden</a>", StringComparison.Ordinal));
        Assert.Contains("<td class=\"number\">2</td>", row, StringComparison.Ordinal);
        Assert.Contains("<span class=\"whole\">31.12.2023 – 30.06.2025</span>", row, StringComparison.Ordinal);
    }
}
