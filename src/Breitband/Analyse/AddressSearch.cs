using System.Text.RegularExpressions;

namespace Breitband.Analyse;

/// <summary>
/// Finds an address as people say and type it: „str.“ for Straße, umlauts written out or not, wrong and swapped letters, with or without place
/// and postcode. An exact spelling beats a near one; several equally good ones are asked about, never guessed.
/// </summary>
static partial class AddressSearch
{
    const int Listed = 8;

    /// <summary>Names a miss gives: a hint, not the county's list of streets.</summary>
    const int Few = 3;

    /// <summary>Wrong letters, an exact spelling first.</summary>
    static readonly int[] Tolerances = [0, 1, 2];

    /// <summary>Null when the words have not the form of an address or the county has none.</summary>
    /// <exception cref="BreitbandException">WrongUse: several addresses, or none but near ones.</exception>
    public static int? Find(County county, string query)
    {
        if (Asked.Of(query) is not { } asked || county.Addresses.Count == 0)
            return null;
        return Known(county, query, asked) ?? throw Unknown(county, query, asked, county.Addresses.Select(a => a.Text.Street ?? "").Where(s => AddressText.Plain(s).Length > 0).Distinct());
    }

    /// <summary>Whether the county's addresses, which may be some of its streets', answer; see <see cref="Means"/>.</summary>
    /// <exception cref="BreitbandException">As <see cref="Find"/>, of streets that are there.</exception>
    public static bool Knows(County county, string query) => Asked.Of(query) is { } asked && Known(county, query, asked) is not null;

    /// <summary>Tells which streets may be meant; null when the words have not the form of an address.</summary>
    public static Func<string, bool>? Means(string query)
    {
        if (Asked.Of(query) is not { } asked)
            return null;
        return street => AddressText.Plain(street) is { Length: > 0 } plain && Tolerances.Any(t => Near(asked.Street, plain, t));
    }

    static int? Known(County county, string query, Asked asked)
    {
        var byStreet = Enumerable.Range(0, county.Addresses.Count).GroupBy(i => county.Addresses[i].Text.Street ?? "")
            .Select(g => (Plain: AddressText.Plain(g.Key), Members: g)).Where(s => s.Plain.Length > 0).ToList();
        foreach (var tolerance in Tolerances)
        {
            var streets = byStreet.Where(s => Near(asked.Street, s.Plain, tolerance));
            var placed = streets.SelectMany(s => s.Members).Where(i => asked.Says(county, county.Addresses[i], tolerance)).ToList();
            var found = placed.Where(i => asked.Numbered(county.Addresses[i])).ToList();
            if (found.Count == 1)
                return found[0];
            if (found.Count > 1)
                throw Several(county, query, found);
            if (placed.Count > 0)
                throw NoSuchNumber(county, query, asked, placed);
        }
        return null;
    }

    /// <summary>A third of a word's letters may be wrong at most, so that „Weg“ does not become „Hof“.</summary>
    static bool Near(string asked, string known, int tolerance) => tolerance == 0 ? asked == known
        : Math.Abs(asked.Length - known.Length) <= tolerance && asked.Length >= 3 * tolerance && Suggest.Distance(asked, known) <= tolerance;

    static BreitbandException Several(County county, string query, List<int> found)
    {
        var labels = found.Select(i => Label(county, i)).Order(StringComparer.Ordinal).ToList();
        var (list, more) = (string.Concat(labels.Take(Listed).Select(l => $"\n  {l}")), labels.Count > Listed ? "\n  …" : "");
        return BreitbandException.WrongUse(
            $"„{query}“ gibt es {labels.Count}-mal:{list}{more}\nBitte mit Ort, Postleitzahl oder Kennung.",
            $"\"{query}\" exists {labels.Count} times:{list}{more}\nPlease add place, postcode or key.");
    }

    static BreitbandException NoSuchNumber(County county, string query, Asked asked, List<int> street)
    {
        var near = street.OrderBy(i => Math.Abs(Leading(county.Addresses[i].Text.Number) - Leading(asked.Number))).ThenBy(i => county.Addresses[i].Key, StringComparer.Ordinal).Take(3).Select(i => Label(county, i));
        var names = string.Join("; ", near);
        return BreitbandException.WrongUse($"„{query}“: Diese Hausnummer gibt es dort nicht. Am nächsten: {names}.", $"\"{query}\": there is no such house number. Nearest: {names}.");
    }

    static BreitbandException Unknown(County county, string query, Asked asked, IEnumerable<string> streets)
    {
        var there = asked.Words.Count == 0 ? streets
            : county.Addresses.Where(a => asked.Says(county, a, 1)).Select(a => a.Text.Street ?? "").Where(s => s.Length > 0).Distinct().ToList() is { Count: > 0 } local ? local : streets;
        var typed = asked.Typed;
        return BreitbandException.WrongUse($"Die Adresse „{query}“ gibt es nicht. {Suggest.German(typed, there, Few)}", $"There is no address \"{query}\". {Suggest.English(typed, there, Few)}");
    }

    /// <summary>As the address says itself, with the municipality where it names no place.</summary>
    public static string Label(County county, int address)
    {
        var (text, municipality) = (county.Addresses[address].Text, county.Municipalities[county.Addresses[address].Municipality].Name);
        return text.Label.Length == 0 ? $"{county.Addresses[address].Key}, {municipality}"
            : text.Place is null || !municipality.Contains(text.Place, StringComparison.OrdinalIgnoreCase) && !text.Place.Contains(municipality, StringComparison.OrdinalIgnoreCase) ? $"{text.Label} ({municipality})" : text.Label;
    }

    static int Leading(string? number) => int.TryParse(LeadingDigits().Match(number ?? "").Value, out var n) ? n : int.MaxValue / 2;

    sealed class Asked(Match match)
    {
        public static Asked? Of(string query) => Form().Match(query.Trim()) is { Success: true } match ? new(match) : null;

        public string Typed { get; } = match.Groups["street"].Value.Trim(' ', ',');

        public string Street { get; } = AddressText.Plain(match.Groups["street"].Value);

        public string Number { get; } = AddressText.Plain(match.Groups["number"].Value).TrimStart('0');

        public List<string> Words { get; } = [.. $"{match.Groups["before"].Value} {match.Groups["rest"].Value}".Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(AddressText.Plain).Where(w => w.Length > 0)];

        public bool Numbered(Address address) => AddressText.Plain(address.Text.Number + address.Text.Suffix).TrimStart('0') == Number;

        public bool Says(County county, Address address, int tolerance) => Words.TrueForAll(word => AddressText.Plain(address.Text.Postcode) == word
            || InName(address.Text.Place, word, tolerance) || InName(county.Municipalities[address.Municipality].Name, word, tolerance));

        /// <summary>Every word of a name is compared by itself: „Kreutz“ in „Groß Kreutz (Havel)“.</summary>
        static bool InName(string? name, string word, int tolerance) => AddressText.Plain(name).Contains(word, StringComparison.Ordinal)
            || tolerance > 0 && (name ?? "").Split([' ', '/', '(', ')', '-'], StringSplitOptions.RemoveEmptyEntries).Select(AddressText.Plain).Any(w => Near(word, w, tolerance));
    }

    /// <summary>„Dorfstr. 3a, 14828 Görzke“, „Görzke, Dorfstraße 3 a“; a house number is the last number before the end or the next comma.</summary>
    [GeneratedRegex(@"^(?:(?<before>[^,\d]+|\d{5}[^,\d]*),\s*)?(?<street>\p{L}(?:[^,\d]|\d+\.\s)*?)\s*(?<number>\d{1,4}\s*[a-zA-Z]?)(?:\s*,\s*(?<rest>.*)|\s+(?<rest>\d{5}.*|\p{L}{2}.*))?$")]
    private static partial Regex Form();

    [GeneratedRegex(@"^\d+")]
    private static partial Regex LeadingDigits();
}
