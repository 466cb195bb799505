using System.Text.Json.Nodes;

namespace Breitband.Viewer;

/// <summary>What a choice of measures comes to, as the service told it.</summary>
/// <param name="Municipalities">Households by key.</param>
/// <param name="Places">Those of the settlements, where they are open to this reader.</param>
/// <param name="Unproven">Share of the county's households without any evidence, 0 to 1.</param>
sealed record Trial(JsonNode Told, Parts County, Dictionary<string, Parts> Municipalities, Dictionary<string, Parts> Places, double Unproven)
{
    public static Trial Of(JsonNode told) =>
        new(told, Viewer.Told.CountyOf(told), ByKey(Viewer.Told.Rows(told, "municipality")), ByKey((told["places"]?.AsArray() ?? [])!), Viewer.Told.UnprovenIn(told));

    static Dictionary<string, Parts> ByKey(IEnumerable<JsonNode> rows) => rows.ToDictionary(r => (string)r["key"]!, r => Parts.Of(r["households"]), StringComparer.Ordinal);
}
