using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Breitband.Viewer;

/// <summary>An address that is being typed: „Dorfstr. 3, Görzke“, „Görzke, Dorfstr 3“, „Dorfstraße 3 Gö“.</summary>
/// <param name="Number">With its suffix; empty while there is none.</param>
/// <param name="Place">What there is of the place; empty where none is named.</param>
sealed partial record TypedAddress(string Street, string Number, string Place)
{
    /// <summary>Null for what begins like no street of three letters.</summary>
    public static TypedAddress? Of(string text)
    {
        List<string> parts = [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        var at = Math.Max(0, parts.FindIndex(p => StreetAndNumber().Match(p) is { Success: true } m && m.Groups["number"].Length > 0));
        if (parts.Count == 0 || StreetAndNumber().Match(parts[at]) is not { Success: true } typed)
            return null;
        var places = parts.Where((_, i) => i != at).Append(typed.Groups["place"].Value).Select(p => Postcode().Replace(p, "").Trim());
        return new(typed.Groups["street"].Value.Trim(), typed.Groups["number"].Value.Replace(" ", "", StringComparison.Ordinal), places.FirstOrDefault(p => p.Length > 0) ?? "");
    }

    /// <summary>What to ask the addresses for, the number itself before those that begin with it.</summary>
    /// <param name="municipalities">Keys of those that bear the place's name: not every register names places.</param>
    public IEnumerable<string> Filters(IReadOnlyList<string> municipalities)
    {
        var street = $"CASEI(street) LIKE CASEI('{Like(Street)}%')";
        var within = Place.Length == 0 ? "" : $" AND (CASEI(place) LIKE CASEI('%{Like(Place)}%'){string.Concat(municipalities.Select(m => $" OR ags = '{m}'"))})";
        var digits = Digits().Match(Number).Value;
        return digits.Length == 0 ? [street + within] : [$"{street} AND number = '{digits}'{within}", $"{street} AND number LIKE '{digits}%'{within}"];
    }

    /// <summary>Labels of the addresses that are spelled as typed, in the order of street, number and place.</summary>
    public IEnumerable<string> Fitting(JsonArray features, IReadOnlyList<AreaRow> municipalities) =>
        from feature in features
        let a = feature["properties"]!
        let number = $"{(string?)a["number"]}{(string?)a["suffix"]}"
        let place = (string?)a["place"] ?? municipalities.FirstOrDefault(m => m.Key == (string?)a["ags"])?.Name ?? ""
        where Spelling.Begins(Full((string?)a["street"]), Full(Street)) && number.StartsWith(Number, StringComparison.OrdinalIgnoreCase)
        orderby (string?)a["street"], Leading(number), number, place
        select $"{(string?)a["street"]} {number}, {place}".TrimEnd(',', ' ');

    /// <summary>A pattern that every spelling of the words fits: where an umlaut or a blank may stand, anything may.</summary>
    static string Like(string text) => Uncertain().Replace(text.ToLowerInvariant().TrimEnd('.'), "%");

    /// <summary>„Dorfstr.“ and „Dorfstra“ begin „Dorfstraße“; so does „Dorfstrasse“.</summary>
    static string Full(string? street) => Abbreviated().Replace(street ?? "", "straße");

    static int Leading(string number) => int.TryParse(Digits().Match(number).Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : int.MaxValue;

    [GeneratedRegex(@"^(?<street>\D{3,}?)\s*(?:(?<number>\d+(?:\s?\p{L}(?!\p{L}))?)(?:\s+(?<place>\D*|\d{5}.*))?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex StreetAndNumber();

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Postcode();

    [GeneratedRegex(@"^\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"ae|oe|ue|ss|(?<=.)(?=str)|[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Uncertain();

    [GeneratedRegex(@"str(?:\.(?=\s|$)|(?=\s))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Abbreviated();
}
