using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Breitband.Import;

/// <summary>How one CSV file is written, found out from its first lines (and, for the encoding, from all its bytes).</summary>
sealed partial record CsvDialect(char Delimiter, bool DecimalComma, int HeaderRow, IReadOnlyList<string> Header, Encoding Encoding, Phrase EncodingWhy)
{
    const int Lines = 60;
    const int SampleChars = 1 << 18;

    /// <param name="known">Plain names of columns some mapping knows; the header row is the one with most of them.</param>
    public static CsvDialect Of(string path, string display, string? encoding, IReadOnlySet<string> known)
    {
        var (found, why) = FindEncoding(path, encoding);
        using var reader = new StreamReader(path, found);
        var chars = new char[SampleChars];
        var sample = new string(chars, 0, reader.ReadBlock(chars));
        if (string.IsNullOrWhiteSpace(sample))
            throw BreitbandException.Refused($"{display}: Die Datei ist leer.", $"{display}: the file is empty.");
        if (sample.Contains('\0', StringComparison.Ordinal))
            throw BreitbandException.Refused($"{display}: Das ist keine Textdatei (sie enthält Nullzeichen).", $"{display}: this is not a text file (it contains null characters).");
        var delimiter = FindDelimiter(sample);
        var rows = Rows(sample, delimiter, Lines).ToList();
        var header = FindHeader(rows, known);
        var comma = delimiter != ',' && Rows(sample, delimiter, 500).Skip(header + 1).SelectMany(r => r).Any(v => Comma().IsMatch(v.Trim()));
        return new(delimiter, comma, header, Named(rows.Count > 0 ? rows[header] : []), found, why);
    }

    static List<string> Named(IReadOnlyList<string> header) =>
        [.. header.Select((h, i) => h.Trim().Length > 0 ? h.Trim() : $"Spalte{i + 1}")];

    static IEnumerable<IReadOnlyList<string>> Rows(string sample, char delimiter, int most)
    {
        var records = new CsvRecords(new StringReader(sample), delimiter);
        for (var i = 0; i < most && records.Next(); i++)
            yield return [.. Enumerable.Range(0, records.Count).Select(f => records[f].ToString())];
    }

    /// <summary>The separator that splits most lines into the same number of fields; on equal terms the one that makes more fields.</summary>
    static char FindDelimiter(string sample)
    {
        var best = (Score: (0, 0), Delimiter: ';');
        foreach (var delimiter in ";\t,|")
        {
            var modal = Rows(sample, delimiter, Lines).Where(r => r.Count > 1).GroupBy(r => r.Count)
                .Select(g => (g.Count(), g.Key)).DefaultIfEmpty((0, 0)).Max();
            if (modal.CompareTo(best.Score) > 0)
                best = (modal, delimiter);
        }
        return best.Delimiter;
    }

    static int FindHeader(List<IReadOnlyList<string>> rows, IReadOnlySet<string> known)
    {
        var scores = rows.Select(r => r.Count(f => known.Contains(Plain(f)))).ToList();
        var best = scores.Count == 0 ? 0 : scores.IndexOf(scores.Max());
        return scores.Count > 0 && scores[best] > 0 ? best : 0;
    }

    /// <summary>Column names are compared without case, blanks and signs that a save in another encoding destroys.</summary>
    public static string Plain(string name) => name.Trim().Trim('﻿').ToLowerInvariant();

    static (Encoding Encoding, Phrase Why) FindEncoding(string path, string? chosen)
    {
        if (chosen != null)
            return (TextEncoding.Chosen(chosen), new("wie angegeben (--encoding)", "as given (--encoding)"));
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
        var buffer = new byte[1 << 20];
        var held = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (buffer.AsSpan(0, held).StartsWith(new byte[] { 0xEF, 0xBB, 0xBF }))
            return (Encoding.UTF8, new("Byte-Order-Mark", "byte order mark"));
        if (buffer.AsSpan(0, held).StartsWith(new byte[] { 0xFF, 0xFE }))
            return (Encoding.Unicode, new("Byte-Order-Mark", "byte order mark"));
        var ascii = true;
        while (held > 0)
        {
            ascii &= Ascii.IsValid(buffer.AsSpan(0, held));
            var tail = Utf8.IsValid(buffer.AsSpan(0, held)) ? 0 : Tail(buffer.AsSpan(0, held));
            if (tail < 0)
                return (TextEncoding.Windows1252, new("kein gültiges UTF-8, also CP1252", "not valid UTF-8, hence CP1252"));
            buffer.AsSpan(held - tail, tail).CopyTo(buffer);
            var read = stream.ReadAtLeast(buffer.AsSpan(tail), buffer.Length - tail, throwOnEndOfStream: false);
            if (read == 0 && tail > 0)
                return (TextEncoding.Windows1252, new("kein gültiges UTF-8, also CP1252", "not valid UTF-8, hence CP1252"));
            held = read == 0 ? 0 : tail + read;
        }
        return ascii ? (Encoding.UTF8, new("nur ASCII-Zeichen", "ASCII characters only")) : (Encoding.UTF8, new("gültiges UTF-8", "valid UTF-8"));
    }

    /// <summary>Bytes of a character cut off by the end of the buffer; -1 when the text is not UTF-8.</summary>
    static int Tail(ReadOnlySpan<byte> text)
    {
        for (var cut = 1; cut <= 3 && cut <= text.Length; cut++)
            if (Utf8.IsValid(text[..^cut]) && TextEncoding.IsUtf8(text[^cut..]))
                return cut;
        return -1;
    }

    [GeneratedRegex(@"^-?\d{1,3}(\.?\d{3})*,\d+$")]
    private static partial Regex Comma();
}
