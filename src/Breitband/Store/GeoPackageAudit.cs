using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Breitband.Store;

/// <summary>The table of changes of an embedded store, written inside the caller's transaction. Triggers keep it from being rewritten.</summary>
static class GeoPackageAudit
{
    public static void Write(SqliteConnection connection, Actor by, string action, string subject) =>
        Put(connection, new(DateTime.UtcNow, by.Name, by.Role, by.Origin, action, subject));

    /// <summary>An entry as another store has it.</summary>
    public static void Put(SqliteConnection connection, AuditEntry entry) => connection.Execute(
        "INSERT INTO audit (at, who, role, origin, action, subject) VALUES (@at, @Who, @Role, @Origin, @Action, @Subject)",
        new { at = entry.At.ToString("O", CultureInfo.InvariantCulture), entry.Who, entry.Role, entry.Origin, entry.Action, entry.Subject });

    /// <summary>Newest first; nothing in a file that an older program made and nobody has written to since.</summary>
    public static IReadOnlyList<AuditEntry> Read(SqliteConnection connection, int newest) =>
        connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'audit'") == 0 ? [] : [.. connection
            .Query<(string At, string Who, string? Role, string? Origin, string Action, string Subject)>("SELECT at, who, role, origin, action, subject FROM audit ORDER BY number DESC LIMIT @newest", new { newest })
            .Select(r => new AuditEntry(DateTime.Parse(r.At, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind), r.Who, r.Role, r.Origin, r.Action, r.Subject))];
}
