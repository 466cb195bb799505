using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>Per measure the municipalities whose gap areas may be others when it counts than when it does not.</summary>
sealed class MeasureGround
{
    readonly HashSet<int>[] municipalities;

    /// <param name="reached">Per measure: the demands it reaches.</param>
    public MeasureGround(Analysis analysis, PlannedMeasures planned, int[][] reached)
    {
        municipalities = [.. reached.Select(demands => demands.Select(d => analysis.Demands.Municipality[d]).ToHashSet())];
        AddCells(analysis, planned, reached);
        var boxes = Boxes(analysis);
        for (var measure = 0; measure < municipalities.Length; measure++)
            if (planned.Areas[measure]?.EnvelopeInternal is { } area)
                municipalities[measure].UnionWith(boxes.Where(b => b.Value.Intersects(area)).Select(b => b.Key));
    }

    /// <summary>Those that the measures touch of which one choice has another answer than the other.</summary>
    public IReadOnlySet<int> Between(Counting a, Counting b) =>
        municipalities.Where((_, i) => a.Households[i] != b.Households[i] || a.Facilities[i] != b.Facilities[i]).SelectMany(m => m).ToHashSet();

    /// <summary>A cell's gap is that of its own municipality, whosever households stand on it; where none do, its middle decides.</summary>
    void AddCells(Analysis analysis, PlannedMeasures planned, int[][] reached)
    {
        var measuresOf = reached.SelectMany((demands, measure) => demands.Select(d => (d, measure))).ToLookup(r => r.d, r => r.measure);
        var found = new List<int>();
        for (var cell = 0; cell < analysis.Atlas.CellMunicipality.Length; cell++)
        {
            if (analysis.Atlas.CellMunicipality[cell] is not (>= 0 and var municipality))
                continue;
            foreach (var here in analysis.CellDemands.On(cell))
                if (analysis.Demands.Municipality[here.Demand] != municipality)
                    foreach (var measure in measuresOf[here.Demand])
                        municipalities[measure].Add(municipality);
            if (!analysis.CellDemands.On(cell).IsEmpty)
                continue;
            var middle = Centre.Of(analysis.County.Cells.Geometries[cell]!)!;
            planned.Reaching(middle.X, middle.Y, null, found);
            foreach (var measure in found)
                municipalities[measure].Add(municipality);
        }
    }

    /// <summary>
    /// Where gap areas that come from answers may lie: in a municipality's borders, and where it has none or its demand lies beyond them, in the
    /// settlements and around the houses.
    /// </summary>
    static Dictionary<int, Envelope> Boxes(Analysis analysis)
    {
        var (county, demands) = (analysis.County, analysis.Demands);
        var boxes = Enumerable.Range(0, county.Municipalities.Count).Where(m => GapAreaFinder.UsesAnswers(analysis, m)).ToDictionary(m => m, m => county.Municipalities[m].Geometry?.EnvelopeInternal.Copy() ?? new());
        foreach (var s in county.Settlements)
            boxes.GetValueOrDefault(s.Municipality)?.ExpandToInclude(s.Geometry.EnvelopeInternal);
        for (var d = 0; d < demands.Count; d++)
        {
            if (!boxes.TryGetValue(demands.Municipality[d], out var box))
                continue;
            if (demands.Settlement[d] >= 0 && county.Municipalities[demands.Municipality[d]].Geometry is null)
                box.ExpandToInclude(county.Settlements[demands.Settlement[d]].Geometry.EnvelopeInternal);
            if (demands.Kind[d] == DemandKind.PopulationCell)
                box.ExpandToInclude(county.Population[demands.Source[d]].Geometry.EnvelopeInternal);
            else if (demands.Kind[d] != DemandKind.Municipality)
                box.ExpandToInclude(new Envelope(demands.X[d] - HousePlots.Around, demands.X[d] + HousePlots.Around, demands.Y[d] - HousePlots.Around, demands.Y[d] + HousePlots.Around));
        }
        return boxes;
    }
}
