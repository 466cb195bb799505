using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace Breitband.Analyse;

/// <summary>
/// What is left of a place when supply areas are taken away. Nearly always borders just cross; then the remainder's border follows from
/// walking the rings from crossing to crossing, an order of magnitude faster than uniting all areas and subtracting them. What is not that plain
/// goes to the general overlay (which snaps by less than 0.1 mm), and what that refuses to a grid of 1 mm: no polygon ends the analysis.
/// Not thread-safe: one per worker.
/// </summary>
sealed class Remainder
{
    const double FallbackScale = 1000;

    readonly RingPieces pieces = new();
    readonly List<SupplyArea> near = [];

    /// <summary>How many polygons were not plain.</summary>
    public int General { get; private set; }

    /// <summary>The surfaces left of a place; empty when nothing is.</summary>
    /// <param name="supply">Areas whose envelopes meet the place's.</param>
    public Geometry Of(Geometry place, IReadOnlyList<SupplyArea> supply)
    {
        var left = new List<Geometry>();
        for (var i = 0; i < place.NumGeometries; i++)
            if (place.GetGeometryN(i) is Polygon { IsEmpty: false } polygon)
                left.Add(Plain(polygon, supply) ?? Overlay(polygon, supply));
        return left.Count == 1 ? left[0] : place.Factory.CreateMultiPolygon([.. left.SelectMany(g => Enumerable.Range(0, g.NumGeometries).Select(g.GetGeometryN)).OfType<Polygon>().Where(p => !p.IsEmpty)]);
    }

    Geometry? Plain(Polygon place, IReadOnlyList<SupplyArea> supply)
    {
        pieces.Reset();
        near.Clear();
        var box = place.EnvelopeInternal;
        var whole = new SupplyArea(place);
        near.Add(whole);
        foreach (var ring in whole.Rings)
            pieces.AddRing(ring, 0);
        foreach (var area in supply)
        {
            var before = pieces.Chains.Count;
            foreach (var ring in area.Rings)
                if (ring.Box.Intersects(box))
                    pieces.AddNear(ring, near.Count, box);
            if (pieces.Chains.Count > before)
                near.Add(area);
            // No edge near by: the place lies in the area wholly, or not at all.
            else if (area.Contains(whole.Rings[0].Corners[0], whole.Rings[0].Corners[1]) is not false)
                return place.Factory.CreatePolygon();
        }
        if (near.Count == 1)
            return place;
        return pieces.Cross() ? new RemainderRings(pieces, near).Assemble(place.Factory) : null;
    }

    Geometry Overlay(Polygon place, IReadOnlyList<SupplyArea> supply)
    {
        General++;
        Geometry rest = place;
        foreach (var area in supply)
            if (!rest.IsEmpty && area.Geometry.EnvelopeInternal.Intersects(rest.EnvelopeInternal))
                rest = CellCut.Surfaces(Difference(rest, area.Geometry));
        return rest;
    }

    /// <summary>The general overlay tries exact, then snapped coordinates; what is left over is invalid input, which the fixer and a grid settle.</summary>
    static Geometry Difference(Geometry a, Geometry b)
    {
        try
        {
            return OverlayNGRobust.Overlay(a, b, SpatialFunction.Difference);
        }
        catch (TopologyException)
        {
            return OverlayNG.Overlay(GeometryFixer.Fix(a), GeometryFixer.Fix(b), SpatialFunction.Difference, new PrecisionModel(FallbackScale));
        }
    }
}
