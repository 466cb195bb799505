namespace Breitband.Tiles;

/// <summary>Layers of what changed between two editions: sums of municipalities and settlements, and the evidence's own cells, areas or houses.</summary>
sealed record ChangeTiles(Comparison Comparison, string Credits, string Run)
{
    public const string Municipalities = "municipality_changes", Settlements = "settlement_changes", Evidence = "changes";

    /// <summary>Fields that are numbers: percentage points, percent served before and after, households that became served or ceased to be.</summary>
    public static readonly string[] Numbers = ["points", "before", "after", "gained", "lost"];

    static readonly string[] SumFields = ["key", "name", .. Numbers, "total"];

    static readonly string[] AreaFields = ["key", "change", "before", "after", "households"];

    readonly Dictionary<(AreaLevel, string), ChangeRow> rows = Comparison.Rows.ToDictionary(r => (r.Level, r.Key));

    public TileLayer Layer(string name, int first, Func<TileBand, IEnumerable<TileFeature>> features) => new(name, first, SumFields, Run, features) { Attribution = Credits };

    /// <summary>By <see cref="SumFields"/>; nothing but the name for a place that one of the editions does not know, or without households.</summary>
    public object?[] Figures(AreaLevel level, Row row)
    {
        var key = (string)row.Values[0]!;
        return rows.GetValueOrDefault((level, key)) is { Points: { } points } change
            ? [key, row.Values[2], TileContents.CutOff(points), Percent(change.Before), Percent(change.After), Math.Round(Split.Count(change.Gained), 1), Math.Round(Split.Count(change.Lost), 1), Math.Round(Split.Count(change.After.Total))]
            : [key, row.Values[2], null, null, null, null, null, null];
    }

    static double? Percent(Split split) => split.Percent(split.Served) is { } percent ? Math.Round(percent, 1) : null;

    /// <summary>Published figures of whole municipalities have no other areas than these; every other dataset has its own.</summary>
    public TileLayer Areas() => new(Evidence, Legend.Default.Zoom["gaps"].First, AreaFields, Run, band => Comparison.Areas
        .Where(a => a.Geometry is { IsEmpty: false } && band.Box?.Intersects(a.Geometry.EnvelopeInternal) != false && !rows.ContainsKey((AreaLevel.Municipality, a.Key)))
        .Select(a => WorldShapes.Feature(a.Geometry!, [a.Key, a.Kind.Code(), 100 * a.ServedBefore, 100 * a.ServedAfter, Math.Round(a.Households, 1)])))
    { Attribution = Credits };
}
