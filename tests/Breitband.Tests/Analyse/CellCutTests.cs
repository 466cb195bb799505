using Breitband.Analyse;
using CsCheck;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Analyse;

public class CellCutTests
{
    static readonly GeometryFactory Factory = new();

    /// <summary>A star around a middle: crooked, never crossing itself.</summary>
    static Polygon Star(double x, double y, double[] radii) => Factory.CreatePolygon([.. Enumerable.Range(0, radii.Length + 1).Select(i => i % radii.Length).Select(i =>
        new Coordinate(x + radii[i] * Math.Cos(2 * Math.PI * i / radii.Length), y + radii[i] * Math.Sin(2 * Math.PI * i / radii.Length)))]);

    [Fact]
    public void Both_parts_are_what_the_general_overlay_says() =>
        Gen.Select(Gen.Double[-150, 150], Gen.Double[-150, 150], Gen.Double[20, 200].Array[3, 24]).Sample((x, y, radii) =>
        {
            var (cell, star) = (Factory.CreatePolygon([new(-10, -70), new(70, -10), new(10, 70), new(-70, 10), new(-10, -70)]), Star(x, y, radii));
            var (inside, outside) = new CellCut(star).Cut(cell);
            Assert.Equal(Overlays.Intersection(cell, star).Area, inside.Area, 6);
            Assert.Equal(Overlays.Difference(cell, star).Area, outside.Area, 6);
            Assert.True(inside.IsValid && outside.IsValid);
            Assert.True(Overlays.Difference(inside, star.Buffer(1e-6)).Area < 1e-6);
        });

    [Fact]
    public void A_shape_with_a_hole_in_the_cell_goes_to_the_general_overlay()
    {
        var cell = (Polygon)Factory.ToGeometry(new Envelope(0, 100, 0, 100));
        var shape = Factory.ToGeometry(new Envelope(-50, 80, -50, 150)).Difference(Factory.ToGeometry(new Envelope(20, 40, 20, 40)));
        var (inside, outside) = new CellCut(shape).Cut(cell);
        Assert.Equal((8000 - 400, 2000 + 400), (inside.Area, outside.Area));
    }
}
