using System.Globalization;
using System.Text.Json.Nodes;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Breitband.Viewer;

/// <summary>A field two people changed: what is theirs, what is ours.</summary>
public sealed record Difference(string Field, string Theirs, string Ours);

/// <summary>A line of the form.</summary>
public sealed class FormField(string name, Phrase label, string value) : Observable
{
    string text = value;

    public string Name => name;

    public string Label => label.In(Tongue.Current.Language);

    /// <summary>As it was when the form was opened.</summary>
    public string Was { get; } = value;

    public string Text { get => text; set => Set(ref text, value); }

    /// <summary>The language is another.</summary>
    public void Spoken() => Changed(nameof(Label));
}

/// <summary>The form of a measure, new or changed. What a colleague changed meanwhile is shown, never overwritten unseen.</summary>
public sealed class MeasureEditor : Observable
{
    static readonly (string Name, Phrase Label)[] Asked =
    [
        ("title", new("Bezeichnung", "Title")), ("provider", new("Netzbetreiber", "Operator")), ("down", new("Mbit/s im Abruf", "Mbit/s down")), ("up", new("Mbit/s im Senden", "Mbit/s up")),
        ("consultation", new("Markterkundung vom", "Consultation of")), ("horizon_until", new("Zeithorizont bis", "Horizon until")), ("commissioning", new("Inbetriebnahme", "Commissioning")), ("cost", new("Kosten, €", "Cost, €")),
    ];

    readonly ServiceClient service;
    readonly string wasState, wasKind;
    readonly Geometry? wasArea;
    int version;
    bool deletes;
    string key, fault = "";
    Choice? kind, state;
    IReadOnlyList<Difference> differences = [];

    MeasureEditor(ServiceClient service, JsonNode? measure)
    {
        (this.service, IsNew) = (service, measure is null);
        (key, version) = ((string?)measure?["key"] ?? "", (int?)measure?["version"] ?? 0);
        var fields = measure?["fields"];
        (wasState, wasKind, wasArea) = ((string?)fields?["state"] ?? "", KindIn(fields), Area(measure));
        Fields = [.. Asked.Select(f => new FormField(f.Name, f.Label, Text(fields?[f.Name])))];
        kind = Kinds.FirstOrDefault(k => k.Code == wasKind);
        state = States.FirstOrDefault(s => s.Code == wasState) ?? States[0];
        Shape = wasArea is null ? null : Crs.Transform(wasArea, Crs.Stored, Crs.WebMercator);
    }

    public static MeasureEditor New(ServiceClient service) => new(service, null);

    public static async Task<MeasureEditor> Of(ServiceClient service, string key) => new(service, await service.Get($"/measures/{Uri.EscapeDataString(key)}"));

    public bool IsNew { get; }

    public ServiceClient Service => service;

    /// <summary>What was done, once it is.</summary>
    public string Outcome => deletes ? Tongue.Of($"Maßnahme {key} ist gelöscht; ihre Geschichte bleibt.", $"Measure {key} is deleted; its history stays.")
        : Tongue.Of($"Maßnahme {key} ist gespeichert.", $"Measure {key} is saved.");

    public string Heading => IsNew ? Tongue.Of("Neue Maßnahme", "New measure") : Tongue.Of($"Maßnahme {key}", $"Measure {key}");

    /// <summary>Metres of the web's projection; null when it has none.</summary>
    public Geometry? Shape { get; }

    public string Key { get => key; set => Set(ref key, value); }

    public IReadOnlyList<FormField> Fields { get; }

    public IReadOnlyList<Choice> Kinds { get; private set; } = Named();

    static IReadOnlyList<Choice> Named() => [.. Enum.GetValues<MeasureKind>().Select(k => new Choice(k.Code(), k.Label().In(Tongue.Current.Language)))];

    public Choice? Kind
    {
        get => kind;
        set
        {
            if (value is null || !Set(ref kind, value)) // a list that is filled anew sends null for a moment
                return;
            Changed(nameof(States));
            State = States.FirstOrDefault(s => s.Code == State?.Code) ?? States[0];
        }
    }

    /// <summary>Those the measure may be in next.</summary>
    public IReadOnlyList<Choice> States
    {
        get
        {
            var of = MeasureLife.ParseKind(Kind?.Code);
            var all = MeasureLife.Of(of).Select(MeasureState.Find);
            var next = IsNew || MeasureState.Parse(wasState) is not { } from ? all : all.Where(s => MeasureLife.WhyNot(from, s, of) is null);
            return [.. next.Select(s => new Choice(s.Code, s.Label.In(Tongue.Current.Language)))];
        }
    }

    public Choice? State { get => state; set => _ = value is not null && Set(ref state, value); }

    /// <summary>Whether something is typed or chosen that is not stored.</summary>
    public bool Touched => Fields.Any(f => f.Text != f.Was) || key.Length > 0 && IsNew || !IsNew && (Kind?.Code != wasKind || State?.Code != wasState);

    /// <summary>The language is another: what the form says is read anew, what was entered stays.</summary>
    public void Spoken()
    {
        var (kindNow, stateNow) = (Kind?.Code, State?.Code);
        Kinds = Named();
        kind = Kinds.FirstOrDefault(k => k.Code == kindNow);
        state = States.FirstOrDefault(s => s.Code == stateNow);
        foreach (var field in Fields)
            field.Spoken();
        Changed("");
    }

    public string Fault { get => fault; private set => Set(ref fault, value); }

    /// <summary>Not empty while a colleague's change waits for a decision.</summary>
    public IReadOnlyList<Difference> Differences
    {
        get => differences;
        private set
        {
            Set(ref differences, value);
            Changed(nameof(InConflict));
        }
    }

    public bool InConflict => Differences.Count > 0;

    /// <summary>What going on in spite of the colleague's change does.</summary>
    public string Insistence => deletes ? Tongue.Of("Trotzdem löschen", "Delete all the same") : Tongue.Of("Meine speichern", "Save mine");

    /// <param name="area">In the stored system; null to leave it as it is.</param>
    /// <returns>Whether it is saved.</returns>
    public Task<bool> Save(Geometry? area) => Try(deleting: false, area, async () =>
    {
        var body = new JsonObject { ["fields"] = Values() };
        if (area is not null)
            body["area"] = area.AsText();
        return IsNew ? await service.Post("/measures", With(body, "key", key.Trim())) is not null : await service.Patch(Path, version, body) is not null;
    });

    public Task<bool> Delete() => Try(deleting: true, null, () => service.Remove(Path, version));

    /// <summary>Saves ours over what the colleague made, or deletes it, now that it has been seen.</summary>
    public Task<bool> Insist(Geometry? area)
    {
        version = seen;
        return deletes ? Delete() : Save(area);
    }

    int seen;

    string Path => $"/measures/{Uri.EscapeDataString(key)}";

    async Task<bool> Try(bool deleting, Geometry? area, Func<Task<bool>> change)
    {
        (Fault, deletes) = ("", deleting);
        Changed(nameof(Insistence));
        try
        {
            if (!await change())
                return await Conflict(area);
            Differences = [];
            return true;
        }
        catch (BreitbandException e)
        {
            Fault = e.Text.In(Tongue.Current.Language);
            return false;
        }
    }

    async Task<bool> Conflict(Geometry? area)
    {
        var now = await service.Get(Path);
        seen = (int)now["version"]!;
        var (fields, theirs) = (now["fields"], Area(now));
        Difference? Of(string label, string was, string stored, string ours) => stored == was && ours == was ? null : new(label, Told(stored, was), Told(ours, was));
        Differences =
        [
            .. Fields.Select(f => Of(f.Label, f.Was, Text(fields?[f.Name]), f.Text)).OfType<Difference>(),
            .. new[]
            {
                Of(Tongue.Of("Art", "Kind"), NameOf(Kinds, wasKind), NameOf(Kinds, KindIn(fields)), Kind?.Label ?? ""),
                Of(Tongue.Of("Stand", "State"), StateOf(wasState), StateOf(Text(fields?["state"])), State?.Label ?? ""),
                Of(Tongue.Of("Gebiet", "Area"), Size(wasArea, wasArea), Size(theirs, wasArea), Size(area ?? wasArea, wasArea)),
            }.OfType<Difference>(),
        ];
        if (Differences.Count == 0)
            Differences = [new(Tongue.Of("Version", "Version"), Tongue.Of($"{seen}, in anderen Feldern", $"{seen}, in other fields"), $"{version}")];
        return false;
    }

    static string Told(string value, string was) => value == was ? Tongue.Of("unverändert", "unchanged") : value.Length > 0 ? value : Tongue.Of("leer", "empty");

    static string KindIn(JsonNode? fields) => (string?)fields?["kind"] ?? MeasureKind.Funded.Code();

    static string NameOf(IReadOnlyList<Choice> choices, string code) => choices.FirstOrDefault(c => c.Code == code)?.Label ?? code;

    static string StateOf(string code) => MeasureState.Parse(code)?.Label.In(Tongue.Current.Language) ?? code;

    /// <summary>An area in words; one of the same size but another shape is told apart.</summary>
    static string Size(Geometry? area, Geometry? was) => area is null or { IsEmpty: true } ? Tongue.Of("keines", "none")
        : Formats.Number(area.Area / 10_000, Tongue.Current.Language, "#,0.0") + " ha" + (was is null || area.EqualsTopologically(was) ? "" : Tongue.Of(", anders begrenzt", ", with another outline"));

    /// <summary>In the stored system.</summary>
    static Geometry? Area(JsonNode? measure) => (string?)measure?["area"] is { } wkt ? new WKTReader().Read(wkt) : null;

    /// <summary>Only what was changed here: what a colleague changed in other fields stays his.</summary>
    JsonObject Values()
    {
        var values = new JsonObject();
        if (IsNew || Kind?.Code != wasKind)
            values["kind"] = Kind?.Code;
        if (IsNew || State?.Code != wasState)
            values["state"] = State?.Code;
        foreach (var field in Fields.Where(f => IsNew ? f.Text.Length > 0 : f.Text != f.Was))
            values[field.Name] = field.Text.Trim().Length == 0 ? null : field.Text.Trim();
        return values;
    }

    static JsonObject With(JsonObject body, string name, string value)
    {
        body[name] = value;
        return body;
    }

    static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonValue v when v.TryGetValue<double>(out var number) => number.ToString("0.##", CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
