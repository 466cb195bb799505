using Breitband.Benchmarks;

// Speed beside the peer, in one run: dotnet run -c Release --project tests/Breitband.Benchmarks -- [import|analyse|whatif [STORE]|render [STORE.gpkg]|serve [SECONDS [STORE]]]
// Only ratios within one run count; a machine's speed drifts.
return args switch
{
    [] => new[] { ImportCells.Run(800_000, 5), AnalyseCounty.Run(7), WhatIfCounty.Run(21, null), RenderCounty.Run(7), ServeCounty.Run(60) }.Max(),
    ["import", ..] => ImportCells.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 800_000, 5),
    ["analyse", ..] => AnalyseCounty.Run(7),
    ["whatif", ..] => WhatIfCounty.Run(21, args.ElementAtOrDefault(1)),
    ["render", ..] => RenderCounty.Run(7, args.ElementAtOrDefault(1)),
    ["serve", ..] => ServeCounty.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 60, args.ElementAtOrDefault(2)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: [import [CELLS] | analyse | whatif [STORE] | render [STORE.gpkg] | serve [SECONDS [STORE]]]; render needs Debian's python3-qgis and mapserver-bin, serve wrk, lighttpd, cgi-mapserver and gdal-bin");
    return 2;
}
