using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace Breitband.Analyse;

/// <summary>
/// Where the gaps lie on the ground. With atlas cells: the cells of which more than <c>gap_share</c> is unserved or unclear, cut at settlement
/// and municipality borders, each part with its share. With operators' answers alone: settlements, and the surroundings of open houses outside
/// them, minus what the passing areas and counting measures supply; where answers name addresses, the plots of the open houses
/// (<see cref="HousePlots"/>). Every gap area lies in one municipality.
/// </summary>
static class GapAreaFinder
{
    /// <summary>A place's demand.</summary>
    sealed class Leaf
    {
        public long Open, Total, TotalOfOpen;
        public bool Answered;
        public readonly List<int> Houses = [];
    }

    /// <param name="municipalities">Only theirs, which do not depend on those of others; all where null.</param>
    public static IReadOnlyList<GapArea> Find(Analysis analysis, IReadOnlySet<int>? municipalities = null)
    {
        var found = new List<GapArea>();
        bool Wanted(int municipality) => municipalities is null || municipalities.Contains(municipality);

        if (analysis.Options.Basis != Basis.Mev)
            found.AddRange(CellGaps.Find(analysis, Wanted));
        found.AddRange(AnswerGaps(analysis, m => Wanted(m) && UsesAnswers(analysis, m)));
        return [.. Slivers.Merged(found).OrderBy(g => g.Key, StringComparer.Ordinal)];
    }

    /// <summary>Whether a municipality has gap areas that operators' answers say.</summary>
    public static bool UsesAnswers(Analysis analysis, int municipality) => analysis.Options.Basis != Basis.Atlas && analysis.Consultation.Any
        && !(analysis.Options.Basis == Basis.Best && analysis.Atlas.HasCells[municipality]);

    static IEnumerable<GapArea> AnswerGaps(Analysis analysis, Func<int, bool> wanted)
    {
        var county = analysis.County;
        if (!Enumerable.Range(0, county.Municipalities.Count).Any(wanted))
            return [];
        var (plots, own) = (new HousePlots(analysis, wanted), county.HasOwnAreas());
        var leaves = Leaves(analysis, plots, wanted).Where(p => p.Key.Settlement != Demands.Unlocated).OrderBy(p => p.Key).ToList();
        var asked = leaves.Where(l => l.Value.Answered).Select(l => l.Key.Municipality).ToHashSet();
        var supply = new SupplyIndex(own ? Supply(analysis) : []);
        var found = new GapArea?[leaves.Count];
        supply.ForEach(leaves.Count, (i, remainder) =>
        {
            var (municipality, settlement) = leaves[i].Key;
            var leaf = leaves[i].Value;
            if (own && !leaf.Answered && Whole(county, municipality, settlement, leaf, plots) is { } whole
                && supply.Without(whole, remainder) is { IsEmpty: false } gap && !(leaf.Open > 0 && Slivers.Only(gap)))
                found[i] = Gap(county, leaves[i].Key, "areas", leaf.Open, leaf.Total, gap);
            else if ((leaf.Answered || asked.Contains(municipality) || own && leaf.Open > 0) && plots.Of(leaf.Houses) is { } houses)
                found[i] = Gap(county, leaves[i].Key, "addresses", leaf.Open, leaf.TotalOfOpen, houses);
        });
        return found.OfType<GapArea>();
    }

    static GapArea Gap(County county, (int Municipality, int Settlement) leaf, string evidence, long open, long total, Geometry shape)
    {
        var ags = county.Municipalities[leaf.Municipality].Ags;
        var place = leaf.Settlement >= 0 ? county.Settlements[leaf.Settlement] : null;
        var key = place is null ? ags + "/outside" : place.Municipality == leaf.Municipality ? place.Key : $"{place.Key}@{ags}";
        return new($"{evidence}/{key}", ags, place?.Key, evidence, total == 0 ? 1 : (double)open / total, open, Crs.AreaOf(shape), shape);
    }

    /// <summary>A place before anything is taken away: a settlement's part in one municipality, or the surroundings of open houses outside.</summary>
    static Geometry? Whole(County county, int municipality, int settlement, Leaf leaf, HousePlots plots)
    {
        if (settlement < 0)
            return plots.Of(leaf.Houses);
        var shape = county.Settlements[settlement].Geometry;
        if (county.Municipalities[municipality].Geometry is not { } home || county.MunicipalityIndex.Relation(municipality, shape.EnvelopeInternal) == BoxRelation.Inside)
            return shape;
        return CellCut.Surfaces(OverlayNGRobust.Overlay(shape, home, SpatialFunction.Intersection));
    }

    /// <summary>All that passes: areas whose offer surely meets the rule, and the areas of counting measures.</summary>
    static IEnumerable<Geometry> Supply(Analysis analysis)
    {
        var rule = ServedRule.ForHouseholds(analysis.Options.Profile);
        return analysis.County.Areas.Where(a => a.Geometry is not null && rule.Judge(a.Offer) == Verdict.Served).Select(a => a.Geometry!)
            .Concat(analysis.Planned.Areas.Where((a, i) => a is not null && analysis.Planned.Counts(i)).Select(a => a!));
    }

    static Dictionary<(int Municipality, int Settlement), Leaf> Leaves(Analysis analysis, HousePlots plots, Func<int, bool> wanted)
    {
        var leaves = new Dictionary<(int, int), Leaf>();
        Leaf Of(int municipality, int settlement) => leaves.TryGetValue((municipality, settlement), out var there) ? there : leaves[(municipality, settlement)] = new Leaf();

        for (var s = 0; s < analysis.County.Settlements.Count; s++)
            if (wanted(analysis.County.Settlements[s].Municipality))
                Of(analysis.County.Settlements[s].Municipality, s);
        for (var d = 0; d < analysis.Demands.Count; d++)
        {
            if (!wanted(analysis.Demands.Municipality[d]))
                continue;
            var (leaf, households) = (Of(analysis.Demands.Municipality[d], analysis.Demands.Settlement[d]), analysis.HouseholdSplits[d]);
            leaf.Open += households.Open;
            leaf.Total += households.Total;
            leaf.Answered |= analysis.Assessments[d].Source == EvidenceSource.AddressAnswer;
            if (analysis.Demands.Kind[d] == DemandKind.Municipality || !plots.IsOpen(d))
                continue;
            leaf.Houses.Add(d);
            leaf.TotalOfOpen += households.Total;
        }
        return leaves;
    }
}
