using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>A result as rows of the result layers, in the order of their fields.</summary>
public static class ResultRows
{
    public static IReadOnlyList<(Layer Layer, IEnumerable<Row> Rows)> Of(GapResult result) =>
    [
        (Layer.ResultMunicipalities, result.Rows.Where(r => r.Level == AreaLevel.Municipality).Select(r => Of(result, r))),
        (Layer.ResultSettlements, result.Rows.Where(r => r.Level is AreaLevel.Settlement or AreaLevel.Outside or AreaLevel.Unlocated).Select(r => Of(result, r))),
        (Layer.GapAreas, result.GapAreas.Select(g => Of(result, g))),
        (Layer.GapClusters, result.Clusters.Select((c, i) => Of(result, c, i + 1))),
        (Layer.Changes, result.Comparison?.Areas.Select(a => Of(result, a)) ?? []),
    ];

    public static string KeyOf(AreaResult row) => row.Level is AreaLevel.Outside or AreaLevel.Unlocated ? $"{row.Key}/{row.Level}" : row.Key;

    public static GapArea GapAreaOf(Row row) => new((string)row.Values[0]!, (string)row.Values[1]!, (string?)row.Values[2], (string)row.Values[4]!, (double)row.Values[5]! / 100,
        Split.Units((double)row.Values[6]!), (double)row.Values[7]!, row.Geometry!);

    public static GapCluster ClusterOf(Row row) => new((string)row.Values[0]!, (string)row.Values[1]!, (string)row.Values[2]!, (string?)row.Values[4] ?? "", (bool)row.Values[5]!,
        Split.Units((double)row.Values[6]!), Split.Units((double)row.Values[7]!), Split.Units((double)row.Values[8]!), (double)row.Values[9]!, (double)row.Values[10]!, (double?)row.Values[11], row.Geometry!);

    public static ChangeArea ChangeAreaOf(Row row)
    {
        double? Share(int i) => (double?)row.Values[i] / 100;

        return new((string)row.Values[0]!, (string?)row.Values[1], Enum.Parse<ChangeKind>((string)row.Values[2]!, ignoreCase: true), Share(3), Share(4), Share(5), Share(6),
            (double)row.Values[7]!, (double)row.Values[8]!, row.Geometry);
    }

    static Row Of(GapResult result, AreaResult row) => new(AsMulti(row.Geometry),
    [
        KeyOf(row), row.Ags, row.Name,
        .. Counts(row.Households), .. Counts(row.Addresses), .. Counts(row.Businesses), row.Households.Percent(row.Households.Open),
        result.Run, result.Profile.Key, result.Basis.Code(),
    ]);

    static Row Of(GapResult result, GapArea gap) => new(AsMulti(gap.Geometry),
        [gap.Key, gap.Ags, gap.Settlement, gap.Settlement is not null, gap.Evidence, 100 * gap.Share, Split.Count(gap.Households), gap.AreaM2, result.Run]);

    static Row Of(GapResult result, GapCluster c, int rank) => new(AsMulti(c.Geometry),
        [c.Key, c.Ags, c.Name, (long)rank, c.Places, c.Outside, Split.Count(c.Households), Split.Count(c.Addresses), Split.Count(c.Businesses), c.AreaM2, c.Spread, c.Nearest, result.Run]);

    static Row Of(GapResult result, ChangeArea a) => new(AsMulti(a.Geometry),
    [
        a.Key, a.Ags, a.Kind.Code(), 100 * a.ServedBefore, 100 * a.ServedAfter, 100 * a.UnservedBefore, 100 * a.UnservedAfter, a.Households, a.HouseholdsChange,
        result.Comparison!.Before.Date, result.Comparison.After.Date, result.Comparison.Break?.De, result.Run,
    ]);

    static object?[] Counts(Split split) =>
        [Split.Count(split.Total), Split.Count(split.Served), Split.Count(split.Unclear), Split.Count(split.Planned), Split.Count(split.Unserved)];

    /// <summary>One geometry type per table: QGIS and shapefiles want it so.</summary>
    static Geometry? AsMulti(Geometry? geometry) => geometry is Polygon polygon ? polygon.Factory.CreateMultiPolygon([polygon]) : geometry;
}
