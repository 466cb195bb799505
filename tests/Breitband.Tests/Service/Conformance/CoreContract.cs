using System.Globalization;
using System.Text.Json;
using Breitband.Tests.Service.Http;

namespace Breitband.Tests.Service.Conformance;

/// <summary>OGC API Features Part 1 (17-069r4), Annex A.2, conformance class Core: what a program can check of it.</summary>
public abstract class CoreContract(Served served)
{
    readonly Api api = new(served);

    /// <summary>/conf/core/root-op, /conf/core/root-success, /conf/core/api-definition-op, /conf/core/conformance-op</summary>
    [Fact]
    public async Task The_landing_page_leads_to_description_conformance_and_data()
    {
        var links = Api.Links(await api.Json("/"));
        foreach (var rel in new[] { "self", "alternate", "service-desc", "service-doc", "conformance", "data" })
        {
            Assert.Contains(links, l => l.Rel == rel);
            foreach (var (_, type, href) in links.Where(l => l.Rel == rel))
            {
                var got = await api.Get(href);
                Assert.Equal((200, type!.Split(';')[0]), (got.Status, got.Content.ContentType!.MediaType));
            }
        }
    }

    /// <summary>/conf/core/conformance-success; the class of each part of which we keep tests is declared.</summary>
    [Theory]
    [InlineData("ogcapi-features-1/1.0/conf/core")]
    [InlineData("ogcapi-features-1/1.0/conf/oas30")]
    [InlineData("ogcapi-features-1/1.0/conf/geojson")]
    [InlineData("ogcapi-features-1/1.0/conf/html")]
    [InlineData("ogcapi-features-2/1.0/conf/crs")]
    [InlineData("ogcapi-features-3/1.0/conf/queryables")]
    [InlineData("ogcapi-features-3/1.0/conf/queryables-query-parameters")]
    [InlineData("ogcapi-features-3/1.0/conf/filter")]
    [InlineData("ogcapi-features-3/1.0/conf/features-filter")]
    [InlineData("cql2/1.0/conf/cql2-text")]
    [InlineData("cql2/1.0/conf/basic-cql2")]
    public async Task A_class_is_declared(string name) => Assert.Contains($"http://www.opengis.net/spec/{name}", Api.Texts((await api.Json("/conformance")).GetProperty("conformsTo")));

    /// <summary>/conf/core/http: HTTP/1.1; HEAD answers what GET does, without a body.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/conformance")]
    [InlineData("/collections")]
    [InlineData("/collections/settlements")]
    [InlineData("/collections/settlements/items")]
    public async Task Heads_are_those_of_the_answers(string path)
    {
        var (head, get) = (await served.Send(HttpMethod.Head, path), await api.Get(path));
        Assert.Equal((200, ""), (head.Status, head.Text));
        Assert.Equal(get.Content.ContentType, head.Content.ContentType);
        Assert.Equal(get.Header("Vary"), head.Header("Vary"));
    }

    /// <summary>/conf/core/fc-md-links, /conf/core/fc-md-items, /conf/core/fc-md-items-links</summary>
    [Fact]
    public async Task The_collections_have_ids_and_links_to_their_items_in_every_form()
    {
        var document = await api.Json("/collections");
        Assert.Superset(new HashSet<string> { "self", "alternate" }, Api.Links(document).Select(l => l.Rel).ToHashSet());
        var collections = await api.Collections();
        Assert.NotEmpty(collections);
        Assert.Equal(collections.Count, collections.Select(Api.Id).Distinct().Count());
        foreach (var collection in collections)
        {
            var items = Api.Links(collection).Where(l => l.Rel == "items").ToList();
            Assert.Equal(["application/geo+json", "text/html"], items.Select(l => l.Type!).Order(StringComparer.Ordinal));
            Assert.All(Api.Links(collection), l => Assert.False(string.IsNullOrEmpty(l.Type), $"{l.Rel} has no type"));
        }
    }

    /// <summary>/conf/core/sfc-md-op, /conf/core/sfc-md-success: alone a collection is described as it is among the others.</summary>
    [Fact]
    public async Task A_collection_is_described_the_same_in_both_places()
    {
        foreach (var listed in await api.Collections())
        {
            var alone = await api.Json($"/collections/{Api.Id(listed)}");
            foreach (var member in new[] { "id", "title", "description", "extent", "itemType" })
                Assert.Equal(listed.GetProperty(member).GetRawText(), alone.GetProperty(member).GetRawText());
            Assert.Subset(Api.Links(alone).ToHashSet(), Api.Links(listed).ToHashSet());
        }
    }

    /// <summary>/conf/core/fc-md-extent, /conf/core/crs84: extents hold every geometry, in longitude and latitude.</summary>
    [Fact]
    public async Task The_extent_holds_every_feature()
    {
        foreach (var collection in await api.Spatial())
        {
            var box = Api.Box(collection);
            Assert.True(box is [>= -180 and <= 180, >= -90 and <= 90, >= -180 and <= 180, >= -90 and <= 90] && box[0] <= box[2] && box[1] <= box[3]);
            foreach (var position in (await api.Features(Api.Id(collection))).SelectMany(f => Api.Positions(f.GetProperty("geometry"))))
                Assert.True(position[0] >= box[0] - 1e-7 && position[0] <= box[2] + 1e-7 && position[1] >= box[1] - 1e-7 && position[1] <= box[3] + 1e-7, $"{Api.Id(collection)}: {Api.Comma(position)} lies outside {Api.Comma(box)}");
        }
    }

    /// <summary>/conf/core/fc-op, /conf/core/fc-response, /conf/core/fc-links, /conf/core/fc-rel-type, /conf/core/fc-timeStamp, /conf/core/fc-numberMatched, /conf/core/fc-numberReturned</summary>
    [Fact]
    public async Task Items_say_when_how_many_and_where_to_go_on()
    {
        foreach (var id in (await api.Collections()).Select(Api.Id))
        {
            var (before, got, after) = (DateTime.UtcNow.AddSeconds(-1), await api.Get(Api.Items(id) + "?limit=2"), DateTime.UtcNow);
            Assert.Equal("application/geo+json", got.Content.ContentType!.MediaType);
            var links = Api.Links(got.Json);
            Assert.Superset(new HashSet<string> { "self", "alternate" }, links.Select(l => l.Rel).ToHashSet());
            Assert.All(links, l => Assert.False(string.IsNullOrEmpty(l.Type)));
            Assert.InRange(DateTime.Parse(got.Json.GetProperty("timeStamp").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal), before, after);
            var (matched, returned) = (got.Json.GetProperty("numberMatched").GetInt32(), got.Json.GetProperty("numberReturned").GetInt32());
            Assert.Equal(returned, got.Json.GetProperty("features").GetArrayLength());
            Assert.Equal(matched, (await api.Features(id)).Count);
            Assert.Equal(matched > returned, links.Any(l => l.Rel == "next"));
        }
    }

    /// <summary>/conf/core/fc-limit-response: never more than asked for or than the maximum; a limit above it is no error.</summary>
    [Fact]
    public async Task The_limit_bounds_a_page()
    {
        foreach (var id in (await api.Collections()).Select(Api.Id))
        {
            foreach (var limit in new[] { 1, 3, 10_000, 20_000 })
                Assert.InRange((await api.Json($"{Api.Items(id)}?limit={limit}")).GetProperty("features").GetArrayLength(), 0, Math.Min(limit, 10_000));
            foreach (var limit in new[] { "0", "-1", "viel", "1.5", "" })
                Assert.Equal(400, (await api.Get($"{Api.Items(id)}?limit={limit}")).Status);
        }
    }

    /// <summary>/conf/core/fc-bbox-response: what a box selects is what lies there, and all that does.</summary>
    [Fact]
    public async Task A_box_selects_what_meets_it()
    {
        foreach (var collection in await api.Spatial())
        {
            var (id, box) = (Api.Id(collection), Api.Box(collection));
            Assert.Equal(await api.Ids(id), await api.Ids(id, $"&bbox={Api.Comma(box)}"));
            Assert.Equal(await api.Ids(id), await api.Ids(id, $"&bbox={Api.Comma(box[0], box[1], -100, box[2], box[3], 9000)}"));
            var (x, y) = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2);
            var half = await api.Ids(id, $"&bbox={Api.Comma(box[0], box[1], x, box[3])}");
            Assert.Subset((await api.Ids(id)).ToHashSet(), half.ToHashSet());
            foreach (var feature in (await api.Features(id)).Where(f => f.GetProperty("geometry").ValueKind != JsonValueKind.Null))
                if (Api.Positions(feature.GetProperty("geometry")).Any(p => p[0] <= x))
                    Assert.Contains(Api.Id(feature), half);
                else
                    Assert.DoesNotContain(Api.Id(feature), half);
            var elsewhere = await api.Features(id, "&bbox=100,10,101,11");
            Assert.All(elsewhere, f => Assert.Equal(JsonValueKind.Null, f.GetProperty("geometry").ValueKind));
        }
    }

    /// <summary>/conf/core/fc-time-response: an instant, intervals bounded and open at either end, written in both ways.</summary>
    [Fact]
    public async Task A_time_selects_what_lies_in_it()
    {
        foreach (var collection in await api.Collections())
        {
            var id = Api.Id(collection);
            var all = await api.Ids(id);
            if (!collection.GetProperty("extent").TryGetProperty("temporal", out var temporal))
            {
                Assert.Equal(all, await api.Ids(id, "&datetime=1900-01-01"));
                continue;
            }
            var (from, to) = (temporal.GetProperty("interval")[0][0].GetString()!, temporal.GetProperty("interval")[0][1].GetString()!);
            foreach (var inside in new[] { from, $"{from}/{to}", $"../{to}", $"/{to}", $"{from}/..", $"{from}/" }.Where(_ => from == to))
                Assert.Equal(all, await api.Ids(id, $"&datetime={inside}"));
            foreach (var outside in new[] { "1900-01-01T00:00:00Z", "1900-01-01/1900-12-31", "../1900-12-31", "/1900-12-31", "2900-01-01/..", "2900-01-01/" })
                Assert.Empty(await api.Ids(id, $"&datetime={outside}"));
        }
    }

    /// <summary>/conf/core/fc-response: box and time together select what both do.</summary>
    [Fact]
    public async Task Box_and_time_are_joined_by_and()
    {
        foreach (var collection in (await api.Spatial()).Where(c => c.GetProperty("extent").TryGetProperty("temporal", out _)))
            Assert.Empty(await api.Ids(Api.Id(collection), $"&bbox={Api.Comma(Api.Box(collection))}&datetime=1900-01-01"));
    }

    /// <summary>/conf/core/f-op, /conf/core/f-success, /conf/core/f-links, /conf/geojson/content (C): a feature alone is the one of the list.</summary>
    [Fact]
    public async Task A_feature_alone_is_the_one_of_the_list_and_links_to_it()
    {
        foreach (var id in (await api.Collections()).Select(Api.Id))
            foreach (var listed in (await api.Features(id)).Take(5))
            {
                var alone = await api.Json($"{Api.Items(id)}/{Uri.EscapeDataString(Api.Id(listed))}");
                foreach (var member in new[] { "type", "id", "geometry", "properties" })
                    Assert.Equal(listed.GetProperty(member).GetRawText(), alone.GetProperty(member).GetRawText());
                var links = Api.Links(alone);
                Assert.Equal(["alternate", "collection", "self"], links.Select(l => l.Rel).Order(StringComparer.Ordinal));
                foreach (var (_, type, href) in links)
                    Assert.Equal((200, type), await api.Get(href) is var got ? (got.Status, got.Content.ContentType!.MediaType) : default);
            }
    }

    /// <summary>/conf/core/query-param-unknown, /conf/core/query-param-invalid: on every resource.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/api")]
    [InlineData("/conformance")]
    [InlineData("/collections")]
    [InlineData("/collections/settlements")]
    [InlineData("/collections/settlements/queryables")]
    [InlineData("/collections/settlements/items")]
    [InlineData("/collections/settlements/items/S1")]
    public async Task A_parameter_nobody_knows_is_refused(string path)
    {
        foreach (var query in new[] { "nix=1", "f=gml", "Limit=1" })
            Assert.Equal((400, "application/problem+json"), await api.Get($"{path}?{query}") is var got ? (got.Status, got.Content.ContentType!.MediaType) : default);
    }

    [Theory]
    [InlineData("bbox=1,2,3")]
    [InlineData("bbox=1,2,3,4,5")]
    [InlineData("bbox=a,b,c,d")]
    [InlineData("bbox=12,53,13,52")]
    [InlineData("bbox=12,52,13,91")]
    [InlineData("datetime=gestern")]
    [InlineData("datetime=2021-13-01")]
    [InlineData("datetime=2022-01-01/2021-01-01")]
    [InlineData("datetime=../..%2F..")]
    public async Task A_value_that_is_none_is_refused(string query) => Assert.Equal(400, (await api.Get($"{Api.Items("settlements")}?{query}")).Status);

    /// <summary>Table 3 (HTTP status codes): 404 for what is not there, 405 for what cannot be done.</summary>
    [Theory]
    [InlineData("GET", "/collections/nix", 404)]
    [InlineData("GET", "/collections/nix/items", 404)]
    [InlineData("GET", "/collections/settlements/items/nix", 404)]
    [InlineData("GET", "/collections/nix/queryables", 404)]
    [InlineData("DELETE", "/collections/settlements/items", 405)]
    [InlineData("PUT", "/", 405)]
    public async Task What_is_not_there_says_so(string method, string path, int status) => Assert.Equal(status, (await served.Send(new HttpMethod(method), path)).Status);
}
