using System.CommandLine;
using System.Globalization;
using Breitband.Import;
using Breitband.Store;

namespace Breitband.Service.Verbs;

sealed class ImportVerb : Verb
{
    readonly Argument<string[]> files;
    readonly Option<string?> layer, source, mapping, crs, encoding, edition;
    readonly Option<bool> dryRun, acceptRejected, synthetic;

    public ImportVerb(Language language) : base(language, "import", new("Dateien einlesen", "read files"), new(
        "Liest Shapefiles, GeoPackages, GeoJSON und CSV so, wie Behörden sie veröffentlichen. Ebene, Zuordnung, Koordinatensystem und\nZeichenkodierung werden erkannt und im Bericht begründet; was nicht sicher zu erkennen ist, wird gefragt, nie geraten.\nEin Import ersetzt nur den Datenstand seines Datensatzes, ganz oder gar nicht; frühere bleiben (breitband editions, rollback).\nZeilen außerhalb des Kreises werden gezählt und übersprungen.",
        "Reads shapefiles, GeoPackages, GeoJSON and CSV as authorities publish them. Layer, mapping, CRS and encoding are\nrecognised and the report says how; what cannot be recognised safely is asked, never guessed.\nAn import replaces only its dataset's edition, wholly or not at all; earlier ones stay (breitband editions, rollback).\nRows outside the county are counted and skipped."),
        "breitband import data/vg250/vg250_gemeinden_pm.geojson --edition 2016-01-01",
        "breitband import data/gemeinden/gemeinden_pm.csv data/gemeinden/household_size_pm.csv data/breitbandatlas/breitbandatlas_pm_2021.csv",
        "breitband import ortslagen.shp --as settlements --crs EPSG:25833 --encoding 1252 --edition 2025-06-30 --dry-run")
    {
        files = Add(new Argument<string[]>("FILE") { HelpName = In("DATEI...", "FILE..."), Arity = ArgumentArity.OneOrMore });
        layer = Value("--as", In("EBENE", "LAYER"), "Ebene, z. B. settlements, coverage_areas, measures", "layer, e.g. settlements, coverage_areas, measures");
        source = Value("--source", In("QUELLE", "KEY"), "Schlüssel der Quelle; unterscheidet Datensätze einer Ebene", "source key; tells datasets of a layer apart");
        mapping = Value("--mapping", "NAME", "Zuordnung aus data/mappings", "mapping from data/mappings");
        crs = Value("--crs", "EPSG:n", "Koordinatensystem der Datei", "CRS of the file");
        encoding = Value("--encoding", "NAME", "Zeichenkodierung, z. B. UTF-8, 1252", "encoding, e.g. UTF-8, 1252");
        edition = Value("--edition", In("JJJJ-MM-TT", "YYYY-MM-DD"), "Tag, den die Daten beschreiben", "day the data describe");
        dryRun = Switch("--dry-run", "alles prüfen, nichts ändern", "check everything, change nothing");
        synthetic = Switch("--synthetic", "erfundene Daten: heißen überall „Demonstrationsdaten“", "invented data: called demonstration data everywhere");
        acceptRejected = Switch("--accept-rejected", "auch mit mehr als 5 % zurückgewiesenen Zeilen", "even with more than 5 % rejected rows");
    }

    public override Outcome Run(ParseResult parsed, Session session)
    {
        var options = new ImportOptions
        {
            As = parsed.GetValue(layer),
            Source = parsed.GetValue(source),
            Mapping = parsed.GetValue(mapping),
            Crs = Epsg(parsed.GetValue(crs)),
            Encoding = parsed.GetValue(encoding),
            Edition = Session.Date(parsed.GetValue(edition), "--edition"),
            DryRun = parsed.GetValue(dryRun),
            Synthetic = parsed.GetValue(synthetic),
            AcceptRejected = parsed.GetValue(acceptRejected),
            MappingsFolder = session.MappingsFolder,
            Progress = session.Progress,
        };
        var report = Import(parsed.GetValue(files)!, options, session);
        session.ClearProgress();
        session.Out.WriteLine(session.Json ? ReportJson.Write(report, session.Language) : ReportText.Write(report, session.Language));
        return Outcome.Done;
    }

    /// <summary>A dry run and a refused first import leave no empty store behind.</summary>
    static ImportReport Import(string[] names, ImportOptions options, Session session)
    {
        var fresh = !Breitband.Store.Store.IsDatabase(session.StorePath) && !File.Exists(session.StorePath);
        var empty = false;
        try
        {
            using var store = session.OpenStore(OpenMode.Create);
            try
            {
                return Importer.Run(store, names, options);
            }
            finally
            {
                empty = fresh && store.Editions().Count == 0;
            }
        }
        finally
        {
            if (empty)
                File.Delete(session.StorePath);
        }
    }

    public static int? Epsg(string? text)
    {
        if (text is null)
            return null;
        var digits = text.StartsWith("EPSG:", StringComparison.OrdinalIgnoreCase) ? text[5..] : text;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var epsg) ? Crs.Get(epsg).Epsg
            : throw BreitbandException.WrongUse($"--crs: „{text}“ ist kein Koordinatensystem (EPSG:25833).", $"--crs: \"{text}\" is no CRS (EPSG:25833).");
    }
}
