using System.Text.Json;

namespace Breitband.Viewer;

/// <summary>Looking into answers of the service.</summary>
static class Json
{
    /// <summary>What stands under a name; null where there is nothing.</summary>
    public static JsonElement? At(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    public static string? Text(this JsonElement element, string name) => element.At(name)?.GetString();

    public static double? Number(this JsonElement element, string name) => element.At(name)?.GetDouble();

    /// <summary>The members of a list; none where there is no list.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement element, string name) => element.At(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
