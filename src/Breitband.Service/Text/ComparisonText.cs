using System.Text;

namespace Breitband.Service.Text;

/// <summary>Two editions side by side, for people; whole households.</summary>
static class ComparisonText
{
    public static string Of(Comparison comparison, Language language)
    {
        var german = language == Language.De;
        string N(long units) => Formats.Whole((long)Math.Round(Split.Count(units)), language);
        string Signed(long units) => (units > 0 ? "+" : "") + N(units);
        string P(Split split) => split.Percent(split.Served) is { } percent ? Formats.Number(percent, language, "0.0") : "–";

        var (then, now) = (Formats.Date(comparison.Before.Date, language), Formats.Date(comparison.After.Date, language));
        var text = new StringBuilder();
        text.AppendLine(german
            ? $"Vergleich {comparison.Before.Dataset}: {then} mit {now} (versorgte Haushalte, gleicher Bedarf, gleiche Schwelle)"
            : $"Comparison {comparison.Before.Dataset}: {then} with {now} (served households, same demand, same threshold)");
        if (comparison.Break is { } method)
            text.AppendLine(method.In(language));
        foreach (var note in comparison.Notes)
            text.AppendLine(note.In(language));
        text.Append(TextTable.Of(german ? ["Schlüssel", "Name", then, now, "hinzugekommen", "weggefallen", "verändert", "Saldo", $"{then} %", $"{now} %"]
                : ["Key", "Name", then, now, "gained", "lost", "changed", "net", $"{then} %", $"{now} %"],
            comparison.Sums.Select(r => (string[])[r.Key, r.Name, N(r.Before.Served), N(r.After.Served), N(r.Gained), N(r.Lost), N(r.Changed), Signed(r.Gained - r.Lost), P(r.Before), P(r.After)]), 2, 3, 4, 5, 6, 7, 8, 9));
        var kinds = comparison.Areas.GroupBy(a => a.Kind).OrderBy(g => g.Key).Select(g => $"{g.Count()} {Legend.Default.Changes.First(c => c.Key == g.Key.Code()).Label.In(language)}").ToList();
        if (kinds.Count > 0)
            text.AppendLine(german ? $"Ebene changes: {string.Join(", ", kinds)}." : $"Layer changes: {string.Join(", ", kinds)}.");
        return text.AppendLine().ToString();
    }
}
