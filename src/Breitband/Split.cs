namespace Breitband;

/// <summary>
/// A count split into served, unclear, planned and unserved, in units of 1e-9. Whole numbers, so that sums do not depend on the order they
/// are made in and parts add up to wholes exactly; a German sum of households (4e16) still fits.
/// </summary>
public readonly record struct Split(long Served, long Unclear, long Planned, long Unserved)
{
    /// <summary>Units per household, address or business.</summary>
    public const long One = 1_000_000_000;

    public static readonly Split Zero;

    public long Total => Served + Unclear + Planned + Unserved;

    /// <summary>What is neither served nor surely coming: unserved plus unclear.</summary>
    public long Open => Unclear + Unserved;

    public static Split operator +(Split a, Split b) => new(a.Served + b.Served, a.Unclear + b.Unclear, a.Planned + b.Planned, a.Unserved + b.Unserved);

    public static Split Add(Split left, Split right) => left + right;

    /// <summary>Units from a count; counts come from data with at most a few decimals.</summary>
    public static long Units(double count) => (long)Math.Round(count * One);

    public static double Count(long units) => units / (double)One;

    /// <summary>Share of a part in percent of the total, or null when there is nothing to be a share of.</summary>
    public double? Percent(long part) => Total == 0 ? null : 100.0 * part / Total;
}
