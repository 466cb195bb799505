using Breitband.Service.Http;

namespace Breitband.Tests.Service.Http;

/// <summary>The set-up of docs/operations.md: a reverse proxy on the same machine before a service on loopback.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    sealed class BehindProxy : Served
    {
        internal override ServiceSettings Settings => base.Settings with { TrustedProxies = ["127.0.0.1"], AllowedHosts = ["breitband.example"], RequestsPerSecond = null };
    }

    readonly BehindProxy served = new();

    public ValueTask InitializeAsync() => served.InitializeAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();

    Task<Got> Get(string client, string host = "breitband.example") => served.Get("/healthz", null, ("Host", host), ("X-Forwarded-For", client), ("X-Forwarded-Proto", "https"));

    [Fact]
    public async Task Its_readers_are_limited_one_by_one_though_all_come_from_loopback()
    {
        var many = new List<int>();
        for (var round = 0; round < 60 && !many.Contains(429); round++)
            many.AddRange((await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Get("192.0.2.7")))).Select(g => g.Status));
        Assert.Contains(429, many);
        Assert.Equal(200, (await Get("192.0.2.8")).Status);
    }

    [Fact]
    public async Task Only_the_names_allowed_are_answered_and_links_begin_with_the_readers_scheme()
    {
        Assert.Equal("200 421", $"{(await Get("192.0.2.9")).Status} {(await Get("192.0.2.9", "andere.example")).Status}");
        Assert.Equal(421, (await served.Get("/healthz")).Status); // loopback's own name is none of them
        var landing = await served.Get("/", null, ("Host", "breitband.example"), ("X-Forwarded-Proto", "https"));
        Assert.StartsWith("https://breitband.example/", landing.Json.GetProperty("links")[0].GetProperty("href").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_the_proxy_names_stands_in_the_audit()
    {
        var got = await served.Send(HttpMethod.Post, "/measures", """{"key":"T-1","fields":{"title":"x","state":"idea"}}""", "editor", ("Host", "breitband.example"), ("X-Forwarded-For", "192.0.2.10"));
        Assert.Equal(201, got.Status);
        var audit = await served.Get("/audit", "admin", ("Host", "breitband.example"));
        Assert.Equal("192.0.2.10", audit.Json[0].GetProperty("from").GetString());
    }

    [Fact]
    public async Task Who_is_no_proxy_of_ours_is_not_believed()
    {
        await using var alone = new Served();
        await alone.InitializeAsync();
        Assert.Equal(201, (await alone.Send(HttpMethod.Post, "/measures", """{"key":"T-1","fields":{"title":"x","state":"idea"}}""", "editor", ("X-Forwarded-For", "192.0.2.10"))).Status);
        Assert.Equal("127.0.0.1", (await alone.Json("/audit", "admin"))[0].GetProperty("from").GetString());
    }
}
