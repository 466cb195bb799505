using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Service.Http;

/// <summary>OGC API Features, Parts 1 to 3, whatever the store. After the tests of CITE: what the standards say in „shall“.</summary>
public abstract class FeaturesContract(Served served)
{
    const string Uri = "http://www.opengis.net/def/crs/";

    static string[] Ids(JsonElement page) => [.. page.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("id").GetString()!)];

    static string? Link(JsonElement document, string rel) => document.GetProperty("links").EnumerateArray().Where(l => l.GetProperty("rel").GetString() == rel).Select(l => l.GetProperty("href").GetString()).FirstOrDefault();

    [Fact]
    public async Task Every_link_leads_to_what_it_announces()
    {
        var (seen, open) = (new HashSet<string>(StringComparer.Ordinal), new Queue<string>([served.Root + "/?f=json"]));
        while (open.TryDequeue(out var url))
        {
            var got = await served.Get(url);
            Assert.True(got.Status == 200, $"{url}: {got.Status}");
            if (got.Content.ContentType!.MediaType is not ("application/json" or "application/geo+json"))
                continue;
            foreach (var (link, type) in Links(got.Json))
                if (link.StartsWith(served.Root, StringComparison.Ordinal) && seen.Add(link) && !link.Contains("/items/", StringComparison.Ordinal))
                {
                    Assert.Equal(type?.Split(';')[0], (await served.Get(link)).Content.ContentType!.MediaType);
                    open.Enqueue(link);
                }
        }
        Assert.True(seen.Count > 60);
    }

    /// <summary>Those one can follow: a template has its parameters still to be filled in.</summary>
    static IEnumerable<(string Href, string? Type)> Links(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => (!element.TryGetProperty("templated", out _) && element.TryGetProperty("href", out var href) && href.ValueKind == JsonValueKind.String ? [(href.GetString()!, element.TryGetProperty("type", out var t) ? t.GetString() : null)] : Array.Empty<(string, string?)>())
            .Concat(element.EnumerateObject().SelectMany(p => Links(p.Value))),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Links),
        _ => [],
    };

    [Fact]
    public async Task A_collection_says_where_it_lies_from_when_from_whom_and_for_whom_it_is()
    {
        var cells = await served.Json("/collections/coverage_cells");
        var box = cells.GetProperty("extent").GetProperty("spatial").GetProperty("bbox")[0].EnumerateArray().Select(n => n.GetDouble()).ToArray();
        Assert.InRange(box[0], 12.6, box[2]);
        Assert.InRange(box[1], 52.2, box[3]);
        Assert.Equal("2025-06-30T00:00:00Z", cells.GetProperty("extent").GetProperty("temporal").GetProperty("interval")[0][0].GetString());
        Assert.Equal("öffentlich", cells.GetProperty("disclosure").GetString());
        Assert.Equal(5, cells.GetProperty("crs").GetArrayLength());
        Assert.Equal(Uri + "EPSG/0/25833", cells.GetProperty("storageCrs").GetString());
        var survey = await served.Json("/collections/survey", "reader");
        Assert.Equal("© Jemand", survey.GetProperty("attribution").GetString());
        Assert.Equal("https://www.govdata.de/dl-de/by-2-0", Link(survey, "license"));
    }

    [Fact]
    public async Task A_walk_over_the_pages_meets_every_feature_once()
    {
        var (ids, url) = (new List<string>(), (string?)"/collections/coverage_cells/items?limit=5");
        while (url is not null)
        {
            var page = await served.Json(url);
            Assert.Equal(16, page.GetProperty("numberMatched").GetInt32());
            Assert.Equal(page.GetProperty("features").GetArrayLength(), page.GetProperty("numberReturned").GetInt32());
            Assert.True(DateTime.TryParse(page.GetProperty("timeStamp").GetString(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) && at <= DateTime.UtcNow);
            ids.AddRange(Ids(page));
            url = Link(page, "next");
        }
        Assert.Equal(16, ids.Count);
        Assert.Equal(16, ids.Distinct().Count());
    }

    [Fact]
    public async Task The_limit_is_ten_unless_said_and_never_more_than_asked()
    {
        Assert.Equal(10, Ids(await served.Json("/collections/coverage_cells/items")).Length);
        Assert.Equal(16, Ids(await served.Json("/collections/coverage_cells/items?limit=1000000000")).Length);
        Assert.Single(Ids(await served.Json("/collections/coverage_cells/items?limit=1")));
    }

    [Theory]
    [InlineData("OGC/1.3/CRS84", 4326, false)]
    [InlineData("EPSG/0/25833", 25833, false)]
    [InlineData("EPSG/0/25832", 25832, false)]
    [InlineData("EPSG/0/3857", 3857, false)]
    [InlineData("EPSG/0/3035", 3035, true)]
    public async Task A_box_finds_the_same_features_in_every_system_and_they_come_back_in_it(string name, int crsCode, bool northFirst)
    {
        // A box around the houses of Adorf, by its middle third in each system.
        var to = Crs.Transform(Crs.Stored, crsCode);
        var corners = new[] { to(340000, 5790000), to(340200, 5790000), to(340200, 5790200), to(340000, 5790200) };
        var (minX, minY, maxX, maxY) = (corners.Min(c => c.X), corners.Min(c => c.Y), corners.Max(c => c.X), corners.Max(c => c.Y));
        double[] box = northFirst ? [minY, minX, maxY, maxX] : [minX, minY, maxX, maxY];
        var text = string.Join(',', box.Select(b => b.ToString("R", CultureInfo.InvariantCulture)));
        var got = await served.Get($"/collections/addresses/items?bbox={text}&bbox-crs={Uri}{name}&crs={Uri}{name}&limit=100");
        Assert.Equal($"<{Uri}{name}>", got.Header("Content-Crs"));
        Assert.Equal(["h01", "h02", "h03", "h04", "h05", "h06", "h07"], Ids(got.Json).Order());
        var (x, y) = to(340020, 5790070);
        var first = got.Json.GetProperty("features").EnumerateArray().Single(f => f.GetProperty("id").GetString() == "h01").GetProperty("geometry").GetProperty("coordinates");
        Assert.Equal(northFirst ? y : x, first[0].GetDouble(), crsCode == Crs.Geographic ? 7 : 3);
        Assert.Equal(northFirst ? x : y, first[1].GetDouble(), crsCode == Crs.Geographic ? 7 : 3);
    }

    [Theory]
    [InlineData("2025-06-30", 16)]
    [InlineData("2025-06-30T12:00:00Z", 16)]
    [InlineData("2025-07-01/..", 0)]
    [InlineData("../2025-06-30", 16)]
    [InlineData("2020-01-01/2025-06-29", 0)]
    public async Task A_time_selects_by_the_day_the_data_describe(string datetime, int matched) =>
        Assert.Equal(matched, (await served.Json($"/collections/coverage_cells/items?datetime={datetime}")).GetProperty("numberMatched").GetInt32());

    [Theory]
    [InlineData("name=Adorf", "12069901")]
    [InlineData("name=Adorf&persons_per_household=2", "12069901")]
    [InlineData("name=Cdorf", "")]
    public async Task A_property_selects_equal_values(string query, string ids) =>
        Assert.Equal(ids, string.Join(',', Ids(await served.Json($"/collections/municipalities/items?{query}"))));

    [Theory]
    [InlineData("name = 'Adorf'", "12069901")]
    [InlineData("name <> 'Adorf'", "12069902")]
    [InlineData("name LIKE '%dorf' AND NOT name = 'Bdorf'", "12069901")]
    [InlineData("CASEI(name) = CASEI('ADORF')", "12069901")]
    [InlineData("name IN ('Adorf', 'Bdorf')", "12069901,12069902")]
    [InlineData("amt IS NULL", "12069902")]
    [InlineData("amt IS NOT NULL OR name = 'Bdorf'", "12069901,12069902")]
    [InlineData("persons_per_household BETWEEN 1.5 AND 2", "12069901,12069902")]
    [InlineData("persons_per_household * 2 > 4", "")]
    [InlineData("S_INTERSECTS(geometry, POINT(340100 5790100))", "12069901")]
    [InlineData("S_DISJOINT(geometry, BBOX(339500, 5789500, 340400, 5790600))", "12069902")]
    [InlineData("S_TOUCHES(geometry, POINT(340500 5790100))", "12069901,12069902")]
    [InlineData("S_WITHIN(geometry, POLYGON((339000 5789000, 340600 5789000, 340600 5791000, 339000 5791000, 339000 5789000)))", "12069901")]
    [InlineData("(name = 'Adorf' OR name = 'Bdorf') AND S_INTERSECTS(geometry, LINESTRING(340600 5790100, 340700 5790100))", "12069902")]
    public async Task A_filter_selects_what_it_says(string filter, string ids) =>
        Assert.Equal(ids, string.Join(',', Ids(await served.Json($"/collections/municipalities/items?filter-crs={Uri}EPSG/0/25833&filter={System.Uri.EscapeDataString(filter)}")).Order()));

    [Fact]
    public async Task What_can_be_filtered_by_is_told_as_a_schema()
    {
        var got = await served.Get("/collections/municipalities/queryables");
        Assert.Equal("application/schema+json", got.Content.ContentType!.MediaType);
        var properties = got.Json.GetProperty("properties");
        Assert.Equal("string", properties.GetProperty("name").GetProperty("type").GetString());
        Assert.Equal("number", properties.GetProperty("area_km2").GetProperty("type").GetString());
        Assert.Equal("geometry-polygon-or-multipolygon", properties.GetProperty("geometry").GetProperty("format").GetString());
    }

    [Fact]
    public async Task Geometries_are_the_stored_ones()
    {
        var page = await served.Json($"/collections/settlements/items?crs={Uri}EPSG/0/25833&limit=10");
        var ring = page.GetProperty("features").EnumerateArray().Single(f => f.GetProperty("id").GetString() == "S1").GetProperty("geometry").GetProperty("coordinates");
        while (ring[0][0].ValueKind == JsonValueKind.Array)
            ring = ring[0];
        var expected = (Polygon)Analyse.Village.Settlements[0].Geometry;
        Assert.Equal(expected.Coordinates.Select(c => (c.X, c.Y)).Distinct().Order(), ring.EnumerateArray().Select(p => (p[0].GetDouble(), p[1].GetDouble())).Distinct().Order());
    }

    [Fact]
    public async Task One_feature_has_an_address_of_its_own()
    {
        var settlement = await served.Json("/collections/settlements/items/S1");
        Assert.Equal(("Feature", "S1"), (settlement.GetProperty("type").GetString(), settlement.GetProperty("id").GetString()));
        Assert.Equal(served.Root + "/collections/settlements", Link(settlement, "collection"));
        Assert.Equal(404, (await served.Get("/collections/settlements/items/S9")).Status);
    }

    [Fact]
    public async Task Results_are_collections_too()
    {
        var gaps = await served.Json("/gaps?limit=1000");
        Assert.Equal(gaps.GetProperty("numberMatched").GetInt32(), Ids(gaps).Length);
        Assert.NotEmpty(Ids(gaps));
        Assert.Equal(["12069901", "12069902"], Ids(await served.Json("/collections/result_municipalities/items")).Order());
    }

    [Fact]
    public async Task The_description_names_every_collection_and_parameter()
    {
        var got = await served.Get("/api");
        Assert.StartsWith("application/vnd.oai.openapi+json", got.Content.ContentType!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("3.0", got.Json.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var parameters = got.Json.GetProperty("components").GetProperty("parameters");
        Assert.Equal(10_000, parameters.GetProperty("limit").GetProperty("schema").GetProperty("maximum").GetInt32());
        foreach (var path in got.Json.GetProperty("paths").EnumerateObject())
            foreach (var parameter in path.Value.EnumerateObject().SelectMany(o => o.Value.GetProperty("parameters").EnumerateArray()).Where(p => p.TryGetProperty("$ref", out _)))
                Assert.True(parameters.TryGetProperty(parameter.GetProperty("$ref").GetString()!.Split('/')[^1], out _), $"{path.Name} {parameter}");
        foreach (var collection in (await served.Json("/collections")).GetProperty("collections").EnumerateArray())
            Assert.True(got.Json.GetProperty("paths").TryGetProperty($"/collections/{collection.GetProperty("id").GetString()}/items", out _));
    }
}

public sealed class FeaturesTests(Served served) : FeaturesContract(served), IClassFixture<Served>;
