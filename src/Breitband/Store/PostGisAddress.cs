using Npgsql;

namespace Breitband.Store;

/// <summary>
/// What a user writes after <c>--store</c> for a database: <c>Host=…;Database=…;Username=…</c> or <c>postgres://user@host:5432/database</c>.
/// The password may stand in it, in PGPASSWORD or in .pgpass; it is never shown again.
/// </summary>
static class PostGisAddress
{
    public static bool Is(string where) => IsUri(where)
        || where.Split(';').Any(p => p.Split('=', 2) is [var name, _] && name.Trim().ToLowerInvariant() is "host" or "server" or "data source");

    static bool IsUri(string where) => where.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || where.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    public static NpgsqlConnectionStringBuilder Parse(string where)
    {
        try
        {
            var address = IsUri(where) ? FromUri(new Uri(where)) : new NpgsqlConnectionStringBuilder(where);
            address.ApplicationName ??= "breitband";
            // Building an index takes as long as it takes; a dead server is noticed by keep-alives, not by giving up on a living one.
            if (!address.ContainsKey("Command Timeout"))
                address.CommandTimeout = 0;
            if (!address.ContainsKey("Keepalive"))
                address.KeepAlive = 30;
            if (!address.ContainsKey("Timeout"))
                address.Timeout = 10;
            // Eight times the usual: a county's rows come by the hundred thousand, and every filling wakes a thread.
            if (!address.ContainsKey("Read Buffer Size"))
                address.ReadBufferSize = 1 << 16;
            return string.IsNullOrEmpty(address.Database) ? throw new ArgumentException("no database") : address;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            // Neither the text nor the library's message is repeated: both may hold the password.
            throw BreitbandException.WrongUse(
                "--store: Die Verbindungsangaben sind nicht zu verstehen. Zum Beispiel: --store \"Host=db.kreis.de;Database=breitband;Username=planung\" oder --store postgres://planung@db.kreis.de/breitband; das Passwort nimmt Breitband auch aus PGPASSWORD oder .pgpass.",
                "--store: the connection cannot be understood. For example: --store \"Host=db.county.org;Database=breitband;Username=planning\" or --store postgres://planning@db.county.org/breitband; the password may also come from PGPASSWORD or .pgpass.");
        }
    }

    /// <summary>How the database is called in messages: without user and password.</summary>
    public static string Name(NpgsqlConnectionStringBuilder address) => $"postgres://{address.Host}:{address.Port}/{address.Database}";

    static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        var address = new NpgsqlConnectionStringBuilder { Host = Uri.UnescapeDataString(uri.Host.Trim('[', ']')), Database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/')) };
        if (uri.Port > 0)
            address.Port = uri.Port;
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            address.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            address.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)))
            address[Keyword(pair[0])] = pair.Length > 1 ? Value(pair[0], Uri.UnescapeDataString(pair[1])) : "";
        return address;
    }

    /// <summary>The names libpq's addresses use, where Npgsql's differ.</summary>
    static string Keyword(string name) => name switch
    {
        "sslmode" => "SSL Mode",
        "sslrootcert" => "Root Certificate",
        "sslcert" => "SSL Certificate",
        "sslkey" => "SSL Key",
        "sslpassword" => "SSL Password",
        "connect_timeout" => "Timeout",
        "application_name" => "Application Name",
        "dbname" => "Database",
        "user" => "Username",
        _ => name,
    };

    /// <summary>The same for values: libpq writes verify-full where Npgsql wants VerifyFull.</summary>
    static string Value(string name, string value) => name == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
}
