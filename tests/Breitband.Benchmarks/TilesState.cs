using System.Diagnostics;
using Breitband.Analyse;
using Breitband.Import;
using Breitband.Store;
using Breitband.Tiles;
using NetTopologySuite.Geometries;

namespace Breitband.Benchmarks;

/// <summary>The pyramid of a state: the county's borders so many times side by side, each with 41,000 cells, 600 settlements and 70,000 addresses.</summary>
static class TilesState
{
    static readonly GeometryFactory Factory = new(new PrecisionModel(), Crs.Stored);

    public static int Run(int counties)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Environment.GetEnvironmentVariable("BENCH_DIR") ?? Path.GetTempPath(), $"breitband-bench-state-{counties}")).FullName;
        var (store, pyramid) = (Path.Combine(folder, "land.gpkg"), Path.Combine(folder, "land.mbtiles"));
        if (!File.Exists(store))
        {
            var began = Stopwatch.StartNew();
            Make(store + ".tmp.gpkg", counties);
            File.Move(store + ".tmp.gpkg", store);
            Console.WriteLine(FormattableString.Invariant($"{"made and analysed (not the question)",-62} {began.Elapsed.TotalSeconds,8:0} s"));
        }
        File.Delete(pyramid);
        GC.Collect();
        var clock = Stopwatch.StartNew();
        var peak = 0L;
        using var opened = Breitband.Store.Store.Open(store, OpenMode.Read);
        var report = PyramidBuilder.Build(opened, pyramid, Disclosure.Confidential, zoom =>
        {
            peak = Math.Max(peak, Process.GetCurrentProcess().PeakWorkingSet64);
            Console.WriteLine(FormattableString.Invariant($"zoom {zoom,2}: {clock.Elapsed.TotalSeconds,6:0} s, {Environment.WorkingSet / 1e6:0} MB in memory, {GC.GetTotalMemory(false) / 1e6:0} MB of them objects"));
        });
        Console.WriteLine(FormattableString.Invariant($"{$"pyramid of {counties} counties",-62} {clock.Elapsed.TotalSeconds,8:0} s, {report.Tiles:N0} tiles, {report.Bytes / 1e6:0} MB, largest {report.Largest / 1e3:0} kB, peak {peak / 1e6:0} MB   (asked: under 240 s, 500 kB)"));
        return clock.Elapsed.TotalSeconds < 240 && report.Largest <= 500_000 ? 0 : 1;
    }

    static void Make(string path, int counties)
    {
        File.Delete(path);
        using var store = Breitband.Store.Store.Open(path, OpenMode.Create, "12069");
        Importer.Run(store, [Path.Combine(Installation.Data, "vg250", "vg250_gemeinden_pm.geojson")], new() { Edition = new(2016, 1, 1) });
        var borders = CountyReader.Read(store, null).Municipalities.Select(m => m.Geometry!).ToList();
        var random = new Random(11);
        var places = Enumerable.Range(0, counties * 600).Select(i => Place(borders, i, random)).ToList();
        RenderCounty.Write(store, Layer.Municipalities, Columns(Layer.Municipalities, "key", "ags", "name", "persons_per_household"), Enumerable.Range(0, counties * borders.Count).Select(i =>
            new Row(Moved(borders[i % borders.Count], i / borders.Count), [$"12{i / borders.Count + 60:000}{i % borders.Count:000}", $"12{i / borders.Count + 60:000}{i % borders.Count:000}", $"Gemeinde {i}", 2.0])));
        RenderCounty.Write(store, Layer.Settlements, Columns(Layer.Settlements, "key", "name"), places.Select((p, i) => new Row(Factory.CreatePoint(p).Buffer(465, 15), [$"S{i}", $"Ort {i}"])));
        var shares = Layer.CoverageCells.Fields.Where(f => f.Name.EndsWith("_1000", StringComparison.Ordinal) || f.Name.EndsWith("_400", StringComparison.Ordinal) || f.Name.EndsWith("_200", StringComparison.Ordinal)).ToList();
        RenderCounty.Write(store, Layer.CoverageCells, [Layer.CoverageCells.Find("key")!, .. shares], Cells(places).Select((c, i) => new Row(RenderCounty.Turned(c.X, c.Y), [$"C{i}", .. shares.Select(_ => (object?)(double)random.Next(0, 100))])));
        RenderCounty.Write(store, Layer.Population, Columns(Layer.Population, "key", "inhabitants"), Cells(places).Select((c, i) => new Row(RenderCounty.Turned(c.X, c.Y), [$"C{i}", (double)random.Next(3, 60)])));
        RenderCounty.Write(store, Layer.Addresses, Columns(Layer.Addresses, "key", "street", "number"), Enumerable.Range(0, counties * 70_000).Select(i =>
            new Row(Factory.CreatePoint(new Coordinate(places[i % places.Count].X + random.NextDouble() * 800 - 400, places[i % places.Count].Y + random.NextDouble() * 800 - 400)), [$"A{i}", $"Straße {i % 97}", $"{i % 211}"])));
        GapEngine.RunAndSave(store, new(Profiles.Load(Installation.Profiles).Default, Basis.Atlas, MeasureChoice.Every, new(2026, 1, 1)));
    }

    static List<Field> Columns(Layer layer, params string[] names) => [.. names.Select(n => layer.Find(n) ?? throw new ArgumentException($"{layer.Name} has no {n}", nameof(names)))];

    static Coordinate Place(List<Geometry> borders, int number, Random random)
    {
        var border = Moved(borders[number % borders.Count], number / 600);
        var (extent, locator) = (border.EnvelopeInternal, new NetTopologySuite.Algorithm.Locate.IndexedPointInAreaLocator(border));
        for (; ; )
        {
            var at = new Coordinate(extent.MinX + random.NextDouble() * extent.Width, extent.MinY + random.NextDouble() * extent.Height);
            if (locator.Locate(at) == Location.Interior)
                return at;
        }
    }

    static Geometry Moved(Geometry border, int county) => new NetTopologySuite.Geometries.Utilities.AffineTransformation().Translate((county % 4 - 2) * 80_000, (county / 4 - 2) * 70_000).Transform(border);

    /// <summary>The same cells whenever they are asked for: nothing of a state stays in memory.</summary>
    static IEnumerable<Coordinate> Cells(List<Coordinate> places)
    {
        foreach (var place in places)
            for (var i = 0; i < 68; i++)
                yield return new(place.X + i % 9 * 100 - 400, place.Y + i / 9 * 100 - 400);
    }
}
