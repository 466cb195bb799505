using System.Globalization;

namespace Breitband;

/// <summary>
/// Territorial changes: which municipality of today an earlier key lies in. Read from <c>data/gemeinden/ags_nachfolger.csv</c>; a key that was split
/// has a row per successor with its share of the inhabitants, and is carried over by nobody's guess but by place.
/// </summary>
public sealed class Successors
{
    const int Columns = 5;

    static readonly Lazy<Successors> Installed = new(() => Load(Path.Combine(Installation.Data, "gemeinden", "ags_nachfolger.csv")));

    readonly Dictionary<string, List<(string Ags, double Share)>> successors = new(StringComparer.Ordinal);

    /// <summary>The table beside the program.</summary>
    public static Successors Default => Installed.Value;

    public int Count => successors.Count;

    /// <summary>The one municipality an earlier one lies in wholly; null for a key without successor and for one that was split.</summary>
    public string? Of(string ags) => successors.TryGetValue(ags, out var list) && list is [{ Share: >= 1 } only] ? only.Ags : null;

    /// <summary>The municipalities an earlier one lies in, one or several.</summary>
    public IReadOnlyList<string> PartsOf(string ags) => successors.TryGetValue(ags, out var list) ? [.. list.Select(p => p.Ags)] : [];

    public static Successors Load(string file)
    {
        try
        {
            return Parse(file, File.ReadAllLines(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BreitbandException.Failed($"{file}: Die Tabelle der Nachfolger ist nicht lesbar: {e.Message}", $"{file}: the table of successors cannot be read: {e.Message}", e);
        }
    }

    /// <param name="file">Named in refusals.</param>
    public static Successors Parse(string file, IReadOnlyList<string> lines)
    {
        var table = new Successors();
        for (var i = 1; i < lines.Count; i++)
        {
            var cells = lines[i].Split(',');
            if (lines[i].Length == 0)
                continue;
            if (cells.Length != Columns || !Ags.TryParse(cells[0], out var old) || !Ags.TryParse(cells[1], out var today) || old == today
                || !double.TryParse(cells[3], NumberStyles.Float, CultureInfo.InvariantCulture, out var share) || !(share is > 0 and <= 1))
                throw BreitbandException.Refused(
                    $"{file}, Zeile {i + 1}: erwartet ags_alt,ags_neu,letzter_stand,anteil_einwohner,anteil_flaeche mit zwei verschiedenen Schlüsseln und einem Anteil über 0 bis 1; gelesen „{lines[i]}“.",
                    $"{file}, line {i + 1}: expected ags_alt,ags_neu,letzter_stand,anteil_einwohner,anteil_flaeche with two different keys and a share above 0 up to 1; read \"{lines[i]}\".");
            (table.successors.TryGetValue(old.ToString(), out var list) ? list : table.successors[old.ToString()] = []).Add((today.ToString(), share));
        }
        return table;
    }
}
