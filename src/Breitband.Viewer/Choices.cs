using System.Globalization;
using System.Text.Json.Nodes;

namespace Breitband.Viewer;

/// <summary>A choice of the top bar: the code the service knows and what a planner reads.</summary>
public sealed record Choice(string Code, string Label)
{
    public override string ToString() => Label;
}

/// <summary>An edition that can stand in the place of the live one; without a number the live ones.</summary>
public sealed record EditionChoice(int? Number, string Label)
{
    public override string ToString() => Label;

    /// <summary>The editions of coverage that are in force with this choice, for what must be said of two of them.</summary>
    public IReadOnlyList<(string Dataset, DateOnly Date, EvidenceKind Evidence)> Dated { get; init; } = [];

    /// <summary>The live ones first, then the earlier ones of coverage.</summary>
    public static IReadOnlyList<EditionChoice> All(JsonNode editions)
    {
        var coverage = editions.AsArray().Where(e => ((string)e!["dataset"]!).StartsWith("coverage_", StringComparison.Ordinal)).ToList();
        var live = coverage.Where(e => (bool)e!["live"]!).Select(Stamp).ToList();
        return [new(null, Tongue.Of("gültige Datenstände", "live editions")) { Dated = live }, .. coverage.Where(e => !(bool)e!["live"]!).Select(e => Named(e) with { Dated = [.. live.Where(l => l.Dataset != Stamp(e).Dataset), Stamp(e)] })];
    }

    static (string Dataset, DateOnly Date, EvidenceKind Evidence) Stamp(JsonNode? e) =>
        ((string)e!["dataset"]!, Day(e), (string?)e["evidence"] == "mev" ? EvidenceKind.Mev : EvidenceKind.Atlas);

    static DateOnly Day(JsonNode? e) => DateOnly.ParseExact((string)e!["date"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    static EditionChoice Named(JsonNode? e) => new((int)e!["number"]!, $"{Formats.Date(Day(e), Tongue.Current.Language)} · {((string)e["dataset"]!).Split(':')[^1]}");
}

/// <summary>By what the map and the figures are made: threshold, basis, and an earlier edition in place of the live one.</summary>
readonly record struct Rule(string? Profile, string? Basis, int? Edition)
{
    /// <summary>As the service's addresses take it; empty for the last analysis'.</summary>
    public string Query => string.Join('&', new[]
    {
        Profile is null ? null : $"profile={Uri.EscapeDataString(Profile)}", Basis is null ? null : $"basis={Basis}", Edition is null ? null : $"with={Edition}",
    }.Where(a => a is not null));
}
