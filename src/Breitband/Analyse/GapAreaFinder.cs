using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Union;

namespace Breitband.Analyse;

/// <summary>
/// Where the gaps lie on the ground. With atlas cells: the cells of which more than <c>gap_share</c> is unserved or unclear, cut at settlement
/// and municipality borders, each part with its share. With area evidence alone: settlements, and the surroundings of houses outside them,
/// minus what the passing areas and counting measures supply.
/// </summary>
static class GapAreaFinder
{
    /// <summary>Around a house outside settlements, metres: the plot and its connection to the road.</summary>
    const double Surroundings = 50;

    /// <summary>Parts smaller than this, m², are slivers of borders that do not meet exactly.</summary>
    const double Sliver = 1;

    /// <summary>So are parts whose mean width is less than this, metres.</summary>
    const double SliverWidth = 0.1;

    public static IReadOnlyList<GapArea> Find(Analysis analysis)
    {
        var found = new List<GapArea>();
        if (analysis.Options.Basis != Basis.Mev)
            found.AddRange(CellGaps.Find(analysis));
        if (analysis.Options.Basis != Basis.Atlas && analysis.County.HasOwnAreas())
            found.AddRange(AreaGaps(analysis));
        return [.. found.OrderBy(g => g.Key, StringComparer.Ordinal)];
    }

    static IEnumerable<GapArea> AreaGaps(Analysis analysis)
    {
        var supply = new SupplyIndex(Supply(analysis));
        var leaves = OpenByLeaf(analysis).Where(p => p.Key.Settlement != Demands.Unlocated
            && !(analysis.Options.Basis == Basis.Best && analysis.Atlas.HasCells[p.Key.Municipality])).OrderBy(p => p.Key).ToList();
        var found = new GapArea?[leaves.Count];
        supply.ForEach(leaves.Count, (i, remainder) =>
        {
            var ((municipality, settlement), (open, total)) = (leaves[i].Key, leaves[i].Value);
            var ags = analysis.County.Municipalities[municipality].Ags;
            var place = settlement >= 0 ? analysis.County.Settlements[settlement] : null;
            if (place is not null && place.Municipality != municipality)
                return;
            if ((place?.Geometry ?? Houses(analysis, municipality)) is { } whole && WithoutSlivers(supply.Without(whole, remainder)) is { IsEmpty: false } gap && Crs.AreaOf(gap) is > Sliver and var area)
                found[i] = new($"areas/{place?.Key ?? ags + "/outside"}", ags, place?.Key, "areas", total == 0 ? 1 : (double)open / total, open, area, gap);
        });
        return found.OfType<GapArea>();
    }

    /// <summary>Borders that do not meet exactly leave strips nobody can build in; they belong to the supply beside them.</summary>
    static Geometry WithoutSlivers(Geometry gap)
    {
        if (gap is not MultiPolygon parts)
            return gap;
        Polygon[] kept = [.. parts.Geometries.OfType<Polygon>().Where(p => p.Area > Sliver && 2 * p.Area > SliverWidth * p.Length)];
        return kept.Length == parts.NumGeometries ? gap : gap.Factory.CreateMultiPolygon(kept);
    }

    /// <summary>All that passes: areas whose offer surely meets the rule, and the areas of counting measures.</summary>
    static IEnumerable<Geometry> Supply(Analysis analysis)
    {
        var rule = ServedRule.ForHouseholds(analysis.Options.Profile);
        return analysis.County.Areas.Where(a => a.Geometry is not null && rule.Judge(a.Offer) == Verdict.Served).Select(a => a.Geometry!)
            .Concat(analysis.Planned.Areas.Where((a, i) => a is not null && analysis.Planned.Counts(i)).Select(a => a!));
    }

    /// <summary>The surroundings of open demand outside settlements in one municipality.</summary>
    static Geometry? Houses(Analysis analysis, int municipality)
    {
        var demands = analysis.Demands;
        var factory = NetTopologySuite.NtsGeometryServices.Instance.CreateGeometryFactory(Crs.Stored);
        var plots = Enumerable.Range(0, demands.Count)
            .Where(d => demands.Municipality[d] == municipality && demands.Settlement[d] == Demands.Outside
                && (analysis.HouseholdSplits[d].Open > 0 || analysis.AddressSplits[d].Open > 0 || analysis.BusinessSplits[d].Open > 0))
            .Select(d => factory.CreatePoint(new Coordinate(demands.X[d], demands.Y[d])).Buffer(Surroundings)).ToList();
        return plots.Count == 0 ? null : CascadedPolygonUnion.Union(plots);
    }

    static Dictionary<(int Municipality, int Settlement), (long Open, long Total)> OpenByLeaf(Analysis analysis)
    {
        var sums = new Dictionary<(int, int), (long Open, long Total)>();
        for (var s = 0; s < analysis.County.Settlements.Count; s++)
            sums[(analysis.County.Settlements[s].Municipality, s)] = default;
        for (var d = 0; d < analysis.Demands.Count; d++)
        {
            var leaf = (analysis.Demands.Municipality[d], analysis.Demands.Settlement[d]);
            var (open, total) = sums.GetValueOrDefault(leaf);
            sums[leaf] = (open + analysis.HouseholdSplits[d].Open, total + analysis.HouseholdSplits[d].Total);
        }
        return sums;
    }
}
