using NetTopologySuite.Geometries;

namespace Breitband.Service.Features;

/// <summary>What a run of vertices is.</summary>
enum PathKind { Points, Line, Ring }

/// <summary>A run of vertices of a shape: from inclusive, to exclusive.</summary>
readonly record struct ShapePath(PathKind Kind, int From, int To);

/// <summary>
/// The geometries of a snapshot in four arrays of whole numbers instead of a million objects: vertices in millimetres of the stored system and
/// in 1e-7 degrees, the default of every answer, so that the common request transforms nothing. Shells run counterclockwise (RFC 7946).
/// </summary>
/// <param name="structures">Per shape its type (OGC code: 1 point … 7 collection) and the counts below it; see <see cref="ShapesBuilder"/>.</param>
sealed class PackedShapes(int[] vertexStarts, int[] structureStarts, int[] structures, int[] degrees, int[] millimetres, long baseX, long baseY)
{
    const double PerMetre = 1000;

    public int Count => vertexStarts.Length - 1;

    public long Size => 4L * (vertexStarts.Length + structureStarts.Length + structures.Length + degrees.Length + millimetres.Length);

    /// <summary>The first vertex of a row; its structure says how many follow.</summary>
    public int FirstVertex(int row) => vertexStarts[row];

    /// <summary>Type and counts of a row, followed by those of other rows; empty for a row without a place.</summary>
    public ReadOnlySpan<int> Structure(int row) => structureStarts[row] < 0 ? [] : structures.AsSpan(structureStarts[row]);

    /// <summary>Longitude and latitude of a vertex in 1e-7 degrees.</summary>
    public (int X, int Y) Degrees(int vertex) => (degrees[2 * vertex], degrees[2 * vertex + 1]);

    /// <summary>A vertex in millimetres of the stored system.</summary>
    public (long X, long Y) Millimetres(int vertex) => (baseX + millimetres[2 * vertex], baseY + millimetres[2 * vertex + 1]);

    /// <summary>A vertex in metres of the stored system.</summary>
    public (double X, double Y) Metres(int vertex) => ((baseX + millimetres[2 * vertex]) / PerMetre, (baseY + millimetres[2 * vertex + 1]) / PerMetre);

    public Box BoxOf(int row)
    {
        var box = Box.Empty;
        for (var vertex = vertexStarts[row]; vertex < vertexStarts[row + 1]; vertex++)
            box = box.And(degrees[2 * vertex], degrees[2 * vertex + 1]);
        return box;
    }

    /// <summary>The points, lines and rings of a row, in order.</summary>
    public List<ShapePath> Paths(int row)
    {
        var paths = new List<ShapePath>();
        var structure = Structure(row);
        if (structure.Length > 0)
        {
            var (at, vertex) = (0, vertexStarts[row]);
            Paths(structure, ref at, ref vertex, paths);
        }
        return paths;
    }

    static void Paths(ReadOnlySpan<int> structure, ref int at, ref int vertex, List<ShapePath> paths)
    {
        void Path(PathKind kind, int count, ref int vertex)
        {
            paths.Add(new(kind, vertex, vertex + count));
            vertex += count;
        }

        void Several(ReadOnlySpan<int> structure, PathKind kind, ref int at, ref int vertex)
        {
            for (var count = structure[at++]; count > 0; count--)
                Path(kind, structure[at++], ref vertex);
        }

        switch (structure[at++])
        {
            case 1: Path(PathKind.Points, 1, ref vertex); break;
            case 2: Path(PathKind.Line, structure[at++], ref vertex); break;
            case 4: Path(PathKind.Points, structure[at++], ref vertex); break;
            case 3: Several(structure, PathKind.Ring, ref at, ref vertex); break;
            case 5: Several(structure, PathKind.Line, ref at, ref vertex); break;
            case 6:
                for (var polygons = structure[at++]; polygons > 0; polygons--)
                    Several(structure, PathKind.Ring, ref at, ref vertex);
                break;
            default:
                for (var parts = structure[at++]; parts > 0; parts--)
                    Paths(structure, ref at, ref vertex, paths);
                break;
        }
    }

    /// <summary>The geometry in the stored system, for tests of topology; null for a row without a place.</summary>
    public Geometry? ToGeometry(int row)
    {
        var structure = Structure(row);
        if (structure.Length == 0)
            return null;
        var (at, vertex) = (0, vertexStarts[row]);
        return Build(structure, ref at, ref vertex);
    }

    Geometry Build(ReadOnlySpan<int> structure, ref int at, ref int vertex)
    {
        var factory = GeometryFactory.Default;
        switch (structure[at++])
        {
            case 1:
                return factory.CreatePoint(Coordinates(1, ref vertex)[0]);
            case 2:
                return factory.CreateLineString(Coordinates(structure[at++], ref vertex));
            case 3:
                return BuildPolygon(structure, ref at, ref vertex);
            case 4:
                return factory.CreateMultiPointFromCoords(Coordinates(structure[at++], ref vertex));
            case 5:
                var lines = new LineString[structure[at++]];
                for (var i = 0; i < lines.Length; i++)
                    lines[i] = factory.CreateLineString(Coordinates(structure[at++], ref vertex));
                return factory.CreateMultiLineString(lines);
            case 6:
                var polygons = new Polygon[structure[at++]];
                for (var i = 0; i < polygons.Length; i++)
                    polygons[i] = BuildPolygon(structure, ref at, ref vertex);
                return factory.CreateMultiPolygon(polygons);
            default:
                var parts = new Geometry[structure[at++]];
                for (var i = 0; i < parts.Length; i++)
                    parts[i] = Build(structure, ref at, ref vertex);
                return factory.CreateGeometryCollection(parts);
        }
    }

    Polygon BuildPolygon(ReadOnlySpan<int> structure, ref int at, ref int vertex)
    {
        var rings = new LinearRing[structure[at++]];
        for (var i = 0; i < rings.Length; i++)
            rings[i] = GeometryFactory.Default.CreateLinearRing(Coordinates(structure[at++], ref vertex));
        return GeometryFactory.Default.CreatePolygon(rings[0], rings[1..]);
    }

    Coordinate[] Coordinates(int count, ref int vertex)
    {
        var coordinates = new Coordinate[count];
        for (var i = 0; i < count; i++)
        {
            var (x, y) = Metres(vertex++);
            coordinates[i] = new(x, y);
        }
        return coordinates;
    }
}
