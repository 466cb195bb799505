using System.Xml;

namespace Breitband.Export;

/// <summary>The looks of a workbook's cells: one for headings, one per <see cref="CellFormat"/>.</summary>
static class WorkbookStyles
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>Number of the heading's look; the formats follow in their order.</summary>
    public const int Heading = 1;

    public static int Of(CellFormat format) => Heading + 1 + (int)format;

    // Ids from 164 on are free for own formats (ECMA-376 part 1, 18.8.30); thousands and decimal signs become those of the reader's language.
    static readonly (int Id, string Code)[] Formats = [(164, "#,##0"), (165, "#,##0.00"), (166, "0.00"), (167, "dd.mm.yyyy")];

    static int NumberFormat(CellFormat format) => format switch
    {
        CellFormat.Whole => 164,
        CellFormat.Decimal => 165,
        CellFormat.Percent => 166,
        CellFormat.Date => 167,
        _ => 0,
    };

    public static void Write(XmlWriter x)
    {
        x.WriteStartElement("styleSheet", Main);
        Counted(x, "numFmts", Formats, f => Workbook.Element(x, "numFmt", ("numFmtId", $"{f.Id}"), ("formatCode", f.Code)));
        Counted(x, "fonts", [false, true], bold => Font(x, bold));
        Counted(x, "fills", ["none", "gray125", "solid"], pattern => Fill(x, pattern));
        Counted(x, "borders", [0], _ => Border(x));
        Counted(x, "cellStyleXfs", [0], _ => Workbook.Element(x, "xf", ("numFmtId", "0"), ("fontId", "0"), ("fillId", "0"), ("borderId", "0")));
        Counted(x, "cellXfs", [null, "heading", .. Enum.GetValues<CellFormat>().Select(f => $"{NumberFormat(f)}")], look => Look(x, look));
        Counted(x, "cellStyles", [0], _ => Workbook.Element(x, "cellStyle", ("name", "Standard"), ("xfId", "0"), ("builtinId", "0")));
        x.WriteEndElement();
    }

    static void Counted<T>(XmlWriter x, string name, T[] items, Action<T> write)
    {
        x.WriteStartElement(name);
        x.WriteAttributeString("count", $"{items.Length}");
        foreach (var item in items)
            write(item);
        x.WriteEndElement();
    }

    static void Font(XmlWriter x, bool bold)
    {
        x.WriteStartElement("font");
        if (bold)
            Workbook.Element(x, "b");
        Workbook.Element(x, "sz", ("val", "10"));
        Workbook.Element(x, "name", ("val", "Arial"));
        x.WriteEndElement();
    }

    static void Fill(XmlWriter x, string pattern)
    {
        x.WriteStartElement("fill");
        x.WriteStartElement("patternFill");
        x.WriteAttributeString("patternType", pattern);
        if (pattern == "solid")
            Workbook.Element(x, "fgColor", ("rgb", "FFE6E6E6"));
        x.WriteEndElement();
        x.WriteEndElement();
    }

    static void Border(XmlWriter x)
    {
        x.WriteStartElement("border");
        foreach (var side in (string[])["left", "right", "top", "bottom", "diagonal"])
            Workbook.Element(x, side);
        x.WriteEndElement();
    }

    static void Look(XmlWriter x, string? look)
    {
        var heading = look == "heading";
        x.WriteStartElement("xf");
        foreach (var (name, value) in new[] { ("numFmtId", heading ? "0" : look ?? "0"), ("fontId", heading ? "1" : "0"), ("fillId", heading ? "2" : "0"), ("borderId", "0"), ("xfId", "0"), ("applyNumberFormat", "1") })
            x.WriteAttributeString(name, value);
        if (heading)
            Workbook.Element(x, "alignment", ("vertical", "top"), ("wrapText", "1"));
        x.WriteEndElement();
    }
}
