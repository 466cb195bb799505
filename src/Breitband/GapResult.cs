using NetTopologySuite.Geometries;

namespace Breitband;

/// <summary>Which coverage evidence an analysis stands on. Every result, map and page names it; never blended silently.</summary>
public enum Basis { Atlas, Mev, Best }

public static class Bases
{
    public static string Code(this Basis basis) => basis switch { Basis.Atlas => "atlas", Basis.Mev => "mev", _ => "best" };

    /// <summary>Whether figures on a basis depend on an edition: published shares have no part in <c>mev</c>, operators' answers none in <c>atlas</c>.</summary>
    public static bool Uses(this Basis basis, Edition edition) => basis == Basis.Best || !edition.Dataset.Layer.StartsWith("coverage_", StringComparison.Ordinal)
        || edition.Evidence == (basis == Basis.Atlas ? EvidenceKind.Atlas : EvidenceKind.Mev);

    public static Phrase Label(this Basis basis) => basis switch
    {
        Basis.Atlas => new("Breitbandatlas (veröffentlichte Anteile)", "Breitbandatlas (published shares)"),
        Basis.Mev => new("Markterkundung (Angaben der Netzbetreiber)", "market consultation (operators' answers)"),
        _ => new("Markterkundung, wo sie antwortet, sonst Breitbandatlas", "market consultation where it answers, else Breitbandatlas"),
    };
}

/// <summary>
/// Where a row of a result stands in the county. <see cref="Outside"/>: farms and scattered houses of a municipality, outside every settlement;
/// <see cref="Unlocated"/>: households of a municipality of which nothing but the number is known.
/// </summary>
public enum AreaLevel { County, Amt, Municipality, Settlement, Outside, Unlocated }

/// <summary>Why a household is unclear. <see cref="Bracket"/>: the published classes leave it open; the others: there is no evidence.</summary>
public enum UnclearReason { Bracket, NoAtlasData, NoAnswer, NoFigure }

/// <summary>Households per <see cref="UnclearReason"/>, in <see cref="Split.One"/> units; their sum is the unclear part exactly.</summary>
public readonly record struct UnclearCounts(long Bracket, long NoAtlasData, long NoAnswer, long NoFigure)
{
    public static UnclearCounts operator +(UnclearCounts a, UnclearCounts b) =>
        new(a.Bracket + b.Bracket, a.NoAtlasData + b.NoAtlasData, a.NoAnswer + b.NoAnswer, a.NoFigure + b.NoFigure);

    public static UnclearCounts Add(UnclearCounts left, UnclearCounts right) => left + right;

    /// <summary>Households without any evidence, listed apart from those the classes leave open.</summary>
    public long WithoutEvidence => NoAtlasData + NoAnswer + NoFigure;
}

/// <summary>The figures of one county, Amt, municipality, settlement, or of the scattered houses of one municipality.</summary>
/// <param name="Key">AGS, Amt code, settlement key; for <see cref="AreaLevel.Outside"/> the AGS of the municipality.</param>
/// <param name="Shares">Percent of households per published class, by <see cref="Layer.ShareField"/>; only fields that have a value.</param>
public sealed record AreaResult(AreaLevel Level, string Key, string Name, string? Ags, Split Households, Split Addresses, Split Businesses,
    UnclearCounts Unclear, IReadOnlyDictionary<string, double> Shares, Geometry? Geometry)
{
    /// <summary>Planned households by the code of the state their measure is in, in <see cref="Split.One"/> units; only states that have some.</summary>
    public IReadOnlyDictionary<string, long> PlannedBy { get; init; } = new Dictionary<string, long>();

    /// <summary>What is not served, by the line there is; null in results of older programs.</summary>
    public SpotCounts? Spots { get; init; }

    /// <summary>Schools, hospitals, business parks: each counts as one, by the facilities' rule, in <see cref="Split.One"/> units.</summary>
    public IReadOnlyDictionary<string, Split> Facilities { get; init; } = new Dictionary<string, Split>();
}

/// <summary>A gap area in the stored CRS.</summary>
/// <param name="Share">Unserved and unclear households of the evidence there, 0 to 1.</param>
/// <param name="Evidence"><c>cells</c>, <c>areas</c> or <c>addresses</c>.</param>
/// <param name="Households">Open households within, in <see cref="Split.One"/> units.</param>
public sealed record GapArea(string Key, string Ags, string? Settlement, string Evidence, double Share, long Households, double AreaM2, Geometry Geometry);

/// <summary>
/// Gap areas near each other in one municipality, as one build-out would take them. Counts in <see cref="Split.One"/> units, of open demand.
/// </summary>
/// <param name="Places">Names of the settlements it has parts in, comma between; empty when it has none.</param>
/// <param name="Outside">Whether it has a part outside settlements.</param>
/// <param name="Spread">Shortest network of straight lines that joins its open houses, metres: the least trench there can be.</param>
/// <param name="Nearest">From its nearest open house to the nearest edge of what is served, metres; null where nothing served is known.</param>
public sealed record GapCluster(string Key, string Ags, string Name, string Places, bool Outside, long Households, long Addresses, long Businesses, double AreaM2,
    double Spread, double? Nearest, Geometry Geometry)
{
    public Phrase Label => new($"{Name}: {Where("außerhalb von Ortslagen")}", $"{Name}: {Where("outside settlements")}");

    string Where(string outside) => !Outside ? Places : Places.Length == 0 ? outside : $"{Places}, {outside}";
}

/// <summary>Why a measure does not make a place „planned“; none means it counts.</summary>
[Flags]
public enum PlannedFault { None = 0, State = 1, Horizon = 2, Speed = 4, Overdue = 8 }

/// <summary>What one measure lifts.</summary>
/// <param name="Households">Households taken from unserved and unclear, in <see cref="Split.One"/> units; 0 when it does not count.</param>
/// <param name="Reach">Households open in its area before any measure: what it could lift if it counted.</param>
/// <param name="CostPerHousehold">Euro per lifted household, null without cost or lift.</param>
public sealed record MeasureResult(string Key, string Title, MeasureState State, PlannedFault Faults, IReadOnlyList<Phrase> Reasons,
    long Households, long Addresses, long Businesses, long Reach, double? Cost, double? CostPerHousehold)
{
    /// <summary>What stands behind the figures; null in results of older programs.</summary>
    public MeasureDetail? Detail { get; init; }

    /// <summary>The reason of a measure that was not among those chosen for the run.</summary>
    public static readonly Phrase NotChosen = new("Für diese Rechnung abgewählt.", "Left out of this run.");

    /// <summary>Whether it was among those chosen: what was is judged by its state and dates alone.</summary>
    public bool Chosen => !Reasons.Contains(NotChosen);
}

/// <summary>An edition a result stands on.</summary>
public sealed record EditionStamp(int Number, string Dataset, DateOnly Date, string File, string Sha256, Licence Licence, bool Synthetic, Disclosure Disclosure);

/// <summary>All gap areas together.</summary>
public sealed record GapTotal(int Count, double AreaM2);

/// <summary>The whole answer of one analysis, with the id that reproduces it.</summary>
public sealed record GapResult
{
    /// <summary>Hash of profile, basis, measures, editions and the date of judgement: equal ids mean equal figures.</summary>
    public required string Run { get; init; }
    public required Profile Profile { get; init; }
    public required Basis Basis { get; init; }

    /// <summary>The day on which overdue measures are judged.</summary>
    public required DateOnly AsOf { get; init; }
    public required string County { get; init; }
    public required IReadOnlyList<EditionStamp> Editions { get; init; }

    /// <summary>County first, then Ämter, municipalities, settlements, outside rows, each by key.</summary>
    public required IReadOnlyList<AreaResult> Rows { get; init; }
    public required IReadOnlyList<GapArea> GapAreas { get; init; }

    /// <summary>How many gap areas there are and their square metres; of a stored result known without reading them.</summary>
    [System.Diagnostics.CodeAnalysis.AllowNull]
    public GapTotal GapTotal { get => field ?? new(GapAreas.Count, GapAreas.Sum(g => g.AreaM2)); init; }

    /// <summary>Buildable clusters of gap areas, by open households, largest first.</summary>
    public IReadOnlyList<GapCluster> Clusters { get; init; } = [];
    public required IReadOnlyList<MeasureResult> Measures { get; init; }

    /// <summary>Assumptions and gaps of the evidence that a reader must know.</summary>
    public required IReadOnlyList<Phrase> Notes { get; init; }

    /// <summary>The earlier edition this one was held against; null when none was.</summary>
    public Comparison? Comparison { get; init; }

    /// <summary>Promises whose day has passed without the supply being there: their places are in the gap again.</summary>
    public IEnumerable<MeasureResult> Overdue => Measures.Where(m => m.Faults.HasFlag(PlannedFault.Overdue));

    public bool Synthetic => Editions.Any(e => e.Synthetic);

    /// <summary>Settlements and outside rows by open households, largest first; ties by key.</summary>
    public IEnumerable<AreaResult> Ranking => Rows.Where(r => r.Level is AreaLevel.Settlement or AreaLevel.Outside && r.Households.Open > 0)
        .OrderByDescending(r => r.Households.Open).ThenBy(r => r.Key, StringComparer.Ordinal);
}
