using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Breitband.Service.Http;
using Breitband.Service.Routes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Breitband.Tests.Service.Http;

/// <summary>What is refused, how it is said, and that nothing of the inside is said with it.</summary>
public sealed partial class RefusalTests(Served served) : IClassFixture<Served>
{
    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=1e9", "limit")]
    [InlineData("limit=5&limit=6", "limit")]
    [InlineData("bbox=1,2,3", "bbox")]
    [InlineData("bbox=13,53,12,52", "bbox")]
    [InlineData("bbox=12,52,13,NaN", "bbox")]
    [InlineData("bbox=-400,0,400,10", "bbox")]
    [InlineData("bbox=0,0,10,91", "bbox")]
    [InlineData("bbox=12,52,13,53&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/31468", "bbox-crs")]
    [InlineData("crs=EPSG:4711", "crs")]
    [InlineData("datetime=gestern", "datetime")]
    [InlineData("datetime=2025-01-02/2025-01-01", "datetime")]
    [InlineData("datetime=1/2/3", "datetime")]
    [InlineData("filter-lang=cql2-json", "filter-lang")]
    [InlineData("filter=name%20%3D", "filter")]
    [InlineData("filter=nam%20%3D%20'x'", "filter")]
    [InlineData("filter=name%20%3D%205", "filter")]
    [InlineData("filter=S_INTERSECTS(geometry,POLYGON((0%200,1%201,0%200)))", "filter")]
    [InlineData("after=-1", "after")]
    [InlineData("inhabitants=viele", "inhabitants")]
    [InlineData("farbe=rot", "farbe")]
    [InlineData("f=xml", "f")]
    [InlineData("f=json&f=html", "f")]
    [InlineData("lang=fr", "lang")]
    public async Task A_bad_value_is_answered_with_400_and_its_name(string query, string name)
    {
        var got = await served.Get($"/collections/municipalities/items?{query}");
        Assert.Equal((400, "application/problem+json"), (got.Status, got.Content.ContentType!.MediaType));
        Assert.StartsWith($"{name}: ", got.Json.GetProperty("errors")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_faults_are_told_at_once_in_the_readers_language()
    {
        Assert.Equal(4, (await served.Get("/collections/municipalities/items?limit=0&bbox=x&colour=red&filter=(")).Json.GetProperty("errors").GetArrayLength());
        Assert.Contains("no such parameter", (await served.Get("/conformance?colour=red", null, ("Accept-Language", "en"))).Text, StringComparison.Ordinal);
        Assert.Contains("diesen Parameter gibt es hier nicht", (await served.Get("/conformance?colour=red")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/collections/nix", 404)]
    [InlineData("/collections/nix/items", 404)]
    [InlineData("/collections/..%2f..%2fetc%2fpasswd/items", 404)]
    [InlineData("/static/..%2f..%2fappsettings.json", 404)]
    [InlineData("/nix", 404)]
    [InlineData("/explain", 400)]
    [InlineData("/print/place", 400)]
    [InlineData("/print/place?place=h05&paper=A3", 400)]
    [InlineData("/print/place?place=nirgendwo", 400)]
    [InlineData("/print/place?place=h05&released=true", 401)]
    [InlineData("/stats?by=planet", 400)]
    [InlineData("/print/overview?paper=A9", 400)]
    [InlineData("/print/overview?scale=eins", 400)]
    [InlineData("/print/overview?page=99", 404)]
    [InlineData("/print/overview?released=true", 401)]
    [InlineData("/print/map?size=1x1", 400)]
    [InlineData("/print/municipality/99999999", 400)]
    [InlineData("/print/measure/M99", 404)]
    [InlineData("/print/atlas?page=999", 404)]
    [InlineData("/download/settlements?f=exe", 400)]
    [InlineData("/download/nix", 404)]
    [InlineData("/anmelden?token=falsch", 403)]
    [InlineData("/collections/settlements/items?edition=999", 410)]
    public async Task What_is_not_there_or_not_possible_is_said_as_a_problem(string path, int status)
    {
        var got = await served.Get(path);
        Assert.True(got.Status == status, $"{path}: {got.Status} {got.Text}");
        Assert.Equal("application/problem+json", got.Content.ContentType!.MediaType);
        Quiet(got.Text);
    }

    [Fact]
    public async Task A_wrong_method_is_answered_with_the_right_ones()
    {
        var got = await served.Send(HttpMethod.Put, "/collections", "{}", "admin");
        Assert.Equal(405, got.Status);
        Assert.Contains("GET", got.Header("Allow"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_route_that_needs_a_role_refuses_those_below_it()
    {
        foreach (var operation in Operations.All.Where(o => o.Role > Role.Anonymous))
        {
            var path = Variable().Replace(operation.Path, "1");
            var method = new HttpMethod(operation.Method.ToUpperInvariant());
            Assert.Equal(401, (await served.Send(method, path)).Status);
            if (operation.Role > Role.Reader)
                Assert.Equal(403, (await served.Send(method, path, key: "reader")).Status);
            if (operation.Role > Role.Editor)
                Assert.Equal(403, (await served.Send(method, path, key: "editor")).Status);
        }
    }

    [Fact]
    public void The_table_of_routes_is_the_routes_there_are()
    {
        var routes = served.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.Select(e => e.Metadata.GetMetadata<Needs>()).OfType<Needs>();
        static string Plain(string pattern) => Variable().Replace(pattern, "{}");
        string[] pages = ["/static/{}", "/map/{}", "/handbuch", "/anmelden"];
        Assert.Equal(Operations.All.Select(o => $"{o.Method.ToUpperInvariant()} {Plain(o.Path)} {o.Role}").Order(),
            routes.Where(r => !pages.Contains(Plain(r.Pattern))).Select(r => $"{r.Method} {Plain(r.Pattern)} {r.Role}").Order());
    }

    [Fact]
    public async Task A_key_nobody_has_is_refused_even_where_none_is_needed()
    {
        Assert.Equal(401, (await served.Get("/collections", "falsch")).Status);
        Assert.Equal(401, (await served.Get("/collections", null, ("X-API-Key", "falsch"))).Status);
        Assert.Equal(200, (await served.Get("/audit", null, ("X-API-Key", "admin"))).Status);
    }

    [Fact]
    public async Task What_is_not_public_is_not_there_for_whoever_may_not_see_it()
    {
        Assert.Equal("404 200", await served.Statuses("/collections/survey", null, "reader"));
        Assert.Equal("404 200", await served.Statuses("/collections/survey/items/U1", null, "reader"));
        Assert.Equal("404 404 404 200", await served.Statuses("/collections/network", null, "reader", "editor", "admin"));
        Assert.DoesNotContain("umfrage", (await served.Get("/editions")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("survey", (await served.Get("/collections")).Text + (await served.Get("/api")).Text + (await served.Get("/?f=html")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await served.Get("/download/network", "editor")).Status);
        Assert.DoesNotContain("geheim", (await served.Get("/results")).Text + (await served.Get("/collections/gaps")).Text + (await served.Get("/stats", "reader")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_layer_is_not_downloaded_as_if_it_were_the_whole()
    {
        await using var own = new Served();
        await own.InitializeAsync();
        using (var store = Breitband.Store.Store.Open(own.Location, Breitband.Store.OpenMode.Write))
            Served.Import(store, Layer.Settlements, "geheim", Disclosure.Confidential, new Row(null, ["S9", null, "Geheimdorf"]));
        own.Site.Catalogue.Expire();
        Assert.Equal("401 403 403 200", await own.Statuses("/download/settlements?f=csv", null, "reader", "editor", "admin"));
        Assert.Equal(200, (await own.Get("/download/settlements:dorf?f=csv")).Status);
    }

    [Fact]
    public async Task More_JSON_than_any_question_needs_is_refused()
    {
        var got = await served.Send(HttpMethod.Post, "/whatif", $$"""{"profile":"{{new string('x', 5 << 20)}}"}""", null, ("Expect", "100-continue")); // asked before it is sent: who is refused hangs up on the sender
        Assert.Equal((413, "application/problem+json"), (got.Status, got.Content.ContentType!.MediaType));
    }

    [Theory]
    [InlineData("Host", "boese.example", 421)]
    [InlineData("Host", "127.0.0.1.boese.example", 421)]
    public async Task Another_name_for_this_machine_is_refused(string name, string value, int status) => Assert.Equal(status, (await served.Get("/", null, (name, value))).Status);

    [Theory]
    [InlineData("Origin", "http://boese.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_change_from_a_foreign_page_is_refused(string name, string value) =>
        Assert.Equal(403, (await served.Send(HttpMethod.Post, "/measures", "{}", "admin", (name, value))).Status);

    [Fact]
    public async Task The_launchs_own_address_logs_its_browser_in()
    {
        var got = await served.Get($"/anmelden?token={Served.LaunchToken}");
        Assert.Equal((302, served.Root + "/"), (got.Status, got.Header("Location")));
        var cookie = got.Header("Set-Cookie")!;
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(200, (await served.Get("/collections/network", null, ("Cookie", cookie.Split(';')[0]))).Status);
        Assert.Equal(404, (await served.Get("/collections/network", null, ("Cookie", "breitband=alt"))).Status);
    }

    [Fact]
    public async Task Pages_may_neither_be_framed_nor_run_foreign_scripts()
    {
        var got = await served.Get("/?f=html");
        Assert.Contains("default-src 'none'", got.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal(("DENY", "nosniff"), (got.Header("X-Frame-Options"), got.Header("X-Content-Type-Options")));
        Assert.Null(got.Header("Server"));
    }

    [Fact]
    public async Task Sql_and_script_in_every_parameter_change_nothing_and_come_back_harmless()
    {
        foreach (var text in Evil)
            foreach (var path in Operations.All.Where(o => o.Method == "get" && o.Role == Role.Anonymous).SelectMany(o => Paths(o, Uri.EscapeDataString(text))))
                foreach (var accept in new[] { "application/json", "text/html" })
                    Harmless(await served.Get(path, null, ("Accept", accept)), path);
        Assert.Equal(5, (await served.Json("/measures")).GetArrayLength());
    }

    static readonly string[] Evil = ["'; DROP TABLE measures; --", "<script>alert(1)</script>", "\" OR 1=1", "../../etc/passwd", "%00", "{{7*7}}", new('A', 3000), "\u202e\ud83d\ude00"];

    /// <summary>The route with the text in each of its parameters, one at a time; what it takes as it comes is printed once only.</summary>
    static IEnumerable<string> Paths(Operation operation, string text)
    {
        var plain = Operation(operation.Path);
        foreach (var variable in Variable().Matches(operation.Path).Select(m => m.Value))
            yield return Operation(operation.Path.Replace(variable, text, StringComparison.Ordinal));
        foreach (var name in operation.Parameters.Concat((operation.Of?.Fields ?? []).Select(f => f.Name)).Append("x").Where(n => n is not ("contact" or "sheet_id") || operation.Id == "printOverview"))
            yield return $"{plain}?{name}={text}";
    }

    static string Operation(string path) => path.Replace("{collectionId}", "municipalities", StringComparison.Ordinal).Replace("{featureId}", "12069901", StringComparison.Ordinal)
        .Replace("municipality/{key}", "municipality/12069901", StringComparison.Ordinal).Replace("{key}", "M1", StringComparison.Ordinal) is var named ? Variable().Replace(named, "1") : path;

    void Harmless(Got got, string asked)
    {
        Assert.True(got.Status < 500, $"{asked}: {got.Status} {got.Text}");
        if (got.Content.ContentType?.MediaType == "text/html")
            Assert.DoesNotContain("<script>alert", got.Text, StringComparison.Ordinal);
        if (got.Content.ContentType?.MediaType is "text/html" or "application/json" or "application/problem+json")
            Quiet(got.Text);
    }

    [Fact]
    public async Task Sql_and_script_in_every_member_of_a_body_change_nothing_and_come_back_harmless()
    {
        foreach (var text in Evil)
            foreach (var operation in Operations.All.Where(o => o.Body == "application/json"))
                foreach (var (name, schema) in RequestBodies.Of(operation.Id, Language.De)["properties"]!.AsObject())
                    foreach (var member in schema!["properties"]?.AsObject().Select(p => p.Key).Prepend(null) ?? [null])
                    {
                        var value = member is null ? JsonSerializer.Serialize(text) : $$"""{"{{member}}":{{JsonSerializer.Serialize(text)}}}""";
                        // A measure of that key, or a title of that text, would be one like any other: something else is wrong with each.
                        var body = $$"""{"{{name}}":{{value}},"nirgends":{{JsonSerializer.Serialize(text)}}}""";
                        var got = await served.Send(new HttpMethod(operation.Method.ToUpperInvariant()), Operation(operation.Path), body, "admin", ("If-Match", "*"));
                        Assert.Equal((400, "application/problem+json"), (got.Status, got.Content.ContentType!.MediaType));
                        Harmless(got, $"{operation.Id} {body}");
                    }
        Assert.Equal(5, (await served.Json("/measures")).GetArrayLength());
    }

    /// <summary>Nothing of the inside: no stack, no SQL, no path of this machine.</summary>
    void Quiet(string text)
    {
        Assert.DoesNotContain(served.Folder.Path, text, StringComparison.Ordinal);
        Assert.DoesNotContain(AppContext.BaseDirectory, text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\n\s+at [A-Z]\w+\.|SQLite|SELECT |Microsoft\.|System\.", text);
    }

    [Fact]
    public async Task Slow_clients_do_not_keep_others_waiting()
    {
        var address = new Uri(served.Root);
        var slow = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 200; i++)
            {
                var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, address.Port, TestContext.Current.CancellationToken);
                await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: 127.0"u8.ToArray(), TestContext.Current.CancellationToken);
                slow.Add(client);
            }
            Assert.Equal(200, (await served.Get("/healthz")).Status);
        }
        finally
        {
            slow.ForEach(c => c.Dispose());
        }
    }

    [Fact]
    public async Task Garbage_on_the_wire_is_answered_and_the_service_goes_on()
    {
        foreach (var garbage in new[] { "\0\0\0\0\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "POST /imports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n", "GET /%ZZ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + new string('a', 70_000) + "\r\n\r\n" })
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, new Uri(served.Root).Port, TestContext.Current.CancellationToken);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(garbage), TestContext.Current.CancellationToken);
            client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream);
            Assert.Matches("^(HTTP/1.1 [45]|$)", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        }
        Assert.Equal(200, (await served.Get("/healthz")).Status);
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Variable();
}
