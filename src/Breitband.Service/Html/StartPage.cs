using Breitband.Service.Features;
using Breitband.Service.Http;
using Breitband.Service.Routes;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Html;

/// <summary>What a browser sees first: the county's figures, what is in the store and from when, and where to go on.</summary>
static class StartPage
{
    public static async Task Send(HttpContext context, Site site)
    {
        var contents = await site.Catalogue.Now();
        var result = contents.Run is null ? null : await site.Results.Last();
        var language = context.Language();
        var county = result?.Rows[0].Name ?? contents.County;
        var page = new Page(context, new Phrase($"Breitband: {county}", $"Broadband: {county}").In(language));
        if (result is { Synthetic: true } || result is null && contents.Editions.Any(e => e.Live && e.Synthetic))
            page.Text(page.In("Demonstrationsdaten: Siedlungen, Adressen und Maßnahmen sind erfunden.", "Demonstration data: settlements, addresses and measures are invented."), "note");
        if (result is null)
            page.Text(page.In("Es gibt noch keine Analyse: breitband analyse", "There is no analysis yet: breitband analyse"));
        else
            Figures(page, result, language);
        Ways(page, context, language);
        await Contents(page, context, site, contents);
        await page.Send(site.Settings, $"{context.Base()}/?f=json");
    }

    static void Figures(Page page, GapResult result, Language language)
    {
        var row = result.Rows[0];
        var whole = Rounding.Whole(row.Households);
        string Item(string de, string en, long count, long units) =>
            $"<li><strong>{Formats.Whole(count, language)}</strong>{Page.Encode(page.In(de, en))}{(row.Households.Percent(units) is { } p ? $" <span class=\"whole\">({Formats.Percent(p / 100, language)})</span>" : "")}</li>";

        page.Heading(page.In("Haushalte", "Households")).Raw("<ul class=\"figures\">" + string.Concat(
            Item("unter der Aufgreifschwelle", "below the threshold", whole.Unserved, row.Households.Unserved), Item("unklar", "unclear", whole.Unclear, row.Households.Unclear),
            Item("geplant", "planned", whole.Planned, row.Households.Planned), Item("versorgt", "served", whole.Served, row.Households.Served)) + "</ul>");
        page.Text(page.In(
            $"Von {Formats.Whole(whole.Total, language)} Haushalten. Aufgreifschwelle {result.Profile.Short.De} ({result.Profile.Passage}), Grundlage: {result.Basis.Label().De}, Stichtag {Formats.Date(result.AsOf, language)}, Lauf {result.Run}.",
            $"Of {Formats.Whole(whole.Total, language)} households. Threshold {result.Profile.Short.En} ({result.Profile.Passage}), basis: {result.Basis.Label().En}, as of {Formats.Date(result.AsOf, language)}, run {result.Run}."));
        page.Text(page.In("Kein Förderanspruch, ersetzt kein Markterkundungsverfahren.", "No claim to funding, does not replace a market consultation."), "note");
    }

    static void Ways(Page page, HttpContext context, Language language)
    {
        var root = context.Base();
        page.Heading(page.In("Weiter", "Go on")).List(
        [
            Page.Link($"{root}/stats", page.In("Zahlen je Gemeinde", "Figures per municipality")),
            $"{Page.Link($"{root}/print/overview?f=pdf", page.In("Übersichtskarte drucken (PDF)", "Print the overview (PDF)"))}",
            $"{Page.Link($"{root}/collections", page.In("Daten ansehen und herunterladen", "Look at and download data"))}",
            .. MapRoutes.Available ? [Page.Link($"{root}/map", page.In("Karte", "Map"))] : Array.Empty<string>(),
            Page.Link($"{root}/api", page.In("Schnittstelle für QGIS und Programme", "API for QGIS and programs")),
            Page.Link($"{root}/handbuch", new Phrase("Handbuch", "Handbook (German)").In(language)),
        ]);
    }

    static async Task Contents(Page page, HttpContext context, Site site, Contents contents)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var c in Collections.All(contents, context.Reader().Sees).Where(c => !c.Id.Contains(':', StringComparison.Ordinal)))
            rows.Add([Page.Link(CollectionRoutes.Address(context, c.Id), c.Title.In(page.Language)), Formats.Whole(await site.Snapshots.Distinct(c.Sources), page.Language), CollectionPages.Period(c, page.Language), Page.Encode(string.Join("; ", c.Attribution))]);
        page.Heading(page.In("Was der Speicher enthält", "What the store holds")).Table(page.In("Ebenen und ihr Stand", "Collections and their dates"),
            [page.In("Ebene", "collection"), page.In("Objekte", "features"), page.In("Stand der Daten", "date of the data"), page.In("Quelle", "source")], rows, 1);
    }
}
