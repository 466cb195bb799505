using System.Text.Json.Nodes;

namespace Breitband.Viewer;

/// <summary>What a file asks and what can be taken back: in the window's words, where the service speaks of its options.</summary>
public sealed partial class ImportModel
{
    Dictionary<string, (int Number, string Date)> live = [];

    /// <summary>The layers a file may be taken for; the first is none.</summary>
    public IReadOnlyList<Choice> Layers { get; } = [new("", Tongue.Of("Ebene: selbst erkennen", "Layer: recognise")), .. Layer.Imported.Select(l => new Choice(l.Name, l.Label.In(Tongue.Current.Language)))];

    /// <summary>The editions a file that was just imported took the place of count again, and it no longer does; nothing is deleted.</summary>
    public async Task TakeBack(ImportFile file)
    {
        try
        {
            foreach (var number in file.Before)
                await service.Post($"/editions/{number}/live", new JsonObject());
            (file.Before, file.Back, file.State) = ([], "", Tongue.Of("zurückgenommen", "taken back"));
            done([]);
        }
        catch (BreitbandException e)
        {
            file.Fault = e.Text.In(Tongue.Current.Language);
        }
    }

    /// <summary>The live edition of every dataset; none while the service is away, which every file then says for itself.</summary>
    async Task<Dictionary<string, (int, string)>> Live()
    {
        try
        {
            return (await service.Get("/editions")).AsArray().Where(e => (bool)e!["live"]!).GroupBy(e => (string)e!["dataset"]!)
                .ToDictionary(d => d.Key, d => ((int)d.First()!["number"]!, (string)d.First()!["date"]!));
        }
        catch (BreitbandException)
        {
            return [];
        }
    }

    void Remember(ImportFile file, JsonNode? report)
    {
        var replaced = (report?["files"]?.AsArray() ?? []).Where(t => (bool?)t!["unchanged"] != true).Select(t => (string)t!["dataset"]!).Where(live.ContainsKey).Distinct().Select(d => live[d]).ToList();
        file.Before = [.. replaced.Select(r => r.Number)];
        if (replaced is [var (_, date), ..])
            file.Back = Tongue.Of($"Zurücknehmen: der Stand vom {Day(date)} gilt wieder", $"Take back: the edition of {Day(date)} counts again");
    }

    /// <summary>Codes of the register of measures as people say them.</summary>
    static string Value(JsonNode t, string field, JsonNode? value) => ((string?)t["layer"], field) switch
    {
        ("measures", "state") when MeasureState.Parse($"{value}") is { } state => state.Label.In(Tongue.Current.Language),
        ("measures", "kind") when Enum.GetValues<MeasureKind>().Where(k => k.Code() == $"{value}").ToList() is [var kind] => kind.Label().In(Tongue.Current.Language),
        _ => $"{value}",
    };

    /// <summary>The service names the fields of its address; here they have names of their own.</summary>
    static string OfWindow(string text) => Asked.Aggregate(text, (said, word) => said.Replace(word.Option, Tongue.Of(word.De, word.En), StringComparison.Ordinal));

    static readonly (string Option, string De, string En)[] Asked =
    [
        ("mapping NAME", "das Feld „Zuordnung“", "the field \"Mapping\""), ("as EBENE", "das Feld „Ebene“", ""), ("as LAYER", "", "the field \"Layer\""),
        ("edition JJJJ-MM-TT", "das Feld „Stand“", ""), ("edition YYYY-MM-DD", "", "the field \"Edition\""), ("crs EPSG:n", "das Feld „EPSG“", "the field \"EPSG\""),
        ("accept_rejected", "der Haken „trotz Fehlern“", "the tick \"despite faults\""),
    ];
}
