using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Breitband.Service.Http;

/// <summary>What a key may do: read what is not public, change data, or also see the audit and confidential data.</summary>
enum Role { Anonymous, Reader, Editor, Admin }

/// <summary>
/// Somebody with access. Only the hash of his key is kept: keys are 256 random bits, so one round of SHA-256 cannot be guessed back and costs
/// a request nothing.
/// </summary>
/// <param name="Disclosure">The highest class he sees: öffentlich, intern or vertraulich. By default intern, for an admin vertraulich.</param>
sealed record ApiKey(string Name, string Role, string Sha256, string? Disclosure = null)
{
    public const string Prefix = "bb_";

    [JsonIgnore]
    public Role Rights => Enum.TryParse<Role>(Role, true, out var role) ? role : Http.Role.Anonymous;

    [JsonIgnore]
    public Disclosure Sees => Disclosures.Parse(Disclosure) ?? (Rights == Http.Role.Admin ? Breitband.Disclosure.Confidential : Breitband.Disclosure.Internal);

    /// <summary>A new key and its hash. The key is shown once and kept nowhere.</summary>
    public static (string Key, string Sha256) Make()
    {
        var key = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return (key, Hash(key));
    }

    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    public string? Fault() => string.IsNullOrWhiteSpace(Name) ? "keys: one has no name."
        : Rights == Http.Role.Anonymous || !Role.All(char.IsLetter) ? $"keys: {Name} needs the role reader, editor or admin."
        : Sha256 is not { Length: 64 } || !Sha256.All(char.IsAsciiHexDigit) ? $"keys: sha256 of {Name} is no SHA-256. Make one: breitband keys {Name} --role {Role}"
        : Disclosure is not null && Disclosures.Parse(Disclosure) is null ? $"keys: {Name} has the unknown disclosure {Disclosure}." : null;
}

/// <summary>Whoever asks.</summary>
sealed record Reader(string Name, Role Role, Disclosure Sees)
{
    public static readonly Reader Anonymous = new("anonym", Role.Anonymous, Disclosure.Public);

    /// <summary>As the store writes him down.</summary>
    public Breitband.Store.Actor At(string? address) => new(Name, Role.ToString().ToLowerInvariant(), address);
}

/// <summary>Finds who a request is from by its key, or by the token of this launch.</summary>
sealed class Keyring(IReadOnlyList<ApiKey> keys, string? launchToken)
{
    readonly byte[]? launch = launchToken is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(launchToken));

    readonly List<(ApiKey Key, byte[] Hash)> hashes = [.. keys.Select(k => (k, Convert.FromHexString(k.Sha256)))];

    /// <returns>Null for a key nobody has: an error, never a fall back to what anonymous readers see.</returns>
    public Reader? Find(string? key)
    {
        if (string.IsNullOrEmpty(key))
            return Reader.Anonymous;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        if (launch is not null && CryptographicOperations.FixedTimeEquals(hash, launch))
            return new("Besitzer", Role.Admin, Disclosure.Confidential);
        Reader? found = null;
        foreach (var (known, stored) in hashes)
            if (CryptographicOperations.FixedTimeEquals(hash, stored))
                found = new(known.Name, known.Rights, known.Sees);
        return found;
    }
}
