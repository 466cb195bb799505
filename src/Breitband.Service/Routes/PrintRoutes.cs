using Breitband.Analyse;
using Breitband.Print;
using Breitband.Service.Http;
using Breitband.Service.Verbs;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Routes;

/// <summary>Sheets and pictures of the last analysis, as the command line prints them.</summary>
static class PrintRoutes
{
    public static void Map(Router router, Site site)
    {
        router.Get("/print/overview", context => Sheet(context, site, null));
        router.Get("/print/municipality/{key}", context => Sheet(context, site, context.Segment("key")));
        router.Get("/print/place", context => Place(context, site));
        router.Get("/print/map", context => Picture(context, site));
    }

    static async Task Sheet(HttpContext context, Site site, string? municipality)
    {
        var parameters = new Parameters(context);
        var options = Options(parameters, site, municipality is null ? "A3" : "A4");
        var page = (int)parameters.Number("page", 1, 1, 100);
        parameters.Check("pdf", "png", "svg");
        if (options.Released)
            context.Require(Role.Editor); // „freigegeben“ is a promise of the office
        var result = await site.Results.Last();
        if (municipality is not null)
            await ResultRoutes.RequirePlaces(context, site, result);
        using var folder = new WorkFolder();
        var name = municipality is null ? "uebersicht" : "gemeinde";
        var files = await site.OnACore(() => site.Access.Read(store =>
        {
            var whole = options with { Backdrop = Backdrop.Read(store) };
            var path = folder.File($"{name}.{options.Format.ToString().ToLowerInvariant()}");
            return municipality is null ? OverviewSheet.Print(result, whole, path) : MunicipalitySheet.Print(result, municipality, PrintVerb.MeasureAreas(store, result), whole, path);
        }), context.RequestAborted);
        if (page > files.Count)
            throw ProblemException.NotFound($"Das Blatt hat {files.Count} Seiten.", $"The sheet has {files.Count} pages.");
        await Download.Send(context, files[page - 1], inline: true);
    }

    /// <summary>The Auskunft of one place, as <c>explain --out</c> prints it; refused like the answer itself where its evidence is closed.</summary>
    static async Task Place(HttpContext context, Site site)
    {
        var parameters = new Parameters(context);
        var (place, options) = (ResultRoutes.Asked(parameters), Options(parameters, site, "A4-hoch"));
        parameters.Check("pdf", "png", "svg");
        if (options.Released)
            context.Require(Role.Editor);
        await site.Results.Last();
        var reader = context.Reader();
        using var folder = new WorkFolder();
        var files = await site.OnACore(() => site.Access.Read(store =>
        {
            var answer = ResultRoutes.Explained(store, LastRun.Options(store, site.Profiles()), place, reader);
            var shown = answer with { Result = ResultRoutes.Open(answer.Result, context) };
            return PlaceSheet.Print(shown, ExplainVerb.Areas(store, shown), options with { Backdrop = Backdrop.Read(store) }, folder.File($"auskunft.{options.Format.ToString().ToLowerInvariant()}"));
        }), context.RequestAborted);
        await Download.Send(context, files[0], inline: true);
    }

    static async Task Picture(HttpContext context, Site site)
    {
        var parameters = new Parameters(context);
        var (width, height) = parameters.Read("size", text => (object)PrintVerb.Pixels(text)) as (int, int)? ?? (1600, 1200);
        parameters.Check("png");
        var result = await site.Results.Last();
        await ResultRoutes.RequirePlaces(context, site, result);
        var image = await site.OnACore(() => site.Access.Read(store => MapImage.Png(result, StoredResult.Shares(store, result), width, height, context.Language())), context.RequestAborted);
        context.Response.ContentType = "image/png";
        context.Response.ContentLength = image.Length;
        await context.Response.Body.WriteAsync(image, context.RequestAborted);
    }

    static PrintOptions Options(Parameters parameters, Site site, string paper)
    {
        string Short(string name) => parameters.Read(name, text => text.Length <= 200 ? text : throw BreitbandException.WrongUse("höchstens 200 Zeichen", "at most 200 characters")) ?? "";

        var scale = parameters.Read("scale", text => (object?)PrintVerb.Denominator(text));
        var options = new PrintOptions
        {
            PrintDate = DateOnly.FromDateTime(DateTime.Today),
            Paper = parameters.Read("paper", Paper.Parse) ?? Paper.Parse(paper),
            Format = parameters.Context.Request.Query["f"] is [("pdf" or "png" or "svg") and var form] ? PrintOptions.ParseFormat(form) : PrintFormat.Pdf,
            Language = parameters.Context.Language(),
            Contact = Short("contact"),
            SheetId = Short("sheet_id"),
            Released = parameters.Choice("released", "true", "false") == "true",
            Scale = scale as int?,
        };
        return site.Settings.Publisher.Length > 0 ? options with { Publisher = site.Settings.Publisher } : options;
    }
}
