using System.Text;
using Breitband.Export;

namespace Breitband.Service.Text;

/// <summary>A table as a spreadsheet opens it: UTF-8 with BOM; German with semicolon and decimal comma, English with comma and point.</summary>
static class StatsCsv
{
    public static string Of(IReadOnlyList<WorkbookColumn> columns, IEnumerable<object?[]> rows, Language language)
    {
        var german = language == Language.De;
        var text = new StringBuilder("\uFEFF");
        char[] special = [german ? ';' : ',', '"', '\n'];
        void Line(IEnumerable<string> cells) => text.AppendJoin(german ? ';' : ',', cells.Select(c => c.IndexOfAny(special) < 0 ? c : $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append("\r\n");

        Line(columns.Select(c => c.Heading));
        foreach (var row in rows)
            Line(row.Select(c => Cell(c, language)));
        return text.ToString();
    }

    static string Cell(object? value, Language language) => value switch
    {
        null => "",
        string text => text,
        DateOnly date => Formats.Date(date, language),
        _ => Formats.Number(Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture), language, "0.######").Replace('−', '-'),
    };
}
