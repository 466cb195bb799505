using Breitband.Analyse;
using CsCheck;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Analyse;

public class PolygonSweepTests
{
    static readonly GeometryFactory Factory = new();

    /// <summary>Corners and points on one small grid, so that points fall on corners, edges and level edges often.</summary>
    static readonly Gen<(int X, int Y)> Spot = Gen.Select(Gen.Int[0, 8], Gen.Int[0, 8]);

    static readonly Gen<Geometry> Shape = Gen.Select(Spot.Array[3, 8], Spot.Array[3, 5]).Select((shell, hole) => Hull(shell).Difference(Hull(hole)));

    static Geometry Hull((int X, int Y)[] corners) => Factory.CreateMultiPointFromCoords([.. corners.Select(c => new Coordinate(c.X, c.Y))]).ConvexHull();

    static PointGrid Points((int X, int Y)[] spots) => new([.. spots.Select(s => (double)s.X)], [.. spots.Select(s => (double)s.Y)]);

    [Fact]
    public void It_answers_as_the_index_does_on_corners_edges_and_holes() => Gen.Select(Shape.Array[0, 6], Spot.Array[0, 40]).Sample((shapes, spots) =>
    {
        var index = new PolygonIndex(shapes);
        var (first, all) = (PolygonSweep.First(Points(spots), shapes), PolygonSweep.All(Points(spots), shapes));
        var expected = new List<int>();
        for (var i = 0; i < spots.Length; i++)
        {
            Assert.Equal(index.First(spots[i].X, spots[i].Y), first[i]);
            index.All(spots[i].X, spots[i].Y, expected);
            Assert.Equal(expected, all.Of(i).ToArray());
        }
    });

    [Fact]
    public void A_point_on_a_shared_border_belongs_to_the_lowest_index_and_one_without_a_place_to_none()
    {
        Geometry?[] squares = [null, Factory.ToGeometry(new Envelope(0, 1, 0, 1)), Factory.ToGeometry(new Envelope(1, 2, 0, 1)), Factory.CreatePolygon()];
        Assert.Equal([1, 1, 2, -1, -1], PolygonSweep.First(new([0.5, 1, 1.5, 2.5, double.NaN], [0.5, 0.5, 1, 0.5, 0.5]), squares));
        Assert.Equal([1, 2], PolygonSweep.All(new([1], [1]), squares).Of(0).ToArray());
    }

    [Fact]
    public void The_order_of_the_points_does_not_matter() => Gen.Select(Shape.Array[1, 6], Spot.Array[1, 40], Gen.Int).Sample((shapes, spots, seed) =>
    {
        var order = Enumerable.Range(0, spots.Length).ToArray();
        new Random(seed).Shuffle(order);
        var (given, shuffled) = (PolygonSweep.First(Points(spots), shapes), PolygonSweep.First(Points([.. order.Select(i => spots[i])]), shapes));
        Assert.Equal(order.Select(i => given[i]), shuffled);
    });

    [Fact]
    public void Nobody_asks_nothing_and_no_polygon_holds_nobody()
    {
        Assert.Empty(PolygonSweep.First(new([], []), [Factory.ToGeometry(new Envelope(0, 1, 0, 1))]));
        Assert.Equal([-1], PolygonSweep.First(new([1], [1]), []));
        Assert.Equal(0, PolygonSweep.All(new([1], [1]), []).Of(0).Length);
    }
}
