using System.IO.Compression;
using System.Text.Json.Nodes;
using Breitband.Service.Http;
using Breitband.Tiles;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Breitband.Service.Routes;

/// <summary>
/// Vector tiles of the map by OGC API Tiles (WebMercatorQuad) and TileJSON 3. The edition stands in a tile's address: what a cache holds is
/// never of another edition, and may be held for ever.
/// </summary>
static class TileRoutes
{
    public const string Mvt = "application/vnd.mapbox-vector-tile";

    public const string Matrix = "WebMercatorQuad";

    const string MatrixUri = $"http://www.opengis.net/def/tilematrixset/OGC/1.0/{Matrix}";

    public static void Map(Router router, Site site)
    {
        router.Get("/tiles", context => Sets(context, site));
        router.Get($"/tiles/{Matrix}", context => Set(context, site));
        router.Get("/tilejson", context => TileJson(context, site));
        router.Get($"/tiles/{Matrix}/{{z}}/{{row}}/{{column}}", context => Tile(context, site));
    }

    /// <exception cref="ProblemException">503: the first pyramid is still being made or cannot be; 404: the store holds nothing for these readers.</exception>
    public static async Task<Pyramid> Current(HttpContext context, Site site)
    {
        var sees = context.Reader().Sees;
        if (await site.Pyramids.Current(sees) is { } pyramid)
            return pyramid;
        if (site.Pyramids.Meanwhile(sees) is { } meanwhile)
            return meanwhile;
        // A county takes seconds: worth a short wait, so that the first to look sees a map.
        await Task.WhenAny(site.Pyramids.Made(sees), Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted));
        return await site.Pyramids.Current(sees) ?? throw site.Pyramids.Fault(sees) ?? new ProblemException(503, new("Die Kacheln der Karte werden gerade gebaut. Bitte in einer Minute noch einmal.", "The map's tiles are being made. Please try again in a minute."));
    }

    static async Task Sets(HttpContext context, Site site)
    {
        new Parameters(context).Check("json");
        var pyramid = await Current(context, site);
        await Answer.Json(context, new { tilesets = new[] { Described(context, pyramid) }, links = new Link[] { new($"{context.Base()}/tiles", "self", "application/json") } });
    }

    static async Task Set(HttpContext context, Site site)
    {
        new Parameters(context).Check("json");
        var described = Described(context, await Current(context, site));
        context.Response.Headers.CacheControl = "no-cache";
        await Answer.Json(context, described);
    }

    static object Described(HttpContext context, Pyramid pyramid)
    {
        var (root, bounds) = (context.Base(), pyramid.Bounds);
        return new
        {
            title = pyramid.Metadata["name"],
            attribution = pyramid.Metadata["attribution"],
            dataType = "vector",
            crs = "http://www.opengis.net/def/crs/EPSG/0/3857",
            tileMatrixSetURI = MatrixUri,
            tileMatrixSetId = Matrix,
            boundingBox = new { lowerLeft = new[] { bounds[0], bounds[1] }, upperRight = new[] { bounds[2], bounds[3] }, crs = "http://www.opengis.net/def/crs/OGC/1.3/CRS84" },
            tileMatrixSetLimits = Enumerable.Range(pyramid.First, pyramid.Last - pyramid.First + 1).Select(zoom => Limits(bounds, zoom)),
            layers = JsonNode.Parse(pyramid.Metadata["json"])!["vector_layers"]!.AsArray().Select(l => new { id = (string)l!["id"]!, dataType = "vector", minTileMatrix = $"{l["minzoom"]}", maxTileMatrix = $"{l["maxzoom"]}" }),
            edition = pyramid.Edition,
            links = new[]
            {
                new Link($"{root}/tiles/{Matrix}", "self", "application/json"),
                new Link(Template($"{root}/tiles", pyramid, "{tileMatrix}/{tileRow}/{tileCol}"), "item", Mvt, Templated: true),
                new Link($"{root}/tilejson", "describedby", "application/json"),
                new Link(MatrixUri, "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme", "application/json"),
            },
        };
    }

    /// <summary>The tiles of a level that show something.</summary>
    static object Limits(double[] bounds, int zoom)
    {
        var (northwest, southeast) = (At(bounds[0], bounds[3]), At(bounds[2], bounds[1]));
        return new { tileMatrix = $"{zoom}", minTileRow = northwest.Row, maxTileRow = southeast.Row, minTileCol = northwest.Column, maxTileCol = southeast.Column };

        (int Column, int Row) At(double longitude, double latitude)
        {
            var (x, y) = Crs.Transform(Crs.Geographic, Crs.WebMercator)(longitude, latitude);
            var world = TileAddress.World(x, y);
            return ((int)(world.X * (1 << zoom)), (int)(world.Y * (1 << zoom)));
        }
    }

    static string Template(string tiles, Pyramid pyramid, string place) => $"{tiles}/{Matrix}/{place}?edition={pyramid.Edition}";

    static async Task TileJson(HttpContext context, Site site)
    {
        new Parameters(context).Check("json");
        await SendTileJson(context, await Current(context, site), $"{context.Base()}/tiles");
    }

    /// <param name="tiles">What the addresses of the tiles begin with.</param>
    public static async Task SendTileJson(HttpContext context, Pyramid pyramid, string tiles)
    {
        context.Response.Headers.CacheControl = "no-cache";
        await Answer.Text(context, TileJson(pyramid, Template(tiles, pyramid, "{z}/{y}/{x}")).ToJsonString(), "application/json");
    }

    /// <param name="template">The address of a tile with {z}, {x} and {y}.</param>
    public static JsonObject TileJson(Pyramid pyramid, string template) => new()
    {
        ["tilejson"] = "3.0.0",
        ["name"] = pyramid.Metadata["name"],
        ["version"] = "1.0.0",
        ["tiles"] = new JsonArray(template),
        ["bounds"] = new JsonArray([.. pyramid.Bounds.Select(b => JsonValue.Create(b))]),
        ["minzoom"] = pyramid.First,
        ["maxzoom"] = pyramid.Last,
        ["attribution"] = pyramid.Metadata["attribution"],
        ["vector_layers"] = JsonNode.Parse(pyramid.Metadata["json"])!["vector_layers"]!.DeepClone(),
    };

    static async Task Tile(HttpContext context, Site site)
    {
        Asked(context); // what does not exist is not worth waiting for
        var pyramid = await Current(context, site);
        try
        {
            await SendTile(context, pyramid);
        }
        catch (BreitbandException) when (pyramid.Released)
        {
            // Replaced between being found and being read.
            await SendTile(context, await Current(context, site));
        }
    }

    public static async Task SendTile(HttpContext context, Pyramid pyramid)
    {
        var (tile, edition) = (Asked(context), context.Request.Query["edition"].ToString());
        if (tile.Zoom < pyramid.First || tile.Zoom > pyramid.Last)
            throw ProblemException.NotFound($"Kacheln gibt es von Zoom {pyramid.First} bis {pyramid.Last}; tiefer vergrößert der Leser.", $"There are tiles from zoom {pyramid.First} to {pyramid.Last}; beyond, readers enlarge them.");
        Head(context, pyramid, edition);
        if (context.Response.StatusCode == 304)
            return;
        if (pyramid.Read(tile) is not { } packed)
        {
            context.Response.StatusCode = 204;
            return;
        }
        await Send(context, packed);
    }

    /// <summary>What caches are told of a tile; the status is 304 where the reader has it.</summary>
    /// <param name="edition">As the address names it; empty where it does not.</param>
    public static void Head(HttpContext context, Pyramid pyramid, string edition)
    {
        if (edition.Length > 0 && edition != pyramid.Edition)
            throw new ProblemException(410, new("Diese Ausgabe der Karte gibt es nicht mehr; die heutige nennt /tilejson.", "This edition of the map is no more; /tilejson names today's."));
        var headers = context.Response.Headers;
        headers.ETag = $"\"{pyramid.Edition}\"";
        headers.Vary = "Accept-Encoding, Authorization, Cookie";
        // What only some may see stays out of shared caches.
        var shared = pyramid.Metadata["disclosure"] == Disclosure.Public.Code() ? "public" : "private";
        headers.CacheControl = edition.Length > 0 ? $"{shared}, max-age=31536000, immutable" : "no-cache";
        if (Has(context, headers.ETag!))
            context.Response.StatusCode = 304;
    }

    /// <summary>Whether the reader has what a tag names: by weak comparison, as RFC 9110 has it for If-None-Match.</summary>
    public static bool Has(HttpContext context, string tag) =>
        context.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Tag == tag);

    public static TileAddress Asked(HttpContext context)
    {
        int? Number(string name) => int.TryParse((string?)context.Request.RouteValues[name], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : null;
        if (Number("z") is not { } z || Number("row") is not { } row || Number("column") is not { } column || new TileAddress(z, column, row) is not { Exists: true } tile)
            throw ProblemException.NotFound("Diese Kachel gibt es in WebMercatorQuad nicht.", "There is no such tile in WebMercatorQuad.");
        return tile;
    }

    static async Task Send(HttpContext context, byte[] packed)
    {
        context.Response.ContentType = Mvt;
        if (context.Request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && e.Quality != 0))
        {
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.ContentLength = packed.Length;
            await context.Response.Body.WriteAsync(packed, context.RequestAborted);
            return;
        }
        await using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        await gzip.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
