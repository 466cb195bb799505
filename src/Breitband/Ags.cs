namespace Breitband;

/// <summary>Amtlicher Gemeindeschlüssel: 8 digits with leading zeros; the first 5 name the county, the first 2 the state.</summary>
public readonly record struct Ags : IComparable<Ags>
{
    readonly string? digits;

    Ags(string digits) => this.digits = digits;

    public string County => ToString()[..5];

    public static Ags Parse(string text) =>
        TryParse(text, out var ags) ? ags : throw BreitbandException.Refused(
            $"„{text}“ ist kein amtlicher Gemeindeschlüssel (8 Ziffern, z. B. 12069017).",
            $"\"{text}\" is not a municipality key (8 digits, e.g. 12069017).");

    /// <summary>
    /// Accepts 8 digits, and 7 where a spreadsheet has eaten the leading zero. Refuses scientific notation (1.2069E+07): the digits are lost.
    /// </summary>
    public static bool TryParse(string? text, out Ags ags)
    {
        var trimmed = text?.Trim() ?? "";
        var valid = trimmed.Length is 7 or 8 && trimmed.All(char.IsAsciiDigit);
        ags = valid ? new Ags(trimmed.PadLeft(8, '0')) : default;
        return valid;
    }

    public int CompareTo(Ags other) => string.CompareOrdinal(ToString(), other.ToString());

    public static bool operator <(Ags left, Ags right) => left.CompareTo(right) < 0;

    public static bool operator >(Ags left, Ags right) => left.CompareTo(right) > 0;

    public static bool operator <=(Ags left, Ags right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Ags left, Ags right) => left.CompareTo(right) >= 0;

    public override string ToString() => digits ?? "00000000";
}

/// <summary>
/// Amtlicher Regionalschlüssel: 12 digits = state 2, region 1, county 2, association 4, municipality 3 (Destatis GV100AD: <c>12 0 69 5904 052</c>).
/// The Amt stands in digits 6 to 9 and nowhere else; an association beginning with 0 means the municipality belongs to none (amtsfrei).
/// </summary>
public readonly record struct Ars
{
    readonly string? digits;

    Ars(string digits) => this.digits = digits;

    public Ags Ags => Ags.Parse(ToString()[..5] + ToString()[9..]);

    /// <summary>Code of the Amt (four digits), or null when the municipality is amtsfrei.</summary>
    public string? Amt => ToString()[5] == '0' ? null : ToString()[5..9];

    public static bool TryParse(string? text, out Ars ars)
    {
        var trimmed = (text ?? "").Replace(" ", "", StringComparison.Ordinal);
        var valid = trimmed.Length is 11 or 12 && trimmed.All(char.IsAsciiDigit);
        ars = valid ? new Ars(trimmed.PadLeft(12, '0')) : default;
        return valid;
    }

    public override string ToString() => digits ?? "000000000000";
}
