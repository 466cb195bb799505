using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace Breitband.Analyse;

/// <summary>
/// Borders that do not meet exactly leave strips nobody can build in. Where one touches another gap area of its municipality, it becomes part of
/// that; elsewhere it belongs to the supply beside it. Households are never lost: an area that is nothing but a strip and has open households
/// stays where no other takes them.
/// </summary>
static class Slivers
{
    /// <summary>Parts smaller than this, m², are slivers.</summary>
    const double Smallest = 1;

    /// <summary>So are parts whose mean width is less than this, metres.</summary>
    const double Width = 0.1;

    /// <summary>How far from each other parts still touch, metres.</summary>
    const double Touching = 0.01;

    /// <summary>Whether nothing of a surface is wider.</summary>
    public static bool Only(Geometry surface) => !Parts(surface).Any(p => !Is(p));

    public static IReadOnlyList<GapArea> Merged(IReadOnlyList<GapArea> gaps)
    {
        var (kept, strips) = (new List<GapArea>(gaps.Count), new List<(GapArea Of, Polygon[] Parts)>());
        foreach (var gap in gaps)
            if (gap.Geometry is Polygon plain && !Is(plain) || Parts(gap.Geometry).Where(Is).ToArray() is not { Length: > 0 } thin)
                kept.Add(gap);
            else
            {
                strips.Add((gap, thin));
                if (thin.Length < gap.Geometry.NumGeometries)
                    kept.Add(Shaped(gap, [.. Parts(gap.Geometry).Except(thin)]));
            }
        return strips.Count == 0 ? gaps : Merged(kept, strips);
    }

    static List<GapArea> Merged(List<GapArea> kept, List<(GapArea Of, Polygon[] Parts)> strips)
    {
        var tree = new STRtree<int>();
        for (var i = 0; i < kept.Count; i++)
            tree.Insert(kept[i].Geometry.EnvelopeInternal, i);
        var taken = new Dictionary<int, (List<Geometry> Shapes, long Households)>();
        foreach (var (of, parts) in strips)
        {
            var households = parts.Length == of.Geometry.NumGeometries ? of.Households : 0;
            foreach (var part in parts)
                if (Beside(part, of, kept, tree) is >= 0 and var host)
                {
                    var (shapes, sum) = taken.TryGetValue(host, out var there) ? there : ([kept[host].Geometry], 0);
                    shapes.Add(part);
                    taken[host] = (shapes, sum + households);
                    households = 0;
                }
            if (households > 0)
                kept.Add(of);
        }
        foreach (var (host, (shapes, households)) in taken)
            kept[host] = Shaped(kept[host] with { Households = kept[host].Households + households }, Dissolve.Union(shapes));
        return kept;
    }

    /// <summary>The largest area of the same municipality that a strip touches, or -1.</summary>
    static int Beside(Polygon strip, GapArea of, List<GapArea> kept, STRtree<int> tree)
    {
        var box = strip.EnvelopeInternal.Copy();
        box.ExpandBy(Touching);
        return tree.Query(box).Where(i => kept[i].Ags == of.Ags && kept[i].Key != of.Key && kept[i].Geometry.IsWithinDistance(strip, Touching))
            .OrderByDescending(i => kept[i].AreaM2).ThenBy(i => kept[i].Key, StringComparer.Ordinal).FirstOrDefault(-1);
    }

    static IEnumerable<Polygon> Parts(Geometry surface) => Enumerable.Range(0, surface.NumGeometries).Select(surface.GetGeometryN).OfType<Polygon>();

    static bool Is(Polygon part) => part.Area is var area && (area <= Smallest || 2 * area <= Width * part.Length);

    static GapArea Shaped(GapArea gap, Geometry shape) => gap with { Geometry = shape, AreaM2 = Crs.AreaOf(shape) };

    static GapArea Shaped(GapArea gap, Polygon[] parts) => Shaped(gap, parts.Length == 1 ? parts[0] : gap.Geometry.Factory.CreateMultiPolygon(parts));
}
