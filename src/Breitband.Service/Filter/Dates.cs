using System.Globalization;

namespace Breitband.Service.Filter;

/// <summary>Dates and times of day as RFC 3339 writes them. The data know days, so a time counts as its day in UTC.</summary>
static class Dates
{
    public static DateOnly? Parse(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        string[] forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        return DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? DateOnly.FromDateTime(time.UtcDateTime) : null;
    }
}
