using Breitband.Benchmarks;

// Speed beside the peer, in one run: dotnet run -c Release --project tests/Breitband.Benchmarks -- [import|analyse|postgis]
// Only ratios within one run count; a machine's speed drifts.
return args switch
{
    [] => Math.Max(ImportCells.Run(800_000, 5), AnalyseCounty.Run(7)),
    ["import", ..] => ImportCells.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 800_000, 5),
    ["postgis", ..] => PostGisImport.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 1_400_000, args.Length > 2 ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 800_000, 5),
    ["analyse", ..] => AnalyseCounty.Run(7),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: [import [CELLS] | analyse | postgis [POINTS [CELLS]]]");
    return 2;
}
