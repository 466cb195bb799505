using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace Breitband.Analyse;

/// <summary>
/// Joins gap areas to clusters that one build-out would take: parts of one municipality whose distance is at most <see cref="Reach"/>. Inside
/// or outside settlements makes no difference to a trench, so a cluster may have parts of both.
/// </summary>
sealed class ClusterFinder
{
    /// <summary>Metres between parts: further on, a trench passes nothing that needs it.</summary>
    const double Reach = 100;

    /// <summary>Holes smaller than this, m², are slivers between parts whose borders do not meet exactly; they are filled.</summary>
    const double Sliver = 10;

    readonly record struct Part(GapArea Gap, Geometry Shape);

    readonly Analysis analysis;
    readonly List<Part> parts = [];
    readonly int[] parent;
    readonly List<int>?[] demandsOf;
    readonly Lazy<ServedEdges> served;

    ClusterFinder(Analysis analysis, IReadOnlyList<GapArea> gaps, Lazy<ServedEdges> served)
    {
        (this.analysis, this.served) = (analysis, served);
        foreach (var gap in gaps)
            if (gap.Evidence == "cells")
                parts.Add(new(gap, gap.Geometry));
            else
                parts.AddRange(Enumerable.Range(0, gap.Geometry.NumGeometries).Select(gap.Geometry.GetGeometryN).OrderBy(g => g.EnvelopeInternal.MinX).ThenBy(g => g.EnvelopeInternal.MinY).Select(g => new Part(gap, g)));
        parent = [.. Enumerable.Range(0, parts.Count)];
        demandsOf = new List<int>?[parts.Count];
    }

    public static IReadOnlyList<GapCluster> Find(Analysis analysis, IReadOnlyList<GapArea> gaps) => Find(analysis, gaps, new(() => ServedEdges.Of(analysis)));

    /// <param name="served">The edges of the whole county, where the analysis is of a part.</param>
    public static IReadOnlyList<GapCluster> Find(Analysis analysis, IReadOnlyList<GapArea> gaps, Lazy<ServedEdges> served)
    {
        var finder = new ClusterFinder(analysis, gaps, served);
        finder.Join();
        finder.PlaceDemand();
        var groups = Enumerable.Range(0, finder.parts.Count).GroupBy(finder.Root).Select(g => g.ToList()).ToList();
        var found = new GapCluster[groups.Count];
        Parallel.For(0, found.Length, i => found[i] = finder.Cluster(groups[i]));
        return Ordered(found);
    }

    public static IReadOnlyList<GapCluster> Ordered(IEnumerable<GapCluster> clusters) =>
        [.. clusters.OrderByDescending(c => c.Households).ThenByDescending(c => c.Addresses).ThenBy(c => c.Key, StringComparer.Ordinal)];

    void Join()
    {
        var tree = new STRtree<int>();
        for (var i = 0; i < parts.Count; i++)
            tree.Insert(parts[i].Shape.EnvelopeInternal, i);
        for (var i = 0; i < parts.Count; i++)
        {
            var near = parts[i].Shape.EnvelopeInternal.Copy();
            near.ExpandBy(Reach);
            foreach (var j in tree.Query(near))
                if (j > i && parts[i].Gap.Ags == parts[j].Gap.Ags && Root(i) != Root(j) && parts[i].Shape.IsWithinDistance(parts[j].Shape, Reach))
                    parent[Math.Max(Root(i), Root(j))] = Math.Min(Root(i), Root(j));
        }
    }

    /// <summary>The lowest part of a part's cluster.</summary>
    int Root(int part)
    {
        while (parent[part] != part)
            part = parent[part] = parent[parent[part]];
        return part;
    }

    /// <summary>Open demand by the part it lies in.</summary>
    void PlaceDemand()
    {
        var demands = analysis.Demands;
        int[] open = [.. Enumerable.Range(0, parts.Count == 0 ? 0 : demands.Count).Where(d => analysis.HouseholdSplits[d].Open > 0 || analysis.AddressSplits[d].Open > 0 || analysis.BusinessSplits[d].Open > 0)];
        var part = PolygonSweep.First(new PointGrid([.. open.Select(d => demands.X[d])], [.. open.Select(d => demands.Y[d])]), [.. parts.Select(p => p.Shape)]);
        for (var i = 0; i < open.Length; i++)
            if (part[i] >= 0)
                (demandsOf[part[i]] ??= []).Add(open[i]);
    }

    GapCluster Cluster(List<int> members)
    {
        var demand = members.SelectMany(m => demandsOf[m] ?? []).ToList();
        var shape = Shape(members);
        var ags = parts[members[0]].Gap.Ags;
        var spots = demand.Count > 0 ? [.. demand.Select(d => (analysis.Demands.X[d], analysis.Demands.Y[d]))]
            : members.Select(m => parts[m].Shape.InteriorPoint).Select(p => (p.X, p.Y)).ToArray();
        return new(Key(members), ags, analysis.County.Municipalities.First(m => m.Ags == ags).Name, Places(members), members.Exists(m => parts[m].Gap.Settlement is null), members.Sum(Households),
            demand.Sum(d => analysis.AddressSplits[d].Open), demand.Sum(d => analysis.BusinessSplits[d].Open), Crs.AreaOf(shape), Spread.Of(spots), served.Value.Distance(spots), shape);
    }

    /// <summary>A cell's part knows its households; of a settlement's remainder those count that live in this part of it.</summary>
    long Households(int part) => parts[part].Gap.Evidence == "cells" ? parts[part].Gap.Households : (demandsOf[part] ?? []).Sum(d => analysis.HouseholdSplits[d].Open);

    /// <summary>The key of its first part; with that part's number where the gap area falls into several.</summary>
    string Key(List<int> members)
    {
        var gap = parts[members[0]].Gap;
        var first = members[0];
        while (first > 0 && parts[first - 1].Gap == gap)
            first--;
        return members[0] == first ? gap.Key : $"{gap.Key}/{members[0] - first + 1}";
    }

    string Places(List<int> members)
    {
        var names = analysis.County.Settlements.ToLookup(s => s.Key, s => s.Name, StringComparer.Ordinal);
        return string.Join(", ", members.Select(m => parts[m].Gap.Settlement).OfType<string>().Distinct().Select(k => names[k].FirstOrDefault() ?? k).Distinct().Order(StringComparer.Ordinal));
    }

    Geometry Shape(List<int> members)
    {
        var whole = members.Count == 1 ? parts[members[0]].Shape : Dissolve.Union([.. members.Select(m => parts[m].Shape)]);
        var polygons = Enumerable.Range(0, whole.NumGeometries).Select(whole.GetGeometryN).OfType<Polygon>().Select(WithoutSlivers).ToArray();
        return polygons.Length == 1 ? polygons[0] : whole.Factory.CreateMultiPolygon(polygons);
    }

    static Polygon WithoutSlivers(Polygon polygon) => !Array.Exists(polygon.Holes, IsSliver) ? polygon
        : polygon.Factory.CreatePolygon(polygon.Shell, [.. polygon.Holes.Where(h => !IsSliver(h))]);

    static bool IsSliver(LinearRing hole) => NetTopologySuite.Algorithm.Area.OfRing(hole.CoordinateSequence) < Sliver;
}
