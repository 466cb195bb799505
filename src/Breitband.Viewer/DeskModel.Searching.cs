using System.Text.RegularExpressions;
using NetTopologySuite.Geometries;

namespace Breitband.Viewer;

/// <summary>Finding a place by what is typed: municipalities, settlements, addresses, keys, coordinates.</summary>
public sealed partial class DeskModel
{
    const int Most = 12;

    static readonly Func<double, double, (double X, double Y)> FromStored = Crs.Transform(Crs.Stored, Crs.WebMercator);

    IReadOnlyList<Settled>? settlements;
    bool addressesClosed;

    /// <summary>A settlement of the last result.</summary>
    sealed record Settled(string Key, string Name, string? Ags);

    /// <summary>A place is to be looked at, metres of the web's projection.</summary>
    public event Action<Coordinate>? Found;

    /// <summary>What the text may mean: municipalities, then settlements, then addresses; those that begin with it first.</summary>
    public async Task<IReadOnlyList<string>> Suggest(string text, CancellationToken cancelled)
    {
        text = text.Trim();
        if (text.Length < 2 || Project is not { } open)
            return [];
        if (CoordinatePair().IsMatch(text))
            return [text]; // understood as it stands
        try
        {
            List<string> places = [.. Holding(Municipalities.Select(m => m.Name), text), .. Holding((await Settlements(open, cancelled)).Select(Label), text)];
            if (places.Count < Most && StreetAndNumber().Match(text) is { Success: true } typed && !addressesClosed)
                places.AddRange(await Addresses(open, typed.Groups[1].Value, typed.Groups[2].Value, Most - places.Count, cancelled));
            return [.. places.Distinct(StringComparer.Ordinal).Take(Most)];
        }
        catch (OperationCanceledException)
        {
            return []; // something else was typed meanwhile
        }
    }

    /// <summary>Read when first asked for. Where single places are closed to this reader, there are none to find.</summary>
    async Task<IReadOnlyList<Settled>> Settlements(Project open, CancellationToken cancelled)
    {
        if (settlements is { } known)
            return known;
        try
        {
            var answer = await open.Service.Get("/stats?by=settlement&facts=no", cancelled);
            return settlements = [.. Told.Rows(answer, "settlement").Select(r => new Settled((string)r["key"]!, (string)r["name"]!, (string?)r["ags"]))];
        }
        catch (BreitbandException e)
        {
            return ServiceClient.IsAway(e) ? [] : settlements = [];
        }
    }

    static IEnumerable<string> Holding(IEnumerable<string> names, string text) => names.Where(n => n.Contains(text, StringComparison.CurrentCultureIgnoreCase))
        .OrderByDescending(n => n.StartsWith(text, StringComparison.CurrentCultureIgnoreCase)).ThenBy(Formats.SortKey, StringComparer.Ordinal);

    string Label(Settled s) => $"{s.Name} ({Municipalities.FirstOrDefault(m => m.Key == s.Ags)?.Name ?? Tongue.Of("Ortslage", "settlement")})";

    /// <summary>Where addresses are closed to this reader, they are not asked for again.</summary>
    async Task<IEnumerable<string>> Addresses(Project open, string street, string number, int most, CancellationToken cancelled)
    {
        static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal).Replace("%", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        var filter = $"CASEI(street) LIKE CASEI('{Quoted(street)}%')" + (number.Length > 0 ? $" AND CASEI(number) LIKE CASEI('{Quoted(number)}%')" : "");
        try
        {
            var found = await open.Service.Get($"/collections/addresses/items?limit={most}&filter={Uri.EscapeDataString(filter)}", cancelled);
            return found["features"]!.AsArray().Select(f => f!["properties"]!).OrderBy(a => (string?)a["street"], StringComparer.Ordinal).ThenBy(a => ((string?)a["number"])?.PadLeft(6), StringComparer.Ordinal).Select(a => $"{(string?)a["street"]} {(string?)a["number"]}, {(string?)a["place"]}".TrimEnd(',', ' '));
        }
        catch (BreitbandException e)
        {
            addressesClosed = !ServiceClient.IsAway(e);
            return [];
        }
    }

    /// <summary>Goes to the place and says what holds there.</summary>
    public async Task Find(string text)
    {
        text = text.Trim();
        if (Project is null)
        {
            Faulted?.Invoke(Tongue.Of("Zuerst einen Speicher oder Dienst öffnen (Strg+O), dann suchen.", "Open a store or a service first (Ctrl+O), then search."), null);
            return;
        }
        bool Is(string name) => name.Equals(text, StringComparison.CurrentCultureIgnoreCase);
        if (Municipalities.FirstOrDefault(m => Is(m.Name) || m.Key == text) is { } named)
        {
            Pick(named);
            if (MunicipalityShape is { } shape)
                Shown?.Invoke(shape);
            await Explain(named.Key);
            return;
        }
        var was = Selected;
        await Explain(settlements?.FirstOrDefault(s => Is(Label(s)))?.Key ?? text);
        if (!ReferenceEquals(was, Selected) && Selected is { X: { } x, Y: { } y } && FromStored(x, y) is var (left, top))
            Found?.Invoke(new(left, top));
    }

    /// <summary>Two numbers as people write coordinates; which is which the service finds out.</summary>
    [GeneratedRegex(@"^-?\d+([.,]\d+)?\s*[;, ]\s*-?\d+([.,]\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex CoordinatePair();

    /// <summary>A street of three letters at least, and what there is of a number.</summary>
    [GeneratedRegex(@"^(\D{3,}?)\s*(\d+\s?\w?)?(,.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex StreetAndNumber();
}
