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
            if (gap.Geometry is Polygon plain && (IsPlainlyWide(plain, gap.AreaM2) || !Is(plain)) || Parts(gap.Geometry).Where(Is).ToArray() is not { Length: > 0 } thin)
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
        var beside = Neighbours(kept, strips);
        var taken = new Dictionary<int, (List<Geometry> Shapes, long Households)>();
        foreach (var (of, parts) in strips)
        {
            var households = parts.Length == of.Geometry.NumGeometries ? of.Households : 0;
            foreach (var part in parts)
                if (Beside(part, of, kept, beside[part]) is >= 0 and var host)
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

    /// <summary>Per strip the areas whose boxes it may touch. Strips are few and areas many: the strips make the tree.</summary>
    static Dictionary<Polygon, List<int>> Neighbours(List<GapArea> kept, List<(GapArea Of, Polygon[] Parts)> strips)
    {
        var (beside, tree) = (new Dictionary<Polygon, List<int>>(ReferenceEqualityComparer.Instance), new STRtree<Polygon>());
        foreach (var part in strips.SelectMany(s => s.Parts))
        {
            beside[part] = [];
            var box = part.EnvelopeInternal.Copy();
            box.ExpandBy(Touching);
            tree.Insert(box, part);
        }
        for (var i = 0; i < kept.Count; i++)
            foreach (var part in tree.Query(kept[i].Geometry.EnvelopeInternal))
                beside[part].Add(i);
        return beside;
    }

    /// <summary>The largest area of the same municipality that a strip touches, or -1.</summary>
    static int Beside(Polygon strip, GapArea of, List<GapArea> kept, List<int> near) =>
        near.Where(i => kept[i].Ags == of.Ags && kept[i].Key != of.Key && kept[i].Geometry.IsWithinDistance(strip, Touching))
            .OrderByDescending(i => kept[i].AreaM2).ThenBy(i => kept[i].Key, StringComparer.Ordinal).FirstOrDefault(-1);

    static IEnumerable<Polygon> Parts(Geometry surface) => Enumerable.Range(0, surface.NumGeometries).Select(surface.GetGeometryN).OfType<Polygon>();

    /// <summary>Said of most without measuring their edge: no edge of so many straight pieces within the box is long enough. Half of the area covers what ground and map differ by.</summary>
    static bool IsPlainlyWide(Polygon part, double areaM2)
    {
        var box = part.EnvelopeInternal;
        return areaM2 > 2 * Smallest && areaM2 > Width * part.NumPoints * (box.Width + box.Height);
    }

    static bool Is(Polygon part) => part.Area is var area && (area <= Smallest || 2 * area <= Width * part.Length);

    static GapArea Shaped(GapArea gap, Geometry shape) => gap with { Geometry = shape, AreaM2 = Crs.AreaOf(shape) };

    static GapArea Shaped(GapArea gap, Polygon[] parts) => Shaped(gap, parts.Length == 1 ? parts[0] : gap.Geometry.Factory.CreateMultiPolygon(parts));
}
