using System.Globalization;
using System.Text.RegularExpressions;

namespace Breitband.Analyse;

/// <summary>
/// Where a 100 m cell lies by its id alone. The Breitbandatlas counts hundreds of metres in UTM 32 (<c>100mN57827E7454</c>), the census metres
/// (<c>CRS3035RES100mN3228700E4498000</c>) or hundreds of metres (<c>100mN32287E44980</c>) in LAEA.
/// </summary>
static partial class GridKey
{
    const double HalfCell = 50;

    /// <summary>The cell's middle in <see cref="Crs.Stored"/>; null for what is no cell id.</summary>
    public static (double X, double Y)? Middle(string key)
    {
        if (Form().Match(key.Trim()) is not { Success: true } match)
            return null;
        var (north, east) = (match.Groups["north"].Value, match.Groups["east"].Value);
        var (crs, unit) = (north.Length, east.Length) switch { (5, 4) => (Crs.AtlasGrid, 100), (5, 5) => (Crs.CensusGrid, 100), (7, 7) => (Crs.CensusGrid, 1), _ => (0, 0) };
        return crs == 0 ? null : Crs.Transform(crs, Crs.Stored)(Number(east) * unit + HalfCell, Number(north) * unit + HalfCell);
    }

    static double Number(string digits) => double.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:CRS3035RES)?100mN(?<north>\d{5}|\d{7})E(?<east>\d{4,5}|\d{7})$")]
    private static partial Regex Form();
}
