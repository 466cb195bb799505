using System.IO.Compression;
using System.Xml.Linq;
using Breitband.Export;

namespace Breitband.Tests.Export;

public sealed class WorkbookTests : IDisposable
{
    static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static byte[] Written() => Workbook.Write([
        new("Zahlen/2026", [new("Name", CellFormat.Text), new("Haushalte", CellFormat.Whole), new("Anteil (%)", CellFormat.Percent), new("Stand", CellFormat.Date)],
            [["Groß Kreutz (Havel) <&>\u0001", 1234L, 12.345, new DateOnly(2026, 11, 23)], ["12069017", null, -0.5, null]]),
        new("Angaben", [new("Angabe", CellFormat.Text)], [["Kein Förderanspruch"]])]);

    static XDocument Part(string name)
    {
        using var zip = new ZipArchive(new MemoryStream(Written()));
        using var stream = zip.GetEntry(name)!.Open();
        return XDocument.Load(stream);
    }

    static List<(string At, string? Type, string Value)> Cells() =>
        [.. Part("xl/worksheets/sheet1.xml").Descendants(Main + "c").Select(c => (c.Attribute("r")!.Value, c.Attribute("t")?.Value, c.Value))];

    [Fact]
    public void Figures_are_numbers_and_words_are_words()
    {
        var cells = Cells();
        Assert.Contains(("A2", "inlineStr", "Groß Kreutz (Havel) <&>"), cells);
        Assert.Contains(("B2", null, "1234"), cells);
        Assert.Contains(("C2", null, "12.345"), cells);
        Assert.Contains(("D2", null, "46349"), cells);
        Assert.Contains(("A3", "inlineStr", "12069017"), cells);
        Assert.DoesNotContain(cells, c => c.At is "B3" or "D3");
    }

    [Fact]
    public void The_heading_is_frozen_and_filtered()
    {
        var sheet = Part("xl/worksheets/sheet1.xml");
        var pane = sheet.Descendants(Main + "pane").Single();
        Assert.Equal(("1", "A2", "frozen"), (pane.Attribute("ySplit")!.Value, pane.Attribute("topLeftCell")!.Value, pane.Attribute("state")!.Value));
        Assert.Equal("A1:D3", sheet.Descendants(Main + "autoFilter").Single().Attribute("ref")!.Value);
        Assert.Equal("Zahlen 2026", Part("xl/workbook.xml").Descendants(Main + "sheet").First().Attribute("name")!.Value);
    }

    [Fact]
    public void Equal_content_gives_equal_bytes() => Assert.Equal(Written(), Written());

    [Fact]
    public void GDAL_reads_it_without_a_warning()
    {
        if (!Foreign.Has("ogrinfo"))
            return;
        File.WriteAllBytes(folder.File("zahlen.xlsx"), Written());
        var answer = Foreign.Run("ogrinfo", "-ro", "-al", folder.File("zahlen.xlsx"));
        Assert.DoesNotContain("arning", answer, StringComparison.Ordinal);
        foreach (var said in new[] { "Haushalte (Integer) = 1234", "Anteil (%) (Real) = 12.345", "Stand (Date) = 2026/11/23", "Kein Förderanspruch" })
            Assert.Contains(said, answer, StringComparison.Ordinal);
    }
}
