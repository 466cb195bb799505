using System.Text.Json.Nodes;
using Breitband.Service.Features;

namespace Breitband.Service.Routes;

/// <summary>What requests bring, as schemas of the description of the interface; tests hold them against what the routes read.</summary>
static class RequestBodies
{
    /// <summary>By the operation's id.</summary>
    public static JsonObject Of(string operation, Language language) => operation switch
    {
        "whatIf" => Object([], [.. Question(), ("places", Flag()), ("gaps", OneOf(["stored", "rule"]))]),
        "analyse" => Object([], [.. Question(), ("as_of", Text("date")), ("compare", Text())]),
        "addMeasure" => Object(["key"], [("key", Text()), .. Measure(language)]),
        "changeMeasure" => Object([], [.. Measure(language), ("correction", Flag())]),
        "startImport" => Object(["file"],
        [
            ("file", new() { ["type"] = "array", ["items"] = Text("binary") }), ("as", Text()), ("source", Text()), ("mapping", Text()), ("crs", Text()), ("encoding", Text()),
            ("edition", Text("date")), ("dry_run", Flag()), ("synthetic", Flag()), ("accept_rejected", Flag()),
        ]),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "brings no body"),
    };

    static (string, JsonObject)[] Question() =>
    [
        ("profile", Text()), ("basis", OneOf(Enum.GetValues<Basis>().Select(b => b.Code()))),
        ("measures", new() { ["oneOf"] = new JsonArray(OneOf(["all", "none"]), new JsonObject { ["type"] = "array", ["items"] = Text() }) }),
    ];

    static (string, JsonObject)[] Measure(Language language)
    {
        var fields = new JsonObject();
        foreach (var field in Layer.Measures.Fields.Where(f => f.Name != "key"))
        {
            fields[field.Name] = QueryableSchema.Property(field, language);
            fields[field.Name]!["nullable"] = true;
        }
        var area = new JsonObject { ["nullable"] = true, ["oneOf"] = new JsonArray(Text(), new JsonObject { ["type"] = "object" }), ["description"] = new Phrase("GeoJSON oder WKT", "GeoJSON or WKT").In(language) };
        return [("fields", new() { ["type"] = "object", ["properties"] = fields, ["additionalProperties"] = false }), ("area", area), ("area_crs", OneOf(CrsUri.All.Select(c => c.Uri)))];
    }

    static JsonObject Object(string[] required, params (string Name, JsonObject Schema)[] properties)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject([.. properties.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)p.Schema))]), ["additionalProperties"] = false };
        if (required.Length > 0)
            schema["required"] = new JsonArray([.. required.Select(r => JsonValue.Create(r))]);
        return schema;
    }

    static JsonObject Text(string? format = null) => format is null ? new() { ["type"] = "string" } : new() { ["type"] = "string", ["format"] = format };

    static JsonObject Flag() => new() { ["type"] = "boolean" };

    static JsonObject OneOf(IEnumerable<string> values) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(v => JsonValue.Create(v))]) };
}
