using System.Text;
using Breitband.Analyse;

namespace Breitband.Service.Text;

static class ExplainText
{
    public static string Of(Explanation e, Language language)
    {
        var text = new StringBuilder();
        text.AppendLine(e.Sentence.In(language)).AppendLine();
        foreach (var step in e.Steps)
            text.AppendLine($"  • {step.Text.In(language)}").AppendLine($"    {string.Join(" · ", new[] { step.Evidence, step.Edition, step.Rule.In(language) }.Where(s => !string.IsNullOrEmpty(s)))}");
        return text.AppendLine().AppendLine(language == Language.De ? $"Lauf {e.Run}" : $"run {e.Run}").ToString();
    }
}

static class ProbeText
{
    public static string Of(ProbeReport report, string county, Language language)
    {
        var german = language == Language.De;
        string N(double value) => Formats.Number(value, language, "0.00");

        var text = new StringBuilder();
        text.AppendLine(german ? $"Unsere Anteile neben den veröffentlichten ({report.Published}), Lauf {report.Run}" : $"Our shares beside the published ones ({report.Published}), run {report.Run}").AppendLine();
        text.Append(TextTable.Of(german ? ["Kreis, Klasse", "unsere", "veröffentlicht", "Differenz"] : ["County, class", "ours", "published", "difference"],
            report.Rows.Where(r => r.Key == county).Select(r => (string[])[Layer.CoverageCells.Find(r.Share)!.Label.In(language), N(r.Ours), N(r.Published), N(r.Difference)]), 1, 2, 3));
        var off = report.Rows.Where(r => r.Why is not null).ToList();
        text.AppendLine().AppendLine(german ? $"{report.Rows.Count} Vergleiche, davon {off.Count} mit mehr als 0,01 Prozentpunkten Unterschied. Größter Unterschied: Gemeinde {N(report.LargestMunicipal)}, Kreis {(report.LargestCounty is { } l ? N(l) : "–")}."
            : $"{report.Rows.Count} comparisons, {off.Count} of them differing by more than 0.01 percentage points. Largest difference: municipality {N(report.LargestMunicipal)}, county {(report.LargestCounty is { } m ? N(m) : "–")}.");
        foreach (var row in off.OrderByDescending(r => Math.Abs(r.Difference)).Take(10))
            text.AppendLine($"  {row.Name}, {row.Share}: {N(row.Ours)} / {N(row.Published)}. {row.Why!.Value.In(language)}");
        foreach (var note in report.Notes)
            text.AppendLine(note.In(language));
        return text.ToString();
    }
}
