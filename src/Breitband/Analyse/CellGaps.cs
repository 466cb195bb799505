namespace Breitband.Analyse;

/// <summary>Gap areas from atlas cells.</summary>
sealed class CellGaps(Analysis analysis)
{
    /// <summary>Open and all households of a settlement (or outside) on one cell.</summary>
    readonly record struct Place(int Settlement, double Open, double Total);

    /// <param name="wanted">Whether a municipality's gaps are looked for.</param>
    public static IEnumerable<GapArea> Find(Analysis analysis, Func<int, bool> wanted)
    {
        var finder = new CellGaps(analysis);
        var municipality = analysis.Atlas.CellMunicipality;
        int[] cells = [.. Enumerable.Range(0, municipality.Length).Where(c => municipality[c] >= 0 && wanted(municipality[c]))];
        var found = new List<GapArea>[cells.Length];
        Parallel.For(0, found.Length, i => found[i] = finder.Of(cells[i]));
        return found.SelectMany(f => f);
    }

    List<GapArea> Of(int cell)
    {
        var places = Places(cell);
        return OpenShare(cell, places) is var share && share > analysis.Options.Profile.GapShare ? Whole(places, [.. analysis.CellParts.Of(cell).Select(p => Part(cell, p, places, share))]) : [];
    }

    /// <summary>A demand's own split, spread over the cells it stands on.</summary>
    List<Place> Places(int cell)
    {
        var places = new List<Place>(1);
        foreach (var here in analysis.CellDemands.On(cell))
        {
            var split = analysis.HouseholdSplits[here.Demand];
            AddTo(places, new(analysis.Demands.Settlement[here.Demand], here.Weight * OpenIn(cell, here, split), here.Weight * split.Total));
        }
        return places;
    }

    static void AddTo(List<Place> places, Place more)
    {
        for (var i = 0; i < places.Count; i++)
            if (places[i].Settlement == more.Settlement)
            {
                places[i] = new(more.Settlement, places[i].Open + more.Open, places[i].Total + more.Total);
                return;
            }
        places.Add(more);
    }

    /// <summary>
    /// Open households of a demand per unit of its weight in a cell. A demand on one cell has its own split; one that is spread takes each
    /// cell's own share, unless a measure lifts it whole.
    /// </summary>
    double OpenIn(int cell, CellDemand here, Split split) => !here.Spread || analysis.Assessments[here.Demand].Source != EvidenceSource.Cells ? split.Open
        : analysis.PlannedBy[here.Demand] >= 0 ? 0 : split.Total * (1 - analysis.Atlas.CellBounds(cell).Served);

    /// <summary>Share of open households; in a cell no demand stands on, what the atlas itself says.</summary>
    double OpenShare(int cell, List<Place> places)
    {
        if (places.Sum(p => p.Total) is not (> 0 and var total))
            return analysis.Planned.CountsAt(Centre.Of(analysis.County.Cells.Geometries[cell]!)!) ? 0 : 1 - analysis.Atlas.CellBounds(cell).Served;
        return places.Sum(p => p.Open) / total;
    }

    /// <summary>Open households whose own place has no ground in the cell (a demand spread over cells, an address across a border) stay with its largest part.</summary>
    static List<GapArea> Whole(List<Place> places, List<GapArea> parts)
    {
        var left = places.Sum(p => (long)Math.Round(p.Open)) - parts.Sum(p => p.Households);
        if (left <= 0 || parts.Count == 0)
            return parts;
        var largest = parts.IndexOf(parts.MaxBy(p => p.AreaM2)!);
        parts[largest] = parts[largest] with { Households = parts[largest].Households + left };
        return parts;
    }

    GapArea Part(int cell, CellPart part, List<Place> places, double share)
    {
        var key = part.Settlement >= 0 ? analysis.County.Settlements[part.Settlement].Key : null;
        var households = places.Find(p => p.Settlement == part.Settlement).Open;
        return new($"cells/{analysis.County.Cells.Keys[cell]}/{key ?? "outside"}", analysis.County.Municipalities[analysis.Atlas.CellMunicipality[cell]].Ags, key, "cells", share,
            (long)Math.Round(households), part.AreaM2, part.Geometry);
    }
}
