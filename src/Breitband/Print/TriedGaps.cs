using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace Breitband.Print;

/// <summary>What a trial of measures puts in the place of the gap areas on the tiles. Whoever paints tiles keeps one for all of them.</summary>
public sealed class TriedGaps
{
    readonly HashSet<string> hidden;
    readonly STRtree<Gap> places = new();

    /// <param name="hidden">Keys of the areas on the tiles that are no longer so.</param>
    /// <param name="shown">Shares in percent, and where they hold, in metres of the web's projection.</param>
    public TriedGaps(IEnumerable<string> hidden, IEnumerable<(double Share, Geometry Area)> shown)
    {
        this.hidden = hidden.ToHashSet(StringComparer.Ordinal);
        foreach (var gap in shown.Select(s => new Gap(s.Share, [.. Polygons(s.Area).SelectMany(Rings)])).Where(g => g.Rings.Count > 0))
        {
            var box = new Envelope();
            foreach (var (x, y) in gap.Rings.SelectMany(r => r))
                box.ExpandToInclude(x, y);
            places.Insert(box, gap);
        }
        places.Build(); // here, once, and not by the first of many painters
    }

    /// <param name="Rings">Corners in shares of the world; holes run against their outer ring, as on tiles.</param>
    internal sealed record Gap(double Share, IReadOnlyList<(double X, double Y)[]> Rings)
    {
        internal bool PaintsLike(Gap other) => Share == other.Share && Rings.Count == other.Rings.Count && Rings.Zip(other.Rings).All(r => r.First.AsSpan().SequenceEqual(r.Second));
    }

    internal bool Hides(string key) => hidden.Contains(key);

    /// <param name="box">In shares of the world.</param>
    internal IEnumerable<Gap> Within(Envelope box) => places.IsEmpty ? [] : places.Query(box);

    static IEnumerable<Polygon> Polygons(Geometry area) => Enumerable.Range(0, area.NumGeometries).Select(area.GetGeometryN).OfType<Polygon>().Where(p => !p.IsEmpty);

    static IEnumerable<(double, double)[]> Rings(Polygon area) => area.InteriorRings.Select(hole => Ring(hole, true)).Prepend(Ring(area.ExteriorRing, false));

    static (double, double)[] Ring(LineString ring, bool counterclockwise)
    {
        (double, double)[] corners = [.. ring.Coordinates.Select(c => TileAddress.World(c.X, c.Y))];
        if (Orientation.IsCCW(ring.CoordinateSequence) != counterclockwise)
            Array.Reverse(corners);
        return corners;
    }
}
