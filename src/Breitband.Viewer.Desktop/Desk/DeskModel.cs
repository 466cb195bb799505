using System.Collections.ObjectModel;
using System.Text.Json.Nodes;
using Breitband.Viewer.Desktop.Look;
using NetTopologySuite.Geometries;

namespace Breitband.Viewer.Desktop.Desk;

/// <summary>A choice of the top bar: the code the service knows and what a planner reads.</summary>
sealed record Choice(string Code, string Label)
{
    public override string ToString() => Label;
}

/// <summary>What lies on the planner's desk: the open project, the question asked of it (threshold, basis, measures) and the answers.</summary>
sealed class DeskModel : Observable
{
    readonly Dictionary<string, Geometry> shapes = [], reach = [];
    Project? project;
    Choice? profile, basis;
    PlaceFacts? selected;
    AreaRow? municipality;
    MeasureRow? measure;
    Parts before, after;
    bool asking, wanted, quiet;

    public event Action<string>? Faulted;

    /// <summary>The project is open or its map has changed: paint anew.</summary>
    public event Action? MapChanged;

    /// <summary>The answer to the question has come: what differs from the stored map is to be drawn over it.</summary>
    public event Action? Answered;

    /// <summary>A place is to be shown.</summary>
    public event Action<Geometry>? Shown;

    public Work Work { get; } = new();

    public IReadOnlyList<LayerSwitch> Layers { get; } = LayerSwitch.All(Legend.Default);

    public IReadOnlyList<Choice> Profiles { get; } = [.. Breitband.Profiles.Load(Installation.Profiles).All.Select(p => new Choice(p.Key, $"{p.Short} ({p.Key})"))];

    public IReadOnlyList<Choice> Bases { get; } = [.. Enum.GetValues<Basis>().Select(b => new Choice(b.Code(), b.Label().In(Tongue.Current.Language)))];

    public ObservableCollection<AreaRow> Municipalities { get; } = [];

    public ObservableCollection<MeasureRow> Measures { get; } = [];

    public Project? Project
    {
        get => project;
        private set => Set(ref project, value);
    }

    public Choice? Profile
    {
        get => profile;
        set => Rule(Set(ref profile, value));
    }

    public Choice? Basis
    {
        get => basis;
        set => Rule(Set(ref basis, value));
    }

    /// <summary>The other side of a comparison.</summary>
    public Comparison Other { get; } = new();

    /// <summary>What the map is painted from: the last analysis, or the rule asked for.</summary>
    public Map.PaintedTiles? Tiles { get; private set; }

    void Rule(bool changed)
    {
        Asked(changed);
        if (changed && !quiet && Project is not null)
            _ = Guarded(() => Work.Run(Tongue.Of("Die Karte wird für diese Schwelle und Grundlage gerechnet …", "Computing the map for this threshold and basis …"), ShowView));
    }

    async Task ShowView(CancellationToken cancelled)
    {
        var (tiles, figures) = await Project!.View(Profile?.Code, Basis?.Code, null, cancelled);
        Tiles = tiles;
        foreach (var row in Rows(figures, "municipality"))
            painted[(string)row["key"]!] = Desk.Parts.Of(row["households"]);
        Repainted?.Invoke();
        Answered?.Invoke();
    }

    /// <summary>The map is to be painted anew where it is.</summary>
    public event Action? Repainted;

    /// <summary>Asks the service again what its map is now: somebody imported or analysed.</summary>
    public Task Renew() => Guarded(async () =>
    {
        await Project!.ReadTiles();
        Tiles = Project.Tiles;
        Repainted?.Invoke();
    });

    /// <summary>Figures, measures and areas anew: a measure was changed here.</summary>
    public Task Reload() => Guarded(() => Work.Run(Tongue.Of("Ergebnisse werden gelesen …", "Reading results …"), async cancelled =>
    {
        await Fill(cancelled);
        await Project!.ReadTiles();
        Tiles = Project.Tiles;
        Repainted?.Invoke();
    }));

    /// <summary>What a new corner snaps to: other measures and municipalities.</summary>
    public IReadOnlyList<Geometry> Neighbours(string measure) => [.. reach.Where(r => r.Key != measure).Select(r => r.Value).Where(g => g is Polygon or MultiPolygon), .. shapes.Values];

    /// <summary>The municipality a place lies in.</summary>
    public AreaRow? At(Coordinate place) => Municipalities.FirstOrDefault(m => shapes.TryGetValue(m.Key, out var shape) && shape.EnvelopeInternal.Contains(place) && shape.Contains(shape.Factory.CreatePoint(place)));

    public PlaceFacts? Selected
    {
        get => selected;
        private set => Set(ref selected, value);
    }

    public AreaRow? Municipality
    {
        get => municipality;
        set
        {
            if (Set(ref municipality, value) && value is not null && shapes.TryGetValue(value.Key, out var shape))
                Shown?.Invoke(shape);
        }
    }

    /// <summary>Chosen on the map, which need not move.</summary>
    public void Pick(AreaRow row)
    {
        municipality = row;
        Changed(nameof(Municipality));
    }

    public string Before => Whole(before.Open);

    public string After => Whole(after.Open);

    /// <summary>With its sign; nothing where nothing changes.</summary>
    public string Change => Math.Round(after.Open) - Math.Round(before.Open) is not 0 and var change ? (change > 0 ? "+" : "−") + Whole(Math.Abs(change)) : "";

    public IReadOnlyList<double> Parts => after.Ordered;

    /// <summary>Municipalities whose figures differ from those the map was painted with, by key.</summary>
    public IEnumerable<(Geometry Shape, Parts Now)> Differing =>
        Municipalities.Where(m => painted.TryGetValue(m.Key, out var was) && was != m.Figures && shapes.ContainsKey(m.Key)).Select(m => (shapes[m.Key], m.Figures));

    readonly Dictionary<string, Parts> painted = [];

    /// <summary>Where the measures reach that are left out of the question.</summary>
    public IEnumerable<Geometry> LeftOut => Measures.Where(m => !m.Counts && reach.ContainsKey(m.Key)).Select(m => reach[m.Key]);

    /// <summary>The measure picked in the list.</summary>
    public MeasureRow? Measure
    {
        get => measure;
        set
        {
            if (Set(ref measure, value) && MeasureShape is { } shape)
                Shown?.Invoke(shape);
        }
    }

    public Geometry? MeasureShape => measure is not null ? reach.GetValueOrDefault(measure.Key) : null;

    public Geometry? MunicipalityShape => municipality is not null ? shapes.GetValueOrDefault(municipality.Key) : null;

    public async Task Open(string where, string? key)
    {
        var opened = await Project.Open(where, key);
        if (Project is { } old)
            await old.DisposeAsync();
        (Project, Tiles, Selected, Municipality, Measure) = (opened, opened.Tiles, null, null, null);
        MapChanged?.Invoke();
        Watch(opened);
        await Guarded(() => Work.Run(Tongue.Of("Ergebnisse werden gelesen …", "Reading results …"), Fill));
    }

    async Task Fill(CancellationToken cancelled)
    {
        var service = Project!.Service;
        var areas = service.Get("/collections/result_municipalities/items?limit=10000", cancelled);
        Take(await service.Get("/results", cancelled));
        Read(await areas, shapes);
        Read(await service.Get("/collections/measures/items?limit=10000", cancelled), reach);
        Other.Offer(Profiles, Bases, await service.Get("/editions", cancelled), Profile, Basis);
        Answered?.Invoke();
        // The first question loads the county; asked now, the first tick of a measure is answered at once.
        _ = Guarded(() => service.Post("/whatif", new JsonObject(), cancelled));
    }

    static void Read(JsonNode collection, Dictionary<string, Geometry> into)
    {
        into.Clear();
        foreach (var feature in collection["features"]!.AsArray())
            if (GeoJson.Read(feature!["geometry"]) is { } shape && ((string?)feature["properties"]?["key"] ?? feature["id"]?.ToString()) is { } key)
                into[key] = shape;
    }

    /// <summary>The stored result: what the map shows.</summary>
    void Take(JsonNode result)
    {
        quiet = true;
        Profile = Profiles.FirstOrDefault(p => p.Code == (string?)result["profile"]);
        Basis = Bases.FirstOrDefault(b => b.Code == (string?)result["basis"]);
        Municipalities.Clear();
        Measures.Clear();
        painted.Clear();
        foreach (var row in Rows(result, "municipality").OrderBy(r => Formats.SortKey((string)r["name"]!), StringComparer.Ordinal))
        {
            var parts = Desk.Parts.Of(row["households"]);
            painted[(string)row["key"]!] = parts;
            Municipalities.Add(new((string)row["key"]!, (string)row["name"]!, parts));
        }
        foreach (var measure in result["measures"]!.AsArray().OrderByDescending(m => (double?)m!["households"]))
            Measures.Add(new(measure!, () => Asked(true)));
        before = after = Desk.Parts.Of(Rows(result, "county").FirstOrDefault()?["households"]);
        quiet = false;
        Changed("");
    }

    static IEnumerable<JsonNode> Rows(JsonNode result, string level) => result["rows"]!.AsArray().Where(r => (string?)r!["level"] == level)!;

    public void Sort<T>(Func<AreaRow, T> by)
    {
        var sorted = Municipalities.OrderBy(by).ToList();
        for (var i = 0; i < sorted.Count; i++)
            Municipalities.Move(Municipalities.IndexOf(sorted[i]), i);
    }

    /// <summary>All measures on or off.</summary>
    public void Count(bool on)
    {
        foreach (var measure in Measures)
            measure.Put(on);
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
        await Guarded(Ask);
        asking = false;
    }

    /// <summary>One question at a time; while it is on its way only the newest choice is kept.</summary>
    async Task Ask()
    {
        while (wanted)
        {
            wanted = false;
            var chosen = new JsonArray([.. Measures.Where(m => m.Counts).Select(m => JsonValue.Create(m.Key))]);
            var answer = await Project!.Service.Post("/whatif", new JsonObject { ["profile"] = Profile?.Code, ["basis"] = Basis?.Code, ["measures"] = chosen });
            var figures = Rows(answer, "municipality").ToDictionary(r => (string)r["key"]!, r => Desk.Parts.Of(r["households"]));
            foreach (var row in Municipalities)
                row.Figures = figures.GetValueOrDefault(row.Key);
            after = Desk.Parts.Of(Rows(answer, "county").FirstOrDefault()?["households"]);
            Changed("");
            Answered?.Invoke();
        }
    }

    /// <param name="place">An address, a key, a name, or a coordinate.</param>
    public Task Explain(string place) => Guarded(() => Work.Run(Tongue.Of("Auskunft wird geholt …", "Asking …"), async cancelled =>
        Selected = PlaceFacts.Of(await Project!.Service.Get($"/explain?place={Uri.EscapeDataString(place)}", cancelled))));

    bool connected = true;

    /// <summary>Whether the service answers; the window stays usable without it and goes on when it is back.</summary>
    public bool Connected
    {
        get => connected;
        private set => Set(ref connected, value);
    }

    async void Watch(Project watched)
    {
        while (ReferenceEquals(Project, watched))
        {
            try
            {
                await watched.Service.Get("/healthz");
                Connected = true;
            }
            catch (Exception e) when (e is BreitbandException or ObjectDisposedException)
            {
                Connected = e is ObjectDisposedException && Connected;
            }
            await Task.Delay(TimeSpan.FromSeconds(4));
        }
    }

    /// <summary>Names of municipalities that begin with or hold the text.</summary>
    public IEnumerable<string> Suggest(string text) => Municipalities.Select(m => m.Name).Where(n => n.Contains(text, StringComparison.CurrentCultureIgnoreCase)).Take(12);

    /// <summary>Faults are said, never thrown: the window stays usable.</summary>
    public async Task Guarded(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (BreitbandException e)
        {
            Faulted?.Invoke(e.Text.In(Tongue.Current.Language));
        }
        catch (OperationCanceledException)
        {
            return; // the user stopped it, or asked something else
        }
        catch (Exception e)
        {
            // Nothing here is foreseen, so the text can only say what it is; the window lives on.
            Faulted?.Invoke(Tongue.Of($"Unerwarteter Fehler, bitte melden: {e.GetType().Name}: {e.Message}", $"Unexpected fault, please report it: {e.GetType().Name}: {e.Message}"));
        }
    }

    static string Whole(double value) => Formats.Whole((long)Math.Round(value), Tongue.Current.Language);
}
