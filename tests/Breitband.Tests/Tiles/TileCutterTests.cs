using Breitband.Tiles;

namespace Breitband.Tests.Tiles;

/// <summary>Zoom 1 has four tiles; its units are half the world.</summary>
public sealed class TileCutterTests
{
    const double Beyond = 80.0 / 4096 / 2;

    static List<(TileAddress Tile, double[][] Parts)> Cut(int shape, params double[][] parts)
    {
        var tiles = new List<(TileAddress, double[][])>();
        new TileCutter(1, (tile, cut) => tiles.Add((tile, cut))).Cut((TileShape)shape, parts);
        return tiles;
    }

    [Fact]
    public void A_square_in_the_middle_of_the_world_is_cut_into_four_with_a_margin()
    {
        var tiles = Cut(3, [0.4, 0.4, 0.6, 0.4, 0.6, 0.6, 0.4, 0.6]);
        Assert.Equal([new(1, 0, 0), new(1, 0, 1), new(1, 1, 0), new(1, 1, 1)], tiles.Select(t => t.Tile).OrderBy(t => t.X).ThenBy(t => t.Y));
        var first = tiles.Single(t => t.Tile == new TileAddress(1, 0, 0)).Parts.Single();
        Assert.Equal((0.4, 0.5 + Beyond), (first.Where((_, i) => i % 2 == 0).Min(), first.Where((_, i) => i % 2 == 0).Max()));
        Assert.All(tiles, t => Assert.Equal((0.1 + Beyond) * (0.1 + Beyond) * 2, Math.Abs(TileLayerWriter.Area(t.Parts[0])), 1e-12));
    }

    [Fact]
    public void A_line_that_leaves_a_tile_and_comes_back_is_two_lines_there()
    {
        var tiles = Cut(2, [0.3, 0.1, 0.7, 0.1, 0.7, 0.3, 0.3, 0.3]);
        Assert.Equal(2, tiles.Single(t => t.Tile == new TileAddress(1, 0, 0)).Parts.Length);
        Assert.Single(tiles.Single(t => t.Tile == new TileAddress(1, 1, 0)).Parts);
    }

    [Fact]
    public void A_point_near_a_border_is_on_both_tiles()
    {
        var tiles = Cut(1, [0.5 + Beyond / 2, 0.2]);
        Assert.Equal([0, 1], tiles.Select(t => t.Tile.X).Order());
    }

    [Fact]
    public void A_hole_stays_a_hole()
    {
        var tiles = Cut(3, [0.1, 0.1, 0.9, 0.1, 0.9, 0.9, 0.1, 0.9], [0.4, 0.4, 0.4, 0.6, 0.6, 0.6, 0.6, 0.4]);
        Assert.All(tiles, t => Assert.Equal([1, -1], t.Parts.Select(p => Math.Sign(TileLayerWriter.Area(p)))));
    }

    [Theory]
    [InlineData(0, 0, 0, true)]
    [InlineData(1, 2, 0, false)]
    [InlineData(-1, 0, 0, false)]
    [InlineData(3, 0, -1, false)]
    [InlineData(25, 0, 0, false)]
    public void A_tile_outside_the_matrix_does_not_exist(int zoom, int x, int y, bool exists) => Assert.Equal(exists, new TileAddress(zoom, x, y).Exists);
}
