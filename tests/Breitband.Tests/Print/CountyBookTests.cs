using Breitband.Print;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Outline;

namespace Breitband.Tests.Print;

/// <summary>Documents of many sheets: what the contents and bookmarks promise stands where they say.</summary>
public sealed class CountyBookTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("breitband-print").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    PdfDocument Atlas(string paper = "A4") => PdfDocument.Open(CountyBook.Atlas(InventedCounty.Result, [], OverviewSheetTests.Options(paper), Path.Combine(folder, "blaetter.pdf"))[0]);

    static string Flat(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    static List<(string Title, int Page)> Sheets(PdfDocument pdf) => pdf.TryGetBookmarks(out var bookmarks)
        ? [.. bookmarks.Roots.OfType<DocumentBookmarkNode>().Select(b => (b.Title, b.PageNumber))] : [];

    [Fact]
    public void An_atlas_has_a_sheet_for_every_municipality_where_contents_and_bookmarks_say()
    {
        using var pdf = Atlas();
        var sheets = Sheets(pdf);
        var names = InventedCounty.Result.Rows.Where(r => r.Level == AreaLevel.Municipality).Select(r => r.Name).ToList();
        Assert.Equal(names.Select(n => $"Breitbandversorgung: {n}").Order(StringComparer.Ordinal), sheets.Skip(1).Select(s => s.Title).Order(StringComparer.Ordinal));
        var contents = Flat(string.Concat(Enumerable.Range(1, sheets[1].Page - 1).Select(p => pdf.GetPage(p).Text)));
        foreach (var (title, page) in sheets.Skip(1))
        {
            var name = title["Breitbandversorgung: ".Length..];
            Assert.Contains(Flat(title), Flat(pdf.GetPage(page).Text), StringComparison.Ordinal);
            Assert.Matches($"{System.Text.RegularExpressions.Regex.Escape(Flat(name))}[0-9.,–]*{page}", contents);
        }
    }

    [Fact]
    public void Of_a_single_page_nothing_else_is_drawn()
    {
        var files = CountyBook.Atlas(InventedCounty.Result, [], OverviewSheetTests.Options("A4") with { Format = PrintFormat.Svg, Page = 2 }, Path.Combine(folder, "blatt.svg"));
        Assert.Equal([files[1]], Directory.GetFiles(folder));
        Assert.Contains($"Blatt 2 von {files.Count}", File.ReadAllText(files[1]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A4")]
    [InlineData("A4-quer")]
    public void Its_pages_are_numbered_through(string paper)
    {
        using var pdf = Atlas(paper);
        for (var page = 1; page <= pdf.NumberOfPages; page++)
            Assert.Contains(Flat($"Blatt {page} von {pdf.NumberOfPages}"), Flat(pdf.GetPage(page).Text), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_begins_with_the_overview_and_ends_with_methods_and_every_file()
    {
        using var pdf = PdfDocument.Open(CountyBook.Report(InventedCounty.Result, [], OverviewSheetTests.Options("A4"), Path.Combine(folder, "bericht.pdf"))[0]);
        var sheets = Sheets(pdf);
        Assert.Equal(("Breitbandversorgung: Landkreis Potsdam-Mittelmark", "Verfahren und Quellen"), (sheets[1].Title, sheets[^1].Title));
        var methods = Flat(string.Concat(Enumerable.Range(sheets[^1].Page, pdf.NumberOfPages - sheets[^1].Page + 1).Select(p => pdf.GetPage(p).Text)));
        Assert.All(InventedCounty.Result.Editions, e => Assert.Contains(Flat(e.Dataset), methods, StringComparison.Ordinal));
        Assert.Contains(Flat("© GeoBasis-DE / BKG"), methods, StringComparison.Ordinal);
    }
}
