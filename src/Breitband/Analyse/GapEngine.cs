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
    public static GapResult Run(Store.Store store, AnalysisOptions options) => throw new NotSupportedException($"{store} {options}");

    /// <summary>Computes and saves results and run in the store, for QGIS, export and print.</summary>
    public static GapResult RunAndSave(Store.Store store, AnalysisOptions options) => throw new NotSupportedException($"{store} {options}");

    /// <summary>The options of a recorded run (the newest when the id is null), with its editions.</summary>
    public static AnalysisOptions Recorded(Store.Store store, Profiles profiles, string? run) => throw new NotSupportedException($"{store} {profiles} {run}");
}
