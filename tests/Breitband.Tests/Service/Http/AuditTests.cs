using System.Text.Json;

namespace Breitband.Tests.Service.Http;

/// <summary>Changes that did not come about stand in the audit file: who tried what, and why it was refused.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    readonly Served served = new();

    public ValueTask InitializeAsync() => served.InitializeAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();

    async Task<(string Who, string Action, string Subject, string Outcome)> Last()
    {
        var line = (await File.ReadAllLinesAsync(served.Folder.File("audit.jsonl"), TestContext.Current.CancellationToken))[^1];
        var at = JsonDocument.Parse(line).RootElement;
        return (at.GetProperty("who").GetString()!, at.GetProperty("action").GetString()!, at.GetProperty("subject").GetString()!, at.GetProperty("outcome").GetString()!);
    }

    [Theory]
    [InlineData("POST", "/measures", "{}", null, 401, "measure.create", "")]
    [InlineData("POST", "/analyse", "{}", "reader", 403, "analyse", "")]
    [InlineData("POST", "/analyse", """{"profile":"GIG-1900"}""", "editor", 400, "analyse", "")]
    [InlineData("POST", "/editions/999/live", null, "editor", 404, "rollback", "999")]
    [InlineData("PATCH", "/measures/M1", "{}", "editor", 428, "measure.change", "M1")]
    [InlineData("DELETE", "/measures/M1", null, "reader", 403, "measure.delete", "M1")]
    [InlineData("POST", "/imports", "{}", "editor", 415, "import", "")]
    [InlineData("DELETE", "/imports/7", null, "editor", 404, "import.cancel", "7")]
    public async Task What_was_refused_is_written_down(string method, string path, string? json, string? key, int status, string action, string subject)
    {
        Assert.Equal(status, (await served.Send(new HttpMethod(method), path, json, key)).Status);
        var (who, what, about, outcome) = await Last();
        Assert.Equal((action, subject), (what, about));
        Assert.StartsWith($"refused: {status} ", outcome, StringComparison.Ordinal);
        Assert.Equal(key switch { "editor" => "Emil Editor", "reader" => "Lena Leser", _ => Breitband.Service.Http.Reader.Anonymous.Name }, who);
    }

    [Fact]
    public async Task What_was_read_or_only_asked_is_not()
    {
        await served.Get("/audit", "reader");
        await served.Send(HttpMethod.Post, "/whatif", """{"basis":"atlantis"}""");
        Assert.Empty(await File.ReadAllLinesAsync(served.Folder.File("audit.jsonl"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_analysis_that_fails_is_written_down_as_failed()
    {
        Assert.Equal(200, (await served.Get("/results", "admin")).Status);
        File.Move(served.Location, served.Location + ".weg");
        Assert.Equal(503, (await served.Send(HttpMethod.Post, "/analyse", "{}", "editor")).Status);
        var (who, what, _, outcome) = await Last();
        Assert.Equal(("Emil Editor", "analyse"), (who, what));
        Assert.StartsWith("failed: 503 ", outcome, StringComparison.Ordinal);
        Assert.DoesNotContain(served.Folder.Path, outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_cannot_fill_the_disk()
    {
        await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => served.Send(HttpMethod.Post, "/measures", "{}")));
        Assert.InRange((await File.ReadAllLinesAsync(served.Folder.File("audit.jsonl"), TestContext.Current.CancellationToken)).Length, 60, 200);
        await served.Send(HttpMethod.Post, "/analyse", "{}", "reader");
        Assert.Equal("Lena Leser", (await Last()).Who);
    }
}
