namespace Breitband;

/// <summary>
/// Which state may follow which. A measure goes forward along the life of its kind, any number of steps at once, because a register learns of
/// them late; it may be put off or withdrawn until something is built, and taken up again. Going back is a correction and must be called one.
/// </summary>
public static class MeasureLife
{
    static readonly string[] Funded =
    [
        "idea", "industry_dialogue", "consultation_running", "consultation_evaluated", "application_filed", "decision_preliminary", "selection",
        "decision_final", "planning", "construction", "in_service", "documentation", "earmarked", "closed",
    ];

    static readonly string[] OwnEconomy = ["announced", "cooperation", "presale", "planning", "construction", "in_service", "closed"];

    static readonly string[] Strategic = ["idea", "planning", "construction", "in_service", "closed"];

    static readonly string[] Side = ["postponed", "rejected", "withdrawn"];

    /// <summary>The states of a kind in order, side states last; of every kind where it is not known.</summary>
    public static IReadOnlyList<string> Of(MeasureKind? kind) => kind switch
    {
        MeasureKind.Funded => [.. Funded, .. Side],
        MeasureKind.OwnEconomy => [.. OwnEconomy, "postponed", "withdrawn"],
        MeasureKind.Strategic => [.. Strategic, .. Side],
        _ => [.. MeasureState.All.Select(s => s.Code)],
    };

    public static string Code(this MeasureKind kind) => kind switch { MeasureKind.Funded => "funded", MeasureKind.OwnEconomy => "own_economy", _ => "strategic" };

    public static Phrase Label(this MeasureKind kind) => kind switch
    {
        MeasureKind.Funded => new("gefördert", "funded"),
        MeasureKind.OwnEconomy => new("eigenwirtschaftlich", "own economy"),
        _ => new("strategisch", "strategic"),
    };

    /// <summary>Reads a code or the German word; null for another word.</summary>
    public static MeasureKind? ParseKind(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "funded" or "gefördert" or "gefoerdert" or "förderung" => MeasureKind.Funded,
        "own_economy" or "eigenwirtschaftlich" or "eigenausbau" => MeasureKind.OwnEconomy,
        "strategic" or "strategisch" => MeasureKind.Strategic,
        _ => null,
    };

    /// <summary>Why a state cannot follow another; null when it may.</summary>
    public static Phrase? WhyNot(MeasureState from, MeasureState to, MeasureKind? kind)
    {
        if (WrongKind(to, kind) is { } wrong)
            return wrong;
        if (from == to || May(from, to, kind))
            return null;
        var next = MeasureState.All.Where(s => s != from && WrongKind(s, kind) is null && May(from, s, kind)).ToList();
        return next.Count == 0
            ? new($"Auf „{from.Label.De}“ folgt nichts mehr.", $"Nothing follows \"{from.Label.En}\".")
            : new($"Auf „{from.Label.De}“ kann „{to.Label.De}“ nicht folgen; möglich: {string.Join(", ", next.Select(s => s.Code))}.",
                $"\"{to.Label.En}\" cannot follow \"{from.Label.En}\"; possible: {string.Join(", ", next.Select(s => s.Code))}.");
    }

    /// <summary>Why a measure of a kind cannot be in a state at all.</summary>
    public static Phrase? WrongKind(MeasureState state, MeasureKind? kind) => kind is not { } k || Of(k).Contains(state.Code) ? null
        : new($"Der Stand „{state.Label.De}“ gehört nicht zu einer Maßnahme der Art „{k.Label().De}“; möglich: {string.Join(", ", Of(k))}.",
            $"State \"{state.Label.En}\" does not belong to a measure of kind \"{k.Label().En}\"; possible: {string.Join(", ", Of(k))}.");

    static bool May(MeasureState from, MeasureState to, MeasureKind? kind) => (from.Code, to.Code) switch
    {
        ("closed", _) => false,
        (_, "rejected") => from.Code is "application_filed" or "decision_preliminary" or "selection" or "postponed",
        (_, "withdrawn" or "postponed") => !from.Built && from.Code is not ("rejected" or "withdrawn"),
        ("postponed", _) => !to.Built,
        ("rejected" or "withdrawn", _) => to.Code is "idea" or "industry_dialogue" or "application_filed" or "announced",
        _ => Lives(kind).Any(life => Array.IndexOf(life, from.Code) is >= 0 and var at && Array.IndexOf(life, to.Code) > at),
    };

    static string[][] Lives(MeasureKind? kind) => kind switch
    {
        MeasureKind.Funded => [Funded],
        MeasureKind.OwnEconomy => [OwnEconomy],
        MeasureKind.Strategic => [Strategic],
        _ => [Funded, OwnEconomy, Strategic],
    };
}
