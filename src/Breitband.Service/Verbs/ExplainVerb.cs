using System.CommandLine;
using Breitband.Analyse;
using Breitband.Service.Text;
using Breitband.Store;

namespace Breitband.Service.Verbs;

sealed class ExplainVerb : Verb
{
    readonly Argument<string> place;

    public ExplainVerb(Language language) : base(language, "explain", new("erklären, wie ein Ort zu seinem Ergebnis kommt", "explain how a place comes to its result"), new(
        "Sagt für eine Adresse, eine Koordinate oder eine Kennung, welcher Beleg aus welchem Datenstand nach welcher Regel mit welchem Gewicht zählt\nund warum eine Maßnahme zählt oder nicht. Koordinaten: Rechtswert und Hochwert (EPSG:25833) oder Länge und Breite.",
        "Says for an address, a coordinate or a key which evidence of which edition counts by which rule with which weight\nand why a measure counts or not. Coordinates: easting and northing (EPSG:25833) or longitude and latitude."),
        "breitband explain \"Bad Belzig\"", "breitband explain \"Dorfstraße 3, Görzke\"", "breitband explain \"340123 5790456\"")
    {
        place = Add(new Argument<string>("PLACE") { HelpName = In("ORT", "PLACE") });
    }

    public override Outcome Run(ParseResult parsed, Session session)
    {
        using var store = session.OpenStore(OpenMode.Read);
        var explanation = Explain.Run(store, LastRun.Options(store, session), parsed.GetValue(place)!);
        session.Out.Write(session.Json ? ResultJson.Explain(explanation, session.Language) + "\n" : ExplainText.Of(explanation, session.Language));
        return Outcome.Done;
    }
}
