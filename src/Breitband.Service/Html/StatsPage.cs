using Breitband.Service.Http;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Html;

/// <summary>Figures as a table: whole households whose parts equal the sum.</summary>
static class StatsPage
{
    public static Task Send(HttpContext context, Site site, GapResult result, IReadOnlyList<AreaResult> rows, string level)
    {
        var page = new Page(context, new Phrase("Zahlen", "Figures").In(context.Language()));
        if (result.Synthetic)
            page.Text(page.In("Demonstrationsdaten.", "Demonstration data."), "note");
        page.Text(page.In($"Aufgreifschwelle {result.Profile.Short.De} ({result.Profile.Passage}), Grundlage: {result.Basis.Label().De}, Lauf {result.Run}. Kein Förderanspruch, ersetzt kein Markterkundungsverfahren.",
            $"Threshold {result.Profile.Short.En} ({result.Profile.Passage}), basis: {result.Basis.Label().En}, run {result.Run}. No claim to funding, does not replace a market consultation."));
        page.Table(page.In("Haushalte", "Households"), ["Name", page.In("Schlüssel", "key"), page.In("Haushalte", "households"), page.In("versorgt", "served"), page.In("unklar", "unclear"), page.In("geplant", "planned"), page.In("unter der Aufgreifschwelle", "below the threshold")],
            rows.Select(r => Cells(r, page.Language)), 2, 3, 4, 5, 6);
        var root = context.Base();
        page.List(
        [
            Page.Link($"{root}/stats?by=county&f=html", page.In("Kreis", "county")), Page.Link($"{root}/stats?by=amt&f=html", page.In("Ämter", "Ämter")), Page.Link($"{root}/stats?by=municipality&f=html", page.In("Gemeinden", "municipalities")),
            Page.Link($"{root}/stats?by=settlement&f=html", page.In("Siedlungen", "settlements")), Page.Link($"{root}/stats?by={level}&f=csv", page.In("als CSV für die Tabellenkalkulation", "as CSV for a spreadsheet")),
        ]);
        return page.Send(site.Settings, $"{root}/stats?by={level}&f=json");
    }

    static IReadOnlyList<string> Cells(AreaResult row, Language language)
    {
        var whole = Rounding.Whole(row.Households);
        return [Page.Encode(row.Name), Page.Encode(row.Key), .. new[] { whole.Total, whole.Served, whole.Unclear, whole.Planned, whole.Unserved }.Select(n => Formats.Whole(n, language))];
    }
}
