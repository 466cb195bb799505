using System.Text;

namespace Breitband.Import;

/// <summary>The import report for people.</summary>
public static class ReportText
{
    const int Fields = 8;

    public static string Write(ImportReport report, Language language)
    {
        var text = new StringBuilder();
        foreach (var file in report.Files)
            Write(text, file, language);
        foreach (var table in report.Unread)
            text.AppendLine(new Phrase($"Nicht eingelesen, weil keine Zuordnung passt: {table}", $"Not read because no mapping fits: {table}").In(language));
        if (!report.Changed)
            text.AppendLine(new Phrase("Der Bestand wurde nicht geändert.", "The store was not changed.").In(language));
        return text.ToString();
    }

    /// <summary>The fields that tell whether the mapping fits; a coverage row has dozens of shares.</summary>
    static string FirstRow(IReadOnlyList<(Field Field, object Value)> row, Language language) => string.Join(" · ", row.Take(Fields).Select(v => $"{v.Field.Label.In(language)}: {Value(v.Value, language)}"))
        + (row.Count > Fields ? " · …" : "");

    static string Value(object value, Language language) => value switch
    {
        double number => Formats.Number(number, language),
        DateOnly date => Formats.Date(date, language),
        _ => System.Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    static void Write(StringBuilder text, FileReport file, Language language)
    {
        var culture = Formats.Culture(language);
        void Line(string de, string en, string value) => text.Append("  ").Append((language == Language.De ? de : en).PadRight(16)).AppendLine(value);
        string Number(long n) => n.ToString("N0", culture).PadLeft(10);
        text.AppendLine(file.File);
        Line("Datensatz", "dataset", file.Dataset);
        Line("Zuordnung", "mapping", file.Mapping);
        Line("Datenstand", "edition", language == Language.De ? file.Edition.ToString("dd.MM.yyyy", culture) : file.Edition.ToString("yyyy-MM-dd", culture));
        Line("Koordinaten", "CRS", file.Crs.Epsg is { } epsg ? $"EPSG:{epsg} ({file.Crs.Why.In(language)})" : file.Crs.Why.In(language));
        Line("Zeichen", "encoding", $"{file.Encoding.Name} ({file.Encoding.Why.In(language)})");
        Line("Lizenz", "licence", $"{file.Licence.Attribution} ({file.Licence.Id})");
        if (file.Unchanged)
        {
            text.Append("  ").AppendLine(new Phrase("Diese Datei ist mit denselben Angaben schon der aktuelle Datenstand; nichts zu tun.",
                "This file is already the live edition with the same options; nothing to do.").In(language));
            return;
        }
        Line("gelesen", "read", Number(file.Read));
        Line("gespeichert", "stored", Number(file.Stored));
        Line("repariert", "repaired", Number(file.Repaired));
        Line("zurückgewiesen", "rejected", Number(file.Rejected));
        Line("außerhalb", "outside", Number(file.Outside));
        for (var i = 0; i < file.FirstRows.Count; i++)
            Line(i == 0 ? "erste Zeilen" : "", i == 0 ? "first rows" : "", FirstRow(file.FirstRows[i], language));
        foreach (var rejected in file.FirstRejected)
            Line("", "", $"{new Phrase("Zeile", "row").In(language)} {rejected.Number}: {rejected.Reason.In(language)}");
        foreach (var warning in file.Warnings)
            Line("Hinweis", "note", $"{warning.Text.In(language)}{(warning.Count > 1 ? $" ({warning.Count.ToString("N0", culture)}×)" : "")}");
    }
}
