using System.Globalization;
using Breitband.Service.Filter;
using Breitband.Service.Http;
using NetTopologySuite.Geometries;

namespace Breitband.Service.Features;

/// <summary>The parameters of a request for features.</summary>
sealed record ItemsRequest(FeatureQuery Query, CrsUri Crs)
{
    public const int DefaultLimit = 10, MaxLimit = 10_000;

    static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static ItemsRequest Read(Parameters parameters, FeatureCollection collection)
    {
        var limit = (int)parameters.Number("limit", DefaultLimit, 1, MaxLimit);
        var after = parameters.Number("after", 0, 0, long.MaxValue);
        var crs = parameters.Read("crs", Known) ?? CrsUri.Crs84;
        var boxCrs = parameters.Read("bbox-crs", Known) ?? CrsUri.Crs84;
        var area = parameters.Read("bbox", text => Area(text, boxCrs));
        var period = parameters.Read("datetime", Period);
        parameters.Choice("filter-lang", "cql2-text");
        var filterCrs = parameters.Read("filter-crs", Known) ?? CrsUri.Crs84;
        var filter = parameters.Read("filter", text => Cql2.Parse(text, collection.Fields, filterCrs));
        foreach (var field in collection.Fields)
            if (parameters.Read(field.Name, text => Equal(field, text)) is { } equal)
                filter = filter is null ? equal : new And(filter, equal);
        return new(new(limit, after, area, filter, period?.Days), crs);
    }

    public static CrsUri Known(string text) => CrsUri.Find(text) ?? throw Wrong($"„{text}“ gibt es hier nicht ({string.Join(", ", CrsUri.All.Select(c => c.Uri))})",
        $"there is no \"{text}\" here ({string.Join(", ", CrsUri.All.Select(c => c.Uri))})");

    static BreitbandException Wrong(string de, string en) => BreitbandException.WrongUse(de, en);

    static QueryArea Area(string text, CrsUri crs)
    {
        var numbers = text.Split(',').Select(n => double.TryParse(n, NumberStyles.Float, Invariant, out var number) && double.IsFinite(number) ? number : double.NaN).ToArray();
        if (numbers.Length is not (4 or 6) || numbers.Any(double.IsNaN))
            throw Wrong("vier Zahlen sind nötig: minx,miny,maxx,maxy (oder sechs mit Höhen)", "four numbers are needed: minx,miny,maxx,maxy (or six with heights)");
        double[] box = numbers.Length == 4 ? numbers : [numbers[0], numbers[1], numbers[3], numbers[4]];
        if (crs.NorthFirst)
            box = [box[1], box[0], box[3], box[2]];
        if (box[1] > box[3] || box[0] > box[2] && !crs.IsCrs84)
            throw Wrong("das Rechteck ist verkehrt herum: erst die kleinere, dann die größere Ecke", "the box is turned round: the smaller corner first, then the larger one");
        if (crs.IsCrs84)
            return new(Degrees(box), null, crs.Epsg);
        var exact = new Envelope(box[0], box[2], box[1], box[3]);
        return new([CrsUri.BoxOf(exact, crs.Epsg)], exact, crs.Epsg);
    }

    /// <summary>West of east spans the antimeridian and makes two boxes.</summary>
    static Box[] Degrees(double[] box)
    {
        if (box[0] < -180 || box[2] > 180 || box[0] > 180 || box[2] < -180 || box[1] < -90 || box[3] > 90)
            throw Wrong("das Rechteck reicht über die Erde hinaus (Länge −180 bis 180, Breite −90 bis 90)", "the box reaches beyond the world (longitude -180 to 180, latitude -90 to 90)");
        return box[0] <= box[2] ? [Box.OfDegrees(box[0], box[1], box[2], box[3])] : [Box.OfDegrees(box[0], box[1], 180, box[3]), Box.OfDegrees(-180, box[1], box[2], box[3])];
    }

    sealed record Interval((DateOnly From, DateOnly To) Days);

    static Interval Period(string text)
    {
        var ends = text.Split('/');
        DateOnly End(string end, DateOnly open) => end is "" or ".." && ends.Length == 2 ? open : Dates.Parse(end)
            ?? throw Wrong($"„{text}“ ist kein Zeitpunkt und kein Zeitraum (2021-06-30, 2021-01-01/2022-12-31, ../2022-12-31)", $"\"{text}\" is neither a time nor a period (2021-06-30, 2021-01-01/2022-12-31, ../2022-12-31)");

        if (ends.Length > 2)
            throw Wrong($"„{text}“ hat mehr als zwei Enden", $"\"{text}\" has more than two ends");
        var (from, to) = (End(ends[0], DateOnly.MinValue), End(ends[^1], DateOnly.MaxValue));
        return from <= to ? new((from, to)) : throw Wrong("der Zeitraum endet vor seinem Anfang", "the period ends before it begins");
    }

    static ValueComparison Equal(Field field, string text)
    {
        object? value = field.Kind switch
        {
            FieldKind.Text => text,
            FieldKind.Date => Dates.Parse(text),
            FieldKind.Flag => text switch { "true" or "1" => true, "false" or "0" => false, _ => null },
            _ => double.TryParse(text, NumberStyles.Float, Invariant, out var number) && double.IsFinite(number) ? number : null,
        };
        var (kind, de, en) = field.Kind switch
        {
            FieldKind.Text => (ValueKind.Text, "Text", "text"),
            FieldKind.Date => (ValueKind.Date, "Datum (JJJJ-MM-TT)", "date (YYYY-MM-DD)"),
            FieldKind.Flag => (ValueKind.Flag, "Wahrheitswert (true, false)", "truth value (true, false)"),
            _ => (ValueKind.Number, "Zahl", "number"),
        };
        return value is null ? throw Wrong($"„{text}“ ist kein(e) {de}", $"\"{text}\" is no {en}") : new("=", new Property(field.Name, kind), new Literal(value, kind));
    }
}
