using System.Text;

namespace Breitband.Service.Text;

/// <summary>Statistics as a spreadsheet opens them: UTF-8 with BOM; German with semicolon and decimal comma, English with comma and point.</summary>
static class StatsCsv
{
    public static string Of(GapResult result, IReadOnlyList<AreaResult> rows, Language language)
    {
        var german = language == Language.De;
        var shares = rows.SelectMany(r => r.Shares.Keys).Distinct().OrderBy(s => Array.FindIndex([.. Layer.CoverageCells.Fields], f => f.Name == s)).ToList();
        var text = new StringBuilder("\uFEFF");
        char[] special = [german ? ';' : ',', '"', '\n'];
        void Line(IEnumerable<string> cells) => text.AppendJoin(german ? ';' : ',', cells.Select(c => c.IndexOfAny(special) < 0 ? c : $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append("\r\n");

        Line([german ? "Ebene" : "level", german ? "Schlüssel" : "key", "Name", .. Header(german ? "Haushalte" : "households", german), .. Header(german ? "Adressen" : "addresses", german),
            .. Header(german ? "Betriebe" : "businesses", german), .. shares.Select(s => Layer.CoverageCells.Find(s)!.Label.In(language)), german ? "Lauf" : "run", german ? "Aufgreifschwelle" : "profile", german ? "Grundlage" : "basis"]);
        foreach (var row in rows)
            Line([row.Level.ToString().ToLowerInvariant(), row.Key, row.Name, .. Counts(row.Households, language), .. Counts(row.Addresses, language), .. Counts(row.Businesses, language),
                .. shares.Select(s => row.Shares.TryGetValue(s, out var share) ? Plain(share, language) : ""), result.Run, result.Profile.Key, result.Basis.Code()]);
        return text.ToString();
    }

    static IEnumerable<string> Header(string what, bool german) => (german ? (string[])["", " versorgt", " unklar", " geplant", " unter der Aufgreifschwelle"]
        : ["", " served", " unclear", " planned", " below the threshold"]).Select(part => what + part);

    static IEnumerable<string> Counts(Split split, Language language) =>
        new[] { split.Total, split.Served, split.Unclear, split.Planned, split.Unserved }.Select(c => Plain(Split.Count(c), language));

    static string Plain(double value, Language language) => Formats.Number(value, language, "0.######").Replace('−', '-');
}
