using System.Text;

namespace Breitband.Service.Text;

/// <summary>The build-out clusters of a result: a table for people, CSV and JSON for machines.</summary>
static class ClusterText
{
    public static string Of(GapResult result, string form, Language language) => form switch
    {
        "json" => Json(result, language) + "\n",
        "csv" => Csv(result, language),
        _ => $"{AnalysisText.Heading(result, language)}\n\n{Table(result.Clusters, language)}{AnalysisText.Footing(result, language)}",
    };

    public static string Table(IEnumerable<GapCluster> clusters, Language language)
    {
        string[] header = language == Language.De ? ["", "Ort", "Haushalte", "Adressen", "Betriebe", "Netz (km)", "bis Versorgung (m)"] : ["", "Place", "households", "addresses", "businesses", "network (km)", "to supply (m)"];
        return TextTable.Of(header, clusters.Select((c, i) => (string[])[$"{i + 1}.", c.Label.In(language), Whole(c.Households), Whole(c.Addresses), Whole(c.Businesses),
            Formats.Number(c.Spread / 1000, language, "0.0"), c.Nearest is { } m ? Formats.Number(m, language, "#,0") : "–"]), 0, 2, 3, 4, 5, 6);

        string Whole(long units) => Formats.Number(Split.Count(units), language, "#,0");
    }

    /// <summary>As <see cref="StatsCsv"/>: a spreadsheet opens it.</summary>
    static string Csv(GapResult result, Language language)
    {
        var german = language == Language.De;
        var text = new StringBuilder("\uFEFF");
        void Line(params string[] cells) => text.AppendJoin(german ? ';' : ',', cells).Append("\r\n");
        string Plain(double value) => Formats.Number(value, language, "0.######").Replace('−', '-');
        string Quoted(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

        Line(german ? ["Schlüssel", "AGS", "Ort", "Haushalte", "Adressen", "Betriebe", "Fläche (m²)", "Netz (m)", "bis Versorgung (m)", "Lauf"]
            : ["key", "ags", "place", "households", "addresses", "businesses", "area (m²)", "network (m)", "to supply (m)", "run"]);
        foreach (var c in result.Clusters)
            Line(Quoted(c.Key), c.Ags, Quoted(c.Label.In(language)), Plain(Split.Count(c.Households)), Plain(Split.Count(c.Addresses)), Plain(Split.Count(c.Businesses)),
                Plain(Math.Round(c.AreaM2)), Plain(Math.Round(c.Spread)), c.Nearest is { } m ? Plain(Math.Round(m)) : "", result.Run);
        return text.ToString();
    }

    static string Json(GapResult result, Language language) => Text.Json.Write(new
    {
        result.Run,
        Profile = result.Profile.Key,
        Basis = result.Basis.Code(),
        Clusters = result.Clusters.Select(c => Entry(c, language)),
    });

    public static object Entry(GapCluster c, Language language) => new
    {
        c.Key,
        c.Ags,
        Name = c.Label.In(language),
        Households = Split.Count(c.Households),
        Addresses = Split.Count(c.Addresses),
        Businesses = Split.Count(c.Businesses),
        AreaM2 = Math.Round(c.AreaM2),
        SpreadM = Math.Round(c.Spread),
        NearestM = c.Nearest is { } m ? Math.Round(m) : (double?)null,
    };
}
