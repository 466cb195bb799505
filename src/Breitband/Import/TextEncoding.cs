using System.Text;
using System.Text.RegularExpressions;

namespace Breitband.Import;

/// <summary>
/// Which encoding a text file or an attribute table is in: what the user says, the .cpg file, a strict check for UTF-8 (German text in
/// CP1252 practically never passes it), the language byte, and at last CP1252, which German offices write.
/// </summary>
static partial class TextEncoding
{
    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Encoding Windows1252 => Encoding.GetEncoding(1252);

    /// <summary>Reads a name as users and .cpg files write it (1252, ANSI 1252, CP1252, ISO-8859-1, UTF-8); null when it is none.</summary>
    public static Encoding? Parse(string name)
    {
        var plain = Noise().Replace(name.Trim().Trim('﻿').ToLowerInvariant(), "");
        if (plain is "utf8" or "65001")
            return Encoding.UTF8;
        if (plain is "iso88591" or "88591" or "latin1" or "l1")
            return Encoding.Latin1;
        if (plain is "iso885915" or "885915" or "latin9")
            return Encoding.GetEncoding(28605);
        return int.TryParse(plain, out var page) && CodePagesEncodingProvider.Instance.GetEncoding(page) is { } known ? known : null;
    }

    [GeneratedRegex("^(ansi|cp|windows|win|oem)|[-_ ]")]
    private static partial Regex Noise();

    public static Encoding Chosen(string name) => Parse(name) ?? throw BreitbandException.WrongUse(
        $"Die Zeichenkodierung „{name}“ ist unbekannt. Möglich sind z. B. UTF-8, 1252, ISO-8859-1, 850.",
        $"The encoding \"{name}\" is unknown. Possible are e.g. UTF-8, 1252, ISO-8859-1, 850.");

    public static string Name(Encoding encoding) => encoding.CodePage switch
    {
        65001 => "UTF-8",
        1252 => "CP1252",
        28591 => "ISO-8859-1",
        _ => encoding.WebName.ToUpperInvariant(),
    };

    /// <summary>Finds a table's encoding and why; reads through its text fields once.</summary>
    public static (Encoding Encoding, Phrase Why) Of(DbfTable table, string dbf, string? cpg, string? chosen)
    {
        if (chosen != null)
            return (Chosen(chosen), new("wie angegeben (--encoding)", "as given (--encoding)"));
        var declared = cpg == null ? null : Parse(File.ReadAllText(cpg));
        if (declared is not null and not UTF8Encoding)
            return (declared, new(".cpg-Datei", ".cpg file"));
        var (ascii, utf8) = Check(table, dbf);
        if (declared != null && utf8)
            return (declared, new(".cpg-Datei", ".cpg file"));
        if (ascii)
            return (Encoding.UTF8, new("nur ASCII-Zeichen", "ASCII characters only"));
        if (utf8)
            return (Encoding.UTF8, new("alle Texte sind gültiges UTF-8", "all texts are valid UTF-8"));
        if (declared != null)
            return (Windows1252, new("die .cpg-Datei nennt UTF-8, die Texte sind es aber nicht", "the .cpg file says UTF-8, but the texts are not"));
        return Language(table.LanguageDriver) is { } language
            ? (language, new($"Sprachbyte 0x{table.LanguageDriver:X2} der .dbf-Datei", $"language byte 0x{table.LanguageDriver:X2} of the .dbf file"))
            : (Windows1252, new("keine .cpg-Datei, kein gültiges UTF-8: üblich ist CP1252", "no .cpg file, no valid UTF-8: CP1252 is usual"));
    }

    static Encoding? Language(byte driver) => driver switch
    {
        0x01 => Encoding.GetEncoding(437),
        0x02 or 0x37 or 0x0A or 0x1D => Encoding.GetEncoding(850),
        0x03 or 0x57 or 0x58 or 0x59 => Windows1252,
        0x64 or 0x87 => Encoding.GetEncoding(852),
        0xC8 => Encoding.GetEncoding(1250),
        _ => null,
    };

    static (bool Ascii, bool Utf8) Check(DbfTable table, string dbf)
    {
        var fields = table.TextFields.ToArray();
        var record = new byte[table.RecordLength];
        var ascii = true;
        using var stream = new FileStream(dbf, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 20);
        stream.Position = table.HeaderLength;
        while (stream.ReadAtLeast(record, record.Length, throwOnEndOfStream: false) == record.Length)
        {
            if (Ascii.IsValid(record))
                continue;
            foreach (var (offset, length) in fields)
            {
                var text = record.AsSpan(offset, length);
                ascii &= Ascii.IsValid(text);
                if (!IsUtf8(text))
                    return (false, false);
            }
        }
        return (ascii, true);
    }

    /// <summary>Strict UTF-8; a character cut off by the end of the field is forgiven, because DBF writers cut by bytes.</summary>
    public static bool IsUtf8(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            switch (Rune.DecodeFromUtf8(text, out _, out var used))
            {
                case System.Buffers.OperationStatus.Done: text = text[used..]; break;
                case System.Buffers.OperationStatus.NeedMoreData: return true;
                default: return false;
            }
        }
        return true;
    }
}
