using System.Globalization;
using System.Text.Json;
using Breitband.Analyse;
using Breitband.Service.Features;
using Breitband.Service.Http;
using Breitband.Service.Text;
using Breitband.Tiles;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Routes;

/// <summary>A rule and a choice of measures, asked (what-if) or computed and kept (analyse), as a request brings them.</summary>
static class AnalyseRoutes
{
    public static void Map(Router router, Site site)
    {
        router.Post("/whatif", context => WhatIf(context, site), Role.Anonymous, null);
        router.Post("/analyse", context => Analyse(context, site), Role.Editor, "analyse");
        router.Post("/editions/{number}/live", context => Rollback(context, site), Role.Editor, "rollback");
    }

    /// <summary>What a choice comes to. Changes nothing, so a reader may ask it.</summary>
    static async Task WhatIf(HttpContext context, Site site)
    {
        new Parameters(context).Check();
        var (change, measures, _, (figures, places, gaps)) = await Read(context, site, keeps: false);
        var (_, asked) = await site.Results.Asked();
        await RequirePlaces(context, site, change(asked));
        var whatIf = await site.Results.WhatIf(change);
        var answer = figures || gaps is null ? await site.OnACore(() => whatIf.Answer(measures), context.RequestAborted) : null;
        // The last analysis with every measure by this rule shows what the rule's usual map does: thousands of areas need not be held against each other.
        var stored = gaps == "stored" && !(asked.Measures.All && Results.SameRules(asked, change(asked))) ? await Stored(context, site) : null;
        var changes = gaps is null ? null : await site.OnACore(() => stored is null ? BesideUsual(whatIf, measures) : GapChanges.Of(stored, whatIf.Gaps(measures)), context.RequestAborted);
        await ResultRoutes.Send(context, ResultJson.WhatIf(answer, whatIf.Options, context.Language(), places, changes));
    }

    /// <summary>As <c>breitband analyse</c>: computes on the live editions and keeps the result.</summary>
    static async Task Analyse(HttpContext context, Site site)
    {
        new Parameters(context).Check();
        var (change, measures, compare, _) = await Read(context, site, keeps: true);
        var options = change(new(site.Profiles().Get(null), Basis.Best, measures, DateOnly.FromDateTime(DateTime.Today)));
        await RequirePlaces(context, site, options); // before anything is kept: a refusal changes nothing
        var sees = context.Reader().Sees;
        var result = await site.Change(context, store => GapEngine.RunAndSave(store, options, compare is null ? null : EditionComparison.Find(store, compare, sees),
            site.Results.Now(store), now => site.Results.Computed(now, options)));
        await ResultRoutes.Send(context, ResultJson.Analysis(ResultRoutes.Open(result, context), context.Language()));
    }

    /// <summary>By the basis asked for and the editions live now; that of the last run says nothing of this one.</summary>
    static async Task RequirePlaces(HttpContext context, Site site, AnalysisOptions options) =>
        ResultAccess.Require(context.Reader(), ResultAccess.Needed(await site.Catalogue.Now(), options.Basis));

    static async Task<(Func<AnalysisOptions, AnalysisOptions> Change, MeasureChoice Measures, string? Compare, (bool Figures, bool Places, string? Gaps) Told)> Read(HttpContext context, Site site, bool keeps)
    {
        using var body = await Body.Json(context);
        var fields = new Fields(body.RootElement);
        var (profile, basis) = (fields.Read("profile", v => site.Profiles().Get(v.GetString())), fields.Read("basis", v => (object)BasisOf(v.GetString() ?? "")));
        var measures = fields.Read("measures", MeasuresOf) ?? MeasureChoice.Every;
        var day = keeps ? fields.Read("as_of", v => (object?)Session.Date(v.GetString(), "as_of")) : null;
        var compare = keeps ? fields.Text("compare") : null;
        var told = keeps ? default : (fields.Flag("figures", usual: true), fields.Flag("places"), (string?)fields.Read("gaps", v => MapOf(v.GetString() ?? "")));
        fields.Check();
        return (o => o with { Profile = profile ?? o.Profile, Basis = basis as Basis? ?? o.Basis, AsOf = day as DateOnly? ?? o.AsOf }, measures, compare, told);
    }

    /// <summary>Makes an earlier edition of its dataset the live one again; nothing is deleted.</summary>
    static async Task Rollback(HttpContext context, Site site)
    {
        new Parameters(context).Check();
        var contents = await site.Catalogue.Now();
        var edition = int.TryParse((string)context.Request.RouteValues["number"]!, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? contents.Editions.FirstOrDefault(e => e.Number == number && e.Disclosure <= context.Reader().Sees) : null;
        if (edition is null)
            throw ProblemException.NotFound("Diesen Datenstand gibt es nicht.", "There is no such edition.");
        var live = await site.Change(context, store => store.Rollback(edition.Dataset, edition.Number));
        await ResultRoutes.Send(context, EditionsJson.Of([live], fileNamesOnly: true));
    }

    static MeasureChoice MeasuresOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() == "all" => MeasureChoice.Every,
        JsonValueKind.String when value.GetString() == "none" => MeasureChoice.None,
        JsonValueKind.Array when value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String) => new(false, [.. value.EnumerateArray().Select(v => v.GetString()!)]),
        _ => throw BreitbandException.WrongUse("„all“, „none“ oder eine Liste von Kennungen", "\"all\", \"none\" or a list of ids"),
    };

    static async Task<GapMap> Stored(HttpContext context, Site site)
    {
        var last = await site.Results.Last();
        await ResultRoutes.RequirePlaces(context, site, last); // its evidence may be closed to whom the asked one is open
        return GapMap.Of(last.GapAreas);
    }

    /// <summary>What a map of the same rule and basis with every measure must show otherwise to show the gaps of a choice.</summary>
    public static GapChanges BesideUsual(WhatIf whatIf, MeasureChoice measures)
    {
        var (was, now) = whatIf.Beside(measures);
        return GapChanges.Of(GapMap.Of(whatIf.Usual), was, now);
    }

    /// <summary>Which gap areas the asker's map shows: those of the last analysis, or those of the same rule and basis with every measure.</summary>
    static string MapOf(string text) => text is "stored" or "rule" ? text : throw BreitbandException.WrongUse("„stored“ oder „rule“", "\"stored\" or \"rule\"");

    static Basis BasisOf(string text) => Enum.GetValues<Basis>().Where(b => b.Code() == text).Select(b => (Basis?)b).FirstOrDefault() ?? throw BreitbandException.WrongUse(
        $"die Grundlage „{text}“ gibt es nicht. {Suggest.German(text, ["atlas", "mev", "best"])}", $"there is no basis \"{text}\". {Suggest.English(text, ["atlas", "mev", "best"])}");
}
