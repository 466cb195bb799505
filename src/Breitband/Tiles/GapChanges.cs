using NetTopologySuite.Geometries;

namespace Breitband.Tiles;

/// <summary>A gap area, or a square of them, as the tiles would have it.</summary>
/// <param name="Share">Percent, cut off to a tenth.</param>
/// <param name="Size">Edge of a square in metres; 0 for a gap area.</param>
/// <param name="Geometry">In <see cref="Crs.Stored"/>.</param>
public sealed record ShownGap(string Key, double Share, double Households, int Size, Geometry Geometry)
{
    /// <param name="share">0 to 1.</param>
    internal static ShownGap Of(string key, double share, double households, int size, Geometry geometry) => new(key, TileContents.CutOff(100 * share), Math.Round(households, 1), size, geometry);
}

/// <summary>What a map that shows some gap areas, and squares of them at small scales, must show otherwise to show others.</summary>
/// <param name="Hidden">Keys of what is no longer so, of areas and of squares.</param>
public sealed record GapChanges(IReadOnlyList<string> Hidden, IReadOnlyList<ShownGap> Shown)
{
    /// <summary>Shares that differ by less were the same before they were written down.</summary>
    const double Same = 1e-9;

    public static GapChanges Of(GapMap before, IReadOnlyList<GapArea> after) => Of(before, before.Gaps, after);

    /// <param name="was">Of those before the ones that may be others now.</param>
    /// <param name="now">What is there in their place.</param>
    public static GapChanges Of(GapMap before, IReadOnlyList<GapArea> was, IReadOnlyList<GapArea> now)
    {
        var (old, fresh) = (was.ToDictionary(g => g.Key, StringComparer.Ordinal), now.ToDictionary(g => g.Key, StringComparer.Ordinal));
        GapArea[] gone = [.. was.Where(g => !fresh.TryGetValue(g.Key, out var other) || !IsSame(g, other))];
        GapArea[] come = [.. now.Where(g => !old.TryGetValue(g.Key, out var other) || !IsSame(g, other))];
        var (hidden, shown) = (gone.Select(g => g.Key).ToList(), come.Select(g => ShownGap.Of(g.Key, g.Share, Split.Count(g.Households), 0, g.Geometry)).ToList());
        Geometry[] changed = [.. gone.Concat(come).Select(g => g.Geometry)];
        GapArea[] there = [.. before.Around(changed)], left = [.. there.Except<GapArea>(gone, ReferenceEqualityComparer.Instance)];
        foreach (var size in CellSquares.Sizes)
            Squares(there, [.. left, .. come], changed.Select(g => CellSquares.Of(g, size)).ToHashSet(), size, hidden, shown);
        return new(hidden, shown);
    }

    static bool IsSame(GapArea a, GapArea b) => a.Households == b.Households && Math.Abs(a.Share - b.Share) < Same && Math.Abs(a.AreaM2 - b.AreaM2) < 0.01;

    static void Squares(IReadOnlyList<GapArea> before, IReadOnlyList<GapArea> after, HashSet<(long, long)> touched, int size, List<string> hidden, List<ShownGap> shown)
    {
        var (was, now) = (Sums(before), Sums(after));
        hidden.AddRange(was.Keys.Select(square => CellSquares.Key(square, size)));
        foreach (var (square, sum) in now)
            shown.Add(ShownGap.Of(CellSquares.Key(square, size), sum.Share, sum.Households, size, Square(square, size)));

        SortedDictionary<(long Row, long Column), CellSquares.Sum> Sums(IReadOnlyList<GapArea> gaps) =>
            CellSquares.Sums(gaps.OrderBy(g => g.Key, StringComparer.Ordinal).Where(g => touched.Contains(CellSquares.Of(g.Geometry, size))).Select(g => (g.Geometry, g.Share, Split.Count(g.Households))), size);
    }

    static Polygon Square((long Row, long Column) at, int size)
    {
        var (west, south) = ((double)at.Column * size, (double)at.Row * size);
        return (Polygon)new GeometryFactory(new PrecisionModel(), Crs.Stored).ToGeometry(new Envelope(west, west + size, south, south + size));
    }
}
