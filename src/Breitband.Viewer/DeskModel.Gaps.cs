using System.Text.Json;
using System.Text.Json.Nodes;
using Breitband.Print;
using NetTopologySuite.Geometries;

namespace Breitband.Viewer;

/// <summary>
/// Gap areas of a trial of measures. Finding them takes the service a few times as long as the figures do, so they are asked for by themselves,
/// and of several ticks only for the last.
/// </summary>
public sealed partial class DeskModel
{
    TriedGaps? tried;
    (Rule Rule, string[] Measures) triedFor = (default, []);
    bool gapsAsked, gapsWanted;

    /// <summary>The gap areas of a trial in the place of those on <see cref="Tiles"/>; null where those measures count that the tiles show, or while the map still shows another rule.</summary>
    public TriedGaps? TriedGaps => CanTry && triedFor.Rule == shown ? tried : null;

    /// <summary>Whether they are those of the choice just made: until then its settlements are coloured as a whole.</summary>
    public bool GapsFollow => TriedGaps is not null && triedFor.Measures.SequenceEqual(Counted);

    /// <summary>Whether gap areas on the map are those of the choice just made, be it a trial or what the tiles show anyway.</summary>
    public bool MapFollows => Counted.SequenceEqual(Painted(Rule)) ? TriedGaps is null : GapsFollow;

    /// <summary>Whether a question about gap areas is on its way.</summary>
    internal bool AskingGaps => gapsAsked;

    string[] Counted => [.. Measures.Where(m => m.Chosen).Select(m => m.Key)];

    /// <summary>Whose gap areas are on the tiles: the measures of the last analysis, or by another rule all.</summary>
    IEnumerable<string> Painted(Rule rule) => rule == stored ? Measures.Select(m => m.Key).Where(k => usual.Contains(k)) : Measures.Select(m => m.Key);

    async void TryGaps(string[] counted)
    {
        gapsWanted = !counted.SequenceEqual(Painted(Rule));
        if (!gapsWanted)
            Put(null, (Rule, counted));
        if (!gapsWanted || gapsAsked)
            return;
        gapsAsked = true;
        await Guarded(AskGaps);
        gapsAsked = false;
    }

    async Task AskGaps()
    {
        while (gapsWanted)
        {
            gapsWanted = false;
            var (open, asked) = (Project!, (Rule, Measures: Counted));
            var gaps = await Gaps(open, asked.Rule, Choice(asked.Measures));
            if (ReferenceEquals(open, Project) && asked.Rule == Rule && asked.Measures.SequenceEqual(Counted))
                Put(gaps, asked);
        }
    }

    /// <summary>As against the tiles.</summary>
    async Task<TriedGaps> Gaps(Project open, Rule rule, JsonNode measures)
    {
        var answer = await open.Service.Ask("/whatif", new JsonObject { ["profile"] = rule.Profile, ["basis"] = rule.Basis, ["measures"] = measures, ["gaps"] = rule == stored ? "stored" : "rule", ["figures"] = false });
        return await Task.Run(() => Gaps(answer.At("gaps")));
    }

    void Put(TriedGaps? gaps, (Rule, string[]) asked)
    {
        var was = TriedGaps;
        (tried, triedFor) = (gaps, asked);
        if (ReferenceEquals(was, TriedGaps))
            return;
        Repainted?.Invoke();
    }

    static TriedGaps Gaps(JsonElement? told) =>
        new(told?.At("hidden") is { } hidden ? hidden.EnumerateArray().Select(k => k.GetString()!) : [], GeoJson.Features(told?.At("shown")).Select(f => Gap(f.Feature, f.Shape)).OfType<(double, Geometry)>());

    /// <summary>Squares of small scales are not painted here.</summary>
    static (double, Geometry)? Gap(JsonElement feature, Geometry area) => feature.At("properties") is { } p && p.At("size")?.GetInt32() == 0 && p.At("share")?.GetDouble() is { } share ? (share, area) : null;
}
