using System.Text.Json.Nodes;
using Breitband.Analyse;
using Breitband.Service.Features;
using Breitband.Service.Html;
using Breitband.Service.Http;
using Breitband.Service.Maps;
using Breitband.Service.Text;
using Breitband.Store;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Routes;

/// <summary>Results, as the command line writes them: the same text.</summary>
static class ResultRoutes
{
    public static void Map(Router router, Site site)
    {
        router.Get("/results", context => Analysis(context, site));
        router.Get("/stats", context => Stats(context, site));
        router.Get("/probe", context => OfProbe(context, site));
        router.Get("/explain", context => OfPlace(context, site));
        router.Get("/comparison", context => Compare(context, site));
        router.Get("/editions", context => Editions(context, site));
    }

    /// <summary>The ranking names single places, the measures what each of them lifts.</summary>
    static async Task Analysis(HttpContext context, Site site)
    {
        new Parameters(context).Check("json");
        var result = await site.Results.Last();
        await RequirePlaces(context, site, result);
        await Send(context, ResultJson.Analysis(Open(result, context), context.Language()));
    }

    /// <summary>The result as it may leave: files without the folders of this machine, datasets the reader may know of.</summary>
    public static GapResult Open(GapResult result, HttpContext context) => result with
    {
        Editions = Open(result.Editions, context.Reader()),
        Comparison = result.Comparison is { } c && c.Needed <= context.Reader().Sees ? c : null,
    };

    static IReadOnlyList<EditionStamp> Open(IEnumerable<EditionStamp> editions, Reader reader) => [.. editions.Where(e => e.Disclosure <= reader.Sees).Select(e => e with { File = Path.GetFileName(e.File) })];

    public static async Task RequirePlaces(HttpContext context, Site site, GapResult result) =>
        ResultAccess.Require(context.Reader(), ResultAccess.Needed(await site.Catalogue.Now(), result));

    static async Task Stats(HttpContext context, Site site)
    {
        var parameters = new Parameters(context);
        var level = parameters.Choice("by", StatsRows.Levels) ?? "municipality";
        var bare = parameters.Choice("facts", ["yes", "no"]) == "no";
        parameters.Check("json", "csv", "xlsx", "html");
        var result = await site.Results.Last();
        if (StatsRows.ShowsPlaces(level))
            await RequirePlaces(context, site, result);
        var rows = StatsRows.Of(result, level);
        if (parameters.WantsHtml)
            await StatsPage.Send(context, site, result, rows, level);
        else if (context.Request.Query["f"].ToString() is "csv" or "xlsx")
            await Table(context, site, result, rows, level);
        else
            await Send(context, bare ? ResultJson.Stats(Open(result, context), rows) : ResultJson.Stats(Open(result, context), rows, await site.Results.Facts(context.Reader().Sees), context.Language()));
    }

    static async Task Table(HttpContext context, Site site, GapResult result, IReadOnlyList<AreaResult> rows, string level)
    {
        var (form, facts) = (context.Request.Query["f"].ToString(), await site.Results.Facts(context.Reader().Sees));
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"breitband-{level}.{form}\"";
        if (form == "xlsx")
            await Answer.Bytes(context, StatsWorkbook.Of(Open(result, context), rows, facts, context.Language(), StatsRows.ShowsPlaces(level)), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        else
        {
            var (columns, cells) = StatsTable.Of(Open(result, context), rows, facts, context.Language());
            await Answer.Text(context, StatsCsv.Of(columns, cells, context.Language()), "text/csv; charset=utf-8");
        }
    }

    /// <summary>
    /// Gained and lost since an earlier edition, in sums that may always be shown; both editions must be such as the reader may know of. With
    /// <c>map=true</c> also the addresses of the style and the tiles that show it.
    /// </summary>
    static async Task Compare(HttpContext context, Site site)
    {
        var parameters = new Parameters(context);
        var map = parameters.Choice("map", "true", "false") == "true";
        var (choice, other) = await Compared(context, site, parameters, "json");
        var (reader, language) = (context.Reader(), context.Language());
        if (!map)
        {
            await Send(context, ResultJson.Comparison(await Told(site, reader, choice, other), language));
            return;
        }
        var view = await site.Views.Changes(choice, other, reader.Sees);
        var answer = JsonNode.Parse(ResultJson.Comparison(await Told(site, reader, choice, other), language))!.AsObject();
        answer["run"] = view.Run;
        answer["withheld"] = view.Withheld?.In(language);
        answer["tilejson"] = $"{context.Base()}/views/{view.Run}/tilejson";
        answer["style"] = $"{context.Base()}/map/style.json?lang={(language == Language.De ? "de" : "en")}&view={view.Run}";
        await Send(context, answer.ToJsonString());
    }

    /// <summary>The two editions a request names, and the rule they are held against each other under. Every other parameter has been read.</summary>
    public static async Task<(ViewChoice Choice, Edition Other)> Compared(HttpContext context, Site site, Parameters parameters, params string[] forms)
    {
        var (with, to) = (parameters.Text("with") ?? "", parameters.Text("to") ?? "");
        if (with.Length == 0)
            parameters.Wrong("with", "es fehlt Nummer oder Tag eines früheren Datenstands", "number or date of an earlier edition is missing");
        var profile = parameters.Read("profile", site.Profiles().Get);
        var basis = parameters.Choice("basis", [.. Enum.GetValues<Basis>().Select(b => b.Code())]);
        parameters.Check(forms);
        var (_, options) = await site.Results.Asked();
        var sees = context.Reader().Sees;
        var (one, other) = await site.OnACore(() => site.Access.Read(store => EditionComparison.Pair(store, with, to, sees)), context.RequestAborted);
        return (new(profile ?? options.Profile, basis is null ? options.Basis : Enum.GetValues<Basis>().First(b => b.Code() == basis), one), other);
    }

    /// <summary>Without what a reader may not know of: single places, datasets.</summary>
    public static async Task<Comparison> Told(Site site, Reader reader, ViewChoice choice, Edition other)
    {
        var comparison = await site.Views.Compared(choice, other);
        var places = ResultAccess.Needed(await site.Catalogue.Now(), choice.Basis) <= reader.Sees;
        comparison = comparison with { Editions = Open(comparison.Editions, reader) };
        return places ? comparison : comparison with { Rows = [.. comparison.Rows.Where(r => r.Level <= AreaLevel.Municipality)] };
    }

    static async Task OfProbe(HttpContext context, Site site)
    {
        new Parameters(context).Check("json");
        var result = await site.Results.Last();
        var (county, _) = await site.Results.Asked();
        var report = await site.OnACore(() => Probe.Run(county, result), context.RequestAborted);
        await Send(context, ResultJson.Probe(report, context.Language()));
    }

    static async Task OfPlace(HttpContext context, Site site)
    {
        var parameters = new Parameters(context);
        var place = Asked(parameters);
        var (reader, contents) = (context.Reader(), await site.Catalogue.Now());
        var rule = ViewRoutes.Chosen(parameters, site, contents, reader.Sees);
        await site.Results.Last();
        var explanation = await site.OnACore(() => site.Access.Read(store => Explained(store, site, rule, contents, place, reader)), context.RequestAborted);
        await Send(context, ResultJson.Explain(explanation, context.Language()));
    }

    /// <summary>The place a question is about.</summary>
    public static string Asked(Parameters parameters)
    {
        var place = parameters.Text("place") ?? "";
        if (string.IsNullOrWhiteSpace(place) || place.Length > 200)
            parameters.Wrong("place", "es fehlt eine Adresse, Koordinate oder Kennung bis 200 Zeichen", "an address, coordinate or key of up to 200 characters is missing");
        return place;
    }

    /// <summary>Only the evidence of this place and the measures that reach it matter; the store's own refusal speaks of the command line's options.</summary>
    /// <param name="rule">What it leaves open is the last analysis'.</param>
    public static Explanation Explained(Breitband.Store.Store store, Site site, (Profile? Profile, Basis? Basis, Edition? With) rule, Contents contents, string place, Reader reader)
    {
        var last = LastRun.Options(store, site.Profiles());
        var explanation = Explain.Run(store, last with { Profile = rule.Profile ?? last.Profile, Basis = rule.Basis ?? last.Basis, Editions = rule.With is { } earlier ? Views.Editions(contents.Editions, earlier) : null }, place);
        try
        {
            return ResultDisclosure.Shown(store, explanation, reader.Sees);
        }
        catch (BreitbandException e) when (e.Outcome == Outcome.InputRefused)
        {
            throw ResultAccess.Closed(reader);
        }
    }

    static async Task Editions(HttpContext context, Site site)
    {
        new Parameters(context).Check("json");
        var contents = await site.Catalogue.Now();
        await Send(context, EditionsJson.Of(contents.Editions.Where(e => e.Disclosure <= context.Reader().Sees), fileNamesOnly: true));
    }

    public static Task Send(HttpContext context, string json)
    {
        context.Response.Headers.CacheControl = "no-cache";
        return Answer.Text(context, json + "\n", "application/json");
    }
}
