using System.Text.Json.Nodes;

namespace Breitband.Viewer;

/// <summary>What a choice of measures comes to, as the service told it.</summary>
/// <param name="Municipalities">Households by key.</param>
/// <param name="Places">Those of the settlements, where they are open to this reader.</param>
/// <param name="Unproven">Share of the county's households without any evidence, 0 to 1.</param>
sealed record Trial(JsonNode Answer, Parts County, Dictionary<string, Parts> Municipalities, Dictionary<string, Parts> Places, double Unproven)
{
    public static Trial Of(JsonNode answer) =>
        new(answer, Told.CountyOf(answer), ByKey(Told.Rows(answer, "municipality")), ByKey((answer["places"]?.AsArray() ?? [])!), Told.UnprovenIn(answer));

    static Dictionary<string, Parts> ByKey(IEnumerable<JsonNode> rows) => rows.ToDictionary(r => (string)r["key"]!, r => Parts.Of(r["households"]), StringComparer.Ordinal);
}
