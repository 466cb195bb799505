using System.Globalization;
using System.Text.Json;
using Breitband.Tests.Service.Http;

namespace Breitband.Tests.Service.Conformance;

/// <summary>The service as the abstract test suites of OGC API Features look at it: from its landing page on, knowing nothing else.</summary>
public sealed class Api(Served served)
{
    public const string Crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

    public const string QueryablesRelation = "http://www.opengis.net/def/rel/ogc/1.0/queryables";

    public string Root => served.Root;

    public Task<Got> Get(string path, params (string Name, string Value)[] headers) => served.Get(path, null, headers);

    public async Task<JsonElement> Json(string path) => await served.Json(path);

    public async Task<IReadOnlyList<JsonElement>> Collections() => [.. (await Json("/collections")).GetProperty("collections").EnumerateArray()];

    /// <summary>Those with an extent in space.</summary>
    public async Task<IReadOnlyList<JsonElement>> Spatial() => [.. (await Collections()).Where(c => c.GetProperty("extent").TryGetProperty("spatial", out _))];

    /// <summary>Every system of a collection, the global list among them.</summary>
    public async Task<IReadOnlyList<string>> Systems(JsonElement collection) => [.. await Task.WhenAll(Texts(collection.GetProperty("crs")).Select(async c => c == "#/crs" ? Texts((await Json("/collections")).GetProperty("crs")) : [c]))
        is var lists ? lists.SelectMany(l => l).Distinct() : []];

    public async Task<IReadOnlyList<JsonElement>> Features(string id, string query = "") => [.. (await Json($"{Items(id)}?limit=10000{query}")).GetProperty("features").EnumerateArray()];

    public async Task<IReadOnlyList<string>> Ids(string id, string query = "") => [.. (await Features(id, query)).Select(Id).Order(StringComparer.Ordinal)];

    public Task<IReadOnlyList<string>> Filtered(string id, string filter, string more = "") => Ids(id, $"&filter={Uri.EscapeDataString(filter)}{more}");

    public async Task<int> FilterStatus(string id, string filter, string more = "") => (await Get($"{Items(id)}?filter={Uri.EscapeDataString(filter)}{more}")).Status;

    /// <summary>Properties to filter by, with their schema.</summary>
    public async Task<IReadOnlyList<(string Name, JsonElement Schema)>> Queryables(string id) =>
        [.. (await Json($"/collections/{id}/queryables")).GetProperty("properties").EnumerateObject().Select(p => (p.Name, p.Value))];

    public static string Items(string id) => $"/collections/{id}/items";

    public static string Id(JsonElement thing) => thing.GetProperty("id").GetString()!;

    public static IReadOnlyList<string> Texts(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetString()!)];

    public static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];

    public static double[] Box(JsonElement collection) => Numbers(collection.GetProperty("extent").GetProperty("spatial").GetProperty("bbox")[0]);

    public static string Comma(params IEnumerable<double> numbers) => string.Join(',', numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture)));

    public static IReadOnlyList<(string Rel, string? Type, string Href)> Links(JsonElement document) =>
        [.. document.GetProperty("links").EnumerateArray().Select(l => (l.GetProperty("rel").GetString()!, l.TryGetProperty("type", out var type) ? type.GetString() : null, l.GetProperty("href").GetString()!))];

    /// <summary>Every position of a GeoJSON geometry, as its numbers stand there.</summary>
    public static IEnumerable<double[]> Positions(JsonElement geometry)
    {
        if (geometry.ValueKind == JsonValueKind.Null)
            return [];
        return geometry.TryGetProperty("geometries", out var parts) ? parts.EnumerateArray().SelectMany(Positions) : Within(geometry.GetProperty("coordinates"));

        static IEnumerable<double[]> Within(JsonElement array) => array.GetArrayLength() > 0 && array[0].ValueKind == JsonValueKind.Number ? [Numbers(array)] : array.EnumerateArray().SelectMany(Within);
    }
}
