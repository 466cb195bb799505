namespace Breitband.Service.Text;

/// <summary>The rows of a result at one level.</summary>
static class StatsRows
{
    public static readonly string[] Levels = ["county", "amt", "municipality", "settlement", "outside", "all"];

    /// <summary>The rows below a municipality show single places; sums above it may always be shown.</summary>
    public static bool ShowsPlaces(string level) => level is "settlement" or "outside" or "all";

    /// <param name="level">One of <see cref="Levels"/>; settlements come with the rows outside of them.</param>
    public static IReadOnlyList<AreaResult> Of(GapResult result, string level) => [.. result.Rows.Where(r => level switch
    {
        "county" => r.Level == AreaLevel.County,
        "amt" => r.Level == AreaLevel.Amt,
        "municipality" => r.Level == AreaLevel.Municipality,
        "outside" => r.Level == AreaLevel.Outside,
        "all" => true,
        _ => r.Level is AreaLevel.Settlement or AreaLevel.Outside or AreaLevel.Unlocated,
    })];

    /// <summary>Amt and inhabitants by AGS; of several datasets the later date wins.</summary>
    public static Dictionary<string, MunicipalFacts> Facts(Breitband.Store.Store store)
    {
        var facts = new Dictionary<string, MunicipalFacts>(StringComparer.Ordinal);
        foreach (var edition in store.LiveEditions(Layer.Municipalities).OrderBy(e => e.Date))
        {
            var columns = store.Columns(edition).Select((c, i) => (c.Name, i)).ToDictionary(p => p.Name, p => p.i);
            object? Value(Row row, string field) => columns.TryGetValue(field, out var i) ? row.Values[i] : null;

            foreach (var row in store.Read(edition))
                if ((Value(row, "ags") ?? Value(row, "key")) is string ags)
                    facts[ags] = new(Value(row, "amt_name") as string ?? facts.GetValueOrDefault(ags)?.Amt, Value(row, "inhabitants") as long? ?? facts.GetValueOrDefault(ags)?.Inhabitants);
        }
        return facts;
    }
}
