using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace Breitband.Analyse;

/// <summary>Gap areas from atlas cells.</summary>
sealed class CellGaps
{
    const double Sliver = 1;

    readonly Analysis analysis;
    readonly Dictionary<int, Dictionary<int, (double Open, double Total)>> byCell = [];
    readonly PolygonIndex settlementIndex;
    readonly IPreparedGeometry[] settlements;
    readonly IPreparedGeometry?[] municipalities;

    CellGaps(Analysis analysis)
    {
        this.analysis = analysis;
        settlementIndex = new PolygonIndex([.. analysis.County.Settlements.Select(s => s.Geometry)]);
        settlements = [.. analysis.County.Settlements.Select(s => PreparedGeometryFactory.Prepare(s.Geometry))];
        municipalities = [.. analysis.County.Municipalities.Select(m => m.Geometry is { } g ? PreparedGeometryFactory.Prepare(g) : null)];
    }

    public static IEnumerable<GapArea> Find(Analysis analysis)
    {
        var finder = new CellGaps(analysis);
        finder.Collect();
        for (var cell = 0; cell < analysis.County.Cells.Keys.Count; cell++)
            if (analysis.Atlas.CellMunicipality[cell] >= 0 && finder.OpenShare(cell) is var share && share > analysis.Options.Profile.GapShare)
                foreach (var part in finder.Parts(cell, share))
                    yield return part;
    }

    /// <summary>Open and all households of each cell by settlement (or outside): a demand's own split, spread over the cells it stands on.</summary>
    void Collect()
    {
        var rows = new List<(int Row, double Weight)>();
        for (var demand = 0; demand < analysis.Demands.Count; demand++)
        {
            if (analysis.Demands.Households[demand] == 0 || !analysis.Atlas.UsesCells(demand))
                continue;
            analysis.Atlas.Rows(demand, rows);
            foreach (var (cell, weight) in rows)
            {
                var places = byCell.TryGetValue(cell, out var known) ? known : byCell[cell] = [];
                var (open, total) = places.GetValueOrDefault(analysis.Demands.Settlement[demand]);
                var split = analysis.HouseholdSplits[demand];
                places[analysis.Demands.Settlement[demand]] = (open + weight * OpenIn(demand, cell, rows.Count, split), total + weight * split.Total);
            }
        }
    }

    /// <summary>
    /// Open households of a demand per unit of its weight in a cell. A demand on one cell has its own split; one that is spread takes each
    /// cell's own share, unless a measure lifts it whole.
    /// </summary>
    double OpenIn(int demand, int cell, int cells, Split split) => cells == 1 || analysis.Assessments[demand].Source != EvidenceSource.Cells ? split.Open
        : analysis.PlannedBy[demand] >= 0 ? 0 : split.Total * (1 - analysis.Atlas.CellBounds(cell).Served);

    /// <summary>Share of open households; in a cell no demand stands on, what the atlas itself says.</summary>
    double OpenShare(int cell)
    {
        if (!byCell.TryGetValue(cell, out var places) || places.Values.Sum(p => p.Total) is not (> 0 and var total))
            return analysis.Planned.CountsAt(analysis.County.Cells.Geometries[cell]!.Centroid.Coordinate) ? 0 : 1 - analysis.Atlas.CellBounds(cell).Served;
        return places.Values.Sum(p => p.Open) / total;
    }

    IEnumerable<GapArea> Parts(int cell, double share)
    {
        var county = analysis.County;
        var municipality = analysis.Atlas.CellMunicipality[cell];
        var whole = county.Cells.Geometries[cell]!;
        var rest = municipalities[municipality] is { } border && !border.Contains(whole) ? Cut(whole, border.Geometry, SpatialFunction.Intersection) : whole;
        foreach (var s in settlementIndex.Meeting(whole.EnvelopeInternal))
        {
            if (!settlements[s].Intersects(rest))
                continue;
            var inside = settlements[s].Contains(rest) ? rest : Cut(rest, settlements[s].Geometry, SpatialFunction.Intersection);
            if (Part(cell, municipality, s, inside, share) is { } part)
                yield return part;
            rest = ReferenceEquals(inside, rest) ? rest.Factory.CreatePolygon() : Cut(rest, settlements[s].Geometry, SpatialFunction.Difference);
            if (rest.IsEmpty)
                break;
        }
        if (Part(cell, municipality, Demands.Outside, rest, share) is { } outside)
            yield return outside;
    }

    GapArea? Part(int cell, int municipality, int settlement, Geometry geometry, double share)
    {
        if (geometry.IsEmpty || Crs.AreaOf(geometry) is not (> Sliver and var area))
            return null;
        var key = settlement >= 0 ? analysis.County.Settlements[settlement].Key : null;
        var households = byCell.GetValueOrDefault(cell)?.GetValueOrDefault(settlement).Open ?? 0;
        return new($"cells/{analysis.County.Cells.Keys[cell]}/{key ?? "outside"}", analysis.County.Municipalities[municipality].Ags, key, "cells", share,
            (long)Math.Round(households), area, geometry);
    }

    static Geometry Cut(Geometry a, Geometry b, SpatialFunction how) => GapAreaFinder.Surfaces(OverlayNGRobust.Overlay(a, b, how));
}
