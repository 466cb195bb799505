using Dapper;
using Npgsql;

namespace Breitband.Store;

/// <summary>Looks a shared store over: partitions, counts, keys, indexes and views; each problem comes with its remedy.</summary>
static class PostGisCheck
{
    public static IReadOnlyList<Phrase> Run(NpgsqlConnection connection, string county, bool counts) =>
    [
        .. MissingIndexes(connection), .. connection.Query<string>(Leaky).Select(Unusable),
        .. counts ? [.. connection.Query<Missing>(Partitions, new { county }).Select(Lost), .. Unseen(connection, county)] : (Phrase[])[OlderStore],
        .. connection.Query<string>(Views, new { names = Shown() }).Select(LostView),
    ];

    static string[] Shown() => [.. Layer.Imported.Concat(Layer.Results).Append(PostGisStore.RejectedLayer).Select(l => l.German)];

    sealed record Missing(int Number, string Layer, string Source, long Expected, long? Found);

    /// <summary>Every table must have its key and every partition the indexes of its layer, and each must be usable.</summary>
    public static IEnumerable<Phrase> MissingIndexes(NpgsqlConnection connection) => connection.Query<(string Table, string Remedy, bool IsKey)>(Indexes).Select(m => new Phrase(
        $"Der Tabelle breitband.{m.Table} fehlt {(m.IsKey ? "der Primärschlüssel" : "ein Index")}. Ein Verwalter legt ihn an mit: {m.Remedy};",
        $"The table breitband.{m.Table} lacks {(m.IsKey ? "its primary key" : "an index")}. An administrator makes it with: {m.Remedy};"));

    static Phrase Unusable(string function) => new(
        $"Wer nur liest oder von Hand bearbeitet (QGIS), liest ohne die räumlichen Indexe, also langsam. Ein Verwalter (superuser) behebt es mit: ALTER FUNCTION {function} LEAKPROOF;",
        $"Who reads or edits by hand (QGIS) reads without the spatial indexes, which is slow. An administrator (superuser) helps with: ALTER FUNCTION {function} LEAKPROOF;");

    static Phrase Lost(Missing m) => m.Found is null
        ? new($"Datenstand {m.Number} ({m.Layer}:{m.Source}): Die Tabelle fehlt. Die Datei noch einmal importieren.", $"Edition {m.Number} ({m.Layer}:{m.Source}): the table is missing. Import the file again.")
        : new($"Datenstand {m.Number} ({m.Layer}:{m.Source}): {m.Found} statt {m.Expected} Zeilen; jemand hat sie bearbeitet. Die Datei noch einmal importieren.",
            $"Edition {m.Number} ({m.Layer}:{m.Source}): {m.Found} rows instead of {m.Expected}; somebody edited them. Import the file again.");

    static IEnumerable<Phrase> Unseen(NpgsqlConnection connection, string county)
    {
        var closed = connection.ExecuteScalar<long>("SELECT count(*) FROM breitband.visible_editions WHERE county = @county AND has_rows AND NOT shown", new { county });
        if (closed > 0)
            yield return new($"Nicht geprüft: die Zeilen von {closed} Datenständen, die dieser Benutzer nicht sehen darf. Als Benutzer mit breitband_confidential oder breitband_editor prüfen.",
                $"Not checked: the rows of {closed} editions this user may not see. Check as a user with breitband_confidential or breitband_editor.");
    }

    static readonly Phrase OlderStore = new(
        "Nicht geprüft: die Zeilen der Datenstände; der Speicher ist von einem älteren Breitband. Ihn bringt auf den Stand, wer das nächste Mal importiert.",
        "Not checked: the rows of the editions; the store is of an older Breitband. Whoever imports next brings it up to date.");

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
        fixed (name, columns) AS (VALUES
          ('schema_versions', 'version'), ('counties', 'county'), ('editions', 'county, number'), ('rejected', 'county, edition, id'), ('runs', 'county, number'),
          ('measures', 'county, key'), ('measure_history', 'county, number'), ('audit', 'county, number')),
        tables AS (
          SELECT c.oid, c.relname, c.relkind, c.relispartition, i.inhparent,
                 EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'geom' AND NOT a.attisdropped) AS spatial,
                 c.relkind = 'r' AND NOT c.relispartition AND c.relname ~ '_e\d+(_p\d+)?$' AS coming
          FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
          WHERE c.relnamespace = 'breitband'::regnamespace AND c.relkind IN ('r', 'p')),
        indexed AS (
          SELECT x.indrelid, x.indisprimary, m.amname, k.relname
          FROM pg_index x JOIN pg_class k ON k.oid = x.indexrelid JOIN pg_am m ON m.oid = k.relam
          WHERE k.relnamespace = 'breitband'::regnamespace AND x.indisvalid),
        keyless AS (SELECT * FROM tables WHERE NOT coming AND oid NOT IN (SELECT indrelid FROM indexed WHERE indisprimary))
        SELECT split_part(split_part(made, 'breitband.', 2), ' ', 1), 'CREATE ' || made, false FROM wanted WHERE name NOT IN (SELECT relname FROM indexed)
        UNION ALL
        SELECT relname, format('CREATE INDEX %I ON breitband.%I USING gist (geom)', relname || '_geom', relname), false
        FROM tables WHERE spatial AND relname NOT IN ('rejected', 'measures', 'measure_history') AND NOT EXISTS (SELECT FROM indexed WHERE indrelid = oid AND amname = 'gist')
        UNION ALL
        SELECT relname, format('ALTER TABLE breitband.%I ADD PRIMARY KEY (%s)', relname, coalesce(columns, CASE WHEN relkind = 'p' OR relispartition THEN 'id, county, edition' ELSE 'county, id' END)), true
        FROM keyless LEFT JOIN fixed ON name = relname
        WHERE inhparent IS NULL OR inhparent NOT IN (SELECT oid FROM keyless)
        """;

    /// <summary>Row security and the barrier of the views keep every function that might tell of hidden rows out of the index; this one compares boxes and tells nothing.</summary>
    const string Leaky = """
        SELECT p.oid::regprocedure::text
        FROM pg_operator o JOIN pg_proc p ON p.oid = o.oprcode
        WHERE o.oprname = '&&' AND NOT p.proleakproof
          AND (o.oprleft, o.oprright) IN (SELECT atttypid, atttypid FROM pg_attribute WHERE attrelid = 'breitband.measures'::regclass AND attname = 'geom')
        """;

    /// <summary>Editions whose partition is gone or has another number of rows.</summary>
    const string Partitions = """
        SELECT e.number AS Number, e.layer AS Layer, e.source AS Source, e.row_count AS Expected, r.found AS Found
        FROM breitband.visible_editions e JOIN breitband.edition_rows(@county) r ON r.number = e.number
        WHERE e.county = @county AND (r.tables = 0 OR r.found <> e.row_count)
        ORDER BY e.number
        """;

    const string Views = "SELECT name FROM unnest(@names) name WHERE NOT EXISTS (SELECT FROM pg_views WHERE schemaname = 'breitband' AND viewname = name)";
}
