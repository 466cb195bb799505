namespace Breitband.Analyse;

/// <summary>Numbers and sentences of explanations.</summary>
static class ExplainSentence
{
    public static string Number(double value, Language language) => Formats.Number(value, language);

    public static string Percent(double fraction, Language language) => Formats.Percent(fraction, language, "0.#");

    /// <summary>The four parts in words; whole households where there are many, because nobody is a third served.</summary>
    public static string Counts(Split split, Language language)
    {
        var whole = Rounding.Whole(split);
        var few = split.Total < 20 * Split.One;
        string N(long units, long rounded) => few ? Number(Split.Count(units), language) : Formats.Whole(rounded, language);

        return language == Language.De
            ? $"von {N(split.Total, whole.Total)} Haushalten {N(split.Served, whole.Served)} versorgt, {N(split.Unclear, whole.Unclear)} unklar, {N(split.Planned, whole.Planned)} geplant, {N(split.Unserved, whole.Unserved)} unter der Aufgreifschwelle"
            : $"of {N(split.Total, whole.Total)} households {N(split.Served, whole.Served)} served, {N(split.Unclear, whole.Unclear)} unclear, {N(split.Planned, whole.Planned)} planned, {N(split.Unserved, whole.Unserved)} below the threshold";
    }

    /// <summary>What an official can read out on the telephone.</summary>
    /// <param name="steps">How the place came to its split: the date of the evidence and the measures that reach it stand there.</param>
    public static Phrase Of(Analysis analysis, int demand, Phrase place, IReadOnlyList<ExplainStep> steps) => new(
        $"{place.De}: {Supply(analysis, demand, steps, Language.De)} {Works(analysis, demand, Language.De)} Kein Förderanspruch; ersetzt kein Markterkundungsverfahren.",
        $"{place.En}: {Supply(analysis, demand, steps, Language.En)} {Works(analysis, demand, Language.En)} No claim to funding; does not replace a market consultation.");

    static string Supply(Analysis analysis, int demand, IReadOnlyList<ExplainStep> steps, Language language)
    {
        var (a, german, speed) = (analysis.Assessments[demand], language == Language.De, Speed(analysis.RuleOf(demand), language));
        var of = steps.Select(s => s.Date).FirstOrDefault(d => d is not null) is { } date ? german ? $" (Stand {Formats.Date(date, language)})" : $" ({Formats.Date(date, language)})" : "";
        var source = a.Source is EvidenceSource.AddressAnswer or EvidenceSource.Area
            ? german ? $"Nach den Angaben der Netzbetreiber{of}" : $"By the operators' answers{of}"
            : german ? $"Nach dem Breitbandatlas{of}" : $"By the Breitbandatlas{of}";
        return (a.Source, a.Served, a.Unserved) switch
        {
            (EvidenceSource.None, _, _) => german ? $"Dazu liegen keine Angaben vor. Ob dort {speed} verfügbar sind, ist unklar." : $"There is no evidence. Whether {speed} is available there is unclear.",
            (_, >= 1, _) => german ? $"{source} sind dort {speed} verfügbar. Der Ort gilt als versorgt." : $"{source} {speed} is available there. The place counts as served.",
            (_, _, >= 1) => german ? $"{source} sind dort {speed} nicht verfügbar. Der Ort liegt unter der Aufgreifschwelle." : $"{source} {speed} is not available there. The place is below the threshold.",
            (_, <= 0, <= 0) => german ? $"{source} bleibt offen, ob dort {speed} verfügbar sind. Der Ort gilt als unklar." : $"{source} it stays open whether {speed} is available there. The place counts as unclear.",
            _ => Shares(a, source, speed, language),
        };
    }

    static string Shares(Assessment a, string source, string speed, Language language)
    {
        var (german, unclear) = (language == Language.De, 1 - a.Served - a.Unserved);
        string?[] parts =
        [
            a.Served > 0 ? german ? $"für {Percent(a.Served, language)} der Haushalte sicher verfügbar" : $"surely available for {Percent(a.Served, language)} of the households" : null,
            a.Unserved > 0 ? german ? $"für {Percent(a.Unserved, language)} sicher nicht" : $"surely not for {Percent(a.Unserved, language)}" : null,
            unclear > 1e-9 ? german ? $"für {Percent(unclear, language)} bleibt es offen" : $"open for {Percent(unclear, language)}" : null,
        ];
        var list = string.Join(", ", parts.OfType<string>());
        return german ? $"{source} gilt dort für {speed}: {list}." : $"{source}, for {speed} there: {list}.";
    }

    /// <summary>„300 Mbit/s im Download und 150 Mbit/s im Upload“.</summary>
    static string Speed(ServedRule rule, Language language) => string.Join(language == Language.De ? " oder " : " or ", rule.Clauses.Select(c => language == Language.De
        ? $"{Formats.Speed(c.Down, language)} Mbit/s im Download{(c.Up > 0 ? $" und {Formats.Speed(c.Up, language)} Mbit/s im Upload" : "")}{Only(c, language)}"
        : $"{Formats.Speed(c.Down, language)} Mbit/s down{(c.Up > 0 ? $" and {Formats.Speed(c.Up, language)} Mbit/s up" : "")}{Only(c, language)}"));

    static string Only(ServedClause clause, Language language) => clause.Technologies is { } named
        ? $" ({(language == Language.De ? "nur" : "only")} {string.Join(", ", named.Select(t => t.Label().In(language)))})" : "";

    /// <summary>Whether works are planned at a demand, or why those reported there do not count.</summary>
    public static string Works(Analysis analysis, int demand, Language language)
    {
        var german = language == Language.De;
        if (analysis.PlannedBy[demand] is >= 0 and var lifting && analysis.County.Measures[lifting] is var m)
            return german ? $"Ein Ausbau ist geplant: „{m.Title}“, Inbetriebnahme {m.Commissioning:dd.MM.yyyy}." : $"Works are planned: \"{m.Title}\", commissioning {m.Commissioning:yyyy-MM-dd}.";
        if (analysis.Demands.Kind[demand] == DemandKind.Municipality)
            return german ? "Maßnahmen lassen sich ohne Ortsangabe nicht zuordnen." : "Measures cannot be assigned without a place.";
        var found = new List<int>();
        analysis.Reaching(analysis.Planned, demand, found);
        if (found.Count == 0)
            return german ? "Ein Ausbau ist hier nicht gemeldet." : "No works are reported here.";
        var first = analysis.County.Measures[found[0]];
        var why = string.Join(" ", Lifts.Reasons(analysis.Planned.Chosen[found[0]], analysis.PlannedTest(found[0], demand).Reasons).Select(r => r.In(language)));
        return why.Length == 0 ? german ? $"Die Maßnahme „{first.Title}“ ändert daran nichts." : $"The measure \"{first.Title}\" does not change that."
            : german ? $"Die Maßnahme „{first.Title}“ zählt noch nicht: {why}" : $"The measure \"{first.Title}\" does not count yet: {why}";
    }
}
