using NetTopologySuite.Geometries;

namespace Breitband.Demo;

/// <summary>About thirty measures: several that make their places „planned“ under 300/150, and at least two failing for each reason.</summary>
static class MeasureFile
{
    /// <summary>One kind of measure; the horizon is what its consultation promised.</summary>
    sealed record Pattern(string Label, string Kind, string State, string Technology, int Down, int Up, bool Milestones, string? Consultation, string? Horizon, string? Commissioning);

    static readonly Pattern[] Patterns =
    [
        new("Glasfaserausbau, Förderung", "gefördert", "Bau", "FTTH", 1000, 500, false, "2025-03-31", "2030-12-31", "2029-06-30"),
        new("Glasfaserausbau, Bescheid in endgültiger Höhe", "gefördert", "Bescheid in endgültiger Höhe", "FTTH", 1000, 500, false, "2025-06-30", "2031-12-31", "2030-12-31"),
        new("eigenwirtschaftlicher Ausbau mit Meilensteinplan", "eigenwirtschaftlich", "angekündigt", "FTTH", 1000, 500, true, "2025-09-30", "2029-09-30", "2028-12-31"),
        new("Planung, Los Nord", "gefördert", "Planung", "FTTB", 1000, 300, false, "2025-03-31", "2031-12-31", "2030-06-30"),
        new("Antrag gestellt", "gefördert", "Antrag gestellt", "FTTH", 1000, 500, false, "2025-09-30", "2031-12-31", "2030-12-31"),
        new("Zusage ohne Meilensteinplan", "eigenwirtschaftlich", "angekündigt", "FTTH", 1000, 500, false, "2025-09-30", "2029-09-30", "2028-12-31"),
        new("Inbetriebnahme nach dem Zeithorizont", "eigenwirtschaftlich", "Bau", "FTTH", 1000, 500, true, "2025-03-31", "2028-03-31", "2030-12-31"),
        new("VDSL-Ausbau, zu langsam", "gefördert", "Bau", "FTTC", 100, 40, false, "2025-03-31", "2030-12-31", "2028-12-31"),
        new("überfälliger Ausbau", "gefördert", "Bau", "FTTH", 1000, 500, false, "2018-06-30", "2023-06-30", "2022-12-31"),
        new("ohne Termin", "strategisch", "Idee", "FTTH", 1000, 500, false, null, null, null),
    ];

    public static void Write(string path, IReadOnlyList<Town> towns) => GeoJsonFile.Write(path, Measures(towns));

    static IEnumerable<(Geometry, IReadOnlyList<(string, object?)>)> Measures(IReadOnlyList<Town> towns)
    {
        var chance = Chance.Of("measures");
        var villages = towns.SelectMany(t => t.Villages).Where(v => v.Rank > 0 || v.Addresses < 900).OrderBy(v => Chance.Hash("measure " + v.Key)).Take(30).ToList();
        for (var i = 0; i < villages.Count; i++)
        {
            var (village, p) = (villages[i], Patterns[i % Patterns.Length]);
            var cost = Math.Round(village.Addresses * chance.Between(2800, 5200) / 1000) * 1000;
            var funded = p.Kind == "gefördert";
            yield return (village.Outline.Buffer(60, 4),
            [
                ("id", $"M-{i + 1:00}"), ("titel", $"{village.Name.Replace(" (synthetisch)", "", StringComparison.Ordinal)}: {p.Label} (synthetisch)"), ("art", p.Kind), ("stand", p.State),
                ("ags", village.Ground.Ags), ("anbieter", funded ? "Demo-Netz GmbH" : "Muster-Glasfaser AG"), ("technik", p.Technology), ("down", p.Down), ("up", p.Up),
                ("meilensteinplan", p.Milestones ? "ja" : "nein"), ("markterkundung", p.Consultation), ("horizont_bis", p.Horizon), ("inbetriebnahme", p.Commissioning),
                ("foerderprogramm", funded ? "Gigabitförderung (synthetisch)" : null), ("kosten", cost), ("anteil_bund", funded ? cost * 0.5 : null),
                ("anteil_land", funded ? cost * 0.4 : null), ("anteil_kreis", funded ? cost * 0.1 : null), ("vertraulichkeit", "öffentlich"),
            ]);
        }
    }
}

/// <summary>About sixty facilities: a school in the larger places, hospitals, and business parks, which have businesses and no households.</summary>
static class FacilityFile
{
    public static void Write(string path, IReadOnlyList<Town> towns) => GeoJsonFile.Write(path, Facilities(towns));

    static IEnumerable<(Geometry, IReadOnlyList<(string, object?)>)> Facilities(IReadOnlyList<Town> towns)
    {
        var chance = Chance.Of("facilities");
        var number = 0;
        foreach (var town in towns)
            foreach (var (name, kind, businesses) in In(town, chance))
            {
                var village = town.Villages[chance.Below(Math.Min(3, town.Villages.Count))];
                var inside = kind != "Gewerbegebiet";
                var house = town.Houses.Where(h => h.Village == village).MinBy(h => Math.Abs(h.Depth - (inside ? chance.Between(0, 0.6) : 1)))!;
                yield return (new Point(house.X + 15, house.Y + 15),
                    [("id", $"E-{++number:00}"), ("ags", town.Ground.Ags), ("name", $"{name} {village.Name.Replace(" (synthetisch)", "", StringComparison.Ordinal)} (synthetisch)"), ("art", kind), ("betriebe", businesses)]);
            }
    }

    static IEnumerable<(string Name, string Kind, int Businesses)> In(Town town, Chance chance)
    {
        var inhabitants = town.Ground.Inhabitants;
        if (inhabitants > 2000)
            yield return ("Grundschule", "Schule", 1);
        if (inhabitants > 9000)
            yield return ("Gesamtschule", "Schule", 1);
        if (inhabitants is > 11000 and < 20000)
            yield return ("Krankenhaus", "Krankenhaus", 1);
        for (var parks = inhabitants switch { > 20000 => 3, > 12000 => 2, > 3000 => 1, _ => 0 }; parks > 0; parks--)
            yield return ("Gewerbepark", "Gewerbegebiet", 8 + chance.Below(50));
    }
}
