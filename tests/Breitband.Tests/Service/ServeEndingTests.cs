using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Breitband.Service;

namespace Breitband.Tests.Service;

/// <summary>What SIGTERM does to a service at work: what runs is finished, what waits is dropped, who listens is told by the stream's end.</summary>
public sealed class ServeEndingTests : IDisposable
{
    readonly Calls calls = new();
    readonly HttpClient client = new() { Timeout = TimeSpan.FromMinutes(2) };

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        client.Dispose();
        calls.Dispose();
    }

    [Fact]
    public async Task A_running_import_is_finished_or_undone_a_waiting_one_never_begins_and_an_open_stream_ends()
    {
        Assert.SkipUnless(Foreign.Has("kill"), "no kill");
        calls.WithShippedData();
        using var serve = Process.Start(new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, "serve", "--store", calls.Store, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var root = (await serve.StandardOutput.ReadLineAsync(Cancelled))!;
            var token = (await serve.StandardError.ReadLineAsync(Cancelled))!.Split("token=")[1];
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var cells = Cells(300_000);
            await Start(root, "Zensus2022_zellen.csv", cells, "2022-05-15");
            using var events = new StreamReader(await client.GetStreamAsync(new Uri(root + "/imports/1/events"), Cancelled));
            await ProgressOf(events);
            await Start(root, "Zensus2022_spaeter.csv", cells, "2024-05-15");

            Foreign.Run("kill", "-TERM", $"{serve.Id}");
            await events.ReadToEndAsync(Cancelled); // a stream that is cut off would throw here
            await serve.WaitForExitAsync(Cancelled);
            Assert.Equal(0, serve.ExitCode);
        }
        finally
        {
            if (!serve.HasExited)
                serve.Kill(entireProcessTree: true);
        }
        var dates = calls.Json("editions").EnumerateArray().Where(e => e.GetProperty("dataset").GetString()!.StartsWith("population", StringComparison.Ordinal)).Select(e => e.GetProperty("date").GetString());
        var undone = (await File.ReadAllLinesAsync(calls.Store + ".audit.jsonl", Cancelled)).Select(l => JsonDocument.Parse(l).RootElement)
            .Select(l => (l.GetProperty("subject").GetString(), l.GetProperty("outcome").GetString())).ToList();
        Assert.Contains(("Zensus2022_spaeter.csv", "cancelled"), undone);
        Assert.Equal(undone.Contains(("Zensus2022_zellen.csv", "cancelled")) ? [] : ["2022-05-15"], dates);
    }

    /// <summary>Cells enough for some seconds of reading, so that the signal arrives in the middle.</summary>
    internal static byte[] Cells(int count)
    {
        var text = new StringBuilder("GITTER_ID_100m;x_mp_100m;y_mp_100m;Einwohner\n");
        for (var i = 0; i < count; i++)
            text.Append(CultureInfo.InvariantCulture, $"CRS3035RES100mN{3210000 + i / 600 * 100}E{4470000 + i % 600 * 100};{4470050 + i % 600 * 100};{3210050 + i / 600 * 100};2\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    [Fact]
    public async Task For_machines_every_log_line_is_a_JSON_object()
    {
        Assert.SkipUnless(Foreign.Has("kill"), "no kill");
        Breitband.Store.Store.Open(calls.Store, Breitband.Store.OpenMode.Create, "12069").Dispose();
        var config = calls.Folder.Write("breitband.json", """{"log_format":"json","access_log":true,"urls":"http://127.0.0.1:0","keys":[{"name":"x","role":"reader","sha256":"0000000000000000000000000000000000000000000000000000000000000000"}]}""");
        using var serve = Process.Start(new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, "serve", "--store", calls.Store, "--config", config, "--quiet"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var root = (await serve.StandardOutput.ReadLineAsync(Cancelled))!;
            Assert.Contains("ok", await client.GetStringAsync(new Uri(root + "/healthz"), Cancelled), StringComparison.Ordinal);
            Foreign.Run("kill", "-TERM", $"{serve.Id}");
            var lines = (await serve.StandardError.ReadToEndAsync(Cancelled)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
            Assert.Contains(lines, l => l.GetProperty("Message").GetString()!.StartsWith("GET /healthz 200", StringComparison.Ordinal) && l.GetProperty("Timestamp").GetString()!.EndsWith('Z'));
        }
        finally
        {
            if (!serve.HasExited)
                serve.Kill(entireProcessTree: true);
        }
    }

    async Task Start(string root, string name, byte[] file, string edition)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", name }, { new StringContent(edition), "edition" } };
        using var answer = await client.PostAsync(new Uri(root + "/imports"), form, Cancelled);
        Assert.Equal(202, (int)answer.StatusCode);
    }

    /// <summary>Reads on until the import says how far it is, which it must while it runs and not at its end.</summary>
    static async Task ProgressOf(StreamReader events)
    {
        while (await events.ReadLineAsync(Cancelled) is { } line)
        {
            Assert.NotEqual("event: end", line);
            if (line.StartsWith("data: ", StringComparison.Ordinal) && JsonDocument.Parse(line[6..]).RootElement is var job && job.TryGetProperty("progress", out var progress) && progress.ValueKind == JsonValueKind.Object)
            {
                Assert.Equal("running", job.GetProperty("state").GetString());
                Assert.True(progress.GetProperty("done").GetInt64() > 0);
                return;
            }
        }
        Assert.Fail("the stream ended without progress");
    }
}
