using System.Text;
using Breitband.Analyse;
using Breitband.Demo;
using Breitband.Import;

namespace Breitband.Service.Text;

/// <summary>How the demonstration ends: key figures, where everything lies, what to do next.</summary>
static class DemoText
{
    public static string Of(DemoFolder folder, IReadOnlyList<DemoFile> files, IReadOnlyList<ImportReport> reports, GapResult result, ProbeReport probe, IReadOnlyList<string> sheets, Edition later, Language language)
    {
        var german = language == Language.De;
        string In(string de, string en) => german ? de : en;
        var text = new StringBuilder();
        text.AppendLine(In("Der Bericht über die absichtlich hässliche Datei:", "The report of the file that is ugly on purpose:"));
        var ugly = files.Where(f => f.Ugly).Select(f => f.Path).ToList();
        foreach (var report in reports.Where(r => r.Files.Any(f => ugly.Exists(u => f.File.StartsWith(u, StringComparison.Ordinal)))))
            text.Append(ReportText.Write(report, language));
        text.AppendLine().AppendLine(AnalysisText.Heading(result, language)).AppendLine().Append(Figures(result, probe, language)).AppendLine();
        text.AppendLine(In($"Alles liegt in {folder.Path}:", $"Everything lies in {folder.Path}:"));
        text.AppendLine(In($"  {folder.Store}  der Speicher", $"  {folder.Store}  the store"));
        text.AppendLine(In($"  {folder.Project}  das QGIS-Projekt dazu", $"  {folder.Project}  its QGIS project"));
        text.AppendLine(In($"  {folder.Tiles}  die Kacheln der Karte, zu sehen mit breitband serve", $"  {folder.Tiles}  the map's tiles, to be seen with breitband serve"));
        foreach (var sheet in sheets)
            text.AppendLine($"  {sheet}");
        text.AppendLine(In($"  {Path.Combine(folder.Path, "LIESMICH.txt")}  was die übrigen Dateien sind", $"  {Path.Combine(folder.Path, "LIESMICH.txt")}  what the other files are (in German)"));
        text.AppendLine().AppendLine(In("Weiter zum Beispiel:", "Next, for example:"));
        text.AppendLine($"  breitband explain \"Bad Belzig\" --store {folder.Store}");
        text.AppendLine($"  breitband analyse --profile ZIEL-2030 --store {folder.Store}");
        text.AppendLine($"  breitband rollback {later.Dataset} {later.Number} --store {folder.Store}");
        text.AppendLine(In("Der letzte setzt die Versorgung von Ende 2023 ein; danach wieder analyse.", "The last one puts in the coverage of the end of 2023; analyse again after it."));
        return text.ToString();
    }

    static string Figures(GapResult result, ProbeReport probe, Language language)
    {
        var german = language == Language.De;
        var county = result.Rows[0];
        var whole = Rounding.Whole(county.Households);
        string[] Line(string de, string en, long count, long units) => [german ? de : en, Formats.Whole(count, language), county.Households.Percent(units) is { } p ? Formats.Percent(p / 100, language) : "–"];
        var counting = result.Measures.Count(m => m.Faults == PlannedFault.None);
        var table = TextTable.Of([county.Name, german ? "Haushalte" : "households", ""],
        [
            [german ? "gesamt" : "total", Formats.Whole(whole.Total, language), ""],
            Line("versorgt", "served", whole.Served, county.Households.Served), Line("unklar", "unclear", whole.Unclear, county.Households.Unclear),
            Line("geplant", "planned", whole.Planned, county.Households.Planned), Line("unter der Aufgreifschwelle", "below the threshold", whole.Unserved, county.Households.Unserved),
        ], 1, 2);
        string Points(double value) => Formats.Number(value, language, "0.000");
        return table + (german
            ? $"{counting} von {result.Measures.Count} Maßnahmen zählen, {Formats.Whole(result.GapTotal.Count, language)} Lückenflächen.\nAbweichung von den veröffentlichten Anteilen: Kreis höchstens {Points(probe.LargestCounty ?? 0)}, Gemeinden höchstens {Points(probe.LargestMunicipal)} Prozentpunkte.\n"
            : $"{counting} of {result.Measures.Count} measures count, {Formats.Whole(result.GapTotal.Count, language)} gap areas.\nDifference from the published shares: county at most {Points(probe.LargestCounty ?? 0)}, municipalities at most {Points(probe.LargestMunicipal)} percentage points.\n");
    }
}
