namespace Breitband;

/// <summary>Who pays for a measure.</summary>
public enum MeasureKind { Funded, OwnEconomy, Strategic }

/// <summary>One state of a measure's life.</summary>
/// <param name="Binding">True when the state alone binds the builder: final funding decision or later. A promise binds only with a milestone plan.</param>
/// <param name="Built">True from commissioning on: the line is there, the coverage data have only to show it.</param>
/// <param name="Promise">True for the states of an own-economy promise made in a market consultation.</param>
public sealed record MeasureState(string Code, Phrase Label, bool Binding, bool Promise, bool Built)
{
    static MeasureState Of(string code, string de, string en, bool binding = false, bool promise = false, bool built = false) =>
        new(code, new(de, en), binding, promise, built);

    /// <summary>
    /// The one table of states. Funded: idea … final decision … closed. Own economy: announced … in service. Side states end a measure.
    /// Two decisions (preliminary and final amount) are real; only the final one counts (Gigabit-RL 2.0).
    /// </summary>
    public static readonly IReadOnlyList<MeasureState> All =
    [
        Of("idea", "Idee", "idea"),
        Of("industry_dialogue", "Branchendialog", "industry dialogue"),
        Of("consultation_running", "Markterkundung läuft", "market consultation running"),
        Of("consultation_evaluated", "Markterkundung ausgewertet", "market consultation evaluated"),
        Of("application_filed", "Antrag gestellt", "application filed"),
        Of("decision_preliminary", "Bescheid in vorläufiger Höhe", "preliminary funding decision"),
        Of("selection", "Auswahlverfahren", "selection procedure"),
        Of("decision_final", "Bescheid in endgültiger Höhe", "final funding decision", binding: true),
        Of("planning", "Planung", "planning", binding: true),
        Of("construction", "Bau", "construction", binding: true),
        Of("in_service", "in Betrieb", "in service", binding: true, built: true),
        Of("documentation", "Verwendungsnachweis", "documentation", binding: true, built: true),
        Of("earmarked", "Zweckbindung", "earmarked period", binding: true, built: true),
        Of("closed", "abgeschlossen", "closed", binding: true, built: true),
        Of("announced", "angekündigt (Zusage in der Markterkundung)", "announced (promise in the consultation)", promise: true),
        Of("cooperation", "Kooperationsvertrag", "cooperation agreement", promise: true),
        Of("presale", "Vorvermarktung", "presale", promise: true),
        Of("postponed", "zurückgestellt", "postponed"),
        Of("rejected", "abgelehnt", "rejected"),
        Of("withdrawn", "zurückgezogen", "withdrawn"),
    ];

    /// <summary>Reads a code or a German label; null for a word that is neither.</summary>
    public static MeasureState? Parse(string? text)
    {
        var word = Plain(text);
        return All.FirstOrDefault(s => Plain(s.Code) == word || Plain(s.Label.De) == word || Plain(s.Label.De.Split(" (")[0]) == word)
            ?? (word switch
            {
                "bescheid" or "bescheidendgueltig" or "bewilligt" => Find("decision_final"),
                "bescheidvorlaeufig" => Find("decision_preliminary"),
                "mevlaufend" => Find("consultation_running"),
                "mevausgewertet" => Find("consultation_evaluated"),
                "mevzusage" or "zusage" => Find("announced"),
                "imbau" => Find("construction"),
                "inplanung" => Find("planning"),
                _ => null,
            });
    }

    public static MeasureState Find(string code) => All.First(s => s.Code == code);

    static string Plain(string? text) => new([.. (text ?? "").ToLowerInvariant().Replace("ä", "ae", StringComparison.Ordinal)
        .Replace("ö", "oe", StringComparison.Ordinal).Replace("ü", "ue", StringComparison.Ordinal).Where(char.IsAsciiLetter)]);
}
