using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Breitband.Print;
using Breitband.Tests.Analyse;
using Breitband.Tests.Service.Http;
using NetTopologySuite.Geometries;
using SkiaSharp;

namespace Breitband.Tests.Map;

/// <summary>The same places have the same classes, pixel by pixel, on the painted tiles, in the browser, in print and in QGIS.</summary>
public sealed class SameClassesTests(ServedClasses served) : IClassFixture<ServedClasses>
{
    /// <summary>Pixels looked at to each side of a place: more than a hatch repeats in.</summary>
    const int Around = 12;

    const int Edge = 2 * Around + 1;

    /// <param name="Group">What alone is shown.</param>
    /// <param name="Table">Where QGIS finds it.</param>
    /// <param name="Solid">For an outline: whether it has no gaps; null for areas.</param>
    sealed record Place(string Group, string Table, string What, double X, double Y, Symbol Symbol, Hatch? Hatch = null, bool? Solid = null)
    {
        public int Zoom => Group == "municipality-share" ? 11 : 14;

        /// <summary>Metres of a pixel in print and QGIS.</summary>
        public double Metres => Group == "municipality-share" ? 13 : 1.5;
    }

    GapResult? result;

    async Task<List<Place>> Places()
    {
        result = await served.Site.Results.Last();
        var (legend, places) = (Legend.Default, new List<Place>());
        foreach (var area in result.Rows.Where(r => r.Level == AreaLevel.Municipality && r.Geometry is not null))
        {
            var (box, symbol) = (area.Geometry!.EnvelopeInternal, legend.Share(area.Households.Percent(area.Households.Open)));
            places.Add(new("municipality-share", "result_municipalities", area.Name, box.Centre.X, box.MaxY - 250, symbol, legend.IsMostlyUnclear(area.Households) ? legend.MostlyUnclear.Symbol.Hatch : symbol.Hatch));
        }
        foreach (var area in result.Rows.Where(r => r.Level == AreaLevel.Settlement && r.Geometry is not null))
        {
            var (inside, symbol) = (area.Geometry!.InteriorPoint, legend.Share(area.Households.Percent(area.Households.Open)));
            places.Add(new("municipality-share", "result_settlements", area.Name, inside.X, inside.Y, symbol));
        }
        foreach (var gap in result.GapAreas.GroupBy(g => legend.ShareIndex(100 * g.Share)).Select(g => g.MaxBy(a => a.Geometry.Area)!))
            places.Add(new("gap", "gaps", gap.Key, gap.Geometry.InteriorPoint.X, gap.Geometry.InteriorPoint.Y, legend.Share(100 * gap.Share), legend.Share(100 * gap.Share).Hatch));
        places.Add(new("settlement", "settlements_dorf_e2", "Adorf", Village.X0 + 40, Village.Y0 + 40, legend.Settlement));
        places.Add(new("measure", "measures", "M1, construction", Village.X0 + 100, Village.Y0 + 150, legend.Measures[0].Symbol, Solid: true));
        places.Add(new("measure", "measures", "M2, decision_preliminary", Village.X0 + 200, Village.Y0 + 150, legend.Measures.First(m => m.Symbol.Key == "early").Symbol, Solid: false));
        // What the test is about is there.
        var shares = places.Where(p => p.Group == "municipality-share").ToList();
        Assert.Contains(shares, p => p.Symbol.Key == "no_households");
        Assert.Contains(shares, p => p.Symbol.Key == "share_0");
        Assert.Contains(shares, p => p.Hatch == legend.MostlyUnclear.Symbol.Hatch);
        Assert.Contains(places, p => p.Group == "gap" && p.Symbol.Key == "share_95");
        return places;
    }

    static bool Near(SKColor a, SKColor b, int most) => Math.Abs(a.Red - b.Red) <= most && Math.Abs(a.Green - b.Green) <= most && Math.Abs(a.Blue - b.Blue) <= most;

    /// <summary>A line thinner than a pixel is smoothed: a mixture of both, and no outline, which is darker than any hatch.</summary>
    static bool Over(SKColor pixel, SKColor fill, SKColor line)
    {
        static bool Between(int value, int from, int to) => Math.Abs(to - from) < 30 || (value - from) / (double)(to - from) is >= 0.4 and <= 1.1;
        return Between(pixel.Red, fill.Red, line.Red) && Between(pixel.Green, fill.Green, line.Green) && Between(pixel.Blue, fill.Blue, line.Blue);
    }

    /// <summary>What is wrong with the pixels around a place; null where nothing is.</summary>
    static string? Fault(Place place, SKColor[] pixels)
    {
        if (place.Solid is { } solid)
        {
            var rows = Enumerable.Range(0, Edge).Count(y => Enumerable.Range(0, Edge).Any(x => Near(pixels[y * Edge + x], SKColor.Parse(place.Symbol.Outline), 70)));
            return rows > 0 && (rows == Edge) == solid ? null : $"{place.What}: {rows} of {Edge} rows have the outline";
        }
        if (!pixels.Contains(SKColor.Parse(place.Symbol.Fill)))
            return $"{place.What}: no {place.Symbol.Key}, {place.Symbol.Fill}, but {string.Join(' ', pixels.Distinct().Take(12))}";
        return place.Hatch is { } hatch && !pixels.Any(p => Over(p, SKColor.Parse(place.Symbol.Fill), SKColor.Parse(hatch.Colour))) ? $"{place.What}: no hatch {hatch.Colour} but {string.Join(' ', pixels.Distinct().Take(12))}" : null;
    }

    static SKColor[] Window(SKBitmap picture, int x, int y) => [.. Enumerable.Range(0, Edge * Edge).Select(i => picture.GetPixel(Math.Clamp(x - Around + i % Edge, 0, picture.Width - 1), Math.Clamp(y - Around + i / Edge, 0, picture.Height - 1)))];

    static void None(IEnumerable<string?> faults) => Assert.Equal("", string.Join('\n', faults.Where(f => f is not null)));

    [Fact]
    public async Task The_painter_draws_them()
    {
        var places = await Places();
        await served.Json("/tilejson");
        var pyramid = (await served.Site.Pyramids.Current(Disclosure.Public))!;
        var painter = new TilePainter(Legend.Default);
        None(places.Select(place =>
        {
            var (east, north) = Crs.Transform(Crs.Stored, Crs.WebMercator)(place.X, place.Y);
            var (world, count) = (TileAddress.World(east, north), 1 << place.Zoom);
            var tile = new TileAddress(place.Zoom, (int)(world.X * count), (int)(world.Y * count));
            using var picture = painter.Picture(VectorTile.Read(pyramid.Read(tile)), tile, tile, new() { Opacity = TilePainter.Groups.Where(g => g != place.Group).ToDictionary(g => g, _ => 0.0) });
            return Fault(place, Window(picture, (int)((world.X * count - tile.X) * 512), (int)((world.Y * count - tile.Y) * 512)));
        }));
    }

    [Fact]
    public async Task The_printed_sheets_draw_them()
    {
        var places = await Places();
        AreaResult[] Rows(AreaLevel level) => [.. result!.Rows.Where(r => r.Level == level && r.Geometry is { IsEmpty: false })];
        var (municipalities, settlements) = (Rows(AreaLevel.Municipality), Rows(AreaLevel.Settlement));
        var measures = result!.Measures.Select(m => (m, Village.Measures.First(v => v.Key == m.Key).Geometry!)).ToArray();
        None(places.Select(place =>
        {
            const double PixelsPerMillimetre = 96 / 25.4;
            using var picture = new SKBitmap(400, 400, SKColorType.Rgba8888, SKAlphaType.Opaque);
            using var canvas = new SKCanvas(picture);
            canvas.Clear(SKColor.Parse(Legend.Default.Page));
            canvas.Scale((float)PixelsPerMillimetre);
            var frame = new MapFrame(new(0, 0, 400 / PixelsPerMillimetre, 400 / PixelsPerMillimetre), new Envelope(new Coordinate(place.X, place.Y)), (int)(1000 * place.Metres * PixelsPerMillimetre));
            var surface = new SkiaSurface(canvas);
            if (place.Table == "result_settlements")
                new ViewPainter(result, new(frame.Extent, PrintedView.Layers(place.Group)), new CircleScale(1, 1), Backdrop.None, 1, Language.De).Draw(surface, frame);
            else if (place.Group == "municipality-share")
                new OverviewPainter(result.Rows.First(r => r.Level == AreaLevel.County), municipalities, [], new CircleScale(1, 1), Backdrop.None, 1, false, Language.De).Draw(surface, frame);
            else
                new MunicipalityPainter(result, municipalities.First(m => m.Geometry!.Contains(Served.Point(place.X, place.Y))), place.Group == "settlement" ? settlements : [],
                    place.Group == "gap" ? [.. result.GapAreas] : [], place.Group == "measure" ? measures : [], Backdrop.None, 1, Language.De).Draw(surface, frame);
            canvas.Flush();
            return Fault(place, Window(picture, 200, 200));
        }));
    }

    [Fact]
    public async Task The_browser_draws_them()
    {
        if (!Chromium.Here)
            return;
        var places = await Places();
        await using var browser = await Chromium.Start(1300, 900);
        var faults = new List<string?>();
        foreach (var place in places.OrderBy(p => p.Group, StringComparer.Ordinal))
        {
            var (x, y) = Crs.Transform(Crs.Stored, Crs.Geographic)(place.X, place.Y);
            await browser.Open(string.Create(CultureInfo.InvariantCulture, $"{served.Root}/map?aus={string.Join(',', TilePainter.Groups.Where(g => g != place.Group))}#karte={place.Zoom}.5/{y:0.000000}/{x:0.000000}"));
            await browser.Until("document.body.dataset.fertig === 'ja' && !document.getElementById('erstes-bild')");
            var middle = (await browser.Evaluate("(() => { const b = document.getElementById('karte').getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2].map(Math.round); })()")).EnumerateArray().Select(v => v.GetInt32()).ToArray();
            string? fault = "nothing drawn";
            for (var look = 0; look < 40 && fault is not null; look++)
            {
                await browser.Evaluate("new Promise(r => setTimeout(r, 250))");
                using var picture = SKBitmap.Decode(await browser.Picture());
                fault = Fault(place, Window(picture, middle[0], middle[1]));
            }
            faults.Add(fault);
        }
        None(faults);
    }

    /// <summary>The interpreter QGIS belongs to may not be the first of the path.</summary>
    const string Python = "/usr/bin/python3";

    const string Script = """
        import json, os, sys
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from qgis.core import QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsRectangle, QgsVectorLayer
        from qgis.PyQt.QtCore import QSize
        app = QgsApplication([], False)
        app.initQgis()
        for place in json.loads(sys.argv[2]):
            layer = QgsVectorLayer(sys.argv[1] + "|layername=" + place["table"], "", "ogr")
            layer.setLabelsEnabled(False)
            layer.setScaleBasedVisibility(False)
            settings = QgsMapSettings()
            settings.setLayers([layer])
            settings.setOutputDpi(96)
            settings.setFlag(QgsMapSettings.Antialiasing, False)
            settings.setDestinationCrs(layer.crs())
            edge, half = place["edge"], place["edge"] / 2 * place["metres"]
            settings.setExtent(QgsRectangle(place["x"] - half, place["y"] - half, place["x"] + half, place["y"] + half))
            settings.setOutputSize(QSize(edge, edge))
            job = QgsMapRendererParallelJob(settings)
            job.start()
            job.waitForFinished()
            image = job.renderedImage()
            print("pixels " + " ".join(image.pixelColor(i % edge, i // edge).name() for i in range(edge * edge)))
        sys.stdout.flush()
        os._exit(0)
        """;

    [Fact]
    public async Task QGIS_draws_them()
    {
        Assert.SkipUnless(Directory.Exists("/usr/lib/python3/dist-packages/qgis"), "QGIS with its Python is not installed.");
        var places = await Places();
        var start = new ProcessStartInfo(Python, ["-c", Script, served.Location, JsonSerializer.Serialize(places.Select(p => new { table = p.Table, x = p.X, y = p.Y, metres = p.Metres, edge = Edge }))]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var lines = (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n').Where(l => l.StartsWith("pixels ", StringComparison.Ordinal)).ToList();
        Assert.True(lines.Count == places.Count, await errors);
        None(places.Zip(lines, (place, line) => Fault(place, [.. line.Split(' ').Skip(1).Select(SKColor.Parse)])));
    }
}
