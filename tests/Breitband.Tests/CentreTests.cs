using CsCheck;
using NetTopologySuite.Geometries;

namespace Breitband.Tests;

/// <summary>The quick centroid is the library's to the last bit: a cell whose middle lies on a border must not change sides.</summary>
public sealed class CentreTests
{
    static readonly Gen<Coordinate> Corner = Gen.Select(Gen.Double[280_000, 620_000], Gen.Double[5_300_000, 6_050_000]).Select(c => new Coordinate(c.Item1, c.Item2));

    [Fact]
    public void Of_any_ring() => Corner.Array[3, 9].Sample(ring =>
    {
        var polygon = GeometryFactory.Default.CreatePolygon([.. ring, ring[0]]);

        Assert.Equal(polygon.Centroid.Coordinate, Centre.Of(polygon));
    });

    [Fact]
    public void Of_what_has_no_area_a_hole_or_several_parts()
    {
        var line = GeometryFactory.Default.CreatePolygon([new(0, 0), new(2, 0), new(4, 0), new(0, 0)]);
        var square = (Polygon)GeometryFactory.Default.ToGeometry(new Envelope(0, 10, 0, 10));
        var holed = (Polygon)square.Difference(GeometryFactory.Default.ToGeometry(new Envelope(1, 2, 1, 2)));

        foreach (Geometry shape in (Geometry[])[line, holed, GeometryFactory.Default.CreateMultiPolygon([square, holed]), square.Centroid, square])
            Assert.Equal(shape.Centroid.Coordinate, Centre.Of(shape));
        Assert.Null(Centre.Of(GeometryFactory.Default.CreatePolygon()));
    }
}
