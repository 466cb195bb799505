using Breitband.Benchmarks;
using Breitband.Benchmarks.Gaps;

// Speed beside the peer, in one run: dotnet run -c Release --project tests/Breitband.Benchmarks -- [import|analyse|render [STORE.gpkg]|gaps FOLDER SCALE]
// Only ratios within one run count; a machine's speed drifts.
return args switch
{
    [] => new[] { ImportCells.Run(800_000, 5), AnalyseCounty.Run(7), RenderCounty.Run(7) }.Max(),
    ["import", ..] => ImportCells.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 800_000, 5),
    ["analyse", ..] => AnalyseCounty.Run(7),
    ["render", ..] => RenderCounty.Run(7, args.ElementAtOrDefault(1)),
    ["gaps", var folder, ..] => Try(folder),
    _ => Usage(),
};

static int Try(string folder)
{
    var classes = new Classes(folder);
    Timing.Median("assign and class", 7, classes.Run, () => string.Join(" ", new[] { 30, 100, 300, 1000 }.Select(l => classes.Best.Count(b => b < l))));
    var points = ShapeFiles.Points(Path.Combine(folder, "addresses.shp"));
    var coverage = ShapeFiles.Polygons(Path.Combine(folder, "coverage.shp"));
    var mun = ShapeFiles.Polygons(Path.Combine(folder, "municipalities.shp"));
    var set = ShapeFiles.Polygons(Path.Combine(folder, "settlements.shp"));
    var grid = new Breitband.Analyse.PointGrid(points.X, points.Y);
    var d = ShapeFiles.Numbers(Path.Combine(folder, "coverage.dbf"), "down");
    List<NetTopologySuite.Geometries.Geometry?> cov = [.. Enumerable.Range(0, coverage.Count).OrderByDescending(i => d[i]).Select(i => coverage[i])];
    Timing.Median("grid", 17, () => grid = new Breitband.Analyse.PointGrid(points.X, points.Y), warmUp: 10);
    Timing.Median("mun", 17, () => Breitband.Analyse.PolygonSweep.First(grid, mun), warmUp: 10);
    Timing.Median("set", 17, () => Breitband.Analyse.PolygonSweep.First(grid, set), warmUp: 10);
    Timing.Median("cov", 17, () => Breitband.Analyse.PolygonSweep.First(grid, cov), warmUp: 10);
    Timing.Median("all", 7, () => Breitband.Analyse.PolygonSweep.All(new(points.X, points.Y), coverage));
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("usage: [import [CELLS] | analyse | render [STORE.gpkg]]; render needs Debian's python3-qgis and mapserver-bin");
    return 2;
}
