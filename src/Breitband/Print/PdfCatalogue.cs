using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Breitband.Print;

/// <summary>
/// Adds what the PDF writer cannot say: the document's language and that readers show its title instead of the file name (PDF/UA-1, 7.1 and
/// 7.2). Done as an incremental update (ISO 32000-1, 7.5.6): the catalogue is appended once more with the entries, the rest stays as written.
/// </summary>
static partial class PdfCatalogue
{
    public static byte[] WithLanguage(byte[] pdf, string language)
    {
        var text = Encoding.Latin1.GetString(pdf);
        var root = Root().Matches(text)[^1].Groups[1].Value;
        var size = Size().Matches(text)[^1].Groups[1].Value;
        var info = Info().Matches(text) is { Count: > 0 } found ? found[^1].Value : "";
        var xref = StartXref().Matches(text)[^1].Groups[1].Value;
        var head = text.IndexOf($"\n{root} 0 obj", StringComparison.Ordinal) + 1;
        var end = text.IndexOf("endobj", head, StringComparison.Ordinal);
        var catalogue = text[head..end].TrimEnd();
        var written = catalogue[..^2] + $"\n/Lang ({language})\n/ViewerPreferences <</DisplayDocTitle true>>>>\nendobj\n";
        var start = pdf.Length + 1;
        var update = string.Create(CultureInfo.InvariantCulture,
            $"\n{written}xref\n0 1\n0000000000 65535 f \n{root} 1\n{start:D10} 00000 n \ntrailer\n<</Size {size}\n/Root {root} 0 R\n{info}\n/Prev {xref}>>\nstartxref\n{start + written.Length}\n%%EOF\n");
        return [.. pdf, .. Encoding.Latin1.GetBytes(update)];
    }

    [GeneratedRegex(@"/Root (\d+) 0 R")]
    private static partial Regex Root();

    [GeneratedRegex(@"/Size (\d+)")]
    private static partial Regex Size();

    [GeneratedRegex(@"/Info \d+ 0 R")]
    private static partial Regex Info();

    [GeneratedRegex(@"startxref\s+(\d+)")]
    private static partial Regex StartXref();
}
