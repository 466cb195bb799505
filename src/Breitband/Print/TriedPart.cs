namespace Breitband.Print;

/// <summary>What of a trial of measures is seen on one tile.</summary>
public sealed class TriedPart
{
    public static readonly TriedPart None = new([], []);

    readonly IReadOnlyList<string> hidden;
    readonly IReadOnlyList<TriedGaps.Gap> shown;

    internal TriedPart(IReadOnlyList<string> hidden, IReadOnlyList<TriedGaps.Gap> shown) => (this.hidden, this.shown) = (hidden, shown);

    /// <summary>Whether a tile painted with the other looks the same.</summary>
    public bool PaintsLike(TriedPart other) => hidden.SequenceEqual(other.hidden) && shown.Count == other.shown.Count && shown.Zip(other.shown).All(g => g.First.PaintsLike(g.Second));
}
