using System.Runtime.CompilerServices;
using NetTopologySuite.Geometries;

namespace Breitband.Tiles;

/// <summary>The gap areas of an answer with an index by place, made when first asked.</summary>
public sealed class GapMap
{
    static readonly int Edge = CellSquares.Sizes.Max();
    static readonly ConditionalWeakTable<IReadOnlyList<GapArea>, GapMap> known = [];

    readonly Lazy<ILookup<(long Row, long Column), GapArea>> byPlace;

    GapMap(IReadOnlyList<GapArea> gaps) => (Gaps, byPlace) = (gaps, new(() => gaps.ToLookup(g => CellSquares.Of(g.Geometry, Edge))));

    /// <summary>One for a list, however often it is asked for, as long as somebody has the list.</summary>
    public static GapMap Of(IReadOnlyList<GapArea> gaps) => known.GetValue(gaps, list => new(list));

    public IReadOnlyList<GapArea> Gaps { get; }

    /// <summary>All that may count in a square, of whatever size, in which one of these counts.</summary>
    internal IEnumerable<GapArea> Around(IEnumerable<Geometry> places)
    {
        var squares = places.Select(p => CellSquares.Of(p, Edge)).ToHashSet();
        // With those beside them: not every size fits into another.
        return squares.SelectMany(s => from row in Beside(s.Row) from column in Beside(s.Column) select (row, column)).Distinct().SelectMany(s => byPlace.Value[s]);
    }

    static IEnumerable<long> Beside(long at) => [at - 1, at, at + 1];
}
