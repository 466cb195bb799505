using Dapper;
using Npgsql;

namespace Breitband.Store;

/// <summary>Looks a shared store over: partitions, counts, indexes and views; each problem comes with its remedy.</summary>
static class PostGisCheck
{
    public static IReadOnlyList<Phrase> Run(NpgsqlConnection connection, string county) =>
        [.. MissingIndexes(connection), .. connection.Query<Missing>(Partitions, new { county }).Select(Lost), .. connection.Query<string>(Views, new { names = Shown() }).Select(LostView)];

    static string[] Shown() => [.. Layer.Imported.Concat(Layer.Results).Select(l => l.German)];

    sealed record Missing(int Number, string Layer, string Source, long Expected, long? Found);

    /// <summary>Every index a layer has its partitions must have too, and every index must be usable.</summary>
    public static IEnumerable<Phrase> MissingIndexes(NpgsqlConnection connection) => connection.Query<(string Table, string Remedy)>(Indexes).Select(m => new Phrase(
        $"Der Tabelle breitband.{m.Table} fehlt ein Index. Ein Verwalter legt ihn an mit: {m.Remedy};", $"The table breitband.{m.Table} lacks an index. An administrator makes it with: {m.Remedy};"));

    static Phrase Lost(Missing m) => m.Found is null
        ? new($"Datenstand {m.Number} ({m.Layer}:{m.Source}): Die Tabelle fehlt. Die Datei noch einmal importieren.", $"Edition {m.Number} ({m.Layer}:{m.Source}): the table is missing. Import the file again.")
        : new($"Datenstand {m.Number} ({m.Layer}:{m.Source}): {m.Found} statt {m.Expected} Zeilen; jemand hat sie bearbeitet. Die Datei noch einmal importieren.",
            $"Edition {m.Number} ({m.Layer}:{m.Source}): {m.Found} rows instead of {m.Expected}; somebody edited them. Import the file again.");

    static Phrase LostView(string view) => new($"Die Sicht „{view}“ fehlt; QGIS zeigt die Ebene nicht. Aus einer Sicherung zurückholen.", $"The view \"{view}\" is missing; QGIS does not show the layer. Restore it from a backup.");

    /// <summary>
    /// The indexes the scripts make are known by name on the tables; those of a partition by the parent index they belong to. An index
    /// that is there but invalid (an interrupted REINDEX CONCURRENTLY) is missing all the same.
    /// </summary>
    const string Indexes = """
        WITH wanted (name, made) AS (VALUES
          ('editions_one_live', 'UNIQUE INDEX editions_one_live ON breitband.editions (county, layer, source) WHERE live'),
          ('rejected_geom', 'INDEX rejected_geom ON breitband.rejected USING gist (geom)'),
          ('runs_id', 'INDEX runs_id ON breitband.runs (county, id)'),
          ('measures_geom', 'INDEX measures_geom ON breitband.measures USING gist (geom)'),
          ('measure_history_key', 'INDEX measure_history_key ON breitband.measure_history (county, key)')),
        layers AS (
          SELECT c.oid, c.relname, c.relkind, c.relispartition, i.inhparent
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
          WHERE n.nspname = 'breitband' AND c.relkind IN ('r', 'p') AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'geom' AND NOT a.attisdropped)),
        indexed AS (
          SELECT x.indrelid, x.indisprimary, m.amname, k.relname
          FROM pg_index x JOIN pg_class k ON k.oid = x.indexrelid JOIN pg_am m ON m.oid = k.relam JOIN pg_namespace n ON n.oid = k.relnamespace
          WHERE n.nspname = 'breitband' AND x.indisvalid)
        SELECT split_part(split_part(made, 'breitband.', 2), ' ', 1), 'CREATE ' || made FROM wanted WHERE name NOT IN (SELECT relname FROM indexed)
        UNION ALL
        SELECT relname, format('CREATE INDEX %I ON breitband.%I USING gist (geom)', relname || '_geom', relname)
        FROM layers WHERE relname NOT IN ('rejected', 'measures', 'measure_history') AND NOT EXISTS (SELECT FROM indexed WHERE indrelid = oid AND amname = 'gist')
        UNION ALL
        SELECT relname, format('ALTER TABLE breitband.%I ADD PRIMARY KEY (id, county, edition)', relname)
        FROM layers WHERE relispartition AND NOT EXISTS (SELECT FROM indexed WHERE indrelid = oid AND indisprimary)
        """;

    /// <summary>Editions whose partition is gone or has another number of rows. The statistics would be faster and would lie.</summary>
    const string Partitions = """
        WITH parts AS (
          SELECT regexp_replace(relname, '_p\d+$', '') AS name, oid,
                 CASE WHEN has_table_privilege(oid, 'SELECT') THEN (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM breitband.%I', relname), false, true, '')))[1]::text::bigint END AS found
          FROM pg_class
          WHERE relnamespace = 'breitband'::regnamespace AND relispartition AND relkind = 'r'),
        editions AS (
          SELECT e.number, e.layer, e.source, e.row_count, count(p.oid) AS tables, count(p.found) AS counted, sum(p.found)::bigint AS found
          FROM breitband.editions e LEFT JOIN parts p ON p.name = e.layer || '_' || e.county || '_e' || e.number
          WHERE e.county = @county AND e.has_rows
          GROUP BY e.county, e.number)
        SELECT number AS Number, layer AS Layer, source AS Source, row_count AS Expected, found AS Found
        FROM editions
        WHERE tables = 0 OR (counted = tables AND found <> row_count)
        ORDER BY number
        """;

    const string Views = "SELECT name FROM unnest(@names) name WHERE NOT EXISTS (SELECT FROM pg_views WHERE schemaname = 'breitband' AND viewname = name)";
}
