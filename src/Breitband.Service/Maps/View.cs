using Breitband.Tiles;

namespace Breitband.Service.Maps;

/// <summary>What the map can show instead of the last analysis, everything else equal.</summary>
/// <param name="With">An earlier edition of a coverage dataset in place of the live one; null for the live editions.</param>
sealed record ViewChoice(Profile Profile, Basis Basis, Edition? With);

/// <summary>Something computed when it was asked for, with tiles of its own.</summary>
/// <param name="Withheld">Why single places are not on the tiles; null when they are.</param>
abstract record MapView(string Run, Pyramid Pyramid, Phrase? Withheld);

/// <summary>A choice computed, with tiles of its result layers.</summary>
/// <param name="Result">Without gap areas: those are on the tiles.</param>
sealed record View(GapResult Result, Pyramid Pyramid, Phrase? Withheld) : MapView(Result.Run, Pyramid, Withheld);

/// <summary>Two editions held against each other, with tiles of what became of every place.</summary>
sealed record ChangeView(string Run, Comparison Comparison, Pyramid Pyramid, Phrase? Withheld) : MapView(Run, Pyramid, Withheld);
