using System.Globalization;
using System.Text.RegularExpressions;

namespace Breitband.Import;

/// <summary>Finds the date the data describe: table or file name, a column, or a date fixed by the mapping.</summary>
static class EditionDate
{
    const string AnyDate = @"(?:^|[^0-9])(?<y>20\d\d)[-_.]?(?<m>0[1-9]|1[0-2])[-_.]?(?<d>0[1-9]|[12]\d|3[01])(?:$|[^0-9])";

    public static DateOnly Find(Source source, Mapping mapping, DateOnly? chosen)
    {
        var rule = mapping.Edition;
        return chosen ?? OfName(rule.Name ?? AnyDate, source.Table) ?? OfName(rule.Name ?? AnyDate, Path.GetFileName(source.File)) ?? OfColumn(source, rule) ?? rule.Fixed
            ?? throw BreitbandException.Refused(
                $"{source.File}: Der Datenstand ist nicht zu erkennen. Bitte den Tag angeben, den die Daten beschreiben: --edition JJJJ-MM-TT",
                $"{source.File}: the date the data describe cannot be found. Please give it: --edition YYYY-MM-DD");
    }

    static DateOnly? OfName(string pattern, string text) => Mappings.Pattern(pattern).Match(text) is { Success: true } match ? Of(match) : null;

    static DateOnly? OfColumn(Source source, EditionRule rule)
    {
        if (rule.Column?.FirstIn(source.Columns) is not (>= 0 and var column))
            return null;
        source.Use([column]);
        var value = source.Read().Take(1000).Select(r => r.Values[column]).FirstOrDefault(v => v != null);
        if (value == null)
            return null;
        if (rule.Pattern != null)
            return OfName(rule.Pattern, Convert.Text(value));
        return Convert.Named["date"](value, false, out _) as DateOnly?;
    }

    /// <summary>Year, month, day; without a day the last of the month; half-years end on 30.06. (1, mitte) and 31.12. (2, ende).</summary>
    static DateOnly? Of(Match match)
    {
        int? Group(string name) => int.TryParse(match.Groups[name].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
        if (Group("y") is not { } year)
            return null;
        year += year < 100 ? 2000 : 0;
        var half = match.Groups["h"].Value.ToLowerInvariant();
        if (half.Length > 0)
            return half is "1" or "mitte" ? new(year, 6, 30) : new(year, 12, 31);
        if (Group("m") is not (>= 1 and <= 12 and var month))
            return null;
        var last = DateTime.DaysInMonth(year, month);
        return new(year, month, Group("d") is { } day && day >= 1 && day <= last ? day : last);
    }
}
