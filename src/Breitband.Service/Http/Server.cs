using System.Diagnostics;
using System.Net;
using Breitband.Service.Routes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Breitband.Service.Http;

/// <summary>The web server: Kestrel with our limits, the guard before every route, one place where errors become answers.</summary>
static partial class Server
{
    /// <param name="logging">Where log lines go.</param>
    public static WebApplication Build(Site site, Action<ILoggingBuilder> logging)
    {
        // Not the folder somebody happens to stand in: it would be watched with everything under it, for settings that are not ours.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "breitband", Args = ["--hostBuilder:reloadConfigOnChange=false"], ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        logging(builder.Logging);
        builder.WebHost.UseUrls(site.Settings.Urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Limit(kestrel, site.Settings));
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddSingleton(site.Scrub).AddSingleton(site.Settings).AddSingleton(site.Refusals).AddSingleton<Problem>().AddSingleton(new RequestLimit(RequestsPerSecond(site.Settings)));
        var app = builder.Build();
        Proxies(app, site.Settings);
        var guard = new Guard(site, IsLoopbackOnly(site.Settings), app.Services.GetRequiredService<RequestLimit>());
        var (problem, log) = (app.Services.GetRequiredService<Problem>(), app.Services.GetRequiredService<ILogger<Site>>());
        app.Use((context, next) => Watch(context, next, site, problem, log));
        app.UseRouting();
        app.Use(guard.Pass);
        var router = new Router(app);
        Map(router, site);
        site.Pyramids.Log = log;
        // At once and not after the last request: an open stream of events would let what waits begin meanwhile.
        app.Lifetime.ApplicationStopping.Register(() => _ = site.Imports.Close(Patience));
        return app;
    }

    /// <summary>How long an import under way may go on when the service ends.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    static void Map(Router router, Site site)
    {
        LandingRoutes.Map(router, site);
        CollectionRoutes.Map(router, site);
        ItemRoutes.Map(router, site);
        ResultRoutes.Map(router, site);
        AnalyseRoutes.Map(router, site);
        MeasureRoutes.Map(router, site);
        ImportRoutes.Map(router, site);
        PrintRoutes.Map(router, site);
        Download.Map(router, site);
        OperationRoutes.Map(router, site);
        TileRoutes.Map(router, site);
        ViewRoutes.Map(router, site);
        MapRoutes.Map(router, site);
    }

    /// <summary>Whoever guards the service by keys or a proxy lets others in, loopback or not.</summary>
    static int RequestsPerSecond(ServiceSettings settings) =>
        settings.RequestsPerSecond ?? (IsLoopbackOnly(settings) && settings.Keys.Count == 0 && settings.TrustedProxies.Count == 0 ? 0 : 100);

    /// <summary>Whether only this machine can reach the service: then a token of the launch guards it, else keys must.</summary>
    public static bool IsLoopbackOnly(ServiceSettings settings) => settings.Urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .All(u => BindingAddress.Parse(u).Host is var host && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));

    static void Limit(KestrelServerOptions kestrel, ServiceSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = settings.MaxConnections;
        kestrel.Limits.MaxRequestBodySize = Guard.SmallBody;
        kestrel.Limits.MaxRequestLineSize = 16 * 1024; // a filter with a drawn polygon
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(90);
        kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
    }

    static void Proxies(WebApplication app, ServiceSettings settings)
    {
        if (settings.TrustedProxies.Count == 0)
            return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost, ForwardLimit = settings.TrustedProxies.Count };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in settings.TrustedProxies)
            options.KnownProxies.Add(IPAddress.Parse(proxy));
        app.UseForwardedHeaders(options);
    }

    static async Task Watch(HttpContext context, RequestDelegate next, Site site, Problem problem, ILogger log)
    {
        var began = Stopwatch.GetTimestamp();
        site.Metrics.Begin();
        try
        {
            await next(context);
            if (!context.Response.HasStarted && context.GetEndpoint() is null)
                await problem.Write(context, 404, new("Diese Adresse gibt es hier nicht. Übersicht: /", "There is no such address here. Overview: /"));
            else if (!context.Response.HasStarted && context.Response.StatusCode == 405)
                await problem.Write(context, 405, new($"{context.Request.Method} geht hier nicht; möglich: {context.Response.Headers.Allow}.", $"{context.Request.Method} is not possible here; possible: {context.Response.Headers.Allow}."));
        }
        catch (Exception e) // every error of a request becomes a problem document here
        {
            await problem.Answer(context, e);
        }
        finally
        {
            var took = Stopwatch.GetElapsedTime(began);
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
            site.Metrics.End(context.Request.Method, route, context.Response.StatusCode, took);
            if (site.Settings.AccessLog && log.IsEnabled(LogLevel.Information))
            {
                var (path, milliseconds, reader) = (context.Request.Path.Value ?? "", took.TotalMilliseconds, context.Reader().Name);
                LogRequest(log, context.Request.Method, path, context.Response.StatusCode, milliseconds, reader);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Path} {Status} {Milliseconds:0.0} ms {Reader}")]
    static partial void LogRequest(ILogger log, string method, string path, int status, double milliseconds, string reader);
}
