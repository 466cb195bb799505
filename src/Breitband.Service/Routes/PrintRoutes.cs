using Breitband.Analyse;
using Breitband.Print;
using Breitband.Service.Features;
using Breitband.Service.Http;
using Breitband.Service.Verbs;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Routes;

/// <summary>Sheets and pictures of the last analysis, as the command line prints them, or of another threshold, basis or edition.</summary>
static class PrintRoutes
{
    public static void Map(Router router, Site site)
    {
        router.Get("/print/overview", context => Sheet(context, site, new("uebersicht", "A3", Places: false, (_, result, options, path) => OverviewSheet.Print(result, options, path))));
        router.Get("/print/municipality/{key}", context => Sheet(context, site, new("gemeinde", "A4", Places: true,
            (store, result, options, path) => MunicipalitySheet.Print(result, context.Segment("key"), PrintVerb.MeasureAreas(store, result), options, path))));
        router.Get("/print/measure/{key}", context => Sheet(context, site, new("massnahme", "A4", Places: true, (store, result, options, path) => Measure(context, store, result, options, path))));
        router.Get("/print/atlas", context => Sheet(context, site, new("gemeindeblaetter", "A4", Places: true, (store, result, options, path) => CountyBook.Atlas(result, PrintVerb.MeasureAreas(store, result), options, path))));
        router.Get("/print/report", context => Sheet(context, site, new("bericht", "A4", Places: true, (store, result, options, path) => CountyBook.Report(result, PrintVerb.MeasureAreas(store, result), options, path))));
        router.Get("/print/place", context => Place(context, site));
        router.Get("/print/view", context => View(context, site));
        router.Get("/print/change", context => Change(context, site));
        router.Get("/print/map", context => Picture(context, site));
    }

    /// <param name="Places">Whether it shows single places, which not everybody may see.</param>
    sealed record Document(string Name, string Paper, bool Places, Func<Breitband.Store.Store, GapResult, PrintOptions, string, IReadOnlyList<string>> Print);

    static async Task Sheet(HttpContext context, Site site, Document document)
    {
        var parameters = new Parameters(context);
        var options = Options(parameters, site, document.Paper);
        var rule = ViewRoutes.Chosen(parameters, site, await site.Catalogue.Now(), context.Reader().Sees, "pdf", "png", "svg");
        if (options.Released)
            context.Require(Role.Editor); // „freigegeben“ is a promise of the office
        var whole = await Whole(site, rule, null);
        if (document.Places)
            await ResultRoutes.RequirePlaces(context, site, whole);
        var result = ResultRoutes.Open(whole, context);
        using var folder = new WorkFolder();
        var files = await site.OnACore(() => site.Access.Read(store =>
            document.Print(store, result, options with { Backdrop = Backdrop.Read(store) }, folder.File($"{document.Name}.{options.Format.ToString().ToLowerInvariant()}"))), context.RequestAborted);
        await Send(context, files, options);
    }

    /// <summary>The Auskunft of one place, as <c>explain --out</c> prints it, by the threshold, basis and edition asked for; refused like the answer itself where its evidence is closed.</summary>
    static async Task Place(HttpContext context, Site site)
    {
        var parameters = new Parameters(context);
        var (place, options) = (ResultRoutes.Asked(parameters), Options(parameters, site, "A4-hoch"));
        var (reader, contents) = (context.Reader(), await site.Catalogue.Now());
        var rule = ViewRoutes.Chosen(parameters, site, contents, reader.Sees, "pdf", "png", "svg");
        if (options.Released)
            context.Require(Role.Editor);
        await site.Results.Last();
        using var folder = new WorkFolder();
        var files = await site.OnACore(() => site.Access.Read(store =>
        {
            var answer = ResultRoutes.Explained(store, site, rule, contents, place, reader);
            var shown = answer with { Result = ResultRoutes.Open(answer.Result, context) };
            return PlaceSheet.Print(shown, ExplainVerb.Areas(store, shown), options with { Backdrop = Backdrop.Read(store) }, folder.File($"auskunft.{options.Format.ToString().ToLowerInvariant()}"));
        }), context.RequestAborted);
        await Send(context, files, options);
    }

    /// <summary>
    /// The part of the map a reader looks at, with the layers, threshold, basis and edition he has chosen. Who may not see single places gets the
    /// sheet without them, as he gets the map.
    /// </summary>
    static async Task View(HttpContext context, Site site)
    {
        var (parameters, last, reader) = (new Parameters(context), await site.Results.Last(), context.Reader());
        if (!context.Request.Query.ContainsKey("bbox"))
            parameters.Wrong("bbox", "es fehlt der Ausschnitt: West,Süd,Ost,Nord", "the extent is missing: west,south,east,north");
        var area = parameters.Read("bbox", text => PrintedView.Extent(text, PrintedView.County(last)));
        var groups = parameters.Read("layers", text => PrintedView.Layers(text));
        var without = parameters.Read("without", text => text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray()) ?? [];
        var (title, options) = (Short(parameters, "title", 100), Options(parameters, site, "A4-quer"));
        var contents = await site.Catalogue.Now();
        var (profile, basis, earlier) = ViewRoutes.Chosen(parameters, site, contents, reader.Sees, "pdf", "png", "svg");
        if (options.Released)
            context.Require(Role.Editor);
        if (without.Length > 0)
            await ResultRoutes.RequirePlaces(context, site, last); // as for trying it on the map
        var (live, _) = await site.Results.Asked();
        var tried = Tried(parameters, live, without, earlier);
        var whole = await Whole(site, (profile, basis, earlier), tried);
        var view = new PrintedView(area!, groups ?? PrintedView.Usual(area!), title) { Without = [.. live.Measures.Where(m => without.Contains(m.Key)).Select(m => m.Title.Length > 0 ? m.Title : m.Key)] };
        if (ResultAccess.Needed(contents, whole) > reader.Sees)
            view = view.WithoutPlaces(ResultAccess.Closed(reader).Detail);
        var result = ResultRoutes.Open(whole, context);
        using var folder = new WorkFolder();
        var files = await site.OnACore(() => site.Access.Read(store =>
            ViewSheet.Print(result, view.Read(store, result, reader.Sees), options with { Backdrop = Backdrop.Read(store) }, folder.File($"ausschnitt.{options.Format.ToString().ToLowerInvariant()}"))), context.RequestAborted);
        await Send(context, files, options);
    }

    /// <summary>What became of places between two editions, of the whole county or of the part that is looked at.</summary>
    static async Task Change(HttpContext context, Site site)
    {
        var (parameters, last, reader) = (new Parameters(context), await site.Results.Last(), context.Reader());
        var county = PrintedView.County(last);
        var area = parameters.Read("bbox", text => PrintedView.Extent(text, county)) ?? county;
        var groups = parameters.Read("layers", text => PrintedView.Layers(text, ChangeSheet.Known));
        var (title, options) = (Short(parameters, "title", 100), Options(parameters, site, "A4-quer"));
        var (choice, other) = await ResultRoutes.Compared(context, site, parameters, "pdf", "png", "svg");
        if (options.Released)
            context.Require(Role.Editor);
        var comparison = await ResultRoutes.Told(site, reader, choice, other);
        var view = new PrintedView(area, groups ?? ChangeSheet.Usual(area), title);
        if (ResultAccess.Needed(await site.Catalogue.Now(), choice.Basis) > reader.Sees)
            view = view.WithoutPlaces(ResultAccess.Closed(reader).Detail);
        using var folder = new WorkFolder();
        var files = await site.OnACore(() => site.Access.Read(store =>
            ChangeSheet.Print(last, comparison, (choice.Profile, choice.Basis), view.Read(store, last, reader.Sees), options with { Backdrop = Backdrop.Read(store) }, folder.File($"veraenderung.{options.Format.ToString().ToLowerInvariant()}"))), context.RequestAborted);
        await Send(context, files, options);
    }

    /// <summary>The last analysis where nothing else is asked for.</summary>
    static async Task<GapResult> Whole(Site site, (Profile? Profile, Basis? Basis, Edition? With) asked, MeasureChoice? tried)
    {
        var last = await site.Results.Last();
        return tried is null && asked.With is null && (asked.Profile is null || asked.Profile.Key == last.Profile.Key) && (asked.Basis is null || asked.Basis == last.Basis) ? last
            : await site.Views.Result(new(asked.Profile ?? last.Profile, asked.Basis ?? last.Basis, asked.With), tried);
    }

    /// <summary>The measures that count in a trial without some; null where nothing is left out.</summary>
    static MeasureChoice? Tried(Parameters parameters, County live, string[] without, Edition? earlier)
    {
        if (without.Length == 0)
            return null;
        var keys = live.Measures.Select(m => m.Key).ToList();
        if (without.FirstOrDefault(k => !keys.Contains(k)) is { } unknown)
            parameters.Wrong("without", $"die Maßnahme „{unknown}“ gibt es nicht. {Suggest.German(unknown, keys)}", $"there is no measure \"{unknown}\". {Suggest.English(unknown, keys)}");
        if (earlier is not null)
            parameters.Wrong("without", "Maßnahmen weglassen und ein früherer Datenstand gehen nicht zusammen", "leaving out measures and an earlier edition do not go together");
        parameters.Check("pdf", "png", "svg");
        return new(false, [.. keys.Except(without)]);
    }

    /// <summary>Its history names who did what and when: for those who may read it elsewhere, too.</summary>
    static IReadOnlyList<string> Measure(HttpContext context, Breitband.Store.Store store, GapResult result, PrintOptions options, string path)
    {
        var (key, reader) = (context.Segment("key"), context.Reader());
        var entry = MeasureRoutes.Visible(store, key, reader);
        return MeasureSheet.Print(result, entry, reader.Role >= Role.Reader ? MeasureRoutes.Shown(store.MeasureHistory(key), reader) : [], options, path);
    }

    /// <summary>The page that is wanted, and in a header how many there are.</summary>
    static async Task Send(HttpContext context, IReadOnlyList<string> files, PrintOptions options)
    {
        var page = options.Page ?? 1;
        context.Response.Headers["Breitband-Pages"] = files.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await Download.Send(context, page <= files.Count ? files[page - 1] : throw ProblemException.NotFound(files.Count == 1 ? "Es gibt nur eine Seite." : $"Das Blatt hat {files.Count} Seiten.", files.Count == 1 ? "There is one page only." : $"The sheet has {files.Count} pages."), inline: true);
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

    static string Short(Parameters parameters, string name, int most = 200) =>
        parameters.Read(name, text => text.Length <= most ? text : throw BreitbandException.WrongUse($"höchstens {most} Zeichen", $"at most {most} characters")) ?? "";

    static PrintOptions Options(Parameters parameters, Site site, string paper)
    {
        var scale = parameters.Read("scale", text => (object?)PrintVerb.Denominator(text));
        var options = new PrintOptions
        {
            PrintDate = DateOnly.FromDateTime(DateTime.Today),
            Paper = parameters.Read("paper", Paper.Parse) ?? Paper.Parse(paper),
            Format = parameters.Context.Request.Query["f"] is [("pdf" or "png" or "svg") and var form] ? PrintOptions.ParseFormat(form) : PrintFormat.Pdf,
            Language = parameters.Context.Language(),
            Contact = Short(parameters, "contact"),
            SheetId = Short(parameters, "sheet_id"),
            Released = parameters.Choice("released", "true", "false") == "true",
            Scale = scale as int?,
            Page = (int)parameters.Number("page", 1, 1, 1000),
        };
        return site.Settings.Publisher.Length > 0 ? options with { Publisher = site.Settings.Publisher } : options;
    }
}
