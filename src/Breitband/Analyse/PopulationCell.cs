using System.Text;
using NetTopologySuite;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;

namespace Breitband.Analyse;

/// <summary>
/// A cell of a population grid. Of a quadrilateral, as nearly all are, only the corners are kept: a state has 800,000, and their geometries are
/// wanted one after the other.
/// </summary>
public sealed record PopulationCell
{
    static readonly GeometryFactory Factory = NtsGeometryServices.Instance.CreateGeometryFactory(new PrecisionModel(), Crs.Stored);

    readonly KeyColumn keys;
    readonly int row;
    readonly ReadOnlyMemory<double> corners;
    readonly Geometry? geometry;

    /// <param name="x">Of the cell's centroid in <see cref="Crs.Stored"/>, as is <paramref name="y"/>.</param>
    public PopulationCell(string key, int municipality, double x, double y, double inhabitants, Geometry geometry)
    {
        (keys, Municipality, X, Y, Inhabitants, Geometry) = (new(), municipality, x, y, inhabitants, geometry);
        keys.Add(Encoding.UTF8.GetBytes(key));
    }

    internal PopulationCell(KeyColumn keys, int row, int municipality, double x, double y, double inhabitants, ReadOnlyMemory<double> corners, Geometry? geometry) =>
        (this.keys, this.row, Municipality, X, Y, Inhabitants, this.corners, this.geometry) = (keys, row, municipality, x, y, inhabitants, corners, geometry);

    public string Key => keys[row];

    /// <summary>Index of the municipality.</summary>
    public int Municipality { get; init; }

    public double X { get; init; }

    public double Y { get; init; }

    public double Inhabitants { get; init; }

    /// <summary>In <see cref="Crs.Stored"/>.</summary>
    public Geometry Geometry
    {
        get => geometry ?? Quadrilateral(corners.Span);
        init
        {
            var four = new double[8];
            (corners, geometry) = (four, Corners(value, four) ? null : value);
        }
    }

    /// <summary>The polygon of four corners, x and y in turn.</summary>
    internal static Polygon Quadrilateral(ReadOnlySpan<double> four) =>
        Factory.CreatePolygon(Factory.CreateLinearRing(new PackedDoubleCoordinateSequence([.. four, four[0], four[1]], 2, 0)));

    /// <summary>Writes down the four corners; false, of any other shape, leaves zeros.</summary>
    internal static bool Corners(Geometry geometry, Span<double> four)
    {
        four.Clear();
        if (geometry is not Polygon { NumInteriorRings: 0, NumPoints: 5 } polygon)
            return false;
        var ring = polygon.ExteriorRing.CoordinateSequence;
        for (var i = 0; i < 4; i++)
            (four[2 * i], four[(2 * i) + 1]) = (ring.GetX(i), ring.GetY(i));
        return true;
    }

    public bool Equals(PopulationCell? other) => other is not null && (Municipality, X, Y, Inhabitants) == (other.Municipality, other.X, other.Y, other.Inhabitants) && Key == other.Key
        && (geometry is null ? other.geometry is null && corners.Span.SequenceEqual(other.corners.Span) : other.geometry is not null && geometry.EqualsExact(other.geometry));

    public override int GetHashCode() => HashCode.Combine(Key, Municipality, X, Y, Inhabitants);
}
