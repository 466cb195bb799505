using System.Globalization;

namespace Breitband;

/// <summary>Numbers, shares and dates as a reader of the language writes them; independent of the machine's own settings.</summary>
public static class Formats
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

    public static string Whole(long value, Language language) => value.ToString("#,0", language == Language.De ? German : English);

    /// <summary>A share of 0 to 1 as „94,3 %“.</summary>
    public static string Percent(double fraction, Language language, string format = "0.0") => Number(100 * fraction, language, format) + " %";

    public static string Date(DateOnly date, Language language) => date.ToString(language == Language.De ? "dd.MM.yyyy" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>German dictionary order (DIN 5007-1): umlauts as their base letters, ß as ss, without case.</summary>
    public static string SortKey(string name) => name.ToLowerInvariant().Replace('ä', 'a').Replace('ö', 'o').Replace('ü', 'u').Replace("ß", "ss", StringComparison.Ordinal);
}
