using System.Globalization;
using System.Text;

namespace Breitband.Print;

/// <summary>One of the two fonts in a PDF, with the glyphs its texts use (ISO 32000-1, 9.7): embedded, and translatable back to text.</summary>
sealed class PdfFont(bool bold)
{
    readonly SortedDictionary<ushort, Rune> used = [];
    readonly Dictionary<Rune, ushort> glyphs = [];

    public bool Used => used.Count > 0;

    /// <summary>Writes the glyphs of a text as hexadecimal digits.</summary>
    public void Show(string text, PdfBuffer content)
    {
        Span<byte> digits = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (!glyphs.TryGetValue(rune, out var glyph))
            {
                glyph = glyphs[rune] = Fonts.Glyph(rune, bold);
                used.TryAdd(glyph, rune);
            }
            glyph.TryFormat(digits, out _, "X4", CultureInfo.InvariantCulture);
            content.Add(digits);
        }
    }

    /// <summary>Writes the font's objects and returns the number of the one a page names.</summary>
    public int Write(PdfObjects objects)
    {
        var font = Fonts.TrueType(bold);
        var subset = font.Subset(used.Keys);
        var name = Name(subset) + "+" + (bold ? "Inter-SemiBold" : "Inter-Regular");
        var file = objects.Stream(subset, $"/Length1 {subset.Length} ");
        var descriptor = objects.Add($"<</Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{string.Join(' ', font.Bounds)}] /ItalicAngle 0 "
            + $"/Ascent {font.Ascent} /Descent {font.Descent} /CapHeight 727 /StemV {(bold ? 110 : 80)} /FontFile2 {file} 0 R>>");
        var widths = new PdfBuffer();
        foreach (var glyph in used.Keys)
            widths.Add(glyph).Add("[").AddHundredths(font.Advance(glyph)).Add("] ");
        var descendant = objects.Add($"<</Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> "
            + $"/FontDescriptor {descriptor} 0 R /CIDToGIDMap /Identity /DW 0 /W [{Encoding.Latin1.GetString(widths.Written)}]>>");
        var unicode = objects.Stream(Encoding.ASCII.GetBytes(ToUnicode()));
        return objects.Add($"<</Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] /ToUnicode {unicode} 0 R>>");
    }

    /// <summary>Six letters that tell subsets of one font apart, from what the subset holds.</summary>
    static string Name(byte[] subset)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(subset);
        return string.Concat(hash.Take(6).Select(b => (char)('A' + b % 26)));
    }

    string ToUnicode()
    {
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def "
            + "/CMapName /Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n");
        // The format allows a hundred entries at a time.
        foreach (var some in used.Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{some.Length} beginbfchar\n");
            foreach (var (glyph, rune) in some)
                map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(rune.ToString()))}>\n");
            map.Append("endbfchar\n");
        }
        return map.Append("endcmap CMapName currentdict /CMap defineresource pop end end").ToString();
    }
}
