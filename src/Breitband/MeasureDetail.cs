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
    IReadOnlyList<MeasureOverlap> Overlaps, long Remains, MeasureFunding Funding);
