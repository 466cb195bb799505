using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Breitband.Service.Features;
using Breitband.Service.Html;
using Breitband.Service.Http;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Routes;

/// <summary>The features of a collection, page by page, and single ones.</summary>
static class ItemRoutes
{
    /// <summary>From here on an answer is sent in pieces, so that memory does not grow with it.</summary>
    const int PieceSize = 1 << 20;

    public static void Map(Router router, Site site)
    {
        router.Get("/collections/{id}/items", context => Items(context, site, null));
        router.Get("/collections/{id}/items/{feature}", context => Item(context, site));
        router.Get("/gaps", context => Items(context, site, Layer.GapAreas.Name));
    }

    static async Task Items(HttpContext context, Site site, string? id)
    {
        var parameters = new Parameters(context);
        var edition = parameters.Text("edition");
        var collection = await CollectionRoutes.Named(context, site, id);
        var request = ItemsRequest.Read(parameters, collection);
        parameters.Check("json", "html"); // before the edition is looked for: one that is gone must not hide what else is wrong
        if (edition is not null)
            collection = await CollectionRoutes.Named(context, site, id, edition);
        CollectionRoutes.PointToQueryables(context, collection);
        var parts = new List<FeaturePart>(collection.Sources.Count);
        foreach (var source in collection.Sources)
            parts.Add(await site.Snapshots.Get(source));
        var page = FeaturePage.Find(parts, request.Query);
        if (parameters.WantsHtml)
            await CollectionPages.Items(context, site, collection, page);
        else
            await Write(context, collection, page, request);
    }

    static async Task Write(HttpContext context, FeatureCollection collection, FeaturePage page, ItemsRequest request)
    {
        context.Response.ContentType = CollectionRoutes.GeoJson;
        context.Response.Headers["Content-Crs"] = $"<{request.Crs.Uri}>";
        context.Response.Headers.Vary = "Accept, Accept-Language, Authorization";
        using var buffer = new Utf8Buffer();
        buffer.Raw("{\"type\":\"FeatureCollection\",\"links\":"u8);
        buffer.Text(JsonSerializer.Serialize(Links(context, collection, page), Answer.Camel));
        buffer.Raw(",\"timeStamp\":\""u8);
        buffer.Text(DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        buffer.Raw("\",\"numberMatched\":"u8);
        buffer.Whole(page.Matched);
        buffer.Raw(",\"numberReturned\":"u8);
        buffer.Whole(page.Features.Count);
        buffer.Raw(",\"features\":["u8);
        var writer = new FeatureWriter(buffer, request.Crs, collection.Fields);
        for (var i = 0; i < page.Features.Count; i++)
        {
            if (i > 0)
                buffer.Raw(",\n"u8);
            writer.Write(page.Features[i].Part, page.Features[i].Row);
            if (buffer.Length > PieceSize)
            {
                await context.Response.Body.WriteAsync(buffer.Written, context.RequestAborted);
                buffer.Clear();
            }
        }
        buffer.Raw("]}\n"u8);
        if (!context.Response.HasStarted)
            context.Response.ContentLength = buffer.Length;
        await context.Response.Body.WriteAsync(buffer.Written, context.RequestAborted);
    }

    static List<Link> Links(HttpContext context, FeatureCollection collection, FeaturePage page)
    {
        var links = new List<Link>
        {
            new(Here(context, "json"), "self", CollectionRoutes.GeoJson), new(Here(context, "html"), "alternate", "text/html"),
            new(CollectionRoutes.Address(context, collection.Id), "collection", "application/json"),
        };
        if (Next(context, collection, page, "json") is { } next)
            links.Add(new(next, "next", CollectionRoutes.GeoJson));
        return links;
    }

    /// <summary>The same question, answered in another form.</summary>
    public static string Here(HttpContext context, string form) => context.Base() + context.Request.Path.ToUriComponent() + Query(context, ("f", form));

    /// <summary>The following page of the same edition, whatever has been imported since.</summary>
    public static string? Next(HttpContext context, FeatureCollection collection, FeaturePage page, string form) => page.Next is not { } after ? null
        : context.Base() + context.Request.Path.ToUriComponent() + Query(context, ("f", form), ("edition", collection.Tag), ("after", after.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The query of the request with some parameters set.</summary>
    static string Query(HttpContext context, params (string Name, string Value)[] set)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in context.Request.Query.Where(q => set.All(s => s.Name != q.Key)).Select(q => (q.Key, q.Value.ToString())).Concat(set))
            query.Append(query.Length == 0 ? '?' : '&').Append(UrlEncoder.Default.Encode(name)).Append('=').Append(UrlEncoder.Default.Encode(value));
        return query.ToString();
    }

    static async Task Item(HttpContext context, Site site)
    {
        var parameters = new Parameters(context);
        var edition = parameters.Text("edition");
        var crs = parameters.Read("crs", ItemsRequest.Known) ?? CrsUri.Crs84;
        parameters.Check("json", "html");
        var collection = await CollectionRoutes.Named(context, site, null, edition);
        var id = context.Segment("feature");
        foreach (var source in collection.Sources.Where(s => id.StartsWith(s.Prefix, StringComparison.Ordinal)))
        {
            var part = await site.Snapshots.Get(source);
            if (part.Table.Find(id[source.Prefix.Length..]) is not { } row)
                continue;
            if (parameters.WantsHtml)
                await CollectionPages.Item(context, site, collection, part, row);
            else
                await Write(context, collection, part, row, crs);
            return;
        }
        throw ProblemException.NotFound($"In „{collection.Id}“ gibt es kein Objekt „{id}“.", $"There is no feature \"{id}\" in \"{collection.Id}\".");
    }

    static async Task Write(HttpContext context, FeatureCollection collection, FeaturePart part, int row, CrsUri crs)
    {
        var here = context.Base() + context.Request.Path.ToUriComponent();
        Link[] links = [new(here + "?f=json", "self", CollectionRoutes.GeoJson), new(here + "?f=html", "alternate", "text/html"), new(CollectionRoutes.Address(context, collection.Id), "collection", "application/json")];
        using var buffer = new Utf8Buffer();
        new FeatureWriter(buffer, crs, collection.Fields).Write(part, row, to =>
        {
            to.Raw(",\"links\":"u8);
            to.Text(JsonSerializer.Serialize(links, Answer.Camel));
        });
        context.Response.ContentType = CollectionRoutes.GeoJson;
        context.Response.Headers["Content-Crs"] = $"<{crs.Uri}>";
        context.Response.Headers.Vary = "Accept, Accept-Language, Authorization";
        context.Response.ContentLength = buffer.Length;
        await context.Response.Body.WriteAsync(buffer.Written, context.RequestAborted);
    }
}
