using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;

namespace Breitband.Analyse;

/// <summary>
/// The ground of open houses, where answers speak of addresses and no border says how far a gap goes: of each house what lies at most
/// <see cref="Around"/> from it and no nearer to a house of its municipality that is not open, cut at the borders of its settlement and its
/// municipality. So a house that is served never lies in the gap of its neighbours.
/// </summary>
sealed class HousePlots
{
    /// <summary>Metres around a house: the plot and its connection to the road.</summary>
    public const double Around = 50;

    /// <summary>Corners of the circle around a house.</summary>
    const int Corners = 32;

    readonly Analysis analysis;
    readonly CellCut?[] settlements, municipalities;
    readonly Dictionary<(int X, int Y), List<int>> settled = [];

    /// <param name="wanted">Of which municipalities plots are asked for.</param>
    public HousePlots(Analysis analysis, Func<int, bool> wanted)
    {
        this.analysis = analysis;
        settlements = new CellCut?[analysis.County.Settlements.Count];
        municipalities = new CellCut?[analysis.County.Municipalities.Count];
        for (var d = 0; d < analysis.Demands.Count; d++)
            if (analysis.Demands.Kind[d] != DemandKind.Municipality && wanted(analysis.Demands.Municipality[d]) && !IsOpen(d))
                (settled.TryGetValue(At(d), out var there) ? there : settled[At(d)] = []).Add(d);
    }

    /// <summary>What a measure lifts is not, whatever its splits say: those of addresses and businesses stay as they were where measures are tried.</summary>
    public bool IsOpen(int demand) => analysis.PlannedBy[demand] < 0
        && (analysis.HouseholdSplits[demand].Open > 0 || analysis.AddressSplits[demand].Open > 0 || analysis.BusinessSplits[demand].Open > 0);

    /// <summary>The plots of some open demands of one place together; null where there is none.</summary>
    public Geometry? Of(IReadOnlyList<int> open)
    {
        var plots = open.Select(Plot).ToList();
        return plots.Count == 0 ? null : plots.Count == 1 ? plots[0] : CellCut.Surfaces(OverlayNGRobust.Union(plots[0].Factory.BuildGeometry(plots)));
    }

    /// <summary>Cut at the borders; whole where its own data put it on the other side of one, because a house has its ground somewhere.</summary>
    Geometry Plot(int demand)
    {
        var whole = Ground(demand);
        var (rest, box) = (whole, whole.EnvelopeInternal);
        var (municipality, settlement) = (analysis.Demands.Municipality[demand], analysis.Demands.Settlement[demand]);
        if (analysis.County.Municipalities[municipality].Geometry is { } home && analysis.County.MunicipalityIndex.Relation(municipality, box) != BoxRelation.Inside)
            rest = (municipalities[municipality] ??= new CellCut(home)).Cut(rest).Inside;
        if (settlement >= 0)
            rest = analysis.SettlementIndex.Relation(settlement, box) == BoxRelation.Inside ? rest : Settlement(settlement).Cut(rest).Inside;
        else
            foreach (var s in analysis.SettlementIndex.Meeting(box))
                rest = analysis.SettlementIndex.Relation(s, box) == BoxRelation.Outside || rest.IsEmpty ? rest : Settlement(s).Cut(rest).Outside;
        return rest.IsEmpty ? whole : rest;
    }

    CellCut Settlement(int s) => settlements[s] ??= new CellCut(analysis.County.Settlements[s].Geometry);

    Geometry Ground(int demand)
    {
        var demands = analysis.Demands;
        if (demands.Kind[demand] == DemandKind.PopulationCell)
            return analysis.County.Population[demands.Source[demand]].Geometry;
        var (x, y) = (demands.X[demand], demands.Y[demand]);
        var corners = Enumerable.Range(0, Corners).Select(i => Math.SinCos(2 * Math.PI * i / Corners)).Select(a => new Coordinate(x + Around * a.Cos, y + Around * a.Sin)).ToList();
        foreach (var other in Near(demand))
            corners = Nearer(corners, x, y, demands.X[other], demands.Y[other]);
        return NetTopologySuite.NtsGeometryServices.Instance.CreateGeometryFactory(Crs.Stored).CreatePolygon([.. corners, corners[0].Copy()]);
    }

    /// <summary>Houses of the same municipality that are not open and whose plots would overlap a house's. One at the very same spot shares its ground.</summary>
    IEnumerable<int> Near(int demand)
    {
        var (demands, (column, row)) = (analysis.Demands, At(demand));
        for (var i = column - 1; i <= column + 1; i++)
            for (var j = row - 1; j <= row + 1; j++)
                foreach (var other in settled.GetValueOrDefault((i, j)) ?? [])
                    if (demands.Municipality[other] == demands.Municipality[demand]
                        && Math.Abs(demands.X[other] - demands.X[demand]) + Math.Abs(demands.Y[other] - demands.Y[demand]) > 0.01)
                        yield return other;
    }

    (int X, int Y) At(int demand) => ((int)Math.Floor(analysis.Demands.X[demand] / (2 * Around)), (int)Math.Floor(analysis.Demands.Y[demand] / (2 * Around)));

    /// <summary>The part of a convex ring that is no nearer to another point.</summary>
    static List<Coordinate> Nearer(List<Coordinate> ring, double x, double y, double otherX, double otherY)
    {
        double Beyond(Coordinate p) => (p.X - (x + otherX) / 2) * (otherX - x) + (p.Y - (y + otherY) / 2) * (otherY - y);

        var left = new List<Coordinate>(ring.Count + 1);
        for (var i = 0; i < ring.Count; i++)
        {
            var (a, b) = (ring[i], ring[(i + 1) % ring.Count]);
            var (atA, atB) = (Beyond(a), Beyond(b));
            if (atA <= 0)
                left.Add(a);
            if (atA < 0 && atB > 0 || atA > 0 && atB < 0)
                left.Add(new(a.X + atA / (atA - atB) * (b.X - a.X), a.Y + atA / (atA - atB) * (b.Y - a.Y)));
        }
        return left;
    }
}
