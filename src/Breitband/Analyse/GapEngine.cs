using System.Text.Json;
using System.Text.Json.Serialization;

namespace Breitband.Analyse;

/// <summary>Which measures of the register an analysis lets count: all, none, or those named.</summary>
public sealed record MeasureChoice(bool All, IReadOnlyList<string> Keys)
{
    public static readonly MeasureChoice Every = new(true, []);
    public static readonly MeasureChoice None = new(false, []);
}

/// <summary>What an analysis depends on besides the store's editions.</summary>
/// <param name="Editions">Edition numbers to use instead of the live ones (to reproduce a run); null for the live ones.</param>
public sealed record AnalysisOptions(Profile Profile, Basis Basis, MeasureChoice Measures, DateOnly AsOf, IReadOnlyList<int>? Editions = null);

/// <summary>The verb <c>analyse</c>.</summary>
public static class GapEngine
{
    /// <summary>Reads the store and computes. Refuses when there is nothing to compute from, saying what to import.</summary>
    public static GapResult Run(Store.Store store, AnalysisOptions options) => Run(CountyReader.Figures(store, options.Editions), options);

    /// <summary>Computes from a county already read.</summary>
    public static GapResult Run(County county, AnalysisOptions options)
    {
        var analysis = Computed(county, options);
        var gaps = GapAreaFinder.Find(analysis);
        return Answer(county, options, Totals.Rows(analysis), gaps, new ReadOnDemand<GapCluster>(() => ClusterFinder.Find(analysis, gaps)), Lifts.Of(analysis), Notes(analysis));
    }

    /// <summary>Every demand judged; refuses what cannot be computed.</summary>
    internal static Analysis Computed(County county, AnalysisOptions options)
    {
        RequireKnown(options.Measures, county.Measures);
        var analysis = new Analysis(county, options).Compute();
        if (analysis.Demands.Count == 0)
            throw BreitbandException.Refused(
                "Es gibt keinen Bedarf zu rechnen: weder Adressen noch Bevölkerungsraster noch Haushaltszahlen. Zum Beispiel: breitband import data/gemeinden/household_size_pm.csv",
                "There is no demand to compute: neither addresses nor a population grid nor household numbers. For example: breitband import data/gemeinden/household_size_pm.csv");
        return analysis;
    }

    internal static GapResult Answer(County county, AnalysisOptions options, IReadOnlyList<AreaResult> rows, IReadOnlyList<GapArea> gaps, IReadOnlyList<GapCluster> clusters,
        IReadOnlyList<MeasureResult> measures, IReadOnlyList<Phrase> notes) => new()
        {
            Run = RunId.Of(county, options),
            Profile = options.Profile,
            Basis = options.Basis,
            AsOf = options.AsOf,
            County = county.Key,
            Editions = Stamps(county.Editions, options.Basis),
            Rows = rows,
            GapAreas = gaps,
            Clusters = clusters,
            Measures = measures,
            Notes = notes,
        };

    internal static void RequireKnown(MeasureChoice choice, IReadOnlyList<Measure> measures)
    {
        if (choice.Keys.FirstOrDefault(k => measures.All(m => m.Key != k)) is { } unknown)
            throw BreitbandException.WrongUse(
                $"Die Maßnahme „{unknown}“ gibt es nicht. {Suggest.German(unknown, measures.Select(m => m.Key))}",
                $"There is no measure \"{unknown}\". {Suggest.English(unknown, measures.Select(m => m.Key))}");
    }

    internal static IReadOnlyList<EditionStamp> Stamps(IEnumerable<Edition> editions, Basis basis) =>
        [.. editions.Where(e => basis.Uses(e)).Select(e => new EditionStamp(e.Number, e.Dataset.ToString(), e.Date, e.File, e.Sha256, e.Licence, e.Synthetic, e.Disclosure))];

    /// <summary>A result that is about one row only.</summary>
    internal static GapResult Frame(string run, County county, AnalysisOptions options, AreaResult row) => new()
    {
        Run = run,
        Profile = options.Profile,
        Basis = options.Basis,
        AsOf = options.AsOf,
        County = county.Key,
        Editions = Stamps(county.Editions, options.Basis),
        Rows = [row],
        GapAreas = [],
        Measures = [],
        Notes = [],
    };

    /// <summary>Computes and saves results and run in the store, for QGIS, export and print.</summary>
    /// <param name="compare">An earlier edition to hold the live one against.</param>
    /// <param name="read">The store's county as it is, where somebody keeps one.</param>
    /// <param name="compute">Gives its result, where somebody keeps one computed.</param>
    public static GapResult RunAndSave(Store.Store store, AnalysisOptions options, Edition? compare = null, County? read = null, Func<County, GapResult>? compute = null)
    {
        // One reading for the answer, the comparison and what is written down of them: imports go on meanwhile.
        var county = read ?? CountyReader.Figures(store, options.Editions);
        int[] editions = [.. county.Editions.Select(e => e.Number)];
        var comparison = compare is null ? null : EditionComparison.Run(store, options with { Editions = editions }, compare);
        var result = (compute ?? (c => Run(c, options)))(county) with { Comparison = comparison };
        var parameters = JsonSerializer.Serialize(new Parameters(options.Profile.Key, options.Basis.Code(), options.Measures.All, options.Measures.Keys, options.AsOf, editions), RunJson.Default.Parameters);
        store.SaveRun(new Store.RunRecord(result.Run, DateTime.UtcNow, parameters, StoredResult.Write(result)), ResultRows.Of(result));
        return result;
    }

    /// <summary>The options of a recorded run (the newest when the id is null), with its editions.</summary>
    public static AnalysisOptions Recorded(Store.Store store, Profiles profiles, string? run)
    {
        var runs = store.Runs();
        if (runs.Count == 0)
            throw BreitbandException.Refused("Es gibt noch keine Analyse. Zuerst: breitband analyse", "There is no analysis yet. First: breitband analyse");
        var record = run is null ? runs[0] : runs.FirstOrDefault(r => r.Id == run) ?? throw BreitbandException.WrongUse(
            $"Den Lauf „{run}“ gibt es nicht. {Suggest.German(run, runs.Select(r => r.Id))}", $"There is no run \"{run}\". {Suggest.English(run, runs.Select(r => r.Id))}");
        var p = JsonSerializer.Deserialize(record.Parameters, RunJson.Default.Parameters) ?? throw new InvalidDataException($"run {record.Id} has no parameters");
        var basis = Enum.GetValues<Basis>().Single(b => b.Code() == p.Basis);
        return new(profiles.Get(p.Profile), basis, new MeasureChoice(p.AllMeasures, p.Measures), p.AsOf, p.Editions);
    }

    internal sealed record Parameters(string Profile, string Basis, bool AllMeasures, IReadOnlyList<string> Measures, DateOnly AsOf, IReadOnlyList<int> Editions);

    internal static IReadOnlyList<Phrase> Notes(Analysis analysis) => [.. analysis.County.Notes, .. analysis.Demands.Notes, .. RunNotes.Of(analysis)];
}

/// <summary>Compiled with the program, as <see cref="StoredJson"/>.</summary>
[JsonSerializable(typeof(GapEngine.Parameters))]
sealed partial class RunJson : JsonSerializerContext;
