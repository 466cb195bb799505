using System.Net;
using System.Net.Sockets;
using System.Text;
using Breitband.Service.Http;

namespace Breitband.Tests.Service.Http;

/// <summary>Clients that break off, send by the drop, come in thousands or upload what is none.</summary>
public sealed class HostileClientTests(Served served) : IClassFixture<Served>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    sealed class Narrow : Served
    {
        internal override ServiceSettings Settings => base.Settings with { MaxConnections = 20 };
    }

    /// <summary>10,000, or what this machine's limit of open files leaves; both ends are in this process.</summary>
    static int Connections => !File.Exists("/proc/self/limits") ? 2000 : Math.Min(10_000, (int.TryParse(File.ReadLines("/proc/self/limits").Single(l => l.StartsWith("Max open files", StringComparison.Ordinal))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)[3], System.Globalization.CultureInfo.InvariantCulture, out var files) ? files - 1000 : 21_000) / 2);

    static async Task<TcpClient> Connect(Served to)
    {
        // Closed by a reset: ten thousand that linger would leave the next test without ports.
        var client = new TcpClient { LingerState = new(true, 0) };
        await client.ConnectAsync(IPAddress.Loopback, new Uri(to.Root).Port, Stop);
        return client;
    }

    static string Upload(int length) => $"POST /imports HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer editor\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: {length}\r\n\r\n"
        + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nabc";

    [Fact]
    public async Task An_upload_whose_sender_goes_away_starts_nothing()
    {
        using var client = await Connect(served);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Upload(100_000)), Stop);
        client.Client.Shutdown(SocketShutdown.Send);
        await ReadOrReset(stream);
        Assert.DoesNotContain("a.csv", (await served.Get("/imports", "editor")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uploads_that_come_by_the_drop_keep_nobody_waiting()
    {
        var slow = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 50; i++)
            {
                slow.Add(await Connect(served));
                await slow[^1].GetStream().WriteAsync(Encoding.ASCII.GetBytes(Upload(100_000)), Stop);
            }
            Assert.Equal(200, (await served.Get("/collections/settlements/items")).Status);
            Assert.Equal(202, (await served.Send(HttpMethod.Post, "/imports", new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "b.csv" } }, "editor")).Status);
        }
        finally
        {
            slow.ForEach(c => c.Dispose());
        }
    }

    /// <summary>The server waits ten seconds before it counts bytes.</summary>
    [Fact]
    public async Task An_upload_that_stops_is_answered_and_ended()
    {
        using var client = await Connect(served);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Upload(100_000)), Stop);
        using var reader = new StreamReader(client.GetStream());
        var answer = await reader.ReadToEndAsync(Stop).WaitAsync(TimeSpan.FromSeconds(60), Stop);
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
    }

    /// <summary>Ten thousand are in the benchmark; here both ends are in one process.</summary>
    [Fact]
    public async Task Thousands_of_silent_connections_keep_nobody_waiting()
    {
        var silent = new List<TcpClient>();
        try
        {
            for (var i = 0; i < Connections; i++)
                silent.Add(await Connect(served));
            Assert.Equal(200, (await served.Get("/collections/settlements/items")).Status);
            await silent[^1].GetStream().WriteAsync("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"u8.ToArray(), Stop);
            using var reader = new StreamReader(silent[^1].GetStream());
            Assert.StartsWith("HTTP/1.1 200 ", await reader.ReadToEndAsync(Stop), StringComparison.Ordinal);
        }
        finally
        {
            silent.ForEach(c => c.Dispose());
        }
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_turned_away_and_those_within_it_served()
    {
        await using var narrow = new Narrow();
        await narrow.InitializeAsync();
        var open = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 20; i++)
            {
                open.Add(await Connect(narrow));
                var hello = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8.ToArray();
                await open[^1].GetStream().WriteAsync(hello, Stop);
                Assert.True(await open[^1].GetStream().ReadAsync(new byte[1], Stop) > 0);
            }
            using var one = await Connect(narrow);
            Assert.Equal(0, await ReadOrReset(one.GetStream()));
        }
        finally
        {
            open.ForEach(c => c.Dispose());
        }
    }

    /// <summary>Returns when the service has answered or hung up.</summary>
    static async Task<int> ReadOrReset(NetworkStream stream)
    {
        try
        {
            return await stream.ReadAsync(new byte[1], Stop);
        }
        catch (IOException)
        {
            return 0; // closed without a word
        }
    }

    static MultipartFormDataContent Form(params (string Disposition, string Text)[] parts)
    {
        var form = new MultipartFormDataContent();
        foreach (var (disposition, text) in parts)
        {
            var part = new StringContent(text);
            part.Headers.Remove("Content-Disposition");
            if (disposition.Length > 0)
                part.Headers.TryAddWithoutValidation("Content-Disposition", disposition);
            form.Add(part);
        }
        return form;
    }

    public static TheoryData<string, string, string> Forms => new()
    {
        { "form-data; name=\"file\"; filename=\"a.csv\"", "form-data; name=\"file\"; filename=\"A.CSV\"", "mehrmals" },
        { "form-data; name=\"as\"", "form-data; name=\"as\"", "mehrmals" },
        { "inline", "inline; x", "mehrmals" },
        { "form-data; name=\"crs\"", "form-data; name=\"file\"; filename=\"a.csv\"", "abc" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Parts_that_contradict_each_other_are_refused(string first, string second, string said)
    {
        var got = await served.Send(HttpMethod.Post, "/imports", Form((first, "abc"), (second, "abc")), "editor");
        Assert.Equal(400, got.Status);
        Assert.Contains(said, got.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_beyond_measure_and_too_many_files_are_refused()
    {
        Assert.Equal(400, (await served.Send(HttpMethod.Post, "/imports", Form(("form-data; name=\"as\"", new('x', 5000))), "editor")).Status);
        Assert.Equal(400, (await served.Send(HttpMethod.Post, "/imports", Form([.. Enumerable.Range(0, 201).Select(i => ($"form-data; name=\"file\"; filename=\"{i}.csv\"", "a"))]), "editor")).Status);
    }

    [Fact]
    public async Task More_imports_than_may_wait_are_refused()
    {
        await using var own = new Served();
        await own.InitializeAsync();
        await own.Site.Writing.WaitAsync(Stop);
        var all = new List<Got>();
        for (var i = 0; i <= ImportJobs.MaxWaiting; i++)
            all.Add(await own.Send(HttpMethod.Post, "/imports", new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "a.csv" } }, "editor"));
        own.Site.Writing.Release();
        Assert.Equal((429, 202), (all[^1].Status, all[^2].Status));
    }

    [Fact]
    public async Task What_is_not_there_yet_or_any_more_is_said()
    {
        Assert.Equal(404, (await served.Send(HttpMethod.Post, "/editions/999/live", key: "editor")).Status);
        await using var fresh = new Empty();
        await fresh.InitializeAsync();
        foreach (var path in new[] { "/stats", "/results", "/explain?place=1,1", "/print/place?place=1,1", "/collections/gaps", "/gaps" })
            Assert.Equal((path, 404), (path, (await fresh.Get(path)).Status));
        Assert.Equal(0, (await fresh.Json("/collections")).GetProperty("collections").GetArrayLength());
    }

    /// <summary>A store nothing has been imported into.</summary>
    sealed class Empty : Served
    {
        public override string Location => Folder.File("leer.gpkg");

        protected override void Fill(Breitband.Store.Store store)
        {
        }
    }

    /// <summary>The program calls no other machine but its database, so there is no proxy to go through and no authority of one's own to trust for it.</summary>
    [Fact]
    public void The_program_calls_nobody()
    {
        foreach (var assembly in new[] { typeof(Breitband.Service.CommandLine).Assembly, typeof(Breitband.Store.Store).Assembly })
            Assert.Empty(assembly.GetReferencedAssemblies().Select(a => a.Name!).Intersect(["System.Net.Http", "System.Net.Requests", "System.Net.WebClient", "System.Net.Sockets", "System.Net.Mail"]));
    }
}
