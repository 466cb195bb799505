using System.IO.Compression;
using Breitband.Export;
using Breitband.Service.Http;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Routes;

/// <summary>Files out: a layer in a format of the reader's choice, with its licence.</summary>
static class Download
{
    public static void Map(Router router, Site site) => router.Get("/download/{id}", context => Layer(context, site));

    static async Task Layer(HttpContext context, Site site)
    {
        var parameters = new Parameters(context);
        var crs = parameters.Read("crs", Features.ItemsRequest.Known);
        parameters.Check("gpkg", "shp", "geojson", "csv");
        var form = context.Request.Query["f"] is [{ } given] ? given : "gpkg";
        var collection = await CollectionRoutes.Named(context, site);
        await RequireWhole(context, site, collection.Id);
        using var folder = new WorkFolder();
        var path = folder.File($"{collection.Id.Replace(':', '-')}.{form}");
        var cancelled = context.RequestAborted;
        await site.OnACore(() => site.Access.Read(store => Exporter.Run(store, collection.Id, path, crs?.Epsg, context.Reader().Sees, cancelled)), cancelled);
        if (form == "gpkg")
        {
            await Send(context, path, inline: false);
            return;
        }
        using var zipped = new WorkFolder();
        var zip = zipped.File($"{collection.Id.Replace(':', '-')}-{form}.zip");
        await Task.Run(() => ZipFile.CreateFromDirectory(folder.Path, zip), cancelled);
        await Send(context, zip, inline: false);
    }

    /// <summary>A file of half a layer would be taken for the whole.</summary>
    static async Task RequireWhole(HttpContext context, Site site, string id)
    {
        var contents = await site.Catalogue.Now();
        var closed = contents.Editions.Where(e => e.Live && e.Dataset.Layer == id && e.Dataset.Layer != Breitband.Layer.Measures.Name && e.Disclosure > context.Reader().Sees).ToList();
        if (closed.Count > 0)
            throw new ProblemException(context.Reader().Role == Role.Anonymous ? 401 : 403, new($"{closed.Count} Datensätze dieser Ebene sind nicht offen; einzelne Datensätze lassen sich herunterladen.",
                $"{closed.Count} datasets of this layer are not open; single datasets can be downloaded."));
    }

    public static async Task Send(HttpContext context, string file, bool inline)
    {
        context.Response.ContentType = Path.GetExtension(file) switch
        {
            ".pdf" => "application/pdf",
            ".png" => "image/png",
            ".svg" => "image/svg+xml",
            ".gpkg" => "application/geopackage+sqlite3",
            ".zip" => "application/zip",
            _ => "application/octet-stream",
        };
        context.Response.Headers.ContentDisposition = $"{(inline ? "inline" : "attachment")}; filename=\"{Path.GetFileName(file)}\"";
        await using var stream = File.OpenRead(file);
        context.Response.ContentLength = stream.Length;
        await stream.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
