using System.Text.Json;
using Breitband.Tests.Service.Http;

namespace Breitband.Tests.Service.Conformance;

/// <summary>Every answer is the document its standard describes; features are what their own queryables say of them.</summary>
public abstract class SchemaContract(Served served)
{
    readonly Api api = new(served);

    static void Fits(string schema, string what, JsonElement document) => Assert.Empty(Schemas.Ours.Faults(document, schema).Take(5).Select(f => $"{what}: {f}"));

    async Task Fits(string schema, string path) => Fits(schema, path, await api.Json(path));

    /// <summary>/conf/core/root-success, conformance-success, fc-md-success, sfc-md-success, fc-response, f-success, /conf/geojson/content</summary>
    [Fact]
    public async Task Documents_and_features_are_as_described()
    {
        await Fits("landing page", "/");
        await Fits("conformance", "/conformance");
        await Fits("collections", "/collections");
        foreach (var id in (await api.Collections()).Select(Api.Id))
        {
            await Fits("collection", $"/collections/{id}");
            await Fits("queryables", $"/collections/{id}/queryables");
            await Fits("feature collection", $"{Api.Items(id)}?limit=1000");
            foreach (var feature in (await api.Ids(id)).Take(3))
                await Fits("single feature", $"{Api.Items(id)}/{Uri.EscapeDataString(feature)}");
        }
    }

    /// <summary>RFC 7946, 3.1.6: rings end where they begin, the outer one counterclockwise, holes clockwise.</summary>
    [Fact]
    public async Task Rings_are_closed_and_turn_the_right_way()
    {
        var rings = 0;
        foreach (var id in (await api.Collections()).Select(Api.Id))
            foreach (var polygon in (await api.Features(id)).SelectMany(f => Polygons(f.GetProperty("geometry"))))
                for (var i = 0; i < polygon.Count; i++, rings++)
                {
                    Assert.Equal(polygon[i][0], polygon[i][^1]);
                    var area = polygon[i].Zip(polygon[i].Skip(1)).Sum(p => (p.First[0] - polygon[i][0][0]) * (p.Second[1] - polygon[i][0][1]) - (p.Second[0] - polygon[i][0][0]) * (p.First[1] - polygon[i][0][1]));
                    Assert.True(i == 0 ? area > 0 : area < 0, $"{id}: ring {i} turns the wrong way");
                }
        Assert.True(rings > 20);
    }

    static IEnumerable<List<List<double[]>>> Polygons(JsonElement geometry)
    {
        static List<List<double[]>> Rings(JsonElement polygon) => [.. polygon.EnumerateArray().Select(r => r.EnumerateArray().Select(Api.Numbers).ToList())];

        return geometry.ValueKind == JsonValueKind.Null ? [] : geometry.GetProperty("type").GetString() switch
        {
            "Polygon" => [Rings(geometry.GetProperty("coordinates"))],
            "MultiPolygon" => geometry.GetProperty("coordinates").EnumerateArray().Select(Rings),
            "GeometryCollection" => geometry.GetProperty("geometries").EnumerateArray().SelectMany(Polygons),
            _ => [],
        };
    }

    /// <summary>/req/queryables/get-queryables-response: the properties of every feature have the types told, or no value.</summary>
    [Fact]
    public async Task Properties_are_of_the_types_their_queryables_tell()
    {
        foreach (var id in (await api.Collections()).Select(Api.Id))
        {
            var schema = (await api.Queryables(id)).Where(q => q.Schema.TryGetProperty("type", out _)).ToDictionary(q => q.Name, q => q.Schema);
            foreach (var feature in await api.Features(id))
                foreach (var property in feature.GetProperty("properties").EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null))
                {
                    Assert.True(schema.TryGetValue(property.Name, out var told), $"{id}: {property.Name} is no queryable");
                    var rule = told.TryGetProperty("format", out var format) ? $$"""{"type":{{told.GetProperty("type").GetRawText()}},"format":{{format.GetRawText()}}}""" : $$"""{"type":{{told.GetProperty("type").GetRawText()}}}""";
                    Assert.Empty(new JsonSchema(new Dictionary<string, JsonElement> { ["p"] = JsonDocument.Parse(rule).RootElement }).Faults(property.Value, "p").Select(f => $"{id} {property.Name} {f}"));
                }
        }
    }

    /// <summary>17-069r4, 7.5.1 and RFC 9457: whatever is refused is a problem document that says its own status.</summary>
    [Theory]
    [InlineData("GET", "/nix", 404)]
    [InlineData("GET", "/collections/nix", 404)]
    [InlineData("GET", "/collections/settlements/items?limit=0&bbox=1&farbe=rot", 400)]
    [InlineData("GET", "/audit", 401)]
    [InlineData("GET", "/collections/settlements/items?edition=999", 410)]
    [InlineData("PUT", "/collections", 405)]
    [InlineData("POST", "/whatif", 415)]
    [InlineData("POST", "/imports", 401)]
    public async Task Refusals_are_problem_documents(string method, string path, int status)
    {
        var got = await served.Send(new HttpMethod(method), path);
        Assert.Equal((status, "application/problem+json", status), (got.Status, got.Content.ContentType!.MediaType, got.Json.GetProperty("status").GetInt32()));
        Fits("problem", path, got.Json);
    }
}
