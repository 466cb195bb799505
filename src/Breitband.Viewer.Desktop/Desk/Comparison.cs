using System.Globalization;
using System.Text.Json.Nodes;
using Breitband.Viewer.Desktop.Look;
using Breitband.Viewer.Desktop.Map;

namespace Breitband.Viewer.Desktop.Desk;

/// <summary>An edition that can stand in the place of the live one; without a number the live ones.</summary>
sealed record EditionChoice(int? Number, string Label)
{
    public override string ToString() => Label;
}

/// <summary>What the right side of a swipe shows.</summary>
sealed class Comparison : Observable
{
    Choice? profile, basis;
    EditionChoice? edition;
    bool quiet;

    public new event Action? Changed;

    public IReadOnlyList<Choice> Profiles { get; private set; } = [];

    public IReadOnlyList<Choice> Bases { get; private set; } = [];

    public IReadOnlyList<EditionChoice> Editions { get; private set; } = [];

    public PaintedTiles? Tiles { get; set; }

    public Choice? Profile { get => profile; set => Tell(Set(ref profile, value)); }

    public Choice? Basis { get => basis; set => Tell(Set(ref basis, value)); }

    public EditionChoice? Edition { get => edition; set => Tell(Set(ref edition, value)); }

    /// <summary>Begins with the latest earlier edition, which is what is asked most; else with nothing different.</summary>
    public void Offer(IReadOnlyList<Choice> profiles, IReadOnlyList<Choice> bases, JsonNode editions, Choice? now, Choice? on)
    {
        quiet = true;
        (Profiles, Bases, Tiles) = (profiles, bases, null);
        Editions = [new(null, Tongue.Of("gültige Datenstände", "live editions")), .. editions.AsArray().Where(e => !(bool)e!["live"]! && ((string)e["dataset"]!).StartsWith("coverage_", StringComparison.Ordinal)).Select(Named)];
        base.Changed("");
        (Profile, Basis, Edition) = (now, on, Editions.Count > 1 ? Editions[^1] : Editions[0]);
        quiet = false;
    }

    static EditionChoice Named(JsonNode? e) => new((int)e!["number"]!,
        $"{Formats.Date(DateOnly.ParseExact((string)e["date"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture), Tongue.Current.Language)} · {((string)e["dataset"]!).Split(':')[^1]}");

    /// <summary>Asks for what is chosen.</summary>
    public void Ask() => Changed?.Invoke();

    void Tell(bool changed)
    {
        if (changed && !quiet)
            Ask();
    }
}
