using System.Net;
using System.Text.RegularExpressions;

namespace Breitband.Viewer;

/// <summary>What somebody means who names a project: a file, or a service under one of these addresses.</summary>
/// <param name="Addresses">Empty for a file; several where the scheme was left out.</param>
/// <param name="Guessed">It may be a mistyped file as well.</param>
public sealed partial record ProjectPlace(string Text, IReadOnlyList<Uri> Addresses, bool Guessed)
{
    /// <param name="secret">A key goes along: never in the clear unless the user said http himself.</param>
    /// <exception cref="BreitbandException">Refused for a file that is not there and a scheme that is none of ours.</exception>
    public static ProjectPlace Of(string where, bool secret)
    {
        if (Uri.TryCreate(where, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return new(where, [address], false);
        if (File.Exists(where))
            return new(where, [], false);
        if (where.Contains("://", StringComparison.Ordinal))
            throw BreitbandException.Refused($"{where}: Die Adresse eines Dienstes beginnt mit https:// oder http://.", $"{where}: a service's address begins with https:// or http://.");
        if (Directory.Exists(where))
            throw BreitbandException.Refused($"{where} ist ein Ordner. Bitte die Datei .gpkg darin öffnen.", $"{where} is a folder. Please open the .gpkg file in it.");
        if (where.EndsWith(".gpkg", StringComparison.OrdinalIgnoreCase) || Host().Match(where) is not { Success: true } host)
            throw BreitbandException.Refused($"{where}: Die Datei gibt es nicht.", $"{where}: there is no such file.");
        var name = host.Groups[1].Value;
        string[] schemes = name == "localhost" || IPAddress.TryParse(name, out var number) && IPAddress.IsLoopback(number) ? ["http"] : secret ? ["https"] : ["https", "http"];
        return new(where, [.. schemes.Select(s => new Uri($"{s}://{where}"))], true);
    }

    /// <summary>The key in an address as a service names it to whoever may change it; it is used, and neither shown nor remembered.</summary>
    public string? Token => Addresses.Count > 0 && TokenPart().Match(Addresses[0].Query) is { Success: true } part ? Uri.UnescapeDataString(part.Groups[1].Value) : null;

    [GeneratedRegex("[?&]token=([^&#]+)")]
    private static partial Regex TokenPart();

    /// <summary>What is said of a guess nobody answered to.</summary>
    public BreitbandException Unknown(BreitbandException last) => BreitbandException.Refused(
        $"„{Text}“ ist keine Datei auf diesem Rechner, und unter {string.Join(" und ", Addresses)} antwortet kein Dienst. Schreibweise prüfen.",
        $"\"{Text}\" is no file on this machine, and no service answers at {string.Join(" and ", Addresses)}. Check the spelling.", last);

    /// <summary>A name with a dot or a port, as browsers take it without a scheme.</summary>
    [GeneratedRegex(@"^(localhost|[\p{L}\d-]+(?:\.[\p{L}\d-]+)+|[\p{L}\d-]+(?=:\d))(:\d{1,5})?(/.*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Host();
}
