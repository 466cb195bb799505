using System.Text;
using System.Xml.Linq;
using Breitband.Print;
using SkiaSharp;
using UglyToad.PdfPig;

namespace Breitband.Tests.Print;

public sealed class OverviewSheetTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("breitband-print").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    internal static PrintOptions Options(string paper) => new() { Paper = Paper.Parse(paper), PrintDate = new(2026, 11, 23), Contact = "Fachdienst Kreisentwicklung, 033841 91-0" };

    string Sheet(PrintOptions options, string name = "blatt.pdf") => OverviewSheet.Print(InventedCounty.Result, options, Path.Combine(folder, name))[0];

    [Theory]
    [InlineData("A4", 210, 297)]
    [InlineData("A4-quer", 297, 210)]
    [InlineData("A3", 420, 297)]
    [InlineData("a2", 594, 420)]
    [InlineData("A1 hoch", 594, 841)]
    [InlineData("A0", 1189, 841)]
    public void A_page_has_the_size_of_its_paper_to_a_hundredth_of_a_millimetre(string paper, double width, double height)
    {
        using var pdf = PdfDocument.Open(Sheet(Options(paper)));
        foreach (var page in pdf.GetPages())
        {
            Assert.Equal(width, page.Width * 25.4 / 72, 2);
            Assert.Equal(height, page.Height * 25.4 / 72, 2);
        }
    }

    [Theory]
    [InlineData("A3", 300)]
    [InlineData("A4", 500)]
    public void The_sheet_says_all_that_a_reader_must_know(string paper, int thousands)
    {
        using var pdf = PdfDocument.Open(Sheet(Options(paper)));
        var text = Flat(pdf.GetPage(1).Text);
        foreach (var said in new[] { $"1:{thousands}.000", "Gitternord", "Demonstrationsdaten", "Kein Förderanspruch, ersetzt kein Markterkundungsverfahren", "Entwurf", "3f9a1c20be", "EPSG:25833",
            "Gigabit-Richtlinie 2.0", "unbestätigt", "Breitbandatlas", "Versorgung (Raster) 30.06.2021", "© GeoBasis-DE / BKG (2024)", "033841 91-0", "88.178 Haushalten", "9.296 Haushalte", "95 % und mehr" })
            Assert.Contains(Flat(said), text, StringComparison.Ordinal);
        Assert.DoesNotContain("unterversorgt", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("förderfähig", text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("2021-06-30", "2023-12-31", true)]
    [InlineData("2022-12-31", "2023-12-31", false)]
    public void The_message_names_the_break_of_mid_2022_where_the_comparison_goes_across_it(string then, string now, bool broken)
    {
        static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", null);

        var (county, stamp) = (InventedCounty.Result.Rows.Single(r => r.Level == AreaLevel.County), InventedCounty.Result.Editions[0]);
        var comparison = new Comparison(stamp with { Date = Day(then) }, stamp with { Date = Day(now) }, Comparison.BreakBetween(Day(then), Day(now), EvidenceKind.Atlas),
            [new(county.Level, county.Key, county.Name, county.Households, county.Households, 7 * Split.One, 0)], []);
        using var pdf = PdfDocument.Open(OverviewSheet.Print(InventedCounty.Result with { Comparison = comparison }, Options("A3"), Path.Combine(folder, $"{then}.pdf"))[0]);
        var text = Flat(pdf.GetPage(1).Text);
        Assert.Contains(Flat("+7 Haushalte sicher versorgt"), text, StringComparison.Ordinal);
        Assert.Equal(broken, text.Contains(Flat("Methodenbruch: Seit Mitte 2022 melden"), StringComparison.Ordinal));
    }

    [Fact]
    public void The_text_of_the_table_page_equals_the_figures()
    {
        using var pdf = PdfDocument.Open(Sheet(Options("A3")));
        var text = Flat(pdf.GetPage(2).Text);
        var rows = InventedCounty.Result.Rows.Where(r => r.Level == AreaLevel.Municipality).OrderBy(r => Formats.SortKey(r.Name), StringComparer.Ordinal).ToList();
        var county = InventedCounty.Result.Rows.Single(r => r.Level == AreaLevel.County);
        var (cells, sum) = Figures.Table([.. rows.Select(r => r.Households)], county.Households);
        foreach (var (row, whole) in rows.Zip(cells))
            Assert.Contains(Flat(row.Name + row.Key + Row(whole, row.Households)), text, StringComparison.Ordinal);
        Assert.Contains(Flat("Landkreis Potsdam-Mittelmark" + Row(sum, county.Households)), text, StringComparison.Ordinal);
    }

    static string Row(long[] whole, Split split) => string.Create(Formats.Culture(Language.De),
        $"{whole.Sum():N0}{whole[0]:N0}{whole[1]:N0}{whole[2]:N0}{whole[3]:N0}{whole[1] + whole[3]:N0}{split.Percent(split.Open):0.0}");

    static string Flat(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    [Theory]
    [InlineData("A3", 300_000)]
    [InlineData("A4", 500_000)]
    [InlineData("A1", 150_000)]
    public void Every_municipality_has_its_whole_name_and_no_name_touches_another_or_the_edge(string paper, int scale)
    {
        var result = InventedCounty.Result;
        var municipalities = result.Rows.Where(r => r.Level == AreaLevel.Municipality).ToList();
        var county = result.Rows.Single(r => r.Level == AreaLevel.County);
        var unit = Paper.Parse(paper).Unit;
        var frame = new MapFrame(new(10, 40, county.Geometry!.EnvelopeInternal.Width * 1000 / scale + 8, county.Geometry.EnvelopeInternal.Height * 1000 / scale + 8), county.Geometry.EnvelopeInternal, scale);
        var corner = new Box(frame.Box.Left, frame.Box.Top, 40, 10);
        var labels = new OverviewPainter(county, municipalities, [.. result.Rows.Where(r => r.Level == AreaLevel.Settlement)], new(1000 * Split.One, 4), Backdrop.None, unit, true, Language.De).Names(frame, [corner]);
        Assert.Equal(municipalities.Select(m => Flat(m.Name)).Order(), labels.Select(l => Flat(string.Concat(l.Lines))).Order());
        Assert.All(labels, l => Assert.True(frame.Box.Contains(l.Box) && corner.Overlap(l.Box) == 0));
        foreach (var (a, i) in labels.Select((l, i) => (l, i)))
            Assert.All(labels.Skip(i + 1), b => Assert.Equal(0, a.Box.Overlap(b.Box)));
    }

    [Fact]
    public void Equal_options_give_equal_files_of_at_most_three_megabytes_that_say_their_title_and_language()
    {
        var (first, second) = (File.ReadAllBytes(Sheet(Options("A3"), "a.pdf")), File.ReadAllBytes(Sheet(Options("A3"), "b.pdf")));
        Assert.Equal(first, second);
        Assert.InRange(first.Length, 10_000, 3_000_000);
        Assert.Contains("/Lang (de-DE)", Encoding.Latin1.GetString(first), StringComparison.Ordinal);
        using var pdf = PdfDocument.Open(first);
        Assert.Equal("Breitbandversorgung: Landkreis Potsdam-Mittelmark", pdf.Information.Title);
        Assert.All(pdf.GetPages().SelectMany(p => p.Letters), l => Assert.Contains("Inter", l.FontName, StringComparison.Ordinal));
    }

    [Fact]
    public void No_text_is_smaller_than_nine_points()
    {
        using var pdf = PdfDocument.Open(Sheet(Options("A4")));
        Assert.All(pdf.GetPages().SelectMany(p => p.Letters), l => Assert.True(l.PointSize >= 8.99, $"{l.Value}: {l.PointSize}"));
    }

    [Fact]
    public void An_SVG_holds_real_text_and_every_page_is_a_file_of_its_own()
    {
        var files = OverviewSheet.Print(InventedCounty.Result, Options("A3") with { Format = PrintFormat.Svg }, Path.Combine(folder, "karte.svg"));
        Assert.Equal(["karte.svg", "karte-2.svg"], files.Select(Path.GetFileName));
        var root = XDocument.Load(files[0]).Root!;
        Assert.Equal(("420mm", "297mm"), ((string)root.Attribute("width")!, (string)root.Attribute("height")!));
        Assert.All(files, f => Assert.InRange(new FileInfo(f).Length, 1, 3_000_000));
        Assert.Contains("Treuenbrietzen", File.ReadAllText(files[0]), StringComparison.Ordinal);
        Assert.Contains("Mühlenfließ", File.ReadAllText(files[1]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_margin_too_long_for_the_sheet_goes_on_behind_the_table_and_keeps_the_scale()
    {
        var result = InventedCounty.Result;
        var stamps = Enumerable.Range(10, 25).Select(i => result.Editions[4] with { Number = i, Licence = new($"Betreiber {i}, Angaben der Markterkundung mit einer längeren Bezeichnung", "", "") });
        var file = OverviewSheet.Print(result with { Editions = [.. result.Editions, .. stamps] }, Options("A4"), Path.Combine(folder, "lang.pdf"))[0];
        using var pdf = PdfDocument.Open(file);
        var first = Flat(pdf.GetPage(1).Text);
        Assert.Contains("1:500.000", first, StringComparison.Ordinal);
        Assert.Contains("RandangabenweiterhinterderTabelle", first, StringComparison.Ordinal);
        Assert.Contains("Betreiber34", Flat(string.Concat(pdf.GetPages().Skip(1).Select(p => p.Text))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_map_shows_each_municipality_in_the_colour_of_its_class()
    {
        var (result, options) = (InventedCounty.Result, Options("A1") with { Format = PrintFormat.Png, Dpi = 40 });
        using var image = SKBitmap.Decode(OverviewSheet.Print(result, options, Path.Combine(folder, "karte.png"))[0]);
        Assert.Equal((1324, 935), (image.Width, image.Height));
        var seen = new HashSet<SKColor>();
        for (var y = 120; y < image.Height; y += 2)
            for (var x = 0; x < image.Width * 2 / 3; x += 2)
                seen.Add(image.GetPixel(x, y));
        var classes = result.Rows.Where(r => r.Level == AreaLevel.Municipality).Select(r => Legend.Default.Share(r.Households.Percent(r.Households.Open))).Distinct().ToList();
        Assert.InRange(classes.Count, 4, 6);
        Assert.All(classes, c => Assert.Contains(SKColor.Parse(c.Fill), seen));
        Assert.Contains(SKColor.Parse(Legend.Default.Circle.Fill), seen);
    }

    [Fact]
    public void An_English_sheet_speaks_English()
    {
        using var pdf = PdfDocument.Open(Sheet(Options("A3") with { Language = Language.En, Released = true }));
        var text = Flat(pdf.GetPage(1).Text);
        Assert.Contains("Noclaimtofunding", text, StringComparison.Ordinal);
        Assert.Contains("released", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Haushalte", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_change_since_an_earlier_result_is_stated()
    {
        using var pdf = PdfDocument.Open(Sheet(Options("A3") with { Previous = InventedCounty.Make(2) }));
        Assert.Contains("VeränderungzumStand01.11.2026", Flat(pdf.GetPage(1).Text), StringComparison.Ordinal);
    }

    [Fact]
    public void Paper_that_does_not_exist_is_answered_with_near_names()
    {
        var wrong = Assert.Throws<BreitbandException>(() => Paper.Parse("A5"));
        Assert.Equal(Outcome.WrongUse, wrong.Outcome);
        Assert.Contains("Meinten Sie A0 oder", wrong.Text.De, StringComparison.Ordinal);
        Assert.Contains("pdf", Assert.Throws<BreitbandException>(() => PrintOptions.ParseFormat("pfd")).Text.De, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scale_that_cuts_the_county_off_is_refused_with_the_next_that_fits()
    {
        var refused = Assert.Throws<BreitbandException>(() => Sheet(Options("A3") with { Scale = 200_000 }));
        Assert.Equal(Outcome.InputRefused, refused.Outcome);
        Assert.Contains("1:300.000", refused.Text.De, StringComparison.Ordinal);
        Assert.Contains("nicht rund", Assert.Throws<BreitbandException>(() => Sheet(Options("A3") with { Scale = 333_333 })).Text.De, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        var failed = Assert.Throws<BreitbandException>(() => Sheet(Options("A3"), "fehlt/blatt.pdf"));
        Assert.Equal(Outcome.Failed, failed.Outcome);
        Assert.Contains("fehlt", failed.Text.De, StringComparison.Ordinal);
    }
}
