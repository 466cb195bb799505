using Breitband.Tiles;

namespace Breitband.Service.Maps;

/// <summary>What the map can show instead of the last analysis, everything else equal.</summary>
/// <param name="With">An earlier edition of a coverage dataset in place of the live one; null for the live editions.</param>
sealed record ViewChoice(Profile Profile, Basis Basis, Edition? With);

/// <summary>A choice computed, with tiles of its result layers.</summary>
/// <param name="Result">Without gap areas: those are on the tiles.</param>
/// <param name="Withheld">Why single places are not on the tiles; null when they are.</param>
sealed record View(ViewChoice Choice, GapResult Result, Pyramid Pyramid, Phrase? Withheld)
{
    public string Run => Result.Run;
}
