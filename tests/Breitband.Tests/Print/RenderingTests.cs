using Breitband.Print;
using NetTopologySuite.Geometries;
using SkiaSharp;

namespace Breitband.Tests.Print;

/// <summary>
/// Whole sheets beside pictures that somebody has looked at. BREITBAND_REDRAW=1 draws them anew; look at them before committing.
/// </summary>
public sealed class RenderingTests : IDisposable
{
    static readonly string Golden = Path.Combine(Repository.Root, "tests", "Breitband.Tests", "Print", "golden");
    static readonly GeometryFactory Factory = new(new PrecisionModel(), Crs.Stored);
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static PrintOptions Options(string paper) => OverviewSheetTests.Options(paper) with { Format = PrintFormat.Png, Dpi = 55 };

    /// <summary>A road and a lake through Borkheide.</summary>
    static Backdrop Backdrop()
    {
        var middle = InventedCounty.Result.Rows.Single(r => r.Level == AreaLevel.Municipality && r.Name == "Borkheide").Geometry!.Centroid.Coordinate;
        return new([("road", Factory.CreateLineString([new(middle.X - 5000, middle.Y - 900), middle, new(middle.X + 5000, middle.Y + 700)])),
            ("water", Factory.CreatePoint(new Coordinate(middle.X - 1200, middle.Y + 300)).Buffer(400)), ("forest", Factory.CreatePoint(new Coordinate(middle.X + 900, middle.Y - 600)).Buffer(500))]);
    }

    [Theory]
    [InlineData("uebersicht-a3", "A3")]
    [InlineData("uebersicht-a4", "A4")]
    public void The_overview_looks_as_it_did(string name, string paper) =>
        Compare(name, OverviewSheet.Print(InventedCounty.Result, Options(paper), folder.File("blatt.png"))[0]);

    [Fact]
    public void The_sheet_of_a_municipality_looks_as_it_did_with_its_ground_below() =>
        Compare("borkheide-a4", MunicipalitySheet.Print(InventedCounty.Result, "Borkheide", [], Options("A4") with { Backdrop = Backdrop() }, folder.File("blatt.png"))[0]);

    [Fact]
    public void The_picture_looks_as_it_did()
    {
        SheetFile.Save(folder.File("karte.png"), MapImage.Png(InventedCounty.Result, MapImageTests.Shares(InventedCounty.Result), 800, 640, Language.De));
        Compare("karte", folder.File("karte.png"));
    }

    /// <summary>Skia rounds differently on other processors: a hundredth of the pixels may differ clearly, all together hardly.</summary>
    static void Compare(string name, string drawn)
    {
        var golden = Path.Combine(Golden, name + ".png");
        if (Environment.GetEnvironmentVariable("BREITBAND_REDRAW") == "1")
        {
            Directory.CreateDirectory(Golden);
            File.Copy(drawn, golden, overwrite: true);
        }
        using var expected = SKBitmap.Decode(golden);
        using var actual = SKBitmap.Decode(drawn);
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        var (sum, clearly) = (0L, 0);
        for (var y = 0; y < expected.Height; y++)
            for (var x = 0; x < expected.Width; x++)
            {
                var (a, b) = (expected.GetPixel(x, y), actual.GetPixel(x, y));
                var difference = Math.Max(Math.Abs(a.Red - b.Red), Math.Max(Math.Abs(a.Green - b.Green), Math.Abs(a.Blue - b.Blue)));
                sum += difference;
                clearly += difference > 48 ? 1 : 0;
            }
        var pixels = (double)expected.Width * expected.Height;
        Assert.True(sum / pixels < 1 && clearly / pixels < 0.01, $"{name}: mean difference {sum / pixels:0.00}, clearly different {100 * clearly / pixels:0.00} %");
    }

    [Fact]
    public void In_greyscale_every_class_is_apart_from_every_other_by_lightness_or_hatch()
    {
        var looks = Legend.Default.Shares.Select(c => (c.Symbol.Key, Grey: Grey(c.Symbol))).Concat(Legend.Default.Split.Select(s => (s.Key, Grey: Grey(s)))).ToList();
        foreach (var scale in new[] { looks.Take(Legend.Default.Shares.Count).ToList(), looks.Skip(Legend.Default.Shares.Count).ToList() })
            foreach (var (a, i) in scale.Select((a, i) => (a, i)))
                Assert.All(scale.Skip(i + 1), b => Assert.True(
                    Math.Abs(a.Grey.Mean - b.Grey.Mean) >= 12 || Math.Abs(a.Grey.Spread - b.Grey.Spread) >= 12, $"{a.Key} {a.Grey} and {b.Key} {b.Grey}"));
    }

    /// <summary>Mean and standard deviation of the grey (0 to 255) of two square centimetres at 100 dpi.</summary>
    static (double Mean, double Spread) Grey(Symbol symbol)
    {
        using var bitmap = new SKBitmap(80, 40, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        canvas.Scale(100 / 25.4f);
        using var area = new SKPath();
        area.AddRect(new(-5, -5, 50, 50));
        var surface = new SkiaSurface(canvas);
        surface.Fill(area, symbol.Fill!);
        if (symbol.Hatch is not null)
            surface.Hatch(area, symbol.Hatch);
        canvas.Flush();
        var greys = bitmap.Pixels.Select(p => 0.299 * p.Red + 0.587 * p.Green + 0.114 * p.Blue).ToList();
        var mean = greys.Average();
        return (mean, Math.Sqrt(greys.Average(g => (g - mean) * (g - mean))));
    }
}
