using System.Text.Json.Nodes;
using Breitband.Service.Routes;

namespace Breitband.Tests.Service.Http;

/// <summary>The description of the interface says what the routes read: every parameter and member it names, and none it does not.</summary>
public sealed class DescriptionTests(Served served) : IClassFixture<Served>
{
    /// <summary>Routes that read no parameters and refuse none: tiles, whose address is all, and what watches the service.</summary>
    static readonly string[] Bare = ["tile", "viewTile", "map", "metrics", "healthz", "readyz"];

    public static TheoryData<string> Asking => [.. Operations.All.Where(o => !Bare.Contains(o.Id)).Select(o => o.Id)];

    public static TheoryData<string> Bringing => [.. Operations.All.Where(o => o.Body == "application/json").Select(o => o.Id)];

    static string Path(Operation operation) => operation.Path.Replace("{collectionId}", "settlements", StringComparison.Ordinal).Replace("{featureId}", "S1", StringComparison.Ordinal)
        .Replace("/measures/{key}", "/measures/M1", StringComparison.Ordinal).Replace("measure/{key}", "measure/M1", StringComparison.Ordinal).Replace("{key}", "12069901", StringComparison.Ordinal)
        .Replace("{number}", "1", StringComparison.Ordinal).Replace("{z}/{row}/{column}", "8/83/136", StringComparison.Ordinal).Replace("{run}", "0", StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Asking))]
    public async Task Every_route_reads_the_parameters_it_is_said_to_and_no_other(string id)
    {
        var operation = Operations.All.Single(o => o.Id == id);
        string[] properties = [.. (operation.Of?.Fields ?? []).Select(f => f.Name), .. id == "items" ? Layer.Settlements.Fields.Select(f => f.Name) : []];
        var query = string.Join('&', Operations.Parameters.Select(p => p.Name).Union(properties).Append("nirgends").Select(n => $"{n}=%C3%BC"));
        var got = await served.Send(new HttpMethod(operation.Method.ToUpperInvariant()), $"{Path(operation)}?{query}", operation.Body is null ? null : "{}", "admin", ("If-Match", "\"1\""));
        Assert.True(got.Status == 400, $"{got.Status} {got.Text}");
        var foreign = got.Json.GetProperty("errors").EnumerateArray().Select(e => e.GetString()!).Where(e => e.Contains("diesen Parameter gibt es hier nicht", StringComparison.Ordinal)).Select(e => e.Split(": ")[0]);
        Assert.Equal(Operations.Parameters.Select(p => p.Name).Append("nirgends").Except(operation.Parameters).Except(properties).Order(), foreign.Order());
    }

    [Theory]
    [MemberData(nameof(Bringing))]
    public async Task Every_route_reads_the_members_it_is_said_to_and_no_other(string id)
    {
        var operation = Operations.All.Single(o => o.Id == id);
        static IEnumerable<string> Members(Operation o) => RequestBodies.Of(o.Id, Language.De)["properties"]!.AsObject().Select(p => p.Key);
        var all = Operations.All.Where(o => o.Body is not null).SelectMany(Members).Distinct().ToList();
        var body = new JsonObject([.. all.Select(n => KeyValuePair.Create(n, (JsonNode?)null))]).ToJsonString();
        var got = await served.Send(new HttpMethod(operation.Method.ToUpperInvariant()), Path(operation), body, "admin", ("If-Match", "\"1\""));
        Assert.True(got.Status == 400, $"{got.Status} {got.Text}");
        var foreign = got.Json.GetProperty("errors").EnumerateArray().Select(e => e.GetString()!).Where(e => e.Contains("dieses Feld gibt es hier nicht", StringComparison.Ordinal)).Select(e => e.Split(": ")[0]);
        Assert.Equal(all.Except(Members(operation)).Order(), foreign.Order());
    }

    [Fact]
    public async Task An_upload_takes_the_fields_it_is_said_to_and_no_other()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "a.csv" } };
        foreach (var name in RequestBodies.Of("startImport", Language.De)["properties"]!.AsObject().Select(p => p.Key).Where(n => n != "file").Append("nirgends"))
            form.Add(new StringContent(""), name);
        var got = await served.Send(HttpMethod.Post, "/imports", form, "editor");
        Assert.Equal(400, got.Status);
        Assert.StartsWith("nirgends: dieses Feld gibt es hier nicht", got.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_and_the_properties_of_gaps_are_in_the_document()
    {
        var paths = (await served.Json("/api")).GetProperty("paths");
        var measures = paths.GetProperty("/whatif").GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("properties").GetProperty("measures");
        Assert.Equal(2, measures.GetProperty("oneOf").GetArrayLength());
        Assert.Contains(paths.GetProperty("/gaps").GetProperty("get").GetProperty("parameters").EnumerateArray(), p => p.TryGetProperty("name", out var name) && name.GetString() == "households");
    }
}
