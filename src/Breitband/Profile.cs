using System.Text.Json;

namespace Breitband;

/// <summary>One way of being served: at least <see cref="Down"/> and <see cref="Up"/> Mbit/s, by one of the technologies when they are named.</summary>
public sealed record ServedClause(double Down, double Up = 0, IReadOnlyList<Technology>? Technologies = null)
{
    public bool Equals(ServedClause? other) => other is not null && (Down, Up) == (other.Down, other.Up)
        && (Technologies is null ? other.Technologies is null : other.Technologies is not null && Technologies.SequenceEqual(other.Technologies));

    public override int GetHashCode() => HashCode.Combine(Down, Up, Technologies?.Count);
}

/// <summary>
/// Aufgreifschwelle: a dated legal rule that says when a place is a gap. A place is served when any clause holds. Facilities have clauses of
/// their own where the rule says so. Read from <c>data/profiles.json</c> and validated on load.
/// </summary>
public sealed record Profile
{
    public required string Key { get; init; }
    public required Phrase Title { get; init; }
    public required DateOnly? ValidFrom { get; init; }

    /// <summary>Last day, inclusive; null when open.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>Rules of one line (the federal funding rule, say) must not overlap in time; rules of different lines may.</summary>
    public required string Line { get; init; }

    public bool Default { get; init; }

    /// <summary>Other names of the rule, such as those of its parts in a funding programme.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
    public required IReadOnlyList<ServedClause> Households { get; init; }
    public required IReadOnlyList<ServedClause> Facilities { get; init; }

    /// <summary>Facilities that stand for fewer businesses are no subject of the rule: they are not counted at all. 0 where it does not ask.</summary>
    public int MinBusinesses { get; init; }

    /// <summary>What of the rule is computed in another way than it says; printed with every result, null when nothing is.</summary>
    public Phrase? Note { get; init; }

    /// <summary>HFC at 1000 Mbit/s counts as served although its upload is below the rule: such networks are upgradeable and excluded from funding.</summary>
    public bool HfcCountsAsServed { get; init; }

    /// <summary>A cell is part of a gap area when more than this share of its households is unserved or unclear, 0 to 1.</summary>
    public double GapShare { get; init; }

    /// <summary>Relevanter Zeithorizont after the end of the market consultation, years.</summary>
    public int HorizonYears { get; init; }

    public required string Passage { get; init; }
    public required string Source { get; init; }

    /// <summary>Who checked the rule against the source, and when; empty prints as unconfirmed.</summary>
    public string CheckedBy { get; init; } = "";
    public DateOnly? CheckedOn { get; init; }

    public bool Confirmed => CheckedBy.Length > 0 && CheckedOn is not null;

    /// <summary>Whether another reading of the file gives the same figures.</summary>
    public bool SameRule(Profile other) => (Key, HfcCountsAsServed, GapShare, HorizonYears, MinBusinesses, Note, ValidFrom, ValidTo, CheckedBy, CheckedOn)
        == (other.Key, other.HfcCountsAsServed, other.GapShare, other.HorizonYears, other.MinBusinesses, other.Note, other.ValidFrom, other.ValidTo, other.CheckedBy, other.CheckedOn)
        && Households.SequenceEqual(other.Households) && Facilities.SequenceEqual(other.Facilities);

    public bool IsInForce(DateOnly day) => !(day < ValidFrom) && !(day > ValidTo);

    /// <summary>„300/150 Mbit/s“, „10/1,7 Mbit/s“: the rule in short, for titles.</summary>
    public Phrase Short => InShort(Households);

    /// <summary>The facilities' rule in short.</summary>
    public Phrase FacilitiesShort => InShort(Facilities);

    static Phrase InShort(IReadOnlyList<ServedClause> clauses) => new(InShort(clauses, Language.De), InShort(clauses, Language.En));

    static string InShort(IReadOnlyList<ServedClause> clauses, Language language) =>
        string.Join(" / ", clauses.Select(c => c.Up > 0 ? $"{Formats.Speed(c.Down, language)}/{Formats.Speed(c.Up, language)}" : Formats.Speed(c.Down, language))) + " Mbit/s";
}

/// <summary>The profiles of a file, checked: keys unique, dates ordered, no overlap within a line, exactly one default.</summary>
public sealed class Profiles
{
    Profiles(IReadOnlyList<Profile> all) => All = all;

    public IReadOnlyList<Profile> All { get; }

    public Profile Default => All.Single(p => p.Default);

    public Profile Get(string? key) => key is null ? Default : All.FirstOrDefault(p => p.Aliases.Append(p.Key).Contains(key, StringComparer.OrdinalIgnoreCase))
        ?? throw BreitbandException.WrongUse(
            $"Die Aufgreifschwelle „{key}“ gibt es nicht. {Suggest.German(key, All.Select(p => p.Key))}",
            $"There is no profile \"{key}\". {Suggest.English(key, All.Select(p => p.Key))}");

    public static Profiles Load(string file)
    {
        try
        {
            return Parse(file, System.IO.File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BreitbandException.Refused($"{file}: Die Aufgreifschwellen sind nicht lesbar: {e.Message}", $"{file}: the profiles cannot be read: {e.Message}", e);
        }
    }

    /// <param name="file">Named in refusals.</param>
    public static Profiles Parse(string file, string json)
    {
        try
        {
            var document = JsonSerializer.Deserialize(json, SettingsJson.Default.ProfileFile) ?? throw new JsonException("empty");
            return new Profiles(Checked(file, [.. document.Profiles.Select(p => p.ToProfile(file))]));
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw BreitbandException.Refused($"{file}: Die Aufgreifschwellen sind nicht lesbar: {e.Message}", $"{file}: the profiles cannot be read: {e.Message}", e);
        }
    }

    static IReadOnlyList<Profile> Checked(string file, IReadOnlyList<Profile> all)
    {
        void Fault(string de, string en) => throw BreitbandException.Refused($"{file}: {de}", $"{file}: {en}");

        foreach (var twice in all.SelectMany(p => p.Aliases.Append(p.Key)).GroupBy(k => k, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            Fault($"Die Aufgreifschwelle „{twice.Key}“ steht zweimal da.", $"Profile \"{twice.Key}\" is there twice.");
        if (all.Count(p => p.Default) != 1)
            Fault("Genau eine Aufgreifschwelle muss „default“ sein.", "Exactly one profile must be the default.");
        foreach (var p in all)
        {
            foreach (var (field, text) in ((string Field, string Text)[])[("key", p.Key), ("line", p.Line), ("title", p.Title.De), ("title_en", p.Title.En), ("passage", p.Passage), ("source", p.Source), .. p.Aliases.Select(a => ("aliases", a))])
                if (string.IsNullOrWhiteSpace(text))
                    Fault($"„{p.Key}“: {field} ist leer.", $"\"{p.Key}\": {field} is empty.");
            foreach (var (field, clauses) in new[] { ("served_if", p.Households), ("facilities_served_if", p.Facilities) })
                if (clauses.Count == 0)
                    Fault($"„{p.Key}“: {field} ist leer.", $"\"{p.Key}\": {field} is empty.");
            foreach (var named in p.Households.Concat(p.Facilities).Select(c => c.Technologies).OfType<IReadOnlyList<Technology>>())
                if (named.Count == 0 || named.Any(t => t is Technology.All or Technology.Mobile))
                    Fault($"„{p.Key}“: technologies nennt Techniken des Festnetzes oder fehlt ganz; leer, „all“ und „mobile“ versorgen niemanden.",
                        $"\"{p.Key}\": technologies names fixed-line technologies or is left out; empty, \"all\" and \"mobile\" serve nobody.");
            if (p.MinBusinesses < 0)
                Fault($"„{p.Key}“: min_businesses darf nicht negativ sein.", $"\"{p.Key}\": min_businesses must not be negative.");
            if (p.Note is { } note && (string.IsNullOrWhiteSpace(note.De) || string.IsNullOrWhiteSpace(note.En)))
                Fault($"„{p.Key}“: note und note_en gehören zusammen.", $"\"{p.Key}\": note and note_en belong together.");
            if (p.Households.Concat(p.Facilities).Any(c => !(c.Down > 0) || !(c.Up >= 0)))
                Fault($"„{p.Key}“: Geschwindigkeiten müssen positiv sein.", $"\"{p.Key}\": speeds must be positive.");
            if (p.GapShare is < 0 or >= 1)
                Fault($"„{p.Key}“: gap_share muss zwischen 0 und 1 liegen.", $"\"{p.Key}\": gap_share must be between 0 and 1.");
            if (p.HorizonYears < 1)
                Fault($"„{p.Key}“: horizon_years muss mindestens 1 sein.", $"\"{p.Key}\": horizon_years must be at least 1.");
            if (p.CheckedBy.Length > 0 != p.CheckedOn is not null)
                Fault($"„{p.Key}“: checked_by und checked_on gehören zusammen (wer, wann).", $"\"{p.Key}\": checked_by and checked_on belong together (who, when).");
            if (p.ValidFrom is null && p.ValidTo is not null)
                Fault($"„{p.Key}“: valid_to ohne valid_from.", $"\"{p.Key}\": valid_to without valid_from.");
            if (p.ValidFrom is { } from && p.ValidTo is { } to && to < from)
                Fault($"„{p.Key}“: valid_to liegt vor valid_from.", $"\"{p.Key}\": valid_to is before valid_from.");
        }
        foreach (var line in all.Where(p => p.ValidFrom is not null).GroupBy(p => p.Line))
        {
            var ordered = line.OrderBy(p => p.ValidFrom).ToList();
            foreach (var (a, b) in ordered.Zip(ordered.Skip(1)))
                if (a.ValidTo is null || a.ValidTo >= b.ValidFrom)
                    Fault($"„{a.Key}“ und „{b.Key}“ gelten gleichzeitig ({b.ValidFrom:yyyy-MM-dd}). Den früheren am Vortag enden lassen (valid_to).",
                        $"\"{a.Key}\" and \"{b.Key}\" are valid at the same time ({b.ValidFrom:yyyy-MM-dd}). Let the earlier one end the day before (valid_to).");
        }
        return all;
    }

    internal sealed record ProfileFile(IReadOnlyList<ProfileEntry> Profiles);

    internal sealed record ClauseEntry(double Down, double Up = 0, IReadOnlyList<string>? Technologies = null);

    internal sealed record ProfileEntry(string Key, string Title, string TitleEn, string Line, IReadOnlyList<ClauseEntry> ServedIf, string Passage, string Source,
        DateOnly? ValidFrom = null, DateOnly? ValidTo = null, bool Default = false, IReadOnlyList<ClauseEntry>? FacilitiesServedIf = null,
        bool HfcCountsAsServed = true, double GapShare = 0.05, int HorizonYears = 3, string CheckedBy = "", DateOnly? CheckedOn = null,
        IReadOnlyList<string>? Aliases = null, int MinBusinesses = 0, string? Note = null, string? NoteEn = null)
    {
        public Profile ToProfile(string file)
        {
            IReadOnlyList<ServedClause> Clauses(IEnumerable<ClauseEntry> entries) =>
                [.. entries.Select(c => new ServedClause(c.Down, c.Up, c.Technologies is null ? null : [.. c.Technologies.Select(t => Parse(file, t))]))];
            return new Profile
            {
                Key = Key,
                Title = new(Title, TitleEn),
                Line = Line,
                ValidFrom = ValidFrom,
                ValidTo = ValidTo,
                Default = Default,
                Aliases = Aliases ?? [],
                MinBusinesses = MinBusinesses,
                Note = Note is null && NoteEn is null ? null : new(Note ?? "", NoteEn ?? ""),
                Households = Clauses(ServedIf),
                Facilities = Clauses(FacilitiesServedIf ?? ServedIf),
                HfcCountsAsServed = HfcCountsAsServed,
                GapShare = GapShare,
                HorizonYears = HorizonYears,
                Passage = Passage,
                Source = Source,
                CheckedBy = CheckedBy,
                CheckedOn = CheckedOn,
            };
        }

        Technology Parse(string file, string text) => Technologies.Parse(text) ?? throw BreitbandException.Refused(
            $"{file}: „{Key}“ nennt die unbekannte Technik „{text}“.", $"{file}: \"{Key}\" names the unknown technology \"{text}\".");
    }
}
