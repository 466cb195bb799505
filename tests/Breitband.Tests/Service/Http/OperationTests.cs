using System.Text.Json;
using Breitband.Service.Http;
using Breitband.Store;

namespace Breitband.Tests.Service.Http;

/// <summary>What whoever runs the service relies on: limits, settings, health, a store that goes away and comes back.</summary>
public sealed class OperationTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static readonly Dictionary<string, string> Nothing = [];

    public void Dispose() => folder.Dispose();

    sealed class Limited : Served
    {
        internal override ServiceSettings Settings => base.Settings with { RequestsPerSecond = 1, PublicUrl = "https://karte.example/breitband" };
    }

    sealed class Unguarded : Served
    {
        internal override ServiceSettings Settings => base.Settings with { Keys = [] };
    }

    [Fact]
    public async Task Too_many_requests_are_told_to_come_back_later()
    {
        await using var served = new Limited();
        await served.InitializeAsync();
        var all = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => served.Get("/healthz")));
        Assert.InRange(all.Count(a => a.Status == 200), 10, 20);
        var refused = all.First(a => a.Status == 429);
        Assert.Equal(("1", "application/problem+json"), (refused.Header("Retry-After"), refused.Content.ContentType!.MediaType));
    }

    [Fact]
    public async Task Behind_a_proxy_links_begin_with_the_address_readers_know()
    {
        await using var served = new Limited();
        await served.InitializeAsync();
        Assert.Equal("https://karte.example/breitband/?f=json", (await served.Json("/")).GetProperty("links")[0].GetProperty("href").GetString());
    }

    [Fact]
    public async Task On_loopback_without_keys_the_launchs_token_opens_everything_and_nothing_else_does()
    {
        await using var served = new Unguarded();
        await served.InitializeAsync();
        Assert.Equal("404 401 200", await served.Statuses("/collections/network", null, "admin", Served.LaunchToken));
        Assert.Equal(401, (await served.Send(HttpMethod.Post, "/analyse", "{}")).Status);
        Assert.Equal(200, (await served.Send(HttpMethod.Post, "/analyse", """{"profile":"GIG-2021","as_of":"2026-01-01"}""", Served.LaunchToken)).Status);
        Assert.Equal("GIG-2021", (await served.Json("/stats")).GetProperty("profile").GetString());
    }

    [Fact]
    public async Task A_store_that_goes_away_is_503_until_it_is_back()
    {
        await using var served = new Served();
        await served.InitializeAsync();
        Assert.Equal(200, (await served.Get("/readyz")).Status);
        var away = served.Location + ".weg";
        File.Move(served.Location, away);
        var got = await served.Get("/readyz");
        Assert.Equal((503, "10"), (got.Status, got.Header("Retry-After")));
        Assert.DoesNotContain(served.Folder.Path, got.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await served.Get("/healthz")).Status);
        File.Move(away, served.Location);
        Assert.Equal(200, (await served.Get("/readyz")).Status);
    }

    [Fact]
    public async Task Metrics_count_requests_by_route_and_never_by_what_readers_typed()
    {
        await using var served = new Served();
        await served.InitializeAsync();
        await served.Get("/collections/settlements/items");
        await served.Get("/collections/nix%22evil/items");
        Assert.Equal("401 200", await served.Statuses("/metrics", null, "reader"));
        for (var i = 0; i < 20; i++)
            Assert.Equal(405, (await served.Send(new HttpMethod($"ERFUNDEN{i}"), "/collections")).Status);
        var text = (await served.Get("/metrics", "reader")).Text;
        Assert.DoesNotContain("ERFUNDEN", text, StringComparison.Ordinal);
        Assert.Matches("method=\"other\",[^}]*status=\"405\"} 20\n", text);
        Assert.Contains("breitband_requests_total{method=\"GET\",route=\"/collections/{id}/items\",status=\"200\"} 1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^(# (HELP|TYPE) |[a-z_]+(\{[^}]*(\{[^}]*\}[^}]*)*\})? [0-9.E+-]+$)", line));
    }

    [Fact]
    public async Task An_import_under_way_is_undone_when_the_service_ends()
    {
        var served = new Served();
        await served.InitializeAsync();
        await served.Site.Writing.WaitAsync(TestContext.Current.CancellationToken);
        await served.Send(HttpMethod.Post, "/imports", new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "a.csv" } }, "editor");
        await served.Site.Imports.Close(TimeSpan.Zero);
        Assert.Equal("cancelled", (await served.Json("/imports/1", "editor")).GetProperty("state").GetString());
        Assert.Equal(503, (await served.Send(HttpMethod.Post, "/imports", new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "a.csv" } }, "editor")).Status);
        await served.DisposeAsync();
    }

    [Fact]
    public void Settings_come_from_the_file_and_variables_go_over_it()
    {
        var file = folder.Write("breitband.json", """
            { // wie in docs/operations.md
              "urls": "http://0.0.0.0:8080", "max_upload_mb": 5, "allowed_hosts": ["a.example"],
              "keys": [{ "name": "x", "role": "editor", "sha256": "0000000000000000000000000000000000000000000000000000000000000000", "disclosure": "öffentlich" }],
            }
            """);
        var settings = ServiceSettings.Load(file, new Dictionary<string, string> { ["BREITBAND_MAX_UPLOAD_MB"] = "7", ["BREITBAND_ALLOWED_HOSTS"] = "b.example, c.example", ["BREITBAND_ACCESS_LOG"] = "true" });
        Assert.Equal((7, true, Disclosure.Public), (settings.MaxUploadMb, settings.AccessLog, settings.Keys[0].Sees));
        Assert.Equal(["b.example", "c.example"], settings.AllowedHosts);
    }

    [Theory]
    [InlineData("""{"max_uplaod_mb":5}""", "max_uplaod_mb")]
    [InlineData("""{"keys":[{"name":"x","role":"chef","sha256":"00"}]}""", "x needs the role")]
    [InlineData("""{"keys":[{"name":"x","role":"admin","sha256":"00"}]}""", "sha256 of x")]
    [InlineData("""{"public_url":"ftp://a"}""", "public_url")]
    [InlineData("""{"trusted_proxies":["proxy"]}""", "trusted_proxies")]
    [InlineData("""{"log_format":"xml"}""", "log_format")]
    [InlineData("""{"import_minutes":0}""", "limit")]
    [InlineData("[]", "object")]
    [InlineData("{", "operations.md")]
    public void Wrong_settings_are_refused_by_name(string json, string word) =>
        Assert.Contains(word, Assert.Throws<BreitbandException>(() => ServiceSettings.Load(folder.Write("breitband.json", json), Nothing)).Text.De, StringComparison.Ordinal);

    [Fact]
    public void The_example_of_the_documentation_is_one()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        var from = text.IndexOf("```json", StringComparison.Ordinal) + 7;
        var settings = ServiceSettings.Load(folder.Write("breitband.json", text[from..text.IndexOf("```", from, StringComparison.Ordinal)]), Nothing);
        Assert.Equal("editor", settings.Keys[0].Role);
        foreach (var property in typeof(ServiceSettings).GetProperties())
            Assert.Contains($"`{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}`", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://127.0.0.1:0;http://[::]:0")]
    public void Without_keys_the_service_does_not_start_where_others_can_reach_it(string urls)
    {
        using var calls = new Calls();
        Breitband.Store.Store.Open(calls.Store, OpenMode.Create, "12069").Dispose();
        var (code, _, error) = calls.Run("serve", "--urls", urls);
        Assert.Equal(3, code);
        Assert.Contains("keine Schlüssel", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_does_not_exist_is_not_served()
    {
        using var calls = new Calls();
        Assert.Equal(3, calls.Run("serve").Code);
        Assert.False(File.Exists(calls.Store));
    }

    [Fact]
    public void The_verb_serves_until_it_is_ended_and_names_its_address()
    {
        using var calls = new Calls();
        Breitband.Store.Store.Open(calls.Store, OpenMode.Create, "12069").Dispose();
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        Assert.Equal(0, Breitband.Service.CommandLine.Run(["serve", "--store", calls.Store, "--urls", "http://127.0.0.1:0"], output, error, cancelled: stop.Token));
        Assert.StartsWith("http://127.0.0.1:", System.Text.Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
        Assert.Contains("/anmelden?token=", System.Text.Encoding.UTF8.GetString(error.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_made_is_the_one_whose_hash_is_entered()
    {
        using var calls = new Calls();
        var made = JsonDocument.Parse(Calls.RunAsTyped(["keys", "Frau Muster", "--role", "editor", "--json"]).Out).RootElement;
        var entry = made.GetProperty("entry");
        Assert.Equal(entry.GetProperty("sha256").GetString(), ApiKey.Hash(made.GetProperty("key").GetString()!));
        ServiceSettings.Load(folder.Write("breitband.json", $$"""{"keys":[{{entry}}]}"""), Nothing);
        Assert.Equal(2, Calls.RunAsTyped(["keys", "x", "--role", "chef"]).Code);
    }
}
