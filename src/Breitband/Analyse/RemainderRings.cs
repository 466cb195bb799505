using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>
/// Walks the rings of a place and of the supply near it from crossing to crossing. A stretch of the place's border stays where no area
/// covers it; a stretch of an area's border becomes border of the remainder where it lies in the place and in no other area.
/// At a crossing exactly one stretch ends and one begins, which is checked: an answer that does not fit together is none.
/// </summary>
sealed class RemainderRings(RingPieces pieces, List<SupplyArea> areas)
{
    /// <summary>A stretch with the remainder to its left; both indices are into the crossings.</summary>
    readonly record struct Stretch(RingChain Chain, int First, int Last, bool Forward);

    readonly int[] othersAt = new int[pieces.Nodes];
    readonly Dictionary<int, Stretch> from = [];
    readonly List<Coordinate[]> rings = [];

    /// <summary>The remainder; null when it does not fit together.</summary>
    public Geometry? Assemble(GeometryFactory factory)
    {
        var next = 0;
        foreach (var chain in pieces.Chains)
        {
            var first = next;
            while (next < pieces.Crossings.Count && pieces.Crossings[next].Edge < chain.To)
                next++;
            if (!(chain.Owner == 0 ? Place(chain, first, next) : Supply(chain, first, next)))
                return null;
        }
        return Link() ? Polygons(factory) : null;
    }

    /// <summary>A ring of the place: covered by so many areas at its first corner, and by one more or less after every crossing.</summary>
    bool Place(RingChain chain, int first, int last)
    {
        if (Covering(pieces.Corner(chain.From), 0) is not { } count)
            return false;
        var start = count;
        for (var i = first; i < last; i++)
        {
            var crossing = pieces.Crossings[i];
            var after = count + (crossing.Enters ? 1 : -1);
            othersAt[crossing.Node] = Math.Min(count, after);
            if (count == 0 && i > first && !Keep(chain, i - 1, i))
                return false;
            count = after;
        }
        return count == start && count >= 0 && Close(chain, first, last, count == 0);
    }

    /// <summary>A run of an area's border. It starts outside the place; whoever else covers it is known where it enters the place.</summary>
    bool Supply(RingChain chain, int first, int last)
    {
        var (inPlace, others) = (false, 0);
        if (chain.Closed)
        {
            if (areas[0].Contains(pieces.Corner(chain.From).X, pieces.Corner(chain.From).Y) is not { } inside || Covering(pieces.Corner(chain.From), chain.Owner) is not { } covering)
                return false;
            (inPlace, others) = (inside, covering);
        }
        var start = inPlace;
        for (var i = first; i < last; i++)
        {
            var crossing = pieces.Crossings[i];
            if (inPlace && others == 0 && i > first && !Keep(chain, i - 1, i))
                return false;
            if (crossing.Other != 0)
                others += crossing.Enters ? 1 : -1;
            else if (inPlace == crossing.Enters)
                return false;
            else
                (inPlace, others) = (crossing.Enters, othersAt[crossing.Node]);
        }
        return inPlace == start && (!chain.Closed || Close(chain, first, last, inPlace && others == 0));
    }

    /// <summary>How many areas but one cover a corner; null when it lies on a border.</summary>
    int? Covering(Coordinate corner, int except)
    {
        var count = 0;
        for (var i = 1; i < areas.Count; i++)
            if (i != except)
            {
                if (areas[i].Contains(corner.X, corner.Y) is not { } inside)
                    return null;
                count += inside ? 1 : 0;
            }
        return count;
    }

    /// <summary>The stretch of a closed ring over its first corner, or the whole ring where nothing crosses it.</summary>
    bool Close(RingChain chain, int first, int last, bool kept)
    {
        if (!kept)
            return true;
        if (first < last)
            return Keep(chain, last - 1, first);
        var ring = Enumerable.Range(chain.From, chain.To - chain.From).Select(pieces.Corner).ToArray();
        if (!Forward(chain))
            Array.Reverse(ring);
        rings.Add(ring);
        return true;
    }

    static bool Forward(RingChain chain) => chain.Owner == 0 == chain.Left;

    bool Keep(RingChain chain, int first, int last)
    {
        var forward = Forward(chain);
        return from.TryAdd(pieces.Crossings[forward ? first : last].Node, new(chain, first, last, forward));
    }

    bool Link()
    {
        while (from.Count > 0)
        {
            var ring = new List<Coordinate>();
            var start = from.Keys.First();
            for (var node = start; ;)
            {
                if (!from.Remove(node, out var stretch))
                    return false;
                ring.Add(pieces.Node(node));
                Append(stretch, ring);
                node = pieces.Crossings[stretch.Forward ? stretch.Last : stretch.First].Node;
                if (node == start)
                    break;
            }
            ring.Add(ring[0].Copy());
            rings.Add([.. ring]);
        }
        return true;
    }

    /// <summary>The corners between a stretch's two crossings, in its direction.</summary>
    void Append(Stretch stretch, List<Coordinate> ring)
    {
        var (chain, first, last, forward) = stretch;
        var (a, b) = (pieces.Crossings[first].Edge, pieces.Crossings[last].Edge);
        var before = ring.Count;
        if (first < last)
            for (var i = a + 1; i <= b; i++)
                ring.Add(pieces.Corner(i));
        else
        {
            for (var i = a + 1; i < chain.To - 1; i++)
                ring.Add(pieces.Corner(i));
            for (var i = chain.From; i <= b; i++)
                ring.Add(pieces.Corner(i));
        }
        if (!forward)
            ring.Reverse(before, ring.Count - before);
    }

    /// <summary>Rings that run counterclockwise are shells; each of the others is a hole of the smallest shell around it.</summary>
    Geometry? Polygons(GeometryFactory factory)
    {
        var shells = new List<(SupplyArea Area, double Size, List<LinearRing> Holes)>();
        var holes = new List<LinearRing>();
        foreach (var corners in rings)
        {
            var ring = factory.CreateLinearRing(corners);
            var size = NetTopologySuite.Algorithm.Area.OfRingSigned(corners); // positive when clockwise
            if (size < 0)
                shells.Add((new(factory.CreatePolygon(ring)), -size, []));
            else
                holes.Add(ring);
        }
        foreach (var hole in holes)
        {
            var corner = hole.Coordinate;
            var around = shells.Where(s => s.Area.Contains(corner.X, corner.Y) is true).OrderBy(s => s.Size).Select(s => s.Holes).FirstOrDefault();
            if (around is null)
                return null;
            around.Add(hole);
        }
        var polygons = shells.Select(s => factory.CreatePolygon(((Polygon)s.Area.Geometry).Shell, [.. s.Holes])).ToArray();
        return polygons.Length == 1 ? polygons[0] : factory.CreateMultiPolygon(polygons);
    }
}
