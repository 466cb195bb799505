using NetTopologySuite.Geometries;

namespace Breitband.Store;

/// <summary>A measure of the register and its version.</summary>
public sealed record MeasureEntry(int Version, Row Record)
{
    public string Key => Text("key")!;

    public MeasureState State => MeasureState.Parse(Text("state")) ?? MeasureState.Find("idea");

    public MeasureKind? Kind => MeasureLife.ParseKind(Text("kind"));

    public object? Value(string field) => Record.Values[MeasureRecord.At(field)];

    public string? Text(string field) => Value(field) as string;
}

/// <summary>
/// The register of measures as people keep it: every change is checked, made on the version its author saw, and kept with who, when and what.
/// What an import brings is not questioned here; it is another office's register.
/// </summary>
public sealed class MeasureRegister(Store store)
{
    public IReadOnlyList<MeasureEntry> List()
    {
        var versions = store.MeasureVersions();
        return [.. store.Measures().Select(r => new MeasureEntry(versions.GetValueOrDefault((string)r.Values[0]!), r)).OrderBy(e => e.Key, StringComparer.Ordinal)];
    }

    /// <exception cref="BreitbandException">WrongUse for an unknown key, with near ones.</exception>
    public MeasureEntry Get(string key) => List() is var all && all.FirstOrDefault(e => e.Key == key) is { } found ? found : throw BreitbandException.WrongUse(
        $"Die Maßnahme „{key}“ gibt es nicht. {Suggest.German(key, all.Select(e => e.Key))}", $"There is no measure \"{key}\". {Suggest.English(key, all.Select(e => e.Key))}");

    /// <summary>The changes of a measure, also of a deleted one.</summary>
    public IReadOnlyList<MeasureChange> History(string key) => store.MeasureHistory(key) is { Count: > 0 } history ? history : Get(key) is not null ? [] : [];

    /// <param name="values">By field name, as <see cref="MeasureRecord.Parse(string)"/> gives them.</param>
    public MeasureEntry Add(string key, IReadOnlyDictionary<string, object?> values, Geometry? area, string who)
    {
        if (store.Measures().Any(r => (string)r.Values[0]! == key))
            throw BreitbandException.Refused($"Die Maßnahme {key} gibt es schon. Ändern mit: breitband measures set {key} …", $"Measure {key} exists already. Change it with: breitband measures set {key} …");
        var record = MeasureRecord.With(new object?[Layer.Measures.Fields.Count], values);
        record[MeasureRecord.At("key")] = key;
        return Save(new(0, new(area, record)), store.MeasureVersions().GetValueOrDefault(key), who);
    }

    /// <param name="expected">The version the author saw; null for the one there is now.</param>
    /// <param name="area">The new geometry; null keeps the old one, an empty one takes it away.</param>
    /// <param name="correction">Lets the state go back, because what was entered was wrong.</param>
    public MeasureEntry Set(string key, int? expected, IReadOnlyDictionary<string, object?> values, Geometry? area, string who, bool correction = false)
    {
        var before = Get(key);
        var after = new MeasureEntry(before.Version, new(area is null ? before.Record.Geometry : area.IsEmpty ? null : area, MeasureRecord.With([.. before.Record.Values], values)));
        if (!correction && MeasureLife.WhyNot(before.State, after.State, after.Kind) is { } why)
            throw BreitbandException.Refused($"{key}: {why.De} War der frühere Eintrag falsch, hilft --correction.", $"{key}: {why.En} If the earlier entry was wrong, use --correction.");
        return Save(after, expected ?? before.Version, who);
    }

    /// <summary>Takes a measure out of the register; its history stays.</summary>
    public void Delete(string key, int? expected, string who)
    {
        var before = Get(key);
        var seen = expected ?? before.Version;
        if (seen == 0)
            seen = store.ChangeMeasure(new(key, 0, before.Record, who)); // drawn into the file by hand: its last state must be known before it goes
        store.ChangeMeasure(new(key, seen, null, who));
    }

    MeasureEntry Save(MeasureEntry entry, int expected, string who)
    {
        if (MeasureRecord.Faults(store, entry.Record) is { Count: > 0 } faults)
            throw BreitbandException.Refused($"{entry.Key}: {string.Join(" ", faults.Select(f => f.De))} Nichts wurde geändert.", $"{entry.Key}: {string.Join(" ", faults.Select(f => f.En))} Nothing was changed.");
        return entry with { Version = store.ChangeMeasure(new(entry.Key, expected, entry.Record, who)) };
    }
}
