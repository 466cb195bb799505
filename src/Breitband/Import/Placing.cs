using System.Globalization;
using System.Text.RegularExpressions;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;
using NetTopologySuite.Geometries.Utilities;

namespace Breitband.Import;

/// <summary>The geometry of a row: taken from it or made from its columns, brought into the stored CRS in place, checked and repaired.</summary>
sealed partial class Placing(BoundMapping bound, int epsg)
{
    const double Absurd = 1e8;
    static readonly Envelope Germany = new(-300_000, 1_200_000, 5_100_000, 6_200_000); // generously, EPSG:25833
    readonly Reproject reproject = new(epsg);

    /// <summary>False when the last geometry could not be brought into the stored CRS whole: it cannot be shown either.</summary>
    public bool Placed => !reproject.Broken;

    /// <summary>The geometry as the file has it; null when the row has none.</summary>
    public Geometry? Of(SourceRow row, out Phrase? fault)
    {
        fault = null;
        if (row.Geometry != null)
            return row.Geometry;
        if (bound.GridAt >= 0)
            return row.Values[bound.GridAt] is { } id ? Cell(Convert.Text(id), bound.Mapping.Geometry!.Size, out fault) : null;
        if (bound.XAt < 0 || bound.YAt < 0 || row.Values[bound.XAt] == null || row.Values[bound.YAt] == null)
            return null;
        var (x, y) = (bound.Coordinate(row.Values, bound.XAt), bound.Coordinate(row.Values, bound.YAt));
        if (double.IsFinite(x) && double.IsFinite(y))
            return Shapes.Factory.CreatePoint(new PackedDoubleCoordinateSequence([x, y], 2, 0));
        fault = new("die Koordinaten sind keine Zahlen", "the coordinates are not numbers");
        return null;
    }

    /// <summary>Ids are written in full metres behind CRS…RES… and in units of the cell size in the short form.</summary>
    public static Geometry? Cell(string id, int size, out Phrase? fault)
    {
        var match = GridId().Match(id);
        fault = match.Success ? null : new($"„{id}“ ist keine Gitterkennung", $"\"{id}\" is not a grid id");
        if (!match.Success)
            return null;
        var unit = match.Groups["crs"].Length > 0 ? 1 : size;
        var x = (double)long.Parse(match.Groups["e"].Value, CultureInfo.InvariantCulture) * unit;
        var y = (double)long.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture) * unit;
        double[] ring = [x, y, x + size, y, x + size, y + size, x, y + size, x, y];
        return Shapes.Factory.CreatePolygon(Shapes.Factory.CreateLinearRing(new PackedDoubleCoordinateSequence(ring, 2, 0)));
    }

    [GeneratedRegex(@"^(?<crs>CRS\d{4,5}RES\d+m|)(?:\d+k?m)?N(?<n>\d{2,8})E(?<e>\d{2,8})$", RegexOptions.IgnoreCase)]
    private static partial Regex GridId();

    /// <summary>Reprojects in place, then checks; a ring that crosses itself is repaired. Null with a fault when nothing can be made of it.</summary>
    public Geometry? Finish(Geometry geometry, out bool repaired, out Phrase? fault)
    {
        (repaired, fault) = (false, null);
        reproject.Begin();
        if (geometry is Point { CoordinateSequence: PackedDoubleCoordinateSequence { Dimension: 2, Count: 1 } place } && bound.Layer.Shape == Shape.Point)
            return Finish(geometry, place.GetRawCoordinates(), out fault);
        geometry.Apply(reproject);
        geometry.GeometryChanged();
        geometry.SRID = Crs.Stored;
        if (geometry.IsEmpty)
            fault = new("leere Geometrie", "empty geometry");
        else if (reproject.Broken || !Germany.Contains(geometry.EnvelopeInternal))
            fault = Nowhere;
        else if (Suits(geometry) is not { } suited)
            fault = new($"{geometry.GeometryType} passt nicht zur Ebene „{bound.Layer.German}“", $"{geometry.GeometryType} does not suit the layer \"{bound.Layer.English}\"");
        else if (IsConvexQuad(suited) || suited.IsValid)
            return suited;
        else if (Repair(suited) is { } fixedUp)
        {
            repaired = true;
            return fixedUp;
        }
        else
            fault = new("die Fläche ist ungültig und lässt sich nicht reparieren", "the area is invalid and cannot be repaired");
        return null;
    }

    /// <summary>The same for a point in a layer of points, of which a state has millions.</summary>
    Geometry? Finish(Geometry point, double[] place, out Phrase? fault)
    {
        reproject.Place(ref place[0], ref place[1]);
        point.SRID = Crs.Stored;
        fault = reproject.Broken || !Germany.Contains(place[0], place[1]) ? Nowhere : null;
        return fault == null ? point : null;
    }

    static Phrase Nowhere => new("die Koordinaten liegen außerhalb Deutschlands oder sind unsinnig", "the coordinates lie outside Germany or are absurd");

    Geometry? Suits(Geometry geometry) => bound.Layer.Shape switch
    {
        Shape.Point => geometry is Point ? geometry : geometry is MultiPoint { Count: 1 } one ? one[0] : null,
        Shape.Line => geometry is ILineal ? geometry : null,
        Shape.Polygon => geometry is IPolygonal ? geometry : null,
        _ => geometry,
    };

    /// <summary>Cells are the bulk of all data; for them a full validity check would cost more than reading them.</summary>
    static bool IsConvexQuad(Geometry geometry)
    {
        if (geometry is not Polygon { NumInteriorRings: 0 } polygon || polygon.Shell.CoordinateSequence is not { Count: 5 } ring)
            return geometry is Point;
        var sign = 0;
        for (var i = 0; i < 4; i++)
        {
            var (j, k) = ((i + 1) % 4, (i + 2) % 4);
            var cross = ((ring.GetX(j) - ring.GetX(i)) * (ring.GetY(k) - ring.GetY(j))) - ((ring.GetY(j) - ring.GetY(i)) * (ring.GetX(k) - ring.GetX(j)));
            if (Math.Abs(cross) < 1e-6 || (sign != 0 && Math.Sign(cross) != sign))
                return false;
            sign = Math.Sign(cross);
        }
        return true;
    }

    static Geometry? Repair(Geometry geometry)
    {
        var fixedUp = GeometryFixer.Fix(geometry);
        if (geometry is IPolygonal)
        {
            var polygons = PolygonExtracter.GetPolygons(fixedUp).Cast<Polygon>().Where(p => p.Area > 1e-6).ToArray();
            fixedUp = polygons.Length == 1 ? polygons[0] : Shapes.Factory.CreateMultiPolygon(polygons);
        }
        fixedUp.SRID = Crs.Stored;
        return fixedUp.IsEmpty || !fixedUp.IsValid ? null : fixedUp;
    }

    sealed class Reproject(int epsg) : ICoordinateSequenceFilter
    {
        /// <summary>A grid's cells share their corners: those just seen are remembered, two to the power of this many.</summary>
        const int Remembered = 12;

        readonly Func<double, double, (double X, double Y)> transform = Crs.Transform(epsg, Crs.Stored);
        readonly (double FromX, double FromY, double X, double Y)[] seen = new (double, double, double, double)[epsg == Crs.Stored ? 0 : 1 << Remembered];

        public bool Broken { get; set; }

        public bool Done => Broken;

        public bool GeometryChanged => false;

        public void Begin() => Broken = false;

        public void Filter(CoordinateSequence sequence, int index)
        {
            var (x, y) = (sequence.GetX(index), sequence.GetY(index));
            Place(ref x, ref y);
            if (Broken)
                return;
            sequence.SetX(index, x);
            sequence.SetY(index, y);
        }

        (double X, double Y) Transformed(double x, double y)
        {
            if (epsg == Crs.Stored)
                return (x, y);
            var bits = (BitConverter.DoubleToUInt64Bits(x) * 0x9E3779B97F4A7C15) ^ (BitConverter.DoubleToUInt64Bits(y) * 0xC2B2AE3D27D4EB4F);
            ref var slot = ref seen[(bits * 0x9E3779B97F4A7C15) >> (64 - Remembered)];
            if (slot.FromX != x || slot.FromY != y)
            {
                var (newX, newY) = transform(x, y);
                slot = (x, y, newX, newY);
            }
            return (slot.X, slot.Y);
        }

        public void Place(ref double x, ref double y)
        {
            Broken |= !(Math.Abs(x) < Absurd && Math.Abs(y) < Absurd);
            if (Broken)
                return;
            (x, y) = Transformed(x, y);
            Broken |= !(Math.Abs(x) < Absurd && Math.Abs(y) < Absurd);
        }
    }
}
