using Breitband.Analyse;
using NetTopologySuite.Geometries;

namespace Breitband.Benchmarks.Gaps;

/// <summary>One scale of the common test data, read once: a county (s1) or twenty of them (s2).</summary>
sealed class Scale(string folder)
{
    string File_(string name) => Path.Combine(folder, "shp", name);

    public string Name { get; } = Path.GetFileName(folder.TrimEnd('/'));

    public string Shapefiles => Path.Combine(folder, "shp");

    public (double[] X, double[] Y) Addresses => field.X is null ? field = ShapeFiles.Points(File_("addresses.shp")) : field;

    public List<Geometry?> Municipalities => field ??= ShapeFiles.Polygons(File_("municipalities.shp"));

    public string[] Ags => field ??= ShapeFiles.Column(File_("municipalities.dbf"), "ags");

    public List<Geometry?> Settlements => field ??= ShapeFiles.Polygons(File_("settlements.shp"));

    public List<Geometry?> Coverage => field ??= ShapeFiles.Polygons(File_("coverage.shp"));

    public double[] Down => field ??= ShapeFiles.Numbers(File_("coverage.dbf"), "down");

    public List<Geometry?> Measures => field ??= ShapeFiles.Polygons(File_("measures.shp"));

    public long Corners => Coverage.Sum(c => (long)c!.NumPoints);

    /// <summary>Every address gets its municipality, its settlement and the best download at it.</summary>
    public Placed Place()
    {
        var points = new PointGrid(Addresses.X, Addresses.Y);
        var municipality = PolygonSweep.First(points, Municipalities);
        var settlement = PolygonSweep.First(points, Settlements);
        int[] fastestFirst = [.. Enumerable.Range(0, Coverage.Count).OrderByDescending(i => Down[i])];
        var best = PolygonSweep.First(points, [.. fastestFirst.Select(i => Coverage[i])]);
        return new(municipality, settlement, Array.ConvertAll(best, b => b < 0 ? 0 : Down[fastestFirst[b]]));
    }

    /// <summary>What supply from a download on, and measures or not, leaves of every settlement.</summary>
    public (Geometry[] Left, int General) Gaps(double down, bool measures)
    {
        var index = new SupplyIndex(Coverage.Where((c, i) => Down[i] >= down).Concat(measures ? Measures : [])!);
        return (index.Without(Settlements!), index.General);
    }
}

sealed record Placed(int[] Municipality, int[] Settlement, double[] Best)
{
    public string Classes => string.Join(" / ", new[] { 30, 100, 300, 1000 }.Select(limit => FormattableString.Invariant($"{Best.Count(b => b < limit):N0}")));
}
