namespace Breitband;

/// <summary>
/// Open households by the fastest line they have today, in <see cref="Split.One"/> units: white spots below 30 Mbit/s, light grey ones below 100,
/// dark grey ones from 100 to the threshold; of the rest no download is known.
/// </summary>
public readonly record struct ClassCounts(long White, long LightGrey, long DarkGrey, long Unknown)
{
    public static ClassCounts operator +(ClassCounts a, ClassCounts b) => new(a.White + b.White, a.LightGrey + b.LightGrey, a.DarkGrey + b.DarkGrey, a.Unknown + b.Unknown);

    public static ClassCounts Add(ClassCounts left, ClassCounts right) => left + right;
}

/// <summary>
/// White, light and dark grey spots: households and addresses that are not served, by the fastest line they have today, measures not counted.
/// </summary>
public sealed record SpotCounts(ClassCounts Households, ClassCounts Addresses);

/// <summary>How much of what a measure reaches lies in a municipality, 0 to 1: by households, by addresses where nobody lives.</summary>
public sealed record MeasurePlace(string Ags, double Share);

/// <summary>Another measure that reaches open households of this one, and how many in <see cref="Split.One"/> units, whether either counts or not.</summary>
public sealed record MeasureOverlap(string Key, long Households);

/// <summary>Who pays, euro; null where the register does not say.</summary>
public sealed record MeasureFunding(double? Federal, double? State, double? County);

/// <summary>What stands behind the figures of one measure.</summary>
/// <param name="Households">What it lifts, by where from: unclear and unserved; the other parts are 0.</param>
/// <param name="Classes">Lifted households by the line they have today.</param>
/// <param name="ReachAddresses">Addresses open in its area before any measure.</param>
/// <param name="Remains">Households in its area that no counting measure lifts.</param>
public sealed record MeasureDetail(Split Households, Split Addresses, Split Businesses, ClassCounts Classes, long ReachAddresses, long ReachBusinesses,
    IReadOnlyList<MeasureOverlap> Overlaps, long Remains, MeasureFunding Funding)
{
    /// <summary>Lifted addresses by the line they have today.</summary>
    public ClassCounts AddressClasses { get; init; }

    /// <summary>Lifted businesses and facilities by the line they have today.</summary>
    public ClassCounts BusinessClasses { get; init; }

    /// <summary>By municipality, in the order of their keys; empty when it reaches nobody.</summary>
    public IReadOnlyList<MeasurePlace> Places { get; init; } = [];
}
