using System.Text;

namespace Breitband.Service.Text;

/// <summary>Statistics for a terminal: whole households whose parts equal the sum.</summary>
static class StatsText
{
    public static string Of(GapResult result, IReadOnlyList<AreaResult> rows, Language language)
    {
        var german = language == Language.De;
        var text = new StringBuilder();
        text.AppendLine(AnalysisText.Heading(result, language)).AppendLine();
        text.Append(TextTable.Of(german
            ? ["Schlüssel", "Name", "Haushalte", "versorgt", "unklar", "geplant", "unter Schwelle", "≥ 30", "≥ 100", "≥ 1000", "Glasfaser ≥ 1000"]
            : ["Key", "Name", "Households", "served", "unclear", "planned", "below", "≥ 30", "≥ 100", "≥ 1000", "fibre ≥ 1000"],
            rows.Select(r => Cells(r, language)), 2, 3, 4, 5, 6, 7, 8, 9, 10));
        text.AppendLine().AppendLine(german ? "Haushalte; Anteile in % der Haushalte mit Beleg, mindestens die Klasse in Mbit/s." : "Households; shares in % of households with evidence, at least the class in Mbit/s.");
        return text.Append(AnalysisText.Footing(result, language)).ToString();
    }

    static string[] Cells(AreaResult row, Language language)
    {
        var whole = Rounding.Whole(row.Households);
        string Share(string field) => row.Shares.TryGetValue(field, out var share) ? Formats.Number(share, language, "0.00") : "–";
        return [row.Key, row.Name, Formats.Whole(whole.Total, language), Formats.Whole(whole.Served, language), Formats.Whole(whole.Unclear, language), Formats.Whole(whole.Planned, language),
            Formats.Whole(whole.Unserved, language), Share("all_30"), Share("all_100"), Share("all_1000"), Share("ftthb_1000")];
    }
}
