using Breitband.Store;

namespace Breitband.Print;

/// <summary>The figures and words of a measure's sheet.</summary>
sealed class MeasureFacts(GapResult result, MeasureResult measure, MeasureEntry entry, IReadOnlyList<MeasureChange> changes, Language language)
{
    /// <summary>Latest entries of the history that a sheet has room for.</summary>
    const int Latest = 5;

    readonly MeasureDetail? detail = measure.Detail;

    bool Counts => measure.Reasons.Count == 0;

    string Say(string de, string en) => new Phrase(de, en).In(language);

    string N(long units) => Figures.Number(Rounding.Rounded(units), language);

    string Of(long units, string one, string many) => $"{N(units)} {(Rounding.Rounded(units) == 1 ? one : many)}";

    string Euro(double? amount) => amount is { } a ? Formats.Number(Math.Round(a), language, "#,0") + " €" : "–";

    public string Message()
    {
        var each = measure.CostPerHousehold is { } cost ? Say($" Das sind {Euro(cost)} je Haushalt.", $" That is {Euro(cost)} per household.") : "";
        return Counts
            ? Say($"Die Maßnahme zählt: Sie hebt {Of(measure.Households, "Haushalt", "Haushalte")}, {Of(measure.Addresses, "Adresse", "Adressen")} und {Of(measure.Businesses, "Betrieb", "Betriebe")} aus „unklar“ und „unter der Aufgreifschwelle“ von {result.Profile.Short.De}.{each}",
                $"The measure counts: it lifts {Of(measure.Households, "household", "households")}, {Of(measure.Addresses, "address", "addresses")} and {Of(measure.Businesses, "business", "businesses")} from unclear and below the threshold of {result.Profile.Short.En}.{each}")
            : Say($"Die Maßnahme zählt noch nicht; in ihrem Gebiet sind {N(measure.Reach)} Haushalte unter der Aufgreifschwelle von {result.Profile.Short.De} oder unklar.",
                $"The measure does not count yet; {N(measure.Reach)} households in its area are below the threshold of {result.Profile.Short.En} or unclear.");
    }

    public Block Lifted(double width, TypeStyle style)
    {
        var (h, a, b) = (detail?.Households ?? default, detail?.Addresses ?? default, detail?.Businesses ?? default);
        var (from, unclear) = (Legend.Default.Part("unserved").Label.In(language), Legend.Default.Part("unclear").Label.In(language));
        return new FactTable(Say("Was sie hebt", "What it lifts"), [Say("aus", "from"), Say("Haushalte", "households"), Say("Adressen", "addresses"), Say("Betriebe", "businesses")],
            [
                [from, N(h.Unserved), N(a.Unserved), N(b.Unserved)], [unclear, N(h.Unclear), N(a.Unclear), N(b.Unclear)],
                [Say("zusammen", "together"), N(measure.Households), N(measure.Addresses), N(measure.Businesses)],
                [Say("offen im Gebiet, ohne Maßnahmen", "open in the area, without measures"), N(measure.Reach), N(detail?.ReachAddresses ?? 0), N(detail?.ReachBusinesses ?? 0)],
            ], width, style).Block();
    }

    public Block Classes(double width, TypeStyle style)
    {
        var c = detail?.Classes ?? default;
        return new FactTable(Say("Gehobene Haushalte nach heutigem Anschluss", "Lifted households by today's line"), [],
            [
                [Say("unter 30 Mbit/s (weiß)", "below 30 Mbit/s (white)"), N(c.White)], [Say("30 bis unter 100 (hellgrau)", "30 to below 100 (light grey)"), N(c.LightGrey)],
                [Say("ab 100 (dunkelgrau)", "from 100 (dark grey)"), N(c.DarkGrey)], [Say("nicht bekannt", "not known"), N(c.Unknown)],
            ], width, style).Block();
    }

    public Block Dates(double width, TypeStyle style)
    {
        string Date(string field) => entry.Value(field) is DateOnly date ? Figures.Date(date, language) : "–";

        return new FactTable(Say("Stand und Termine", "State and dates"), [],
            [
                [Say("Stand", "state"), measure.State.Label.In(language)], [Say("Markterkundung", "consultation"), Date("consultation")], [Say("Zeithorizont bis", "horizon until"), Date("horizon_until")],
                [Say("Baubeginn", "start of works"), Date("start")], [Say("Inbetriebnahme", "commissioning"), Date("commissioning")], [Say("Netzbetreiber", "operator"), entry.Text("provider") ?? "–"],
            ], width, style).Block();
    }

    public Block Money(double width, TypeStyle style)
    {
        var funding = detail?.Funding ?? new(null, null, null);
        var known = new[] { funding.Federal, funding.State, funding.County }.OfType<double>().ToList();
        double? rest = measure.Cost is { } cost && known.Count > 0 ? cost - known.Sum() : null;
        string Share(double? part) => part is { } p && measure.Cost is > 0 and var whole ? $"{Euro(p)} ({Formats.Percent(p / whole, language, "0")})" : Euro(part);

        return new FactTable(Say("Kosten und Finanzierung", "Cost and funding"), [],
            [
                [Say("Kosten", "cost"), Euro(measure.Cost)], [Say("Bund", "federal"), Share(funding.Federal)], [Say("Land", "state"), Share(funding.State)], [Say("Kreis", "county"), Share(funding.County)],
                [Say("übrige Mittel", "other funds"), Share(rest)], [Say("Programm", "programme"), entry.Text("programme") ?? "–"], [Say("Förderkennzeichen", "grant number"), entry.Text("grant_number") ?? "–"],
            ], width, style).Block();
    }

    public IEnumerable<Block> Wide(double width, TypeStyle style)
    {
        var legend = Legend.Default;
        if (!Counts)
            yield return Flow.Text(Say("Warum sie nicht zählt", "Why it does not count"), measure.Reasons.Select(r => r.In(language)), width, style, legend);
        yield return Flow.Text(Say("Überschneidung und Rest", "Overlap and remainder"), Around(), width, style, legend);
        if (changes.Count > 0)
            yield return Flow.Text(Say("Letzte Änderungen", "Latest changes"), changes.TakeLast(Latest).Reverse().Select(c =>
                $"{Figures.Date(DateOnly.FromDateTime(c.At.ToLocalTime()), language)} · {c.Who} · {What(c)}"), width, style, legend);
    }

    string What(MeasureChange change) => change.What switch
    {
        "create" => Say("angelegt", "created"),
        "delete" => Say("herausgenommen", "deleted"),
        "import" => Say("eingelesen", "imported"),
        _ => Say("geändert", "changed"),
    } + (MeasureState.Parse(change.Values.GetValueOrDefault("state")?.ToString()) is { } state ? $" ({state.Label.In(language)})" : "");

    IEnumerable<string> Around()
    {
        var overlaps = detail?.Overlaps ?? [];
        var titles = result.Measures.ToDictionary(m => m.Key, m => m.Title, StringComparer.Ordinal);
        yield return overlaps.Count == 0 ? Say("Keine andere Maßnahme erreicht offene Haushalte dieses Gebiets.", "No other measure reaches open households of this area.")
            : Say("Offene Haushalte, die auch andere Maßnahmen erreichen (jeder wird nur einmal gehoben): ", "Open households that other measures reach too (each is lifted once): ")
                + string.Join("; ", overlaps.Select(o => $"{o.Key} {titles.GetValueOrDefault(o.Key)}: {N(o.Households)}")) + ".";
        var remains = detail?.Remains ?? measure.Reach;
        yield return Rounding.Rounded(remains) == 0 ? Say("Im Gebiet bleibt kein Haushalt offen.", "No household of the area remains open.")
            : Say($"Im Gebiet bleiben {N(remains)} Haushalte offen, die keine zählende Maßnahme hebt.", $"{N(remains)} households of the area remain open, which no counting measure lifts.");
    }
}
