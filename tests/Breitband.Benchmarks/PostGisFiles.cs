using System.Globalization;

namespace Breitband.Benchmarks;

/// <summary>Deterministic input in a supplier's format.</summary>
static class PostGisFiles
{
    /// <summary>Addresses as the LGB publishes them (GEOADR), clustered in 12,000 settlements of a state.</summary>
    public static void Addresses(string path, int count)
    {
        var random = new Random(11);
        var centres = Enumerable.Range(0, 12000).Select(_ => (X: 250_000 + random.NextDouble() * 230_000, Y: 5_690_000 + random.NextDouble() * 230_000)).ToArray();
        using var file = new StreamWriter(path);
        file.WriteLine("NBA;OI;QUA;AGS;STN;HNR;ADZ;PLZ;ONM;EEEEEE_EEE;NNNNNNN_NNN");
        for (var i = 0; i < count; i++)
        {
            var place = i * 12000L / count;
            var (angle, distance) = (random.NextDouble() * 2 * Math.PI, random.NextDouble() * 900);
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"N;DEBBAL{i:00000000};A;120{60 + place % 14}{place % 400:000};{Streets[random.Next(Streets.Length)]};{random.Next(1, 199)};{(random.Next(9) == 0 ? "a" : "")};14{random.Next(1000):000};Ort {place};")
                + FormattableString.Invariant($"{centres[place].X + Math.Cos(angle) * distance:0.000};{centres[place].Y + Math.Sin(angle) * distance:0.000}").Replace('.', ','));
        }
    }

    /// <summary>The municipalities those addresses name; the first is everywhere, for cells that name none.</summary>
    public static void Municipalities(string path)
    {
        using var file = new StreamWriter(path);
        file.Write("""{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:25833"}},"features":[""");
        for (var i = 0; i < 14 * 400; i++)
        {
            var (west, east, north) = i == 0 ? (100_000, 500_000, 5_950_000) : (300_000 + i, 300_001 + i, 5_600_001);
            file.Write((i == 0 ? "" : ",") + $$$"""
                {"type":"Feature","properties":{"AGS":"120{{{60 + (i / 400)}}}{{{i % 400:000}}}","ARS":"120{{{60 + (i / 400)}}}0001{{{i % 400:000}}}","GEN":"Gemeinde {{{i}}}","GF":4},
                "geometry":{"type":"Polygon","coordinates":[[[{{{west}}},5600000],[{{{east}}},5600000],[{{{east}}},{{{north}}}],[{{{west}}},{{{north}}}],[{{{west}}},5600000]]]}}
                """);
        }
        file.Write("]}");
    }

    static readonly string[] Streets = ["Dorfstraße", "Am Mühlenfließ", "Straße der Einheit", "Brandenburger Straße", "Lindenallee", "Ziegelhütte", "Schäferweg", "Groß Kreutzer Chaussee", "Wiesengrund", "Ahornring"];
}
