namespace Breitband.Analyse;

/// <summary>One figure beside the published one, percent of households.</summary>
public sealed record ProbeRow(string Key, string Name, string Share, double Ours, double Published, double Difference, Phrase? Why);

/// <param name="Published">Dataset and date of the published shares.</param>
/// <param name="LargestMunicipal">Largest absolute difference of a municipality, percentage points.</param>
/// <param name="LargestCounty">Largest absolute difference of the county row, percentage points; null without a published county row.</param>
public sealed record ProbeReport(string Run, string Published, IReadOnlyList<ProbeRow> Rows, double LargestMunicipal, double? LargestCounty, IReadOnlyList<Phrase> Notes);

/// <summary>The verb <c>probe</c>: ours against the published shares.</summary>
public static class Probe
{
    public static ProbeReport Run(Store.Store store, GapResult result) => throw new NotSupportedException($"{store} {result}");
}
