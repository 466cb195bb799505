using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace Breitband.Demo;

/// <summary>A synthetic settlement of a municipality; the first of a municipality is its main place.</summary>
/// <param name="Axis">Direction of its streets, radians.</param>
sealed record Village(Ground Ground, int Rank, string Name, double X, double Y, double Axis, int Addresses, Polygon Outline)
{
    readonly IndexedPointInAreaLocator locator = new(Outline);

    public string Key => $"{Ground.Ags}-{Rank + 1:00}";

    /// <summary>Radius of a circle of the same area, metres.</summary>
    public double Radius => Math.Sqrt(Outline.Area / Math.PI);

    public double DistanceTo(double x, double y) => Math.Sqrt((X - x) * (X - x) + (Y - y) * (Y - y));

    public bool Contains(double x, double y) => locator.Locate(new Coordinate(x, y)) == Location.Interior;
}

/// <summary>Invents the settlements of a municipality around its known places.</summary>
sealed class VillageMaker
{
    /// <summary>Share of the addresses that stand outside every settlement.</summary>
    const double Scattered = 0.03;

    /// <summary>Addresses per household: blocks of flats in the towns, single houses elsewhere; 80,000 addresses in the county.</summary>
    const double AddressesPerHousehold = 0.725;

    /// <summary>Free ground between two settlements and to the border, metres.</summary>
    const double Gap = 120;

    readonly Ground ground;
    readonly Chance chance;
    readonly List<Village> made = [];

    VillageMaker(Ground ground) => (this.ground, chance) = (ground, Chance.Of("settlements " + ground.Ags));

    public static int AddressesOf(Ground ground) => (int)Math.Round(ground.Households * AddressesPerHousehold);

    public static int ScatteredOf(Ground ground) => (int)Math.Round(AddressesOf(ground) * (ground.InhabitantsPerKm2 > 500 ? Scattered / 3 : Scattered * 1.3));

    public static IReadOnlyList<Village> Make(Ground ground)
    {
        var maker = new VillageMaker(ground);
        var sites = maker.Sites();
        var inside = AddressesOf(ground) - ScatteredOf(ground);
        var weights = sites.Select((s, i) => (i == 0 ? 2.4 : i < ground.Places.Count ? 1.3 : 1 / Math.Sqrt(i + 1.0)) * maker.chance.Between(0.6, 1.3)).ToList();
        var counts = LargestRemainder.Split(inside, weights);
        for (var i = 0; i < sites.Count; i++)
            maker.Add(sites[i], i, Math.Max(4, counts[i]));
        return maker.made;
    }

    /// <summary>Known places first; each further one where it is farthest from all before, of a few dozen tries.</summary>
    List<Place> Sites()
    {
        var sites = ground.Places.ToList();
        var count = Math.Max(sites.Count, 1 + (int)Math.Round(ground.Area / 17));
        var box = ground.Geometry.EnvelopeInternal;
        var edge = ground.Geometry.Boundary;
        while (sites.Count < count)
        {
            var tries = from _ in Enumerable.Range(0, 60)
                        let x = chance.Between(box.MinX, box.MaxX)
                        let y = chance.Between(box.MinY, box.MaxY)
                        where ground.Contains(x, y)
                        select (x, y);
            var (bx, by) = tries.ToList().Take(14).MaxBy(t => Math.Min(sites.Min(s => s.DistanceTo(t.x, t.y)), 3 * edge.Distance(new Point(t.x, t.y))));
            if (bx > 0)
                sites.Add(new($"{ground.Name}, Ortslage {sites.Count + 1 - ground.Places.Count} (synthetisch)", bx, by));
        }
        return sites;
    }

    void Add(Place site, int rank, int addresses)
    {
        var axis = chance.Between(0, Math.PI);
        var perHectare = rank == 0 ? Math.Clamp(4.5 + ground.InhabitantsPerKm2 / 150, 5, 12) : Math.Clamp(3.6 + ground.InhabitantsPerKm2 / 250, 4, 9);
        var wanted = addresses / perHectare * 1e4;
        var free = Free(site, 4 * Math.Sqrt(wanted) + 500);
        var (phases, heights) = (Enumerable.Range(0, 9).Select(_ => chance.Between(0, 2 * Math.PI)).ToArray(),
            Enumerable.Range(0, 9).Select(k => chance.Between(0.3, 1) * 0.2 / (1 + k * 0.3)).ToArray());
        var stretch = rank == 0 ? chance.Between(1.05, 1.5) : chance.Between(1.2, 2.1);
        Polygon? best = null;
        for (var radius = Math.Sqrt(wanted / Math.PI); best is null || best.Area < wanted * 0.92; radius *= 1.12)
        {
            best = Largest(free.Intersection(Star(site, radius, axis, stretch, phases, heights))) ?? best;
            if (radius > 4 * Math.Sqrt(wanted / Math.PI) + 200)
                break;
        }
        if (best is { Area: > 5000 })
            made.Add(new(ground, made.Count, site.Name, site.X, site.Y, axis, addresses, best));
    }

    Geometry Free(Place site, double reach)
    {
        var box = new GeometryFactory().ToGeometry(new Envelope(site.X - reach, site.X + reach, site.Y - reach, site.Y + reach));
        var free = box.Intersection(ground.Geometry).Buffer(-Gap / 2, 2);
        foreach (var other in made)
            free = free.Difference(other.Outline.Buffer(Gap, 2));
        return free;
    }

    static Polygon? Largest(Geometry geometry) => Enumerable.Range(0, geometry.NumGeometries).Select(geometry.GetGeometryN).OfType<Polygon>().Where(p => !p.IsEmpty)
        .Select(p => new Polygon(p.Shell)).MaxBy(p => p.Area);

    /// <summary>A ring around the site whose radius swings by a few smooth waves, stretched along the streets.</summary>
    static Polygon Star(Place site, double radius, double axis, double stretch, double[] phases, double[] heights)
    {
        const int corners = 120;
        var ring = new Coordinate[corners + 1];
        for (var i = 0; i < corners; i++)
        {
            var angle = 2 * Math.PI * i / corners;
            var r = radius * Math.Max(0.35, 1 + phases.Select((p, k) => heights[k] * Math.Cos((k + 2) * angle + p)).Sum());
            var (u, v) = (r * Math.Cos(angle) * Math.Sqrt(stretch), r * Math.Sin(angle) / Math.Sqrt(stretch));
            ring[i] = new(Math.Round(site.X + u * Math.Cos(axis) - v * Math.Sin(axis), 1), Math.Round(site.Y + u * Math.Sin(axis) + v * Math.Cos(axis), 1));
        }
        ring[corners] = ring[0].Copy();
        return new Polygon(new LinearRing(ring));
    }
}

/// <summary>Whole numbers in proportion to weights that add up exactly.</summary>
static class LargestRemainder
{
    public static int[] Split(int whole, IReadOnlyList<double> weights, int least = 0)
    {
        var sum = weights.Sum();
        var free = whole - least * weights.Count;
        var exact = weights.Select(w => w / sum * free).ToList();
        var parts = exact.Select(e => (int)Math.Floor(e)).ToArray();
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => exact[i] - parts[i]).ThenBy(i => i).Take(free - parts.Sum()))
            parts[i]++;
        return [.. parts.Select(p => p + least)];
    }
}
