using System.CommandLine;
using Breitband.Export;
using Breitband.Store;

namespace Breitband.Service.Verbs;

sealed class ExportVerb : Verb
{
    readonly Argument<string> collection;
    readonly Option<string?> target, crs, disclosure;

    public ExportVerb(Language language) : base(language, "export", new("Daten ausgeben", "write data"), new(
        "Schreibt eine Ebene, einen Datensatz oder ein Ergebnis als GeoPackage, Shapefile, GeoJSON oder CSV, mit Lizenztext.\nErgebnisse: gaps, result_settlements, result_municipalities. Ohne --disclosure nur, was öffentlich ist.\n„project“ schreibt ein QGIS-Projekt, das den Speicher mit Legende zeigt.",
        "Writes a layer, a dataset or a result as GeoPackage, shapefile, GeoJSON or CSV, with its licence text.\nResults: gaps, result_settlements, result_municipalities. Without --disclosure only what is public.\n\"project\" writes a QGIS project that shows the store with its legend."),
        "breitband export gaps --out luecken.gpkg", "breitband export result_municipalities --out gemeinden.csv", "breitband export settlements --out siedlungen.shp --crs EPSG:25832", "breitband export project --out breitband.qgz")
    {
        collection = Add(new Argument<string>("COLLECTION") { HelpName = In("EBENE", "COLLECTION") });
        target = Value("--out", In("DATEI", "FILE"), "Ziel: .gpkg, .shp, .geojson oder .csv", "target: .gpkg, .shp, .geojson or .csv");
        crs = Value("--crs", "EPSG:n", "Koordinatensystem (sonst 25833, GeoJSON 4326)", "CRS (otherwise 25833, GeoJSON 4326)");
        disclosure = Value("--disclosure", "öffentlich|intern|vertraulich", "bis zu welcher Vertraulichkeit (sonst öffentlich)", "up to which disclosure class (otherwise öffentlich)");
    }

    public override Outcome Run(ParseResult parsed, Session session)
    {
        var path = parsed.GetValue(target) ?? throw BreitbandException.WrongUse("Es fehlt --out DATEI.gpkg|shp|geojson|csv", "--out FILE.gpkg|shp|geojson|csv is missing");
        if (parsed.GetValue(collection) == "project")
            return Project(session, path);
        var allowed = Allowed(parsed.GetValue(disclosure));
        using var store = session.OpenStore(OpenMode.Read);
        var written = Exporter.Run(store, parsed.GetValue(collection)!, path, ImportVerb.Epsg(parsed.GetValue(crs)), allowed, session.Cancelled);
        session.Out.WriteLine(session.Json ? Text.Json.Write(new
        {
            written.File,
            written.Rows,
            written.Crs,
            written.Files,
            Renamed = written.Renamed.Select(r => new { r.Field, r.Name }),
            Notes = written.Notes.Select(n => n.In(session.Language)),
        }) : session.In(
            $"{written.File}: {Formats.Whole(written.Rows, Language.De)} Zeilen, EPSG:{written.Crs}. Lizenz und Quellen: {written.Licence}",
            $"{written.File}: {Formats.Whole(written.Rows, Language.En)} rows, EPSG:{written.Crs}. Licence and sources: {written.Licence}"));
        foreach (var note in written.Notes)
            session.Say(note.De, note.En);
        foreach (var (field, name) in written.Renamed)
            session.Say($"  Feld {field} heißt im Shapefile {name}", $"  field {field} is called {name} in the shapefile");
        return Outcome.Done;
    }

    static Outcome Project(Session session, string path)
    {
        if (!path.EndsWith(".qgz", StringComparison.OrdinalIgnoreCase))
            throw BreitbandException.WrongUse("Ein QGIS-Projekt endet auf .qgz: breitband export project --out breitband.qgz", "A QGIS project ends in .qgz: breitband export project --out breitband.qgz");
        if (Breitband.Store.Store.IsDatabase(session.StorePath))
            throw BreitbandException.WrongUse("Mit einer Datenbank verbindet sich QGIS selbst: neue PostgreSQL-Verbindung, Schema breitband; Ebenen, Namen und Legende kommen von dort.",
                "QGIS connects to a database itself: new PostgreSQL connection, schema breitband; layers, names and legend come from there.");
        session.OpenStore(OpenMode.Read).Dispose();
        QgisProject.Write(session.StorePath, path);
        session.Out.WriteLine(session.Json ? Text.Json.Write(new { File = path }) : path);
        return Outcome.Done;
    }

    public static Disclosure Allowed(string? text) => text is null ? Disclosure.Public : Disclosures.Parse(text) ?? throw BreitbandException.WrongUse(
        $"--disclosure: „{text}“ gibt es nicht (öffentlich, intern, vertraulich).", $"--disclosure: there is no \"{text}\" (öffentlich, intern, vertraulich).");
}
