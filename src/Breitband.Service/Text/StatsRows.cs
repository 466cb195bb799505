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
}
