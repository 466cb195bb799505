using Breitband.Benchmarks;
using Breitband.Benchmarks.Gaps;

// Speed beside the peer, in one run: dotnet run -c Release --project tests/Breitband.Benchmarks -- [import|analyse|render [STORE.gpkg]|gaps FOLDER [LIMIT]]
// Only ratios within one run count; a machine's speed drifts.
return args switch
{
    [] => new[] { ImportCells.Run(800_000, 5), AnalyseCounty.Run(7), RenderCounty.Run(7) }.Max(),
    ["import", ..] => ImportCells.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 800_000, 5),
    ["analyse", ..] => AnalyseCounty.Run(7),
    ["render", ..] => RenderCounty.Run(7, args.ElementAtOrDefault(1)),
    ["gaps", var folder, .. var rest] => GapsBeside.Run(folder, 7, rest.ElementAtOrDefault(0)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: [import [CELLS] | analyse | render [STORE.gpkg] | gaps FOLDER/s1 [PROGRAM]]\n"
        + "render needs Debian's python3-qgis and mapserver-bin; gaps needs the common test data, loaded into PostGIS (PG* variables) as schema s1 or s2; PROGRAM is the floor");
    return 2;
}
