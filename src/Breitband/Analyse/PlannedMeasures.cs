namespace Breitband.Analyse;

/// <summary>What a measure's four tests came to: those it fails, and the reasons in words; being overdue is the last.</summary>
public sealed record PlannedTest(PlannedFault Faults, IReadOnlyList<Phrase> Reasons)
{
    /// <summary>
    /// A promise is overdue only where the newer edition lacks it: where nothing is open, everybody is served, and by whom does not matter.
    /// </summary>
    public PlannedTest Where(bool open) => open || !Faults.HasFlag(PlannedFault.Overdue) ? this : new(Faults & ~PlannedFault.Overdue, [.. Reasons.SkipLast(1)]);
}

/// <summary>Per measure whether it counts, for households and addresses, and for facilities: these have a rule of their own, which its target speed must pass.</summary>
readonly record struct Counting(bool[] Households, bool[] Facilities);

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
    readonly Counting counts;

    public PlannedMeasures(IReadOnlyList<Measure> measures, MeasureChoice choice, Profile profile, DateOnly asOf, DateOnly? newestCoverage)
    {
        Areas = [.. measures.Select(m => m.Area())];
        areas = new PolygonIndex(Areas);
        for (var i = 0; i < measures.Count; i++)
            foreach (var key in measures[i].AddressKeys)
                (addresses.TryGetValue(key, out var list) ? list : addresses[key] = []).Add(i);
        removed = [.. measures.Select(m => m.RemovedKeys.ToHashSet(StringComparer.Ordinal))];
        NamesAddresses = addresses.Count > 0 || Array.Exists(removed, r => r.Count > 0);
        Tests = [.. measures.Select(m => Test(m, ServedRule.ForHouseholds(profile), profile.Short, profile, asOf, newestCoverage))];
        FacilityTests = [.. measures.Select(m => Test(m, ServedRule.ForFacilities(profile), profile.FacilitiesShort, profile, asOf, newestCoverage))];
        Chosen = [.. measures.Select(m => choice.All || choice.Keys.Contains(m.Key))];
        counts = Counted(Chosen);
    }

    PlannedMeasures(PlannedMeasures known, IReadOnlyList<bool> chosen)
    {
        (Areas, areas, addresses, removed, NamesAddresses, Tests, FacilityTests, Chosen) = (known.Areas, known.areas, known.addresses, known.removed, known.NamesAddresses, known.Tests, known.FacilityTests, chosen);
        counts = Counted(chosen);
    }

    /// <summary>The same measures with another choice of them.</summary>
    internal PlannedMeasures Choosing(IReadOnlyList<bool> chosen) => new(this, chosen);

    /// <summary>Per measure: the ground it supplies, null where only an address list says it.</summary>
    public IReadOnlyList<NetTopologySuite.Geometries.Geometry?> Areas { get; }

    /// <summary>Per measure: the tests it fails, as households and addresses see it.</summary>
    public IReadOnlyList<PlannedTest> Tests { get; }

    /// <summary>The same by the facilities' rule.</summary>
    public IReadOnlyList<PlannedTest> FacilityTests { get; }

    /// <summary>Per measure: whether the user lets it take part.</summary>
    public IReadOnlyList<bool> Chosen { get; }

    public bool Counts(int measure) => counts.Households[measure];

    public bool CountsForFacilities(int measure) => counts.Facilities[measure];

    /// <summary>Which measures count of a choice.</summary>
    internal Counting Counted(IReadOnlyList<bool> chosen) =>
        new([.. Tests.Select((t, i) => chosen[i] && t.Faults == PlannedFault.None)], [.. FacilityTests.Select((t, i) => chosen[i] && t.Faults == PlannedFault.None)]);

    /// <summary>The measures that reach a place or name its address, ascending, whether they count or not.</summary>
    public void Reaching(double x, double y, string? addressKey, List<int> found)
    {
        areas.All(x, y, found);
        if (addressKey is not null)
            Named(addressKey, found);
    }

    void Named(string addressKey, List<int> found)
    {
        if (addresses.TryGetValue(addressKey, out var named))
            foreach (var i in named)
                if (!found.Contains(i))
                    found.Add(i);
        found.RemoveAll(i => removed[i].Contains(addressKey));
        found.Sort();
    }

    /// <summary>Whether any measure takes in an address by its key, or takes one out.</summary>
    internal bool NamesAddresses { get; }

    /// <summary>Whether a counting measure's area holds a point.</summary>
    public bool CountsAt(NetTopologySuite.Geometries.Coordinate point) => areas.First(point.X, point.Y, Counts) >= 0;

    static PlannedTest Test(Measure measure, ServedRule rule, Phrase speeds, Profile profile, DateOnly asOf, DateOnly? newestCoverage)
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
        if (measure.Target is { Down: null, Up: null } && rule.Judge(measure.Target) != Verdict.Served)
            Fail(PlannedFault.Speed, "Keine Zielgeschwindigkeit angegeben.", "No target speed is given.");
        else if (rule.Judge(measure.Target) != Verdict.Served)
            Fail(PlannedFault.Speed, $"Zielgeschwindigkeit {measure.Target.Speed(Language.De)} erfüllt {speeds.De} nicht sicher.",
                $"Target speed {measure.Target.Speed(Language.En)} does not surely meet {speeds.En}.");
        if (measure.Commissioning is { } date && date < asOf && !measure.State.Built)
            Fail(PlannedFault.Overdue, $"Überfällig: Inbetriebnahme war für {date:dd.MM.yyyy} angekündigt.", $"Overdue: commissioning was announced for {date:yyyy-MM-dd}.");
        else if (measure.Commissioning is { } built && measure.State.Built && newestCoverage >= built)
            Fail(PlannedFault.Overdue, $"Als gebaut gemeldet ({built:dd.MM.yyyy}), aber der neuere Datenstand vom {newestCoverage:dd.MM.yyyy} zeigt die Versorgung nicht überall.",
                $"Reported as built ({built:yyyy-MM-dd}), but the newer edition of {newestCoverage:yyyy-MM-dd} does not show the supply everywhere.");
        return new(faults, reasons);
    }
}
