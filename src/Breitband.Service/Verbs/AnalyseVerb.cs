using System.CommandLine;
using Breitband.Analyse;
using Breitband.Service.Text;
using Breitband.Store;

namespace Breitband.Service.Verbs;

sealed class AnalyseVerb : Verb
{
    readonly Option<string?> profile, basis, measures, asOf, run, compare;

    public AnalyseVerb(Language language) : base(language, "analyse", new("Versorgungslücken rechnen", "compute coverage gaps"), new(
        "Rechnet für jede Adresse und Rasterzelle, ob sie versorgt, unklar, geplant oder unter der Aufgreifschwelle ist, und legt das Ergebnis\nim Speicher ab (Ebenen gaps, gap_clusters, result_settlements, result_municipalities). Ohne Angaben gilt die heutige Aufgreifschwelle und\n„best“: die Markterkundung, wo sie antwortet, sonst der Breitbandatlas. Die Nummer des Laufs wiederholt ihn genau.\n--compare stellt den geltenden Datenstand einem früheren gegenüber: je Gemeinde hinzugekommen und weggefallen, dazu die Ebene changes.",
        "Computes for every address and grid cell whether it is served, unclear, planned or below the threshold, and keeps the result\nin the store (layers gaps, gap_clusters, result_settlements, result_municipalities). By default today's profile and\n\"best\": the market consultation where it answers, else the Breitbandatlas. The run's id repeats it exactly.\n--compare holds the live edition against an earlier one: gained and lost per municipality, and the layer changes."),
        "breitband analyse", "breitband analyse --profile NGA-2015 --basis atlas --measures none", "breitband analyse --measures M-01,M-07 --as-of 2026-12-31", "breitband analyse --compare 2021-06-30")
    {
        profile = Value("--profile", In("KÜRZEL", "KEY"), "Aufgreifschwelle aus profiles.json", "profile of profiles.json");
        basis = Value("--basis", "atlas|mev|best", "Grundlage: Breitbandatlas, Markterkundung oder beides", "basis: Breitbandatlas, market consultation or both");
        measures = Value("--measures", "all|none|ID,...", "welche Maßnahmen mitzählen", "which measures count");
        asOf = Value("--as-of", In("JJJJ-MM-TT", "YYYY-MM-DD"), "Stichtag für überfällige Maßnahmen (sonst heute)", "day for overdue measures (otherwise today)");
        compare = Value("--compare", In("NR|STAND", "NO|DATE"), "mit einem früheren Datenstand der Versorgung vergleichen", "compare with an earlier edition of the coverage");
        run = Value("--run", In("LAUF", "ID"), "einen früheren Lauf wiederholen", "repeat an earlier run");
    }

    public override Outcome Run(ParseResult parsed, Session session)
    {
        using var store = session.OpenStore(OpenMode.Write);
        var repeated = parsed.GetValue(run);
        var options = repeated is not null ? GapEngine.Recorded(store, session.Profiles, repeated) : new AnalysisOptions(
            session.Profiles.Get(parsed.GetValue(profile)), BasisOf(parsed.GetValue(basis)), MeasuresOf(parsed.GetValue(measures)),
            Session.Date(parsed.GetValue(asOf), "--as-of") ?? DateOnly.FromDateTime(DateTime.Today));
        if (repeated is not null && parsed.GetValue(compare) is not null)
            throw BreitbandException.WrongUse("--run wiederholt einen Lauf und vergleicht nicht; eines von beiden angeben.", "--run repeats a run and does not compare; give one of the two.");
        var earlier = parsed.GetValue(compare) is { } text ? EditionComparison.Find(store, text) : null;
        session.Progress(session.In("Rechne", "Computing"), 0, null);
        var result = repeated is null ? GapEngine.RunAndSave(store, options, earlier) : GapEngine.Run(store, options);
        session.ClearProgress();
        if (repeated is not null && result.Run != repeated)
            throw BreitbandException.Failed($"Der Lauf {repeated} lässt sich nicht wiederholen: Aufgreifschwelle, Maßnahmen oder Programm haben sich seither geändert (jetzt {result.Run}).",
                $"Run {repeated} cannot be repeated: profile, measures or program have changed since (now {result.Run}).");
        session.Out.Write(session.Json ? ResultJson.Analysis(result, session.Language) + "\n" : AnalysisText.Of(result, session.Language));
        var worst = result.Rows.Where(r => r.Level == AreaLevel.Municipality).MaxBy(r => r.Households.Open)?.Name ?? result.Rows[0].Name;
        session.Say($"Weiter: breitband stats · breitband explain \"{worst}\" · breitband export gaps --out luecken.gpkg",
            $"Next: breitband stats · breitband explain \"{worst}\" · breitband export gaps --out gaps.gpkg");
        return Outcome.Done;
    }

    static Basis BasisOf(string? text)
    {
        if (text is null)
            return Basis.Best;
        var all = Enum.GetValues<Basis>();
        return all.Any(b => b.Code() == text) ? all.Single(b => b.Code() == text) : throw BreitbandException.WrongUse(
            $"Die Grundlage „{text}“ gibt es nicht. {Suggest.German(text, all.Select(b => b.Code()))}", $"There is no basis \"{text}\". {Suggest.English(text, all.Select(b => b.Code()))}");
    }

    static MeasureChoice MeasuresOf(string? text) => text switch
    {
        null or "all" => MeasureChoice.Every,
        "none" => MeasureChoice.None,
        _ => new(false, text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
    };
}
