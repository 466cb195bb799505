using Dapper;
using Npgsql;

namespace Breitband.Tests.Store;

/// <summary>
/// Gap areas as an expert would cut them in PostGIS: atlas cells by settlement and outside with their households, the ground of open houses
/// outside settlements beside what passes, and clusters of gaps no more than 100 m apart.
/// </summary>
static class PostGisGapOracle
{
    /// <param name="Settlement">Null outside.</param>
    /// <param name="Clean">No strip too thin to build in touches it, which would have become part of it.</param>
    public sealed record Part(string Cell, string? Settlement, double Area, long Households, bool Clean);

    public sealed record Outskirts(string Ags, double Area);

    public sealed record Cluster(string Key, string Ags, long Households, long Addresses, bool Outside, int Settlements, double Area, int Holes);

    public static IReadOnlyList<Part> Parts(string database, string county) => Asked<Part>(database, PostGisOracle.Demand + PostGisOracle.Atlas + PostGisOracle.ByShares + CutCells, new { county, hfc = true });

    public static IReadOnlyList<Outskirts> Outside(string database, string county) => Asked<Outskirts>(database, PostGisOracle.Demand + PostGisMeasureOracle.Everyone + Plots, new { county });

    /// <summary>Of the gap areas the engine has saved.</summary>
    public static IReadOnlyList<Cluster> Clusters(string database, string county) => Asked<Cluster>(database,
        PostGisOracle.Demand + PostGisOracle.Judged + PostGisOracle.Shared + PostGisEvidenceOracle.Precedence + Near, new { county, complete = false, asked = false, published = true, hfc = true });

    static IReadOnlyList<T> Asked<T>(string database, string sql, object values)
    {
        using var connection = new NpgsqlConnection(database);
        return connection.Query<T>(sql, values, commandTimeout: PostGisEvidenceOracle.Patience).ToList();
    }

    const string CutCells = """
        ,
        lived AS (
          SELECT s.key, p.settlement, sum(s.weight / mean.weight * p.households) AS households,
                 sum(s.weight / mean.weight * (p.households - CASE WHEN mean.cells = 1 THEN round(p.households * s.served) ELSE p.households * s.served END)) AS open
          FROM stands s JOIN mean USING (id) JOIN placed p USING (id)
          WHERE s.weight > 0 AND p.households > 0
          GROUP BY s.key, p.settlement),
        held AS (SELECT key, sum(households) AS households, sum(open) AS open, sum(round(open)) AS units FROM lived GROUP BY key),
        gap AS (
          SELECT b.key, b.home, units, ST_Intersection(b.geom, m.geom) AS geom
          FROM bounds b JOIN m ON m.ags = b.home LEFT JOIN held USING (key)
          WHERE CASE WHEN held.households > 0 THEN open / held.households ELSE 1 - served END > 0.05),
        cut AS (
          SELECT g.key, g.home, g.units, s.key AS settlement, ST_Difference(ST_Intersection(g.geom, s.geom),
                   coalesce((SELECT ST_Union(e.geom) FROM s e WHERE e.key COLLATE "C" < s.key COLLATE "C" AND ST_Intersects(e.geom, g.geom)), 'SRID=25833;POLYGON EMPTY')) AS geom
          FROM gap g JOIN s ON ST_Intersects(s.geom, g.geom)
          UNION ALL
          SELECT g.key, g.home, g.units, NULL, ST_Difference(g.geom, coalesce((SELECT ST_Union(s.geom) FROM s WHERE ST_Intersects(s.geom, g.geom)), 'SRID=25833;POLYGON EMPTY'))
          FROM gap g),
        ground AS (SELECT c.*, ST_Area(c.geom) AS area, coalesce(round(l.open), 0) AS open FROM cut c LEFT JOIN lived l ON l.key = c.key AND l.settlement IS NOT DISTINCT FROM c.settlement WHERE ST_Area(c.geom) > 1e-6),
        strip AS (
          SELECT g.home, d.geom FROM ground g CROSS JOIN ST_Dump(ST_CollectionExtract(g.geom, 3)) d
          WHERE ST_Area(d.geom) <= 1.1 OR 2 * ST_Area(d.geom) <= 0.11 * ST_Perimeter(d.geom))
        SELECT key AS Cell, settlement AS Settlement, area AS Area,
               (open + CASE WHEN row_number() OVER largest = 1 THEN greatest(coalesce(units, 0) - sum(open) OVER (PARTITION BY key), 0) ELSE 0 END)::bigint AS Households,
               NOT EXISTS (SELECT FROM strip WHERE strip.home = ground.home AND ST_DWithin(strip.geom, ground.geom, 0.02)) AS Clean
        FROM ground
        WINDOW largest AS (PARTITION BY key ORDER BY area DESC)
        """;

    /// <summary>50 m around a house and no nearer to one of its municipality that is served: half planes beyond the middle of either are taken away.</summary>
    const string Plots = """
        ,
        around AS (
          SELECT o.id, o.ags, coalesce(o.shape, ST_Difference(ST_Buffer(o.geom, 50, 'quad_segs=8'), coalesce((
                   SELECT ST_Union(ST_SetSRID(ST_MakePolygon(ST_MakeLine(ARRAY[ST_MakePoint(x - 200 * v, y + 200 * u), ST_MakePoint(x + 200 * v, y - 200 * u),
                            ST_MakePoint(x + 200 * v + 200 * u, y - 200 * u + 200 * v), ST_MakePoint(x - 200 * v + 200 * u, y + 200 * u + 200 * v), ST_MakePoint(x - 200 * v, y + 200 * u)])), 25833))
                   FROM known k CROSS JOIN LATERAL (
                     SELECT (ST_X(k.geom) + ST_X(o.geom)) / 2 AS x, (ST_Y(k.geom) + ST_Y(o.geom)) / 2 AS y,
                            (ST_X(k.geom) - ST_X(o.geom)) / ST_Distance(k.geom, o.geom) AS u, (ST_Y(k.geom) - ST_Y(o.geom)) / ST_Distance(k.geom, o.geom) AS v
                     WHERE ST_Distance(k.geom, o.geom) > 0) middle
                   WHERE k.best = 2 AND k.ags = o.ags AND ST_DWithin(k.geom, o.geom, 100)), 'SRID=25833;POLYGON EMPTY'))) AS geom
          FROM known o
          WHERE o.best <> 2 AND o.settlement IS NULL),
        plot AS (
          SELECT a.ags, a.geom, ST_CollectionExtract(ST_Difference(ST_CollectionExtract(ST_Intersection(a.geom, m.geom), 3),
                   coalesce((SELECT ST_Union(s.geom) FROM s WHERE ST_Intersects(s.geom, a.geom)), 'SRID=25833;POLYGON EMPTY')), 3) AS rest
          FROM around a JOIN m USING (ags)),
        outside AS (SELECT ags, ST_Union(CASE WHEN ST_IsEmpty(rest) THEN geom ELSE rest END) AS geom FROM plot GROUP BY ags)
        SELECT ags AS Ags, ST_Area(ST_Difference(geom, coalesce((SELECT ST_Union(area.geom) FROM area WHERE verdict = 2), 'SRID=25833;POLYGON EMPTY'))) AS Area
        FROM outside
        """;

    const string Near = """
        ,
        part AS (
          SELECT key, ags, settlement, households, geom, ST_ClusterDBSCAN(geom, 100, 1) OVER (PARTITION BY ags) AS number
          FROM breitband.gaps WHERE county = @county),
        lying AS (
          SELECT DISTINCT ON (c.id) part.ags, part.number, c.addresses - c.s AS open
          FROM counted c JOIN placed p USING (id) JOIN part ON ST_Intersects(part.geom, p.geom)
          ORDER BY c.id, part.key COLLATE "C"),
        housed_in AS (SELECT ags, number, sum(open) AS open FROM lying GROUP BY ags, number)
        SELECT min(key COLLATE "C") AS Key, ags AS Ags, round(sum(households) * 1e9)::bigint AS Households, coalesce(max(open), 0)::bigint AS Addresses,
               bool_or(settlement IS NULL) AS Outside, count(DISTINCT settlement)::int AS Settlements, ST_Area(ST_Union(geom)) AS Area,
               (SELECT coalesce(sum(ST_NumInteriorRings(d.geom)), 0)::int FROM ST_Dump(ST_Union(part.geom)) d) AS Holes
        FROM part LEFT JOIN housed_in USING (ags, number)
        GROUP BY ags, number
        """;
}
