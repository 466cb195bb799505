using System.Globalization;
using System.Text;

namespace Breitband.Export;

/// <summary>CSV for spreadsheets and scripts: UTF-8 with BOM, semicolon, decimal point; points as x and y, anything else as WKT.</summary>
static class CsvWriter
{
    public static long Write(string path, Collection collection)
    {
        using var file = new StreamWriter(path, false, new UTF8Encoding(true));
        var points = collection.Layer.Shape == Shape.Point;
        IEnumerable<string> place = collection.Layer.Shape == Shape.None ? [] : points ? ["x", "y"] : ["wkt"];
        Line(file, [.. collection.Columns.Select(c => c.Name), .. place]);
        var count = 0L;
        foreach (var row in collection.Rows)
        {
            IEnumerable<string> where = collection.Layer.Shape == Shape.None ? [] : row.Geometry is null ? points ? ["", ""] : [""]
                : points ? [Text(row.Geometry.Coordinate.X), Text(row.Geometry.Coordinate.Y)] : [row.Geometry.AsText()];
            Line(file, [.. row.Values.Select(Text), .. where]);
            count++;
        }
        return count;
    }

    static void Line(StreamWriter file, IReadOnlyList<string> cells)
    {
        file.Write(string.Join(';', cells.Select(c => c.AsSpan().IndexOfAny(";\"\n\r") < 0 ? c : $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")));
        file.Write("\r\n");
    }

    static string Text(object? value) => value switch
    {
        null => "",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool flag => flag ? "1" : "0",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
