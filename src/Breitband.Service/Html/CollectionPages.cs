using System.Globalization;
using Breitband.Service.Features;
using Breitband.Service.Http;
using Breitband.Service.Routes;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Html;

/// <summary>Collections and features for people.</summary>
static class CollectionPages
{
    public static async Task All(HttpContext context, Site site, IReadOnlyList<FeatureCollection> collections)
    {
        var page = new Page(context, new Phrase("Daten", "Data").In(context.Language()));
        var rows = new List<IReadOnlyList<string>>();
        foreach (var c in collections)
            rows.Add([Page.Link(CollectionRoutes.Address(context, c.Id), c.Title.In(page.Language)), $"<code>{Page.Encode(c.Id)}</code>", Formats.Whole((await CollectionRoutes.Extent(site, c)).Count, page.Language), Period(c, page.Language), Page.Encode(c.Disclosure.Code())]);
        page.Table(page.In("Alle Ebenen", "All collections"), [page.In("Ebene", "collection"), page.In("Name in der Schnittstelle", "id"), page.In("Objekte", "features"), page.In("Stand der Daten", "date of the data"), page.In("Vertraulichkeit", "disclosure")], rows, 2);
        await page.Send(site.Settings, $"{context.Base()}/collections?f=json");
    }

    public static async Task One(HttpContext context, Site site, FeatureCollection c)
    {
        var page = Begin(context, c, c.Title.In(context.Language()));
        var here = CollectionRoutes.Address(context, c.Id);
        var (box, count) = await CollectionRoutes.Extent(site, c);
        page.List(
        [
            $"{Page.Link($"{here}/items?f=html", page.In("Objekte ansehen", "look at the features"))} ({Formats.Whole(count, page.Language)})",
            $"{page.In("herunterladen", "download")}: {string.Join(", ", Downloads(context, c))}", Page.Link($"{here}/queryables?f=html", page.In("wonach sich filtern lässt", "what can be filtered by")),
        ]);
        if (box is not null)
            page.Text(string.Create(CultureInfo.InvariantCulture, $"{page.In("Ausdehnung (Länge, Breite)", "Extent (longitude, latitude)")}: {box[0]:0.0000} {box[1]:0.0000} – {box[2]:0.0000} {box[3]:0.0000}"));
        page.Table(page.In("Datenstände", "Editions"), [page.In("Datensatz", "dataset"), page.In("Stand", "date"), page.In("Quelle", "source"), page.In("Lizenz", "licence"), page.In("Vertraulichkeit", "disclosure")],
            c.Editions.Select(e => (IReadOnlyList<string>)[Page.Encode(e.Dataset.ToString()), Formats.Date(e.Date, page.Language), Page.Encode(e.Licence.Attribution), Licence(e.Licence), Page.Encode(e.Disclosure.Code())]));
        await page.Send(site.Settings, $"{here}?f=json");
    }

    /// <summary>Files for QGIS and spreadsheets, each with its licence.</summary>
    static IEnumerable<string> Downloads(HttpContext context, FeatureCollection c) => new[] { ("gpkg", "GeoPackage"), ("shp", "Shapefile"), ("geojson", "GeoJSON"), ("csv", "CSV") }
        .Where(f => f.Item1 != "shp" || c.Layer.Shape != Breitband.Shape.None)
        .Select(f => Page.Link($"{context.Base()}/download/{Uri.EscapeDataString(c.Id).Replace("%3A", ":", StringComparison.Ordinal)}?f={f.Item1}", f.Item2));

    /// <summary>Addresses in suppliers' mappings are data: only web addresses become links.</summary>
    static string Licence(Licence licence) => Uri.TryCreate(licence.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? Page.Link(licence.Url, licence.Id) : Page.Encode(licence.Id);

    public static Task Queryables(HttpContext context, Site site, FeatureCollection c)
    {
        var page = Begin(context, c, c.Title.In(context.Language()));
        page.Table(page.In("Felder zum Filtern", "Fields to filter by"), [page.In("Name", "name"), page.In("Bedeutung", "meaning"), page.In("Art", "kind")],
            c.Fields.Select(f => (IReadOnlyList<string>)[$"<code>{Page.Encode(f.Name)}</code>", Page.Encode(f.Label.In(page.Language)), Kind(f.Kind).In(page.Language)]));
        return page.Send(site.Settings, $"{CollectionRoutes.Address(context, c.Id)}/queryables?f=json");
    }

    public static Task Items(HttpContext context, Site site, FeatureCollection c, FeaturePage found)
    {
        var page = Begin(context, c, c.Title.In(context.Language()));
        var fields = c.Fields.Where(f => f.Name != "key").Take(12).ToList();
        page.Text(page.In($"{Formats.Whole(found.Features.Count, Language.De)} von {Formats.Whole(found.Matched, Language.De)} Objekten.", $"{Formats.Whole(found.Features.Count, Language.En)} of {Formats.Whole(found.Matched, Language.En)} features."));
        page.Table(page.In("Objekte", "Features"), [page.In("Kennung", "id"), .. fields.Select(f => f.Label.In(page.Language))],
            found.Features.Select(f => (IReadOnlyList<string>)[
                Page.Link($"{CollectionRoutes.Address(context, c.Id)}/items/{Uri.EscapeDataString(f.Part.Prefix + f.Part.Table.Ids[f.Row])}?f=html", f.Part.Prefix + f.Part.Table.Ids[f.Row]),
                .. fields.Select(field => Shown.Of(field, f.Part.Table.Column(field.Name)?.Value(f.Row), page.Language))]),
            [.. fields.Select((f, i) => (f, i)).Where(p => p.f.Kind is FieldKind.Real or FieldKind.Integer).Select(p => p.i + 1)]);
        if (ItemRoutes.Next(context, c, found, "html") is { } next)
            page.Raw($"<p>{Page.Link(next, page.In("Weiter", "Next"))}</p>");
        return page.Send(site.Settings, ItemRoutes.Here(context, "json"));
    }

    public static Task Item(HttpContext context, Site site, FeatureCollection c, FeaturePart part, int row)
    {
        var id = part.Prefix + part.Table.Ids[row];
        var page = Begin(context, c, $"{c.Title.In(context.Language())}: {id}");
        page.Table(page.In("Eigenschaften", "Properties"), [page.In("Feld", "field"), page.In("Wert", "value")],
            c.Fields.Select(f => (IReadOnlyList<string>)[Page.Encode(f.Label.In(page.Language)), Shown.Of(f, part.Table.Column(f.Name)?.Value(row), page.Language)]));
        return page.Send(site.Settings, ItemRoutes.Here(context, "json"));
    }

    static Page Begin(HttpContext context, FeatureCollection c, string title)
    {
        var page = new Page(context, title);
        if (c.Synthetic)
            page.Text(page.In("Demonstrationsdaten: erfunden, ohne Aussage über wirkliche Orte.", "Demonstration data: invented, saying nothing about real places."), "note");
        foreach (var note in c.Notes)
            page.Text(note.In(page.Language), "note");
        if (c.Attribution.Count > 0)
            page.Text(page.In("Quelle: ", "Source: ") + string.Join("; ", c.Attribution));
        return page;
    }

    public static string Period(FeatureCollection c, Language language) => c.Period is not { } period ? "–"
        : $"<span class=\"whole\">{Formats.Date(period.From, language)}{(period.From == period.To ? "" : $" – {Formats.Date(period.To, language)}")}</span>";

    static Phrase Kind(FieldKind kind) => kind switch
    {
        FieldKind.Integer => new("ganze Zahl", "integer"),
        FieldKind.Real => new("Zahl", "number"),
        FieldKind.Date => new("Datum", "date"),
        FieldKind.Flag => new("ja oder nein", "flag"),
        _ => new("Text", "text"),
    };
}
