using System.Text;

namespace Breitband.Analyse;

/// <summary>The words of an address. Two spellings of one address have the same <see cref="Match"/>.</summary>
public sealed record AddressText(string? Street, string? Number, string? Suffix, string? Postcode, string? Place)
{
    /// <summary>„Dorfstraße 3a, 14828 Görzke“.</summary>
    public string Label => $"{$"{Street} {Number}{Suffix}".Trim()}, {$"{Postcode} {Place}".Trim()}".Trim(',', ' ');

    /// <summary>
    /// Street, number and postcode (or place, where there is no postcode) without case, blanks, punctuation and the spellings of „Straße“;
    /// null when street or number is missing, because such an address matches nothing safely.
    /// </summary>
    public string? Match => Plain(Street).Length == 0 || Plain(Number).Length == 0 ? null
        : $"{Plain(Street)}|{Plain(Number + Suffix).TrimStart('0')}|{(Plain(Postcode).Length > 0 ? Plain(Postcode) : Plain(Place))}";

    /// <summary>Lower case letters and digits only, umlauts written out, „straße“, „strasse“ and „str.“ alike.</summary>
    public static string Plain(string? text)
    {
        var word = Letters(text);
        return word.EndsWith("strasse", StringComparison.Ordinal) ? word[..^4] : word;
    }

    /// <summary>Lower case letters and digits only, umlauts written out.</summary>
    public static string Letters(string? text)
    {
        var plain = new StringBuilder();
        foreach (var c in (text ?? "").ToLowerInvariant())
            _ = c switch
            {
                'ä' => plain.Append("ae"),
                'ö' => plain.Append("oe"),
                'ü' => plain.Append("ue"),
                'ß' => plain.Append("ss"),
                _ when char.IsLetterOrDigit(c) => plain.Append(c),
                _ => plain,
            };
        return plain.ToString();
    }
}
