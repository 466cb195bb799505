using System.Globalization;
using System.Text.Json.Nodes;
using Breitband.Service.Features;
using Breitband.Service.Http;

namespace Breitband.Service.Routes;

/// <summary>The description of the interface (OpenAPI 3.0), as clients that make themselves from it want it.</summary>
static class OpenApi
{
    public static string Document(string root, IReadOnlyList<FeatureCollection> collections, Language language)
    {
        var paths = new JsonObject();
        foreach (var operation in Operations.All)
        {
            if (paths[operation.Path] is not JsonObject path)
                paths[operation.Path] = path = [];
            path[operation.Method] = Operation(operation, language);
        }
        foreach (var collection in collections)
            paths[$"/collections/{collection.Id}/items"] = new JsonObject { ["get"] = Items(collection, language) };
        return new JsonObject
        {
            ["openapi"] = "3.0.3",
            ["info"] = new JsonObject
            {
                ["title"] = "Breitband",
                ["version"] = typeof(OpenApi).Assembly.GetName().Version?.ToString(3),
                ["description"] = new Phrase("Breitbandversorgung eines Landkreises: Ebenen als OGC API Features, Ergebnisse, Maßnahmen, Einlesen, Druck.",
                    "Broadband coverage of a county: layers as OGC API Features, results, measures, import, print.").In(language),
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = root }),
            ["paths"] = paths,
            ["components"] = Components(language),
        }.ToJsonString(Answer.Camel);
    }

    static JsonObject Operation(Operation operation, Language language)
    {
        var parameters = new JsonArray();
        foreach (var name in operation.PathParameters)
            parameters.Add(new JsonObject { ["name"] = name, ["in"] = "path", ["required"] = true, ["schema"] = Type("string") });
        foreach (var name in operation.Parameters)
            parameters.Add(Reference("parameters", name));
        foreach (var field in operation.Of?.Fields ?? [])
            parameters.Add(Property(field, language));
        var described = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["summary"] = operation.Summary.In(language),
            ["tags"] = new JsonArray(operation.Tag),
            ["parameters"] = parameters,
            ["responses"] = Responses(operation.Success, operation.Refusals, operation.MediaTypes),
        };
        foreach (var also in operation.Also ?? [])
            described["responses"]![also] = new JsonObject { ["description"] = also == "304" ? "Not Modified" : "No Content" };
        if (operation.NeedsVersion)
            parameters.Add(new JsonObject { ["name"] = "If-Match", ["in"] = "header", ["required"] = true, ["description"] = new Phrase("ETag der Version, die gesehen wurde", "ETag of the version that was seen").In(language), ["schema"] = Type("string") });
        if (operation.Body is { } body)
            described["requestBody"] = new JsonObject { ["required"] = true, ["content"] = new JsonObject { [body] = new JsonObject { ["schema"] = RequestBodies.Of(operation.Id, language) } } };
        if (operation.Role != Role.Anonymous)
            described["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() });
        return described;
    }

    static JsonObject Items(FeatureCollection collection, Language language)
    {
        var parameters = new JsonArray();
        foreach (var name in Operations.Items.Parameters)
            parameters.Add(Reference("parameters", name));
        foreach (var field in collection.Fields)
            parameters.Add(Property(field, language));
        return new()
        {
            ["operationId"] = $"items_{collection.Id.Replace(':', '_')}",
            ["summary"] = collection.Title.In(language),
            ["tags"] = new JsonArray("Features"),
            ["parameters"] = parameters,
            ["responses"] = Responses("200", Operations.Items.Refusals, CollectionRoutes.GeoJson, "text/html"),
        };
    }

    static JsonObject Property(Field field, Language language) => new()
    {
        ["name"] = field.Name,
        ["in"] = "query",
        ["description"] = field.Label.In(language),
        ["schema"] = QueryableSchema.Property(field, language),
        ["style"] = "form",
        ["explode"] = false,
    };

    static JsonObject Responses(string success, IEnumerable<int> refusals, params IReadOnlyList<string> types)
    {
        var content = new JsonObject();
        foreach (var type in types)
            content[type] = new JsonObject { ["schema"] = Type(type.Contains("json", StringComparison.Ordinal) ? "object" : "string") };
        var answer = new JsonObject { ["description"] = "OK" };
        if (types.Count > 0)
            answer["content"] = content;
        var responses = new JsonObject { [success] = answer };
        foreach (var status in refusals)
            responses[status.ToString(CultureInfo.InvariantCulture)] = Reference("responses", "problem");
        return responses;
    }

    static JsonObject Reference(string kind, string name) => new() { ["$ref"] = $"#/components/{kind}/{name}" };

    static JsonObject Type(string type) => new() { ["type"] = type };

    static JsonObject Components(Language language)
    {
        var parameters = new JsonObject();
        foreach (var (name, schema, text) in Operations.Parameters)
            parameters[name] = new JsonObject { ["name"] = name, ["in"] = "query", ["required"] = false, ["description"] = text.In(language), ["schema"] = schema(), ["style"] = "form", ["explode"] = false };
        return new()
        {
            ["parameters"] = parameters,
            ["responses"] = new JsonObject
            {
                ["problem"] = new JsonObject
                {
                    ["description"] = "problem document (RFC 9457)",
                    ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = Reference("schemas", "problem") } },
                },
            },
            ["schemas"] = new JsonObject
            {
                ["problem"] = new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("title", "status", "detail"),
                    ["properties"] = new JsonObject
                    {
                        ["type"] = Type("string"),
                        ["title"] = Type("string"),
                        ["status"] = Type("integer"),
                        ["detail"] = Type("string"),
                        ["errors"] = new JsonObject { ["type"] = "array", ["items"] = Type("string") },
                    },
                },
            },
            ["securitySchemes"] = new JsonObject { ["key"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" } },
        };
    }
}
