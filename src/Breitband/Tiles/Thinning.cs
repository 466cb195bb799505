using NetTopologySuite.Coverage;
using NetTopologySuite.Geometries;

namespace Breitband.Tiles;

/// <summary>Fewer corners at small scales.</summary>
static class Thinning
{
    /// <summary>Units of a tile a line may move: a third of a pixel of a 512-pixel tile.</summary>
    const double Tolerance = 3;

    /// <summary>The tolerance of a zoom level in shares of the world.</summary>
    static double World(int zoom) => Tolerance / TileCutter.Extent / (1 << zoom);

    /// <summary>Areas that share borders keep sharing them: no hole and no overlap between neighbours.</summary>
    /// <param name="areas">In metres of EPSG:3857.</param>
    public static Geometry[] Coverage(Geometry[] areas, int zoom)
    {
        // The simplifier removes a corner when its triangle is smaller than the square of the tolerance.
        var metres = World(zoom) * 2 * 20037508.342789244;
        return CoverageSimplifier.Simplify(areas, metres * 2);
    }

    /// <summary>Parts without the corners that lie nearer to the line than the tolerance (Douglas and Peucker); rings too small to see are left out.</summary>
    public static double[][] Parts(TileShape shape, double[][] parts, int zoom)
    {
        if (shape == TileShape.Point)
            return parts;
        var tolerance = World(zoom);
        var kept = new List<double[]>(parts.Length);
        foreach (var part in parts)
        {
            if (shape == TileShape.Area && Math.Abs(TileLayerWriter.Area(part)) < 2 * tolerance * tolerance)
                continue;
            var thin = part.Length <= 10 ? part : Thin(part, tolerance, shape == TileShape.Area);
            if (thin.Length >= (shape == TileShape.Area ? 6 : 4))
                kept.Add(thin);
        }
        return [.. kept];
    }

    static double[] Thin(double[] part, double tolerance, bool ring)
    {
        var count = part.Length / 2;
        var keep = new bool[count];
        var spans = new Stack<(int From, int To)>();
        keep[0] = keep[count - 1] = true;
        if (ring)
        {
            // A ring has no ends: it is cut at the corner farthest from the first.
            var far = 0;
            for (var i = 1; i < count; i++)
                far = Distance(part, i, 0) > Distance(part, far, 0) ? i : far;
            keep[far] = true;
            spans.Push((0, far));
            spans.Push((far, count - 1));
        }
        else
            spans.Push((0, count - 1));
        while (spans.TryPop(out var span))
        {
            var (worst, at) = (tolerance * tolerance, -1);
            for (var i = span.From + 1; i < span.To; i++)
                if (Off(part, i, span.From, span.To) is var off && off > worst)
                    (worst, at) = (off, i);
            if (at < 0)
                continue;
            keep[at] = true;
            spans.Push((span.From, at));
            spans.Push((at, span.To));
        }
        var thin = new List<double>(part.Length / 2);
        for (var i = 0; i < count; i++)
            if (keep[i])
                thin.AddRange([part[2 * i], part[2 * i + 1]]);
        return [.. thin];
    }

    static double Distance(double[] p, int a, int b) => (p[2 * a] - p[2 * b]) * (p[2 * a] - p[2 * b]) + (p[2 * a + 1] - p[2 * b + 1]) * (p[2 * a + 1] - p[2 * b + 1]);

    /// <summary>Square of the distance of a corner from a stretch between two others.</summary>
    static double Off(double[] p, int i, int a, int b)
    {
        var (dx, dy, length) = (p[2 * b] - p[2 * a], p[2 * b + 1] - p[2 * a + 1], Distance(p, a, b));
        if (length == 0)
            return Distance(p, i, a);
        var t = Math.Clamp(((p[2 * i] - p[2 * a]) * dx + (p[2 * i + 1] - p[2 * a + 1]) * dy) / length, 0, 1);
        var (ox, oy) = (p[2 * i] - p[2 * a] - t * dx, p[2 * i + 1] - p[2 * a + 1] - t * dy);
        return ox * ox + oy * oy;
    }
}
