using System.Text.Json;
using System.Text.Json.Nodes;
using NetTopologySuite.Geometries;

namespace Breitband.Viewer;

/// <summary>What the service has computed and keeps, taken apart: megabytes of it, so this is made off the window's thread.</summary>
/// <param name="Stored">The threshold and basis it was computed by.</param>
/// <param name="Areas">Municipalities by key, metres of the web's projection.</param>
/// <param name="Reach">Measures by key, likewise.</param>
/// <param name="Measures">Those that lift most first.</param>
/// <param name="Unproven">Share of the county's households without any evidence, 0 to 1.</param>
sealed record Told(Rule Stored, IReadOnlyList<EditionChoice> Editions, Dictionary<string, Geometry> Areas, Dictionary<string, Geometry> Reach, IReadOnlyList<AreaRow> Municipalities, IReadOnlyList<JsonObject> Measures, Parts County, double Unproven)
{
    static readonly string[] Unanswered = ["no_atlas_data", "no_answer", "no_figure"];

    public static Task<Told> Ask(ServiceClient service, CancellationToken cancelled) => Task.Run(async () =>
    {
        // One by one: meanwhile a window is being made on the other processor. Each is taken apart before the next is read.
        var result = await service.Read("/results", cancelled);
        var editions = EditionChoice.All(await service.Get("/editions", cancelled));
        var areas = Shapes(await service.Read("/collections/result_municipalities/items?limit=10000", cancelled));
        return Of(result, editions, areas, Shapes(await service.Read("/collections/measures/items?limit=10000", cancelled)));
    }, cancelled);

    static Told Of(JsonElement result, IReadOnlyList<EditionChoice> editions, Dictionary<string, Geometry> areas, Dictionary<string, Geometry> reach) =>
        new(new(result.Text("profile"), result.Text("basis"), null), editions, areas, reach,
            [.. Rows(result, "municipality").Select(r => new AreaRow(r.Text("key")!, r.Text("name")!, Parts.Of(r.At("households"))))],
            [.. result.List("measures").OrderByDescending(m => m.Number("households")).ThenBy(m => m.Text("key"), StringComparer.Ordinal).Select(m => JsonObject.Create(m)!)], CountyOf(result), UnprovenIn(result));

    public static IEnumerable<JsonElement> Rows(JsonElement result, string level) => result.List("rows").Where(r => r.At("level")?.ValueEquals(level) == true);

    public static Parts CountyOf(JsonElement result) => Parts.Of(Rows(result, "county").FirstOrDefault().At("households"));

    /// <summary>Of the county's households those of which no evidence says anything, 0 to 1; the rest of the unclear ones lies between published classes.</summary>
    public static double UnprovenIn(JsonElement result)
    {
        var reasons = Rows(result, "county").FirstOrDefault().At("unclear_households") ?? default;
        var without = Unanswered.Sum(why => reasons.Number(why) ?? 0);
        return CountyOf(result) is { Total: > 0 and var all } ? without / all : 0;
    }

    static Dictionary<string, Geometry> Shapes(JsonElement collection)
    {
        var read = new Dictionary<string, Geometry>();
        foreach (var (feature, shape) in GeoJson.Features(collection))
            if ((feature.At("properties")?.At("key") ?? feature.At("id"))?.ToString() is { } key)
                read[key] = shape;
        return read;
    }
}
