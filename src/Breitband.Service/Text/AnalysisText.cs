using System.Text;

namespace Breitband.Service.Text;

/// <summary>An analysis for people.</summary>
static class AnalysisText
{
    public static string Of(GapResult result, Language language)
    {
        var german = language == Language.De;
        var county = result.Rows[0];
        var text = new StringBuilder();
        text.AppendLine(Heading(result, language)).AppendLine();
        text.AppendLine(county.Name);
        text.Append(Figures(county, language)).AppendLine();
        Ranking(text, result, german, language);
        Measures(text, result, german, language);
        text.AppendLine(german ? $"{Formats.Whole(result.GapTotal.Count, language)} Lückenflächen, {Formats.Number(result.GapTotal.AreaM2 / 1e6, language, "0.00")} km²."
            : $"{Formats.Whole(result.GapTotal.Count, language)} gap areas, {Formats.Number(result.GapTotal.AreaM2 / 1e6, language, "0.00")} km².");
        Clusters(text, result, german, language);
        if (result.Comparison is { } comparison)
            text.AppendLine().Append(ComparisonText.Of(comparison, language));
        return text.Append(Footing(result, language)).ToString();
    }

    public static string Heading(GapResult result, Language language) => (result.Synthetic ? new Phrase("DEMONSTRATIONSDATEN\n", "DEMONSTRATION DATA\n").In(language) : "") + (language == Language.De
        ? $"Aufgreifschwelle {Named(result.Profile, language)} ({result.Profile.Key}{(result.Profile.Confirmed ? "" : ", nicht bestätigt")})\n{result.Profile.Passage}\nQuelle: {result.Profile.Source}\nGrundlage: {result.Basis.Label().De} · Stichtag {Formats.Date(result.AsOf, language)} · Lauf {result.Run}"
        : $"Profile {Named(result.Profile, language)} ({result.Profile.Key}{(result.Profile.Confirmed ? "" : ", unconfirmed")})\n{result.Profile.Passage}\nSource: {result.Profile.Source}\nBasis: {result.Basis.Label().En} · as of {Formats.Date(result.AsOf, language)} · run {result.Run}");

    /// <summary>The rule's title; its speeds before it where the title does not say them.</summary>
    static string Named(Profile profile, Language language) =>
        profile.Title.In(language).Contains(profile.Short.In(language), StringComparison.Ordinal) ? profile.Title.In(language) : $"{profile.Short.In(language)}: {profile.Title.In(language)}";

    /// <summary>What every print owes its reader: notes, sources, and what it is not.</summary>
    public static string Footing(GapResult result, Language language)
    {
        var text = new StringBuilder();
        foreach (var note in result.Notes)
            text.AppendLine(language == Language.De ? $"Hinweis: {note.De}" : $"Note: {note.En}");
        text.AppendLine(language == Language.De ? "Datenstände:" : "Editions:");
        foreach (var edition in result.Editions)
            text.AppendLine($"  {edition.Dataset}, {Formats.Date(edition.Date, language)}: {edition.Licence.Attribution} ({edition.Licence.Id})");
        return text.AppendLine(language == Language.De ? "Kein Förderanspruch, ersetzt kein Markterkundungsverfahren." : "No claim to funding, does not replace a market consultation.").ToString();
    }

    static string Figures(AreaResult row, Language language)
    {
        var whole = Rounding.Whole(row.Households);
        var german = language == Language.De;
        string[] Line(string name, long count, long units, string remark = "") => [name, Formats.Whole(count, language), row.Households.Percent(units) is { } p ? Formats.Percent(p / 100, language) : "–", remark];

        var evidence = row.Unclear.WithoutEvidence == 0 ? "" : german ? $"davon ohne jeden Beleg {Formats.Number(Split.Count(row.Unclear.WithoutEvidence), language, "#,0")}"
            : $"of these without any evidence {Formats.Number(Split.Count(row.Unclear.WithoutEvidence), language, "#,0")}";
        return TextTable.Of([german ? "Haushalte" : "Households", Formats.Whole(whole.Total, language), "", ""],
        [
            Line(german ? "  versorgt" : "  served", whole.Served, row.Households.Served),
            Line(german ? "  unklar" : "  unclear", whole.Unclear, row.Households.Unclear, evidence),
            Line(german ? "  geplant" : "  planned", whole.Planned, row.Households.Planned),
            Line(german ? "  unter der Aufgreifschwelle" : "  below the threshold", whole.Unserved, row.Households.Unserved),
        ], 1, 2);
    }

    static void Ranking(StringBuilder text, GapResult result, bool german, Language language)
    {
        var largest = Largest(result);
        if (largest.Count == 0)
            return;
        text.AppendLine(german ? "Die größten Lücken (Haushalte unter der Schwelle oder unklar):" : "The largest gaps (households below the threshold or unclear):");
        text.Append(TextTable.Of(["", german ? "Ort" : "Place", german ? "unter Schwelle" : "below", german ? "unklar" : "unclear"], largest.Select((r, i) => (string[])
            [$"{i + 1}.", r.Name, Formats.Whole(Rounding.Whole(r.Households).Unserved, language), Formats.Whole(Rounding.Whole(r.Households).Unclear, language)]), 0, 2, 3)).AppendLine();
    }

    /// <summary>Where nothing is known below the municipality (published shares alone), municipalities are the places.</summary>
    static List<AreaResult> Largest(GapResult result)
    {
        var places = result.Ranking.Take(10).ToList();
        return places.Count > 0 ? places : [.. result.Rows.Where(r => r.Level == AreaLevel.Municipality && r.Households.Open > 0)
            .OrderByDescending(r => r.Households.Open).ThenBy(r => r.Key, StringComparer.Ordinal).Take(10)];
    }

    static void Measures(StringBuilder text, GapResult result, bool german, Language language)
    {
        if (result.Measures.Count == 0)
            return;
        var counting = result.Measures.Count(m => m.Faults == PlannedFault.None && m.Reasons.Count == 0);
        text.AppendLine(german ? $"{counting} von {result.Measures.Count} Maßnahmen {(counting == 1 ? "zählt" : "zählen")}:" : $"{counting} of {result.Measures.Count} measures {(counting == 1 ? "counts" : "count")}:");
        foreach (var m in result.Measures)
            text.AppendLine($"  {m.Key} {m.Title}: " + (m.Reasons.Count > 0 ? (german ? "zählt nicht. " : "does not count. ") + string.Join(" ", m.Reasons.Select(r => r.In(language)))
                : (german ? $"hebt {Formats.Number(Split.Count(m.Households), language, "#,0.#")} Haushalte" : $"lifts {Formats.Number(Split.Count(m.Households), language, "#,0.#")} households")
                  + (m.CostPerHousehold is { } cost ? german ? $", {Formats.Number(cost, language, "#,0")} Euro je Haushalt" : $", {Formats.Number(cost, language, "#,0")} euro per household" : "") + "."));
        text.AppendLine();
        Overdue(text, result, german, language);
    }

    static void Overdue(StringBuilder text, GapResult result, bool german, Language language)
    {
        var overdue = result.Overdue.ToList();
        if (overdue.Count == 0)
            return;
        text.AppendLine(german ? "Überfällig (Termin verstrichen, Versorgung im Datenstand nicht zu sehen; die Haushalte zählen wieder zur Lücke):"
            : "Overdue (the day has passed, the edition does not show the supply; the households are in the gap again):");
        foreach (var m in overdue)
        {
            var (open, unit) = (m.Reach, m.Detail) switch
            {
                (0, { ReachAddresses: > 0 and var addresses }) => (addresses, german ? "Adressen" : "addresses"),
                (0, { ReachBusinesses: > 0 and var businesses }) => (businesses, german ? "Betriebe" : "businesses"),
                _ => (m.Reach, german ? "Haushalte" : "households"),
            };
            text.AppendLine($"  {m.Key} {m.Title}: {Formats.Number(Split.Count(open), language, "#,0.#")} {unit}");
        }
        text.AppendLine();
    }

    static void Clusters(StringBuilder text, GapResult result, bool german, Language language)
    {
        if (result.Clusters.Count == 0)
            return;
        text.AppendLine(german ? $"{result.Clusters.Count} Ausbaucluster, die größten nach Haushalten:" : $"{result.Clusters.Count} build-out clusters, the largest by households:");
        text.Append(ClusterText.Table(result.Clusters.Take(10), language)).AppendLine();
    }
}
