using Dapper;
using Npgsql;

namespace Breitband.Tests.Store;

/// <summary>
/// The four tests of „planned“ and what each measure lifts, as an expert would write them in PostGIS: basis „mev“ with areas as the evidence,
/// businesses beside households and addresses. A place is lifted once, by the counting measure with the lowest key.
/// </summary>
static class PostGisMeasureOracle
{
    public sealed record Planned(string Ags, long Households, long Addresses, long Businesses, long BusinessesServed, long BusinessesUnclear, long BusinessesUnserved);

    public sealed record Lift(string Key, bool Counts, long Households, long Addresses, long Businesses, long Reach);

    public static IReadOnlyList<Planned> ByMunicipality(string database, string county, bool complete, DateOnly asOf, DateOnly newest)
    {
        using var connection = new NpgsqlConnection(database);
        return connection.Query<Planned>(PostGisOracle.Demand + Lifted + Municipalities, new { county, complete, asOf = asOf.ToDateTime(default), newest = newest.ToDateTime(default) }, commandTimeout: Patience).ToList();
    }

    public static IReadOnlyList<Lift> ByMeasure(string database, string county, bool complete, DateOnly asOf, DateOnly newest)
    {
        using var connection = new NpgsqlConnection(database);
        return connection.Query<Lift>(PostGisOracle.Demand + Lifted + Measures, new { county, complete, asOf = asOf.ToDateTime(default), newest = newest.ToDateTime(default) }, commandTimeout: Patience).ToList();
    }

    /// <summary>Seconds; the machine may be busy with other tests.</summary>
    const int Patience = 300;

    /// <summary>Households, addresses and businesses by place, and the best offer there.</summary>
    internal const string Everyone = """
        ,
        park AS (
          SELECT f.key, f.geom, f.businesses * 1000000000::bigint AS businesses,
                 coalesce((SELECT ags FROM m WHERE m.ags = f.ags), (SELECT min(ags COLLATE "C") FROM m WHERE ST_Intersects(m.geom, f.geom))) AS ags
          FROM breitband.facilities f WHERE county = @county AND edition IN (SELECT number FROM live)),
        everyone AS (
          SELECT id, geom, shape, ags, settlement, households, addresses, 0::bigint AS businesses FROM placed
          UNION ALL
          SELECT 1000000 + row_number() OVER (), geom, NULL, ags, (SELECT s.key FROM s WHERE ST_Intersects(s.geom, park.geom) ORDER BY s.ags <> park.ags, s.key COLLATE "C" LIMIT 1), 0, 0, businesses
          FROM park WHERE ags IS NOT NULL),
        known AS (
          SELECT e.*, coalesce((SELECT max(verdict) FROM area WHERE ST_Intersects(area.geom, e.geom)), 0) AS best FROM everyone e)
        """;

    const string Lifted = Everyone + """
        ,
        tested AS (
          SELECT key, geom, coalesce(
                   (state IN ('decision_final', 'planning', 'construction', 'in_service', 'documentation', 'earmarked', 'closed')
                    OR state IN ('announced', 'cooperation', 'presale') AND milestone_plan)
                   AND commissioning <= coalesce(horizon_until, (consultation + interval '3 years')::date)
                   AND technology = 'ftth' AND down >= 300 AND up >= 150
                   AND CASE WHEN state IN ('in_service', 'documentation', 'earmarked', 'closed') THEN commissioning > @newest ELSE commissioning >= @asOf END, false) AS counts
          FROM breitband.measures WHERE county = @county),
        reached AS (SELECT k.*, t.key, t.counts, (k.best <> 2)::int AS open FROM known k JOIN tested t ON ST_Intersects(t.geom, k.geom)),
        lifting AS (SELECT DISTINCT ON (id) id, key FROM reached WHERE counts ORDER BY id, key COLLATE "C")
        """;

    const string Municipalities = """

        SELECT ags AS Ags,
               coalesce(sum(households) FILTER (WHERE best <> 2 AND key IS NOT NULL), 0)::bigint AS Households, coalesce(sum(addresses) FILTER (WHERE best <> 2 AND key IS NOT NULL), 0)::bigint AS Addresses,
               coalesce(sum(businesses) FILTER (WHERE best <> 2 AND key IS NOT NULL), 0)::bigint AS Businesses, coalesce(sum(businesses) FILTER (WHERE best = 2), 0)::bigint AS BusinessesServed,
               coalesce(sum(businesses) FILTER (WHERE key IS NULL AND (best = 1 OR best = 0 AND NOT @complete)), 0)::bigint AS BusinessesUnclear,
               coalesce(sum(businesses) FILTER (WHERE key IS NULL AND best = 0 AND @complete), 0)::bigint AS BusinessesUnserved
        FROM known LEFT JOIN lifting USING (id)
        GROUP BY ags
        """;

    const string Measures = """

        SELECT t.key AS Key, t.counts AS Counts,
               coalesce(sum(r.households * r.open) FILTER (WHERE l.key = t.key), 0)::bigint AS Households, coalesce(sum(r.addresses * r.open) FILTER (WHERE l.key = t.key), 0)::bigint AS Addresses,
               coalesce(sum(r.businesses * r.open) FILTER (WHERE l.key = t.key), 0)::bigint AS Businesses, coalesce(sum(r.households * r.open), 0)::bigint AS Reach
        FROM tested t LEFT JOIN reached r ON r.key = t.key LEFT JOIN lifting l ON l.id = r.id
        GROUP BY t.key, t.counts
        """;
}
