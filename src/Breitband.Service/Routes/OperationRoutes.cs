using System.Text;
using System.Text.Json.Nodes;
using Breitband.Service.Html;
using Breitband.Service.Http;
using Breitband.Service.Text;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Routes;

/// <summary>For whoever runs the service: health, metrics; and what pages need: style, handbook, log-in of the owner.</summary>
static class OperationRoutes
{
    public static void Map(Router router, Site site)
    {
        router.Get("/healthz", context => Answer.Json(context, new { status = "ok", version = typeof(OperationRoutes).Assembly.GetName().Version?.ToString(3) }));
        router.Get("/readyz", context => Ready(context, site));
        router.Get("/metrics", context => MetricsText(context, site), Role.Reader);
        router.Get("/audit", context => AuditLines(context, site), Role.Admin);
        router.Get("/static/{file}", Static);
        router.Get("/handbuch", context => Handbook(context, site));
        router.Get("/anmelden", context => LogIn(context, site));
    }

    /// <summary>Whether the store answers; a 503 tells a load balancer to wait.</summary>
    static async Task Ready(HttpContext context, Site site)
    {
        var county = await Task.Run(() => site.Access.Read(store => store.County), context.RequestAborted);
        await Answer.Json(context, new { status = "ready", county });
    }

    static Task MetricsText(HttpContext context, Site site)
    {
        var (bytes, count) = site.Snapshots.Held;
        return Answer.Text(context, site.Metrics.Text(
        [
            ("breitband_snapshot_bytes", "Memory of layers held.", bytes), ("breitband_snapshots", "Layers held.", count),
            ("breitband_heap_bytes", "Managed memory.", GC.GetTotalMemory(false)), ("breitband_working_set_bytes", "Memory of the process.", Environment.WorkingSet),
        ]), "text/plain; version=0.0.4; charset=utf-8");
    }

    /// <summary>What was changed, from the store, and what was not, because it was refused or failed; newest first.</summary>
    static async Task AuditLines(HttpContext context, Site site)
    {
        var parameters = new Parameters(context);
        var limit = (int)parameters.Number("limit", 100, 1, 10_000);
        parameters.Check("json");
        var done = (await site.OnACore(() => site.Access.Read(store => store.Audit(limit)), context.RequestAborted)).Select(AuditJson.Of);
        var refused = site.Refusals.Newest(limit).Select(line => JsonNode.Parse(line)!.AsObject());
        var all = done.Concat(refused).OrderByDescending(e => e["at"]!.GetValue<DateTime>()).Take(limit);
        await ResultRoutes.Send(context, new JsonArray([.. all]).ToJsonString(Answer.Camel));
    }

    static async Task Static(HttpContext context)
    {
        var file = (string)context.Request.RouteValues["file"]!;
        await using var stream = file.All(c => char.IsAsciiLetterLower(c) || c is '.' or '-') ? typeof(OperationRoutes).Assembly.GetManifestResourceStream("wwwroot/" + file) : null;
        if (stream is null)
            throw ProblemException.NotFound("Diese Datei gibt es nicht.", "There is no such file.");
        context.Response.ContentType = Path.GetExtension(file) switch { ".css" => "text/css", ".js" => "text/javascript", ".svg" => "image/svg+xml", _ => "application/octet-stream" };
        context.Response.Headers.CacheControl = "public, max-age=300";
        context.Response.ContentLength = stream.Length;
        await stream.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    static async Task Handbook(HttpContext context, Site site)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "docs", "handbuch.md"), Encoding.UTF8, context.RequestAborted);
        await new Page(context, new Phrase("Handbuch", "Handbook").In(context.Language())).Raw($"<div lang=\"de\">{Markdown.ToHtml(text)}</div>").Send(site.Settings);
    }

    /// <summary>The address the program prints at its start: makes its browser the owner's, then forgets the token in the address.</summary>
    static Task LogIn(HttpContext context, Site site)
    {
        var parameters = new Parameters(context);
        var token = parameters.Text("token") ?? "";
        parameters.Check();
        if (site.Keyring.Find(token) is not { Role: Role.Admin } || site.LaunchToken is null)
            throw new ProblemException(403, new("Diese Adresse galt für einen früheren Start. Die heutige steht dort, wo „breitband serve“ gestartet wurde.", "This address was of an earlier launch. Today's stands where \"breitband serve\" was started."));
        context.Response.Cookies.Append(Guard.TokenCookie, token, new() { HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, Path = "/" });
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(context.Base() + "/");
        return Task.CompletedTask;
    }
}
