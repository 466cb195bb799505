using System.Globalization;
using Dapper;
using Npgsql;

namespace Breitband.Store;

/// <summary>Whether a database is a store this program can use; makes it one when asked to.</summary>
static class PostGisSchema
{
    /// <summary>Version of the tables; schema/postgis_NNN.sql leads from one to the next.</summary>
    public const int Version = 3;

    /// <summary>PostgreSQL 12: attaching a partition without locking readers out.</summary>
    const int OldestServer = 120000;

    public static int Require(PostGisDatabase database, NpgsqlConnection connection, OpenMode mode)
    {
        var name = database.Name;
        var (server, postgis, isStore) = State(connection);
        if (server < OldestServer)
            throw BreitbandException.Refused($"{name}: Der Server ist PostgreSQL {server / 10000}; nötig ist mindestens 12.", $"{name}: the server is PostgreSQL {server / 10000}; at least 12 is needed.");
        if (!isStore && mode != OpenMode.Create)
            throw BreitbandException.Refused(
                $"{name} ist noch kein Breitband-Speicher. Er entsteht beim ersten Import: breitband import DATEI --store …",
                $"{name} is no Breitband store yet. The first import makes it: breitband import FILE --store …");
        if (postgis is null && mode == OpenMode.Create)
            postgis = Extend(connection, name);
        if (postgis is null || Major(postgis) < 3)
            throw BreitbandException.Refused(
                $"{name}: {(postgis is null ? "Die Erweiterung PostGIS fehlt" : $"PostGIS {postgis} ist zu alt, nötig ist 3")}. Ein Verwalter behebt es mit: {(postgis is null ? "CREATE EXTENSION postgis;" : "SELECT postgis_extensions_upgrade();")}",
                $"{name}: {(postgis is null ? "the PostGIS extension is missing" : $"PostGIS {postgis} is too old, 3 is needed")}. An administrator helps with: {(postgis is null ? "CREATE EXTENSION postgis;" : "SELECT postgis_extensions_upgrade();")}");
        if (!isStore)
            Create(connection, name);
        var version = connection.ExecuteScalar<int>("SELECT max(version) FROM breitband.schema_versions");
        if (version > Version)
            throw BreitbandException.Refused($"{name} gehört zu einem neueren Breitband (Schema {version}, dieses Programm kennt {Version}). Das Programm aktualisieren.",
                $"{name} belongs to a newer Breitband (schema {version}, this program knows {Version}). Update the program.");
        if (mode != OpenMode.Read && version < Version)
        {
            Upgrade(database);
            version = Version;
        }
        if (mode != OpenMode.Read && !PostGisLayers.IsComplete(connection))
            Complete(database);
        if (mode != OpenMode.Read && PostGisCheck.MissingIndexes(connection).ToList() is { Count: > 0 } missing)
            throw BreitbandException.Failed(string.Join("\n", missing.Select(m => m.De)), string.Join("\n", missing.Select(m => m.En)));
        return version;
    }

    static (int Server, string? PostGis, bool IsStore) State(NpgsqlConnection connection) => connection.QuerySingle<(int, string?, bool)>("""
        SELECT current_setting('server_version_num')::int,
               (SELECT extversion FROM pg_extension WHERE extname = 'postgis'),
               EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'breitband' AND c.relname = 'schema_versions')
        """);

    static int Major(string version) => int.Parse(version.Split('.')[0], CultureInfo.InvariantCulture);

    static string? Extend(NpgsqlConnection connection, string name)
    {
        try
        {
            connection.Execute("CREATE EXTENSION IF NOT EXISTS postgis");
            return State(connection).PostGis;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return null; // whoever may is asked for it
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.FeatureNotSupported or PostgresErrorCodes.UndefinedFile)
        {
            throw BreitbandException.Refused($"{name}: PostGIS ist auf dem Server nicht installiert. Unter Debian dort: apt-get install postgresql-postgis",
                $"{name}: PostGIS is not installed on the server. On Debian, there: apt-get install postgresql-postgis", e);
        }
    }

    /// <summary>All or nothing; of two programs that begin at the same moment one makes the store and the other finds it.</summary>
    static void Create(NpgsqlConnection connection, string name)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute("SELECT pg_advisory_xact_lock(hashtextextended('breitband/schema', 0))");
        if (State(connection).IsStore)
            return;
        PostGisRights.Require(connection, name);
        PostGisRights.LetReadersUseIndexes(connection);
        for (var next = 1; next <= Version; next++)
            connection.Execute(Script(next));
        PostGisLayers.Complete(connection);
        transaction.Commit();
    }

    /// <summary>A store of an older program gets the tables it lacks, from whoever may write and opens it first.</summary>
    static void Upgrade(PostGisDatabase database)
    {
        using var transaction = database.Begin();
        transaction.Lock("", "schema");
        for (var next = transaction.Connection.ExecuteScalar<int>("SELECT max(version) FROM breitband.schema_versions") + 1; next <= Version; next++)
            transaction.Connection.Execute(Script(next));
        transaction.Commit();
    }

    static void Complete(PostGisDatabase database)
    {
        using var transaction = database.Begin();
        transaction.Lock("", "schema");
        PostGisLayers.Complete(transaction.Connection);
        transaction.Commit();
    }

    /// <summary>The county of a store: the one named, or the only one there.</summary>
    public static string County(PostGisDatabase database, OpenMode mode, string? wanted)
    {
        var there = database.Start(c =>
        {
            using var connection = c;
            return connection.Query<string>("SELECT county FROM breitband.counties ORDER BY county").ToList();
        });
        var county = wanted ?? (there.Count == 1 ? there[0] : there.Count == 0 && mode == OpenMode.Create ? "12069" : null);
        if (county is null && there.Count > 1)
            throw BreitbandException.WrongUse($"{database.Name} enthält mehrere Kreise: {string.Join(", ", there)}. Einen nennen: --county {there[0]}",
                $"{database.Name} holds several counties: {string.Join(", ", there)}. Name one: --county {there[0]}");
        if (county is not null && there.Contains(county))
            return county;
        if (county is null || mode != OpenMode.Create)
            throw BreitbandException.Refused(
                $"{database.Name} enthält {(wanted is null ? "noch keinen Kreis" : $"den Kreis {wanted} nicht")}{(there.Count > 0 ? $" (nur {string.Join(", ", there)})" : "")}. Er entsteht beim ersten Import: breitband import DATEI --county KREIS --store …",
                $"{database.Name} {(wanted is null ? "holds no county yet" : $"does not hold county {wanted}")}{(there.Count > 0 ? $" (only {string.Join(", ", there)})" : "")}. The first import makes it: breitband import FILE --county COUNTY --store …");
        Store.RequireCounty(county);
        using var transaction = database.Begin();
        transaction.Connection.Execute("INSERT INTO breitband.counties VALUES (@county) ON CONFLICT DO NOTHING", new { county });
        transaction.Commit();
        return county;
    }

    static string Script(int version)
    {
        var number = version.ToString("000", CultureInfo.InvariantCulture);
        using var stream = typeof(PostGisSchema).Assembly.GetManifestResourceStream($"Breitband.Store.schema.postgis_{number}.sql")
            ?? throw new InvalidOperationException($"schema script {number} is missing from the program");
        return new StreamReader(stream).ReadToEnd();
    }
}
