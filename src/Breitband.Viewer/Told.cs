using System.Text.Json.Nodes;
using NetTopologySuite.Geometries;

namespace Breitband.Viewer;

/// <summary>What the service has computed and keeps, taken apart: megabytes of it, so this is made off the window's thread.</summary>
/// <param name="Stored">The threshold and basis it was computed by.</param>
/// <param name="Areas">Municipalities by key, metres of the web's projection.</param>
/// <param name="Reach">Measures by key, likewise.</param>
/// <param name="Measures">Those that lift most first.</param>
/// <param name="Unproven">Share of the county's households without any evidence, 0 to 1.</param>
sealed record Told(Rule Stored, IReadOnlyList<EditionChoice> Editions, Dictionary<string, Geometry> Areas, Dictionary<string, Geometry> Reach, IReadOnlyList<AreaRow> Municipalities, IReadOnlyList<JsonNode> Measures, Parts County, double Unproven)
{
    static readonly string[] Questions = ["/results", "/editions", "/collections/result_municipalities/items?limit=10000", "/collections/measures/items?limit=10000"];

    static readonly string[] Unanswered = ["no_atlas_data", "no_answer", "no_figure"];

    public static Task<Told> Ask(ServiceClient service, CancellationToken cancelled) => Task.Run(async () =>
    {
        var answers = new List<JsonNode>();
        foreach (var question in Questions) // one by one: meanwhile a window is being made on the other processor
            answers.Add(await service.Get(question, cancelled).ConfigureAwait(false));
        return Of(answers);
    }, cancelled);

    static Told Of(List<JsonNode> answers)
    {
        var result = answers[0];
        return new(new((string?)result["profile"], (string?)result["basis"], null), EditionChoice.All(answers[1]), Shapes(answers[2]), Shapes(answers[3]),
            [.. Rows(result, "municipality").Select(r => new AreaRow((string)r["key"]!, (string)r["name"]!, Parts.Of(r["households"])))],
            [.. result["measures"]!.AsArray().Select(m => m!).OrderByDescending(m => (double?)m["households"]).ThenBy(m => (string?)m["key"], StringComparer.Ordinal)], CountyOf(result), UnprovenIn(result));
    }

    public static IEnumerable<JsonNode> Rows(JsonNode result, string level) => result["rows"]!.AsArray().Where(r => (string?)r!["level"] == level)!;

    public static Parts CountyOf(JsonNode result) => Parts.Of(Rows(result, "county").FirstOrDefault()?["households"]);

    /// <summary>Of the county's households those of which no evidence says anything, 0 to 1; the rest of the unclear ones lies between published classes.</summary>
    public static double UnprovenIn(JsonNode result)
    {
        var county = Rows(result, "county").FirstOrDefault();
        var without = Unanswered.Sum(why => (double?)county?["unclear_households"]?[why] ?? 0);
        return CountyOf(result) is { Total: > 0 and var all } ? without / all : 0;
    }

    static Dictionary<string, Geometry> Shapes(JsonNode collection)
    {
        var read = new Dictionary<string, Geometry>();
        foreach (var feature in collection["features"]!.AsArray())
            if (GeoJson.Read(feature!["geometry"]) is { } shape && ((string?)feature["properties"]?["key"] ?? feature["id"]?.ToString()) is { } key)
                read[key] = shape;
        return read;
    }
}
