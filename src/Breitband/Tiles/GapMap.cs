using NetTopologySuite.Geometries;

namespace Breitband.Tiles;

/// <summary>The gap areas of an answer with an index by municipality and by place, made when first asked.</summary>
public sealed class GapMap
{
    static readonly int Edge = CellSquares.Sizes.Max();

    readonly Lazy<ILookup<string, GapArea>> byMunicipality;
    readonly Lazy<ILookup<(long Row, long Column), GapArea>> byPlace;

    public GapMap(IReadOnlyList<GapArea> gaps)
    {
        Gaps = gaps;
        byMunicipality = new(() => gaps.ToLookup(g => g.Ags, StringComparer.Ordinal));
        byPlace = new(() => gaps.ToLookup(g => CellSquares.Of(g.Geometry, Edge)));
    }

    public IReadOnlyList<GapArea> Gaps { get; }

    internal IEnumerable<GapArea> Of(string ags) => byMunicipality.Value[ags];

    /// <summary>All that may count in a square, of whatever size, in which one of these counts.</summary>
    internal IEnumerable<GapArea> Around(IEnumerable<Geometry> places)
    {
        var squares = places.Select(p => CellSquares.Of(p, Edge)).ToHashSet();
        // With those beside them: not every size fits into another.
        return squares.SelectMany(s => from row in Beside(s.Row) from column in Beside(s.Column) select (row, column)).Distinct().SelectMany(s => byPlace.Value[s]);
    }

    static IEnumerable<long> Beside(long at) => [at - 1, at, at + 1];
}
