using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
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

    /// <summary>An open transaction is rolled back first, and that may fail of a server that is gone; whatever was asked of it before has told so.</summary>
    public static void PutAway(NpgsqlConnection connection)
    {
        try
        {
            connection.Dispose();
        }
        catch (Exception e) when (Known(e))
        {
            // Nothing is left to undo.
        }
    }

    public static bool Known(Exception e) => e is NpgsqlException or SocketException or TimeoutException || e is IOException { InnerException: SocketException };

    /// <summary>Whether it is worth trying again a moment later: the server starts, restarts, is full or does not answer. What is asked for and refused stays refused.</summary>
    public static bool Passing(Exception e) => e switch
    {
        PostgresException p => p.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections,
        _ => Known(e) && !IsUnknownHost(e) && !IsEncryption(e) && (e is not NpgsqlException n || n.IsTransient),
    };

    /// <summary>Npgsql says these two in words only, its own, which are English everywhere.</summary>
    static bool LacksPassword(Exception e) => e is NpgsqlException { InnerException: null } and not PostgresException && e.Message.Contains("password", StringComparison.OrdinalIgnoreCase);

    static bool IsEncryption(Exception e) => e.GetBaseException() is AuthenticationException || e.InnerException is AuthenticationException
        || (e is NpgsqlException and not PostgresException && e.Message.Contains("SSL", StringComparison.Ordinal));

    static bool IsUnknownHost(Exception e) => e.GetBaseException() is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData };

    /// <summary>Whether the connection is gone, not only what was asked on it.</summary>
    public static bool Lost(Exception e) => Known(e)
        && (e is not PostgresException p || p.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow);

    /// <param name="waited">As it was, not as it was meant.</param>
    public static BreitbandException Away(Exception e, string store, int attempts, TimeSpan waited)
    {
        var seconds = waited.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return BreitbandException.Failed(
            $"{store}: Die Datenbank ist nicht zu erreichen ({attempts} {(attempts == 1 ? "Versuch" : "Versuche")} in {seconds} s: {Innermost(e)}). Läuft der Server, stimmen Rechnername und Port? Geändert wurde nichts.",
            $"{store}: the database cannot be reached ({attempts} {(attempts == 1 ? "attempt" : "attempts")} in {seconds} s: {Innermost(e)}). Is the server running, are host and port right? Nothing was changed.", e);
    }

    public static BreitbandException Translate(Exception e, string store) => e switch
    {
        PostgresException p => Translate(p, store),
        _ when LacksPassword(e) => BreitbandException.Failed(
            $"{store}: Der Server verlangt ein Passwort, und es ist keines angegeben. PGPASSWORD setzen oder eine Zeile in .pgpass anlegen.",
            $"{store}: the server asks for a password, and none is given. Set PGPASSWORD or add a line to .pgpass.", e),
        _ when IsEncryption(e) => BreitbandException.Failed(
            $"{store}: Die verschlüsselte Verbindung (TLS) kommt nicht zustande ({Innermost(e)}). Auf dem Server ssl = on und das Zertifikat prüfen, hier SSL Mode (sslmode) und Root Certificate (sslrootcert).",
            $"{store}: the encrypted connection (TLS) is not made ({Innermost(e)}). Check ssl = on and the certificate on the server, SSL Mode (sslmode) and Root Certificate (sslrootcert) here.", e),
        _ when IsUnknownHost(e) => BreitbandException.Failed(
            $"{store}: Diesen Rechner gibt es nicht ({Innermost(e)}). Den Rechnernamen in --store prüfen.",
            $"{store}: there is no such host ({Innermost(e)}). Check the host name in --store.", e),
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
        // The server says which in its own language, the word is the same in both of ours.
        PostgresErrorCodes.InsufficientPrivilege when e.MessageText.Contains("tablespace", StringComparison.OrdinalIgnoreCase) => Failed(e,
            $"{store}: In diesem Tablespace darf Breitband nichts anlegen ({e.MessageText}). Ein Verwalter erlaubt es mit: GRANT CREATE ON TABLESPACE name TO breitband_owner; ohne ihn: ALTER ROLE benutzer RESET default_tablespace. Geändert wurde nichts.",
            $"{store}: Breitband may not make anything in this tablespace ({e.MessageText}). An administrator allows it with: GRANT CREATE ON TABLESPACE name TO breitband_owner; without it: ALTER ROLE user RESET default_tablespace. Nothing was changed."),
        PostgresErrorCodes.InsufficientPrivilege => Failed(e,
            $"{store}: Dafür fehlen Rechte ({e.MessageText}). Ein Verwalter gibt sie mit: GRANT breitband_editor TO benutzer; wer nur liest, braucht breitband_reader.",
            $"{store}: rights are missing for that ({e.MessageText}). An administrator grants them: GRANT breitband_editor TO user; who only reads needs breitband_reader."),
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
