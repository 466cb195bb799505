using System.Globalization;
using System.Text.Json.Nodes;
using Breitband.Viewer.Desktop.Look;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Breitband.Viewer.Desktop.Desk;

/// <summary>A field two people changed: what is theirs, what is ours.</summary>
sealed record Difference(string Field, string Theirs, string Ours);

/// <summary>A line of the form.</summary>
sealed class FormField(string name, Phrase label, string value) : Observable
{
    string text = value;

    public string Name => name;

    public string Label => label.In(Tongue.Current.Language);

    /// <summary>As it was when the form was opened.</summary>
    public string Was { get; } = value;

    public string Text { get => text; set => Set(ref text, value); }
}

/// <summary>The form of a measure, new or changed. What a colleague changed meanwhile is shown, never overwritten unseen.</summary>
sealed class MeasureEditor : Observable
{
    static readonly (string Name, Phrase Label)[] Asked =
    [
        ("title", new("Bezeichnung", "Title")), ("provider", new("Netzbetreiber", "Operator")), ("down", new("Mbit/s im Abruf", "Mbit/s down")), ("up", new("Mbit/s im Senden", "Mbit/s up")),
        ("consultation", new("Markterkundung vom", "Consultation of")), ("horizon_until", new("Zeithorizont bis", "Horizon until")), ("commissioning", new("Inbetriebnahme", "Commissioning")), ("cost", new("Kosten, €", "Cost, €")),
    ];

    readonly ServiceClient service;
    readonly int version;
    readonly string wasState;
    string key, fault = "";
    Choice? kind, state;
    IReadOnlyList<Difference> differences = [];

    MeasureEditor(ServiceClient service, JsonNode? measure)
    {
        (this.service, IsNew) = (service, measure is null);
        (key, version) = ((string?)measure?["key"] ?? "", (int?)measure?["version"] ?? 0);
        var fields = measure?["fields"];
        wasState = (string?)fields?["state"] ?? "";
        Fields = [.. Asked.Select(f => new FormField(f.Name, f.Label, Text(fields?[f.Name])))];
        kind = Kinds.FirstOrDefault(k => k.Code == ((string?)fields?["kind"] ?? "funded"));
        state = States.FirstOrDefault(s => s.Code == wasState) ?? States[0];
        Shape = (string?)measure?["area"] is { } wkt ? Crs.Transform(new WKTReader().Read(wkt), Crs.Stored, Crs.WebMercator) : null;
    }

    public static MeasureEditor New(ServiceClient service) => new(service, null);

    public static async Task<MeasureEditor> Of(ServiceClient service, string key) => new(service, await service.Get($"/measures/{Uri.EscapeDataString(key)}"));

    public bool IsNew { get; }

    public string Heading => IsNew ? Tongue.Of("Neue Maßnahme", "New measure") : Tongue.Of($"Maßnahme {key}", $"Measure {key}");

    /// <summary>Metres of the web's projection; null when it has none.</summary>
    public Geometry? Shape { get; }

    public string Key { get => key; set => Set(ref key, value); }

    public IReadOnlyList<FormField> Fields { get; }

    public IReadOnlyList<Choice> Kinds { get; } = [.. Enum.GetValues<MeasureKind>().Select(k => new Choice(k.Code(), k.Label().In(Tongue.Current.Language)))];

    public Choice? Kind
    {
        get => kind;
        set
        {
            if (!Set(ref kind, value))
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

    public Choice? State { get => state; set => Set(ref state, value); }

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

    /// <param name="area">In the stored system; null to leave it as it is.</param>
    /// <returns>Whether it is saved.</returns>
    public async Task<bool> Save(Geometry? area, int? onVersion = null)
    {
        Fault = "";
        var body = new JsonObject { ["fields"] = Values() };
        if (area is not null)
            body["area"] = area.AsText();
        try
        {
            if (IsNew)
                await service.Post("/measures", With(body, "key", key.Trim()));
            else if (await service.Patch($"/measures/{Uri.EscapeDataString(key)}", onVersion ?? version, body) is null)
                return await Conflict();
            Differences = [];
            return true;
        }
        catch (BreitbandException e)
        {
            Fault = e.Text.In(Tongue.Current.Language);
            return false;
        }
    }

    public async Task<bool> Delete()
    {
        try
        {
            return await service.Remove($"/measures/{Uri.EscapeDataString(key)}", version) || await Conflict();
        }
        catch (BreitbandException e)
        {
            Fault = e.Text.In(Tongue.Current.Language);
            return false;
        }
    }

    /// <summary>Saves ours over what the colleague made, now that it has been seen.</summary>
    public async Task<bool> Insist(Geometry? area) => await Save(area, current);

    int current;

    async Task<bool> Conflict()
    {
        var now = await service.Get($"/measures/{Uri.EscapeDataString(key)}");
        current = (int)now["version"]!;
        var theirs = now["fields"];
        Differences =
        [
            .. Fields.Where(f => Text(theirs?[f.Name]) is var stored && (stored != f.Was || f.Text != f.Was)).Select(f => new Difference(f.Label, Text(theirs?[f.Name]), f.Text)),
            .. Text(theirs?["state"]) is var other && (other != wasState || State?.Code != wasState) ? [new Difference(Tongue.Of("Stand", "State"), other, State?.Code ?? "")] : Array.Empty<Difference>(),
        ];
        if (Differences.Count == 0)
            Differences = [new(Tongue.Of("Gebiet", "Area"), Tongue.Of("geändert", "changed"), "")];
        return false;
    }

    JsonObject Values()
    {
        var values = new JsonObject { ["kind"] = Kind?.Code, ["state"] = State?.Code };
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
