using System.Text.Json.Nodes;
using Breitband.Service.Features;
using Breitband.Service.Http;
using Breitband.Service.Text;

namespace Breitband.Service.Routes;

/// <summary>A route as the description of the interface names it.</summary>
/// <param name="Parameters">Query parameters, by their names in <see cref="Operations.Parameters"/>.</param>
/// <param name="Also">Other good statuses, without content.</param>
/// <param name="Of">The layer whose fields are parameters, too.</param>
sealed record Operation(string Method, string Path, string Id, string Tag, Phrase Summary, IReadOnlyList<string> Parameters, IReadOnlyList<string> MediaTypes, string Success = "200", Role Role = Role.Anonymous, string? Body = null, IReadOnlyList<string>? Also = null, Layer? Of = null)
{
    public IEnumerable<string> PathParameters => Path.Split('/').Where(p => p.StartsWith('{')).Select(p => p.Trim('{', '}'));

    /// <summary>Whether the change must name the version it was made on.</summary>
    public bool NeedsVersion => Path == "/measures/{key}" && Method is "patch" or "delete" && Tag == "Measures";

    bool Changes => Method != "get";

    /// <summary>How it may be refused or fail, as statuses.</summary>
    public IEnumerable<int> Refusals => new (int Status, bool Possible)[]
    {
        (400, true), (401, true), (403, Changes || Role > Role.Anonymous), (404, PathParameters.Any() || Parameters.Contains("edition") || Tag == "Print"), (409, Changes),
        (410, Parameters.Contains("edition") || Path.StartsWith("/views/", StringComparison.Ordinal)), (412, NeedsVersion), (413, Body is not null), (415, Body is not null), (421, true), (422, Changes || Tag is "Results" or "Print" or "Data"),
        (428, NeedsVersion), (429, true), (500, true), (503, true),
    }.Where(r => r.Possible).Select(r => r.Status);
}

/// <summary>The table of routes behind /api; a test holds it against the routes there are.</summary>
static class Operations
{
    const string Json = "application/json", Html = "text/html", Multipart = "multipart/form-data";

    static readonly string[] Common = ["f", "lang"], Sheet = ["profile", "basis", "with", "paper", "scale", "contact", "sheet_id", "released", "page", "f", "lang"], Pictures = ["application/pdf", "image/png", "image/svg+xml"];

    public static readonly IReadOnlyList<Operation> All =
    [
        new("get", "/", "landing", "Features", new("Übersicht", "landing page"), Common, [Json, Html]),
        new("get", "/conformance", "conformance", "Features", new("erfüllte Standards", "conformance classes"), Common, [Json, Html]),
        new("get", "/api", "api", "Features", new("diese Beschreibung", "this document"), Common, ["application/vnd.oai.openapi+json;version=3.0", Html]),
        new("get", "/collections", "collections", "Features", new("Ebenen", "collections"), Common, [Json, Html]),
        new("get", "/collections/{collectionId}", "collection", "Features", new("eine Ebene", "one collection"), Common, [Json, Html]),
        new("get", "/collections/{collectionId}/queryables", "queryables", "Features", new("wonach sich filtern lässt", "what can be filtered by"), Common, ["application/schema+json", Html]),
        new("get", "/collections/{collectionId}/items", "items", "Features", new("Objekte einer Ebene", "features of a collection"),
            ["limit", "bbox", "bbox-crs", "crs", "datetime", "filter", "filter-lang", "filter-crs", "edition", "after", "f", "lang"], [CollectionRoutes.GeoJson, Html]),
        new("get", "/collections/{collectionId}/items/{featureId}", "item", "Features", new("ein Objekt", "one feature"), ["crs", "edition", "f", "lang"], [CollectionRoutes.GeoJson, Html]),
        new("get", "/gaps", "gaps", "Results", new("Lückenflächen der letzten Analyse", "gap areas of the last analysis"), ["limit", "bbox", "bbox-crs", "crs", "datetime", "filter", "filter-lang", "filter-crs", "edition", "after", "f", "lang"], [CollectionRoutes.GeoJson, Html], Of: Layer.GapAreas),
        new("get", "/results", "results", "Results", new("die letzte Analyse, wie breitband analyse --json", "the last analysis, as breitband analyse --json"), Common, [Json]),
        new("get", "/stats", "stats", "Results", new("Zahlen, wie breitband stats --json", "figures, as breitband stats --json"), ["by", "facts", "f", "lang"], [Json, "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Html]),
        new("get", "/probe", "probe", "Results", new("Vergleich mit den veröffentlichten Anteilen", "comparison with the published shares"), Common, [Json]),
        new("get", "/explain", "explain", "Results", new("wie ein Ort zu seinem Ergebnis kommt", "how a place comes to its result"), ["place", "profile", "basis", "with", "f", "lang"], [Json]),
        new("get", "/comparison", "comparison", "Results", new("zwei Datenstände der Versorgung nebeneinander, mit map=true auch Stil und Kacheln dazu", "two editions of the coverage side by side, with map=true also their style and tiles"), ["with", "to", "map", "profile", "basis", "f", "lang"], [Json]),
        new("get", "/editions", "editions", "Results", new("Datenstände", "editions"), Common, [Json]),
        new("get", "/print/overview", "printOverview", "Print", new("Übersichtsblatt", "overview sheet"), Sheet, Pictures),
        new("get", "/print/municipality/{key}", "printMunicipality", "Print", new("Gemeindeblatt", "sheet of a municipality"), Sheet, Pictures),
        new("get", "/print/measure/{key}", "printMeasure", "Print", new("Blatt einer Maßnahme", "sheet of a measure"), Sheet, Pictures),
        new("get", "/print/place", "printPlace", "Print", new("Auskunft über einen Ort als ein Blatt", "what is known of one place, as a sheet to hand out"), ["place", .. Sheet], Pictures),
        new("get", "/print/atlas", "printAtlas", "Print", new("alle Gemeindeblätter", "all municipality sheets"), Sheet, Pictures),
        new("get", "/print/report", "printReport", "Print", new("Übersicht, Gemeindeblätter, Verfahren und Quellen", "overview, municipality sheets, methods and sources"), Sheet, Pictures),
        new("get", "/print/view", "printView", "Print", new("Ausschnitt der Karte mit Ebenen, Schwelle, Grundlage und Datenstand nach Wahl", "a part of the map with layers, threshold, basis and edition of choice"),
            ["bbox", "layers", "title", "profile", "basis", "with", "without", "paper", "scale", "contact", "sheet_id", "released", "page", "f", "lang"], Pictures),
        new("get", "/print/change", "printChange", "Print", new("Karte und Zahlen der Veränderung zwischen zwei Datenständen", "map and figures of the change between two editions"),
            ["with", "to", "bbox", "layers", "title", "profile", "basis", "paper", "scale", "contact", "sheet_id", "released", "page", "f", "lang"], Pictures),
        new("get", "/print/map", "printMap", "Print", new("Bild der Lückenflächen", "picture of the gap areas"), ["size", "f", "lang"], ["image/png"]),
        new("get", "/download/{collectionId}", "download", "Data", new("Ebene als GeoPackage, Shapefile, GeoJSON oder CSV", "collection as GeoPackage, shapefile, GeoJSON or CSV"), ["f", "crs", "lang"], ["application/geopackage+sqlite3", "application/zip"]),
        new("get", "/measures", "measures", "Measures", new("Register der Maßnahmen", "register of measures"), Common, [Json]),
        new("get", "/measures/{key}", "measure", "Measures", new("eine Maßnahme; ETag ist ihre Version", "one measure; the ETag is its version"), Common, [Json], Also: ["304"]),
        new("get", "/measures/{key}/history", "measureHistory", "Measures", new("Geschichte einer Maßnahme", "history of a measure"), Common, [Json], Role: Role.Reader),
        new("post", "/measures", "addMeasure", "Measures", new("Maßnahme anlegen", "make a measure"), Common, [Json], "201", Role.Editor, Json),
        new("patch", "/measures/{key}", "changeMeasure", "Measures", new("Maßnahme ändern, mit If-Match", "change a measure, with If-Match"), Common, [Json], Role: Role.Editor, Body: Json),
        new("delete", "/measures/{key}", "deleteMeasure", "Measures", new("Maßnahme herausnehmen, mit If-Match", "take a measure out, with If-Match"), ["lang"], [], "204", Role.Editor),
        new("post", "/imports", "startImport", "Import", new("Dateien einlesen", "import files"), Common, [Json], "202", Role.Editor, Multipart),
        new("get", "/imports", "imports", "Import", new("Einlesevorgänge", "imports"), Common, [Json], Role: Role.Editor),
        new("get", "/imports/{number}", "import", "Import", new("ein Einlesevorgang mit Bericht", "one import with its report"), Common, [Json], Role: Role.Editor),
        new("get", "/imports/{number}/events", "importEvents", "Import", new("Fortschritt als Ereignisse", "progress as events"), ["lang"], ["text/event-stream"], Role: Role.Editor),
        new("get", "/imports/{number}/rejected", "importRejected", "Import", new("was ein Einlesevorgang zurückgewiesen hat, als GeoJSON", "what an import rejected, as GeoJSON"), Common, [CollectionRoutes.GeoJson], Role: Role.Editor),
        new("delete", "/imports/{number}", "cancelImport", "Import", new("Einlesen abbrechen", "cancel an import"), ["lang"], [Json], "202", Role.Editor),
        new("post", "/analyse", "analyse", "Results", new("rechnen und ablegen", "compute and keep"), ["lang"], [Json], Role: Role.Editor, Body: Json),
        new("post", "/editions/{number}/live", "rollback", "Results", new("früheren Datenstand wieder gelten lassen", "make an earlier edition live again"), ["lang"], [Json], Role: Role.Editor),
        new("get", "/audit", "audit", "Operation", new("Protokoll der Änderungen", "audit of changes"), ["limit", "f", "lang"], [Json], Role: Role.Admin),
        new("get", "/metrics", "metrics", "Operation", new("Zähler für Prometheus", "counters for Prometheus"), [], ["text/plain"], Role: Role.Reader),
        new("get", "/healthz", "healthz", "Operation", new("der Dienst läuft", "the service runs"), [], [Json]),
        new("get", "/readyz", "readyz", "Operation", new("der Speicher antwortet", "the store answers"), [], [Json]),
        new("get", "/tiles", "tileSets", "Tiles", new("Kachelsätze der Karte", "tile sets of the map"), Common, [Json]),
        new("get", "/tiles/WebMercatorQuad", "tileSet", "Tiles", new("der Kachelsatz und seine Adresse", "the tile set and its address"), Common, [Json]),
        new("get", "/tiles/WebMercatorQuad/{z}/{row}/{column}", "tile", "Tiles", new("eine Vektorkachel", "one vector tile"), ["edition"], [TileRoutes.Mvt], Also: ["204", "304"]),
        new("get", "/tilejson", "tileJson", "Tiles", new("der Kachelsatz als TileJSON", "the tile set as TileJSON"), Common, [Json]),
        new("get", "/views", "view", "Tiles", new("Zahlen und Kachelsatz einer anderen Schwelle, Grundlage oder eines früheren Datenstands", "figures and tile set of another threshold, basis or earlier edition"), ["profile", "basis", "with", "f", "lang"], [Json]),
        new("get", "/views/{run}/tilejson", "viewTileJson", "Tiles", new("der Kachelsatz einer Ansicht als TileJSON", "the tile set of a view as TileJSON"), Common, [Json]),
        new("get", "/views/{run}/tiles/WebMercatorQuad/{z}/{row}/{column}", "viewTile", "Tiles", new("eine Vektorkachel einer Ansicht", "one vector tile of a view"), ["edition"], [TileRoutes.Mvt]),
        new("get", "/map", "map", "Map", new("die Karte", "the map"), ["lang"], [Html]),
        new("get", "/map/style.json", "mapStyle", "Map", new("Stil der Karte (MapLibre)", "style of the map (MapLibre)"), ["view", "f", "lang"], [Json]),
        new("get", "/map/tiles/{z}/{row}/{column}", "mapTile", "Map", new("eine Kachel der Karte als Bild, 512 Bildpunkte", "a tile of the map as a picture, 512 pixels"), ["edition", "scale", "off", "lang"], ["image/png"]),
        new("post", "/whatif", "whatIf", "Results", new("was eine Auswahl von Maßnahmen hebt; ändert nichts", "what a choice of measures lifts; changes nothing"), ["lang"], [Json], Body: Json),
    ];

    static readonly string Drawable = string.Join(", ", Print.PrintedView.Known.Union(Print.ChangeSheet.Known));

    /// <summary>What every collection's own path inherits.</summary>
    public static Operation Items => All.Single(o => o.Id == "items");

    public static readonly IReadOnlyList<(string Name, Func<JsonObject> Schema, Phrase Text)> Parameters =
    [
        ("f", () => Text(), new("Form der Antwort; welche es gibt, sagen die Medientypen: json, html, csv, xlsx, pdf, png, svg, gpkg, shp, geojson", "form of the answer; which there are the media types say: json, html, csv, xlsx, pdf, png, svg, gpkg, shp, geojson")),
        ("lang", () => OneOf("de", "en"), new("Sprache", "language")),
        ("limit", () => new() { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = ItemsRequest.MaxLimit, ["default"] = ItemsRequest.DefaultLimit }, new("Objekte je Seite", "features per page")),
        ("bbox", () => new() { ["type"] = "array", ["oneOf"] = new JsonArray(Exactly(4), Exactly(6)), ["items"] = new JsonObject { ["type"] = "number" } }, new("Rechteck minx,miny,maxx,maxy", "box minx,miny,maxx,maxy")),
        ("bbox-crs", Crs, new("Koordinatensystem des Rechtecks", "CRS of the box")),
        ("crs", Crs, new("Koordinatensystem der Antwort", "CRS of the answer")),
        ("datetime", () => Text(), new("Tag oder Zeitraum, den die Daten beschreiben", "day or period the data describe")),
        ("filter", () => Text(), new("Filter in CQL2-Text", "filter in CQL2 text")),
        ("filter-lang", () => WithDefault(OneOf("cql2-text")), new("Sprache des Filters", "language of the filter")),
        ("filter-crs", Crs, new("Koordinatensystem der Geometrien im Filter", "CRS of geometries in the filter")),
        ("edition", () => Text(), new("Datenstand, aus Folgeseiten", "edition, from next links")),
        ("after", () => new() { ["type"] = "integer", ["minimum"] = 0 }, new("wo die Seite beginnt, aus Folgeseiten", "where the page begins, from next links")),
        ("facts", () => OneOf(["yes", "no"]), new("ob Einwohner, Mobilfunk und die Veränderung seit dem Vorstand dazugehören (yes)", "whether inhabitants, mobile networks and the change since the edition before are told, too (yes)")),
        ("by", () => OneOf(StatsRows.Levels), new("Ebene der Zahlen", "level of the figures")),
        ("paper", () => OneOf("A4", "A3", "A2", "A1", "A0"), new("Papier", "paper")),
        ("scale", () => Text(), new("Maßstab 1:n", "scale 1:n")),
        ("contact", () => Text(), new("wohin sich Leser wenden, höchstens 200 Zeichen", "whom readers turn to, at most 200 characters")),
        ("sheet_id", () => Text(), new("Aktenzeichen, höchstens 200 Zeichen", "file number, at most 200 characters")),
        ("layers", () => Text(), new($"gezeichnete Ebenen, mit Komma getrennt: {Drawable}", $"layers drawn, separated by commas: {Drawable}")),
        ("title", () => Text(), new("Überschrift, höchstens 100 Zeichen", "heading, at most 100 characters")),
        ("size", () => Text(), new("Bildpunkte, 1600x1200", "pixels, 1600x1200")),
        ("released", () => OneOf("true", "false"), new("freigegeben statt Entwurf; nur mit Schlüssel eines Bearbeiters", "released instead of draft; with an editor's key only")),
        ("page", () => new() { ["type"] = "integer", ["minimum"] = 1 }, new("Seite eines PNG oder SVG; wie viele es gibt, sagt der Kopf Breitband-Pages", "page of a PNG or SVG; how many there are the header Breitband-Pages says")),
        ("with", () => Text(), new("Nummer oder Tag eines früheren Datenstands", "number or date of an earlier edition")),
        ("without", () => Text(), new("Versuch: Kennungen der Maßnahmen, die nicht gerechnet werden, mit Komma getrennt und jede für sich kodiert", "trial: ids of the measures that are not counted, separated by commas and each encoded by itself")),
        ("to", () => Text(), new("Nummer oder Tag des anderen Datenstands, sonst der geltende", "number or date of the other edition, otherwise the live one")),
        ("map", () => WithDefault(OneOf("false", "true")), new("ob auch die Karte der Veränderung gebaut und genannt wird", "whether the map of the change is made and named, too")),
        ("profile", () => Text(), new("Aufgreifschwelle, sonst die der letzten Analyse", "threshold, otherwise the last analysis'")),
        ("basis", () => OneOf([.. Enum.GetValues<Basis>().Select(b => b.Code())]), new("Grundlage, sonst die der letzten Analyse", "basis, otherwise the last analysis'")),
        ("off", () => Text(), new("Ebenen, die nicht gezeichnet werden, mit Komma getrennt", "layers not drawn, separated by commas")),
        ("view", () => Text(), new("Lauf einer Ansicht, aus /views", "run of a view, from /views")),
        ("place", () => Text(), new("Adresse, Koordinate oder Kennung", "address, coordinate or key")),
    ];

    /// <summary>The first is what is meant where nothing is said.</summary>
    static JsonObject WithDefault(JsonObject choice)
    {
        choice["default"] = choice["enum"]![0]!.DeepClone();
        return choice;
    }

    static JsonObject Text() => new() { ["type"] = "string" };

    static JsonObject Exactly(int items) => new() { ["minItems"] = items, ["maxItems"] = items };

    static JsonObject OneOf(params string[] values) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(v => JsonValue.Create(v))]) };

    static JsonObject Crs() => new() { ["type"] = "string", ["format"] = "uri", ["default"] = CrsUri.Crs84.Uri, ["enum"] = new JsonArray([.. CrsUri.All.Select(c => JsonValue.Create(c.Uri))]) };
}
