namespace Breitband.Analyse;

/// <summary>Gap areas from atlas cells.</summary>
sealed class CellGaps
{
    readonly Analysis analysis;
    readonly List<(int Settlement, double Open, double Total)>?[] byCell;

    CellGaps(Analysis analysis)
    {
        this.analysis = analysis;
        byCell = new List<(int, double, double)>?[analysis.County.Cells.Keys.Count];
    }

    public static IEnumerable<GapArea> Find(Analysis analysis)
    {
        var finder = new CellGaps(analysis);
        finder.Collect();
        var found = new List<GapArea>[analysis.County.Cells.Keys.Count];
        Parallel.For(0, found.Length, cell => found[cell] = analysis.Atlas.CellMunicipality[cell] >= 0
            && finder.OpenShare(cell) is var share && share > analysis.Options.Profile.GapShare ? finder.Whole(cell, [.. analysis.CellParts.Of(cell).Select(p => finder.Part(cell, p, share))]) : []);
        return found.SelectMany(f => f);
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
                var split = analysis.HouseholdSplits[demand];
                AddTo(byCell[cell] ??= new(1), analysis.Demands.Settlement[demand], weight * OpenIn(demand, cell, rows.Count, split), weight * split.Total);
            }
        }
    }

    static void AddTo(List<(int Settlement, double Open, double Total)> places, int settlement, double open, double total)
    {
        for (var i = 0; i < places.Count; i++)
            if (places[i].Settlement == settlement)
            {
                places[i] = (settlement, places[i].Open + open, places[i].Total + total);
                return;
            }
        places.Add((settlement, open, total));
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
        if (byCell[cell] is not { } places || places.Sum(p => p.Total) is not (> 0 and var total))
            return analysis.Planned.CountsAt(Centre.Of(analysis.County.Cells.Geometries[cell]!)!) ? 0 : 1 - analysis.Atlas.CellBounds(cell).Served;
        return places.Sum(p => p.Open) / total;
    }

    /// <summary>Open households whose own place has no ground in the cell (a demand spread over cells, an address across a border) stay with its largest part.</summary>
    List<GapArea> Whole(int cell, List<GapArea> parts)
    {
        var left = (byCell[cell]?.Sum(p => (long)Math.Round(p.Open)) ?? 0) - parts.Sum(p => p.Households);
        if (left <= 0 || parts.Count == 0)
            return parts;
        var largest = parts.IndexOf(parts.MaxBy(p => p.AreaM2)!);
        parts[largest] = parts[largest] with { Households = parts[largest].Households + left };
        return parts;
    }

    GapArea Part(int cell, CellPart part, double share)
    {
        var key = part.Settlement >= 0 ? analysis.County.Settlements[part.Settlement].Key : null;
        var households = byCell[cell]?.Find(p => p.Settlement == part.Settlement).Open ?? 0;
        return new($"cells/{analysis.County.Cells.Keys[cell]}/{key ?? "outside"}", analysis.County.Municipalities[analysis.Atlas.CellMunicipality[cell]].Ags, key, "cells", share,
            (long)Math.Round(households), part.AreaM2, part.Geometry);
    }
}
