using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Breitband.Tests.Viewer;

/// <summary>The line between a window and its service: a test listens, holds, refuses or cuts what goes through.</summary>
public sealed class Line : IAsyncDisposable
{
    readonly WebApplication app;
    readonly HttpClient client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    readonly ConcurrentQueue<string> asked = new();

    Line(WebApplication app) => this.app = app;

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Method, path and query of every request, the oldest first.</summary>
    public IReadOnlyList<string> Asked => [.. asked];

    /// <summary>Answers a request itself; null or an unstarted answer lets it through.</summary>
    public Func<HttpContext, Task>? Before { get; set; }

    /// <summary>Nobody answers: connections are cut.</summary>
    public bool Cut { get; set; }

    public static async Task<Line> To(string root)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var line = new Line(builder.Build());
        line.app.Run(context => line.Pass(context, root));
        await line.app.StartAsync();
        return line;
    }

    /// <summary>Holds requests whose path begins so until the returned source is set; they then go through.</summary>
    public TaskCompletionSource Hold(string path)
    {
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Before = context => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal) ? released.Task : Task.CompletedTask;
        return released;
    }

    /// <summary>Likewise those whose body has a word.</summary>
    public TaskCompletionSource HoldAsking(string word)
    {
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Before = async context =>
        {
            context.Request.EnableBuffering();
            if ((await new StreamReader(context.Request.Body).ReadToEndAsync()).Contains(word, StringComparison.Ordinal))
                await released.Task;
            context.Request.Body.Position = 0;
        };
        return released;
    }

    async Task Pass(HttpContext context, string root)
    {
        var from = context.Request;
        asked.Enqueue($"{from.Method} {from.Path}{from.QueryString}");
        if (Before is { } before)
            await before(context);
        if (Cut)
            context.Abort();
        if (Cut || context.Response.StatusCode != 200)
            return;
        using var request = new HttpRequestMessage(new(from.Method), root + from.Path + from.QueryString);
        request.Headers.Host = from.Host.Value;
        if (from.ContentType is { } type)
        {
            request.Content = new StreamContent(from.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        foreach (var name in new[] { "Authorization", "If-Match", "Accept-Language", "Accept-Encoding" })
            if (from.Headers.TryGetValue(name, out var value))
                request.Headers.TryAddWithoutValidation(name, value.ToArray());
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var header in answer.Content.Headers.Concat(answer.Headers).Where(h => h.Key is "Content-Type" or "Content-Encoding" or "Breitband-Pages"))
                context.Response.Headers[header.Key] = header.Value.ToArray();
            if (answer.StatusCode != System.Net.HttpStatusCode.NoContent)
                await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            context.Abort();
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(soon.Token);
        await app.DisposeAsync();
        client.Dispose();
    }
}
