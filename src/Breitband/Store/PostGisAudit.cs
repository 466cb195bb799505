using Dapper;
using Npgsql;

namespace Breitband.Store;

/// <summary>The table of changes of a shared store, written inside the caller's transaction. Measures write theirs by a trigger, which knows edits by hand too.</summary>
static class PostGisAudit
{
    /// <summary>Tells the trigger who it is for the rest of the transaction.</summary>
    public static void Announce(NpgsqlConnection connection, Actor by) => connection.Execute(
        "SELECT set_config('breitband.actor', @Name, true), set_config('breitband.actor_role', coalesce(@Role, ''), true), set_config('breitband.origin', coalesce(@Origin, ''), true)", by);

    public static void Write(NpgsqlConnection connection, string county, Actor by, string action, string subject) =>
        Put(connection, county, new(DateTime.UtcNow, by.Name, by.Role, by.Origin, action, subject));

    /// <summary>An entry as another store has it.</summary>
    public static void Put(NpgsqlConnection connection, string county, AuditEntry entry) => connection.Execute(
        "INSERT INTO breitband.audit (county, at, who, role, origin, action, subject) VALUES (@county, @at, @Who, @Role, @Origin, @Action, @Subject)",
        new { county, at = DateTime.SpecifyKind(entry.At, DateTimeKind.Utc), entry.Who, entry.Role, entry.Origin, entry.Action, entry.Subject });

    /// <summary>Newest first; nothing for who may not see what is confidential, and in a store that an older program made.</summary>
    public static IReadOnlyList<AuditEntry> Read(NpgsqlConnection connection, string county, int newest) =>
        connection.ExecuteScalar<bool>("SELECT to_regclass('breitband.audit') IS NULL") ? [] : [.. connection.Query<AuditEntry>("""
            SELECT at, who, role, origin, action, subject
            FROM breitband.audit
            WHERE county = @county
            ORDER BY number DESC
            LIMIT @newest
            """, new { county, newest })];
}
