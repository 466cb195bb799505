using System.Text;
using Breitband.Analyse;
using CsCheck;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Breitband.Tests.Analyse;

/// <summary>Population cells in columns are the same cells.</summary>
public sealed class PopulationTableTests
{
    static Geometry Square(double west, double south) => Shape(FormattableString.Invariant($"POLYGON (({west} {south}, {west + 100} {south}, {west + 100} {south + 100}, {west} {south + 100}, {west} {south}))"));

    static Geometry Shape(string wkt) => new WKTReader().Read(wkt);

    static PopulationTable Of(params PopulationCell[] cells)
    {
        var table = new PopulationTable();
        Span<double> four = stackalloc double[8];
        foreach (var c in cells)
            if (PopulationCell.Corners(c.Geometry, four))
                table.Add(Encoding.UTF8.GetBytes(c.Key), c.Municipality, c.X, c.Y, c.Inhabitants, four, null);
            else
                table.Add(Encoding.UTF8.GetBytes(c.Key), c.Municipality, c.X, c.Y, c.Inhabitants, [], c.Geometry);
        return table.Sorted();
    }

    [Theory]
    [InlineData("POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0))")]
    [InlineData("POLYGON ((0 0, 100 0, 0 100, 0 0))")]
    [InlineData("POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0), (10 10, 20 10, 20 20, 10 20, 10 10))")]
    [InlineData("MULTIPOLYGON (((0 0, 100 0, 100 100, 0 100, 0 0)), ((200 0, 300 0, 300 100, 200 0)))")]
    public void A_cell_of_any_shape_comes_out_as_it_went_in(string wkt)
    {
        var given = new PopulationCell("100mN1E1", 3, 50, 51, 7.5, Shape(wkt));
        var cell = Assert.Single(Of(given));
        Assert.Equal(wkt, cell.Geometry.AsText());
        Assert.Equal(given, cell);
        Assert.Equal(given.GetHashCode(), cell.GetHashCode());
        Assert.Equal(("100mN1E1", 3, 50.0, 51.0, 7.5), (cell.Key, cell.Municipality, cell.X, cell.Y, cell.Inhabitants));
        Assert.NotEqual(new PopulationCell("100mN1E1", 3, 50, 51, 7.5, Square(1, 0)), cell);
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(given)[1]);
    }

    [Fact]
    public void Any_cells_come_out_as_objects_would_be_sorted() =>
        Gen.Select(Gen.String[Gen.Char['a', 'f'], 0, 3], Gen.Int[-1, 3], Gen.Double[0, 9], Gen.Bool).Array[0, 3000].Sample(rows =>
        {
            PopulationCell[] given = [.. rows.Select((r, i) => new PopulationCell(r.Item1, r.Item2, r.Item3, i, i % 5, r.Item4 ? Square(i, 0) : Shape("POLYGON ((0 0, 100 0, 0 100, 0 0))")))];

            Assert.Equal(given.OrderBy(a => a.Key, StringComparer.Ordinal), Of(given));
        }, iter: 30);
}
