namespace Breitband.Analyse;

/// <summary>
/// Which measures make a place „planned“. All four must hold: final funding decision or later, or a promise with milestone plan;
/// commissioning (not start) inside the horizon of its consultation; target speed surely passes the profile; not overdue, that is: the date
/// has not passed without works being finished, and no newer coverage edition lacks what is reported as built.
/// </summary>
public sealed class PlannedMeasures
{
    readonly PolygonIndex areas;
    readonly Dictionary<string, List<int>> addresses = new(StringComparer.Ordinal);
    readonly HashSet<string>[] removed;
    readonly bool[] counts;

    public PlannedMeasures(IReadOnlyList<Measure> measures, MeasureChoice choice, Profile profile, DateOnly asOf, DateOnly? newestCoverage)
    {
        Areas = [.. measures.Select(m => m.Area())];
        areas = new PolygonIndex(Areas);
        for (var i = 0; i < measures.Count; i++)
            foreach (var key in measures[i].AddressKeys)
                (addresses.TryGetValue(key, out var list) ? list : addresses[key] = []).Add(i);
        removed = [.. measures.Select(m => m.RemovedKeys.ToHashSet(StringComparer.Ordinal))];
        var rule = ServedRule.ForHouseholds(profile);
        Tests = [.. measures.Select(m => Test(m, rule, profile, asOf, newestCoverage))];
        Chosen = [.. measures.Select(m => choice.All || choice.Keys.Contains(m.Key))];
        counts = [.. measures.Select((_, i) => Chosen[i] && Tests[i].Faults == PlannedFault.None)];
    }

    /// <summary>Per measure: the ground it supplies, null where only an address list says it.</summary>
    public IReadOnlyList<NetTopologySuite.Geometries.Geometry?> Areas { get; }

    /// <summary>Per measure: the tests it fails and the reasons in words.</summary>
    public IReadOnlyList<(PlannedFault Faults, IReadOnlyList<Phrase> Reasons)> Tests { get; }

    /// <summary>Per measure: whether the user lets it take part.</summary>
    public IReadOnlyList<bool> Chosen { get; }

    public bool Counts(int measure) => counts[measure];

    /// <summary>The measures that reach a place or name its address, ascending, whether they count or not.</summary>
    public void Reaching(double x, double y, string? addressKey, List<int> found)
    {
        areas.All(x, y, found);
        if (addressKey is null)
            return;
        foreach (var i in addresses.GetValueOrDefault(addressKey) ?? [])
            if (!found.Contains(i))
                found.Add(i);
        found.RemoveAll(i => removed[i].Contains(addressKey));
        found.Sort();
    }

    /// <summary>Whether a counting measure's area holds a point.</summary>
    public bool CountsAt(NetTopologySuite.Geometries.Coordinate point) => areas.First(point.X, point.Y, i => counts[i]) >= 0;

    static (PlannedFault, IReadOnlyList<Phrase>) Test(Measure measure, ServedRule rule, Profile profile, DateOnly asOf, DateOnly? newestCoverage)
    {
        var faults = PlannedFault.None;
        var reasons = new List<Phrase>();
        void Fail(PlannedFault fault, string de, string en)
        {
            faults |= fault;
            reasons.Add(new(de, en));
        }

        if (!(measure.State.Binding || measure.State.Promise && measure.MilestonePlan))
            Fail(PlannedFault.State,
                $"Stand „{measure.State.Label.De}“{(measure.State.Promise ? " ohne Meilensteinplan" : "")} bindet noch niemanden.",
                $"State \"{measure.State.Label.En}\"{(measure.State.Promise ? " without a milestone plan" : "")} binds nobody yet.");
        var horizon = measure.HorizonUntil ?? measure.Consultation?.AddYears(profile.HorizonYears);
        if (measure.Commissioning is not { } commissioning)
            Fail(PlannedFault.Horizon, "Kein Termin der Inbetriebnahme.", "No date of commissioning.");
        else if (horizon is not { } until)
            Fail(PlannedFault.Horizon, "Kein Zeithorizont: weder Markterkundung noch Ende des Horizonts angegeben.", "No horizon: neither a consultation nor the end of the horizon is given.");
        else if (commissioning > until)
            Fail(PlannedFault.Horizon, $"Inbetriebnahme {commissioning:dd.MM.yyyy} liegt nach dem Zeithorizont ({until:dd.MM.yyyy}).",
                $"Commissioning {commissioning:yyyy-MM-dd} is after the horizon ({until:yyyy-MM-dd}).");
        if (rule.Judge(measure.Target) != Verdict.Served)
            Fail(PlannedFault.Speed, $"Zielgeschwindigkeit {Speed(measure.Target)} erfüllt {profile.Short} nicht sicher.",
                $"Target speed {Speed(measure.Target)} does not surely meet {profile.Short}.");
        if (measure.Commissioning is { } date && date < asOf && !measure.State.Built)
            Fail(PlannedFault.Overdue, $"Überfällig: Inbetriebnahme war für {date:dd.MM.yyyy} angekündigt.", $"Overdue: commissioning was announced for {date:yyyy-MM-dd}.");
        else if (measure.Commissioning is { } built && measure.State.Built && newestCoverage >= built)
            Fail(PlannedFault.Overdue, $"Als gebaut gemeldet ({built:dd.MM.yyyy}), aber der neuere Datenstand vom {newestCoverage:dd.MM.yyyy} zeigt die Versorgung nicht.",
                $"Reported as built ({built:yyyy-MM-dd}), but the newer edition of {newestCoverage:yyyy-MM-dd} does not show the supply.");
        return (faults, reasons);
    }

    static string Speed(Offer target) => FormattableString.Invariant($"{target.Down?.ToString("0.#", null) ?? "?"}/{target.Up?.ToString("0.#", null) ?? "?"} Mbit/s");
}
