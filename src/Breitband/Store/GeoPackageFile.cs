using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Breitband.Store;

/// <summary>Opening, creating and checking the file of an embedded store; the one place that turns SQLite's errors into words.</summary>
static class GeoPackageFile
{
    /// <summary>Version of the tables; schema/geopackage_NNN.sql leads from one to the next.</summary>
    const int SchemaVersion = 3;

    /// <summary>How long to wait for another program's lock, seconds, before saying so.</summary>
    const int Patience = 8;

    public static SqliteConnection Open(string path, OpenMode mode, string? county)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw BreitbandException.Refused($"{path} ist ein Ordner, kein Speicher. Eine Datei angeben: --store {Path.Combine(path, "breitband.gpkg")}",
                $"{path} is a folder, not a store. Name a file: --store {Path.Combine(path, "breitband.gpkg")}");
        var isNew = !File.Exists(full);
        if (isNew && mode != OpenMode.Create)
            throw BreitbandException.Refused($"Den Speicher {path} gibt es nicht. Er entsteht beim ersten Import: breitband import DATEI --store {path}",
                $"There is no store {path}. The first import makes it: breitband import FILE --store {path}");
        if (isNew && !Directory.Exists(Path.GetDirectoryName(full)))
            throw BreitbandException.Refused($"Den Ordner {Path.GetDirectoryName(full)} gibt es nicht.", $"There is no folder {Path.GetDirectoryName(full)}.");
        try
        {
            var connection = Connect(full, mode);
            try
            {
                if (isNew || IsEmpty(connection) && mode == OpenMode.Create)
                    Create(connection, county ?? "12069");
                Verify(connection, path, county);
                if (mode != OpenMode.Read)
                    Upgrade(connection);
                if (mode != OpenMode.Read)
                    GeoPackageTable.AddMissing(connection, "measures", Layer.Measures.Fields);
                return connection;
            }
            catch
            {
                connection.Dispose();
                if (isNew)
                    File.Delete(full);
                throw;
            }
        }
        catch (SqliteException e)
        {
            throw Translate(e, path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw BreitbandException.Failed($"{path}: keine Schreibrechte. Einen anderen Ort angeben: --store PFAD", $"{path}: no permission to write. Name another place: --store PATH", e);
        }
    }

    /// <summary>Runs something on the store and says in words what SQLite says in codes.</summary>
    public static T Guarded<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw Translate(e, path);
        }
    }

    /// <summary>Throws SQLite's message for any result code but success.</summary>
    public static void Check(int result, sqlite3 db)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
            SqliteException.ThrowExceptionForRC(result, db);
    }

    public static BreitbandException Translate(SqliteException e, string path) => e.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => BreitbandException.Failed(
            $"{path} wird gerade von einem anderen Programm beschrieben oder festgehalten (z. B. QGIS im Bearbeitungsmodus, ein zweiter Import). Dort speichern oder schließen, dann noch einmal versuchen; geändert wurde nichts.",
            $"{path} is being written or held by another program (QGIS in edit mode, a second import, say). Save or close it there and try again; nothing was changed.", e),
        raw.SQLITE_FULL => BreitbandException.Failed($"{path}: Der Datenträger ist voll. Platz schaffen und wiederholen; geändert wurde nichts.",
            $"{path}: the disk is full. Make room and repeat; nothing was changed.", e),
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => BreitbandException.Failed(
            $"{path}: Datei oder Ordner lässt sich nicht beschreiben. Rechte prüfen oder einen anderen Ort angeben: --store PFAD",
            $"{path}: file or folder cannot be written. Check permissions or name another place: --store PATH", e),
        raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT => BreitbandException.Refused(
            $"{path} ist kein GeoPackage oder beschädigt. Eine Sicherung zurückholen oder einen anderen Speicher angeben.",
            $"{path} is no GeoPackage or damaged. Restore a backup or name another store.", e),
        _ => BreitbandException.Failed($"{path}: {e.Message}", $"{path}: {e.Message}", e),
    };

    static SqliteConnection Connect(string path, OpenMode mode)
    {
        // A program killed while writing leaves a hot journal; only a connection that may write can roll it back, and any reading does.
        if (mode == OpenMode.Read && File.Exists(path + "-journal"))
            using (var writer = Connect(path, OpenMode.Write))
                writer.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master");
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode switch { OpenMode.Read => SqliteOpenMode.ReadOnly, OpenMode.Write => SqliteOpenMode.ReadWrite, _ => SqliteOpenMode.ReadWriteCreate },
            Pooling = false,
            DefaultTimeout = Patience,
        }.ToString());
        connection.Open();
        // A rollback journal, not WAL: it works on network shares and leaves nothing behind. 64 MiB of cache.
        // SQLite waits a little longer than the command may take: were its wait the shorter one, the command would begin a second one.
        connection.Execute($"PRAGMA busy_timeout = {(Patience * 1000) + 500}; PRAGMA cache_size = -65536; PRAGMA foreign_keys = OFF;");
        return connection;
    }

    static bool IsEmpty(SqliteConnection connection) => connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master") == 0;

    static void Create(SqliteConnection connection, string county)
    {
        Store.RequireCounty(county);
        using var transaction = connection.BeginTransaction(deferred: false);
        GeoPackageTable.CreateBase(connection);
        connection.Execute(Script("001"));
        connection.Execute("""
            INSERT INTO breitband_settings VALUES ('schema', '1'), ('county', @County);
            """, new { County = county });
        GeoPackageTable.RegisterFixed(connection);
        transaction.Commit();
    }

    /// <summary>A file of an older program gets the tables it lacks; of two programs that begin at the same moment one does it.</summary>
    static void Upgrade(SqliteConnection connection)
    {
        int Version() => int.Parse(Setting(connection, "schema"), CultureInfo.InvariantCulture);

        if (Version() == SchemaVersion)
            return;
        using var transaction = connection.BeginTransaction(deferred: false);
        for (var next = Version() + 1; next <= SchemaVersion; next++)
        {
            connection.Execute(Script(next.ToString("000", CultureInfo.InvariantCulture)));
            connection.Execute("UPDATE breitband_settings SET value = @next WHERE name = 'schema'", new { next = next.ToString(CultureInfo.InvariantCulture) });
        }
        transaction.Commit();
    }

    static void Verify(SqliteConnection connection, string path, string? county)
    {
        if (connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master WHERE name = 'breitband_settings'") == 0)
            throw IsEmpty(connection) ? BreitbandException.Refused($"{path} ist leer und kein Breitband-Speicher. Einen anderen angeben oder in einen neuen importieren.", $"{path} is empty and no Breitband store. Name another one, or import into a new one.")
                : BreitbandException.Refused($"{path} ist eine Datenbank, aber kein Breitband-Speicher. Als Lieferung wird sie in einen Speicher importiert.",
                    $"{path} is a database but no Breitband store. As a delivery it is imported into a store.");
        var version = int.Parse(Setting(connection, "schema"), CultureInfo.InvariantCulture);
        if (version > SchemaVersion)
            throw BreitbandException.Refused($"{path} gehört zu einem neueren Breitband (Schema {version}, dieses Programm kennt {SchemaVersion}). Das Programm aktualisieren.",
                $"{path} belongs to a newer Breitband (schema {version}, this program knows {SchemaVersion}). Update the program.");
        if (county is not null && Setting(connection, "county") != county)
            throw BreitbandException.WrongUse($"{path} gehört zum Kreis {Setting(connection, "county")}, nicht {county}. Für einen anderen Kreis einen eigenen Speicher anlegen.",
                $"{path} belongs to county {Setting(connection, "county")}, not {county}. Make a store of its own for another county.");
    }

    public static string Setting(SqliteConnection connection, string name) =>
        connection.ExecuteScalar<string>("SELECT value FROM breitband_settings WHERE name = @name", new { name }) ?? throw new InvalidDataException($"the store has no setting {name}");

    /// <summary>A script of schema/, embedded in the program.</summary>
    public static string Script(string name)
    {
        using var stream = typeof(GeoPackageFile).Assembly.GetManifestResourceStream($"Breitband.Store.schema.geopackage_{name}.sql")
            ?? throw new InvalidOperationException($"schema script {name} is missing from the program");
        return new StreamReader(stream).ReadToEnd();
    }
}
