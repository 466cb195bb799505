using System.CommandLine;
using Breitband.Store;

namespace Breitband.Service.Verbs;

sealed class StoreVerb : Verb
{
    readonly Argument<string> action, from, to;

    public StoreVerb(Language language) : base(language, "store", new("Speicher umziehen", "move a store"), new(
        "Kopiert alles von einem Speicher in einen leeren anderen: alle Datenstände mit ihren Nummern, zurückgewiesene Zeilen, Maßnahmen mit ihrer Geschichte,\nLäufe und Ergebnisse. So geht ein Kreis, der mit einer Datei begann, in PostGIS weiter, oder nimmt eine Datei mit. Ganz oder gar nicht.",
        "Copies everything from one store into an empty other: all editions with their numbers, rejected rows, measures with their history,\nruns and results. So a county that began with a file goes on in PostGIS, or takes a file along. Wholly or not at all."),
        "breitband store copy kreis.gpkg \"Host=db.kreis.de;Database=breitband;Username=planung\"", "breitband store copy postgres://planung@db.kreis.de/breitband kopie.gpkg --county 12069")
    {
        action = Add(new Argument<string>("ACTION") { HelpName = "copy" });
        from = Add(new Argument<string>("FROM") { HelpName = In("VON", "FROM") });
        to = Add(new Argument<string>("TO") { HelpName = In("NACH", "TO") });
    }

    public override Outcome Run(ParseResult parsed, Session session)
    {
        if (parsed.GetValue(action) is not "copy" and var other)
            throw BreitbandException.WrongUse($"„store {other}“ gibt es nicht. Gemeint: breitband store copy VON NACH", $"There is no \"store {other}\". Meant: breitband store copy FROM TO");
        var target = parsed.GetValue(to)!;
        using var source = session.OpenStore(parsed.GetValue(from)!, OpenMode.Read);
        var fresh = !Breitband.Store.Store.IsDatabase(target) && !File.Exists(target);
        var done = false;
        try
        {
            using var receiving = Breitband.Store.Store.Open(target, OpenMode.Create, source.County);
            var copied = StoreCopy.Run(source, receiving, (dataset, rows) => session.Progress(dataset, rows, null));
            done = true;
            session.ClearProgress();
            session.Out.WriteLine(session.Json ? Text.Json.Write(copied) : Told(copied, source.Location, receiving.Location, session.Language));
        }
        finally
        {
            if (fresh && !done)
                File.Delete(target);
        }
        return Outcome.Done;
    }

    static string Told(Copied c, string from, string to, Language language)
    {
        string Whole(long n) => Formats.Whole(n, language);

        return new Phrase(
            $"{from} → {to}: {Whole(c.Editions)} Datenstände mit {Whole(c.Rows)} Zeilen ({Whole(c.Rejected)} zurückgewiesene), {Whole(c.Measures)} Maßnahmen mit {Whole(c.Changes)} Änderungen, {Whole(c.Runs)} Läufe",
            $"{from} → {to}: {Whole(c.Editions)} editions with {Whole(c.Rows)} rows ({Whole(c.Rejected)} rejected), {Whole(c.Measures)} measures with {Whole(c.Changes)} changes, {Whole(c.Runs)} runs").In(language);
    }
}
