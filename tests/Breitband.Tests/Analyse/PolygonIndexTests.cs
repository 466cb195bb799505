using Breitband.Analyse;
using CsCheck;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Analyse;

public class PolygonIndexTests
{
    static readonly GeometryFactory Factory = new();

    /// <summary>Corners on a small grid, so that points fall on corners and edges often.</summary>
    static readonly Gen<(int X, int Y)> Spot = Gen.Select(Gen.Int[0, 8], Gen.Int[0, 8]);

    [Fact]
    public void It_answers_as_the_robust_reference_on_corners_edges_and_holes() =>
        Gen.Select(Spot.Array[3, 8], Spot.Array[3, 5], Spot.Array[20]).Sample((shell, hole, points) =>
        {
            Geometry Hull((int X, int Y)[] corners) => Factory.CreateMultiPointFromCoords([.. corners.Select(c => new Coordinate(c.X, c.Y))]).ConvexHull();
            var shape = Hull(shell).Difference(Hull(hole));
            var index = new PolygonIndex([shape]);
            foreach (var (x, y) in points)
                Assert.Equal(shape.Dimension == Dimension.Surface && new PointLocator().Locate(new Coordinate(x, y), shape) != Location.Exterior, index.First(x, y) == 0);
        });

    [Fact]
    public void A_point_on_a_shared_border_belongs_to_the_first()
    {
        var index = new PolygonIndex([Factory.ToGeometry(new Envelope(0, 1, 0, 1)), Factory.ToGeometry(new Envelope(1, 2, 0, 1))]);
        Assert.Equal((0, 0, 1, -1), (index.First(0.5, 0.5), index.First(1, 0.5), index.First(1.5, 0.5), index.First(2.5, 0.5)));
        var found = new List<int>();
        index.All(1, 1, found);
        Assert.Equal([0, 1], found);
    }

    [Fact]
    public void A_box_is_inside_outside_or_near_the_border()
    {
        var index = new PolygonIndex([Factory.ToGeometry(new Envelope(0, 10, 0, 10))]);
        Assert.Equal((BoxRelation.Inside, BoxRelation.Crossing, BoxRelation.Outside),
            (index.Relation(0, new(2, 3, 2, 3)), index.Relation(0, new(9, 11, 2, 3)), index.Relation(0, new(20, 21, 2, 3))));
    }
}
