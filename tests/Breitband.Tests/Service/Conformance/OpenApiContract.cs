using System.Text.Json;
using Breitband.Tests.Service.Http;

namespace Breitband.Tests.Service.Conformance;

/// <summary>17-069r4, Annex A.5, conformance class OpenAPI 3.0, and the rules of OpenAPI 3.0.3 itself that can go wrong here.</summary>
public abstract class OpenApiContract(Served served)
{
    readonly Api api = new(served);

    async Task<IReadOnlyList<(string Path, string Method, JsonElement Operation)>> Operations() =>
        [.. (await api.Json("/api")).GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => (p.Name, o.Name, o.Value)))];

    static JsonElement Resolved(JsonElement document, JsonElement thing) => !thing.TryGetProperty("$ref", out var reference) ? thing
        : reference.GetString()!.Split('/').Skip(1).Aggregate(document, (at, name) => at.GetProperty(name));

    /// <summary>/conf/oas30/oas-definition-1: as JSON and for people.</summary>
    [Fact]
    public async Task It_comes_as_json_and_for_people()
    {
        Assert.Equal("application/vnd.oai.openapi+json;version=3.0", (await api.Get("/api")).Content.ContentType!.ToString().Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("text/html", (await api.Get("/api?f=html")).Content.ContentType!.MediaType);
    }

    /// <summary>/conf/oas30/oas-definition-2: references lead somewhere, ids are one's own, path parameters are those of the path, every operation answers something.</summary>
    [Fact]
    public async Task It_keeps_the_rules_of_openapi()
    {
        var document = await api.Json("/api");
        Assert.Matches(@"^3\.0\.\d$", document.GetProperty("openapi").GetString());
        Assert.All(new[] { "title", "version" }, name => Assert.True(document.GetProperty("info").TryGetProperty(name, out _)));
        var operations = await Operations();
        Assert.Equal(operations.Count, operations.Select(o => o.Operation.GetProperty("operationId").GetString()).Distinct().Count());
        foreach (var (path, method, operation) in operations)
        {
            Assert.Contains(method, (string[])["get", "post", "patch", "delete"]);
            var parameters = operation.GetProperty("parameters").EnumerateArray().Select(p => Resolved(document, p)).ToList();
            Assert.Equal(parameters.Count, parameters.Select(p => (p.GetProperty("name").GetString(), p.GetProperty("in").GetString())).Distinct().Count());
            Assert.Equal(path.Split('/').Where(s => s.StartsWith('{')).Select(s => s.Trim('{', '}')), parameters.Where(p => p.GetProperty("in").GetString() == "path").Select(p => p.GetProperty("name").GetString()));
            Assert.All(parameters.Where(p => p.GetProperty("in").GetString() == "path"), p => Assert.True(p.GetProperty("required").GetBoolean()));
            Assert.All(parameters, p => Assert.True(p.TryGetProperty("schema", out _)));
            Assert.Contains(operation.GetProperty("responses").EnumerateObject(), r => r.Name.StartsWith('2'));
            Assert.All(operation.GetProperty("responses").EnumerateObject(), r => Assert.True(Resolved(document, r.Value).TryGetProperty("description", out _)));
        }
    }

    /// <summary>/conf/core/fc-limit-definition, fc-bbox-definition, fc-time-definition; /req/crs/fc-crs-definition; /req/filter/filter-lang-param</summary>
    [Fact]
    public async Task The_parameters_are_defined_as_the_standard_has_them()
    {
        var parameters = (await api.Json("/api")).GetProperty("components").GetProperty("parameters");
        foreach (var (name, type) in new[] { ("limit", "integer"), ("bbox", "array"), ("datetime", "string"), ("crs", "string"), ("bbox-crs", "string"), ("filter", "string"), ("filter-lang", "string"), ("filter-crs", "string") })
        {
            var p = parameters.GetProperty(name);
            Assert.Equal((name, "query", false, "form", false, type),
                (p.GetProperty("name").GetString(), p.GetProperty("in").GetString(), p.GetProperty("required").GetBoolean(), p.GetProperty("style").GetString(), p.GetProperty("explode").GetBoolean(), p.GetProperty("schema").GetProperty("type").GetString()));
        }
        Assert.Equal([4, 6], parameters.GetProperty("bbox").GetProperty("schema").GetProperty("oneOf").EnumerateArray().Select(s => s.GetProperty("minItems").GetInt32()));
        Assert.Equal("cql2-text", parameters.GetProperty("filter-lang").GetProperty("schema").GetProperty("default").GetString());
        Assert.Equal(["cql2-text"], Api.Texts(parameters.GetProperty("filter-lang").GetProperty("schema").GetProperty("enum")));
    }

    /// <summary>/req/queryables-query-parameters/parameters (C): each has the schema of its queryable.</summary>
    [Fact]
    public async Task Every_queryable_is_a_parameter_of_its_collection_with_the_same_schema()
    {
        var document = await api.Json("/api");
        foreach (var id in (await api.Collections()).Select(Api.Id))
        {
            var parameters = document.GetProperty("paths").GetProperty(Api.Items(id)).GetProperty("get").GetProperty("parameters").EnumerateArray().Where(p => p.TryGetProperty("name", out _)).ToDictionary(p => p.GetProperty("name").GetString()!);
            foreach (var (name, schema) in (await api.Queryables(id)).Where(q => q.Schema.TryGetProperty("type", out _)))
                Assert.Equal(schema.GetRawText(), parameters[name].GetProperty("schema").GetRawText());
        }
    }

    /// <summary>/conf/oas30/completeness, exceptions-codes: whatever reading answers, well or badly asked, is described.</summary>
    [Fact]
    public async Task Every_status_is_described()
    {
        foreach (var (path, method, operation) in await Operations())
        {
            var described = operation.GetProperty("responses").EnumerateObject().Select(r => r.Name).ToHashSet();
            var url = path.Replace("{collectionId}", "settlements", StringComparison.Ordinal).Replace("{featureId}", "S1", StringComparison.Ordinal).Replace("{key}", "nix", StringComparison.Ordinal);
            url = string.Join('/', url.Split('/').Select(s => s.StartsWith('{') ? "0" : s));
            foreach (var query in new[] { "", "?nix=1" })
                foreach (var key in method == "get" ? new[] { null, "falsch", "admin" } : [null, "falsch", "reader"])
                {
                    var got = await served.Send(new HttpMethod(method.ToUpperInvariant()), url + query, (string?)null, key);
                    Assert.True(described.Contains($"{got.Status}"), $"{method} {url}{query} as {key ?? "anybody"}: {got.Status} is not described");
                }
        }
    }

    /// <summary>/conf/oas30/security</summary>
    [Fact]
    public async Task Who_needs_a_key_is_said()
    {
        var document = await api.Json("/api");
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("key").GetProperty("scheme").GetString());
        foreach (var (path, method, operation) in (await Operations()).Where(o => o.Method != "get" && o.Path != "/whatif"))
            Assert.True(operation.TryGetProperty("security", out _), $"{method} {path}");
    }
}
