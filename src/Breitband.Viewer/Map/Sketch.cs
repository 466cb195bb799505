using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace Breitband.Viewer.Map;

/// <summary>An area being drawn or changed, in metres of the web's projection: corners are set, taken hold of, snapped and taken back.</summary>
public sealed class Sketch
{
    /// <summary>Pixels within which a corner is taken hold of or snaps.</summary>
    const double Reach = 9;

    /// <summary>Pixels from the first corner within which a double click means that one.</summary>
    const double Home = 20;

    static readonly GeometryFactory Factory = new();

    static readonly ShapeLook Line = new("#c2185b", "#c2185b", 2.5, 0.12), Wrong = new("#8c2f0b", "#8c2f0b", 2.5, 0.25, Dashed: true), Corner = new("#ffffff", "#c2185b", 1), Crossing = new("#d40000", "#ffffff", 1.5);

    readonly Stack<Coordinate[]> before = new();
    List<Coordinate> corners = [];
    Coordinate[] began = [];
    Coordinate? loose;
    int held = -1;

    /// <summary>Corners and edges to snap to: other measures, municipalities.</summary>
    public IReadOnlyList<Geometry> Neighbours { get; set; } = [];

    public bool Active { get; private set; }

    public bool Closed { get; private set; }

    /// <summary>What is wrong with the area; null when it can be saved.</summary>
    public string? Fault => !Active || corners.Count == 0 ? null
        : corners.Count < 3 ? Tongue.Of("Eine Fläche braucht mindestens drei Ecken.", "An area needs three corners at least.")
        : !Ring().IsSimple ? Tongue.Of("Die Ränder kreuzen sich, wo der rote Punkt ist. Eine Ecke verschieben oder mit Strg+Z zurücknehmen.", "The edges cross where the red dot is. Move a corner or take it back with Ctrl+Z.") : null;

    public void Start(Polygon? area = null)
    {
        (Active, Closed, loose, held) = (true, area is not null, null, -1);
        corners = area is null ? [] : [.. area.ExteriorRing.Coordinates[..^1].Select(c => c.Copy())];
        began = [.. corners.Select(c => c.Copy())];
        before.Clear();
    }

    public void End() => (Active, Closed) = (false, false);

    /// <summary>The area in the stored system; null while it is none.</summary>
    public Geometry? Area => Active && corners.Count >= 3 && Fault is null ? Crs.Transform(Factory.CreatePolygon(Ring().Coordinates), Crs.WebMercator, Crs.Stored) : null;

    /// <summary>Whether it is another than in the beginning; taken back wholly it is not.</summary>
    public bool Changed => Active && !corners.SequenceEqual(began);

    public void Add(Coordinate at, double resolution)
    {
        if (Closed)
            return;
        if (corners.Count >= 3 && corners[0].Distance(at) <= Reach * resolution)
        {
            Close();
            return;
        }
        Keep();
        corners.Add(Snapped(at, resolution));
    }

    /// <param name="resolution">Of a map on which a double click closes it: its first click has set a corner, which beside the first one is none. 0 without a map.</param>
    public void Close(double resolution = 0)
    {
        if (!Closed && corners.Count > 3 && corners[0].Distance(corners[^1]) <= Home * resolution)
        {
            corners.RemoveAt(corners.Count - 1);
            before.TryPop(out _);
        }
        Closed |= corners.Count >= 3;
    }

    /// <summary>True when the line to the pointer has to be drawn anew.</summary>
    public bool Follow(Coordinate at, double resolution)
    {
        loose = Closed ? null : Snapped(at, resolution);
        return Active && !Closed && corners.Count > 0;
    }

    /// <summary>Takes hold of a corner, or of a new one in the middle of an edge.</summary>
    public bool Grab(Coordinate at, double resolution)
    {
        held = Active && Closed ? corners.FindIndex(c => c.Distance(at) <= Reach * resolution) : -1;
        if (held < 0 && Active && Closed && Middles().Select((m, i) => (m, i)).FirstOrDefault(m => m.m.Distance(at) <= Reach * resolution) is ({ } middle, var after))
        {
            Keep();
            corners.Insert(held = after + 1, middle);
        }
        else if (held >= 0)
            Keep();
        return held >= 0;
    }

    public void Drag(Coordinate at, double resolution)
    {
        if (held >= 0)
            corners[held] = Snapped(at, resolution);
    }

    /// <summary>Takes the corner away that is under the pointer.</summary>
    public bool Remove(Coordinate at, double resolution)
    {
        var found = Active && corners.Count > 3 ? corners.FindIndex(c => c.Distance(at) <= Reach * resolution) : -1;
        if (found < 0)
            return false;
        Keep();
        corners.RemoveAt(found);
        return true;
    }

    public bool Undo()
    {
        if (!before.TryPop(out var was))
            return false;
        corners = [.. was];
        Closed &= corners.Count >= 3;
        return true;
    }

    void Keep() => before.Push([.. corners.Select(c => c.Copy())]);

    /// <summary>Where edges cross, the one that would close the area among them: what <see cref="Fault"/> speaks of.</summary>
    public IReadOnlyList<Coordinate> Crossings => !Active || corners.Count < 3 ? [] : [.. new IsSimpleOp(Ring()) { FindAllLocations = true }.NonSimpleLocations];

    LineString Ring() => Factory.CreateLineString([.. corners, corners[0]]);

    IEnumerable<Coordinate> Middles() => corners.Select((c, i) => corners[(i + 1) % corners.Count] is var next ? new Coordinate((c.X + next.X) / 2, (c.Y + next.Y) / 2) : c);

    /// <summary>The nearest corner of a neighbour, else the nearest place on an edge of one, else the place itself.</summary>
    Coordinate Snapped(Coordinate at, double resolution)
    {
        var (point, near) = (Factory.CreatePoint(at), new Envelope(at));
        near.ExpandBy(Reach * resolution);
        var close = Neighbours.Where(n => n.EnvelopeInternal.Intersects(near) && n.Boundary.IsWithinDistance(point, Reach * resolution)).ToList();
        var corner = close.SelectMany(n => n.Coordinates).Where(c => near.Contains(c)).MinBy(c => c.Distance(at));
        if (corner is not null)
            return corner.Copy();
        return close.Select(n => NetTopologySuite.Operation.Distance.DistanceOp.NearestPoints(n.Boundary, point)[0]).MinBy(c => c.Distance(at))?.Copy() ?? at;
    }

    public IEnumerable<MapShape> Shapes()
    {
        if (!Active || corners.Count == 0)
            yield break;
        Coordinate[] line = [.. corners, .. loose is null || Closed ? Array.Empty<Coordinate>() : [loose]];
        if (Closed)
            yield return new(Factory.CreatePolygon(Ring().Coordinates), Fault is null ? Line : Wrong);
        else if (line.Length > 1)
            yield return new(Factory.CreateLineString(line), Line);
        foreach (var corner in corners)
            yield return new(Factory.CreatePoint(corner), Corner, Handle: true);
        foreach (var crossing in Crossings)
            yield return new(Factory.CreatePoint(crossing), Crossing);
    }
}
