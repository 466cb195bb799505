using System.Text;

namespace Breitband.Service.Text;

/// <summary>A table for a terminal, columns aligned; numbers to the right.</summary>
static class TextTable
{
    public static string Of(IReadOnlyList<string> header, IEnumerable<string[]> rows, params int[] right)
    {
        var all = rows.ToList();
        var widths = header.Select((h, i) => all.Select(r => r[i].Length).Append(h.Length).Max()).ToArray();
        var text = new StringBuilder();
        foreach (var row in all.Prepend([.. header]))
            text.AppendLine(string.Join("  ", row.Select((cell, i) => right.Contains(i) ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
        return text.ToString();
    }
}
