using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Breitband.Tests.Map;

/// <summary>A real browser without a screen, driven by its DevTools protocol: one page, what it asks for and what it complains about.</summary>
sealed class Chromium : IAsyncDisposable
{
    /// <summary>Whether npm built the page and there is a browser to show it; in CI what is missing is a failure.</summary>
    public static bool Here => Foreign.Has("chromium")
        && (Breitband.Service.Routes.MapRoutes.Available || (Environment.GetEnvironmentVariable("CI") == "true" ? throw new InvalidOperationException("The map was not built: npm is missing or failed.") : false));

    readonly TemporaryFolder profile = new();
    readonly ClientWebSocket socket = new();
    readonly Dictionary<int, TaskCompletionSource<JsonElement>> waiting = [];
    readonly Lock gate = new();
    Process? process;
    Task? reader;
    string session = "";
    int last;

    /// <summary>Every address the page asked for, in order; a queue, because the browser goes on asking while a test looks through them.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Errors in the page's console.</summary>
    public ConcurrentQueue<string> Errors { get; } = [];

    public static async Task<Chromium> Start(int width, int height)
    {
        var browser = new Chromium();
        await browser.Begin(width, height);
        return browser;
    }

    async Task Begin(int width, int height)
    {
        process = Process.Start(new ProcessStartInfo("chromium", ["--headless=new", "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--remote-debugging-port=0", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--lang=de-DE", $"--user-data-dir={profile.Path}", "about:blank"])
        { RedirectStandardError = true })!;
        string? address = null;
        while (address is null && await process.StandardError.ReadLineAsync() is { } line)
            if (line.StartsWith("DevTools listening on ", StringComparison.Ordinal))
                address = line["DevTools listening on ".Length..];
        _ = process.StandardError.ReadToEndAsync();
        await socket.ConnectAsync(new Uri(address ?? throw new InvalidOperationException("Chromium did not start")), CancellationToken.None);
        reader = Task.Run(Read);
        var target = (await Call("Target.createTarget", new() { ["url"] = "about:blank" })).GetProperty("targetId").GetString();
        session = (await Call("Target.attachToTarget", new() { ["targetId"] = target, ["flatten"] = true })).GetProperty("sessionId").GetString()!;
        foreach (var domain in new[] { "Page", "Runtime", "Network", "Log" })
            await Call(domain + ".enable", []);
        await Call("Network.setExtraHTTPHeaders", new() { ["headers"] = new JsonObject { ["Accept-Language"] = "de" } });
        await Resize(width, height);
    }

    public Task Resize(int width, int height) => Call("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });

    public Task Open(string url) => Call("Page.navigate", new() { ["url"] = url });

    /// <summary>The value of an expression; promises are awaited.</summary>
    public async Task<JsonElement> Evaluate(string expression)
    {
        var result = await Call("Runtime.evaluate", new() { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        if (result.TryGetProperty("exceptionDetails", out var fault))
            throw new InvalidOperationException(fault.ToString());
        return result.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    /// <summary>Waits until an expression is true in the page, or in the page that takes its place meanwhile: a question the old page can no longer answer is asked of the new one.</summary>
    public async Task Until(string expression)
    {
        var since = Stopwatch.StartNew();
        var met = false;
        while (!met && since.Elapsed < TimeSpan.FromMinutes(1))
            try
            {
                met = (await Evaluate($"new Promise(resolve => {{ const end = Date.now() + 60000, look = () => {{ try {{ if ({expression}) return resolve(true); }} catch {{ }} Date.now() > end ? resolve(false) : setTimeout(look, 50); }}; look(); }})")).GetBoolean();
            }
            catch (PageLeftException)
            {
            }
        Assert.True(met, $"never came: {expression}; {string.Join(" | ", Errors)}");
    }

    public async Task Click(int x, int y)
    {
        foreach (var type in new[] { "mousePressed", "mouseReleased" })
            await Call("Input.dispatchMouseEvent", new() { ["type"] = type, ["x"] = x, ["y"] = y, ["button"] = "left", ["clickCount"] = 1 });
    }

    /// <summary>The left button pressed, dragged or let go: <c>mousePressed</c>, <c>mouseMoved</c>, <c>mouseReleased</c>.</summary>
    public Task Drag(string type, int x, int y) => Call("Input.dispatchMouseEvent", new() { ["type"] = type, ["x"] = x, ["y"] = y, ["button"] = "left", ["buttons"] = 1, ["clickCount"] = 1 });

    public async Task<byte[]> Picture() => (await Call("Page.captureScreenshot", new() { ["format"] = "png" })).GetProperty("data").GetBytesFromBase64();

    /// <summary>Nothing axe finds against WCAG 2.1, levels A and AA.</summary>
    public async Task Accessible()
    {
        await Evaluate(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src/Breitband.Service/web/node_modules/axe-core/axe.min.js")) + ";0");
        Assert.Equal("[]", (await Evaluate("axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then(r => JSON.stringify(r.violations.map(v => v.id + ' ' + v.nodes[0].html)))")).GetString());
    }

    async Task<JsonElement> Call(string method, JsonObject parameters)
    {
        var done = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        int id;
        lock (gate)
            waiting[id = ++last] = done;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session.Length > 0)
            message["sessionId"] = session;
        await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, true, CancellationToken.None);
        return await done.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }

    async Task Read()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        while (socket.State == WebSocketState.Open)
        {
            var part = await socket.ReceiveAsync(buffer, CancellationToken.None);
            message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage)
                continue;
            Heard(JsonDocument.Parse(message.ToArray()).RootElement);
            message.SetLength(0);
        }
    }

    void Heard(JsonElement message)
    {
        if (message.TryGetProperty("id", out var id))
        {
            lock (gate)
                if (waiting.Remove(id.GetInt32(), out var done))
                    if (message.TryGetProperty("error", out var error))
                        done.SetException(Left.Contains(error.GetProperty("message").GetString()) ? new PageLeftException(error.ToString()) : new InvalidOperationException(error.ToString()));
                    else
                        done.SetResult(message.GetProperty("result"));
            return;
        }
        var parameters = message.GetProperty("params");
        switch (message.GetProperty("method").GetString())
        {
            case "Network.requestWillBeSent":
                Requests.Enqueue(parameters.GetProperty("request").GetProperty("url").GetString()!);
                break;
            case "Runtime.exceptionThrown":
                Errors.Enqueue(parameters.GetProperty("exceptionDetails").ToString());
                break;
            case "Log.entryAdded" when parameters.GetProperty("entry").GetProperty("level").GetString() == "error":
                Errors.Enqueue(parameters.GetProperty("entry").ToString());
                break;
            case "Runtime.consoleAPICalled" when parameters.GetProperty("type").GetString() is "error" or "warning":
                Errors.Enqueue(parameters.GetProperty("args").ToString());
                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        process?.Kill(entireProcessTree: true);
        if (process is not null)
            await process.WaitForExitAsync();
        if (reader is not null)
            await reader.ContinueWith(static _ => { }, TaskScheduler.Default); // the browser is gone: its socket ends in an error
        socket.Dispose();
        process?.Dispose();
        profile.Dispose();
    }

    /// <summary>What the browser says of a question whose page is no longer there.</summary>
    static readonly string?[] Left = ["Inspected target navigated or closed", "Execution context was destroyed.", "Cannot find default execution context", "Cannot find context with specified id", "Promise was collected"];

    /// <summary>The page a question was put to gave way to another before it answered.</summary>
    sealed class PageLeftException(string message) : Exception(message);
}
