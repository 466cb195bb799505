using System.CommandLine;
using System.Text;
using Breitband.Analyse;
using Breitband.Print;
using Breitband.Service.Text;
using Breitband.Store;

namespace Breitband.Service.Verbs;

sealed class StatsVerb : Verb
{
    static readonly string[] Forms = ["table", "csv", "json", "xlsx"];

    readonly Option<string?> by, format, target;

    public StatsVerb(Language language) : base(language, "stats", new("Zahlen je Kreis, Amt, Gemeinde oder Siedlung", "figures per county, Amt, municipality or settlement"), new(
        "Anteile und absolute Zahlen der letzten Analyse, nach Haushalten gewichtet. „settlement“ enthält auch die Zeilen „außerhalb von Ortslagen“,\n„outside“ nur diese, „all“ alle Ebenen, „cluster“ sind die Ausbaucluster. Gedruckte Zahlen sind ganze Haushalte, deren Teile die Summe ergeben; CSV, XLSX und JSON sind genau.",
        "Shares and absolute numbers of the last analysis, weighted by households. \"settlement\" includes the rows outside settlements,\n\"outside\" only these, \"all\" all levels, \"cluster\" are the build-out clusters. Printed figures are whole households whose parts equal the sum; CSV, XLSX and JSON are exact."),
        "breitband stats", "breitband stats --by settlement --format csv > siedlungen.csv", "breitband stats --by all --out zahlen.xlsx", "breitband stats --by county --json")
    {
        by = Value("--by", string.Join('|', StatsRows.Levels.Append("cluster")), "Ebene (sonst municipality)", "level (otherwise municipality)");
        format = Value("--format", string.Join('|', Forms), "Form (sonst table, oder wie die Datei endet)", "form (otherwise table, or as the file ends)");
        target = Value("--out", In("DATEI", "FILE"), "in eine Datei statt auf den Bildschirm", "to a file instead of the screen");
    }

    public override Outcome Run(ParseResult parsed, Session session)
    {
        var level = Choice("--by", parsed.GetValue(by) ?? "municipality", [.. StatsRows.Levels, "cluster"]);
        var path = parsed.GetValue(target);
        var ending = Path.GetExtension(path)?.TrimStart('.').ToLowerInvariant();
        var form = session.Json ? "json" : Choice("--format", parsed.GetValue(format) ?? (Forms.Contains(ending) ? ending! : "table"), Forms);
        if (form == "xlsx" && path is null)
            throw BreitbandException.WrongUse("Eine XLSX-Datei braucht einen Namen: --out zahlen.xlsx", "An XLSX file needs a name: --out figures.xlsx");
        using var store = session.OpenStore(OpenMode.Read);
        var result = LastRun.Compute(store, session);
        var content = level == "cluster" && form == "xlsx" ? Content(store, session, form, result, []) : level == "cluster" ? Encoding.UTF8.GetBytes(ClusterText.Of(result, form, session.Language)) : Content(store, session, form, result, StatsRows.Of(result, level));
        if (path is null)
            session.Out.Write(Encoding.UTF8.GetString(content));
        else
        {
            SheetFile.Save(path, content);
            session.Out.WriteLine(path);
        }
        return Outcome.Done;
    }

    static byte[] Content(Breitband.Store.Store store, Session session, string form, GapResult result, IReadOnlyList<AreaResult> rows)
    {
        StatsFacts Facts() => StatsFacts.Of(store, result, LastRun.Options(store, session));

        if (form == "xlsx")
            return StatsWorkbook.Of(result, rows, Facts(), session.Language, places: true);
        var text = form switch
        {
            "json" => ResultJson.Stats(result, rows, Facts(), session.Language) + "\n",
            "csv" => StatsTable.Of(result, rows, Facts(), session.Language) is var (columns, cells) ? StatsCsv.Of(columns, cells, session.Language) : "",
            _ => StatsText.Of(result, rows, session.Language),
        };
        return Encoding.UTF8.GetBytes(text);
    }

    static string Choice(string option, string value, params string[] known) => known.Contains(value) ? value : throw BreitbandException.WrongUse(
        $"{option}: „{value}“ gibt es nicht. {Suggest.German(value, known)}", $"{option}: there is no \"{value}\". {Suggest.English(value, known)}");
}

/// <summary>The newest recorded analysis on the live editions with the same parameters: as stored, or computed again when something changed since.</summary>
static class LastRun
{
    public static GapResult Compute(Breitband.Store.Store store, Session session) => Options(store, session) is var options && StoredResult.Read(store, options) is { } stored ? stored : GapEngine.Run(store, options);

    public static AnalysisOptions Options(Breitband.Store.Store store, Session session)
    {
        var options = GapEngine.Recorded(store, session.Profiles, null);
        if (!store.Editions().Where(e => e.Live).Select(e => e.Number).Order().SequenceEqual(options.Editions!.Order()))
            session.Say("Seit der letzten Analyse wurde importiert; gerechnet ist mit den neuen Datenständen.", "There were imports since the last analysis; computed with the new editions.");
        return options with { Editions = null };
    }
}
