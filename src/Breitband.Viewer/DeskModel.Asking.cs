using System.Text.Json.Nodes;
using NetTopologySuite.Geometries;

namespace Breitband.Viewer;

/// <summary>Questions: another threshold, basis or edition, measures in and out, a single place.</summary>
public sealed partial class DeskModel
{
    readonly Dictionary<string, Parts> painted = [];
    Choice? profile, basis;
    EditionChoice? edition;
    Rule based;
    Parts before, after;
    bool asking, wanted, quiet;
    string? explained;

    static readonly Lazy<IReadOnlyList<Choice>> Offered = new(() => [.. Breitband.Profiles.Load(Installation.Profiles).All.Select(p => new Choice(p.Key, $"{p.Short} ({p.Key})"))]);

    /// <summary>Those of the installation; read when first asked for.</summary>
    public static IReadOnlyList<Choice> Thresholds => Offered.Value;

    public IReadOnlyList<Choice> Profiles { get; } = Thresholds;

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

    public string Before => Formats.Whole(before.WholeOpen, Tongue.Current.Language);

    public string After => Formats.Whole(after.WholeOpen, Tongue.Current.Language);

    /// <summary>With its sign; nothing where nothing changes.</summary>
    public string Change => after.WholeOpen - before.WholeOpen is not 0 and var change ? (change > 0 ? "+" : "−") + Formats.Whole(Math.Abs(change), Tongue.Current.Language) : "";

    public IReadOnlyList<double> Parts => after.Ordered;

    /// <summary>Municipalities whose figures differ from those the map was painted with, by key.</summary>
    public IEnumerable<(Geometry Shape, Parts Was, Parts Now)> Differing =>
        Municipalities.Where(m => painted.TryGetValue(m.Key, out var was) && was != m.Figures && shapes.ContainsKey(m.Key)).Select(m => (shapes[m.Key], painted[m.Key], m.Figures));

    /// <summary>Where the measures reach that are left out of the question.</summary>
    public IEnumerable<Geometry> LeftOut => Measures.Where(m => !m.Counts && reach.ContainsKey(m.Key)).Select(m => reach[m.Key]);

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
        Changed(nameof(CanTry));
        Asked(true);
        if (explained is not null)
            _ = Explain(explained);
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
                painted[(string)row["key"]!] = Breitband.Viewer.Parts.Of(row["households"]);
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
    void LookBack(JsonNode figures)
    {
        foreach (var row in Municipalities)
            row.Figures = painted.GetValueOrDefault(row.Key);
        (before, based) = (Told.CountyOf(figures), shown);
        after = before;
        Changed("");
    }

    async Task ShowOther(WorkItem item)
    {
        var (made, _) = await Project!.View(Other.Rule, item.Cancelled);
        item.Cancelled.ThrowIfCancellationRequested();
        Other.Tiles = ReferenceEquals(made, Project.Tiles) ? made : Followed(made);
        Repainted?.Invoke();
    }

    /// <summary>The language is another: what is written here is said anew, and the service is asked for its texts. What was chosen and ticked stays.</summary>
    public async Task Speak()
    {
        (quiet, var code) = (true, Basis?.Code);
        Bases = Named();
        Changed(nameof(Bases));
        Basis = Bases.FirstOrDefault(b => b.Code == code);
        quiet = false;
        foreach (var layer in Layers)
            layer.Spoken();
        Changed("");
        if (Project is null)
            return;
        await Reload();
        if (explained is not null)
            await Explain(explained);
    }

    /// <summary>All measures on or off.</summary>
    public void Count(bool on)
    {
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
            if (based != rule)
            {
                // What a measure changes is told from the same threshold without the change.
                var all = await WhatIf(open, rule, "all");
                var whole = Told.CountyOf(all);
                (before, based, villagesPainted) = (whole, rule, Places(all));
            }
            var counted = Counted;
            var answer = await WhatIf(open, rule, Choice(counted));
            if (!ReferenceEquals(open, Project) || rule != Rule)
                continue; // asked anew already
            var figures = Told.Rows(answer, "municipality").ToDictionary(r => (string)r["key"]!, r => Breitband.Viewer.Parts.Of(r["households"]));
            foreach (var row in Municipalities)
                row.Figures = figures.GetValueOrDefault(row.Key);
            (after, villagesNow) = (Told.CountyOf(answer), Places(answer));
            Changed("");
            Answered?.Invoke();
            TryGaps(counted);
        }
    }

    static Task<JsonNode> WhatIf(Project open, Rule rule, JsonNode measures) =>
        open.Service.Post("/whatif", new JsonObject { ["profile"] = rule.Profile, ["basis"] = rule.Basis, ["measures"] = measures, ["places"] = true });

    static JsonArray Choice(IEnumerable<string> measures) => new([.. measures.Select(m => JsonValue.Create(m))]);

    /// <param name="place">An address, a key, a name, or a coordinate.</param>
    public Task Explain(string place)
    {
        explained = place;
        return Guarded(() => Work.Run(Purpose.Place, Tongue.Of("Auskunft wird geholt …", "Asking …"), async item =>
        {
            var answer = await Project!.Service.Get($"/explain?place={Uri.EscapeDataString(place)}&{Rule.Query}".TrimEnd('&'), item.Cancelled);
            item.Cancelled.ThrowIfCancellationRequested();
            Selected = PlaceFacts.Of(answer);
        }));
    }
}
