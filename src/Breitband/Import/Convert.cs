using System.Globalization;
using System.Text.RegularExpressions;

namespace Breitband.Import;

/// <summary>Turns one supplier's value (not null) into ours; null with a problem when it cannot be.</summary>
delegate object? Conversion(object value, bool decimalComma, out Phrase? problem);

/// <summary>The conversions a mapping may name.</summary>
static partial class Convert
{
    static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static readonly IReadOnlyDictionary<string, Conversion> Named = new Dictionary<string, Conversion>
    {
        ["text"] = Plain,
        ["number"] = Number,
        ["integer"] = Integer,
        ["date"] = Date,
        ["flag"] = Flag,
        ["ags"] = AgsOf,
        ["ags_or_county"] = AgsOrCounty,
        ["ars"] = (object v, bool _, out Phrase? p) => Try(Ars.TryParse(Text(v), out var ars), ars.ToString(), v, "Regionalschlüssel", "regional key", out p),
        ["amt"] = (object v, bool _, out Phrase? p) => Try(Ars.TryParse(Text(v), out var ars), ars.Amt, v, "Regionalschlüssel", "regional key", out p),
        ["technology"] = (object v, bool _, out Phrase? p) => Try(Technologies.Parse(Text(v)) is { } t, Technologies.Parse(Text(v))?.Code(), v, "bekannte Technik", "known technology", out p),
        ["state"] = (object v, bool _, out Phrase? p) => Try(MeasureState.Parse(Text(v)) != null, MeasureState.Parse(Text(v))?.Code, v, "bekannter Stand einer Maßnahme", "known state of a measure", out p),
        ["disclosure"] = (object v, bool _, out Phrase? p) => Try(Disclosures.Parse(Text(v)) != null, Disclosures.Parse(Text(v))?.Code(), v, "bekannte Vertraulichkeit", "known disclosure class", out p),
    };

    public static Conversion For(FieldKind kind) => kind switch
    {
        FieldKind.Integer => Integer,
        FieldKind.Real => Number,
        FieldKind.Date => Date,
        FieldKind.Flag => Flag,
        _ => Plain,
    };

    public static string Text(object value) => value switch
    {
        string text => text,
        long whole => whole.ToString(Invariant),
        double number => Math.Abs(number) < 1e15 && number == Math.Floor(number) ? ((long)number).ToString(Invariant) : number.ToString(Invariant),
        DateOnly date => date.ToString("yyyy-MM-dd", Invariant),
        bool flag => flag ? "1" : "0",
        _ => value.ToString() ?? "",
    };

    static object? Try(bool fine, object? result, object value, string de, string en, out Phrase? problem)
    {
        problem = fine ? null : new($"„{Short(Text(value))}“ ist kein(e) {de}", $"\"{Short(Text(value))}\" is no {en}");
        return fine ? result : null;
    }

    static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    static string? Plain(object value, bool comma, out Phrase? problem)
    {
        problem = null;
        return Text(value).Trim() is { Length: > 0 } text ? text : null;
    }

    static object? Number(object value, bool comma, out Phrase? problem)
    {
        problem = null;
        if (value is double d && double.IsFinite(d))
            return value;
        if (value is long whole)
            return (double)whole;
        return Try(TryNumber(Text(value), comma, out var number), number, value, "Zahl", "number", out problem);
    }

    /// <summary>Reads 1234.5, 1.234,5 and 90 164 (blank, no-break or narrow no-break space between thousands).</summary>
    public static bool TryNumber(string text, bool comma, out double number)
    {
        text = text.Trim();
        if (TryPlain(text, out number))
            return true;
        if (text.AsSpan().IndexOfAny(' ', ' ', ' ') >= 0)
            text = Blank().Replace(text, "");
        if (text.Contains(',', StringComparison.Ordinal))
            text = German().IsMatch(text) ? text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.') : text;
        else if (comma && Thousands().IsMatch(text))
            text = text.Replace(".", "", StringComparison.Ordinal);
        return double.TryParse(text, NumberStyles.Float, Invariant, out number) && double.IsFinite(number);
    }

    /// <summary>
    /// Digits, a comma, digits: the coordinates of whole states. Up to 15 digits are exact in a double, as is the power of ten, so one division
    /// rounds as the general parser does.
    /// </summary>
    public static bool TryPlain(ReadOnlySpan<char> text, out double number)
    {
        number = 0;
        var comma = text.IndexOf(',');
        if (comma <= 0 || comma == text.Length - 1 || text.Length > 16)
            return false;
        var (mantissa, power) = (0L, 1L);
        for (var i = 0; i < text.Length; i++)
        {
            if (i == comma)
                continue;
            if (!char.IsAsciiDigit(text[i]))
                return false;
            mantissa = (mantissa * 10) + (text[i] - '0');
            power *= i > comma ? 10 : 1;
        }
        number = (double)mantissa / power;
        return true;
    }

    [GeneratedRegex(@"(?<=\d)[   ](?=\d{3})")]
    private static partial Regex Blank();

    [GeneratedRegex(@"^[-+]?\d{1,3}(\.\d{3})*,\d+$|^[-+]?\d+,\d+$")]
    private static partial Regex German();

    [GeneratedRegex(@"^[-+]?\d{1,3}(\.\d{3})+$")]
    private static partial Regex Thousands();

    static object? Integer(object value, bool comma, out Phrase? problem)
    {
        problem = null;
        if (value is long)
            return value;
        if (Number(value, comma, out problem) is not double number)
            return null;
        return Try(Math.Abs(number) < 1e15 && number == Math.Round(number), Math.Abs(number) < 1e15 ? (long)Math.Round(number) : 0L, value, "ganze Zahl", "whole number", out problem);
    }

    static readonly string[] DateFormats =
        ["yyyy-MM-dd", "dd.MM.yyyy", "d.M.yyyy", "yyyy/MM/dd", "yyyyMMdd", "dd/MM/yyyy", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-dd HH:mm:ss", "d.M.yy"];

    static object? Date(object value, bool comma, out Phrase? problem)
    {
        problem = null;
        return value is DateOnly ? value : Try(DateTime.TryParseExact(Text(value).Trim(), DateFormats, Invariant, DateTimeStyles.AdjustToUniversal, out var date),
            DateOnly.FromDateTime(date), value, "Datum (z. B. 31.12.2025)", "date (e.g. 2025-12-31)", out problem);
    }

    static object? Flag(object value, bool comma, out Phrase? problem)
    {
        problem = null;
        bool? flag = Text(value).Trim().ToLowerInvariant() switch
        {
            "1" or "ja" or "j" or "wahr" or "true" or "yes" or "y" or "x" => true,
            "0" or "nein" or "n" or "falsch" or "false" or "no" => false,
            _ => null,
        };
        return Try(flag != null, flag, value, "Ja/Nein-Wert", "yes/no value", out problem);
    }

    /// <summary>An AGS of 8 digits, or the 12 digits of an ARS, which contains it.</summary>
    static object? AgsOf(object value, bool comma, out Phrase? problem)
    {
        var text = Text(value).Trim();
        if (text.Length >= 11 && Ars.TryParse(text, out var ars))
            text = ars.Ags.ToString();
        return Try(Ags.TryParse(text, out var ags), ags.ToString(), value, "amtlicher Gemeindeschlüssel (8 Ziffern)", "municipality key (8 digits)", out problem);
    }

    static object? AgsOrCounty(object value, bool comma, out Phrase? problem)
    {
        problem = null;
        var text = Text(value).Trim();
        return text.Length == 5 && text.All(char.IsAsciiDigit) ? text : AgsOf(value, comma, out problem);
    }
}
