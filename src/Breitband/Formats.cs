using System.Globalization;
using System.Text.RegularExpressions;

namespace Breitband;

/// <summary>Numbers, shares and dates as a reader of the language writes them; independent of the machine's own settings.</summary>
public static partial class Formats
{
    static readonly NumberFormatInfo German = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = ".", NegativeSign = "−" };

    static readonly NumberFormatInfo English = new() { NumberDecimalSeparator = ".", NumberGroupSeparator = ",", NegativeSign = "−" };

    static readonly CultureInfo GermanCulture = With(German), EnglishCulture = With(English);

    /// <summary>A culture with the language's numbers and otherwise invariant rules; the machine's own data are not asked.</summary>
    public static CultureInfo Culture(Language language) => language == Language.De ? GermanCulture : EnglishCulture;

    static CultureInfo With(NumberFormatInfo numbers)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat = numbers;
        return CultureInfo.ReadOnly(culture);
    }

    /// <param name="format">A .NET number format; its separators become those of the language.</param>
    public static string Number(double value, Language language, string format = "#,0.##")
    {
        var text = value.ToString(format, language == Language.De ? German : English);
        return text.StartsWith('−') && text.AsSpan().IndexOfAnyInRange('1', '9') < 0 ? text[1..] : text; // never „−0,00“
    }

    /// <summary>Mbit/s as they are named: without groups of thousands, with the decimals there are.</summary>
    public static string Speed(double speed, Language language) => Number(speed, language, "0.###");

    public static string Whole(long value, Language language) => value.ToString("#,0", language == Language.De ? German : English);

    /// <summary>
    /// A number as readers of the language write it, with or without groups of thousands. The other language's decimal mark is understood unless three
    /// digits follow it: „1250.5“ is one, „1250.500“ might be a mistyped group and is null, as is everything else.
    /// </summary>
    public static double? Read(string text, Language language)
    {
        var (own, other) = language == Language.De ? (GermanNumber(), EnglishNumber()) : (EnglishNumber(), GermanNumber());
        var told = own.Match(text) is { Success: true } usual ? usual : other.Match(text) is { Success: true } foreign && foreign.Groups["cents"].Length is not (0 or 3) ? foreign : null;
        if (told is null)
            return null;
        var plain = $"{(told.Groups["minus"].Success ? "-" : "")}{string.Concat(told.Groups["whole"].Value.Where(char.IsAsciiDigit))}.{told.Groups["cents"].Value}";
        return double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }

    [GeneratedRegex(@"^(?<minus>[-−])?(?<whole>[0-9]+|[1-9][0-9]{0,2}(?:[.\s][0-9]{3})+)(?:,(?<cents>[0-9]+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex GermanNumber();

    [GeneratedRegex(@"^(?<minus>[-−])?(?<whole>[0-9]+|[1-9][0-9]{0,2}(?:[,\s][0-9]{3})+)(?:\.(?<cents>[0-9]+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex EnglishNumber();

    /// <summary>A day as „30.06.2027“, „30.6.2027“ or „2027-06-30“; null for anything else.</summary>
    public static DateOnly? ReadDate(string text) => DateOnly.TryParseExact(text, ["yyyy-MM-dd", "d.M.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>A share of 0 to 1 as „94,3 %“.</summary>
    public static string Percent(double fraction, Language language, string format = "0.0") => Number(100 * fraction, language, format) + " %";

    public static string Date(DateOnly date, Language language) => date.ToString(language == Language.De ? "dd.MM.yyyy" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>German dictionary order (DIN 5007-1): umlauts as their base letters, ß as ss, without case.</summary>
    public static string SortKey(string name) => name.ToLowerInvariant().Replace('ä', 'a').Replace('ö', 'o').Replace('ü', 'u').Replace("ß", "ss", StringComparison.Ordinal);
}
