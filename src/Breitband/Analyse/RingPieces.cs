using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>Where two edges cross, seen from one of them.</summary>
/// <param name="Edge">Index of the edge's first corner among all corners.</param>
/// <param name="At">0 at its first corner, 1 at its second.</param>
/// <param name="Other">Owner of the other edge.</param>
/// <param name="Enters">Whether the way along the edge goes into the other's area here.</param>
readonly record struct RingCrossing(int Edge, double At, int Node, int Other, bool Enters);

/// <summary>A run of neighbouring corners of one ring, as far as it is near the place.</summary>
/// <param name="Owner">0 the place, from 1 on the supply areas.</param>
readonly record struct RingChain(int From, int To, int Owner, bool Left, bool Closed);

/// <summary>
/// The edges of one place and of the supply areas near it, and where they cross. A plain case has proper crossings only, clear of corners and of
/// each other; anything else (shared borders, touching corners, rings that cross themselves) is not plain.
/// </summary>
sealed class RingPieces
{
    /// <summary>Metres between crossings and corners, and the sine of the angle of crossing, below which rounding might turn order round.</summary>
    const double Clear = 1e-5, Slant = 1e-4;

    readonly List<double> x = [], y = [], nodeX = [], nodeY = [];
    readonly List<RingChain> chains = [];
    readonly List<RingCrossing> crossings = [];
    int[] owner = [], edges = [];
    double[] left = [];
    bool[] leftSide = [];

    public IReadOnlyList<RingChain> Chains => chains;

    /// <summary>All crossings by edge and place on it; two per node.</summary>
    public List<RingCrossing> Crossings => crossings;

    public Coordinate Corner(int i) => new(x[i], y[i]);

    public Coordinate Node(int i) => new(nodeX[i], nodeY[i]);

    public int Nodes => nodeX.Count;

    public void Reset()
    {
        x.Clear();
        y.Clear();
        nodeX.Clear();
        nodeY.Clear();
        chains.Clear();
        crossings.Clear();
    }

    /// <summary>A whole ring.</summary>
    public void AddRing(in AreaRing ring, int ringOwner)
    {
        var from = x.Count;
        for (var i = 0; i < ring.Length; i += 2)
            Add(ring.Corners[i], ring.Corners[i + 1]);
        chains.Add(new(from, x.Count, ringOwner, ring.Left, true));
    }

    /// <summary>The runs of a ring's edges that meet a box.</summary>
    public void AddNear(in AreaRing ring, int ringOwner, Envelope box)
    {
        var (count, c, apart) = (ring.Edges, ring.Corners, ring.FirstApart(box));
        if (apart == count)
        {
            AddRing(ring, ringOwner);
            return;
        }
        var from = -1;
        for (var k = 1; k <= count; k++)
        {
            var i = apart + k < count ? apart + k : apart + k - count;
            var skipped = i % AreaRing.Run == 0 && !ring.RunMeets(i / AreaRing.Run, box);
            if (!skipped && ring.Meets(i, box))
            {
                if (from < 0)
                {
                    from = x.Count;
                    Add(c[2 * i], c[2 * i + 1]);
                }
                Add(c[2 * i + 2], c[2 * i + 3]);
                continue;
            }
            if (from >= 0)
                chains.Add(new(from, x.Count, ringOwner, ring.Left, false));
            from = -1;
            if (skipped)
                k += Math.Min(AreaRing.Run, count - i) - 1;
        }
    }

    void Add(double cornerX, double cornerY)
    {
        x.Add(cornerX);
        y.Add(cornerY);
    }

    /// <summary>Finds all crossings; false when the case is not plain.</summary>
    public bool Cross()
    {
        var count = SortEdges();
        for (var i = 0; i < count; i++)
        {
            var a = edges[i];
            var right = Math.Max(x[a], x[a + 1]);
            var (low, high) = (Math.Min(y[a], y[a + 1]), Math.Max(y[a], y[a + 1]));
            for (var j = i + 1; j < count && left[j] <= right; j++)
                if (edges[j] is var b && (y[b] <= high || y[b + 1] <= high) && (y[b] >= low || y[b + 1] >= low) && !Meet(a, b))
                    return false;
        }
        crossings.Sort(static (a, b) => a.Edge != b.Edge ? a.Edge.CompareTo(b.Edge) : a.At.CompareTo(b.At));
        return AreClear();
    }

    /// <summary>All edges by their left end.</summary>
    int SortEdges()
    {
        if (edges.Length < x.Count)
            (edges, left, owner, leftSide) = (new int[2 * x.Count], new double[2 * x.Count], new int[2 * x.Count], new bool[2 * x.Count]);
        var count = 0;
        foreach (var chain in chains)
            for (var e = chain.From; e < chain.To; e++)
            {
                (owner[e], leftSide[e]) = (chain.Owner, chain.Left);
                if (e + 1 < chain.To)
                    (edges[count], left[count++]) = (e, Math.Min(x[e], x[e + 1]));
            }
        Array.Sort(left, edges, 0, count);
        return count;
    }

    /// <summary>Notes where two edges cross; false when they touch or belong to one area.</summary>
    bool Meet(int a, int b)
    {
        if (owner[a] == owner[b] && AreNeighbours(a, b))
            return true;
        var a0 = CGAlgorithmsDD.OrientationIndex(x[b], y[b], x[b + 1], y[b + 1], x[a], y[a]);
        var a1 = CGAlgorithmsDD.OrientationIndex(x[b], y[b], x[b + 1], y[b + 1], x[a + 1], y[a + 1]);
        if (a0 == a1 && a0 != 0)
            return true;
        var b0 = CGAlgorithmsDD.OrientationIndex(x[a], y[a], x[a + 1], y[a + 1], x[b], y[b]);
        var b1 = CGAlgorithmsDD.OrientationIndex(x[a], y[a], x[a + 1], y[a + 1], x[b + 1], y[b + 1]);
        if (b0 == b1 && b0 != 0)
            return true;
        if (a0 == 0 || a1 == 0 || b0 == 0 || b1 == 0 || owner[a] == owner[b])
            return false;
        return Note(a, b, entersB: a1 > 0 == leftSide[b], entersA: b1 > 0 == leftSide[a]);
    }

    bool AreNeighbours(int a, int b) => Math.Abs(a - b) <= 1
        || x[a] == x[b + 1] && y[a] == y[b + 1] || x[b] == x[a + 1] && y[b] == y[a + 1]; // the last edge of a closed ring and its first

    bool Note(int a, int b, bool entersB, bool entersA)
    {
        var (dx, dy, ex, ey) = (x[a + 1] - x[a], y[a + 1] - y[a], x[b + 1] - x[b], y[b + 1] - y[b]);
        var cross = dx * ey - dy * ex;
        if (Math.Abs(cross) < Slant * Math.Sqrt((dx * dx + dy * dy) * (ex * ex + ey * ey)))
            return false;
        var (ox, oy) = (x[b] - x[a], y[b] - y[a]);
        var (s, t) = ((ox * ey - oy * ex) / cross, (ox * dy - oy * dx) / cross);
        crossings.Add(new(a, s, nodeX.Count, owner[b], entersB));
        crossings.Add(new(b, t, nodeX.Count, owner[a], entersA));
        nodeX.Add(x[a] + s * dx);
        nodeY.Add(y[a] + s * dy);
        return true;
    }

    bool AreClear()
    {
        for (var i = 0; i < crossings.Count; i++)
        {
            var (edge, at, _, _, _) = crossings[i];
            var length = Math.Sqrt((x[edge + 1] - x[edge]) * (x[edge + 1] - x[edge]) + (y[edge + 1] - y[edge]) * (y[edge + 1] - y[edge]));
            var before = i > 0 && crossings[i - 1].Edge == edge ? crossings[i - 1].At : 0;
            if ((at - before) * length < Clear || (1 - at) * length < Clear)
                return false;
        }
        return true;
    }
}
