using Dapper;
using Npgsql;

namespace Breitband.Store;

/// <summary>What whoever makes a store must be allowed, asked before it is tried: the server's own refusals name the thing, not the way out.</summary>
static class PostGisRights
{
    /// <exception cref="BreitbandException">Failed, with the statement an administrator types for each right that is missing.</exception>
    public static void Require(NpgsqlConnection connection, string name)
    {
        var missing = connection.Query<(string De, string En, string Remedy)>(Missing).ToList();
        if (missing.Count > 0)
            throw BreitbandException.Failed(
                $"{name}: Um hier einen Speicher anzulegen, fehlt dem Benutzer {string.Join("; ", missing.Select(m => m.De))}. Ein Verwalter gibt es ihm mit: {string.Join(" ", missing.Select(m => m.Remedy))} Geändert wurde nichts.",
                $"{name}: to make a store here the user lacks {string.Join("; ", missing.Select(m => m.En))}. An administrator grants it with: {string.Join(" ", missing.Select(m => m.Remedy))} Nothing was changed.");
    }

    /// <summary>
    /// Lets the boxes of a question reach the spatial indexes for those whom row security guards, too. Only a superuser may say so; for others it is in the
    /// administrator's set-up, and <c>check</c> reminds him.
    /// </summary>
    public static void LetReadersUseIndexes(NpgsqlConnection connection)
    {
        if (connection.ExecuteScalar<string>(Overlaps) is { } function)
            connection.Execute($"ALTER FUNCTION {function} LEAKPROOF");
    }

    const string Missing = """
        WITH owner AS (SELECT oid FROM pg_roles WHERE rolname = 'breitband_owner'),
        space AS (SELECT t.spcname AS name FROM pg_tablespace t JOIN pg_database d ON d.datname = current_database() WHERE t.spcname = current_setting('default_tablespace') AND t.oid <> d.dattablespace),
        styles AS (SELECT c.oid, pg_has_role(c.relowner, 'USAGE') OR has_table_privilege(c.oid, 'SELECT WITH GRANT OPTION') AS given FROM pg_class c WHERE c.oid = to_regclass('public.layer_styles'))
        SELECT 'CREATE in der Datenbank', 'CREATE on the database', format('GRANT CREATE ON DATABASE %I TO %I;', current_database(), current_user)
        WHERE NOT has_database_privilege(current_database(), 'CREATE')
        UNION ALL
        SELECT 'das Recht, Rollen anzulegen (CREATEROLE)', 'the right to make roles (CREATEROLE)', format('ALTER ROLE %I CREATEROLE;', current_user)
        FROM pg_roles r WHERE r.rolname = current_user AND NOT (r.rolsuper OR r.rolcreaterole OR EXISTS (SELECT FROM owner o WHERE pg_has_role(o.oid, 'MEMBER')))
        UNION ALL
        SELECT 'CREATE im Schema public (für die QGIS-Stile in layer_styles)', 'CREATE on the schema public (for the QGIS styles in layer_styles)', format('GRANT CREATE ON SCHEMA public TO %I;', current_user)
        WHERE NOT EXISTS (SELECT FROM styles) AND NOT has_schema_privilege('public', 'CREATE')
        UNION ALL
        SELECT 'das Recht, Rechte an public.layer_styles weiterzugeben (die Tabelle gehört jemand anderem)', 'the right to grant rights on public.layer_styles (the table is somebody else''s)',
               format('GRANT ALL ON public.layer_styles TO %1$I WITH GRANT OPTION; GRANT ALL ON SEQUENCE public.layer_styles_id_seq TO %1$I WITH GRANT OPTION;', current_user)
        FROM styles WHERE NOT given
        UNION ALL
        SELECT format('CREATE im Tablespace %s für breitband_owner', name), format('CREATE on the tablespace %s for breitband_owner', name),
               CASE WHEN EXISTS (SELECT FROM owner) THEN '' ELSE 'CREATE ROLE breitband_owner NOLOGIN; ' END || format('GRANT CREATE ON TABLESPACE %I TO breitband_owner;', name)
        FROM space
        WHERE NOT has_tablespace_privilege(coalesce((SELECT oid FROM owner), 0), name, 'CREATE')
        """;

    const string Overlaps = """
        SELECT p.oid::regprocedure::text
        FROM pg_extension x
          JOIN pg_depend d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = x.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
          JOIN pg_proc p ON p.oid = d.objid
        WHERE x.extname = 'postgis' AND p.proname = 'geometry_overlaps' AND NOT p.proleakproof
          AND (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
        """;
}
