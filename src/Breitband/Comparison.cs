using NetTopologySuite.Geometries;

namespace Breitband;

/// <summary>What became of a place between two editions, by what it has for certain.</summary>
public enum ChangeKind { Gained, Lost, Changed, New, Gone }

/// <summary>The figures of one row at both editions.</summary>
/// <param name="Gained">Households that are served now and were not, in <see cref="Split.One"/> units; <paramref name="Lost"/> the other way round.</param>
public sealed record ChangeRow(AreaLevel Level, string Key, string Name, Split Before, Split After, long Gained, long Lost)
{
    /// <summary>Households that moved between any two parts, gained and lost ones among them, in <see cref="Split.One"/> units.</summary>
    public long Changed { get; init; }

    /// <summary>Served households more (or, negative, fewer) in percent of all: what the classes of change on a map mean. Null without households.</summary>
    public double? Points => After.Percent(After.Served) - Before.Percent(Before.Served);

    /// <summary>Percent of households per published class at the earlier edition, as <see cref="AreaResult.Shares"/>.</summary>
    public IReadOnlyDictionary<string, double> SharesBefore { get; init; } = new Dictionary<string, double>();
}

/// <summary>A cell or area that changed, in the stored CRS. Shares are 0 to 1, null where an edition does not have it.</summary>
public sealed record ChangeArea(string Key, string? Ags, ChangeKind Kind, double? ServedBefore, double? ServedAfter, double? UnservedBefore, double? UnservedAfter,
    double Households, double HouseholdsChange, Geometry? Geometry);

/// <summary>Two editions of one dataset under the same rule, demand and measures: what is served now and was not, and the other way round.</summary>
public sealed record Comparison(EditionStamp Before, EditionStamp After, Phrase? Break, IReadOnlyList<ChangeRow> Rows, IReadOnlyList<ChangeArea> Areas)
{
    /// <summary>What must be known of one of the two editions alone, such as figures that stand under municipalities that are no more.</summary>
    public IReadOnlyList<Phrase> Notes { get; init; } = [];

    /// <summary>Everything either side was computed from, the two editions themselves included.</summary>
    public IReadOnlyList<EditionStamp> Editions { get; init; } = [];

    /// <summary>
    /// From this date on operators report the Breitbandatlas by address, before it by area: what was blurred became exact, and figures moved
    /// without anybody building.
    /// </summary>
    public static readonly DateOnly AddressExact = new(2022, 6, 30);

    static readonly Phrase OfMethod = new(
        "Methodenbruch: Seit Mitte 2022 melden die Netzbetreiber dem Breitbandatlas adressgenau. Ein Teil der Veränderung kommt daher und ist weder Ausbau noch Rückbau.",
        "Break of method: since mid-2022 operators report to the Breitbandatlas by address. Part of the change comes from that and is neither building nor dismantling.");

    /// <summary>The break of method that lies between two editions of published shares, null when none does.</summary>
    public static Phrase? BreakBetween(DateOnly before, DateOnly after, EvidenceKind evidence) =>
        evidence == EvidenceKind.Atlas && before < AddressExact != after < AddressExact ? OfMethod : null;

    /// <summary>Who may know of both editions.</summary>
    public Disclosure Needed => Before.Disclosure > After.Disclosure ? Before.Disclosure : After.Disclosure;

    /// <summary>Of county, Ämter and municipalities: sums that may always be shown.</summary>
    public IEnumerable<ChangeRow> Sums => Rows.Where(r => r.Level <= AreaLevel.Municipality);

    public ChangeRow? Row(AreaLevel level, string key) => Rows.FirstOrDefault(r => r.Level == level && r.Key == key);
}

public static class ChangeKinds
{
    public static string Code(this ChangeKind kind) => kind.ToString().ToLowerInvariant();
}
