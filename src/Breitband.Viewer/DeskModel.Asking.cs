using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetTopologySuite.Geometries;

namespace Breitband.Viewer;

/// <summary>Questions: another threshold, basis or edition, measures in and out.</summary>
public sealed partial class DeskModel
{
    readonly Dictionary<string, Parts> painted = [];
    Choice? profile, basis;
    EditionChoice? edition;
    Rule based;
    Rule? lifted;
    string[] usual = [];
    Parts before, after;
    bool asking, wanted, quiet;

    static readonly Lazy<IReadOnlyList<Profile>> Offered = new(() => Breitband.Profiles.Load(Installation.Profiles).All);

    /// <summary>Those of the installation; read when first asked for.</summary>
    public static IReadOnlyList<Choice> Thresholds => [.. Offered.Value.Select(p => new Choice(p.Key, $"{p.Short.In(Tongue.Current.Language)} ({p.Key})"))];

    public IReadOnlyList<Choice> Profiles { get; private set; } = Thresholds;

    public IReadOnlyList<Choice> Bases { get; private set; } = Named();

    static IReadOnlyList<Choice> Named() => [.. Enum.GetValues<Basis>().Select(b => new Choice(b.Code(), b.Label().In(Tongue.Current.Language)))];

    /// <summary>The live editions and earlier ones of coverage that can stand in their place.</summary>
    public IReadOnlyList<EditionChoice> Editions { get; private set; } = [];

    // A list that is filled anew sends null for a moment; that chooses nothing.
    public Choice? Profile { get => profile; set => Ruled((value is not null || quiet) && Set(ref profile, value)); }

    public Choice? Basis { get => basis; set => Ruled((value is not null || quiet) && Set(ref basis, value)); }

    public EditionChoice? Edition { get => edition; set => Ruled((value is not null || quiet) && Set(ref edition, value)); }

    /// <summary>Measures are tried on the live editions; an earlier one is looked back at.</summary>
    public bool CanTry => Edition?.Number is null;

    /// <summary>Whether a question about the figures is on its way.</summary>
    internal bool Asking => asking;

    Rule Rule => new(Profile?.Code, Basis?.Code, Edition?.Number);

    public string Before => known ? Formats.Whole(before.WholeOpen, Tongue.Current.Language) : "–";

    /// <summary>Before and the change together: what is read beside each other adds up.</summary>
    public string After => known ? Formats.Whole(before.WholeOpen + Changes, Tongue.Current.Language) : "–";

    /// <summary>With its sign; nothing where nothing changes.</summary>
    public string Change => Changes is not 0 and var change ? (change > 0 ? "+" : "−") + Formats.Whole(Math.Abs(change), Tongue.Current.Language) : "";

    long Changes => Breitband.Viewer.Parts.Between(before.Open, after.Open);

    public IReadOnlyList<double> Parts => after.Ordered;

    /// <summary>From here on the map is more a picture of what is not known than of the supply.</summary>
    const double Much = 0.1;

    double unproven;

    /// <summary>Said where the basis has nothing on many households; else empty.</summary>
    public string Unproven => unproven < Much ? "" : Formats.Percent(unproven, Tongue.Current.Language)
        + Tongue.Of(" der Haushalte sind auf dieser Grundlage ohne jeden Beleg; sie gelten als unklar.", " of the households are without any evidence on this basis; they count as unclear.");

    /// <summary>The county's share of open households.</summary>
    public string Share => Formats.Percent(after.OpenShare, Tongue.Current.Language);

    /// <summary>Municipalities whose figures differ from those the map was painted with, by key.</summary>
    public IEnumerable<(Geometry Shape, Parts Was, Parts Now)> Differing =>
        Municipalities.Where(m => painted.TryGetValue(m.Key, out var was) && was != m.Figures && shapes.ContainsKey(m.Key)).Select(m => (shapes[m.Key], painted[m.Key], m.Figures));

    /// <summary>Where the measures reach that are left out of the question.</summary>
    public IEnumerable<Geometry> LeftOut => !CanTry ? [] : Measures.Where(m => !m.Chosen && reach.ContainsKey(m.Key)).Select(m => reach[m.Key]);

    void Ruled(bool changed)
    {
        if (!changed || quiet || Project is null)
            return;
        Follow();
        Look();
    }

    /// <summary>Figures and the explained place go with the rule.</summary>
    void Follow()
    {
        Fix();
        Other.Follow(Profile, Basis);
        Asked(true);
        if (explained is not null)
            _ = Inquire(explained);
    }

    void Fix()
    {
        Changed(nameof(CanTry));
        foreach (var one in Measures)
            one.Fix(!CanTry);
    }

    void Look()
    {
        var asked = Rule;
        _ = Guarded(() => Work.Run(Purpose.View, Tongue.Of("Die Karte wird gerechnet …", "Computing the map …"), ShowView), again: () => Choose(asked));
    }

    void Choose(Rule rule)
    {
        Name(rule);
        Ruled(true);
    }

    void Name(Rule rule)
    {
        quiet = true;
        (Profile, Basis, Edition) = (Profiles.FirstOrDefault(p => p.Code == rule.Profile), Bases.FirstOrDefault(b => b.Code == rule.Basis), Editions.FirstOrDefault(e => e.Number == rule.Edition));
        quiet = false;
    }

    async Task ShowView(WorkItem item)
    {
        var (open, asked) = (Project!, Rule);
        try
        {
            var (made, figures) = await open.View(asked, item.Cancelled);
            item.Cancelled.ThrowIfCancellationRequested();
            (Tiles, shown) = (made, asked);
            foreach (var row in Told.Rows(figures, "municipality"))
                painted[row.Text("key")!] = Breitband.Viewer.Parts.Of(row.At("households"));
            if (asked.Edition is not null)
                LookBack(figures);
            Repainted?.Invoke();
            Answered?.Invoke();
        }
        catch when (!item.Displaced && asked != shown)
        {
            Name(shown); // the bar names what the map shows
            Follow();
            throw;
        }
    }

    /// <summary>An earlier edition's figures stand for themselves: no measure is tried on it.</summary>
    void LookBack(JsonElement figures)
    {
        foreach (var row in Municipalities)
            row.Figures = painted.GetValueOrDefault(row.Key);
        Lift(figures);
        (before, based, lifted, unproven) = (Told.CountyOf(figures), shown, shown, Told.UnprovenIn(figures));
        after = before;
        Sort();
        Changed("");
    }

    async Task ShowOther(WorkItem item)
    {
        try
        {
            var (made, figures) = await Project!.View(Other.Rule, item.Cancelled);
            item.Cancelled.ThrowIfCancellationRequested();
            Other.Show(ReferenceEquals(made, Project.Tiles) ? made : Followed(made),
                Told.Rows(figures, "municipality").ToDictionary(r => r.Text("key")!, r => Breitband.Viewer.Parts.Of(r.At("households")), StringComparer.Ordinal), Told.CountyOf(figures));
        }
        catch when (!item.Displaced)
        {
            Other.Fail();
            throw;
        }
        Repainted?.Invoke();
        if (beside)
            _ = Inquire(explained!);
    }

    /// <summary>The language is another: what is written here is said anew, and the service is asked for its texts. What was chosen and ticked stays.</summary>
    public async Task Speak()
    {
        (quiet, var was) = (true, Rule);
        (Profiles, Bases) = (Thresholds, Named());
        Changed(nameof(Profiles));
        Changed(nameof(Bases));
        (Profile, Basis) = (Profiles.FirstOrDefault(p => p.Code == was.Profile), Bases.FirstOrDefault(b => b.Code == was.Basis));
        quiet = false;
        foreach (var layer in Layers)
            layer.Spoken();
        Changed("");
        if (Project is null)
            return;
        await Reload();
        if (explained is not null)
            await Inquire(explained);
    }

    /// <summary>All measures on or off.</summary>
    public void Count(bool on)
    {
        if (!CanTry)
            return;
        foreach (var one in Measures)
            one.Put(on);
        Asked(true);
    }

    async void Asked(bool changed)
    {
        if (!changed || quiet || Project is null)
            return;
        wanted = true;
        if (asking)
            return;
        asking = true;
        await Guarded(Ask, again: () => Asked(true));
        asking = false;
    }

    /// <summary>One question at a time; while it is on its way only the newest choice is kept.</summary>
    async Task Ask()
    {
        while (wanted)
        {
            wanted = false;
            if (!CanTry)
                continue;
            var (open, rule) = (Project!, Rule);
            // What a measure changes is told from the same threshold without the change; what it lifts, beside all others.
            var all = based != rule || lifted != rule ? await WhatIf(open, rule, "all") : null;
            if (all is not null)
                Lift(all.Answer);
            lifted = rule;
            var counted = Counted;
            var asked = WhatIf(open, rule, Choice(counted));
            TryGaps(counted); // beside it
            var answer = await asked;
            if (!ReferenceEquals(open, Project) || rule != Rule)
                continue; // asked anew already
            foreach (var row in Municipalities)
                row.Figures = answer.Municipalities.GetValueOrDefault(row.Key);
            if (all is not null && based != rule) // with what is after: the two are never of two thresholds
                (before, based, villagesPainted) = (all.County, rule, all.Places);
            (after, villagesNow, unproven) = (answer.County, answer.Places, answer.Unproven);
            Sort();
            await Task.Yield(); // the lines of the list are a frame's work by themselves, and so is the rest
            Changed("");
            Answered?.Invoke();
        }
    }

    /// <summary>Taken apart beside the window's thread, as it was read.</summary>
    static Task<Trial> WhatIf(Project open, Rule rule, JsonNode measures) => Task.Run(async () => Trial.Of(
        await open.Service.Ask("/whatif", new JsonObject { ["profile"] = rule.Profile, ["basis"] = rule.Basis, ["measures"] = measures, ["places"] = true })));

    /// <summary>What every measure lifts under the rule of an answer in which all of them were chosen.</summary>
    void Lift(JsonElement answer)
    {
        var told = answer.List("measures").ToDictionary(m => m.Text("key")!, m => JsonObject.Create(m)!, StringComparer.Ordinal);
        foreach (var row in Measures)
            if (told.TryGetValue(row.Key, out var now))
                row.Tell(now);
        var picked = measure;
        Arrange(Measures, [.. Measures.OrderByDescending(m => m.Lifted).ThenBy(m => m.Key, StringComparer.Ordinal)]);
        if (picked == measure)
            return;
        measure = picked; // a list lets go of a line that moves
        Changed(nameof(Measure));
    }

    static void Arrange<T>(ObservableCollection<T> list, IReadOnlyList<T> order)
    {
        for (var i = 0; i < order.Count; i++)
            if (list.IndexOf(order[i]) is var at && at != i)
                list.Move(at, i);
    }

    static JsonArray Choice(IEnumerable<string> measures) => new([.. measures.Select(m => JsonValue.Create(m))]);
}
