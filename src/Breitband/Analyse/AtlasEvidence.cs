namespace Breitband.Analyse;

/// <summary>
/// Published shares as evidence. A located demand takes its atlas cells: an address the cell it lies in, a population cell those it overlaps,
/// by area. Where the store has no cell of a whole municipality, the municipality's published shares stand in; a single missing cell is never
/// filled from them.
/// </summary>
public sealed class AtlasEvidence
{
    readonly County county;
    readonly Demands demands;
    readonly PolygonIndex cells;
    readonly ShareBounds[] cellBounds, cellFacilityBounds, municipalBounds, municipalFacilityBounds;
    readonly Dictionary<string, int> municipalRows;

    public AtlasEvidence(County county, Demands demands, ServedRule households, ServedRule facilities)
    {
        (this.county, this.demands) = (county, demands);
        cells = new PolygonIndex(county.Cells.Geometries);
        cellBounds = Bounds(households, county.Cells.Shares);
        cellFacilityBounds = Bounds(facilities, county.Cells.Shares);
        municipalBounds = Bounds(households, county.MunicipalShares.Shares);
        municipalFacilityBounds = Bounds(facilities, county.MunicipalShares.Shares);
        municipalRows = county.MunicipalShares.Keys.Select((k, i) => (k, i)).GroupBy(p => p.k).ToDictionary(g => g.Key, g => g.Last().i, StringComparer.Ordinal);
        CellMunicipality = new int[county.Cells.Keys.Count];
        HasCells = new bool[county.Municipalities.Count];
        Parallel.For(0, CellMunicipality.Length, i =>
        {
            var middle = county.Cells.Geometries[i] is { } cell ? Centre.Of(cell) : null;
            CellMunicipality[i] = middle is null ? -1 : county.MunicipalityIndex.First(middle.X, middle.Y);
        });
        foreach (var municipality in CellMunicipality)
            if (municipality >= 0)
                HasCells[municipality] = true;
    }

    /// <summary>Municipality of each atlas cell by its midpoint, -1 outside the county.</summary>
    public int[] CellMunicipality { get; }

    /// <summary>Per municipality: whether the store has atlas cells of it.</summary>
    public bool[] HasCells { get; }

    /// <summary>Bounds of a cell under the household rule.</summary>
    public ShareBounds CellBounds(int cell) => cellBounds[cell];

    public bool UsesCells(int demand) => HasCells[demands.Municipality[demand]] && demands.Kind[demand] != DemandKind.Municipality;

    /// <summary>The table rows a demand stands on and their weights (sum 1); empty when the atlas has nothing there.</summary>
    /// <remarks>
    /// Weights are normalised over the cells the atlas has: it has a cell wherever there are households, so a population cell's households live
    /// in the part the atlas knows.
    /// </remarks>
    public void Rows(int demand, List<(int Row, double Weight)> rows)
    {
        rows.Clear();
        if (!UsesCells(demand))
        {
            if (municipalRows.TryGetValue(county.Municipalities[demands.Municipality[demand]].Ags, out var municipal))
                rows.Add((municipal, 1));
        }
        else if (demands.Kind[demand] == DemandKind.PopulationCell)
            Overlaps(county.Population[demands.Source[demand]], rows);
        else if (cells.First(demands.X[demand], demands.Y[demand]) is >= 0 and var cell)
            rows.Add((cell, 1));
    }

    void Overlaps(PopulationCell cell, List<(int Row, double Weight)> rows)
    {
        var sum = 0.0;
        foreach (var candidate in cells.Meeting(cell.Geometry.EnvelopeInternal))
            if (ConvexOverlap.Area(cell.Geometry, county.Cells.Geometries[candidate]!) is > 0 and var area)
            {
                rows.Add((candidate, area));
                sum += area;
            }
        for (var i = 0; i < rows.Count; i++)
            rows[i] = (rows[i].Row, rows[i].Weight / sum);
    }

    public ShareTable Table(int demand) => UsesCells(demand) ? county.Cells.Shares : county.MunicipalShares.Shares;

    public Assessment Assess(int demand, List<(int Row, double Weight)> rows)
    {
        var source = UsesCells(demand) ? EvidenceSource.Cells : EvidenceSource.MunicipalShares;
        if (rows.Count == 0)
            return new(EvidenceSource.None, 0, 0, NoAtlasData: 1);
        var facility = demands.Kind[demand] == DemandKind.Facility;
        var bounds = (source, facility) switch
        {
            (EvidenceSource.Cells, false) => cellBounds,
            (EvidenceSource.Cells, true) => cellFacilityBounds,
            (_, false) => municipalBounds,
            _ => municipalFacilityBounds,
        };
        var table = Table(demand);
        double served = 0, unserved = 0, noFigure = 0;
        foreach (var (row, weight) in rows)
        {
            served += weight * bounds[row].Served;
            unserved += weight * bounds[row].Unserved;
            noFigure += table.IsEmpty(row) ? weight : 0;
        }
        return new(source, served, unserved, NoFigure: noFigure);
    }

    static ShareBounds[] Bounds(ServedRule rule, ShareTable shares)
    {
        var bounds = new ShareBounds[shares.Rows];
        Parallel.For(0, bounds.Length, row => bounds[row] = rule.Bounds(shares, row));
        return bounds;
    }
}
