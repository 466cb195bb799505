using NetTopologySuite.Geometries;

namespace Breitband.Demo;

/// <summary>A grid cell of 100 m by its lower left corner in units of 100 m.</summary>
readonly record struct Cell(int E, int N);

/// <summary>A synthetic address in the stored CRS, with the cells of both grids it stands in.</summary>
/// <param name="Village">Null for a farm or a house outside every settlement.</param>
sealed record House(Ground Ground, Village? Village, double X, double Y, string Street, int Number, Cell Atlas, Cell Census)
{
    /// <summary>Distance to the middle of its settlement in radii; 3 for a house outside.</summary>
    public double Depth => Village is { } v ? v.DistanceTo(X, Y) / v.Radius : 3;
}

/// <summary>Puts addresses along synthetic streets: dense cores, rows, ribbons at the ends, and a few farms outside.</summary>
sealed class HouseMaker
{
    static readonly string[] Streets =
    [
        "Dorfstraße", "Hauptstraße", "Schulstraße", "Bahnhofstraße", "Gartenstraße", "Lindenstraße", "Birkenweg", "Ahornweg", "Kastanienallee", "Waldstraße",
        "Feldstraße", "Am Anger", "Mühlenweg", "Kirchstraße", "Ringstraße", "Eichenweg", "Akazienweg", "Wiesenweg", "Fliederweg", "Rosenweg", "Bergstraße",
        "Seestraße", "Heideweg", "Buchenweg", "Kiefernweg", "Amselweg", "Finkenweg", "Lerchenweg", "Erlenweg", "Ulmenweg", "Sandweg", "Grüner Weg", "Triftweg",
        "Weinbergstraße", "Neue Straße", "Kurze Straße", "Lange Straße", "Parkstraße", "Siedlungsweg", "Brückenstraße", "Tulpenweg", "Nelkenweg", "Asternweg",
        "Holunderweg", "Schäferweg", "Ziegeleiweg", "Försterweg", "Havelweg", "Planeweg", "Flämingstraße", "Buschweg", "Quellenweg", "Rehwinkel", "Fuchsbau",
    ];

    readonly Func<double, double, (double X, double Y)> toAtlas = Crs.Transform(Crs.Stored, Crs.AtlasGrid), fromAtlas = Crs.Transform(Crs.AtlasGrid, Crs.Stored),
        toCensus = Crs.Transform(Crs.Stored, Crs.CensusGrid), fromCensus = Crs.Transform(Crs.CensusGrid, Crs.Stored);
    readonly Ground ground;
    readonly Chance chance;
    readonly Dictionary<Cell, bool> atlasInside = [], censusInside = [];

    HouseMaker(Ground ground) => (this.ground, chance) = (ground, Chance.Of("addresses " + ground.Ags));

    public static IReadOnlyList<House> Make(Ground ground, IReadOnlyList<Village> villages)
    {
        var maker = new HouseMaker(ground);
        var houses = villages.SelectMany(maker.Along).ToList();
        houses.AddRange(maker.Farms(villages));
        return houses;
    }

    /// <summary>Candidates along the streets, the most central most likely; a spacing that leaves too few is made narrower.</summary>
    IEnumerable<House> Along(Village village)
    {
        List<House> candidates = [];
        for (var spacing = 24.0; spacing > 5 && candidates.Count < village.Addresses * 1.15; spacing *= 0.8)
            candidates = Candidates(village, spacing);
        return candidates.Select((house, i) => (house, i, rank: Math.Log(1 - chance.Next()) / Likely(house)))
            .OrderByDescending(c => c.rank).Take(village.Addresses).OrderBy(c => c.i).Select(c => c.house);
    }

    /// <summary>Weight of a candidate: falls with the distance from the middle; whole quarters are fuller or emptier than others.</summary>
    static double Likely(House house) =>
        (0.04 + Math.Exp(-1.1 * house.Depth * house.Depth)) * Math.Pow(0.15 + Chance.Noise(house.X, house.Y, 260, 7), 2.2);

    List<House> Candidates(Village village, double spacing)
    {
        const double depth = 68, side = 14;
        var found = new List<House>();
        var reach = village.Outline.EnvelopeInternal.Diameter;
        var rows = (int)(reach / depth) + 1;
        for (var row = -rows; row <= rows; row++)
        {
            var street = StreetName(village, row);
            var number = 0;
            for (var along = -reach; along <= reach; along += spacing)
                foreach (var hand in (int[])[-1, 1])
                {
                    // Streets bend: the row swings by a smooth wave of some hundred metres.
                    var bend = 22 * Math.Sin(along / 190 + village.Rank) + 9 * Math.Sin(along / 71 + row);
                    var (u, v) = (along + chance.Between(-4, 4), row * depth + bend + hand * side + chance.Between(-2, 2));
                    var (x, y) = (village.X + u * Math.Cos(village.Axis) - v * Math.Sin(village.Axis), village.Y + u * Math.Sin(village.Axis) + v * Math.Cos(village.Axis));
                    if (village.Contains(x, y) && Of(village, x, y, street, 2 * number + (hand < 0 ? 1 : 2)) is { } house)
                        found.Add(house);
                    number += hand > 0 ? 1 : 0;
                }
        }
        return found;
    }

    static string StreetName(Village village, int row)
    {
        var at = row == 0 ? village.Rank == 0 ? 1 : 0 : 2 + (int)((Chance.Hash(village.Key) + (ulong)(row < 0 ? -2 * row : 2 * row + 1)) % (ulong)(Streets.Length - 2));
        return Streets[at];
    }

    List<House> Farms(IReadOnlyList<Village> villages)
    {
        var wanted = VillageMaker.ScatteredOf(ground);
        var box = ground.Geometry.EnvelopeInternal;
        var found = new List<House>();
        for (var tries = 0; found.Count < wanted && tries < 200 * wanted; tries++)
        {
            var (x, y) = (chance.Between(box.MinX, box.MaxX), chance.Between(box.MinY, box.MaxY));
            var point = new Point(x, y);
            if (!ground.Contains(x, y) || villages.Any(v => v.Outline.Distance(point) < 130))
                continue;
            for (var house = 1 + chance.Below(3); house > 0 && found.Count < wanted; house--)
                if (Of(null, x + chance.Between(-40, 40), y + chance.Between(-40, 40), "Ausbau", found.Count + 1) is { } farm)
                    found.Add(farm);
        }
        return found;
    }

    /// <summary>
    /// Null near the border, where the middle of one of the two cells belongs to the neighbour: every cell then has households of one
    /// municipality only, and its shares can be told from that municipality's figures.
    /// </summary>
    House? Of(Village? village, double x, double y, string street, int number)
    {
        (x, y) = (Math.Round(x, 3), Math.Round(y, 3));
        var (atlas, census) = (CellOf(toAtlas, x, y), CellOf(toCensus, x, y));
        return ground.Contains(x, y) && Inside(atlasInside, atlas, fromAtlas) && Inside(censusInside, census, fromCensus)
            ? new(ground, village, x, y, street, number, atlas, census) : null;
    }

    bool Inside(Dictionary<Cell, bool> known, Cell cell, Func<double, double, (double X, double Y)> back)
    {
        if (known.TryGetValue(cell, out var inside))
            return inside;
        var (x, y) = back(cell.E * 100 + 50, cell.N * 100 + 50);
        return known[cell] = ground.Contains(x, y);
    }

    static Cell CellOf(Func<double, double, (double X, double Y)> transform, double x, double y)
    {
        var (e, n) = transform(x, y);
        return new((int)Math.Floor(e / 100), (int)Math.Floor(n / 100));
    }
}
