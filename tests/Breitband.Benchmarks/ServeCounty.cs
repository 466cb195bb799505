using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Breitband.Benchmarks;

/// <summary>
/// The service over a county of 41,000 cells: the page of 1,000 features; 500 requests a second on 16 connections with errors and memory watched;
/// 10,000 connections at once; QGIS paging through a collection; and its throughput beside MapServer's OGC API (FastCGI, two workers, behind lighttpd), one after the other on the same machine.
/// </summary>
static class ServeCounty
{
    static readonly (string Name, string Query)[] Queries =
    [
        ("10 features", "limit=10"), ("10 by box", "limit=10&bbox=12.60,52.10,12.63,52.12"), ("100 by box", "limit=100&bbox=12.60,52.10,12.70,52.15"), ("1,000 features", "limit=1000"), ("1,000 by box", "limit=1000&bbox=12.50,52.00,12.90,52.30"),
    ];

    /// <param name="seconds">How long the steady load lasts.</param>
    /// <param name="location">A store to serve instead of the invented one, PostGIS too.</param>
    public static int Run(int seconds, string? location = null)
    {
        var folder = Directory.CreateTempSubdirectory("breitband-bench-").FullName;
        try
        {
            var store = location ?? Path.Combine(folder, "kreis.gpkg");
            if (location is null)
                RenderCounty.Make(store);
            var ours = Ours(store, seconds);
            var beside = File.Exists(store) ? Beside(ours, MapServer(store, folder)) : 0;
            return missing == 0 ? beside : throw new InvalidOperationException($"{missing} answers are missing or errors");
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    static double[] Ours(string store, int seconds)
    {
        var root = $"http://127.0.0.1:{FreePort()}";
        using var server = Start("dotnet", Breitband, "serve", "--store", store, "--urls", root, "--quiet");
        try
        {
            var items = $"{root}/collections/coverage_cells/items?f=json&";
            Await(items + "limit=1");
            Page(items + "limit=1000");
            Steady(items, seconds, server);
            Connections(root, 10_000);
            Qgis(root);
            return [.. Queries.Select(q => Throughput($"{q.Name}, ours", items + q.Query))];
        }
        finally
        {
            server.Kill();
        }
    }

    /// <summary>The median of a page asked for a hundred times, one after the other.</summary>
    static void Page(string url)
    {
        using var client = new HttpClient();
        byte[] Get() => client.GetByteArrayAsync(new Uri(url)).GetAwaiter().GetResult();
        for (var i = 0; i < 200; i++) // a service runs for weeks; its first seconds in the compiler are not the question
            Get();
        var times = Enumerable.Range(0, 100).Select(_ =>
        {
            var began = Stopwatch.GetTimestamp();
            Get();
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }).Order().ToArray();
        Console.WriteLine(FormattableString.Invariant($"{"page of 1,000 features",-40} median {times[50]:0.0} ms, 95 % {times[95]:0.0} ms, {Get().Length / 1e3:0} kB   (asked: under 20 ms)"));
    }

    /// <summary>Ten features by box, 500 a second on 16 connections, each request at its time whether the one before is back or not.</summary>
    static void Steady(string items, int seconds, Process server)
    {
        const int perSecond = 500, connections = 16;
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections });
        var (errors, sent, began) = (0, 0, Stopwatch.StartNew());
        var memory = new List<double>();
        var times = new List<double>();
        var workers = Enumerable.Range(0, connections).Select(async _ =>
        {
            while (Interlocked.Increment(ref sent) is var number && number <= perSecond * seconds)
            {
                var due = TimeSpan.FromSeconds((double)number / perSecond);
                if (due > began.Elapsed)
                    await Task.Delay(due - began.Elapsed);
                var (x, y) = (12.2 + number * 37 % 1000 * 0.001, 52.0 + number * 53 % 500 * 0.001);
                using var answer = await client.GetAsync(new Uri(items + string.Create(CultureInfo.InvariantCulture, $"limit=10&bbox={x:0.000},{y:0.000},{x + 0.03:0.000},{y + 0.02:0.000}")));
                Interlocked.Add(ref errors, answer.IsSuccessStatusCode ? 0 : 1);
                await answer.Content.ReadAsByteArrayAsync();
                lock (times)
                    times.Add((began.Elapsed - due).TotalMilliseconds);
            }
        }).ToArray();
        var all = Task.WhenAll(workers);
        while (!all.Wait(1000)) // a look a second at the other process' memory
        {
            server.Refresh();
            memory.Add(server.WorkingSet64 / 1e6);
        }
        missing += errors;
        times.Sort();
        Console.WriteLine(FormattableString.Invariant($"{$"10 by box, {times.Count / began.Elapsed.TotalSeconds:0}/s on {connections} connections, {seconds} s",-40} {errors} errors, median {times[times.Count / 2]:0.0} ms, 99 % {times[times.Count * 99 / 100]:0.0} ms, memory {memory[memory.Count / 3]:0} MB after a third, {memory[^1]:0} MB at the end"));
    }

    /// <summary>Counted against the whole run: a figure is worth nothing when answers are missing.</summary>
    static int missing;

    /// <summary>So many clients at once, each with a connection of its own and one question.</summary>
    static void Connections(string root, int count)
    {
        var address = new Uri(root);
        var began = Stopwatch.StartNew();
        var answers = Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, address.Port);
            var stream = client.GetStream();
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{address.Port}\r\n\r\n"));
            var buffer = new byte[64];
            return await stream.ReadAsync(buffer) > 12 && System.Text.Encoding.ASCII.GetString(buffer).StartsWith("HTTP/1.1 200", StringComparison.Ordinal);
        })).GetAwaiter().GetResult();
        missing += answers.Count(a => !a);
        Console.WriteLine(FormattableString.Invariant($"{$"{count:N0} connections at once",-40} {answers.Count(a => a):N0} answered in {began.Elapsed.TotalSeconds:0.0} s"));
    }

    /// <summary>Too heavy for every test run: Debian's QGIS opens a collection and pages through it.</summary>
    static void Qgis(string root)
    {
        using var client = new HttpClient();
        using var described = System.Text.Json.JsonDocument.Parse(client.GetStringAsync(new Uri($"{root}/collections/settlements")).GetAwaiter().GetResult());
        Console.WriteLine(Timing.Output("/usr/bin/env", "QT_QPA_PLATFORM=offscreen", "/usr/bin/python3", Path.Combine(AppContext.BaseDirectory, "peers", "pages.py"), root, "settlements",
            described.RootElement.GetProperty("numberOfFeatures").GetRawText()).Output.Trim());
    }

    static double[] MapServer(string store, string folder)
    {
        var shape = Path.Combine(folder, "cells.shp");
        var table = Timing.Output("ogrinfo", "-q", store).Output.Split('\n').First(l => l.Contains("coverage_cells", StringComparison.Ordinal)).Split(' ')[1];
        Timing.Output("ogr2ogr", "-t_srs", "EPSG:4326", shape, store, table);
        Timing.Output("shptree", shape);
        var port = FreePort();
        File.WriteAllText(Path.Combine(folder, "features.map"), File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "peers", "features.map")).Replace("@SHAPE@", shape, StringComparison.Ordinal).Replace("@PORT@", $"{port}", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder, "mapserver.conf"), $"CONFIG\n ENV\n END\n MAPS\n  BENCH \"{folder}/features.map\"\n END\nEND\n");
        File.WriteAllText(Path.Combine(folder, "lighttpd.conf"), $$"""
            server.document-root = "{{folder}}"
            server.port = {{port}}
            server.bind = "127.0.0.1"
            server.modules = ( "mod_fastcgi" )
            server.max-keep-alive-requests = 100000
            fastcgi.server = ( "/ms" => (( "socket" => "{{folder}}/ms.sock", "bin-path" => "/usr/lib/cgi-bin/mapserv", "check-local" => "disable", "min-procs" => 2, "max-procs" => 2,
              "bin-environment" => ( "MAPSERVER_CONFIG_FILE" => "{{folder}}/mapserver.conf" ) )) )
            """);
        using var server = Start("lighttpd", "-D", "-f", Path.Combine(folder, "lighttpd.conf"));
        try
        {
            var items = $"http://127.0.0.1:{port}/ms/BENCH/ogcapi/collections/coverage_cells/items?f=json&";
            Await(items + "limit=1");
            return [.. Queries.Select(q => Throughput($"{q.Name}, MapServer", items + q.Query))];
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    static int Beside(double[] ours, double[] theirs)
    {
        for (var i = 0; i < Queries.Length; i++)
            Console.WriteLine(FormattableString.Invariant($"{Queries[i].Name,-40} {ours[i] / theirs[i],8:0.0} times MapServer   (asked: 3)"));
        return ours.Zip(theirs).All(p => p.First >= 3 * p.Second) ? 0 : 1;
    }

    internal static double Throughput(string label, string url, params string[] more)
    {
        var (output, _) = Timing.Output("wrk", ["-t", "1", "-c", "2", "-d", "6s", .. more, url]);
        var rate = double.Parse(output.Split('\n').First(l => l.StartsWith("Requests/sec", StringComparison.Ordinal)).Split(':')[1], CultureInfo.InvariantCulture);
        if (output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal))
            throw new InvalidOperationException($"{label}: answers are missing or errors: {output}");
        Console.WriteLine(FormattableString.Invariant($"{label,-40} {rate,8:0} answers a second"));
        return rate;
    }

    /// <summary>breitband.dll: the published one where BREITBAND_PROGRAM names it, as a county runs it (docs/operations.md).</summary>
    internal static string Breitband => Environment.GetEnvironmentVariable("BREITBAND_PROGRAM") is { Length: > 0 } published ? published : typeof(global::Breitband.Service.CommandLine).Assembly.Location;

    internal static Process Start(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    internal static void Await(string url)
    {
        using var client = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            try
            {
                if (client.GetAsync(new Uri(url)).GetAwaiter().GetResult() is { IsSuccessStatusCode: false } refused)
                    throw new InvalidOperationException($"{url}: {refused.StatusCode}");
                return;
            }
            catch (HttpRequestException) when (tries < 100)
            {
                Task.Delay(100).GetAwaiter().GetResult();
            }
        }
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
