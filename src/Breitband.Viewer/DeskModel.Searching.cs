using System.Text.RegularExpressions;
using NetTopologySuite.Geometries;

namespace Breitband.Viewer;

/// <summary>Finding a place by what is typed: municipalities, settlements, addresses, keys, coordinates.</summary>
public sealed partial class DeskModel
{
    const int Most = 12;

    /// <summary>Addresses that are looked at to find the nearest; the service gives them in no order of streets.</summary>
    const int Looked = 400;

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
            var places = (await Places(open, text, cancelled)).Take(Most).ToList();
            return places.Count == Most ? places : [.. places.Concat(await Addresses(open, text, Most - places.Count, near: true, cancelled)).Distinct(StringComparer.Ordinal)];
        }
        catch (OperationCanceledException)
        {
            return []; // something else was typed meanwhile
        }
    }

    async Task<IEnumerable<string>> Places(Project open, string text, CancellationToken cancelled) =>
        Spelling.Holding(Municipalities.Select(m => m.Name), text).Concat(Spelling.Holding((await Settlements(open, cancelled)).Select(Label), text)).Distinct(StringComparer.Ordinal);

    /// <summary>Read when first asked for. Where single places are closed to this reader, there are none to find.</summary>
    async Task<IReadOnlyList<Settled>> Settlements(Project open, CancellationToken cancelled)
    {
        if (settlements is { } known)
            return known;
        try
        {
            var answer = await open.Service.Read("/stats?by=settlement&facts=no", cancelled);
            return settlements = [.. Told.Rows(answer, "settlement").Select(r => new Settled(r.Text("key")!, r.Text("name")!, r.Text("ags")))];
        }
        catch (BreitbandException e)
        {
            return ServiceClient.IsAway(e) ? [] : settlements = [];
        }
    }

    /// <summary>A settlement mostly bears the name of its municipality; the two must be told apart.</summary>
    string Label(Settled s)
    {
        var municipality = Municipalities.FirstOrDefault(m => m.Key == s.Ags)?.Name;
        string?[] more = [s.Name.Contains("Ortslage", StringComparison.Ordinal) ? null : Tongue.Of("Ortslage", "settlement"), municipality == s.Name ? null : municipality];
        return more.Any(m => m is not null) ? $"{s.Name} ({string.Join(", ", more.Where(m => m is not null))})" : s.Name;
    }

    /// <summary>Those with the number itself first. Where addresses are closed to this reader, they are not asked for again.</summary>
    /// <param name="near">Also those whose number only begins as typed.</param>
    async Task<IReadOnlyList<string>> Addresses(Project open, string text, int most, bool near, CancellationToken cancelled)
    {
        if (addressesClosed || TypedAddress.Of(text) is not { } typed)
            return [];
        try
        {
            var keys = typed.Place.Length == 0 ? [] : Municipalities.Where(m => Spelling.Holds(m.Name, typed.Place)).Select(m => m.Key).ToList();
            List<string> found = [];
            foreach (var filter in typed.Filters(keys).Take(near ? 2 : 1))
                if (found.Count < most)
                    found.AddRange(typed.Fitting((await open.Service.Get($"/collections/addresses/items?limit={Looked}&filter={Uri.EscapeDataString(filter)}", cancelled))["features"]!.AsArray(), Municipalities).Except(found));
            return [.. found.Take(most)];
        }
        catch (BreitbandException e)
        {
            addressesClosed = !ServiceClient.IsAway(e);
            return [];
        }
    }

    /// <summary>Goes to the place and says what holds there. A name that is not finished means the first one that begins so.</summary>
    public async Task Find(string text)
    {
        text = await Meant(text.Trim());
        if (Municipalities.FirstOrDefault(m => Spelling.Same(m.Name, text) || m.Key == text) is { } named)
        {
            Pick(named);
            if (MunicipalityShape is { } shape)
                Shown?.Invoke(shape);
            await Explain(named.Key);
            return;
        }
        var was = Selected;
        await Explain(settlements?.FirstOrDefault(s => Spelling.Same(Label(s), text))?.Key ?? text);
        if (!ReferenceEquals(was, Selected) && Selected is { X: { } x, Y: { } y } && FromStored(x, y) is var (left, top))
            Found?.Invoke(new(left, top));
    }

    /// <summary>Of several addresses none is guessed: the service names them.</summary>
    async Task<string> Meant(string text)
    {
        if (text.Length < 2 || Project is not { } open || CoordinatePair().IsMatch(text) || Municipalities.Any(m => Spelling.Same(m.Name, text) || m.Key == text))
            return text;
        var places = (await Places(open, text, CancellationToken.None)).Where(p => Spelling.Begins(p, text)).ToList();
        if (places.Count > 0)
            return places.Find(p => Spelling.Same(p, text)) ?? places[0];
        return !Postcode().IsMatch(text) && await Addresses(open, text, 2, near: false, CancellationToken.None) is [var only] ? only : text;
    }

    /// <summary>Two numbers as people write coordinates; which is which the service finds out.</summary>
    [GeneratedRegex(@"^-?\d+([.,]\d+)?\s*[;, ]\s*-?\d+([.,]\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex CoordinatePair();

    [GeneratedRegex(@"\b\d{5}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Postcode();
}
