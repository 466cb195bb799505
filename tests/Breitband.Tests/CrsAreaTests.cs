using CsCheck;
using NetTopologySuite;
using NetTopologySuite.Geometries;

namespace Breitband.Tests;

public class CrsAreaTests
{
    [Fact]
    public void A_small_piece_has_the_area_of_its_equal_area_projection() =>
        Gen.Select(Gen.Double[280_000, 620_000], Gen.Double[5_300_000, 6_050_000], Gen.Double[20, 400], Gen.Double[20, 400]).Sample((x, y, width, height) =>
        {
            var piece = NtsGeometryServices.Instance.CreateGeometryFactory(Crs.Stored).ToGeometry(new Envelope(x, x + width, y, y + height));
            Assert.Equal(1, Crs.AreaOf(piece) / Crs.Transform(piece, Crs.Stored, Crs.EqualArea).Area, 6);
        });
}
