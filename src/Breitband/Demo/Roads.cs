using NetTopologySuite;
using NetTopologySuite.Geometries;

namespace Breitband.Demo;

/// <summary>Invented roads from village to village, to find one's way on a sheet: the shortest net that joins all, and the nearest neighbour of each.</summary>
static class RoadFile
{
    static readonly GeometryFactory Factory = NtsGeometryServices.Instance.CreateGeometryFactory(Crs.Stored);

    public static void Write(string path, IReadOnlyList<Town> towns)
    {
        var villages = towns.SelectMany(t => t.Villages).ToList();
        GeoJsonFile.Write(path, Roads(villages).Select((r, i) => ((Geometry)Course(villages[r.From], villages[r.To]), Values(i + 1, villages[r.From], villages[r.To]))));
    }

    static IReadOnlyList<(string, object?)> Values(int number, Village from, Village to) =>
        [("objid", $"DEBBSYN{number:000000000}"), ("nam", $"{Plain(from.Name)} – {Plain(to.Name)} (synthetisch)")];

    static string Plain(string name) => name.Replace(" (synthetisch)", "", StringComparison.Ordinal);

    static SortedSet<(int From, int To)> Roads(List<Village> villages)
    {
        var roads = new SortedSet<(int, int)>();
        void Add(int a, int b) => roads.Add((Math.Min(a, b), Math.Max(a, b)));
        double Distance(int a, int b) => villages[a].DistanceTo(villages[b].X, villages[b].Y);

        // Prim's algorithm: the nearest village outside joins the net.
        var (nearest, reach) = (new int[villages.Count], Enumerable.Range(0, villages.Count).Select(i => Distance(0, i)).ToArray());
        var joined = new bool[villages.Count];
        joined[0] = true;
        for (var step = 1; step < villages.Count; step++)
        {
            var next = Enumerable.Range(0, villages.Count).Where(i => !joined[i]).MinBy(i => reach[i]);
            joined[next] = true;
            Add(nearest[next], next);
            for (var i = 0; i < villages.Count; i++)
                if (!joined[i] && Distance(next, i) < reach[i])
                    (nearest[i], reach[i]) = (next, Distance(next, i));
        }
        for (var i = 0; i < villages.Count; i++)
            foreach (var near in Enumerable.Range(0, villages.Count).Where(j => j != i).OrderBy(j => Distance(i, j)).Take(2))
                if (Distance(i, near) < 6000)
                    Add(i, near);
        return roads;
    }

    /// <summary>A gentle bend: smooth noise across the straight line, none at its ends.</summary>
    static LineString Course(Village from, Village to)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var length = Math.Sqrt(dx * dx + dy * dy);
        var pieces = Math.Max(4, (int)(length / 120));
        return Factory.CreateLineString([.. Enumerable.Range(0, pieces + 1).Select(i =>
        {
            var t = (double)i / pieces;
            var (x, y) = (from.X + t * dx, from.Y + t * dy);
            var aside = (Chance.Noise(x, y, 1400, 77) - 0.5) * 0.35 * length * Math.Sin(Math.PI * t) * Math.Min(1, 2500 / length);
            return new Coordinate(x - dy / length * aside, y + dx / length * aside);
        })]);
    }
}
