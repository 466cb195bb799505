using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace Breitband.Service.Features;

/// <summary>Packs geometries of the stored system one by one.</summary>
sealed class ShapesBuilder
{
    static readonly Func<double, double, (double X, double Y)> ToDegrees = Crs.Transform(Crs.Stored, Crs.Geographic);

    readonly List<int> vertexStarts = [0], structureStarts = [], structures = [], degrees = [], millimetres = [];
    readonly Dictionary<(int, int, int, int), int> known = [];
    readonly List<int> current = [];
    long baseX, baseY;

    public int Count => structureStarts.Count;

    /// <summary>Bytes held so far.</summary>
    public long Size => 4L * (vertexStarts.Count + structureStarts.Count + structures.Count + degrees.Count + millimetres.Count);

    public void Add(Geometry? geometry)
    {
        current.Clear();
        if (geometry is { IsEmpty: false })
            Pack(geometry);
        structureStarts.Add(current.Count == 0 ? -1 : StructureStart());
        vertexStarts.Add(degrees.Count / 2);
    }

    void Pack(Geometry geometry)
    {
        switch (geometry)
        {
            case Point point:
                current.Add(1);
                Vertex(point.X, point.Y);
                break;
            case LineString line:
                current.Add(2);
                Path(line.CoordinateSequence, false);
                break;
            case Polygon polygon:
                current.Add(3);
                Rings(polygon);
                break;
            case GeometryCollection collection:
                Parts(collection);
                break;
            default:
                throw new InvalidDataException($"a geometry of type {geometry.GeometryType} is in the store");
        }
    }

    void Parts(GeometryCollection collection)
    {
        var parts = collection.Geometries.Where(g => !g.IsEmpty).ToList();
        current.AddRange([collection switch { MultiPoint => 4, MultiLineString => 5, MultiPolygon => 6, _ => 7 }, parts.Count]);
        foreach (var part in parts)
            if (collection is MultiPoint && part is Point point)
                Vertex(point.X, point.Y);
            else if (collection is MultiLineString && part is LineString line)
                Path(line.CoordinateSequence, false);
            else if (collection is MultiPolygon && part is Polygon polygon)
                Rings(polygon);
            else
                Pack(part);
    }

    void Rings(Polygon polygon)
    {
        current.Add(1 + polygon.NumInteriorRings);
        Path(polygon.ExteriorRing.CoordinateSequence, !Orientation.IsCCW(polygon.ExteriorRing.CoordinateSequence));
        for (var i = 0; i < polygon.NumInteriorRings; i++)
        {
            var hole = polygon.GetInteriorRingN(i).CoordinateSequence;
            Path(hole, Orientation.IsCCW(hole));
        }
    }

    void Path(CoordinateSequence sequence, bool reversed)
    {
        current.Add(sequence.Count);
        for (var i = 0; i < sequence.Count; i++)
        {
            var at = reversed ? sequence.Count - 1 - i : i;
            Vertex(sequence.GetX(at), sequence.GetY(at));
        }
    }

    void Vertex(double x, double y)
    {
        var (mmX, mmY) = ((long)Math.Round(x * 1000), (long)Math.Round(y * 1000));
        if (degrees.Count == 0)
            (baseX, baseY) = (mmX, mmY);
        var (lon, lat) = ToDegrees(x, y);
        degrees.Add(checked((int)Math.Round(lon * Box.Unit)));
        degrees.Add(checked((int)Math.Round(lat * Box.Unit)));
        // Two thousand kilometres either way from the first vertex; the store holds one county, state or country.
        millimetres.Add(checked((int)(mmX - baseX)));
        millimetres.Add(checked((int)(mmY - baseY)));
    }

    /// <summary>Cells all have the same structure, kept once.</summary>
    int StructureStart()
    {
        var start = structures.Count;
        if (current.Count <= 4)
        {
            var key = (current[0], At(1), At(2), At(3));
            if (known.TryGetValue(key, out var there))
                return there;
            known.Add(key, start);
        }
        structures.AddRange(current);
        return start;
    }

    int At(int i) => i < current.Count ? current[i] : -1;

    /// <param name="order">Row numbers in the order wanted; null for as they came.</param>
    public PackedShapes Build(int[]? order)
    {
        if (order is null)
            return new([.. vertexStarts], [.. structureStarts], [.. structures], [.. degrees], [.. millimetres], baseX, baseY);
        var (starts, shapes) = (new int[order.Length + 1], new int[order.Length]);
        var (lonLat, metres) = (new int[degrees.Count], new int[millimetres.Count]);
        for (var row = 0; row < order.Length; row++)
        {
            var (from, count) = (vertexStarts[order[row]], vertexStarts[order[row] + 1] - vertexStarts[order[row]]);
            degrees.CopyTo(2 * from, lonLat, 2 * starts[row], 2 * count);
            millimetres.CopyTo(2 * from, metres, 2 * starts[row], 2 * count);
            starts[row + 1] = starts[row] + count;
            shapes[row] = structureStarts[order[row]];
        }
        return new(starts, shapes, [.. structures], lonLat, metres, baseX, baseY);
    }

    public Box[] Boxes()
    {
        var boxes = new Box[Count];
        for (var row = 0; row < boxes.Length; row++)
        {
            boxes[row] = Box.Empty;
            for (var vertex = vertexStarts[row]; vertex < vertexStarts[row + 1]; vertex++)
                boxes[row] = boxes[row].And(degrees[2 * vertex], degrees[2 * vertex + 1]);
        }
        return boxes;
    }
}
