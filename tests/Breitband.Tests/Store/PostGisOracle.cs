using Dapper;
using Npgsql;

namespace Breitband.Tests.Store;

/// <summary>
/// The rules of the engine as an expert would write them in PostGIS: membership by the row's own key, then by geometry, ties to the lowest;
/// households of a cell shared by its addresses. Basis „mev“ with areas as the evidence: the best offer of the areas around each demand. Basis
/// „atlas“ for 300/150 with the classes 200 and 400 published: bounds per cell, an address takes the cell it lies in, a population cell those it
/// overlaps, by area. Basis „best“ asks the areas first.
/// </summary>
static class PostGisOracle
{
    public sealed record Figures(string Level, string Key, string Ags, long HouseholdsServed, long HouseholdsUnclear, long HouseholdsUnserved, long AddressesServed, long AddressesUnclear, long AddressesUnserved);

    /// <param name="Own">Whether it is the settlement's own municipality.</param>
    public sealed record Gap(string Settlement, string Ags, bool Own, double Area);

    public static IReadOnlyList<Figures> Totals(string database, string county, bool complete)
    {
        using var connection = new NpgsqlConnection(database);
        return connection.Query<Figures>(Demand + Judged + ByAreas + Sums, new { county, complete }).ToList();
    }

    public static IReadOnlyList<Figures> AtlasTotals(string database, string county)
    {
        using var connection = new NpgsqlConnection(database);
        return connection.Query<Figures>(Demand + Atlas + ByShares + Sums, new { county, hfc = true }).ToList();
    }

    public static IReadOnlyList<Figures> BestTotals(string database, string county, bool complete)
    {
        using var connection = new NpgsqlConnection(database);
        return connection.Query<Figures>(Demand + Judged + Shared + ByBoth + Sums, new { county, complete, hfc = true }).ToList();
    }

    public sealed record Cell(string Key, double Share, double Area);

    /// <summary>Every atlas cell of the county with the open share of its households (of its own figures where nobody lives) and its ground within its municipality.</summary>
    public static IReadOnlyList<Cell> AtlasCells(string database, string county)
    {
        using var connection = new NpgsqlConnection(database);
        return connection.Query<Cell>(Demand + Atlas + ByShares + OpenCells, new { county, hfc = true }).ToList();
    }

    /// <summary>What is left of each settlement in each municipality it reaches into beside everything that passes, square metres.</summary>
    public static IReadOnlyList<Gap> Gaps(string database, string county)
    {
        using var connection = new NpgsqlConnection(database);
        return connection.Query<Gap>(Remainders, new { county }).ToList();
    }

    internal const string Demand = """
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
          SELECT row_number() OVER () AS id, housed.key AS house, housed.geom, NULL::geometry AS shape, housed.ags, 1000000000::bigint AS addresses,
                 coalesce(households / neighbours + (number <= households % neighbours)::int, 0) AS households
          FROM housed LEFT JOIN inhabited c ON c.key = housed.cell
          UNION ALL
          SELECT -row_number() OVER (), NULL, middle, geom, ags, 0, households FROM inhabited c WHERE NOT EXISTS (SELECT FROM housed WHERE housed.cell = c.key)),
        placed AS (
          SELECT d.*, m.amt, (SELECT s.key FROM s WHERE ST_Intersects(s.geom, d.geom) ORDER BY s.ags <> d.ags, s.key COLLATE "C" LIMIT 1) AS settlement
          FROM demand d JOIN m USING (ags))
        """;

    internal const string Judged = """
        ,
        judged AS (SELECT p.*, coalesce((SELECT max(verdict) FROM area WHERE ST_Intersects(area.geom, p.geom)), 0) AS best FROM placed p),
        """;

    const string ByAreas = """

        split AS (
          SELECT id, ags, amt, settlement, households, addresses, (best = 2)::int::float8 AS served, (best = 0 AND @complete)::int::float8 AS unserved FROM judged),
        """ + Counted;

    internal const string Atlas = "," + Shared;

    /// <summary>Of 300/150, where 200, 400 and of HFC 1000 are published; HFC reaches 150 up by flag only.</summary>
    internal const string Bounds = """
        1 - coalesce(least(all_200, ftthb_200 + hfc_200 + other_200, 100), 100) / 100 AS unserved,
                 greatest(ftthb_400, CASE WHEN @hfc THEN hfc_1000 END, all_400 - hfc_400 - fttc_400 - other_400, 0) / 100 AS served
        """;

    internal const string Shared = $"""

        known AS (
          SELECT key, geom, {Bounds}
          FROM breitband.coverage_cells WHERE county = @county AND edition IN (SELECT number FROM live)),
        bounds AS (
          SELECT key, geom, unserved, least(served, 1 - unserved) AS served,
                 (SELECT min(ags COLLATE "C") FROM m WHERE ST_Intersects(m.geom, ST_Centroid(known.geom))) AS home
          FROM known),
        stands AS (
          SELECT p.id, b.key, b.served, b.unserved, CASE WHEN p.shape IS NULL THEN 1 ELSE ST_Area(ST_Intersection(b.geom, p.shape)) END AS weight
          FROM placed p JOIN bounds b ON ST_Intersects(b.geom, coalesce(p.shape, p.geom))
          WHERE p.ags IN (SELECT home FROM bounds)
            AND (p.shape IS NOT NULL OR b.key = (SELECT x.key FROM bounds x WHERE ST_Intersects(x.geom, p.geom) ORDER BY x.key COLLATE "C" LIMIT 1))),
        mean AS (SELECT id, count(*) AS cells, sum(weight) AS weight, sum(weight * served) / sum(weight) AS served, sum(weight * unserved) / sum(weight) AS unserved FROM stands WHERE weight > 0 GROUP BY id),
        """;

    internal const string ByShares = """

        split AS (SELECT id, ags, amt, settlement, households, addresses, coalesce(served, 0) AS served, coalesce(unserved, 0) AS unserved FROM placed LEFT JOIN mean USING (id)),
        """ + Counted;

    /// <summary>Where the operators' areas prove something they win; a complete list proves lack, too.</summary>
    const string ByBoth = """

        split AS (
          SELECT id, ags, amt, settlement, households, addresses,
                 CASE WHEN best = 2 THEN 1 WHEN @complete THEN 0 ELSE coalesce(served, 0) END AS served,
                 CASE WHEN best = 2 THEN 0 WHEN @complete THEN (best = 0)::int ELSE coalesce(unserved, 0) END AS unserved
          FROM judged LEFT JOIN mean USING (id)),
        """ + Counted;

    internal const string Counted = """

        counted AS (
          SELECT id, ags, amt, settlement,
                 round(households * served)::bigint AS hs, least(round(households * unserved)::bigint, households - round(households * served)::bigint) AS hu, households,
                 round(addresses * served)::bigint AS s, least(round(addresses * unserved)::bigint, addresses - round(addresses * served)::bigint) AS u, addresses
          FROM split)
        """;

    const string OpenCells = """
        ,
        lived AS (
          SELECT s.key, sum(s.weight / mean.weight * p.households) AS households,
                 sum(s.weight / mean.weight * (p.households - CASE WHEN mean.cells = 1 THEN round(p.households * s.served) ELSE p.households * s.served END)) AS open
          FROM stands s JOIN mean USING (id) JOIN placed p USING (id)
          WHERE s.weight > 0
          GROUP BY s.key)
        SELECT b.key AS Key, CASE WHEN lived.households > 0 THEN open / lived.households ELSE 1 - served END AS Share, ST_Area(ST_Intersection(b.geom, m.geom)) AS Area
        FROM bounds b JOIN m ON m.ags = b.home LEFT JOIN lived USING (key)
        """;

    internal const string Level = """

        SELECT CASE WHEN grouping(settlement) = 0 AND settlement IS NOT NULL THEN 'Settlement' WHEN grouping(settlement) = 0 THEN 'Outside'
                    WHEN grouping(ags) = 0 THEN 'Municipality' WHEN grouping(amt) = 0 THEN 'Amt' ELSE 'County' END AS Level,
               coalesce(settlement, ags, amt, '') AS Key, coalesce(ags, '') AS Ags,
        """;

    internal const string Levels = """

        GROUP BY GROUPING SETS ((), (amt), (ags), (ags, settlement))
        HAVING grouping(amt) = 1 OR amt IS NOT NULL
        """;

    internal const string Sums = Level + """

               sum(hs)::bigint AS HouseholdsServed, sum(households - hs - hu)::bigint AS HouseholdsUnclear, sum(hu)::bigint AS HouseholdsUnserved,
               sum(s)::bigint AS AddressesServed, sum(addresses - s - u)::bigint AS AddressesUnclear, sum(u)::bigint AS AddressesUnserved
        FROM counted
        """ + Levels;

    const string Remainders = """
        WITH live AS (SELECT number FROM breitband.editions WHERE county = @county AND live),
        supply AS (
          SELECT ST_Union(geom) AS geom FROM breitband.coverage_areas
          WHERE county = @county AND edition IN (SELECT number FROM live) AND technology = 'ftth' AND down >= 300 AND coalesce(up, 150) >= 150)
        SELECT s.key AS Settlement, m.ags AS Ags, s.ags = m.ags AS Own, ST_Area(ST_Difference(ST_Intersection(s.geom, m.geom), coalesce(supply.geom, 'SRID=25833;POLYGON EMPTY'))) AS Area
        FROM breitband.settlements s JOIN breitband.municipalities m ON m.county = s.county AND ST_Intersects(m.geom, s.geom) CROSS JOIN supply
        WHERE s.county = @county AND s.edition IN (SELECT number FROM live) AND m.edition IN (SELECT number FROM live)
        """;
}
