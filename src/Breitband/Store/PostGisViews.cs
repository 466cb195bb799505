using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace Breitband.Store;

/// <summary>
/// What people see who connect with QGIS: one view per layer under its German name, with German comments and the legend's style. Only
/// live editions, only what the caller may see, and only measures can be edited. All of it is made from the program's own lists; a store
/// remembers from whose, so that a newer program brings its codes and styles along.
/// </summary>
static class PostGisViews
{
    static readonly Field Id = new("id", FieldKind.Integer, "Zeilennummer", "row id"), County = new("county", FieldKind.Text, "Kreisschlüssel", "county key"),
        Geometry = new("geom", FieldKind.Text, "Geometrie", "geometry"), LayerName = new("layer", FieldKind.Text, "Ebene", "layer"),
        Source = new("source", FieldKind.Text, "Quelle", "source"), Date = new("edition_date", FieldKind.Date, "Stand der Daten", "date of the data");

    static readonly Lazy<string> Sql = new(() => string.Join('\n', Layer.Imported.Concat(Layer.Results).Select(Of).Append(CheckMeasure()).Append(NameBreak()).Append(Rejected())));

    static readonly Lazy<string> Fingerprint = new(() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.Value))));

    static Version Program => typeof(PostGisViews).Assembly.GetName().Version!;

    /// <summary>Makes all of it, new or again, inside the caller's transaction and as breitband_owner.</summary>
    public static void Create(NpgsqlConnection connection)
    {
        connection.Execute(Sql.Value);
        connection.Execute("UPDATE breitband.schema_versions SET generated = @generated, generator = @generator WHERE version = (SELECT max(version) FROM breitband.schema_versions)",
            new { generated = Fingerprint.Value, generator = Program.ToString() });
    }

    /// <summary>Whether they are this program's own, or those of a newer one, which an older leaves alone.</summary>
    public static bool AreCurrent(NpgsqlConnection connection)
    {
        var (generated, generator) = connection.QuerySingle<(string?, string?)>("SELECT generated, generator FROM breitband.schema_versions ORDER BY version DESC LIMIT 1");
        return generated == Fingerprint.Value || (generator is not null && Version.Parse(generator) > Program);
    }

    static string Of(Layer layer) => layer == Layer.Measures ? View(layer, [Id, County, Geometry, .. layer.Fields], $"""
            SELECT t.id, t.county, t.geom{Columns(layer)}
            FROM breitband.measures t
            WHERE breitband.disclosure_rank(t.disclosure) <= (SELECT breitband.clearance())
            WITH CHECK OPTION
            """)
        : Layer.Results.Contains(layer) ? View(layer, [Id, County, Geometry, .. layer.Fields], $"""
            SELECT ((1 || t.county)::bigint << 32) | t.id AS id, t.county, t.geom{Columns(layer)}
            FROM breitband.{layer.Name} t
            WHERE t.disclosure <= (SELECT breitband.clearance())
            """)
        // The planner takes a subquery with WITH as it is: it asks the partitions of one live edition after the other instead of those of all
        // editions there ever were, and a box still reaches their indexes.
        : View(layer, [Id, County, .. layer.Shape == Shape.None ? [] : (Field[])[Geometry], Date, Source, .. layer.Fields], $"""
            SELECT (e.serial << 32) | t.id AS id, t.county, {(layer.Shape == Shape.None ? "" : "t.geom, ")}e.date AS edition_date, e.source{Columns(layer)}
            FROM breitband.editions e
              CROSS JOIN LATERAL (WITH apart AS (SELECT 1) SELECT * FROM breitband.{layer.Name} r WHERE r.county = e.county AND r.edition = e.number) t
            WHERE e.live AND t.disclosure <= (SELECT breitband.clearance())
            """);

    static string Columns(Layer layer) => string.Concat(layer.Fields.Select(f => $", t.\"{f.Name}\""));

    static string View(Layer layer, IEnumerable<Field> fields, string select) => $"""
        {View(layer.German, Comment(layer), fields, select)}
        COMMENT ON TABLE breitband.{layer.Name} IS {Text($"Tabelle des Programms; für Menschen: Sicht „{layer.German}“")};
        {(QgisStyle.Qml(layer, layer.Shape) is { } qml ? Style(layer, qml) : "")}
        """;

    /// <summary>A barrier: no function of the reader's sees a row before the disclosure rule has. Replacing keeps what others have built on the view, where its columns allow it.</summary>
    static string View(string name, string comment, IEnumerable<Field> fields, string select)
    {
        var view = $"breitband.{Quoted(name)}";
        return $"""
            DO $do$
            BEGIN
              CREATE OR REPLACE VIEW {view} WITH (security_barrier) AS
              {select};
            EXCEPTION WHEN invalid_table_definition THEN
              DROP VIEW {view};
              CREATE VIEW {view} WITH (security_barrier) AS
              {select};
            END $do$;
            GRANT SELECT ON {view} TO breitband_reader, breitband_editor;
            COMMENT ON VIEW {view} IS {Text(comment)};
            {string.Concat(fields.Select(f => $"COMMENT ON COLUMN {view}.\"{f.Name}\" IS {Text(f.German)};"))}
            """;
    }

    static string Style(Layer layer, string qml) => $"""
        DELETE FROM public.layer_styles WHERE f_table_catalog = current_database() AND f_table_schema = 'breitband' AND f_table_name = {Text(layer.German)};
        INSERT INTO public.layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, stylename, styleqml, useasdefault, description, owner)
        VALUES (current_database(), 'breitband', {Text(layer.German)}, 'geom', 'Breitband', XMLPARSE(DOCUMENT {Text(qml)}), true, {Text(layer.German)}, 'breitband_owner');
        """;

    /// <summary>
    /// Editing by hand: an import checks its rows itself, a hand is checked here, against the same tables of codes. QGIS names every column, those
    /// left empty, too, and a copied measure brings the number of its model.
    /// </summary>
    static string CheckMeasure()
    {
        var states = string.Join(", ", MeasureState.All.Select(s => Text(s.Code)));
        var technologies = string.Join(", ", Enum.GetValues<Technology>().Select(t => Text(t.Code())));
        return $"""
            CREATE OR REPLACE FUNCTION breitband.check_measure() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $check$
            BEGIN
              IF breitband.who() IS NOT NULL THEN
                RETURN NEW;
              END IF;
              IF TG_OP = 'INSERT' THEN
                NEW.id := nextval(pg_get_serial_sequence('breitband.measures', 'id'));
                NEW.county := coalesce(NEW.county, breitband.only_county());
              ELSE
                NEW.id := OLD.id;
              END IF;
              IF TG_OP = 'UPDATE' AND (NEW.key, NEW.county) IS DISTINCT FROM (OLD.key, OLD.county) THEN
                RAISE EXCEPTION 'Die Kennung einer Maßnahme bleibt; für eine andere eine neue Maßnahme anlegen.' USING ERRCODE = 'check_violation';
              ELSIF NEW.county IS NULL THEN
                RAISE EXCEPTION 'Zu welchem Kreis gehört die Maßnahme? Bitte den Kreisschlüssel (county) angeben.' USING ERRCODE = 'check_violation';
              ELSIF NEW.state IS NULL OR NEW.state NOT IN ({states}) THEN
                RAISE EXCEPTION 'Den Stand „%“ gibt es nicht.', NEW.state USING ERRCODE = 'check_violation', HINT = $hint${string.Join(", ", MeasureState.All.Select(s => $"{s.Code} ({s.Label.De})"))}$hint$;
              ELSIF NEW.technology IS NOT NULL AND NEW.technology NOT IN ({technologies}) THEN
                RAISE EXCEPTION 'Die Technik „%“ gibt es nicht.', NEW.technology USING ERRCODE = 'check_violation', HINT = $hint${string.Join(", ", Enum.GetValues<Technology>().Select(t => t.Code()))}$hint$;
              ELSIF NEW.disclosure IS NOT NULL AND NEW.disclosure NOT IN ('öffentlich', 'intern', 'vertraulich') THEN
                RAISE EXCEPTION 'Die Vertraulichkeit „%“ gibt es nicht.', NEW.disclosure USING ERRCODE = 'check_violation', HINT = 'öffentlich, intern, vertraulich';
              END IF;
              RETURN NEW;
            END $check$;
            DROP TRIGGER IF EXISTS check_measure ON breitband.measures;
            CREATE TRIGGER check_measure BEFORE INSERT OR UPDATE ON breitband.measures FOR EACH ROW EXECUTE FUNCTION breitband.check_measure();
            ALTER VIEW breitband.{Quoted(Layer.Measures.German)} ALTER COLUMN county SET DEFAULT breitband.only_county();
            GRANT INSERT, UPDATE, DELETE ON breitband.{Quoted(Layer.Measures.German)} TO breitband_editor;
            """;
    }

    static string Comment(Layer layer) => $"{layer.German} ({(layer == Layer.Measures ? "Register, bearbeitbar" : "aktueller Stand")})";

    /// <summary>
    /// A comparison across a break of method says so wherever it is shown: the view's comment names the break, and of which counties, as long as there
    /// are such results. The last statement does it for those already there.
    /// </summary>
    static string NameBreak() => $"""
        CREATE OR REPLACE FUNCTION breitband.name_break() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $break$
        DECLARE
          shown CONSTANT text := {Text($"breitband.{Quoted(Layer.Changes.German)}")};
          said text := {Text(Comment(Layer.Changes))} || (
            SELECT coalesce(string_agg(format('. Kreis %s: %s', counties, method_break), '' ORDER BY counties), '')
            FROM (SELECT method_break, string_agg(DISTINCT county, ', ' ORDER BY county) AS counties FROM breitband.changes WHERE method_break <> '' GROUP BY method_break) breaks);
        BEGIN
          IF said IS DISTINCT FROM obj_description(shown::regclass, 'pg_class') THEN
            EXECUTE format('COMMENT ON VIEW %s IS %L', shown, said);
          END IF;
          RETURN NULL;
        END $break$;
        DROP TRIGGER IF EXISTS name_break ON breitband.changes;
        CREATE TRIGGER name_break AFTER INSERT OR DELETE ON breitband.changes FOR EACH STATEMENT EXECUTE FUNCTION breitband.name_break();
        DELETE FROM breitband.changes WHERE false;
        """;

    static string Rejected() => View(PostGisStore.RejectedLayer.German, "Beim Import zurückgewiesene Zeilen und Objekte mit Grund",
        [Id, County, Geometry, LayerName, Source, Date, .. PostGisStore.RejectedLayer.Fields.Where(f => f.Name != "reason_en")], """
        SELECT (e.serial << 32) | r.id AS id, r.county, r.geom, e.layer, e.source, e.date AS edition_date, r.file, r.number, r.key, r.reason
        FROM breitband.rejected r JOIN breitband.editions e ON e.county = r.county AND e.number = r.edition
        WHERE r.disclosure <= (SELECT breitband.clearance())
        """);

    static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
