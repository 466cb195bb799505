namespace Breitband.Analyse;

/// <summary>What kind of demand a row is; its <c>Source</c> is an index into the county's list of that kind.</summary>
public enum DemandKind : byte { Address, PopulationCell, Facility, Municipality }

/// <summary>
/// Who needs a line, as parallel arrays. Households, addresses and businesses are separate counts in <see cref="Split.One"/> units: funding
/// counts addresses, statistics households, and a business park has no households.
/// </summary>
public sealed class Demands
{
    /// <summary>In <see cref="Settlement"/>: outside every settlement.</summary>
    public const int Outside = -1;

    /// <summary>In <see cref="Settlement"/>: the place within the municipality is not known.</summary>
    public const int Unlocated = -2;

    public required DemandKind[] Kind { get; init; }
    public required int[] Source { get; init; }
    public required double[] X { get; init; }
    public required double[] Y { get; init; }
    public required int[] Municipality { get; init; }
    public required int[] Settlement { get; init; }
    public required long[] Households { get; init; }
    public required long[] Addresses { get; init; }
    public required long[] Businesses { get; init; }

    /// <summary>The addresses the demand indexes, which may be those of a consultation's list where the county has no address layer.</summary>
    public required IReadOnlyList<Address> AddressList { get; init; }
    public required IReadOnlyList<Phrase> Notes { get; init; }

    public int Count => Kind.Length;
}
