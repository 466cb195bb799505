using System.CommandLine;
using Breitband.Analyse;
using Breitband.Print;
using Breitband.Service.Text;
using Breitband.Store;
using NetTopologySuite.Geometries;

namespace Breitband.Service.Verbs;

sealed class ExplainVerb : Verb
{
    /// <summary>Around a place, metres: what its site plan may show.</summary>
    const double Around = 3_000;

    readonly Argument<string> place;
    readonly Option<string?> target, contact, publisher, sheetId, disclosure;
    readonly Option<bool> released;

    public ExplainVerb(Language language) : base(language, "explain", new("erklären, wie ein Ort zu seinem Ergebnis kommt", "explain how a place comes to its result"), new(
        "Sagt für eine Adresse, eine Koordinate oder eine Kennung, welcher Beleg aus welchem Datenstand nach welcher Regel mit welchem Gewicht zählt\nund warum eine Maßnahme zählt oder nicht. Adressen auch mit „str.“, ohne Umlaute und mit Tippfehlern; gibt es mehrere, werden sie genannt.\nKoordinaten: Rechtswert und Hochwert (EPSG:25833) oder Länge und Breite. Mit --out entsteht die Auskunft als ein Blatt A4.",
        "Says for an address, a coordinate or a key which evidence of which edition counts by which rule with which weight\nand why a measure counts or not. Addresses also abbreviated, without umlauts and mistyped; where there are several, they are listed.\nCoordinates: easting and northing (EPSG:25833) or longitude and latitude. --out makes it a sheet of A4 to hand out."),
        "breitband explain \"Bad Belzig\"", "breitband explain \"Dorfstr. 3, Goerzke\"", "breitband explain \"340123 5790456\"", "breitband explain \"Dorfstraße 3, Görzke\" --out auskunft.pdf --released")
    {
        place = Add(new Argument<string>("PLACE") { HelpName = In("ORT", "PLACE") });
        target = Value("--out", In("DATEI", "FILE"), "Auskunft als Blatt: .pdf, .png oder .svg", "as a sheet: .pdf, .png or .svg");
        contact = Value("--contact", In("TEXT", "TEXT"), "wohin sich Leser wenden", "whom readers turn to");
        publisher = Value("--publisher", In("TEXT", "TEXT"), "Herausgeber", "publisher");
        sheetId = Value("--sheet-id", In("TEXT", "TEXT"), "Aktenzeichen", "file number");
        disclosure = Value("--disclosure", "öffentlich|intern|vertraulich", "bis zu welcher Vertraulichkeit das Blatt gehen darf (sonst öffentlich)", "up to which disclosure class the sheet may go (otherwise öffentlich)");
        released = Switch("--released", "freigegeben statt Entwurf", "released instead of draft");
    }

    public override Outcome Run(ParseResult parsed, Session session)
    {
        using var store = session.OpenStore(OpenMode.Read);
        var explanation = Explain.Run(store, LastRun.Options(store, session), parsed.GetValue(place)!);
        if (parsed.GetValue(target) is { } path)
        {
            explanation = ResultDisclosure.Shown(store, explanation, ExportVerb.Allowed(parsed.GetValue(disclosure)));
            var files = PlaceSheet.Print(explanation, Areas(store, explanation), Options(parsed, session, store, path), path);
            session.Out.WriteLine(session.Json ? Json.Write(new { explanation.Run, Files = files }) : string.Join("\n", files));
        }
        else
            session.Out.Write(session.Json ? ResultJson.Explain(explanation, session.Language) + "\n" : ExplainText.Of(explanation, session.Language));
        return Outcome.Done;
    }

    PrintOptions Options(ParseResult parsed, Session session, Breitband.Store.Store store, string path)
    {
        var options = new PrintOptions
        {
            PrintDate = DateOnly.FromDateTime(DateTime.Today),
            Paper = Paper.A4,
            Format = PrintOptions.ParseFormat(Path.GetExtension(path).TrimStart('.')),
            Language = session.Language,
            Contact = parsed.GetValue(contact) ?? "",
            SheetId = parsed.GetValue(sheetId) ?? "",
            Released = parsed.GetValue(released),
            Backdrop = Backdrop.Read(store),
        };
        return parsed.GetValue(publisher) is { } name ? options with { Publisher = name } : options;
    }

    /// <summary>Settlements and municipalities for the site plan; of a whole settlement or municipality its own outline first.</summary>
    public static List<(Layer, string, Geometry)> Areas(Breitband.Store.Store store, Explanation explanation)
    {
        var own = explanation.Result.Rows[0].Geometry;
        var around = own?.EnvelopeInternal.Copy() ?? (double.IsNaN(explanation.X) ? new Envelope() : new Envelope(new Coordinate(explanation.X, explanation.Y)));
        around.ExpandBy(Around);
        IEnumerable<(Layer, string, Geometry)> Of(Layer layer) => store.LiveEditions(layer).SelectMany(e =>
        {
            var name = store.Columns(e).ToList().FindIndex(f => f.Name == "name");
            return store.Read(e, around).Where(r => r.Geometry is not null).Select(r => (layer, name < 0 ? "" : r.Values[name] as string ?? "", r.Geometry!));
        });

        return [.. own is null ? [] : new[] { (explanation.Settlement is null ? Layer.Municipalities : Layer.Settlements, explanation.Place.De, own) }, .. Of(Layer.Settlements), .. Of(Layer.Municipalities)];
    }
}
