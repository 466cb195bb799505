using System.Text.Json.Nodes;
using Breitband.Store;

namespace Breitband.Service.Text;

/// <summary>A change as the service and the command line tell it to programs.</summary>
static class AuditJson
{
    public static JsonObject Of(AuditEntry entry) => new()
    {
        ["at"] = DateTime.SpecifyKind(entry.At, DateTimeKind.Utc),
        ["who"] = entry.Who,
        ["role"] = entry.Role,
        ["from"] = entry.Origin,
        ["action"] = entry.Action,
        ["subject"] = entry.Subject,
        ["outcome"] = "done",
    };
}
