namespace Breitband.Service.Maps;

/// <summary>Another map's tiles below ours, as configured.</summary>
/// <param name="Url">With {z}, {x} and {y}.</param>
sealed record BaseMap(string Url, string Attribution)
{
    static readonly string[] Places = ["{z}", "{x}", "{y}"];

    /// <summary>The one host a page with this map may ask, as a Content-Security-Policy names it.</summary>
    public string Origin => Address.GetLeftPart(UriPartial.Authority);

    public string Host => Address.Host;

    Uri Address => new(Filled);

    string Filled => Places.Aggregate(Url, (url, place) => url.Replace(place, "0", StringComparison.Ordinal));

    /// <summary>What is wrong with the setting; null when nothing is. A character that ends a word of the policy would widen it.</summary>
    public string? Fault() => !Uri.TryCreate(Filled, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.Host.Length == 0 ? "base_map_url: no http(s) address."
        : !Places.All(p => Url.Contains(p, StringComparison.Ordinal)) ? "base_map_url: {z}, {x} and {y} are missing."
        : address.UserInfo.Length > 0 || address.Host.Any(c => c is ';' or ',' or '*' or ' ') || Uri.CheckHostName(address.Host) == UriHostNameType.Unknown ? "base_map_url: the host is no plain name."
        : Attribution.Length == 0 ? "base_map_attribution: missing; the licence of every base map asks for one."
        : null;
}
