using System.Globalization;
using System.Text.RegularExpressions;

namespace Breitband.Import;

/// <summary>
/// Recognises the EPSG code of a .prj file or a WKT text: by the AUTHORITY of the whole, by the names ESRI and GDAL write, by the parameters.
/// Only the code is taken; the definition is ours (see <see cref="Crs"/>).
/// </summary>
static partial class CrsNames
{
    static readonly Dictionary<string, int> Names = new()
    {
        ["etrs1989utmzone32n"] = 25832,
        ["etrs89utmzone32n"] = 25832,
        ["etrs1989utmzone33n"] = 25833,
        ["etrs89utmzone33n"] = 25833,
        ["etrs89utmzone33nzen"] = 5650,
        ["etrs1989utmzone33n8stellen"] = 5650,
        ["etrs89utmzone32nzen"] = 4647,
        ["etrs1989utmzone32n8stellen"] = 4647,
        ["etrs1989laea"] = 3035,
        ["etrs89laeaeurope"] = 3035,
        ["etrs89extendedlaeaeurope"] = 3035,
        ["etrs1989extendedlaeaeurope"] = 3035,
        ["gcswgs1984"] = 4326,
        ["wgs84"] = 4326,
        ["gcsetrs1989"] = 4258,
        ["etrs89"] = 4258,
        ["wgs1984webmercatorauxiliarysphere"] = 3857,
        ["wgs1984webmercator"] = 3857,
        ["wgs84pseudomercator"] = 3857,
        ["dhdn3degreegausszone3"] = 31467,
        ["dhdn3degreegausskrugerzone3"] = 31467,
        ["germanyzone3"] = 31467,
        ["dhdn3degreegausszone4"] = 31468,
        ["dhdn3degreegausskrugerzone4"] = 31468,
        ["germanyzone4"] = 31468,
        ["dhdn3degreegausszone5"] = 31469,
        ["dhdn3degreegausskrugerzone5"] = 31469,
        ["germanyzone5"] = 31469,
        ["pulkovo1942adj19833degreegkzone4"] = 2398,
        ["pulkovo1942833degreegausskrugerzone4"] = 2398,
        ["pulkovo1942adj19833degreegkzone5"] = 2399,
        ["pulkovo1942833degreegausskrugerzone5"] = 2399,
    };

    public static Found<int?> OfWkt(string wkt, string where)
    {
        if (wkt.Trim().Length == 0)
            return new(null, new($"{where}: leer", $"{where}: empty"));
        if (Authority().Match(wkt) is { Success: true } authority && Known(authority.Groups[1].Value) is { } byCode)
            return new(byCode, new($"{where}: EPSG-Code {byCode}", $"{where}: EPSG code {byCode}"));
        var name = FirstName().Match(wkt).Groups[1].Value;
        if (Names.TryGetValue(Plain(name), out var byName))
            return new(byName, new($"{where}: Name „{name}“", $"{where}: name \"{name}\""));
        if (ByParameters(wkt) is { } byParameters)
            return new(byParameters, new($"{where}: Parameter der Abbildung („{name}“)", $"{where}: parameters of the projection (\"{name}\")"));
        return new(null, new($"{where}: „{name}“ ist nicht erkannt", $"{where}: \"{name}\" is not recognised"));
    }

    /// <summary>Reads <c>EPSG:25833</c>, <c>urn:ogc:def:crs:EPSG::25833</c>, <c>http://www.opengis.net/def/crs/EPSG/0/25833</c> and CRS84.</summary>
    public static int? OfName(string name)
    {
        if (name.Contains("CRS84", StringComparison.OrdinalIgnoreCase))
            return Crs.Geographic;
        return EpsgName().Match(name) is { Success: true } m ? int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) : null;
    }

    static int? Known(string digits) => int.TryParse(digits, out var code) && Crs.IsKnown(code) ? code : null;

    static string Plain(string name) => new([.. name.ToLowerInvariant().Replace("ü", "u", StringComparison.Ordinal).Where(char.IsAsciiLetterOrDigit)]);

    static int? ByParameters(string wkt)
    {
        double? Parameter(string name) =>
            Regex.Match(wkt, $"PARAMETER\\[\"{name}\",\\s*([-+0-9.eE]+)", RegexOptions.IgnoreCase) is { Success: true } m
            && double.TryParse(m.Groups[1].Value, CultureInfo.InvariantCulture, out var value) ? value : null;
        bool Says(string word) => wkt.Contains(word, StringComparison.OrdinalIgnoreCase);
        var datum = Says("bessel") ? 'D' : Says("krasso") || Says("krasov") ? 'P' : Says("grs") || Says("wgs") ? 'E' : '?';
        if (!wkt.TrimStart().StartsWith("PROJ", StringComparison.OrdinalIgnoreCase))
            return datum == 'E' ? Says("WGS") ? 4326 : 4258 : null;
        if (Says("Lambert_Azimuthal_Equal_Area") && Parameter("false_easting") == 4321000)
            return 3035;
        return (datum, Parameter("central_meridian"), Parameter("false_easting")) switch
        {
            ('E', 9, 500000) => 25832,
            ('E', 15, 500000) => 25833,
            ('E', 9, 32500000) => 4647,
            ('E', 15, 33500000) => 5650,
            ('D', 9, 3500000) => 31467,
            ('D', 12, 4500000) => 31468,
            ('D', 15, 5500000) => 31469,
            ('P', 12, 4500000) => 2398,
            ('P', 15, 5500000) => 2399,
            _ => null,
        };
    }

    // The authority of the whole stands last; those of spheroid, datum and unit stand before it.
    [GeneratedRegex("(?:AUTHORITY\\[\"EPSG\",\\s*\"?|ID\\[\"EPSG\",\\s*)(\\d+)\"?\\]\\s*\\]\\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Authority();

    [GeneratedRegex("^\\s*\\w+\\[\"([^\"]*)\"")]
    private static partial Regex FirstName();

    [GeneratedRegex("EPSG[:/]+(?:[\\d.]*[:/])?(\\d+)$", RegexOptions.IgnoreCase)]
    private static partial Regex EpsgName();
}
