using System.Globalization;
using System.Text;

namespace Breitband.Print;

/// <summary>The numbered objects of a PDF file, their places, and how the file ends (ISO 32000-1, 7.5).</summary>
sealed class PdfObjects
{
    readonly PdfBuffer file = new();
    readonly List<int> places = [];

    public PdfObjects() => file.Add("%PDF-1.7\n%"u8).Add([0xe2, 0xe3, 0xcf, 0xd3, (byte)'\n']);

    /// <summary>A number for an object that others name before it is written.</summary>
    public int Reserve()
    {
        places.Add(0);
        return places.Count;
    }

    public int Add(string content) => Set(Reserve(), content);

    public int Set(int id, string content)
    {
        Begin(id);
        file.Add(content).Add("\nendobj\n"u8);
        return id;
    }

    /// <param name="packed">False for what other programs look for in the plain file.</param>
    public int Stream(ReadOnlySpan<byte> content, string entries = "", bool packed = true)
    {
        var id = Reserve();
        Begin(id);
        var bytes = packed ? PdfBuffer.Deflated(content) : content;
        file.Add($"<<{entries}{(packed ? "/Filter /FlateDecode " : "")}/Length {bytes.Length}>>\nstream\n").Add(bytes).Add("\nendstream\nendobj\n"u8);
        return id;
    }

    public byte[] End(int catalogue, int information)
    {
        // Equal sheets get equal identifiers.
        var id = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(file.Written).AsSpan(0, 16));
        var start = file.Length;
        file.Add($"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places)
            file.Add(place.ToString("D10", CultureInfo.InvariantCulture) + " 00000 n \n");
        file.Add($"trailer\n<</Size {places.Count + 1} /Root {catalogue} 0 R /Info {information} 0 R /ID [<{id}> <{id}>]>>\nstartxref\n{start}\n%%EOF\n");
        return file.Written.ToArray();
    }

    /// <summary>A text string of any characters.</summary>
    public static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    void Begin(int id)
    {
        places[id - 1] = file.Length;
        file.Add(id).Add("0 obj\n"u8);
    }
}
