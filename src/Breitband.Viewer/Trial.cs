using System.Text.Json;

namespace Breitband.Viewer;

/// <summary>What a choice of measures comes to, as the service told it.</summary>
/// <param name="Municipalities">Households by key.</param>
/// <param name="Places">Those of the settlements, where they are open to this reader.</param>
/// <param name="Unproven">Share of the county's households without any evidence, 0 to 1.</param>
sealed record Trial(JsonElement Answer, Parts County, Dictionary<string, Parts> Municipalities, Dictionary<string, Parts> Places, double Unproven)
{
    public static Trial Of(JsonElement answer) =>
        new(answer, Told.CountyOf(answer), ByKey(Told.Rows(answer, "municipality")), ByKey(answer.List("places")), Told.UnprovenIn(answer));

    static Dictionary<string, Parts> ByKey(IEnumerable<JsonElement> rows) => rows.ToDictionary(r => r.Text("key")!, r => Parts.Of(r.At("households")), StringComparer.Ordinal);
}
