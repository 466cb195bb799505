using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;

namespace Breitband.Demo;

/// <summary>A place with a real name, in the stored CRS.</summary>
sealed record Place(string Name, double X, double Y)
{
    public double DistanceTo(double x, double y) => Math.Sqrt((X - x) * (X - x) + (Y - y) * (Y - y));
}

/// <summary>A real municipality: the ground the synthetic county stands on.</summary>
sealed record Ground(string Ags, string Name, int Inhabitants, double Households, Geometry Geometry, IReadOnlyList<Place> Places, IReadOnlyDictionary<string, double> Published)
{
    readonly IndexedPointInAreaLocator locator = new(Geometry);

    /// <summary>km².</summary>
    public double Area => Geometry.Area / 1e6;

    public double InhabitantsPerKm2 => Inhabitants / Area;

    public bool Contains(double x, double y) => locator.Locate(new Coordinate(x, y)) == Location.Interior;

    /// <summary>A published share, percent of households; where a class has no column the value of the named class stands for it.</summary>
    public double Share(string family, int mbit, int otherwise = 0) =>
        Published.TryGetValue($"hh_{family}_{mbit}", out var value) ? value : otherwise > 0 ? Share(family, otherwise) : 0;

    /// <summary>Reads the shipped files. All 38 municipalities by ascending AGS.</summary>
    public static IReadOnlyList<Ground> Read(string dataFolder)
    {
        var outlines = Outlines(Path.Combine(dataFolder, "vg250", "vg250_gemeinden_pm.geojson"));
        var rows = Csv(Path.Combine(dataFolder, "gemeinden", "gemeinden_pm.csv"));
        var households = Csv(Path.Combine(dataFolder, "gemeinden", "household_size_pm.csv")).ToDictionary(r => r["ags"], r => Number(r["households"]), StringComparer.Ordinal);
        var shares = Csv(Path.Combine(dataFolder, "breitbandatlas", "breitbandatlas_pm_2021.csv")).ToDictionary(r => r["ags"], StringComparer.Ordinal);
        var places = Csv(Path.Combine(dataFolder, "gemeinden", "places_pm.csv")).ConvertAll(PlaceOf);
        return [.. from row in rows
                   let ags = row["ags"]
                   where outlines.ContainsKey(ags) && shares.ContainsKey(ags)
                   orderby ags
                   select new Ground(ags, row["name"], int.Parse(row["einwohner"], CultureInfo.InvariantCulture), households[ags], outlines[ags],
                       Named(row, outlines[ags], places), Figures(shares[ags]))];
    }

    /// <summary>The municipality's own place first, under the short name of a place nearby, then other known places within.</summary>
    static List<Place> Named(Dictionary<string, string> row, Geometry outline, List<Place> places)
    {
        var own = PlaceOf(row);
        var locator = new IndexedPointInAreaLocator(outline);
        var within = places.Where(p => locator.Locate(new Coordinate(p.X, p.Y)) == Location.Interior).ToList();
        double Apart(Place p) => p.DistanceTo(own.X, own.Y);
        var same = within.Find(p => Apart(p) < 2500);
        return [own with { Name = same?.Name ?? own.Name }, .. within.Where(p => Apart(p) >= 2500)];
    }

    static Place PlaceOf(Dictionary<string, string> row)
    {
        var (x, y) = Crs.Transform(Crs.Geographic, Crs.Stored)(Number(row["lon"]), Number(row["lat"]));
        return new(row["name"], x, y);
    }

    static Dictionary<string, double> Figures(Dictionary<string, string> row) => row.Where(p => p.Key.StartsWith("hh_", StringComparison.Ordinal) && p.Value.Length > 0)
        .ToDictionary(p => p.Key, p => Number(p.Value), StringComparer.Ordinal);

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Our own shipped tables: a header, commas, quotes only in the last column.</summary>
    static List<Dictionary<string, string>> Csv(string path)
    {
        var lines = File.ReadAllLines(path);
        var header = lines[0].Split(',');
        return [.. lines.Skip(1).Where(l => l.Length > 0).Select(l => header.Zip(l.Split(',', header.Length)).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal))];
    }

    static Dictionary<string, Geometry> Outlines(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var found = new Dictionary<string, Geometry>(StringComparer.Ordinal);
        foreach (var feature in document.RootElement.GetProperty("features").EnumerateArray())
        {
            var parts = feature.GetProperty("geometry");
            var polygons = parts.GetProperty("coordinates");
            Polygon[] read = parts.GetProperty("type").GetString() == "Polygon" ? [PolygonOf(polygons)] : [.. polygons.EnumerateArray().Select(PolygonOf)];
            Geometry whole = GeometryFixer.Fix(Crs.Transform(read.Length == 1 ? read[0] : new MultiPolygon(read), Crs.Geographic, Crs.Stored));
            var ags = feature.GetProperty("properties").GetProperty("AGS").GetString()!;
            found[ags] = found.TryGetValue(ags, out var other) ? other.Union(whole) : whole;
        }
        return found;
    }

    static Polygon PolygonOf(JsonElement rings)
    {
        var read = rings.EnumerateArray().Select(r => new LinearRing([.. r.EnumerateArray().Select(c => new Coordinate(c[0].GetDouble(), c[1].GetDouble()))])).ToList();
        return new Polygon(read[0], [.. read.Skip(1)]);
    }
}
