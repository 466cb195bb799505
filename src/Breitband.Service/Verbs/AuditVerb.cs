using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Breitband.Service.Text;
using Breitband.Store;

namespace Breitband.Service.Verbs;

sealed class AuditVerb : Verb
{
    readonly Option<string?> limit;

    public AuditVerb(Language language) : base(language, "audit", new("Protokoll der Änderungen zeigen", "show the audit of changes"), new(
        "Zeigt, wer den Speicher wann geändert hat: Importe, geltende Datenstände, Analysen, Maßnahmen; das Neueste zuerst. Es wird mit jeder Änderung\nzusammen geschrieben und nie geändert. Was der Dienst ablehnte, steht in seiner eigenen Datei (docs/operations.md).",
        "Shows who changed the store when: imports, live editions, analyses, measures; the newest first. It is written together with each change\nand never rewritten. What the service refused stands in a file of its own (docs/operations.md)."),
        "breitband audit", "breitband audit --limit 20", "breitband audit --json") =>
        limit = Value("--limit", "N", "wie viele Einträge höchstens (sonst 100)", "at most this many entries (otherwise 100)");

    public override Outcome Run(ParseResult parsed, Session session)
    {
        using var store = session.OpenStore(OpenMode.Read);
        var entries = store.Audit(Count(parsed.GetValue(limit)));
        if (session.Json)
            session.Out.WriteLine(new JsonArray([.. entries.Select(AuditJson.Of)]).ToJsonString(Http.Answer.Camel));
        else if (entries.Count == 0)
            session.Out.WriteLine(session.In("Noch keine Änderung verzeichnet.", "No change recorded yet."));
        else
            session.Out.Write(TextTable.Of([session.In("Wann", "When"), session.In("Wer", "Who"), session.In("Woher", "From"), session.In("Was", "What"), session.In("Woran", "To what")],
                entries.Select(e => (string[])[e.At.ToLocalTime().ToString(session.In("dd.MM.yyyy HH:mm:ss", "yyyy-MM-dd HH:mm:ss"), CultureInfo.InvariantCulture), e.Who, e.Origin ?? "", e.Action, e.Subject])));
        return Outcome.Done;
    }

    static int Count(string? text) => text is null ? 100 : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count
        : throw BreitbandException.WrongUse($"--limit: „{text}“ ist keine Anzahl.", $"--limit: \"{text}\" is no number.");
}
