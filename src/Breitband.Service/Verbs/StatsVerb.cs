using System.CommandLine;
using Breitband.Analyse;
using Breitband.Service.Text;
using Breitband.Store;

namespace Breitband.Service.Verbs;

sealed class StatsVerb : Verb
{
    readonly Option<string?> by, format;

    public StatsVerb(Language language) : base(language, "stats", new("Zahlen je Kreis, Amt, Gemeinde oder Siedlung", "figures per county, Amt, municipality or settlement"), new(
        "Anteile und absolute Zahlen der letzten Analyse, nach Haushalten gewichtet. „settlement“ enthält auch die Zeilen „außerhalb von Ortslagen“.\nGedruckte Zahlen sind ganze Haushalte, deren Teile die Summe ergeben; CSV und JSON sind genau.",
        "Shares and absolute numbers of the last analysis, weighted by households. \"settlement\" includes the rows outside settlements.\nPrinted figures are whole households whose parts equal the sum; CSV and JSON are exact."),
        "breitband stats", "breitband stats --by settlement --format csv > siedlungen.csv", "breitband stats --by county --json")
    {
        by = Value("--by", "county|amt|municipality|settlement", "Ebene (sonst municipality)", "level (otherwise municipality)");
        format = Value("--format", "table|csv|json", "Form (sonst table)", "form (otherwise table)");
    }

    public override Outcome Run(ParseResult parsed, Session session)
    {
        var level = Choice("--by", parsed.GetValue(by) ?? "municipality", "county", "amt", "municipality", "settlement");
        var form = session.Json ? "json" : Choice("--format", parsed.GetValue(format) ?? "table", "table", "csv", "json");
        using var store = session.OpenStore(OpenMode.Read);
        var result = LastRun.Compute(store, session);
        var rows = result.Rows.Where(r => level switch
        {
            "county" => r.Level == AreaLevel.County,
            "amt" => r.Level == AreaLevel.Amt,
            "municipality" => r.Level == AreaLevel.Municipality,
            _ => r.Level is AreaLevel.Settlement or AreaLevel.Outside or AreaLevel.Unlocated,
        }).ToList();
        session.Out.Write(form switch
        {
            "json" => ResultJson.Stats(result, rows) + "\n",
            "csv" => StatsCsv.Of(result, rows, session.Language),
            _ => StatsText.Of(result, rows, session.Language),
        });
        return Outcome.Done;
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
