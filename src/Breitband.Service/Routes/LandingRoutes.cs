using Breitband.Service.Features;
using Breitband.Service.Html;
using Breitband.Service.Http;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Routes;

/// <summary>Where a reader arrives: the landing page, what we conform to, the description of the interface.</summary>
static class LandingRoutes
{
    const string OpenApiType = "application/vnd.oai.openapi+json;version=3.0";

    /// <summary>The name S_INTERSECTS had in the drafts of CQL2. QGIS looks for this one and filters geometries itself where it is missing.</summary>
    const string BasicSpatialAsQgisKnowsIt = "basic-spatial-operators";

    public static readonly IReadOnlyList<string> Conformance =
    [
        .. new[] { "core", "oas30", "html", "geojson" }.Select(c => $"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{c}"),
        "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
        .. new[] { "queryables", "queryables-query-parameters", "filter", "features-filter" }.Select(c => $"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/{c}"),
        .. new[] { "core", "tileset", "tilesets-list", "geodata-tilesets", "mvt" }.Select(c => $"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/{c}"),
        .. new[] { "cql2-text", "basic-cql2", "advanced-comparison-operators", "case-insensitive-comparison", "basic-spatial-functions", BasicSpatialAsQgisKnowsIt, "basic-spatial-functions-plus", "spatial-functions", "property-property", "arithmetic" }
            .Select(c => $"http://www.opengis.net/spec/cql2/1.0/conf/{c}"),
    ];

    public static void Map(Router router, Site site)
    {
        router.Get("/", context => Landing(context, site));
        router.Get("/conformance", context => Conforms(context, site));
        router.Get("/api", context => Api(context, site));
    }

    static async Task Landing(HttpContext context, Site site)
    {
        var parameters = new Parameters(context);
        parameters.Check("json", "html");
        if (parameters.WantsHtml)
            await StartPage.Send(context, site);
        else
        {
            var (root, language) = (context.Base(), context.Language());
            var contents = await site.Catalogue.Now();
            await Answer.Json(context, new
            {
                title = new Phrase($"Breitbandversorgung, Kreis {contents.County}", $"Broadband coverage, county {contents.County}").In(language),
                description = new Phrase("Versorgungslücken, Versorgung, Siedlungen und Maßnahmen. Kein Förderanspruch, ersetzt kein Markterkundungsverfahren.",
                    "Coverage gaps, coverage, settlements and measures. No claim to funding, no substitute for a market consultation.").In(language),
                attribution = string.Join("; ", Collections.All(contents, context.Reader().Sees).SelectMany(c => c.Attribution).Distinct()),
                links = new Link[]
                {
                    new($"{root}/?f=json", "self", "application/json"), new($"{root}/?f=html", "alternate", "text/html"),
                    new($"{root}/api?f=json", "service-desc", OpenApiType), new($"{root}/api?f=html", "service-doc", "text/html"),
                    new($"{root}/conformance", "conformance", "application/json"), new($"{root}/conformance", "http://www.opengis.net/def/rel/ogc/1.0/conformance", "application/json"),
                    new($"{root}/collections", "data", "application/json"), new($"{root}/collections", "http://www.opengis.net/def/rel/ogc/1.0/data", "application/json"),
                    new($"{root}/tiles", "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector", "application/json"), new($"{root}/tilejson", "alternate", "application/json", "TileJSON"),
                },
            });
        }
    }

    static Task Conforms(HttpContext context, Site site)
    {
        var parameters = new Parameters(context);
        parameters.Check("json", "html");
        if (!parameters.WantsHtml)
            return Answer.Json(context, new { conformsTo = Conformance });
        var page = new Page(context, new Phrase("Erfüllte Standards", "Conformance").In(context.Language()));
        return page.List(Conformance.Select(c => Page.Link(c, c))).Send(site.Settings, $"{context.Base()}/conformance?f=json");
    }

    static async Task Api(HttpContext context, Site site)
    {
        var parameters = new Parameters(context);
        parameters.Check("json", "html");
        var contents = await site.Catalogue.Now();
        if (parameters.WantsHtml)
            await ApiPage.Send(context, site, Collections.All(contents, context.Reader().Sees));
        else
            await Answer.Text(context, OpenApi.Document(context.Base(), Collections.All(contents, context.Reader().Sees), context.Language()), OpenApiType);
    }
}
