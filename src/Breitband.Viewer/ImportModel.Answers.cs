using System.Text.Json.Nodes;

namespace Breitband.Viewer;

/// <summary>What a file is and asks, in the window's words, where the service speaks of codes and options.</summary>
public sealed partial class ImportModel
{
    /// <summary>Codes of the register of measures as people say them, numbers and days as they write them.</summary>
    static string Value(JsonNode t, string field, JsonNode? value) => ((string?)t["layer"], field) switch
    {
        ("measures", "state") when MeasureState.Parse($"{value}") is { } state => state.Label.In(Tongue.Current.Language),
        ("measures", "kind") when Enum.GetValues<MeasureKind>().Where(k => k.Code() == $"{value}").ToList() is [var kind] => kind.Label().In(Tongue.Current.Language),
        _ => Layer.Imported.FirstOrDefault(l => l.Name == (string?)t["layer"])?.Find(field)?.Kind switch
        {
            FieldKind.Real when value is JsonValue told && told.TryGetValue<double>(out var number) => Formats.Number(number, Tongue.Current.Language),
            FieldKind.Date => Day(value),
            _ => $"{value}",
        },
    };

    /// <summary>The service names the fields of its address; here they have names of their own.</summary>
    static string OfWindow(string text) => Asked.Aggregate(text, (said, word) => said.Replace(word.Option, Tongue.Of(word.De, word.En), StringComparison.Ordinal));

    static readonly (string Option, string De, string En)[] Asked =
    [
        ("mapping NAME", "das Feld „Zuordnung“", "the field \"Mapping\""), ("as EBENE", "das Feld „Ebene“", ""), ("as LAYER", "", "the field \"Layer\""),
        ("edition JJJJ-MM-TT", "das Feld „Stand“", ""), ("edition YYYY-MM-DD", "", "the field \"Edition\""), ("crs EPSG:n", "das Feld „EPSG“", "the field \"EPSG\""),
        ("accept_rejected", "der Haken unter der Datei", "the tick below the file"),
    ];
}
