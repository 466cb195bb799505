using Breitband.Analyse;
using Breitband.Tests.Analyse;
using Breitband.Tiles;
using CsCheck;

namespace Breitband.Tests.Tiles;

/// <summary>A map that hides and shows what it is told to shows what the tiles of the other answer would.</summary>
public sealed class GapChangesTests
{
    static SortedDictionary<string, (double Share, double Households, double Area)> Map(IReadOnlyList<GapArea> gaps)
    {
        var shown = gaps.ToDictionary(g => g.Key, g => (TileContents.CutOff(100 * g.Share), Math.Round(Split.Count(g.Households), 1), Math.Round(g.Geometry.Area, 3)));
        foreach (var size in CellSquares.Sizes)
            foreach (var (square, sum) in CellSquares.Sums(gaps.Select(g => (g.Geometry, g.Share, Split.Count(g.Households))), size))
                shown[CellSquares.Key(square, size)] = (TileContents.CutOff(100 * sum.Share), Math.Round(sum.Households, 1), (double)size * size);
        return new(shown, StringComparer.Ordinal);
    }

    static SortedDictionary<string, (double Share, double Households, double Area)> Changed(IReadOnlyList<GapArea> before, GapChanges changes)
    {
        var map = Map(before);
        foreach (var key in changes.Hidden)
            Assert.True(map.Remove(key), $"{key} is not on the map");
        foreach (var gap in changes.Shown)
            map.Add(gap.Key, (gap.Share, gap.Households, Math.Round(gap.Geometry.Area, 3)));
        return map;
    }

    [Fact]
    public void Hidden_and_shown_areas_and_squares_make_one_map_the_other() => Gen.Select(GapEngineProperties.AnyCounty, Gen.Int[0, 31], Gen.Int[0, 31], Gen.OneOf(Gen.Const(Basis.Atlas), Gen.Const(Basis.Mev), Gen.Const(Basis.Best))).Sample((county, a, b, basis) =>
    {
        MeasureChoice Choice(int bits) => new(false, [.. county.Measures.Where((_, i) => (bits >> i & 1) != 0).Select(m => m.Key)]);
        var whatIf = WhatIf.Of(county, Village.Options(basis));
        var (before, after) = (whatIf.Gaps(Choice(a)), whatIf.Gaps(Choice(b)));
        Assert.Equal(Map(after), Changed(before, GapChanges.Of(GapMap.Of(before), after)));
        var (was, now) = whatIf.Beside(Choice(b));
        Assert.Equal(Map(after), Changed(whatIf.Usual, GapChanges.Of(GapMap.Of(whatIf.Usual), was, now)));
    }, iter: 150);

    /// <summary>A trial's areas are painted in their place; squares, which the painter does not know, would stay as they were.</summary>
    [Fact]
    public void Painted_tiles_show_gap_areas_and_never_squares() => Assert.All(Enumerable.Range(Legend.Default.Zoom["gaps"].First, 11), zoom => Assert.Equal(0, CellSquares.SizeAt(zoom)));

    [Fact]
    public void The_same_areas_change_nothing_even_if_they_were_written_down_meanwhile()
    {
        var gaps = WhatIf.Of(Village.County, Village.Options(Basis.Best)).Usual;
        Assert.NotEmpty(gaps);
        var changes = GapChanges.Of(GapMap.Of([.. gaps.Select(g => g with { Share = 100 * g.Share / 100 })]), gaps);
        Assert.Empty(changes.Hidden);
        Assert.Empty(changes.Shown);
    }
}
