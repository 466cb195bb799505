using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace Breitband.Analyse;

/// <summary>
/// The edges of what is served on an analysis' basis: areas whose offer surely passes, atlas cells that are served but for the profile's
/// <c>gap_share</c>, addresses with a passing answer. Measures are not there yet, so they have no edge.
/// </summary>
sealed class ServedEdges
{
    /// <summary>Metres to look around first; doubled twice over until something is near enough.</summary>
    const double FirstLook = 250, LastLook = 500_000;

    readonly STRtree<(AreaRing Ring, int Run)> tree = new();

    public static ServedEdges Of(Analysis analysis) => new(analysis.County, analysis.Options, cell =>
        analysis.Atlas.CellMunicipality[cell] >= 0 && analysis.Atlas.CellBounds(cell).Served >= 1 - analysis.Options.Profile.GapShare);

    /// <summary>The same of a county that is not computed as a whole.</summary>
    public static ServedEdges Of(County county, AnalysisOptions options)
    {
        var rule = ServedRule.ForHouseholds(options.Profile);
        return new(county, options, cell => rule.Bounds(county.Cells.Shares, cell).Served >= 1 - options.Profile.GapShare
            && county.Cells.Geometries[cell] is { } square && Centre.Of(square) is { } middle && county.MunicipalityIndex.First(middle.X, middle.Y) >= 0);
    }

    ServedEdges(County county, AnalysisOptions options, Func<int, bool> isServed)
    {
        var rule = ServedRule.ForHouseholds(options.Profile);
        if (options.Basis != Basis.Atlas)
        {
            foreach (var area in county.Areas.Where(a => a.Geometry is { Dimension: Dimension.Surface } && rule.Judge(a.Offer) == Verdict.Served))
                Add(new SupplyArea(area.Geometry!));
            foreach (var answer in county.AddressAnswers.Where(a => a.Geometry is Point { IsEmpty: false } && rule.Judge(a.Offer) == Verdict.Served))
                Add(answer.Geometry!.Coordinate);
        }
        if (options.Basis != Basis.Mev)
            for (var cell = 0; cell < county.Cells.Keys.Count; cell++)
                if (isServed(cell))
                    Add(new SupplyArea(county.Cells.Geometries[cell]!));
        tree.Build();
    }

    void Add(SupplyArea area)
    {
        foreach (var ring in area.Rings)
            for (var run = 0; run < ring.Boxes.Length / 4; run++)
                tree.Insert(new Envelope(ring.Boxes[4 * run], ring.Boxes[4 * run + 2], ring.Boxes[4 * run + 1], ring.Boxes[4 * run + 3]), (ring, run));
    }

    void Add(Coordinate point)
    {
        double[] corners = [point.X, point.Y, point.X, point.Y];
        tree.Insert(new Envelope(point), (new AreaRing(corners, corners.Length, true, new Envelope(point), AreaRing.BoxesOf(corners)), 0));
    }

    /// <summary>From the nearest of some places to the nearest edge, metres; null where nothing is served.</summary>
    public double? Distance(IReadOnlyList<(double X, double Y)> places)
    {
        var box = new Envelope();
        foreach (var (x, y) in places)
            box.ExpandToInclude(x, y);
        for (var look = FirstLook; look < LastLook; look *= 4)
        {
            var around = box.Copy();
            around.ExpandBy(look);
            var best = double.MaxValue;
            foreach (var (ring, run) in tree.Query(around))
                foreach (var (x, y) in places)
                    best = Math.Min(best, ring.RunDistance(run, x, y, best));
            if (best <= look)
                return best;
        }
        return null;
    }
}
