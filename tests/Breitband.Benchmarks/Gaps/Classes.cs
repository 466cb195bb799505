using Breitband.Analyse;
using NetTopologySuite.Geometries;

namespace Breitband.Benchmarks.Gaps;

/// <summary>Every address gets its municipality, its settlement and the best speed at it.</summary>
sealed class Classes(string folder)
{
    readonly (double[] X, double[] Y) addresses = ShapeFiles.Points(Path.Combine(folder, "addresses.shp"));
    readonly List<Geometry?> municipalities = ShapeFiles.Polygons(Path.Combine(folder, "municipalities.shp"));
    readonly List<Geometry?> settlements = ShapeFiles.Polygons(Path.Combine(folder, "settlements.shp"));
    readonly List<Geometry?> coverage = ShapeFiles.Polygons(Path.Combine(folder, "coverage.shp"));
    readonly double[] down = ShapeFiles.Numbers(Path.Combine(folder, "coverage.dbf"), "down");

    public int Addresses => addresses.X.Length;

    public int[] Municipality { get; set; } = [];

    public int[] Settlement { get; set; } = [];

    public double[] Best { get; set; } = [];

    public void Run()
    {
        var points = new PointGrid(addresses.X, addresses.Y);
        Municipality = PolygonSweep.First(points, municipalities);
        Settlement = PolygonSweep.First(points, settlements);
        int[] fastestFirst = [.. Enumerable.Range(0, coverage.Count).OrderByDescending(i => down[i])];
        var best = PolygonSweep.First(points, [.. fastestFirst.Select(i => coverage[i])]);
        Best = [.. best.Select(b => b < 0 ? 0 : down[fastestFirst[b]])];
    }
}
