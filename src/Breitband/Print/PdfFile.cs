using System.Globalization;
using System.Security;
using System.Text;

namespace Breitband.Print;

/// <summary>
/// A PDF that can be read aloud (PDF/UA-1, ISO 14289-1): every text and figure is tagged, the rest is marked as ornament; language, title,
/// bookmarks and fonts are in the file.
/// </summary>
sealed class PdfFile
{
    readonly PdfObjects objects = new();
    readonly PdfStructure structure = new();
    readonly PdfFont[] fonts = [new(bold: false), new(bold: true)];
    readonly IReadOnlyList<Page> pages;
    readonly string title;
    readonly PrintOptions options;

    PdfFile(IReadOnlyList<Page> pages, string title, PrintOptions options) => (this.pages, this.title, this.options) = (pages, title, options);

    public static byte[] Write(IReadOnlyList<Page> pages, string title, PrintOptions options) => new PdfFile(pages, title, options).Write();

    byte[] Write()
    {
        var contents = pages.Select(Content).ToList();
        var (tree, ids) = (objects.Reserve(), pages.Select(_ => objects.Reserve()).ToList());
        var resources = string.Concat(fonts.Select((f, i) => f.Used ? $"/F{i} {f.Write(objects)} 0 R " : ""));
        for (var i = 0; i < pages.Count; i++)
            objects.Set(ids[i], string.Create(CultureInfo.InvariantCulture,
                $"<</Type /Page /Parent {tree} 0 R /MediaBox [0 0 {Points(pages[i].Width)} {Points(pages[i].Height)}] /Resources <</Font <<{resources}>>>> /Contents {contents[i]} 0 R /StructParents {i} /Tabs /S>>"));
        objects.Set(tree, $"<</Type /Pages /Kids [{string.Concat(ids.Select(p => $"{p} 0 R "))}] /Count {pages.Count}>>");
        var (root, outline, metadata) = (Structure(ids), Bookmarks(ids), objects.Stream(Encoding.UTF8.GetBytes(Metadata()), "/Type /Metadata /Subtype /XML ", packed: false));
        var catalogue = objects.Add($"<</Type /Catalog /Pages {tree} 0 R /Metadata {metadata} 0 R /StructTreeRoot {root} 0 R /Outlines {outline} 0 R /MarkInfo <</Marked true>> "
            + $"/Lang ({(options.Language == Language.De ? "de-DE" : "en-GB")}) /ViewerPreferences <</DisplayDocTitle true>>>>");
        var date = $"(D:{options.PrintDate:yyyyMMdd}000000Z)";
        return objects.End(catalogue, objects.Add($"<</Title {PdfObjects.Text(title)} /Author {PdfObjects.Text(options.Publisher)} /Creator (Breitband) /Producer (Breitband) /CreationDate {date} /ModDate {date}>>"));
    }

    int Content(Page page, int index)
    {
        var surface = new PdfSurface(structure, fonts, index, page.Height);
        page.Draw(surface);
        surface.End();
        return objects.Stream(surface.Content.Written);
    }

    static string Points(double millimetres) => (millimetres * 72 / 25.4).ToString("0.####", CultureInfo.InvariantCulture);

    int Structure(List<int> ids)
    {
        var (root, document) = (objects.Reserve(), objects.Reserve());
        structure.Root.Id = document;
        foreach (var element in structure.Elements)
            element.Id = objects.Reserve();
        objects.Set(document, $"<</Type /StructElem /S /Document /P {root} 0 R /K [{Children(structure.Root, ids)}]>>");
        foreach (var element in structure.Elements)
            objects.Set(element.Id, $"<</Type /StructElem /S /{element.Tag!.Role} /P {element.Parent!.Id} 0 R /K [{Children(element, ids)}]{Attributes(element.Tag, element, ids)}>>");
        var owners = Enumerable.Range(0, ids.Count).Select(p => $"{p} [{string.Concat(structure.Marks(p).Select(e => $"{e.Id} 0 R "))}] ");
        var parents = objects.Add($"<</Nums [{string.Concat(owners)}]>>");
        return objects.Set(root, $"<</Type /StructTreeRoot /K [{document} 0 R] /ParentTree {parents} 0 R /ParentTreeNextKey {ids.Count}>>");
    }

    static string Children(PdfElement element, List<int> ids) =>
        string.Join(' ', element.Children.Select(c => c.Part is { } part ? $"{part.Id} 0 R" : $"<</Type /MCR /Pg {ids[c.Page]} 0 R /MCID {c.Mark}>>"));

    string Attributes(Tag tag, PdfElement element, List<int> ids)
    {
        var text = tag.Alternative is null ? "" : $" /Alt {PdfObjects.Text(tag.Alternative)}";
        if (tag.Scope is not null)
            text += $" /A <</O /Table /Scope /{tag.Scope}>>";
        if (tag.Bounds is not { } box)
            return text;
        var page = element.Children.Where(c => c.Part is null).Select(c => c.Page).FirstOrDefault();
        var height = pages[page].Height;
        return text + $" /Pg {ids[page]} 0 R /A <</O /Layout /Placement /Block /BBox [{Points(box.Left)} {Points(height - box.Bottom)} {Points(box.Right)} {Points(height - box.Top)}]>>";
    }

    /// <summary>Titles of sheets, and what stands under each: a document of many sheets opens as a list of sheets.</summary>
    int Bookmarks(List<int> ids)
    {
        var headings = structure.Elements.Where(e => e.Tag!.Bookmark is not null && e.Children.Count > 0).ToList();
        var (root, items, under) = (objects.Reserve(), headings.Select(_ => objects.Reserve()).ToList(), new List<int>());
        for (var (i, sheet) = (0, -1); i < headings.Count; i++)
        {
            sheet = headings[i].Tag!.Role == "H1" ? i : sheet;
            under.Add(sheet == i ? -1 : sheet);
        }
        List<int> Within(int parent) => [.. Enumerable.Range(0, under.Count).Where(i => under[i] == parent)];
        string Kids(List<int> kids, string closed) => kids.Count == 0 ? "" : $" /First {items[kids[0]]} 0 R /Last {items[kids[^1]]} 0 R /Count {closed}{kids.Count}";
        foreach (var siblings in Enumerable.Range(-1, headings.Count + 1).Select(Within))
            for (var k = 0; k < siblings.Count; k++)
            {
                var (i, parent) = (siblings[k], under[siblings[k]]);
                objects.Set(items[i], $"<</Title {PdfObjects.Text(headings[i].Tag!.Bookmark!)} /Parent {(parent < 0 ? root : items[parent])} 0 R /Dest [{ids[headings[i].Children[0].Page]} 0 R /Fit]"
                    + (k > 0 ? $" /Prev {items[siblings[k - 1]]} 0 R" : "") + (k + 1 < siblings.Count ? $" /Next {items[siblings[k + 1]]} 0 R" : "") + Kids(Within(i), "-") + ">>");
            }
        return objects.Set(root, $"<</Type /Outlines{Kids(Within(-1), "")}>>");
    }

    string Metadata()
    {
        var (name, author, date) = (SecurityElement.Escape(title), SecurityElement.Escape(options.Publisher), $"{options.PrintDate:yyyy-MM-dd}T00:00:00Z");
        return $"""
            <?xpacket begin="{'\ufeff'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{name}</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
            <xmp:CreatorTool>Breitband</xmp:CreatorTool><xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate><pdf:Producer>Breitband</pdf:Producer><pdfuaid:part>1</pdfuaid:part>
            </rdf:Description></rdf:RDF></x:xmpmeta>
            <?xpacket end="w"?>
            """;
    }
}
