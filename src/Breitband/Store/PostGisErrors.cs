using System.Net.Sockets;
using Npgsql;

namespace Breitband.Store;

/// <summary>Says in words what the server says in codes. Whatever fails inside a transaction is undone by the server.</summary>
static class PostGisErrors
{
    public static T Guarded<T>(string store, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (Known(e))
        {
            throw Translate(e, store);
        }
    }

    public static bool Known(Exception e) => e is NpgsqlException or SocketException or TimeoutException || e is IOException { InnerException: SocketException };

    /// <summary>Whether it is worth trying again a moment later: the server starts, restarts or is full.</summary>
    public static bool Passing(Exception e) => e is PostgresException p ? p.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections
        : (e as SocketException ?? e.InnerException as SocketException)?.SocketErrorCode is not (SocketError.HostNotFound or SocketError.NoData) && Known(e);

    /// <summary>Whether the connection is gone, not only what was asked on it.</summary>
    public static bool Lost(Exception e) => Known(e)
        && (e is not PostgresException p || p.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow);

    public static BreitbandException Translate(Exception e, string store) => e switch
    {
        PostgresException p => Translate(p, store),
        _ => BreitbandException.Failed(
            $"{store}: Die Verbindung zur Datenbank ist abgerissen ({Innermost(e)}). Geändert wurde nichts; sobald der Server wieder da ist, wiederholen.",
            $"{store}: the connection to the database was lost ({Innermost(e)}). Nothing was changed; repeat when the server is back.", e),
    };

    static string Innermost(Exception e) => e.GetBaseException().Message;

    static BreitbandException Translate(PostgresException e, string store) => e.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => Failed(e,
            $"{store}: Der Server lässt diesen Benutzer nicht ein ({e.MessageText}). Benutzer und Passwort prüfen (--store, PGPASSWORD, .pgpass).",
            $"{store}: the server does not let this user in ({e.MessageText}). Check user and password (--store, PGPASSWORD, .pgpass)."),
        PostgresErrorCodes.InvalidCatalogName => Failed(e,
            $"{store}: Diese Datenbank gibt es nicht. Anlegen: createdb NAME, dann als Verwalter: CREATE EXTENSION postgis;",
            $"{store}: there is no such database. Make it: createdb NAME, then as administrator: CREATE EXTENSION postgis;"),
        PostgresErrorCodes.InsufficientPrivilege => Failed(e,
            $"{store}: Dafür fehlen Rechte ({e.MessageText}). Ein Verwalter gibt sie mit: GRANT breitband_editor TO benutzer; zum Anlegen braucht der Benutzer CREATE in der Datenbank und CREATEROLE.",
            $"{store}: rights are missing for that ({e.MessageText}). An administrator grants them: GRANT breitband_editor TO user; to make a store the user needs CREATE on the database and CREATEROLE."),
        PostgresErrorCodes.DiskFull or PostgresErrorCodes.ConfigurationLimitExceeded => Failed(e,
            $"{store}: Auf dem Server ist kein Platz mehr ({e.MessageText}). Platz schaffen und wiederholen; geändert wurde nichts.",
            $"{store}: the server has no room left ({e.MessageText}). Make room and repeat; nothing was changed."),
        PostgresErrorCodes.QueryCanceled => Failed(e,
            $"{store}: Der Server hat abgebrochen ({e.MessageText}). Bei einem Zeitlimit: ALTER ROLE benutzer SET statement_timeout = 0; geändert wurde nichts.",
            $"{store}: the server cancelled ({e.MessageText}). If it is a time limit: ALTER ROLE user SET statement_timeout = 0; nothing was changed."),
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected => Failed(e,
            $"{store}: Jemand anderes ändert gerade dasselbe. Warten und wiederholen; geändert wurde nichts.",
            $"{store}: somebody else is changing the same. Wait and repeat; nothing was changed."),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => Failed(e,
            $"{store}: Der Server wurde angehalten ({e.MessageText}). Geändert wurde nichts; sobald er wieder da ist, wiederholen.",
            $"{store}: the server was stopped ({e.MessageText}). Nothing was changed; repeat when it is back."),
        _ => Failed(e, $"{store}: {e.MessageText} ({e.SqlState}). Geändert wurde nichts.", $"{store}: {e.MessageText} ({e.SqlState}). Nothing was changed."),
    };

    static BreitbandException Failed(PostgresException e, string de, string en) => BreitbandException.Failed(de, en, e);
}
