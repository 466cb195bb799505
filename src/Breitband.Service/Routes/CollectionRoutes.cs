using Breitband.Service.Features;
using Breitband.Service.Html;
using Breitband.Service.Http;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Routes;

/// <summary>Which collections there are for a reader, where they lie, from when and from whom they are, and what they can be filtered by.</summary>
static class CollectionRoutes
{
    public const string GeoJson = "application/geo+json";

    const string QueryablesRelation = "http://www.opengis.net/def/rel/ogc/1.0/queryables";

    public static void Map(Router router, Site site)
    {
        router.Get("/collections", context => All(context, site));
        router.Get("/collections/{id}", context => One(context, site));
        router.Get("/collections/{id}/queryables", context => Queryables(context, site));
    }

    /// <summary>The collection of the address, as of the edition asked for.</summary>
    /// <exception cref="ProblemException">404: there is none, or none for this reader.</exception>
    public static async Task<FeatureCollection> Named(HttpContext context, Site site, string? id = null, string? edition = null)
    {
        var contents = await site.Catalogue.Now();
        var name = id ?? context.Segment("id");
        var sees = context.Reader().Sees;
        if (Collections.Find(contents, name, sees, edition, site.Snapshots) is { } found)
            return found;
        var known = Collections.All(contents, sees).Select(c => c.Id).ToList();
        throw ProblemException.NotFound($"Die Ebene „{name}“ gibt es nicht oder sie ist nicht {sees.Code()}. {Suggest.German(name, known)}", $"There is no collection \"{name}\", or it is not open to you. {Suggest.English(name, known)}");
    }

    static async Task All(HttpContext context, Site site)
    {
        var parameters = new Parameters(context);
        parameters.Check("json", "html");
        var (root, contents) = (context.Base(), await site.Catalogue.Now());
        var collections = Collections.All(contents, context.Reader().Sees);
        if (parameters.WantsHtml)
        {
            await CollectionPages.All(context, site, collections);
            return;
        }
        var described = new List<object>();
        foreach (var collection in collections)
            described.Add(await Described(context, site, collection, "#/crs"));
        await Answer.Json(context, new
        {
            links = new Link[] { new($"{root}/collections?f=json", "self", "application/json"), new($"{root}/collections?f=html", "alternate", "text/html") },
            crs = CrsUri.All.Select(c => c.Uri),
            collections = described,
        });
    }

    static async Task One(HttpContext context, Site site)
    {
        var parameters = new Parameters(context);
        parameters.Check("json", "html");
        var collection = await Named(context, site);
        if (parameters.WantsHtml)
            await CollectionPages.One(context, site, collection);
        else
            await Answer.Json(context, await Described(context, site, collection, [.. CrsUri.All.Select(c => c.Uri)]));
    }

    /// <summary>Around all parts, degrees, rounded outwards; null when nothing has a place.</summary>
    public static async Task<(double[]? Box, long Count)> Extent(Site site, FeatureCollection collection)
    {
        var (around, count) = (Box.Empty, 0L);
        foreach (var source in collection.Sources)
        {
            var (extent, features) = await site.Snapshots.Facts(source);
            (around, count) = (extent.IsEmpty ? around : around.And(extent), count + features);
        }
        return (around.IsEmpty ? null : [(around.MinX - 1) / Box.Unit, (around.MinY - 1) / Box.Unit, (around.MaxX + 1) / Box.Unit, (around.MaxY + 1) / Box.Unit], count);
    }

    static async Task<object> Described(HttpContext context, Site site, FeatureCollection collection, params string[] crs)
    {
        var (language, here) = (context.Language(), Address(context, collection.Id));
        var (box, count) = await Extent(site, collection);
        return new
        {
            id = collection.Id,
            title = collection.Title.In(language),
            description = string.Join(" ", collection.Notes.Select(n => n.In(language)).Prepend(collection.Synthetic ? new Phrase("Demonstrationsdaten.", "Demonstration data.").In(language) : "")).Trim(),
            itemType = "feature",
            attribution = string.Join("; ", collection.Attribution),
            extent = new
            {
                spatial = box is null ? null : new { bbox = new[] { box }, crs = CrsUri.Crs84.Uri },
                temporal = collection.Period is not { } period ? null : new { interval = new[] { new[] { Instant(period.From), Instant(period.To) } }, trs = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian" },
            },
            crs,
            storageCrs = CrsUri.Stored.Uri,
            numberOfFeatures = count,
            disclosure = collection.Disclosure.Code(),
            synthetic = collection.Synthetic,
            editions = collection.Editions.Select(e => new { dataset = e.Dataset.ToString(), e.Number, e.Date, e.Live, licence = e.Licence.Id, licenceUrl = e.Licence.Url, e.Licence.Attribution }),
            links = Links(here, collection, language),
        };
    }

    static IEnumerable<Link> Links(string here, FeatureCollection collection, Language language) => new Link[]
    {
        new($"{here}?f=json", "self", "application/json"), new($"{here}?f=html", "alternate", "text/html"),
        new($"{here}/items?f=json", "items", GeoJson, new Phrase("Objekte als GeoJSON", "Features as GeoJSON").In(language)), new($"{here}/items?f=html", "items", "text/html", new Phrase("Objekte als HTML", "Features as HTML").In(language)),
        new($"{here}/queryables", QueryablesRelation, "application/schema+json"), new($"{here}/queryables", "queryables", "application/schema+json"),
    }.Concat(collection.Editions.Where(e => Uri.TryCreate(e.Licence.Url, UriKind.Absolute, out _)).DistinctBy(e => e.Licence.Url).Select(e => new Link(e.Licence.Url, "license", "text/html", e.Licence.Id)));

    /// <summary>A dataset's id holds a colon, which a path may; anything else a supplier wrote is escaped.</summary>
    public static string Address(HttpContext context, string id) => $"{context.Base()}/collections/{Uri.EscapeDataString(id).Replace("%3A", ":", StringComparison.Ordinal)}";

    /// <summary>What can be filtered says by what, so that a program that asks for the head only learns it.</summary>
    public static void PointToQueryables(HttpContext context, FeatureCollection collection) => context.Response.Headers.Link = $"<{Address(context, collection.Id)}/queryables>; rel=\"{QueryablesRelation}\"";

    static string Instant(DateOnly day) => FormattableString.Invariant($"{day:yyyy-MM-dd}T00:00:00Z");

    static async Task Queryables(HttpContext context, Site site)
    {
        var parameters = new Parameters(context);
        parameters.Check("json", "html");
        var collection = await Named(context, site);
        if (parameters.WantsHtml)
            await CollectionPages.Queryables(context, site, collection);
        else
            await Answer.Json(context, QueryableSchema.Of(collection, $"{Address(context, collection.Id)}/queryables", context.Language()), "application/schema+json");
    }
}
