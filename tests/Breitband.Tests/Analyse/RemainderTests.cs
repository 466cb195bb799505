using Breitband.Analyse;
using CsCheck;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Analyse;

/// <summary>What supply leaves of a place, against the general overlay.</summary>
public class RemainderTests
{
    static readonly GeometryFactory Factory = new();

    static readonly Gen<Polygon> Star = Gen.Select(Gen.Double[-150, 150], Gen.Double[-150, 150], Gen.Double[20, 200].Array[3, 40]).Select(Around);

    /// <summary>Corners on a small grid: shared borders, touching corners and lying on each other are the rule.</summary>
    static readonly Gen<Geometry> Blocks = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[1, 3], Gen.Int[1, 3]).Array[1, 4]
        .Select(squares => squares.Select(s => Box(s.Item1, s.Item2, s.Item1 + s.Item3, s.Item2 + s.Item4)).Aggregate(Overlays.Union));

    static Polygon Around(double x, double y, double[] radii) => Factory.CreatePolygon([.. Enumerable.Range(0, radii.Length + 1).Select(i => i % radii.Length).Select(i =>
        new Coordinate(x + radii[i] * Math.Cos(2 * Math.PI * i / radii.Length), y + radii[i] * Math.Sin(2 * Math.PI * i / radii.Length)))]);

    static Geometry Box(double left, double low, double right, double high) => Factory.ToGeometry(new Envelope(left, right, low, high));

    static Geometry Left(Geometry place, params Geometry[] supply) => new SupplyIndex(supply).Without([place])[0];

    static Geometry Expected(Geometry place, IEnumerable<Geometry> supply) => supply.Aggregate(place, Overlays.Difference);

    [Fact]
    public void It_is_what_the_general_overlay_says() => Gen.Select(Star, Star.Array[0, 6]).Sample((place, supply) =>
    {
        var (left, expected) = (Left(place, supply), Expected(place, supply));
        Assert.True(left.IsValid);
        Assert.Equal(expected.Area, left.Area, 5);
        Assert.True(Overlays.Apart(left, expected) < 1e-4);
    }, iter: 2000);

    [Fact]
    public void Shared_borders_and_touching_corners_end_in_the_same_areas() => Gen.Select(Blocks, Blocks.Array[0, 5]).Sample((place, supply) =>
    {
        var (left, expected) = (Left(place, supply), Expected(place, supply));
        Assert.True(left.IsValid);
        Assert.Equal(expected.Area, left.Area, 9);
    });

    [Fact]
    public void A_place_with_holes_and_several_parts_and_supply_with_holes_are_cut_right() => Gen.Select(Star.Array[1, 3], Star, Star.Array[1, 4], Star).Sample((parts, hole, supply, gap) =>
    {
        var place = Overlays.Difference(parts.Aggregate((Geometry)Factory.CreatePolygon(), Overlays.Union), hole);
        var areas = supply.Select(s => Overlays.Difference(s, gap)).Where(s => !s.IsEmpty).ToArray();
        var left = Left(place, areas);
        Assert.True(left.IsValid);
        Assert.Equal(Expected(place, areas).Area, left.Area, 5);
    }, iter: 500);

    [Fact]
    public void Splitting_an_area_or_their_order_changes_nothing() => Gen.Select(Star, Star.Array[1, 5], Gen.Double[-100, 100]).Sample((place, supply, cut) =>
    {
        Geometry Half(Geometry whole, double from, double to) => Overlays.Intersection(whole, Box(from, -1000, to, 1000));

        var whole = Left(place, supply);
        Assert.Equal(whole.Area, Left(place, [.. supply.Reverse()]).Area, 5);
        Assert.Equal(whole.Area, Left(place, [.. supply.SelectMany(s => new[] { Half(s, -1000, cut), Half(s, cut, 1000) })]).Area, 5);
    }, iter: 300);

    [Fact]
    public void More_supply_never_leaves_more() => Gen.Select(Star, Star.Array[0, 4], Star).Sample((place, supply, more) =>
        Assert.True(Left(place, [.. supply, more]).Area <= Left(place, supply).Area + 1e-6), iter: 300);

    [Fact]
    public void A_ring_that_crosses_itself_ends_nothing()
    {
        var bowTie = Factory.CreatePolygon([new(0, 0), new(10, 10), new(10, 0), new(0, 10), new(0, 0)]);
        var left = Left(Box(-5, -5, 15, 15), bowTie, Box(2, -10, 3, 20));
        Assert.True(left.IsValid);
        Assert.InRange(left.Area, 400 - 50 - 20, 400 - 50); // both triangles of 25 m² and the strip beside them
    }

    [Fact]
    public void Supply_around_the_place_leaves_nothing_and_supply_elsewhere_all_of_it()
    {
        var place = Box(0, 0, 10, 10);
        Assert.True(Left(place, Box(-10, -10, 20, 20)).IsEmpty);
        Assert.Same(place, Left(place, Box(100, 100, 120, 120)));
        // In the hole of a ring that is all around: its envelope meets the place, its edges do not.
        Assert.Equal(100, Left(place, Overlays.Difference(Box(-50, -50, 60, 60), Box(-20, -20, 30, 30))).Area);
        Assert.Equal(84, Left(place, Box(3, 3, 7, 7)).Area);
    }
}
