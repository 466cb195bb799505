using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;

namespace Breitband.Import;

/// <summary>Reads the geometry of one shapefile record (ESRI Shapefile Technical Description, 1998). Z and M are dropped.</summary>
static class Shapes
{
    public static readonly GeometryFactory Factory = new(new PrecisionModel(), Crs.Stored);

    /// <summary>The geometry, or null for a null shape; a fault when the record contradicts itself or is of a kind we do not take.</summary>
    public static Geometry? Read(ReadOnlySpan<byte> record, out Phrase? fault)
    {
        fault = null;
        if (record.Length < 4)
            return Bad(out fault);
        return BinaryPrimitives.ReadInt32LittleEndian(record) switch
        {
            0 => null,
            1 or 11 or 21 => record.Length < 20 ? Bad(out fault) : Factory.CreatePoint(Sequence(record.Slice(4, 16))),
            8 or 18 or 28 => MultiPoint(record, out fault),
            3 or 13 or 23 => Lines(record, out fault),
            5 or 15 or 25 => Polygons(record, out fault),
            var kind => Bad(out fault, kind),
        };
    }

    static Geometry? Bad(out Phrase? fault, int? kind = null)
    {
        fault = kind is { } k
            ? new($"Geometrietyp {k} wird nicht gelesen (nur Punkte, Linien, Flächen)", $"shape type {k} is not read (only points, lines, polygons)")
            : new("der Geometriesatz ist in sich widersprüchlich (Anzahl der Punkte passt nicht zur Länge)",
                "the shape record contradicts itself (number of points does not fit its length)");
        return null;
    }

    static Geometry? MultiPoint(ReadOnlySpan<byte> record, out Phrase? fault)
    {
        fault = null;
        var count = record.Length < 40 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(record[36..]);
        if (count < 0 || count > (record.Length - 40) / 16)
            return Bad(out fault);
        return Factory.CreateMultiPoint(Sequence(record.Slice(40, count * 16)));
    }

    static Geometry? Lines(ReadOnlySpan<byte> record, out Phrase? fault)
    {
        if (Parts(record, out fault) is not { } parts)
            return null;
        var lines = parts.Where(p => p.Count > 1).Select(Factory.CreateLineString).ToArray();
        return lines.Length == 1 ? lines[0] : Factory.CreateMultiLineString(lines);
    }

    static Geometry? Polygons(ReadOnlySpan<byte> record, out Phrase? fault)
    {
        if (Parts(record, out fault) is not { } parts)
            return null;
        var rings = new List<LinearRing>(parts.Length);
        foreach (var part in parts)
            if (Closed(part) is { Count: >= 4 } ring)
                rings.Add(Factory.CreateLinearRing(ring));
        return rings.Count switch
        {
            0 => Factory.CreatePolygon(),
            1 => Factory.CreatePolygon(rings[0]),
            _ => Assemble(rings),
        };
    }

    /// <summary>Clockwise rings are shells, the others holes of the smallest shell around them; a hole outside every shell is taken as a shell.</summary>
    public static Geometry Assemble(List<LinearRing> rings)
    {
        var shells = rings.Where(r => Area.OfRingSigned(r.CoordinateSequence) >= 0).ToList();
        var holes = shells.Select(_ => new List<LinearRing>()).ToList();
        var order = Enumerable.Range(0, shells.Count).OrderBy(i => shells[i].EnvelopeInternal.Area).ToList();
        foreach (var hole in rings.Where(r => Area.OfRingSigned(r.CoordinateSequence) < 0))
        {
            var owner = order.FindIndex(i => Around(shells[i], hole));
            if (owner >= 0)
                holes[order[owner]].Add(hole);
            else
            {
                shells.Add(hole);
                holes.Add([]);
            }
        }
        var polygons = shells.Select((s, i) => Factory.CreatePolygon(s, [.. holes[i]])).ToArray();
        return polygons.Length == 1 ? polygons[0] : Factory.CreateMultiPolygon(polygons);
    }

    /// <summary>A ring may touch its shell in points, so the first point of the hole that is not on the shell decides.</summary>
    static bool Around(LinearRing shell, LinearRing hole)
    {
        if (!shell.EnvelopeInternal.Contains(hole.EnvelopeInternal))
            return false;
        foreach (var point in hole.Coordinates)
            if (PointLocation.LocateInRing(point, shell.Coordinates) is var where and not Location.Boundary)
                return where == Location.Interior;
        return true;
    }

    static CoordinateSequence[]? Parts(ReadOnlySpan<byte> record, out Phrase? fault)
    {
        fault = null;
        var parts = record.Length < 44 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(record[36..]);
        var points = record.Length < 44 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(record[40..]);
        if (parts < 0 || points < 0 || 44 + (4L * parts) + (16L * points) > record.Length)
        {
            Bad(out fault);
            return null;
        }
        var starts = MemoryMarshal.Cast<byte, int>(record.Slice(44, 4 * parts));
        var data = record.Slice(44 + (4 * parts), 16 * points);
        var result = new CoordinateSequence[parts];
        for (var i = 0; i < parts; i++)
        {
            var end = i + 1 < parts ? starts[i + 1] : points;
            if (starts[i] < 0 || end < starts[i] || end > points)
            {
                Bad(out fault);
                return null;
            }
            result[i] = Sequence(data[(16 * starts[i])..(16 * end)]);
        }
        return result;
    }

    static PackedDoubleCoordinateSequence Sequence(ReadOnlySpan<byte> bytes) =>
        new(MemoryMarshal.Cast<byte, double>(bytes).ToArray(), 2, 0);

    public static CoordinateSequence Closed(CoordinateSequence ring)
    {
        var last = ring.Count - 1;
        if (last < 2 || (ring.GetX(0) == ring.GetX(last) && ring.GetY(0) == ring.GetY(last)))
            return ring;
        var values = new double[2 * (ring.Count + 1)];
        for (var i = 0; i <= ring.Count; i++)
            (values[2 * i], values[(2 * i) + 1]) = (ring.GetX(i % ring.Count), ring.GetY(i % ring.Count));
        return new PackedDoubleCoordinateSequence(values, 2, 0);
    }
}
