using System.CommandLine;
using Breitband.Service.Text;
using Breitband.Store;

namespace Breitband.Service.Verbs;

sealed class EditionsVerb(Language language) : Verb(language, "editions", new("Datenstände zeigen", "show editions"), new(
    "Zeigt alle Importe: welche Ebene aus welcher Quelle, welchen Tag die Daten beschreiben, welcher Stand gilt (●).",
    "Shows all imports: which layer of which source, which day the data describe, which edition is live (●)."),
    "breitband editions", "breitband editions --json", "breitband editions --store kreis.gpkg")
{
    public override Outcome Run(ParseResult parsed, Session session)
    {
        using var store = session.OpenStore(OpenMode.Read);
        var editions = store.Editions();
        if (session.Json)
            session.Out.WriteLine(EditionsJson.Of(editions));
        else if (editions.Count == 0)
            session.Out.WriteLine(session.In("Noch nichts importiert.", "Nothing imported yet."));
        else
            session.Out.Write(TextTable.Of(
                ["", session.In("Nr.", "No."), session.In("Datensatz", "Dataset"), session.In("Stand", "Date"), session.In("Zeilen", "Rows"), session.In("zurückgewiesen", "rejected"), session.In("Datei", "File")],
                editions.Select(e => (string[])[e.Live ? "●" : "", $"{e.Number}", e.Dataset.ToString(), Formats.Date(e.Date, session.Language), Count(e, e.RowCount, session.Language),
                    Count(e, e.RejectedCount, session.Language), Path.GetFileName(e.File) + (e.Synthetic ? session.In(" (Demonstrationsdaten)", " (demonstration data)") : "")]), 1, 4, 5));
        return Outcome.Done;
    }

    static string Count(Edition edition, long count, Language language) => edition.IsClosed ? "–" : Formats.Whole(count, language);
}
