namespace Breitband.Analyse;

/// <summary>One step of an explanation: which evidence of which edition said what by which rule, and with which weight.</summary>
/// <param name="Evidence"><c>layer:key</c> of the row that speaks.</param>
/// <param name="Edition">Dataset and date, null where the step is a computation.</param>
public sealed record ExplainStep(string Evidence, string? Edition, Phrase Rule, double Weight, Phrase Text);

/// <summary>The split of one place and how it came about.</summary>
/// <param name="Place">What was found for the question, for people: an address, a cell, a settlement.</param>
/// <param name="X">Easting in <see cref="Crs.Stored"/>, NaN for a whole municipality.</param>
public sealed record Explanation(string Run, string Query, Phrase Place, string? Ags, string? Settlement, double X, double Y, Split Households, Split Addresses,
    Split Businesses, IReadOnlyList<ExplainStep> Steps, Phrase Sentence);

/// <summary>The verb <c>explain</c>.</summary>
public static class Explain
{
    /// <param name="place">An address („Dorfstraße 3, Görzke“), a coordinate „x,y“ (EPSG:25833 or lon,lat), or a key of any layer.</param>
    public static Explanation Run(Store.Store store, AnalysisOptions options, string place) => Run(CountyReader.Read(store, options.Editions), options, place);

    public static Explanation Run(County county, AnalysisOptions options, string place)
    {
        var asked = PlaceFinder.Find(county, place);
        if (asked.Area is { } key)
            return Area(GapEngine.Run(county, options), place, key);
        var analysis = new Analysis(county, options, asked.Point);
        var demand = asked.Point is null ? DemandOf(analysis, asked) : analysis.Demands.Count - 1;
        var scratch = new Analysis.Scratch();
        analysis.Judge(demand, scratch);
        var demands = analysis.Demands;
        var steps = new ExplainSteps(analysis, demand).All(scratch);
        return new(RunId.Of(county, options), place, asked.Label, county.Municipalities[demands.Municipality[demand]].Ags,
            demands.Settlement[demand] >= 0 ? county.Settlements[demands.Settlement[demand]].Key : null, demands.X[demand], demands.Y[demand],
            analysis.HouseholdSplits[demand], analysis.AddressSplits[demand], analysis.BusinessSplits[demand], steps,
            ExplainSentence.Of(analysis, demand, asked.Label));
    }

    static int DemandOf(Analysis analysis, FoundPlace asked)
    {
        for (var demand = 0; demand < analysis.Demands.Count; demand++)
            if (analysis.Demands.Kind[demand] == asked.Kind && analysis.Demands.Source[demand] == asked.Source)
                return demand;
        throw BreitbandException.WrongUse(
            $"„{asked.Label.De}“ ist kein eigener Bedarf: In der Rasterzelle liegen Adressen, sie sind der Bedarf. Eine Adresse oder Koordinate angeben.",
            $"\"{asked.Label.En}\" is no demand of its own: there are addresses in the grid cell, and they are the demand. Give an address or a coordinate.");
    }

    static Explanation Area(GapResult result, string query, (AreaLevel Level, string Key) area)
    {
        var row = result.Rows.First(r => r.Level == area.Level && r.Key == area.Key);
        var parts = area.Level switch
        {
            AreaLevel.Municipality => result.Rows.Where(r => r.Ags == area.Key && r.Level is AreaLevel.Settlement or AreaLevel.Outside or AreaLevel.Unlocated && r.Households.Total > 0),
            AreaLevel.County => result.Rows.Where(r => r.Level == AreaLevel.Municipality),
            _ => [],
        };
        var steps = parts.OrderByDescending(r => r.Households.Open).Select(r => new ExplainStep($"{r.Level}:{r.Key}".ToLowerInvariant(), null,
            new("Summe der Teile", "sum of parts"), row.Households.Total == 0 ? 0 : (double)r.Households.Total / row.Households.Total,
            new($"{r.Name}: {ExplainSentence.Counts(r.Households, Language.De)}", $"{r.Name}: {ExplainSentence.Counts(r.Households, Language.En)}")));
        return new(result.Run, query, new(row.Name, row.Name), row.Ags, area.Level == AreaLevel.Settlement ? row.Key : null,
            row.Geometry?.InteriorPoint.X ?? double.NaN, row.Geometry?.InteriorPoint.Y ?? double.NaN, row.Households, row.Addresses, row.Businesses, [.. steps],
            new($"{row.Name}: {ExplainSentence.Counts(row.Households, Language.De)} (Aufgreifschwelle {result.Profile.Short}, {result.Basis.Label().De}).",
                $"{row.Name}: {ExplainSentence.Counts(row.Households, Language.En)} (rule {result.Profile.Short}, {result.Basis.Label().En})."));
    }
}

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
    public static Phrase Of(Analysis analysis, int demand, Phrase place) => new(Of(analysis, demand, place.De, Language.De), Of(analysis, demand, place.En, Language.En));

    static string Of(Analysis analysis, int demand, string place, Language language)
    {
        var (a, german, rule) = (analysis.Assessments[demand], language == Language.De, analysis.Options.Profile.Short);
        var unclear = 1 - a.Served - a.Unserved;
        var sentence = a.Source switch
        {
            EvidenceSource.None => german
                ? $"{place}: Dazu liegen keine Angaben vor, deshalb ist die Versorgung mit {rule} unklar."
                : $"{place}: there is no evidence, therefore supply with {rule} is unclear.",
            EvidenceSource.AddressAnswer or EvidenceSource.Area => german
                ? $"{place}: Nach den Angaben der Netzbetreiber {(a.Served > 0 ? $"ist {rule} verfügbar" : a.Unserved > 0 ? $"ist {rule} nicht verfügbar" : $"bleibt offen, ob {rule} verfügbar ist")}."
                : $"{place}: by the operators' answers {(a.Served > 0 ? $"{rule} is available" : a.Unserved > 0 ? $"{rule} is not available" : $"it stays open whether {rule} is available")}.",
            _ => german
                ? $"{place}: Nach dem Breitbandatlas haben hier mindestens {Percent(a.Served, language)} der Haushalte {rule}, mindestens {Percent(a.Unserved, language)} haben es nicht; bei {Percent(unclear, language)} lassen die veröffentlichten Angaben es offen."
                : $"{place}: by the Breitbandatlas at least {Percent(a.Served, language)} of the households here have {rule}, at least {Percent(a.Unserved, language)} do not; for {Percent(unclear, language)} the published figures leave it open.",
        };
        var measure = analysis.PlannedBy[demand] >= 0 ? analysis.County.Measures[analysis.PlannedBy[demand]] : null;
        sentence += (measure, german) switch
        {
            ({ } m, true) => $" Ausbau ist geplant: {m.Title} (Inbetriebnahme {m.Commissioning:dd.MM.yyyy}).",
            ({ } m, false) => $" Works are planned: {m.Title} (commissioning {m.Commissioning:yyyy-MM-dd}).",
            (_, true) => " Eine Maßnahme, die zählt, ist hier nicht bekannt.",
            _ => " No measure that counts is known here.",
        };
        return sentence + (german ? " Kein Förderanspruch; ersetzt kein Markterkundungsverfahren." : " No claim to funding; does not replace a market consultation.");
    }
}
