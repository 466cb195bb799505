using Breitband.Service.Html;
using Breitband.Service.Http;
using Breitband.Service.Maps;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Routes;

/// <summary>The web map: one page, its style, and the files npm made of its scripts.</summary>
static class MapRoutes
{
    /// <summary>As the page's, and the map's workers and the pictures it draws itself; beyond the service only a host that is configured.</summary>
    static string ContentPolicy(BaseMap? other) => $"default-src 'none'; style-src 'self'; img-src 'self' data: blob:{Origin(other)}; script-src 'self'; worker-src 'self'; connect-src 'self'{Origin(other)}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    static string Origin(BaseMap? other) => other is null ? "" : " " + other.Origin;

    static readonly Pictures Pictures = new();

    static string Folder => Path.Combine(AppContext.BaseDirectory, "map");

    /// <summary>False where the program was built without npm: then everything but the map works.</summary>
    public static bool Available => File.Exists(Path.Combine(Folder, "map.js"));

    public static void Map(Router router, Site site)
    {
        router.Get("/map", context => Show(context, site));
        router.Get("/map/style.json", context => Style(context, site));
        router.Get("/map/tiles/{z}/{row}/{column}", context => Picture(context, site));
        router.Get("/map/{file}", Script);
    }

    static async Task Show(HttpContext context, Site site)
    {
        if (!Available)
            throw new ProblemException(404, new("Diese Installation ist ohne npm gebaut und hat keine Karte. Mit npm neu bauen: dotnet build", "This installation was built without npm and has no map. Build it again with npm: dotnet build"));
        context.Response.Headers.ContentSecurityPolicy = ContentPolicy(site.Settings.BaseMap);
        context.Response.Headers.CacheControl = "no-cache";
        await MapPage.Send(context, site);
    }

    static Task Style(HttpContext context, Site site)
    {
        var parameters = new Parameters(context);
        var run = parameters.Text("view");
        parameters.Check("json");
        var view = run is null ? null : site.Views.Find(run, context.Reader().Sees) ?? throw ViewRoutes.Gone();
        context.Response.Headers.CacheControl = "no-cache";
        var (style, tiles) = (new MapStyle(Legend.Default, context.Language()), $"{context.Base()}/tilejson");
        return Answer.Text(context, view switch
        {
            null => style.Write(tiles, trials: true),
            ChangeView => style.WriteChanges(tiles, $"{context.Base()}/views/{run}/tilejson"),
            _ => style.Write(tiles, $"{context.Base()}/views/{run}/tilejson", trials: true),
        }, "application/json");
    }

    /// <summary>A tile as a picture: what the page shows until the browser draws itself, and what programs without vector tiles can use.</summary>
    static async Task Picture(HttpContext context, Site site)
    {
        var wanted = TileRoutes.Asked(context);
        var parameters = new Parameters(context);
        var edition = parameters.Text("edition");
        var scale = parameters.Choice("scale", "1", "2") is "2" ? 2 : 1;
        var off = (parameters.Text("off") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        parameters.Check();
        var pyramid = await TileRoutes.Current(context, site);
        TileRoutes.Head(context, pyramid, edition ?? "");
        if (context.Response.StatusCode == 304)
            return;
        await Answer.Bytes(context, Pictures.Get(pyramid, wanted, scale, off), "image/png");
    }

    static async Task Script(HttpContext context)
    {
        var file = (string)context.Request.RouteValues["file"]!;
        var path = file.All(c => char.IsAsciiLetterLower(c) || c is '.' or '-') && !file.StartsWith('.') ? Path.Combine(Folder, file) : "";
        if (path.Length == 0 || !File.Exists(path))
            throw ProblemException.NotFound("Diese Datei gibt es nicht.", "There is no such file.");
        context.Response.ContentType = Path.GetExtension(file) switch { ".css" => "text/css", ".js" or ".mjs" => "text/javascript", ".txt" => "text/plain; charset=utf-8", _ => "application/octet-stream" };
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.Vary = "Accept-Encoding";
        if (File.Exists(path + ".gz") && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
            (path, context.Response.Headers.ContentEncoding) = (path + ".gz", "gzip");
        var info = new FileInfo(path);
        context.Response.Headers.ETag = $"\"{info.LastWriteTimeUtc.Ticks:x}-{info.Length:x}\"";
        if (TileRoutes.Has(context, context.Response.Headers.ETag!))
            context.Response.StatusCode = 304;
        else
            await context.Response.SendFileAsync(path, context.RequestAborted);
    }
}
