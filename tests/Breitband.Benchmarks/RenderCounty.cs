using System.Globalization;
using Breitband.Analyse;
using Breitband.Import;
using Breitband.Print;
using Breitband.Store;
using NetTopologySuite.Geometries;

namespace Breitband.Benchmarks;

/// <summary>
/// A county of 41,000 gap cells, 600 settlements and the 38 real municipalities, drawn by us, QGIS and MapServer from one GeoPackage in one
/// run: a picture of 1600 × 1200 with all cells, settlements, borders and names, and the overview in A3 as PDF.
/// </summary>
static class RenderCounty
{
    static readonly GeometryFactory Factory = new(new PrecisionModel(), Crs.Stored);
    static readonly PrintOptions Options = new() { PrintDate = new(2026, 1, 1) };

    /// <param name="kept">A store to draw instead of the invented one.</param>
    public static int Run(int runs, string? kept = null)
    {
        var folder = Directory.CreateTempSubdirectory("breitband-bench-").FullName;
        var store = kept ?? Path.Combine(folder, "kreis.gpkg");
        try
        {
            if (kept is null)
                Make(store);
            using var opened = Breitband.Store.Store.Open(store, OpenMode.Read);
            var options = GapEngine.Recorded(opened, Profiles.Load(Installation.Profiles), null) with { Editions = null };
            GapResult Read() => StoredResult.Read(opened, options) ?? throw new InvalidOperationException("the store has no answer for its live editions");
            Console.WriteLine(FormattableString.Invariant($"{Read().GapAreas.Count:N0} gap areas, {Read().Rows.Count(r => r.Level == AreaLevel.Settlement)} settlements, read from the store each time"));

            var picture = Timing.Median("PNG 1600 x 1200, ours, warm", runs, () => File.WriteAllBytes(Path.Combine(folder, "ours.png"), Picture(opened, Read())), warmUp: 20);
            var sheet = Timing.Median("A3 overview as PDF, ours, warm", runs, () => OverviewSheet.Print(Read(), Options, Path.Combine(folder, "ours.pdf")),
                () => $"{new FileInfo(Path.Combine(folder, "ours.pdf")).Length / 1e6:0.00} MB", warmUp: 20);
            var program = ServeCounty.Breitband;
            Timing.Median("PNG, ours, whole command", runs, () => Timing.Process("dotnet", program, "print", "map", "--store", store, "--out", Path.Combine(folder, "command.png"), "--quiet"));
            var command = Timing.Median("A3 overview, ours, whole command", runs, () => Timing.Process("dotnet", program, "print", "overview", "--store", store, "--out", Path.Combine(folder, "command.pdf"), "--quiet"));
            var (qgisPicture, qgisSheet) = Qgis(store, folder, runs);
            var mapServer = MapServer(store, folder, runs, Read());
            Console.WriteLine(FormattableString.Invariant($"PNG: QGIS takes {qgisPicture / picture:0.0} times ours, MapServer {mapServer / picture:0.0} times; A3: QGIS {qgisSheet / sheet:0.0} times; whole A3 command {command:0.00} s"));
            return qgisPicture >= 2 * picture && mapServer >= 2 * picture && qgisSheet >= 2 * sheet && command < 1 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    static byte[] Picture(Breitband.Store.Store store, GapResult result) => MapImage.Png(result, StoredResult.Shares(store, result), 1600, 1200, Language.De);

    /// <summary>600 settlements of 68 cells each, one hundred metres, turned as UTM 32 lies in UTM 33; every share class occurs.</summary>
    public static void Make(string path)
    {
        using var store = Breitband.Store.Store.Open(path, OpenMode.Create, "12069");
        string Shipped(params string[] parts) => Path.Combine([Installation.Data, .. parts]);
        Importer.Run(store, [Shipped("vg250", "vg250_gemeinden_pm.geojson")], new() { Edition = new(2016, 1, 1) });
        Importer.Run(store, [Shipped("gemeinden", "household_size_pm.csv")], new());
        var random = new Random(11);
        var cells = new List<Row>();
        var settlements = new List<Row>();
        var columns = new List<Field> { Layer.CoverageCells.Find("key")! };
        columns.AddRange(Layer.CoverageCells.Fields.Where(f => f.Name.EndsWith("_1000", StringComparison.Ordinal) || f.Name.EndsWith("_400", StringComparison.Ordinal) || f.Name.EndsWith("_200", StringComparison.Ordinal)));
        var borders = CountyReader.Read(store, null).Municipalities.Select(m => m.Geometry!).ToList();
        while (settlements.Count < 600)
        {
            var border = borders[settlements.Count % borders.Count];
            var extent = border.EnvelopeInternal;
            var (x, y) = (extent.MinX + random.NextDouble() * extent.Width, extent.MinY + random.NextDouble() * extent.Height);
            var outline = Factory.CreatePoint(new Coordinate(x, y)).Buffer(465, 15);
            if (!border.Contains(outline))
                continue;
            settlements.Add(new(outline, [$"S{settlements.Count:000}", null, $"Ort {settlements.Count}"]));
            for (var i = 0; i < 81 && cells.Count < 41_000; i++)
            {
                var (dx, dy) = (i % 9 * 100 - 400, i / 9 * 100 - 400);
                if (dx * dx + dy * dy <= 430 * 430 + random.Next(60_000))
                    cells.Add(new(Turned(x + dx, y + dy), [$"C{cells.Count}", .. columns.Skip(1).Select(_ => (object?)(double)random.Next(0, 100))]));
            }
        }
        Write(store, Layer.CoverageCells, columns, cells);
        Write(store, Layer.Population, [Layer.Population.Find("key")!, Layer.Population.Find("inhabitants")!],
            cells.Select(c => new Row(c.Geometry, [c.Values[0], (double)random.Next(3, 60)])));
        Write(store, Layer.Settlements, [Layer.Settlements.Find("key")!, Layer.Settlements.Find("ags")!, Layer.Settlements.Find("name")!], settlements);
        GapEngine.RunAndSave(store, new(Profiles.Load(Installation.Profiles).Default, Basis.Atlas, MeasureChoice.Every, new(2026, 1, 1)));
    }

    internal static void Write(Breitband.Store.Store store, Layer layer, IReadOnlyList<Field> columns, IEnumerable<Row> rows)
    {
        using var writer = store.Begin(new Edition
        {
            Dataset = new(layer.Name, "bench"),
            Date = new(2025, 6, 30),
            File = "bench",
            Sha256 = layer.Name,
            Options = "",
            Mapping = "",
            SourceCrs = Crs.Stored,
            Licence = new("", "", ""),
        }, columns);
        foreach (var row in rows)
            writer.Write(row);
        writer.Commit("{}");
    }

    internal static Polygon Turned(double x, double y)
    {
        var (c, s) = (Math.Cos(0.087) * 50, Math.Sin(0.087) * 50);
        Coordinate At(double u, double v) => new(x + u * c - v * s, y + u * s + v * c);

        return Factory.CreatePolygon([At(-1, -1), At(1, -1), At(1, 1), At(-1, 1), At(-1, -1)]);
    }

    static (double Picture, double Sheet) Qgis(string store, string folder, int runs)
    {
        var (output, _) = Timing.Output("/usr/bin/python3", Peer("render.py"), store, folder, runs.ToString(CultureInfo.InvariantCulture));
        double Of(string label) => double.Parse(output.Split('\n').First(l => l.StartsWith(label, StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
        Console.WriteLine(FormattableString.Invariant($"{"PNG 1600 x 1200, QGIS, warm",-62} {Of("map"),8:0.000} s"));
        Console.WriteLine(FormattableString.Invariant($"{"A3 overview as PDF, QGIS layout, warm",-62} {Of("layout"),8:0.000} s   {new FileInfo(Path.Combine(folder, "qgis.pdf")).Length / 1e6:0.00} MB"));
        return (Of("map"), Of("layout"));
    }

    /// <summary>MapServer warm: what eight more maps of the same process take.</summary>
    static double MapServer(string store, string folder, int runs, GapResult result)
    {
        var extent = result.Rows.Where(r => r.Level == AreaLevel.Municipality).Aggregate(new Envelope(), (e, r) => { e.ExpandToInclude(r.Geometry!.EnvelopeInternal); return e; });
        var (fonts, map) = (Path.Combine(folder, "fonts.lst"), Path.Combine(folder, "county.map"));
        File.WriteAllText(fonts, "sans /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf\n");
        File.WriteAllText(map, File.ReadAllText(Peer("county.map")).Replace("@STORE@", store, StringComparison.Ordinal).Replace("@FONTS@", fonts, StringComparison.Ordinal)
            .Replace("@EXTENT@", FormattableString.Invariant($"{extent.MinX - 1000:0} {extent.MinY - 1000:0} {extent.MaxX + 1000:0} {extent.MaxY + 1000:0}"), StringComparison.Ordinal));
        void Draw(int times) => Timing.Output("map2img", "-m", map, "-i", "png24", "-o", Path.Combine(folder, "mapserver.png"), "-c", times.ToString(CultureInfo.InvariantCulture));
        var one = Timing.Median("PNG 1600 x 1200, MapServer, whole process", runs, () => Draw(1));
        var nine = Timing.Median("the same nine times in one process", Math.Max(3, runs / 2), () => Draw(9));
        Console.WriteLine(FormattableString.Invariant($"{"PNG 1600 x 1200, MapServer, warm",-62} {(nine - one) / 8,8:0.000} s"));
        return (nine - one) / 8;
    }

    static string Peer(string name) => Path.Combine(AppContext.BaseDirectory, "peers", name);
}
