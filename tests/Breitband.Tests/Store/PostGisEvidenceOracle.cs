using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace Breitband.Tests.Store;

/// <summary>
/// Evidence beyond cells and areas, as an expert would write it in PostGIS: what lists say of addresses (one that is complete proves lack, too),
/// the published shares of a municipality the atlas has no cell of, and two editions of the atlas held against each other, place by place.
/// </summary>
static partial class PostGisEvidenceOracle
{
    public sealed record Change(string Level, string Key, string Ags, long Gained, long Lost, long Changed);

    public static IReadOnlyList<PostGisOracle.Figures> Totals(string database, string county, bool complete, Basis basis, bool hfc)
    {
        using var connection = new NpgsqlConnection(database);
        return connection.Query<PostGisOracle.Figures>(PostGisOracle.Demand + PostGisOracle.Judged + PostGisOracle.Shared + Precedence + PostGisOracle.Sums,
            new { county, complete, asked = basis != Basis.Atlas, published = basis != Basis.Mev, hfc }, commandTimeout: Patience).ToList();
    }

    public static IReadOnlyList<Change> Changes(string database, string county, int then, int now)
    {
        using var connection = new NpgsqlConnection(database);
        return connection.Query<Change>($"{PostGisOracle.Demand}{At(nameof(then))}{At(nameof(now))}{Moved}", new { county, then, now, hfc = true }, commandTimeout: Patience).ToList();
    }

    /// <summary>Seconds; the machine may be busy with other tests.</summary>
    internal const int Patience = 300;

    /// <summary>The same tables again, of one edition.</summary>
    static string At(string edition) => PerEdition().Replace(PostGisOracle.Atlas + PostGisOracle.ByShares, $"$1_{edition}").Replace("edition IN (SELECT number FROM live)", $"edition = @{edition}", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(known|bounds|stands|mean|split|counted)\b")]
    private static partial Regex PerEdition();

    /// <summary>What counts of all there is: lists before areas before shares, those of cells before a municipality's.</summary>
    internal const string Precedence = $"""

        rated AS (
          SELECT a.address_key AS house, e.source = 'complete' AS complete,
                 CASE WHEN down IS NULL THEN (technology IS DISTINCT FROM 'fttc')::int
                      WHEN down < 300 THEN 0
                      WHEN up >= 150 OR @hfc AND technology = 'hfc' AND down >= 1000 THEN 2
                      WHEN up IS NOT NULL OR technology = 'fttc' THEN 0
                      WHEN technology = 'ftth' THEN 2
                      ELSE 1 END AS verdict
          FROM breitband.coverage_addresses a JOIN breitband.editions e ON e.county = a.county AND e.number = a.edition
          WHERE a.county = @county AND e.live),
        answer AS (SELECT house, CASE WHEN max(verdict) = 2 THEN 2 WHEN bool_or(complete) THEN max(verdict) END AS proof FROM rated GROUP BY house),
        whole AS (
          SELECT ags, unserved, least(served, 1 - unserved) AS served
          FROM (SELECT key AS ags, {PostGisOracle.Bounds}
                FROM breitband.coverage_municipalities WHERE county = @county AND edition IN (SELECT number FROM live)) published
          WHERE ags NOT IN (SELECT home FROM bounds WHERE home IS NOT NULL)),
        split AS (
          SELECT id, ags, amt, settlement, households, addresses,
                 CASE WHEN @asked AND proof IS NOT NULL THEN (proof = 2)::int WHEN @asked AND best = 2 THEN 1 WHEN @asked AND @complete THEN 0
                      WHEN @published THEN coalesce(mean.served, whole.served, 0) ELSE 0 END AS served,
                 CASE WHEN @asked AND proof IS NOT NULL THEN (proof = 0)::int WHEN @asked AND best = 2 THEN 0 WHEN @asked AND @complete THEN (best = 0)::int
                      WHEN @published THEN coalesce(mean.unserved, whole.unserved, 0) ELSE 0 END AS unserved
          FROM judged LEFT JOIN answer USING (house) LEFT JOIN whole USING (ags) LEFT JOIN mean USING (id)),
        """ + PostGisOracle.Counted;

    const string Moved = $"""
        ,
        pair AS (
          SELECT n.ags, n.amt, n.settlement, t.hs AS served, n.hs AS served_now, t.hu AS unserved, n.hu AS unserved_now, t.households - t.hs - t.hu AS unclear, n.households - n.hs - n.hu AS unclear_now
          FROM counted_now n JOIN counted_then t USING (id))
        {PostGisOracle.Level}
               sum(greatest(served_now - served, 0))::bigint AS Gained, sum(greatest(served - served_now, 0))::bigint AS Lost,
               sum(greatest(served_now - served, 0) + greatest(unserved_now - unserved, 0) + greatest(unclear_now - unclear, 0))::bigint AS Changed
        FROM pair
        {PostGisOracle.Levels}
        """;
}
