using NetTopologySuite.Geometries;

namespace Breitband.Store;

public static partial class MeasureRecord
{
    /// <summary>What is wrong with a record as a whole, all of it at once.</summary>
    public static IReadOnlyList<Phrase> Faults(Store store, Row record)
    {
        var faults = new List<Phrase>();
        Words(record, store.County, faults);
        Dates(record, DateOnly.FromDateTime(DateTime.Today), faults);
        Money(record, faults);
        if (record.Geometry is { IsEmpty: false } area)
            Area(store, area, faults);
        return faults;
    }

    static void Words(Row record, string county, List<Phrase> faults)
    {
        var key = (string?)record.Values[At("key")] ?? "";
        if (key.Length is 0 or > 60 || key.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or '/'))
            faults.Add(new("Die Kennung hat 1 bis 60 Zeichen, keine Leerzeichen, Kommas und Schrägstriche.", "The id has 1 to 60 characters, no blanks, commas and slashes."));
        if (record.Values[At("title")] is not string { Length: > 0 })
            faults.Add(new("Es fehlt der Titel (title=…).", "The title is missing (title=…)."));
        var state = MeasureState.Parse(record.Values[At("state")] as string);
        if (state is null)
            faults.Add(new("Es fehlt der Stand (state=…).", "The state is missing (state=…)."));
        else if (MeasureLife.WrongKind(state, MeasureLife.ParseKind(record.Values[At("kind")] as string)) is { } wrong)
            faults.Add(wrong);
        if (record.Values[At("ags")] is string ags && !ags.StartsWith(county, StringComparison.Ordinal))
            faults.Add(new($"Die Gemeinde {ags} liegt nicht im Kreis {county}.", $"Municipality {ags} is not in county {county}."));
    }

    static void Dates(Row record, DateOnly today, List<Phrase> faults)
    {
        DateOnly? Date(string field) => record.Values[At(field)] as DateOnly?;

        if (Date("start") > Date("commissioning"))
            faults.Add(new("Der Baubeginn liegt nach der Inbetriebnahme.", "The start of works is after the commissioning."));
        if (Date("consultation") > Date("horizon_until"))
            faults.Add(new("Die Markterkundung endet nach dem Zeithorizont.", "The market consultation ends after the horizon."));
        if (MeasureState.Parse(record.Values[At("state")] as string) is { Built: true } built && Date("commissioning") is var date && (date is null || date > today))
            faults.Add(new($"Der Stand „{built.Label.De}“ verlangt eine Inbetriebnahme, die nicht in der Zukunft liegt (commissioning=…).",
                $"State \"{built.Label.En}\" needs a date of commissioning that is not in the future (commissioning=…)."));
    }

    static void Money(Row record, List<Phrase> faults)
    {
        double? Number(string field) => record.Values[At(field)] as double?;

        foreach (var field in Fields.Where(f => f.Kind == FieldKind.Real && Number(f.Name) < 0))
            faults.Add(new($"{field.German} ist negativ.", $"{field.English} is negative."));
        var shares = Number("share_federal") + Number("share_state") + Number("share_county") ?? 0;
        if (Number("cost") is { } cost && shares > cost + 1) // a euro for rounding
            faults.Add(new("Die Anteile von Bund, Land und Kreis sind mehr als die Kosten.", "The federal, state and county shares exceed the cost."));
    }

    /// <summary>A drawn shape is not repaired: its author is there to ask.</summary>
    static void Area(Store store, Geometry area, List<Phrase> faults)
    {
        if (area.Coordinates.Any(c => !double.IsFinite(c.X) || !double.IsFinite(c.Y)))
            faults.Add(new("Die Geometrie enthält Koordinaten, die keine Zahlen sind.", "The geometry has coordinates that are no numbers."));
        else if (area is not (IPolygonal or ILineal or IPuntal))
            faults.Add(new("Die Geometrie mischt Flächen, Linien und Punkte.", "The geometry mixes areas, lines and points."));
        else if (Validity.Fault(area) is { } fault)
            faults.Add(new($"Die Geometrie ist ungültig ({fault.De}); bitte neu zeichnen.", $"The geometry is invalid ({fault.En}); please draw it again."));
        else if (store.LiveEditions(Layer.Municipalities).SelectMany(store.Read).Select(r => r.Geometry).OfType<Geometry>().Where(g => !g.IsEmpty).ToList() is { Count: > 0 } municipalities
            && !municipalities.Exists(m => m.EnvelopeInternal.Intersects(area.EnvelopeInternal) && m.Intersects(area)))
            faults.Add(new("Die Geometrie berührt keine Gemeinde des Kreises; stimmt das Koordinatensystem?", "The geometry touches no municipality of the county; is its CRS right?"));
    }
}
