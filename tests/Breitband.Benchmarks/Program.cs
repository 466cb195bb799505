using Breitband.Benchmarks;

// Speed beside the peer, in one run: dotnet run -c Release --project tests/Breitband.Benchmarks -- [import|analyse]
// Only ratios within one run count; a machine's speed drifts.
return args switch
{
    [] => Math.Max(ImportCells.Run(800_000, 5), AnalyseCounty.Run(7)),
    ["import", ..] => ImportCells.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 800_000, 5),
    ["analyse", ..] => AnalyseCounty.Run(7),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: [import [CELLS] | analyse]");
    return 2;
}
