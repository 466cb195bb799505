using System.Text.Json.Nodes;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Breitband.Viewer;

/// <summary>A field two people changed: what is theirs, what is ours.</summary>
public sealed record Difference(string Field, string Theirs, string Ours);

/// <summary>The form of a measure, new or changed. What a colleague changed meanwhile is shown, never overwritten unseen.</summary>
public sealed partial class MeasureEditor : Observable
{
    static readonly string[] Asked = ["title", "provider", "down", "up", "consultation", "horizon_until", "commissioning", "cost"];

    readonly ServiceClient service;
    readonly JsonNode? stored;
    readonly string wasState, wasKind;
    readonly Geometry? wasArea;
    int version;
    bool deletes, unchanged;
    string key;
    IReadOnlyList<Phrase> faults = [];
    Choice? kind, state;
    IReadOnlyList<Difference> differences = [];

    MeasureEditor(ServiceClient service, JsonNode? measure)
    {
        (this.service, IsNew, stored) = (service, measure is null, measure?["fields"]);
        (key, version) = ((string?)measure?["key"] ?? "", (int?)measure?["version"] ?? 0);
        (wasState, wasKind, wasArea) = ((string?)stored?["state"] ?? "", KindIn(stored), Area(measure));
        Fields = [.. Asked.Select(name => new FormField(name, stored?[name]))];
        kind = Kinds.FirstOrDefault(k => k.Code == wasKind);
        state = States.FirstOrDefault(s => s.Code == wasState) ?? States[0];
        Shape = wasArea is null ? null : Crs.Transform(wasArea, Crs.Stored, Crs.WebMercator);
    }

    public static MeasureEditor New(ServiceClient service) => new(service, null);

    /// <exception cref="BreitbandException">Refused for what is no more, saying who deleted it.</exception>
    public static async Task<MeasureEditor> Of(ServiceClient service, string key)
    {
        try
        {
            return new(service, await service.Get(PathOf(key)));
        }
        catch (BreitbandException e) when (ServiceClient.IsGone(e))
        {
            var (de, en) = Deleter(await History(service, key));
            throw BreitbandException.Refused($"Die Maßnahme {key} gibt es nicht mehr: {de} Die Liste wird neu gelesen.", $"Measure {key} is no more: {en} The list is read anew.", e.InnerException);
        }
    }

    public bool IsNew { get; private set; }

    public ServiceClient Service => service;

    /// <summary>What was done, once it is.</summary>
    public string Outcome => unchanged ? Tongue.Of($"Maßnahme {key} ist unverändert, zu speichern war nichts.", $"Measure {key} is unchanged, there was nothing to save.")
        : deletes ? Tongue.Of($"Maßnahme {key} ist gelöscht; ihre Geschichte bleibt.", $"Measure {key} is deleted; its history stays.")
        : Tongue.Of($"Maßnahme {key} ist gespeichert.", $"Measure {key} is saved.");

    /// <summary>Whether the last save had nothing to do.</summary>
    public bool Unchanged => unchanged;

    public string Heading => IsNew ? Tongue.Of("Neue Maßnahme", "New measure") : Tongue.Of($"Maßnahme {key}", $"Measure {key}");

    /// <summary>Metres of the web's projection; null when it has none.</summary>
    public Geometry? Shape { get; }

    public string Key
    {
        get => key;
        set
        {
            if (Set(ref key, value))
                KeyWrong = false;
        }
    }

    bool keyWrong;

    /// <summary>Whether the id is missing.</summary>
    public bool KeyWrong { get => keyWrong; private set => Set(ref keyWrong, value); }

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
            Refill(ref state, nameof(States), nameof(State), () => States.FirstOrDefault(s => s.Code == State?.Code) ?? States[0]);
        }
    }

    /// <summary>A list that is filled anew lets go of what was chosen, and takes only what is another than before.</summary>
    void Refill(ref Choice? chosen, string list, string name, Func<Choice?> again)
    {
        var now = again();
        chosen = null;
        Changed(name);
        Changed(list);
        chosen = now;
        Changed(name);
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
        Kinds = Named();
        var stateNow = States.FirstOrDefault(s => s.Code == State?.Code);
        Refill(ref kind, nameof(Kinds), nameof(Kind), () => Kinds.FirstOrDefault(k => k.Code == Kind?.Code));
        Refill(ref state, nameof(States), nameof(State), () => stateNow);
        foreach (var field in Fields)
            field.Spoken();
        Say([.. faults.Where(f => f.De != f.En)]); // the service's words are those of its language; saving says them anew
        Changed(nameof(Heading));
        Changed(nameof(Insistence));
        Changed(nameof(Meanwhile));
    }

    /// <summary>What keeps it from being saved, a line each.</summary>
    public string Fault => string.Join('\n', faults.Select(f => f.In(Tongue.Current.Language)));

    void Say(IReadOnlyList<Phrase> now)
    {
        faults = now;
        Changed(nameof(Fault));
    }

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
    public async Task<bool> Save(Geometry? area)
    {
        if (Values() is not { } values)
            return false;
        unchanged = !IsNew && area is null && values.Count == 0;
        return unchanged || await Send(values, area);
    }

    Task<bool> Send(JsonObject values, Geometry? area) => Try(deleting: false, area, async () =>
    {
        var body = new JsonObject { ["fields"] = values };
        if ((area ?? (carried is null ? null : wasArea)) is { } drawn)
            body["area"] = drawn.AsText();
        return IsNew ? await service.Post("/measures", With(body, "key", key.Trim())) is not null : await service.Patch(Path, version, body) is not null;
    });

    public Task<bool> Delete()
    {
        unchanged = false;
        return Try(deleting: true, null, () => service.Remove(Path, version));
    }

    /// <summary>Saves ours over what the colleague made, or deletes it, now that it has been seen.</summary>
    public Task<bool> Insist(Geometry? area)
    {
        version = seen;
        return deletes ? Delete() : Save(area);
    }

    int seen;

    string Path => PathOf(key);

    static string PathOf(string key) => $"/measures/{Uri.EscapeDataString(key)}";

    async Task<bool> Try(bool deleting, Geometry? area, Func<Task<bool>> change)
    {
        deletes = deleting;
        Say([]);
        Changed(nameof(Insistence));
        try
        {
            if (!await change())
                return await Conflict(area);
            Differences = [];
            return true;
        }
        catch (BreitbandException e) when (!IsNew && ServiceClient.IsGone(e))
        {
            return await Gone(deleting);
        }
        catch (BreitbandException e)
        {
            Say([new(Worded(e.Text.De), Worded(e.Text.En))]);
            return false;
        }
    }

    /// <summary>The service's words, which are in the window's language.</summary>
    static string Worded(string told) => FormField.InWords(told, Tongue.Current.Language);

    async Task<bool> Conflict(Geometry? area)
    {
        var now = await service.Get(Path);
        await Ask();
        seen = (int)now["version"]!;
        var (fields, theirs) = (now["fields"], Area(now));
        Difference? Of(string label, string was, string stored, string ours) => stored == was && ours == was ? null : new(label, Told(stored, was), Told(ours, was));
        Differences =
        [
            .. Fields.Select(f => Of(f.Label, f.Was, f.Written(fields?[f.Name]), f.Text)).OfType<Difference>(),
            .. new[]
            {
                Of(Tongue.Of("Art", "Kind"), NameOf(Kinds, wasKind), NameOf(Kinds, KindIn(fields)), Kind?.Label ?? ""),
                Of(Tongue.Of("Stand", "State"), StateOf(wasState), StateOf((string?)fields?["state"] ?? ""), State?.Label ?? ""),
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

    /// <summary>Only what was changed here: what a colleague changed in other fields stays his. Null where something is missing or cannot be read, which is said.</summary>
    JsonObject? Values()
    {
        var (values, wrong) = (carried?.DeepClone().AsObject() ?? [], new List<Phrase>());
        KeyWrong = key.Trim().Length == 0;
        if (KeyWrong)
            wrong.Add(new("Kennung: fehlt.", "Id: is missing."));
        if (IsNew || Kind?.Code != wasKind)
            values["kind"] = Kind?.Code;
        if (IsNew || State?.Code != wasState)
            values["state"] = State?.Code;
        foreach (var field in Fields)
            if (Read(field, values) is { } fault)
                wrong.Add(fault);
        Say(wrong);
        return wrong.Count == 0 ? values : null;
    }

    /// <returns>What is wrong with the field, which is marked then.</returns>
    static Phrase? Read(FormField field, JsonObject values)
    {
        try
        {
            if (field.Name == "title" && field.Text.Trim().Length == 0)
                throw BreitbandException.WrongUse("title: fehlt.", "title: is missing.");
            if (field.Text.Trim() != field.Was)
                values[field.Name] = field.Read();
            field.Wrong = false;
            return null;
        }
        catch (BreitbandException e)
        {
            field.Wrong = true;
            return new(FormField.InWords(e.Text.De, Language.De), FormField.InWords(e.Text.En, Language.En));
        }
    }

    static JsonObject With(JsonObject body, string name, string value)
    {
        body[name] = value;
        return body;
    }
}
