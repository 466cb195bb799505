using Dapper;
using Npgsql;

namespace Breitband.Store;

/// <summary>
/// What people see who connect with QGIS: one view per layer under its German name, with German column comments and the legend's style. Only
/// live editions, only what the caller may see, and only measures can be edited.
/// </summary>
static class PostGisViews
{
    /// <summary>What belongs to no layer, once, inside the transaction that makes the tables and as breitband_owner.</summary>
    public static void Create(NpgsqlConnection connection) => Rejected(connection);

    /// <summary>A layer's view, new or again with the fields the layer has now.</summary>
    public static void Show(NpgsqlConnection connection, Layer layer)
    {
        connection.Execute($"DROP VIEW IF EXISTS breitband.{Quoted(layer.German)}");
        if (layer == Layer.Measures)
        {
            Show(connection, layer, layer.Fields, $"""
                SELECT t.id, t.county, t.geom{Columns(layer)}
                FROM breitband.measures t
                WHERE breitband.disclosure_rank(t.disclosure) <= (SELECT breitband.clearance())
                WITH CHECK OPTION
                """);
            Measures(connection);
        }
        else if (Layer.Results.Contains(layer))
            Show(connection, layer, layer.Fields, $"""
                SELECT t.id, t.county, t.geom{Columns(layer)}
                FROM breitband.{layer.Name} t
                WHERE t.disclosure <= (SELECT breitband.clearance())
                """);
        else
            Show(connection, layer, layer.Fields.Prepend(Source).Prepend(Date), $"""
                SELECT (e.serial << 32) | t.id AS id, t.county, {(layer.Shape == Shape.None ? "" : "t.geom, ")}e.date AS edition_date, e.source{Columns(layer)}
                FROM breitband.{layer.Name} t JOIN breitband.editions e ON e.county = t.county AND e.number = t.edition
                WHERE e.live AND t.disclosure <= (SELECT breitband.clearance())
                """);
    }

    static readonly Field Source = new("source", FieldKind.Text, "Quelle", "source"), Date = new("edition_date", FieldKind.Date, "Stand der Daten", "date of the data");

    static string Columns(Layer layer) => string.Concat(layer.Fields.Select(f => $", t.\"{f.Name}\""));

    static void Show(NpgsqlConnection connection, Layer layer, IEnumerable<Field> fields, string select)
    {
        var view = $"breitband.{Quoted(layer.German)}";
        // A barrier: no function of the reader's sees a row before the disclosure rule has.
        connection.Execute($"CREATE VIEW {view} WITH (security_barrier) AS\n{select}");
        connection.Execute($"GRANT SELECT ON {view} TO breitband_reader, breitband_editor");
        connection.Execute($"COMMENT ON VIEW {view} IS {Text($"{layer.German} ({(layer == Layer.Measures ? "Register, bearbeitbar" : "aktueller Stand")})")}");
        connection.Execute($"COMMENT ON TABLE breitband.{layer.Name} IS {Text($"Tabelle des Programms; für Menschen: Sicht „{layer.German}“")}");
        connection.Execute($"COMMENT ON COLUMN {view}.id IS 'Zeilennummer'; COMMENT ON COLUMN {view}.county IS 'Kreisschlüssel'"
            + string.Concat(fields.Select(f => $"; COMMENT ON COLUMN {view}.\"{f.Name}\" IS {Text(f.German)}")));
        if (QgisStyle.Qml(layer, layer.Shape) is { } qml)
            Style(connection, layer, qml);
    }

    static void Style(NpgsqlConnection connection, Layer layer, string qml) => connection.Execute("""
        DELETE FROM public.layer_styles WHERE f_table_catalog = current_database() AND f_table_schema = 'breitband' AND f_table_name = @German;
        INSERT INTO public.layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, stylename, styleqml, useasdefault, description, owner)
        VALUES (current_database(), 'breitband', @German, 'geom', 'Breitband', XMLPARSE(DOCUMENT @qml), true, @German, 'breitband_owner')
        """, new { layer.German, qml });

    /// <summary>Editing by hand: an import checks its rows itself, a hand is checked here, against the same tables of codes.</summary>
    static void Measures(NpgsqlConnection connection)
    {
        var view = $"breitband.{Quoted(Layer.Measures.German)}";
        var states = string.Join(", ", MeasureState.All.Select(s => Text(s.Code)));
        var technologies = string.Join(", ", Enum.GetValues<Technology>().Select(t => Text(t.Code())));
        connection.Execute($"""
            CREATE OR REPLACE FUNCTION breitband.check_measure() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $check$
            BEGIN
              IF breitband.who() IS NOT NULL THEN
                RETURN NEW;
              END IF;
              IF TG_OP = 'UPDATE' AND (NEW.key, NEW.county) IS DISTINCT FROM (OLD.key, OLD.county) THEN
                RAISE EXCEPTION 'Die Kennung einer Maßnahme bleibt; für eine andere eine neue Maßnahme anlegen.' USING ERRCODE = 'check_violation';
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
            ALTER VIEW {view} ALTER COLUMN county SET DEFAULT breitband.only_county();
            GRANT INSERT, UPDATE, DELETE ON {view} TO breitband_editor;
            """);
    }

    static void Rejected(NpgsqlConnection connection) => connection.Execute("""
        CREATE VIEW breitband."Zurückgewiesene Zeilen" WITH (security_barrier) AS
        SELECT (e.serial << 32) | r.id AS id, r.county, r.geom, e.layer, e.source, e.date AS edition_date, r.file, r.number, r.key, r.reason
        FROM breitband.rejected r JOIN breitband.editions e ON e.county = r.county AND e.number = r.edition
        WHERE r.disclosure <= (SELECT breitband.clearance());
        GRANT SELECT ON breitband."Zurückgewiesene Zeilen" TO breitband_reader, breitband_editor;
        COMMENT ON VIEW breitband."Zurückgewiesene Zeilen" IS 'Beim Import zurückgewiesene Zeilen und Objekte mit Grund';
        COMMENT ON COLUMN breitband."Zurückgewiesene Zeilen".reason IS 'Grund';
        COMMENT ON COLUMN breitband."Zurückgewiesene Zeilen".number IS 'Zeile';
        COMMENT ON COLUMN breitband."Zurückgewiesene Zeilen".file IS 'Datei';
        """);

    static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
