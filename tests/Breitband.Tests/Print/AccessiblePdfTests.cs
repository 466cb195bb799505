using Breitband.Print;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Graphics.Operations;
using UglyToad.PdfPig.Graphics.Operations.MarkedContent;
using UglyToad.PdfPig.Graphics.Operations.TextShowing;
using UglyToad.PdfPig.Tokens;

namespace Breitband.Tests.Print;

/// <summary>A sheet read aloud: what PDF/UA-1 asks of a file and a machine can check (Matterhorn Protocol 1.1).</summary>
public sealed class AccessiblePdfTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("breitband-print").FullName;
    readonly PdfDocument pdf;

    public AccessiblePdfTests() => pdf = PdfDocument.Open(OverviewSheet.Print(InventedCounty.Result, OverviewSheetTests.Options("A4"), Path.Combine(folder, "blatt.pdf"))[0]);

    public void Dispose()
    {
        pdf.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    IToken Of(DictionaryToken from, string name) => Resolved(from.Data[name]);

    IToken Resolved(IToken token) => token is IndirectReferenceToken reference ? pdf.Structure.GetObject(reference.Data).Data : token;

    static string Name(IToken token) => ((NameToken)token).Data;

    DictionaryToken Catalogue => pdf.Structure.Catalog.CatalogDictionary;

    DictionaryToken Document => (DictionaryToken)Resolved(((ArrayToken)Of((DictionaryToken)Of(Catalogue, "StructTreeRoot"), "K")).Data[0]);

    /// <summary>The parts directly within a part.</summary>
    List<DictionaryToken> Parts(DictionaryToken element) =>
        [.. ((ArrayToken)Of(element, "K")).Data.Select(Resolved).OfType<DictionaryToken>().Where(d => d.Data.ContainsKey("S"))];

    List<DictionaryToken> Parts(DictionaryToken element, string role) => [.. Parts(element).Where(p => Name(p.Data["S"]) == role)];

    [Fact]
    public void The_file_says_that_it_is_tagged_its_language_its_title_and_the_standard()
    {
        Assert.Equal("true", Of((DictionaryToken)Of(Catalogue, "MarkInfo"), "Marked").ToString(), ignoreCase: true);
        Assert.Equal("de-DE", ((StringToken)Of(Catalogue, "Lang")).Data);
        Assert.True(pdf.TryGetXmpMetadata(out var xmp));
        Assert.Contains("<pdfuaid:part>1</pdfuaid:part>", xmp.GetXDocument().ToString(), StringComparison.Ordinal);
        Assert.Contains("Breitbandversorgung: Landkreis Potsdam-Mittelmark", xmp.GetXDocument().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_sheet_is_heard_as_title_message_map_in_words_and_headed_paragraphs()
    {
        var roles = Parts(Document).Select(p => Name(p.Data["S"])).ToList();
        Assert.Equal(["H1", "P", "P", "P", "Figure", "H2", "P"], roles.Take(7));
        Assert.Single(roles, "H1");
        var heard = ((IDataToken<string>)Of(Parts(Document, "Figure").Single(), "Alt")).Data;
        Assert.Contains("Von 88.178 Haushalten", heard, StringComparison.Ordinal);
        Assert.Contains("Tabelle „Gemeinden in Zahlen“", heard, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_is_a_table_of_headed_columns_and_rows_as_regular_as_it_looks()
    {
        var tables = Parts(Document, "Table");
        var municipalities = InventedCounty.Result.Rows.Count(r => r.Level == AreaLevel.Municipality);
        Assert.Equal(municipalities + 1 + tables.Count, tables.Sum(t => Parts(t, "TR").Count));
        foreach (var rows in tables.Select(t => Parts(t, "TR")))
        {
            Assert.All(rows, r => Assert.Equal(9, Parts(r).Count));
            Assert.Equal(Enumerable.Repeat("Column", 9), Parts(rows[0], "TH").Select(Scope));
            Assert.All(rows.Skip(1), r => Assert.Equal("Row", Scope(Assert.Single(Parts(r, "TH")))));
        }
        string Scope(DictionaryToken cell) => Name(((DictionaryToken)Of(cell, "A")).Data["Scope"]);
    }

    [Fact]
    public void Every_text_is_in_a_part_or_marked_as_ornament_and_every_mark_is_known_to_the_tree()
    {
        var owners = ((ArrayToken)Of((DictionaryToken)Of((DictionaryToken)Of(Catalogue, "StructTreeRoot"), "ParentTree"), "Nums")).Data;
        for (var page = 1; page <= pdf.NumberOfPages; page++)
        {
            var (depth, marks) = (0, 0);
            foreach (var operation in pdf.GetPage(page).Operations)
            {
                Assert.True(operation is not (ShowText or IGraphicsStateOperation { Operator: "f" or "f*" or "S" or "b" or "s" }) || depth == 1, $"{operation.Operator} on page {page}");
                depth += operation is BeginMarkedContent or BeginMarkedContentWithProperties ? 1 : operation is EndMarkedContent ? -1 : 0;
                marks += operation is BeginMarkedContentWithProperties ? 1 : 0;
            }
            Assert.Equal((0, marks), (depth, ((ArrayToken)owners[2 * page - 1]).Length));
        }
    }

    [Fact]
    public void Bookmarks_lead_to_the_map_and_to_its_table()
    {
        Assert.True(pdf.TryGetBookmarks(out var bookmarks));
        Assert.Equal(("Breitbandversorgung: Landkreis Potsdam-Mittelmark", "Gemeinden in Zahlen"), (bookmarks.Roots[0].Title, Assert.Single(bookmarks.Roots[0].Children).Title));
    }
}
