using System.CommandLine;
using System.Globalization;
using Breitband.Analyse;
using Breitband.Print;
using Breitband.Store;

namespace Breitband.Service.Verbs;

sealed class PrintVerb : Verb
{
    static readonly string[] Kinds = ["overview", "municipality", "measure", "atlas", "report", "view", "change", "map"];

    readonly Argument<string> sheet;
    readonly Argument<string?> key;
    readonly Option<string?> paper, size, target, scale, contact, publisher, sheetId, disclosure, bbox, layers, title, with, to;
    readonly Option<bool> released;

    public PrintVerb(Language language) : base(language, "print", new("Blätter drucken", "print sheets"), new(
        "Druckt die letzte Analyse: „overview“ ist die Kreisübersicht mit Karte, Aussage und Gemeindetabelle, „municipality“ das Blatt einer Gemeinde\nmit ihren Lückenflächen, „measure“ das Blatt einer Maßnahme,\n„atlas“ alle Gemeindeblätter in einer Datei mit Inhalt und Lesezeichen, „report“ dazu die Übersicht davor und Verfahren und Quellen dahinter,\n„view“ einen Ausschnitt der Karte (--bbox) mit Ebenen nach Wahl,\n„change“ die Karte der Veränderung seit einem früheren Datenstand (--with),\n„map“ ein Bild (PNG) aller Lückenflächen für Bildschirm und Folien. Papier A4 bis A0, maßstäblich, Schrift eingebettet. Ohne --released steht „Entwurf“ darauf.",
        "Prints the last analysis: \"overview\" is the county sheet with map, message and municipality table, \"municipality\" the sheet of one municipality\nwith its gap areas, \"measure\" the sheet of one measure,\n\"atlas\" all municipality sheets in one file with contents and bookmarks, \"report\" the overview before them and methods and sources behind,\n\"view\" a part of the map (--bbox) with layers of choice,\n\"change\" the map of the change since an earlier edition (--with),\n\"map\" a picture (PNG) of all gap areas for screens and slides. Paper A4 to A0, true to scale, fonts embedded. Without --released it says „Entwurf“ (draft)."),
        "breitband print overview --out uebersicht.pdf", "breitband print municipality 12069020 --paper A3 --out bad-belzig.pdf", "breitband print measure M-01 --disclosure intern", "breitband print view --bbox 12.9,52.2,13.1,52.3 --out ausschnitt.pdf", "breitband print change --with 2023-12-31 --out veraenderung.pdf", "breitband print report --out bericht.pdf", "breitband print overview --paper A1 --released --contact \"Fachdienst Wirtschaftsförderung, breitband@example.org\"")
    {
        sheet = Add(new Argument<string>("SHEET") { HelpName = "overview|municipality|measure|atlas|report|view|change|map" });
        key = Add(new Argument<string?>("KEY") { HelpName = In("AGS|NAME|ID", "AGS|NAME|ID"), Arity = ArgumentArity.ZeroOrOne });
        paper = Value("--paper", "A4..A0", "Papier (sonst A3 quer, Gemeinde A4, Ausschnitt A4 quer)", "paper (otherwise A3 landscape, municipality A4, view A4 landscape)");
        bbox = Value("--bbox", In("W,S,O,N", "W,S,E,N"), "Ausschnitt von „view“ und „change“ in Grad oder UTM 33", "extent of \"view\" and \"change\" in degrees or UTM 33");
        with = Value("--with", In("NR|TAG", "NUMBER|DAY"), "früherer Datenstand von „change“", "earlier edition of \"change\"");
        to = Value("--to", In("NR|TAG", "NUMBER|DAY"), "der andere Datenstand von „change“ (sonst der geltende)", "the other edition of \"change\" (otherwise the live one)");
        layers = Value("--layers", In("EBENE,...", "LAYER,..."), $"Ebenen von „view“: {string.Join(", ", PrintedView.Known)}", $"layers of \"view\": {string.Join(", ", PrintedView.Known)}");
        title = Value("--title", "TEXT", "Überschrift von „view“ und „change“", "heading of \"view\" and \"change\"");
        size = Value("--size", In("BREITExHÖHE", "WIDTHxHEIGHT"), "Bildpunkte von „map“ (sonst 1600x1200)", "pixels of \"map\" (otherwise 1600x1200)");
        target = Value("--out", In("DATEI", "FILE"), "Ziel: .pdf, .png oder .svg", "target: .pdf, .png or .svg");
        scale = Value("--scale", "1:n", "Maßstab (sonst der größte runde, der passt)", "scale (otherwise the largest round one that fits)");
        contact = Value("--contact", In("TEXT", "TEXT"), "wohin sich Leser wenden", "whom readers turn to");
        publisher = Value("--publisher", In("TEXT", "TEXT"), "Herausgeber", "publisher");
        sheetId = Value("--sheet-id", In("TEXT", "TEXT"), "Aktenzeichen", "file number");
        disclosure = Value("--disclosure", "öffentlich|intern|vertraulich", "bis zu welcher Vertraulichkeit (sonst öffentlich)", "up to which disclosure class (otherwise öffentlich)");
        released = Switch("--released", "freigegeben statt Entwurf", "released instead of draft");
    }

    public override Outcome Run(ParseResult parsed, Session session)
    {
        var kind = parsed.GetValue(sheet)!;
        if (!Kinds.Contains(kind))
            throw BreitbandException.WrongUse($"Das Blatt „{kind}“ gibt es nicht. {Suggest.German(kind, Kinds)}", $"There is no sheet \"{kind}\". {Suggest.English(kind, Kinds)}");
        var municipality = parsed.GetValue(key);
        if (kind == "municipality" && municipality is null)
            throw BreitbandException.WrongUse("Welche Gemeinde? Zum Beispiel: breitband print municipality 12069020", "Which municipality? For example: breitband print municipality 12069020");
        if (kind == "measure" && municipality is null)
            throw BreitbandException.WrongUse("Welche Maßnahme? Zum Beispiel: breitband print measure M-01", "Which measure? For example: breitband print measure M-01");
        if (kind == "map")
            return Picture(parsed, session);
        var path = parsed.GetValue(target) ?? (kind switch { "overview" => "uebersicht.pdf", "atlas" => "gemeindeblaetter.pdf", "report" => "bericht.pdf", "view" => "ausschnitt.pdf", "change" => "veraenderung.pdf", "measure" => $"massnahme-{municipality}.pdf", _ => $"gemeinde-{municipality}.pdf" });
        var options = Options(parsed, session, kind, path);
        using var store = session.OpenStore(OpenMode.Read);
        var result = LastRun.Compute(store, session);
        options = options with { Backdrop = Backdrop.Read(store) };
        if (kind != "overview")
            Require(store, result, parsed);
        var files = kind switch
        {
            "overview" => OverviewSheet.Print(result, options, path),
            "measure" => MeasureSheet.Print(result, new MeasureRegister(store).Get(municipality!), store.MeasureHistory(municipality!), options, path),
            "atlas" => CountyBook.Atlas(result, MeasureAreas(store, result), options, path),
            "view" => ViewSheet.Print(result, View(parsed, result).Read(store, result, ExportVerb.Allowed(parsed.GetValue(disclosure))), options, path),
            "change" => Change(parsed, session, store, result, options, path),
            "report" => CountyBook.Report(result, MeasureAreas(store, result), options, path),
            _ => MunicipalitySheet.Print(result, municipality!, MeasureAreas(store, result), options, path),
        };
        session.Out.WriteLine(session.Json ? Text.Json.Write(new { result.Run, Files = files }) : string.Join("\n", files));
        return Outcome.Done;
    }

    void Require(Breitband.Store.Store store, GapResult result, ParseResult parsed) =>
        ResultDisclosure.Require(store, [.. result.Editions.Select(e => e.Number)], result.Basis, ExportVerb.Allowed(parsed.GetValue(disclosure)));

    PrintedView View(ParseResult parsed, GapResult result)
    {
        if (parsed.GetValue(bbox) is not { } box)
            throw BreitbandException.WrongUse("Welcher Ausschnitt? Zum Beispiel: breitband print view --bbox 12.9,52.2,13.1,52.3", "Which part? For example: breitband print view --bbox 12.9,52.2,13.1,52.3");
        var area = PrintedView.Extent(box, PrintedView.County(result));
        return new(area, parsed.GetValue(layers) is { } groups ? PrintedView.Layers(groups) : PrintedView.Usual(area), parsed.GetValue(title));
    }

    IReadOnlyList<string> Change(ParseResult parsed, Session session, Breitband.Store.Store store, GapResult result, PrintOptions options, string path)
    {
        if (parsed.GetValue(with) is not { } earlier)
            throw BreitbandException.WrongUse("Seit welchem Datenstand? Zum Beispiel: breitband print change --with 2023-12-31; Überblick: breitband editions", "Since which edition? For example: breitband print change --with 2023-12-31; see: breitband editions");
        var county = PrintedView.County(result);
        var area = parsed.GetValue(bbox) is { } box ? PrintedView.Extent(box, county) : county;
        var view = new PrintedView(area, parsed.GetValue(layers) is { } groups ? PrintedView.Layers(groups, ChangeSheet.Known) : ChangeSheet.Usual(area), parsed.GetValue(title));
        var allowed = ExportVerb.Allowed(parsed.GetValue(disclosure));
        var (one, other) = EditionComparison.Pair(store, earlier, parsed.GetValue(to) ?? "", allowed);
        var asked = LastRun.Options(store, session);
        var comparison = EditionComparison.Run(store, one is null ? asked : asked with { Editions = Maps.Views.Editions(store.Editions(), one) }, other);
        return ChangeSheet.Print(result, comparison, (asked.Profile, asked.Basis), view.Read(store, result, allowed), options, path);
    }

    Outcome Picture(ParseResult parsed, Session session)
    {
        var path = parsed.GetValue(target) ?? "karte.png";
        if (!path.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
            throw BreitbandException.WrongUse("„map“ ist ein PNG-Bild: --out karte.png", "\"map\" is a PNG picture: --out map.png");
        var (width, height) = Pixels(parsed.GetValue(size) ?? "1600x1200");
        using var store = session.OpenStore(OpenMode.Read);
        var result = LastRun.Compute(store, session);
        Require(store, result, parsed);
        SheetFile.Save(path, MapImage.Png(result, StoredResult.Shares(store, result), width, height, session.Language));
        session.Out.WriteLine(session.Json ? Text.Json.Write(new { result.Run, Files = new[] { path } }) : path);
        return Outcome.Done;
    }

    public static (int Width, int Height) Pixels(string text) =>
        text.Split('x', '×') is [var w, var h] && int.TryParse(w, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && int.TryParse(h, NumberStyles.None, CultureInfo.InvariantCulture, out var height)
            ? (width, height)
            : throw BreitbandException.WrongUse($"--size: „{text}“ ist keine Bildgröße (1600x1200).", $"--size: \"{text}\" is no size of a picture (1600x1200).");

    PrintOptions Options(ParseResult parsed, Session session, string kind, string path)
    {
        var options = new PrintOptions
        {
            PrintDate = DateOnly.FromDateTime(DateTime.Today),
            Paper = Paper.Parse(parsed.GetValue(paper) ?? kind switch { "overview" => "A3", "view" or "change" => "A4-quer", _ => "A4" }),
            Format = PrintOptions.ParseFormat(Path.GetExtension(path).TrimStart('.')),
            Language = session.Language,
            Contact = parsed.GetValue(contact) ?? "",
            SheetId = parsed.GetValue(sheetId) ?? "",
            Released = parsed.GetValue(released),
            Scale = Denominator(parsed.GetValue(scale)),
        };
        return parsed.GetValue(publisher) is { } name ? options with { Publisher = name } : options;
    }

    public static int? Denominator(string? text) => text is null ? null
        : int.TryParse(text.Replace("1:", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n
        : throw BreitbandException.WrongUse($"--scale: „{text}“ ist kein Maßstab (1:100000).", $"--scale: \"{text}\" is no scale (1:100000).");

    public static IReadOnlyList<(MeasureResult, NetTopologySuite.Geometries.Geometry)> MeasureAreas(Breitband.Store.Store store, GapResult result)
    {
        var results = result.Measures.ToDictionary(m => m.Key, StringComparer.Ordinal);
        return [.. store.Measures().Where(r => r.Geometry is not null && results.ContainsKey((string)r.Values[0]!)).Select(r => (results[(string)r.Values[0]!], r.Geometry!))];
    }
}
