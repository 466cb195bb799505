using Dapper;
using Npgsql;

namespace Breitband.Tests.Store;

/// <summary>
/// The rules of the engine as an expert would write them in PostGIS, for the basis „mev“ with areas as the evidence: membership by the row's own
/// key, then by geometry, ties to the lowest; households of a cell shared by its addresses; the best offer of the areas around each demand.
/// </summary>
static class PostGisOracle
{
    public sealed record Figures(string Level, string Key, string Ags, long HouseholdsServed, long HouseholdsUnclear, long HouseholdsUnserved, long AddressesServed, long AddressesUnclear, long AddressesUnserved);

    public sealed record Gap(string Settlement, double Area);

    public static IReadOnlyList<Figures> Totals(string database, string county, bool complete)
    {
        using var connection = new NpgsqlConnection(database);
        return connection.Query<Figures>(Demand + Sums, new { county, complete }).ToList();
    }

    /// <summary>What is left of each settlement beside everything that passes, square metres.</summary>
    public static IReadOnlyList<Gap> Gaps(string database, string county)
    {
        using var connection = new NpgsqlConnection(database);
        return connection.Query<Gap>(Remainders, new { county }).ToList();
    }

    const string Demand = """
        WITH live AS (SELECT number FROM breitband.editions WHERE county = @county AND live),
        m AS (SELECT ags, amt, persons_per_household, geom FROM breitband.municipalities WHERE county = @county AND edition IN (SELECT number FROM live)),
        s AS (SELECT key, ags, geom FROM breitband.settlements WHERE county = @county AND edition IN (SELECT number FROM live)),
        area AS (
          SELECT geom, CASE WHEN technology = 'ftth' AND down >= 300 AND coalesce(up, 150) >= 150 THEN 2
                            WHEN technology = 'other' AND down >= 300 AND up IS NULL THEN 1
                            ELSE 0 END AS verdict
          FROM breitband.coverage_areas WHERE county = @county AND edition IN (SELECT number FROM live)),
        cell AS (
          SELECT p.key, p.inhabitants, p.geom, ST_Centroid(p.geom) AS middle,
                 coalesce((SELECT ags FROM m WHERE m.ags = p.ags), (SELECT min(ags COLLATE "C") FROM m WHERE ST_Intersects(m.geom, ST_Centroid(p.geom)))) AS ags
          FROM breitband.population p WHERE county = @county AND edition IN (SELECT number FROM live)),
        inhabited AS (
          SELECT cell.*, round(inhabitants / persons_per_household * 1e9)::bigint AS households
          FROM cell JOIN m USING (ags) WHERE inhabitants > 0),
        address AS (
          SELECT a.key, a.geom,
                 coalesce((SELECT ags FROM m WHERE m.ags = a.ags), (SELECT min(ags COLLATE "C") FROM m WHERE ST_Intersects(m.geom, a.geom))) AS ags,
                 (SELECT c.key FROM inhabited c WHERE ST_Intersects(c.geom, a.geom) ORDER BY c.key COLLATE "C" LIMIT 1) AS cell
          FROM breitband.addresses a WHERE county = @county AND edition IN (SELECT number FROM live)),
        housed AS (
          SELECT key, geom, ags, cell, count(*) OVER (PARTITION BY cell) AS neighbours, row_number() OVER (PARTITION BY cell ORDER BY key COLLATE "C") AS number
          FROM address WHERE ags IS NOT NULL),
        demand AS (
          SELECT housed.geom, housed.ags, 1000000000::bigint AS addresses,
                 coalesce(households / neighbours + (number <= households % neighbours)::int, 0) AS households
          FROM housed LEFT JOIN inhabited c ON c.key = housed.cell
          UNION ALL
          SELECT middle, ags, 0, households FROM inhabited c WHERE NOT EXISTS (SELECT FROM housed WHERE housed.cell = c.key)),
        judged AS (
          SELECT d.*, m.amt,
                 (SELECT s.key FROM s WHERE ST_Intersects(s.geom, d.geom) ORDER BY s.ags <> d.ags, s.key COLLATE "C" LIMIT 1) AS settlement,
                 coalesce((SELECT max(verdict) FROM area WHERE ST_Intersects(area.geom, d.geom)), 0) AS best
          FROM demand d JOIN m USING (ags)),
        split AS (
          SELECT *, CASE WHEN best = 2 THEN 'served' WHEN best = 0 AND @complete THEN 'unserved' ELSE 'unclear' END AS part FROM judged)
        """;

    const string Sums = """

        SELECT CASE WHEN grouping(settlement) = 0 AND settlement IS NOT NULL THEN 'Settlement' WHEN grouping(settlement) = 0 THEN 'Outside'
                    WHEN grouping(ags) = 0 THEN 'Municipality' WHEN grouping(amt) = 0 THEN 'Amt' ELSE 'County' END AS Level,
               coalesce(settlement, ags, amt, '') AS Key, coalesce(ags, '') AS Ags,
               coalesce(sum(households) FILTER (WHERE part = 'served'), 0)::bigint AS HouseholdsServed,
               coalesce(sum(households) FILTER (WHERE part = 'unclear'), 0)::bigint AS HouseholdsUnclear,
               coalesce(sum(households) FILTER (WHERE part = 'unserved'), 0)::bigint AS HouseholdsUnserved,
               coalesce(sum(addresses) FILTER (WHERE part = 'served'), 0)::bigint AS AddressesServed,
               coalesce(sum(addresses) FILTER (WHERE part = 'unclear'), 0)::bigint AS AddressesUnclear,
               coalesce(sum(addresses) FILTER (WHERE part = 'unserved'), 0)::bigint AS AddressesUnserved
        FROM split
        GROUP BY GROUPING SETS ((), (amt), (ags), (ags, settlement))
        HAVING grouping(amt) = 1 OR amt IS NOT NULL
        """;

    const string Remainders = """
        WITH live AS (SELECT number FROM breitband.editions WHERE county = @county AND live),
        supply AS (
          SELECT ST_Union(geom) AS geom FROM breitband.coverage_areas
          WHERE county = @county AND edition IN (SELECT number FROM live) AND technology = 'ftth' AND down >= 300 AND coalesce(up, 150) >= 150)
        SELECT s.key AS Settlement, ST_Area(CASE WHEN supply.geom IS NULL THEN s.geom ELSE ST_Difference(s.geom, supply.geom) END) AS Area
        FROM breitband.settlements s CROSS JOIN supply
        WHERE s.county = @county AND s.edition IN (SELECT number FROM live)
        """;
}
