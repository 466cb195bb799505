using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;

namespace Breitband.Tests.Print;

/// <summary>The real outlines of the county's 38 municipalities with invented figures and settlements; the same at every call.</summary>
static class InventedCounty
{
    static readonly GeometryFactory Factory = new(new PrecisionModel(), Crs.Stored);
    static readonly Lazy<GapResult> Made = new(() => Make(1));

    public static GapResult Result => Made.Value;

    public static GapResult Make(int seed)
    {
        var random = new Random(seed);
        var municipalities = Municipalities().ToList();
        var rows = new List<AreaResult>();
        var gaps = new List<GapArea>();
        foreach (var (ags, name, geometry) in municipalities)
            rows.AddRange(Parts(random, ags, name, geometry, gaps));
        foreach (var (ags, name, geometry) in municipalities)
            rows.Add(Sum(AreaLevel.Municipality, ags, name, ags, rows.Where(r => r.Ags == ags && r.Level != AreaLevel.Municipality), geometry));
        var outline = CoverageUnion.Union(Factory.BuildGeometry(municipalities.Select(m => m.Geometry)));
        rows.Add(Sum(AreaLevel.County, "12069", "Potsdam-Mittelmark", null, rows.Where(r => r.Level == AreaLevel.Municipality), outline));
        return new GapResult
        {
            Run = "3f9a1c20be",
            Profile = Profiles.Load(Installation.Profiles).Default,
            Basis = Basis.Atlas,
            AsOf = new(2026, 11, 1),
            County = "12069",
            Editions = [Stamp(1, "municipalities:vg250", new(2024, 1, 1), "© GeoBasis-DE / BKG (2024), dl-de/by-2-0 (Daten verändert)", "dl-de/by-2-0", "https://www.govdata.de/dl-de/by-2-0"),
                Stamp(2, "settlements:demo", new(2025, 6, 30), "Breitband, Demonstrationsdaten", "", ""),
                Stamp(3, "addresses:demo", new(2025, 6, 30), "Breitband, Demonstrationsdaten", "", ""),
                Stamp(4, "population:zensus", new(2022, 5, 15), "© Statistisches Bundesamt (Destatis), Zensus 2022 – Datenlizenz Deutschland – Namensnennung – Version 2.0", "dl-de/by-2-0", "https://www.govdata.de/dl-de/by-2-0"),
                Stamp(5, "coverage_cells:bba", new(2021, 6, 30), "Breitbandatlas | Gigabit-Grundbuch (https://gigabitgrundbuch.bund.de), Daten verändert", "", "")],
            Rows = rows,
            GapAreas = gaps,
            Measures = [],
            Notes = [],
        };
    }

    static EditionStamp Stamp(int number, string dataset, DateOnly date, string attribution, string id, string url) =>
        new(number, dataset, date, "datei.gpkg", new string('0', 64), new(attribution, id, url), Synthetic: number is 2 or 3, Disclosure.Public);

    static IEnumerable<AreaResult> Parts(Random random, string ags, string name, Geometry geometry, List<GapArea> gaps)
    {
        var extent = geometry.EnvelopeInternal;
        var badness = Math.Min(1, 1.3 * Math.Pow(random.NextDouble(), 1.3));
        for (var i = 1; i <= 5;)
        {
            var middle = new Coordinate(extent.MinX + random.NextDouble() * extent.Width, extent.MinY + random.NextDouble() * extent.Height);
            var disc = Factory.CreatePoint(middle).Buffer(200 + random.NextDouble() * 500, 6);
            if (!geometry.Contains(disc.Centroid))
                continue;
            var settlement = disc.Intersection(geometry);
            var key = $"{ags}-{i}";
            var households = Divide(random, 30 + 1500 * Math.Pow(random.NextDouble(), 3), badness);
            yield return new(AreaLevel.Settlement, key, i == 1 ? name : $"{name}, Ortslage {i}", ags, households, default, default, new(households.Unclear, 0, 0, 0), Empty, settlement);
            gaps.Add(new($"L{key}", ags, key, "cells", random.NextDouble(), households.Open, 40000, Factory.ToGeometry(new(middle.X - 200, middle.X + 100, middle.Y - 100, middle.Y + 200)).Intersection(geometry)));
            i++;
        }
        var scattered = Divide(random, 10 + 60 * random.NextDouble(), 0.9);
        yield return new(AreaLevel.Outside, ags, name, ags, scattered, default, default, new(scattered.Unclear, 0, 0, 0), Empty, null);
    }

    static readonly Dictionary<string, double> Empty = [];

    static Split Divide(Random random, double total, double badness)
    {
        var open = badness * (0.85 + 0.15 * random.NextDouble());
        var (unclear, planned) = (open * 0.25, open * 0.15 * random.NextDouble());
        return new(Split.Units(total * (1 - open)), Split.Units(total * unclear), Split.Units(total * planned), Split.Units(total * (open - unclear - planned)));
    }

    static AreaResult Sum(AreaLevel level, string key, string name, string? ags, IEnumerable<AreaResult> parts, Geometry geometry)
    {
        var (split, unclear) = (Split.Zero, default(UnclearCounts));
        foreach (var part in parts)
            (split, unclear) = (split + part.Households, unclear + part.Unclear);
        return new(level, key, name, ags, split, default, default, unclear, Empty, geometry);
    }

    static IEnumerable<(string Ags, string Name, Geometry Geometry)> Municipalities()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Installation.Data, "vg250", "vg250_gemeinden_pm.geojson")));
        foreach (var feature in document.RootElement.GetProperty("features").EnumerateArray())
        {
            var (properties, shape) = (feature.GetProperty("properties"), feature.GetProperty("geometry"));
            var coordinates = shape.GetProperty("coordinates");
            Geometry geometry = shape.GetProperty("type").GetString() == "Polygon" ? ToPolygon(coordinates) : Factory.CreateMultiPolygon([.. coordinates.EnumerateArray().Select(ToPolygon)]);
            yield return (properties.GetProperty("AGS").GetString()!, properties.GetProperty("GEN").GetString()!, Crs.Transform(geometry, Crs.Geographic, Crs.Stored));
        }
    }

    static Polygon ToPolygon(JsonElement rings)
    {
        var all = rings.EnumerateArray().Select(r => Factory.CreateLinearRing([.. r.EnumerateArray().Select(p => new Coordinate(p[0].GetDouble(), p[1].GetDouble()))])).ToList();
        return Factory.CreatePolygon(all[0], [.. all.Skip(1)]);
    }
}
