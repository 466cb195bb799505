using System.Text.Json.Nodes;
using Breitband.Service.Features;
using Breitband.Service.Http;
using Breitband.Service.Maps;
using Breitband.Service.Text;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Routes;

/// <summary>
/// Another rule, another basis or an earlier edition on the map: computed when it is asked for, nothing of it is stored as an analysis. Its
/// tiles have an address of their own, so that they never mix with those of the last analysis.
/// </summary>
static class ViewRoutes
{
    public static void Map(Router router, Site site)
    {
        router.Get("/views", context => Show(context, site));
        router.Get("/views/{run}/tilejson", context => TileJson(context, site));
        router.Get($"/views/{{run}}/tiles/{TileRoutes.Matrix}/{{z}}/{{row}}/{{column}}", context => Tile(context, site));
    }

    static async Task Show(HttpContext context, Site site)
    {
        var (sees, contents) = (context.Reader().Sees, await site.Catalogue.Now());
        var (_, options) = await site.Results.Asked();
        var chosen = Chosen(new(context), site, contents, sees);
        var (profile, basis, earlier) = (chosen.Profile ?? options.Profile, chosen.Basis ?? options.Basis, chosen.With);
        var last = earlier is null && profile.Key == options.Profile.Key && basis == options.Basis;
        var view = last ? null : await site.Views.Get(new(profile, basis, earlier), sees);
        var whole = view?.Result ?? await site.Results.Last();
        var result = ResultRoutes.Open(whole, context);
        var answer = JsonNode.Parse(ResultJson.Stats(result, [.. result.Rows.Where(r => r.Level is AreaLevel.County or AreaLevel.Municipality)]))!.AsObject();
        if (ResultAccess.Needed(contents, whole) <= sees) // what a measure lifts tells of single places
            answer["measures"] = new JsonArray([.. result.Measures.Select(m => JsonNode.Parse(Json.Write(ResultJson.Measure(m, context.Language()))))]);
        answer["last"] = last;
        answer["with"] = earlier?.Number;
        answer["withheld"] = view?.Withheld?.In(context.Language());
        answer["tilejson"] = last ? $"{context.Base()}/tilejson" : $"{context.Base()}/views/{view!.Run}/tilejson";
        answer["style"] = $"{context.Base()}/map/style.json?lang={(context.Language() == Language.De ? "de" : "en")}{(last ? "" : $"&view={view!.Run}")}";
        await ResultRoutes.Send(context, answer.ToJsonString());
    }

    /// <summary>The rule a request names, null for what it leaves to the last analysis; an earlier edition only if the reader may know of it.</summary>
    /// <param name="forms">What <c>f</c> may be; JSON where nothing is said. Every other parameter has been read.</param>
    public static (Profile? Profile, Basis? Basis, Edition? With) Chosen(Parameters parameters, Site site, Contents contents, Disclosure sees, params string[] forms)
    {
        var profile = parameters.Read("profile", site.Profiles().Get);
        var basis = parameters.Choice("basis", [.. Enum.GetValues<Basis>().Select(b => b.Code())]);
        var with = parameters.Number("with", 0, 1, int.MaxValue);
        parameters.Check(forms is [] ? ["json"] : forms);
        var earlier = with == 0 ? null : contents.Editions.FirstOrDefault(e => e.Number == with && e.Disclosure <= sees)
            ?? throw ProblemException.NotFound("Diesen Datenstand gibt es nicht.", "There is no such edition.");
        if (earlier is not null && !Choosable(contents.Editions, earlier))
            throw new ProblemException(400, new($"{earlier.Dataset}, Stand {earlier.Date:dd.MM.yyyy}, ist kein früherer Datenstand einer geltenden Versorgung.", $"{earlier.Dataset} of {earlier.Date:yyyy-MM-dd} is no earlier edition of a coverage that is live."));
        return (profile, basis is null ? null : Enum.GetValues<Basis>().First(b => b.Code() == basis), earlier);
    }

    /// <summary>Editions a reader may put in the place of the live one of their dataset.</summary>
    public static bool Choosable(IEnumerable<Edition> editions, Edition earlier) => !earlier.Live && earlier.Dataset.Layer.StartsWith("coverage_", StringComparison.Ordinal)
        && editions.Any(e => e.Live && e.Dataset == earlier.Dataset);

    static MapView Asked(HttpContext context, Site site) => site.Views.Find((string)context.Request.RouteValues["run"]!, context.Reader().Sees)
        ?? throw Gone();

    public static ProblemException Gone() => new(410, new("Diese Ansicht ist nicht mehr da; /views stellt sie neu her.", "This view is no longer there; /views makes it again."));

    static async Task TileJson(HttpContext context, Site site)
    {
        new Parameters(context).Check("json");
        var view = Asked(context, site);
        await TileRoutes.SendTileJson(context, view.Pyramid, $"{context.Base()}/views/{view.Run}/tiles");
    }

    static Task Tile(HttpContext context, Site site) => TileRoutes.SendTile(context, Asked(context, site).Pyramid);
}
