using System.Text;
using System.Text.Json;
using Breitband.Store;

namespace Breitband.Service.Text;

/// <summary>The register for people and for machines.</summary>
static class MeasuresText
{
    public static string List(IReadOnlyList<MeasureEntry> entries, GapResult? result, Language language)
    {
        var german = language == Language.De;
        if (entries.Count == 0)
            return german ? "Keine Maßnahmen im Register. Anlegen mit: breitband measures add …\n" : "No measures in the register. Make one with: breitband measures add …\n";
        var lifts = result?.Measures.ToDictionary(m => m.Key, StringComparer.Ordinal) ?? [];
        var text = new StringBuilder(TextTable.Of(
            german ? ["Kennung", "Titel", "Stand", "Inbetriebnahme", "zählt", "Haushalte", "Adressen", "Betriebe", "Kosten (Euro)", "Euro je Haushalt", "Version"]
                : ["Id", "Title", "State", "Commissioning", "counts", "Households", "Addresses", "Businesses", "Cost (euro)", "Euro per household", "Version"],
            entries.Select(e => Cells(e, lifts.GetValueOrDefault(e.Key), language)), 5, 6, 7, 8, 9, 10));
        foreach (var m in entries.Select(e => lifts.GetValueOrDefault(e.Key)).OfType<MeasureResult>().Where(m => m.Reasons.Count > 0))
            text.AppendLine($"{m.Key}: {string.Join(" ", m.Reasons.Select(r => r.In(language)))}");
        return text.AppendLine(result is null
            ? german ? "Noch keine Analyse; was Maßnahmen heben, sagt sie: breitband analyse" : "No analysis yet; it says what measures lift: breitband analyse"
            : german ? $"Gehoben = aus „unklar“ und „unter der Aufgreifschwelle“ nach „geplant“. Lauf {result.Run}" : $"Lifted = from unclear and below the threshold to planned. Run {result.Run}").ToString();
    }

    static string[] Cells(MeasureEntry e, MeasureResult? lift, Language language)
    {
        string N(long? units) => units is { } u ? Formats.Number(Split.Count(u), language, "#,0") : "–";

        return
        [
            e.Key, e.Text("title") ?? "", e.State.Label.In(language), e.Value("commissioning") is DateOnly date ? Formats.Date(date, language) : "–",
            lift is null ? "–" : new Phrase(lift.Reasons.Count == 0 ? "ja" : "nein", lift.Reasons.Count == 0 ? "yes" : "no").In(language),
            N(lift?.Households), N(lift?.Addresses), N(lift?.Businesses), e.Value("cost") is double cost ? Formats.Number(cost, language, "#,0") : "–",
            lift?.CostPerHousehold is { } each ? Formats.Number(each, language, "#,0") : "–", $"{e.Version}",
        ];
    }

    public static string Json(IReadOnlyList<MeasureEntry> entries, GapResult? result, Language language) => Text.Json.Write(entries.Select(e => Entry(e, result, language))) + "\n";

    public static string Json(MeasureEntry entry, GapResult? result, Language language) => Text.Json.Write(Entry(entry, result, language));

    static object Entry(MeasureEntry e, GapResult? result, Language language) => new
    {
        e.Key,
        e.Version,
        Fields = Layer.Measures.Fields.Skip(1).ToDictionary(f => f.Name, f => e.Value(f.Name)),
        Area = e.Record.Geometry?.AsText(),
        Lift = result?.Measures.FirstOrDefault(m => m.Key == e.Key) is { } m ? ResultJson.Measure(m, language) : null,
    };

    public static string History(IReadOnlyList<MeasureChange> changes, Language language)
    {
        var text = new StringBuilder();
        IReadOnlyDictionary<string, object?> before = new Dictionary<string, object?>();
        foreach (var (change, number) in changes.Select((c, i) => (c, i + 1)))
        {
            text.AppendLine($"{number}. {change.At.ToLocalTime():yyyy-MM-dd HH:mm} {change.Who}: {Word(change.What).In(language)}");
            if (change.What != "delete")
                foreach (var field in Layer.Measures.Fields.Where(f => f.Name != "key" && Plain(before, f.Name) != Plain(change.Values, f.Name)))
                    text.AppendLine($"     {field.Label.In(language)}: {(Plain(before, field.Name) is { Length: > 0 } old ? old + " → " : "")}{(Plain(change.Values, field.Name) is { Length: > 0 } now ? now : "–")}");
            before = change.Values;
        }
        return text.Length > 0 ? text.ToString() : language == Language.De ? "Noch keine Änderungen verzeichnet.\n" : "No changes recorded yet.\n";
    }

    public static string HistoryJson(IReadOnlyList<MeasureChange> changes) =>
        Text.Json.Write(changes.Select((c, i) => new { Version = i + 1, c.At, c.Who, c.What, Fields = c.Values })) + "\n";

    static string Plain(IReadOnlyDictionary<string, object?> values, string field) => values.GetValueOrDefault(field) switch
    {
        null => "",
        JsonElement { ValueKind: JsonValueKind.Null } => "",
        DateOnly date => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "",
    };

    static Phrase Word(string what) => what switch
    {
        "create" => new("angelegt", "created"),
        "delete" => new("herausgenommen", "deleted"),
        "import" => new("eingelesen", "imported"),
        _ => new("geändert", "changed"),
    };
}
