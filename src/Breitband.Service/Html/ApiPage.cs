using Breitband.Service.Features;
using Breitband.Service.Http;
using Breitband.Service.Routes;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Html;

/// <summary>The interface for people: how QGIS connects, and every route.</summary>
static class ApiPage
{
    public static Task Send(HttpContext context, Site site, IReadOnlyList<FeatureCollection> collections)
    {
        var page = new Page(context, new Phrase("Schnittstelle", "API").In(context.Language()));
        var root = context.Base();
        page.Heading("QGIS, GDAL").Text(page.In("QGIS: Layer → Layer hinzufügen → WFS / OGC API – Features, neue Verbindung mit der Adresse", "QGIS: Layer → Add layer → WFS / OGC API – Features, new connection with the address"));
        page.Raw($"<pre>{Page.Encode(root)}/</pre>").Raw($"<pre>ogrinfo OAPIF:{Page.Encode(root)}/</pre>");
        page.Heading(page.In("Adressen", "Addresses")).Table(page.In("Alle Adressen", "All addresses"), [page.In("Adresse", "address"), page.In("Methode", "method"), page.In("Schlüssel zum", "key to"), page.In("wozu", "purpose")],
            Operations.All.Select(o => (IReadOnlyList<string>)[$"<code>{Page.Encode(o.Path)}</code>", o.Method.ToUpperInvariant(), Needed(o.Role).In(page.Language), Page.Encode(o.Summary.In(page.Language))]));
        page.Heading(page.In("Beispiele", "Examples")).List(Examples(root, collections).Select(e => Page.Link(e, e)));
        return page.Send(site.Settings, $"{root}/api?f=json");
    }

    static Phrase Needed(Role role) => role switch
    {
        Role.Anonymous => new("–", "–"),
        Role.Reader => new("Lesen", "read"),
        Role.Editor => new("Bearbeiten", "edit"),
        _ => new("Verwalten", "administer"),
    };

    static IEnumerable<string> Examples(string root, IReadOnlyList<FeatureCollection> collections)
    {
        if (collections.Any(c => c.Id == Layer.Municipalities.Name))
            yield return $"{root}/collections/municipalities/items?name=Beelitz";
        if (collections.Any(c => c.Id == Layer.CoverageCells.Name))
            yield return $"{root}/collections/coverage_cells/items?bbox=12.55,52.1,12.65,52.2&limit=100";
        if (collections.Any(c => c.Id == Layer.Settlements.Name))
            yield return $"{root}/collections/settlements/items?filter=name%20LIKE%20%27B%25%27";
    }
}
