using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Breitband.Export;

/// <summary>How a column's figures look; the number itself is stored whole.</summary>
public enum CellFormat { Text, Whole, Decimal, Percent, Date }

/// <summary>A column: its heading, how its cells look, its width in characters.</summary>
public sealed record WorkbookColumn(string Heading, CellFormat Format, double Width = 14);

/// <summary>A sheet: heading row, then rows of null, string, double, long or DateOnly.</summary>
public sealed record WorkbookSheet(string Name, IReadOnlyList<WorkbookColumn> Columns, IEnumerable<object?[]> Rows);

/// <summary>
/// A spreadsheet file (ECMA-376, SpreadsheetML): heading row bold, frozen and filtered, figures as numbers with a format. As much of the
/// standard as that needs; equal content gives equal bytes.
/// </summary>
public static class Workbook
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        PackageLinks = "http://schemas.openxmlformats.org/package/2006/relationships", ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";

    /// <summary>The earliest time a zip can hold: files do not differ by when they were made.</summary>
    static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    static readonly string[] Reserved = [":", "\\", "/", "?", "*", "[", "]"];

    public static byte[] Write(IReadOnlyList<WorkbookSheet> sheets)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(zip, "[Content_Types].xml", x => Types(x, sheets.Count));
            Part(zip, "_rels/.rels", x => Relations(x, [("rId1", Links + "/officeDocument", "xl/workbook.xml")]));
            Part(zip, "xl/workbook.xml", x => Book(x, sheets));
            Part(zip, "xl/_rels/workbook.xml.rels", x => Relations(x, [.. sheets.Select((_, i) => ($"rId{i + 1}", Links + "/worksheet", $"worksheets/sheet{i + 1}.xml")), ("rIdStyles", Links + "/styles", "styles.xml")]));
            Part(zip, "xl/styles.xml", WorkbookStyles.Write);
            for (var i = 0; i < sheets.Count; i++)
            {
                var (sheet, first) = (sheets[i], i == 0);
                Part(zip, $"xl/worksheets/sheet{i + 1}.xml", x => Sheet(x, sheet, first));
            }
        }
        return stream.ToArray();
    }

    static void Part(ZipArchive zip, string name, Action<XmlWriter> write)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Epoch;
        using var stream = entry.Open();
        using var xml = XmlWriter.Create(stream, new() { Encoding = new UTF8Encoding(false), CheckCharacters = false });
        xml.WriteStartDocument(standalone: true);
        write(xml);
    }

    static void Types(XmlWriter x, int sheets)
    {
        x.WriteStartElement("Types", ContentTypes);
        foreach (var (extension, type) in new[] { ("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml") })
            Element(x, "Default", ("Extension", extension), ("ContentType", type));
        const string Kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
        Element(x, "Override", ("PartName", "/xl/workbook.xml"), ("ContentType", Kind + "sheet.main+xml"));
        Element(x, "Override", ("PartName", "/xl/styles.xml"), ("ContentType", Kind + "styles+xml"));
        for (var i = 1; i <= sheets; i++)
            Element(x, "Override", ("PartName", $"/xl/worksheets/sheet{i}.xml"), ("ContentType", Kind + "worksheet+xml"));
        x.WriteEndElement();
    }

    static void Relations(XmlWriter x, IEnumerable<(string Id, string Type, string Target)> relations)
    {
        x.WriteStartElement("Relationships", PackageLinks);
        foreach (var (id, type, target) in relations)
            Element(x, "Relationship", ("Id", id), ("Type", type), ("Target", target));
        x.WriteEndElement();
    }

    static void Book(XmlWriter x, IReadOnlyList<WorkbookSheet> sheets)
    {
        x.WriteStartElement("workbook", Main);
        x.WriteAttributeString("xmlns", "r", null, Links);
        x.WriteStartElement("sheets");
        for (var i = 0; i < sheets.Count; i++)
        {
            x.WriteStartElement("sheet");
            x.WriteAttributeString("name", Named(sheets[i].Name));
            x.WriteAttributeString("sheetId", $"{i + 1}");
            x.WriteAttributeString("id", Links, $"rId{i + 1}");
            x.WriteEndElement();
        }
        x.WriteEndElement();
        x.WriteStartElement("definedNames");
        for (var i = 0; i < sheets.Count; i++)
        {
            x.WriteStartElement("definedName");
            foreach (var (name, value) in new[] { ("name", "_xlnm._FilterDatabase"), ("localSheetId", $"{i}"), ("hidden", "1") })
                x.WriteAttributeString(name, value);
            x.WriteString($"'{Named(sheets[i].Name).Replace("'", "''", StringComparison.Ordinal)}'!$A$1:${Letters(sheets[i].Columns.Count - 1)}${sheets[i].Rows.Count() + 1}");
            x.WriteEndElement();
        }
        x.WriteEndElement();
        x.WriteEndElement();
    }

    /// <summary>A sheet's name has 31 characters and none of the reserved ones.</summary>
    static string Named(string name) => Reserved.Aggregate(name, (n, r) => n.Replace(r, " ", StringComparison.Ordinal)) is var plain && plain.Length > 31 ? plain[..31] : plain;

    static void Sheet(XmlWriter x, WorkbookSheet sheet, bool selected)
    {
        var last = Letters(sheet.Columns.Count - 1);
        x.WriteStartElement("worksheet", Main);
        x.WriteStartElement("sheetViews");
        x.WriteStartElement("sheetView");
        if (selected)
            x.WriteAttributeString("tabSelected", "1");
        x.WriteAttributeString("workbookViewId", "0");
        Element(x, "pane", ("ySplit", "1"), ("topLeftCell", "A2"), ("activePane", "bottomLeft"), ("state", "frozen"));
        x.WriteEndElement();
        x.WriteEndElement();
        x.WriteStartElement("cols");
        for (var i = 0; i < sheet.Columns.Count; i++)
            Element(x, "col", ("min", $"{i + 1}"), ("max", $"{i + 1}"), ("width", sheet.Columns[i].Width.ToString("0.##", CultureInfo.InvariantCulture)), ("customWidth", "1"));
        x.WriteEndElement();
        x.WriteStartElement("sheetData");
        var number = 1;
        Row(x, number, [.. sheet.Columns.Select(c => (object?)c.Heading)], _ => WorkbookStyles.Heading);
        foreach (var row in sheet.Rows)
            Row(x, ++number, row, i => WorkbookStyles.Of(sheet.Columns[i].Format));
        x.WriteEndElement();
        Element(x, "autoFilter", ("ref", $"A1:{last}{number}"));
        x.WriteEndElement();
    }

    static void Row(XmlWriter x, int number, object?[] cells, Func<int, int> style)
    {
        x.WriteStartElement("row");
        x.WriteAttributeString("r", $"{number}");
        for (var i = 0; i < cells.Length; i++)
            if (cells[i] is { } value)
                Cell(x, $"{Letters(i)}{number}", value, style(i));
        x.WriteEndElement();
    }

    static void Cell(XmlWriter x, string at, object value, int style)
    {
        x.WriteStartElement("c");
        x.WriteAttributeString("r", at);
        x.WriteAttributeString("s", $"{style}");
        if (value is string text)
        {
            x.WriteAttributeString("t", "inlineStr");
            x.WriteStartElement("is");
            x.WriteStartElement("t");
            x.WriteAttributeString("xml", "space", null, "preserve");
            x.WriteString(string.Concat(text.Where(c => c >= ' ' || c is '\n' or '\t')));
            x.WriteEndElement();
            x.WriteEndElement();
        }
        else
            x.WriteElementString("v", Main, Number(value));
        x.WriteEndElement();
    }

    /// <summary>Days since 30.12.1899 for a date, as spreadsheets count.</summary>
    static string Number(object value) => value switch
    {
        DateOnly date => (date.DayNumber - new DateOnly(1899, 12, 30).DayNumber).ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"a cell cannot hold {value.GetType().Name}", nameof(value)),
    };

    static string Letters(int column) => column < 26 ? $"{(char)('A' + column)}" : Letters(column / 26 - 1) + (char)('A' + column % 26);

    internal static void Element(XmlWriter x, string name, params (string Name, string Value)[] attributes)
    {
        x.WriteStartElement(name);
        foreach (var (key, value) in attributes)
            x.WriteAttributeString(key, value);
        x.WriteEndElement();
    }
}
