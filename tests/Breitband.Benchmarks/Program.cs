using System.Globalization;
using Breitband.Benchmarks;
using Breitband.Benchmarks.Gaps;

// Speed beside the peer, in one run: dotnet run -c Release --project tests/Breitband.Benchmarks -- NAME [ARGUMENTS]
// Only ratios within one run count; a machine's speed drifts.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1"); // as a command does
return args switch
{
    [] => new[] { ImportCells.Run(800_000, 5), AnalyseCounty.Run(7), WhatIfCounty.Run(21, null), RenderCounty.Run(7), ServeCounty.Run(60) }.Max(),
    ["import", ..] => ImportCells.Run(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 800_000, 5),
    ["postgis", .. var counts] => PostGisImport.Run(Number(counts, 0, 1_400_000), Number(counts, 1, 800_000), Number(counts, 2, 5)),
    ["reading", .. var counts] => PostGisImport.Reading(Number(counts, 0, 1_400_000), Number(counts, 1, 800_000), 7),
    ["analyse", ..] => AnalyseCounty.Run(7),
    ["whatif", ..] => WhatIfCounty.Run(21, args.ElementAtOrDefault(1)),
    ["explain", ..] => ExplainCounty.Run(7, args.ElementAtOrDefault(1)),
    ["render", ..] => RenderCounty.Run(7, args.ElementAtOrDefault(1)),
    ["gaps", var folder, .. var rest] => GapsBeside.Run(folder, 7, rest.ElementAtOrDefault(0)),
    ["tiles", "state"] => TilesState.Run(20),
    ["tiles", ..] => TilesCounty.Run(args.ElementAtOrDefault(1)),
    ["browse", var store] => BrowseMap.Run(store),
    ["paint", var pyramid] => PaintTiles.Run(pyramid) < 10 ? 0 : 1,
    ["serve", ..] => ServeCounty.Run(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 60, args.ElementAtOrDefault(2)),
    _ => Usage(),
};

static int Number(string[] counts, int at, int otherwise) => counts.Length > at ? int.Parse(counts[at], CultureInfo.InvariantCulture) : otherwise;

static int Usage()
{
    Console.Error.WriteLine("""
        usage: nothing for those that need no peer's set-up, or one of the following. BREITBAND_PROGRAM names the published breitband.dll, where it is not to be the one built here.
        import [CELLS]
        postgis [POINTS [CELLS [RUNS]]] needs PostGIS and ogr2ogr; makes and removes a server of its own below BENCH_DIR
        reading [POINTS [CELLS]]    of that only the reading of an analysis
        analyse
        whatif [STORE]
        explain [STORE.gpkg]
        render [STORE.gpkg]         needs Debian's python3-qgis and mapserver-bin
        gaps FOLDER/s1 [PROGRAM]    needs the common test data, loaded into PostGIS (PG* variables) as schema s1 or s2; PROGRAM is the floor
        tiles [STORE]               needs Debian's wrk and PostGIS
        tiles state                 20 counties side by side: some minutes and gigabytes (BENCH_DIR)
        browse STORE                needs Debian's chromium, and node
        paint PYRAMID.mbtiles
        serve [SECONDS [STORE]]     needs Debian's wrk, lighttpd, cgi-mapserver, gdal-bin and python3-qgis
        """);
    return 2;
}
