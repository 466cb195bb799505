using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace Breitband.Analyse;

/// <summary>Supply areas by place, for subtracting them from many places on all cores.</summary>
public sealed class SupplyIndex
{
    readonly STRtree<SupplyArea> tree = new();

    public SupplyIndex(IEnumerable<Geometry> supply)
    {
        Geometry[] surfaces = [.. supply.Where(g => g is { Dimension: Dimension.Surface, IsEmpty: false })];
        var areas = new SupplyArea[surfaces.Length];
        Parallel.For(0, areas.Length, i => areas[i] = new SupplyArea(surfaces[i]));
        foreach (var area in areas)
            tree.Insert(area.Geometry.EnvelopeInternal, area);
        tree.Build();
    }

    /// <summary>What is left of every place, in their order.</summary>
    public Geometry[] Without(IReadOnlyList<Geometry> places)
    {
        var left = new Geometry[places.Count];
        ForEach(left.Length, (i, remainder) => left[i] = Without(places[i], remainder));
        return left;
    }

    /// <summary>How many polygons of the last call were no plain case.</summary>
    public int General { get; private set; }

    internal void ForEach(int count, Action<int, Remainder> work)
    {
        var (next, general) = (-1, 0);
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            var own = new Remainder();
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
                work(i, own);
            Interlocked.Add(ref general, own.General);
        });
        General = general;
    }

    internal Geometry Without(Geometry place, Remainder remainder)
    {
        // In the order of the tree, which is that of the input: equal questions have equal answers.
        var near = tree.Query(place.EnvelopeInternal);
        return near.Count == 0 ? place : remainder.Of(place, [.. near]);
    }
}
