using System.Globalization;
using System.Text.Json;

namespace Breitband.Tests.Service.Conformance;

/// <summary>
/// Checks documents against JSON Schema, as much of it as our schemas use: type, const, enum, required, properties, items, minItems, maxItems,
/// minimum, maximum, minLength, oneOf, allOf, format and references to schemas by name. A word it does not know is an error, never passed over.
/// </summary>
sealed class JsonSchema(IReadOnlyDictionary<string, JsonElement> schemas)
{
    /// <summary>What is wrong and where; empty when all is well.</summary>
    public IReadOnlyList<string> Faults(JsonElement document, string schema) => [.. Faults(document, schemas[schema], "$")];

    IEnumerable<string> Faults(JsonElement value, JsonElement schema, string at) => schema.EnumerateObject().SelectMany(rule => rule.Name switch
    {
        "$ref" => Faults(value, schemas[rule.Value.GetString()!], at),
        "type" => Wrong(Types(rule.Value).Contains(TypeOf(value)) || TypeOf(value) == "integer" && Types(rule.Value).Contains("number"), $"{at}: {TypeOf(value)} instead of {rule.Value}"),
        "const" => Wrong(value.GetRawText() == rule.Value.GetRawText(), $"{at}: {value} instead of {rule.Value}"),
        "enum" => Wrong(rule.Value.EnumerateArray().Any(e => e.GetRawText() == value.GetRawText()), $"{at}: {value} is none of {rule.Value}"),
        "required" => rule.Value.EnumerateArray().Select(e => e.GetString()!).Where(name => value.ValueKind == JsonValueKind.Object && !value.TryGetProperty(name, out _)).Select(name => $"{at}: {name} is missing"),
        "properties" => value.ValueKind == JsonValueKind.Object ? rule.Value.EnumerateObject().SelectMany(p => value.TryGetProperty(p.Name, out var member) ? Faults(member, p.Value, $"{at}.{p.Name}") : []) : [],
        "additionalProperties" => value.EnumerateObject().Where(m => !schema.GetProperty("properties").TryGetProperty(m.Name, out _)).SelectMany(m => rule.Value.ValueKind == JsonValueKind.False ? [$"{at}: {m.Name} is unknown"] : Faults(m.Value, rule.Value, $"{at}.{m.Name}")),
        "items" => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany((item, i) => Faults(item, rule.Value, $"{at}[{i}]")) : [],
        "minItems" => Wrong(value.GetArrayLength() >= rule.Value.GetInt32(), $"{at}: fewer than {rule.Value}"),
        "maxItems" => Wrong(value.GetArrayLength() <= rule.Value.GetInt32(), $"{at}: more than {rule.Value}"),
        "minimum" => Wrong(value.GetDouble() >= rule.Value.GetDouble(), $"{at}: {value} is less than {rule.Value}"),
        "maximum" => Wrong(value.GetDouble() <= rule.Value.GetDouble(), $"{at}: {value} is more than {rule.Value}"),
        "minLength" => Wrong(value.GetString()!.Length >= rule.Value.GetInt32(), $"{at}: too short"),
        "oneOf" => Wrong(rule.Value.EnumerateArray().Count(s => !Faults(value, s, at).Any()) == 1, $"{at}: {Short(value)} fits not exactly one of {Short(rule.Value)}"),
        "allOf" => rule.Value.EnumerateArray().SelectMany(s => Faults(value, s, at)),
        "format" => Wrong(value.ValueKind != JsonValueKind.String || Fits(value.GetString()!, rule.Value.GetString()!), $"{at}: {value} is no {rule.Value}"),
        "description" or "$defs" => [],
        _ => throw new NotSupportedException($"{rule.Name} in {schema}"),
    });

    static IEnumerable<string> Wrong(bool right, string fault) => right ? [] : [fault];

    static string Short(JsonElement value) => value.GetRawText() is { Length: > 200 } text ? text[..200] : value.GetRawText();

    static IEnumerable<string> Types(JsonElement rule) => rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().Select(t => t.GetString()!) : [rule.GetString()!];

    static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        _ => "null",
    };

    static bool Fits(string text, string format) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "uri-reference" => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _),
        _ => throw new NotSupportedException($"format {format}"),
    };
}
