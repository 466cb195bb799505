using System.Text.Json.Nodes;

namespace Breitband.Viewer;

/// <summary>What an import takes the place of: told before, and to be undone after.</summary>
public sealed partial class ImportModel
{
    /// <summary>Below this part of the rows there were before it is probably not the whole.</summary>
    const double Much = 0.5;

    async Task Compare(ImportFile file, JsonNode? report)
    {
        var live = (await service.Get("/editions")).AsArray().Where(e => (bool)e!["live"]!).ToDictionary(e => (string)e!["dataset"]!, e => e!, StringComparer.Ordinal);
        var replacing = (report?["files"]?.AsArray() ?? []).Where(t => (bool?)t!["unchanged"] != true && live.ContainsKey((string?)t["dataset"] ?? "")).Select(t => (Table: t!, Was: live[(string)t!["dataset"]!])).ToList();
        file.Warning = string.Join('\n', replacing.Select(r => Said(r.Table, r.Was)));
        file.Replaced = [.. replacing.Select(r => (int)r.Was["number"]!)];
    }

    static string Said(JsonNode table, JsonNode was)
    {
        string Count(long rows) => Formats.Whole(rows, Tongue.Current.Language);
        var (before, now) = ((long?)was["rows"] ?? 0, ((long?)table["read"] ?? 0) - ((long?)table["rejected"] ?? 0) - ((long?)table["outside"] ?? 0));
        var older = string.CompareOrdinal((string?)table["edition"], (string?)was["date"]) < 0;
        var said = Tongue.Of($"Ersetzt „{Named(was)}“, Stand {Day(was["date"])} ({Count(before)} Zeilen).", $"Replaces \"{Named(was)}\" of {was["date"]} ({Count(before)} rows).");
        if (older)
            said += Tongue.Of($" Achtung: Dieser Stand ({Day(table["edition"])}) ist älter als der, den er ersetzt.", $" Caution: this edition ({table["edition"]}) is older than the one it replaces.");
        if (now < Much * before)
            said += Tongue.Of($" Achtung: Es sind nur noch {Count(now)} Zeilen.", $" Caution: there are only {Count(now)} rows left.");
        return said;
    }

    /// <summary>A dataset as planners call it: its layer, and whose it is where the layer has several.</summary>
    static string Named(JsonNode edition) => ((string)edition["dataset"]!).Split(':') is var parts && Layer.Imported.FirstOrDefault(l => l.Name == parts[0]) is { } layer
        ? string.Join(" · ", [layer.Label.In(Tongue.Current.Language), .. parts[1..]]) : string.Join(':', parts);

    /// <summary>What was live before the import is live again; nothing is deleted.</summary>
    public Task Undo(ImportFile file) => InTurn(async () =>
    {
        try
        {
            foreach (var number in file.Replaced)
                await service.Post($"/editions/{number}/live", new JsonObject());
            (file.Replaced, file.State) = ([], Tongue.Of("zurückgenommen: der vorige Stand gilt wieder", "taken back: the edition before is live again"));
            done([]);
        }
        catch (BreitbandException e)
        {
            file.Fault = e.Text.In(Tongue.Current.Language);
        }
        file.Stands();
    });
}
