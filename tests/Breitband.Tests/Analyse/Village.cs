using Breitband.Analyse;
using NetTopologySuite;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Analyse;

/// <summary>
/// The hand-computed village of docs/village.md: Adorf and Bdorf, two municipalities side by side. Coordinates are metres from a corner at
/// 340000, 5790000 (EPSG:25833). The population grid stands upright; the atlas grid is turned by the 3-4-5 angle, so that every overlap is a
/// simple fraction.
/// </summary>
public static class Village
{
    public const double X0 = 340000, Y0 = 5790000;

    public const string Adorf = "12069901", Bdorf = "12069902";

    public static readonly DateOnly AsOf = new(2026, 1, 1);

    public static readonly Profile Rule = new()
    {
        Key = "TEST-300-150",
        Title = new("300/150", "300/150"),
        Line = "test",
        ValidFrom = new(2025, 1, 13),
        Default = true,
        Households = [new(300, 150)],
        Facilities = [new(300, 150)],
        HfcCountsAsServed = true,
        GapShare = 0.05,
        HorizonYears = 3,
        Passage = "–",
        Source = "–",
    };

    static readonly GeometryFactory Factory = NtsGeometryServices.Instance.CreateGeometryFactory(Crs.Stored);

    public static readonly IReadOnlyList<Municipality> Municipalities =
    [
        new(Adorf, "Adorf", "5999", "Amt Testland", Rectangle(-500, -500, 500, 700), 2, null),
        new(Bdorf, "Bdorf", null, null, Rectangle(500, -500, 1500, 700), 2, null),
    ];

    public static readonly IReadOnlyList<Settlement> Settlements =
        [new("S1", "Adorf, Ortslage", 0, Rectangle(0, 0, 300, 200)), new("S2", "Bdorf, Ortslage", 1, Rectangle(600, 0, 900, 200))];

    public static readonly IReadOnlyList<PopulationCell> Population =
    [
        Upright("P1", 0, 0, 0, 20), Upright("P2", 0, 100, 100, 12), Upright("P3", 0, 200, 0, 8), Upright("P4", 1, 700, 0, 6), Upright("P5", 1, 600, 100, 12),
        Upright("P6", 0, -300, 400, 4), Upright("P7", 1, 1000, 300, 48), Upright("P8", 1, 1200, 500, 6),
    ];

    public static readonly IReadOnlyList<Address> Addresses =
    [
        House("h01", 0, 20, 70), House("h02", 0, 40, 80), House("h03", 0, 60, 90), House("h04", 0, 30, 95), // P1
        House("h05", 0, 110, 130), House("h06", 0, 120, 140), House("h07", 0, 130, 150), // P2
        House("h08", 1, 630, 140), House("h09", 1, 640, 150), House("h10", 1, 650, 160), // P5
        House("h11", 0, -250, 450), // the farm, P6
        House("h12", 0, 500, 300), // on the border, in no inhabited cell
    ];

    public static readonly IReadOnlyList<Facility> Facilities = [new("F1", "Gewerbepark Bdorf", 1, X0 + 660, Y0 + 150, 5)];

    /// <summary>Kinds of atlas cells, shares in percent; see the table in docs/village.md.</summary>
    public static readonly IReadOnlyDictionary<string, (Technology Technology, int Class, double Percent)[]> Kinds = new Dictionary<string, (Technology, int, double)[]>
    {
        ["Glasfaser"] = [.. Both(Technology.All, 100, 100, 100), .. Both(Technology.FtthB, 100, 100, 100), .. Both(Technology.Hfc, 0, 0, 0), .. Both(Technology.Fttc, 0, 0, 0), .. Both(Technology.Other, 0, 0, 0)],
        ["VDSL"] = [.. Both(Technology.All, 100, 0, 0), .. Both(Technology.FtthB, 0, 0, 0), .. Both(Technology.Hfc, 0, 0, 0), .. Both(Technology.Fttc, 100, 0, 0), .. Both(Technology.Other, 0, 0, 0)],
        ["Kabel 400"] = [.. Both(Technology.All, 80, 80, 0), .. Both(Technology.FtthB, 0, 0, 0), .. Both(Technology.Hfc, 80, 80, 0), .. Both(Technology.Fttc, 0, 0, 0), .. Both(Technology.Other, 0, 0, 0)],
        ["gemischt"] = [.. Both(Technology.All, 90, 85, 70), .. Both(Technology.FtthB, 30, 30, 30), .. Both(Technology.Hfc, 60, 60, 60), .. Both(Technology.Fttc, 40, 0, 0), .. Both(Technology.Other, 0, 0, 0)],
        ["sonstige"] = [.. Both(Technology.All, 80, 70, 20), .. Both(Technology.FtthB, 20, 20, 20), .. Both(Technology.Hfc, 0, 0, 0), .. Both(Technology.Fttc, 60, 0, 0), .. Both(Technology.Other, 50, 50, 0)],
        ["NULL"] = [],
        ["langsam"] = [(Technology.All, 30, 100), .. Both(Technology.All, 0, 0, 0), .. Both(Technology.FtthB, 0, 0, 0), .. Both(Technology.Hfc, 0, 0, 0), .. Both(Technology.Fttc, 0, 0, 0), .. Both(Technology.Other, 0, 0, 0)],
    };

    /// <summary>Turned cells by the middle of each: around P1 and P2 and P3 one lattice (vertex at 250, 50), elsewhere lattices that drifted.</summary>
    public static readonly IReadOnlyList<(string Key, double X, double Y, string Kind)> Cells =
    [
        ("A1", 40, 80, "gemischt"), ("A2", 120, 140, "VDSL"), ("A3", 260, 120, "Glasfaser"), ("A4", 180, 60, "Kabel 400"), ("A5", 320, 40, "sonstige"), ("A6", 240, -20, "NULL"),
        ("B1", 650, 150, "VDSL"), ("C1", -250, 450, "langsam"),
        ("D0", 1050, 350, "Glasfaser"), ("D1", 1130, 410, "VDSL"), ("D2", 970, 290, "Kabel 400"), ("D3", 990, 430, "gemischt"), ("D4", 1110, 270, "NULL"),
        ("E1", 1260, 620, "Glasfaser"), ("E2", 1180, 560, "VDSL"), ("E3", 1320, 540, "Kabel 400"),
    ];

    public static readonly IReadOnlyList<Measure> Measures =
    [
        Plan("M1", "construction", new(2025, 3, 31), new(2027, 6, 30), 1000, 500, Rectangle(100, 100, 125, 200)),
        Plan("M2", "decision_preliminary", new(2025, 3, 31), new(2027, 6, 30), 1000, 500, Rectangle(125, 100, 200, 200)),
        Plan("M3", "construction", new(2022, 1, 15), new(2027, 6, 30), 1000, 500, Rectangle(620, 130, 635, 145)),
        Plan("M4", "construction", new(2025, 3, 31), new(2027, 6, 30), 200, 100, Rectangle(635, 145, 645, 155)),
        Plan("M5", "construction", new(2024, 3, 31), new(2025, 6, 30), 1000, 500, Rectangle(-300, 400, -200, 500)),
    ];

    public static County County => Build(Population, Addresses, Cells, Measures);

    public static AnalysisOptions Options(Basis basis = Basis.Atlas, MeasureChoice? measures = null, Profile? rule = null) =>
        new(rule ?? Rule, basis, measures ?? MeasureChoice.Every, AsOf);

    public static County Build(IReadOnlyList<PopulationCell> population, IReadOnlyList<Address> addresses,
        IReadOnlyList<(string Key, double X, double Y, string Kind)> cells, IReadOnlyList<Measure> measures) => new()
        {
            Key = "12069",
            Municipalities = Municipalities,
            MunicipalityIndex = new PolygonIndex([.. Municipalities.Select(m => m.Geometry)]),
            Settlements = Settlements,
            Population = population,
            Addresses = addresses,
            Facilities = Facilities,
            Cells = Published(cells),
            MunicipalShares = new([], [], new ShareTable(0), [], []),
            Areas = [],
            AddressAnswers = [],
            Measures = measures,
            Editions = [Edition],
            Notes = [],
        };

    public static Edition Edition { get; } = new()
    {
        Number = 1,
        Dataset = new("coverage_cells", "test"),
        Date = new(2025, 6, 30),
        File = "village",
        Sha256 = "0",
        Options = "",
        Mapping = "test",
        SourceCrs = Crs.Stored,
        Licence = new("", "", ""),
        Live = true,
    };

    public static PublishedShares Published(IReadOnlyList<(string Key, double X, double Y, string Kind)> cells)
    {
        var table = new ShareTable(cells.Count);
        for (var row = 0; row < cells.Count; row++)
            foreach (var (technology, mbit, percent) in Kinds[cells[row].Kind])
                table[row, technology, SpeedClass.IndexOf(mbit)] = percent / 100;
        return new([.. cells.Select(c => c.Key)], [.. cells.Select(_ => (string?)null)], table, [.. cells.Select(c => (Geometry?)Turned(c.X, c.Y))], [.. cells.Select(_ => 1)]);
    }

    /// <summary>A 100 m square around a middle, turned so that its sides point along (4, 3) and (−3, 4).</summary>
    public static Polygon Turned(double x, double y) => Ring((x - 10, y - 70), (x + 70, y - 10), (x + 10, y + 70), (x - 70, y + 10));

    public static Polygon Rectangle(double left, double low, double right, double high) => Ring((left, low), (right, low), (right, high), (left, high));

    public static LineString Line(params (double X, double Y)[] corners) => Factory.CreateLineString([.. corners.Select(c => new Coordinate(X0 + c.X, Y0 + c.Y))]);

    public static Point At(double x, double y) => Factory.CreatePoint(new Coordinate(X0 + x, Y0 + y));

    static Polygon Ring(params (double X, double Y)[] corners) =>
        Factory.CreatePolygon([.. corners.Append(corners[0]).Select(c => new Coordinate(X0 + c.X, Y0 + c.Y))]);

    static PopulationCell Upright(string key, int municipality, double x, double y, double inhabitants) =>
        new(key, municipality, X0 + x + 50, Y0 + y + 50, inhabitants, Rectangle(x, y, x + 100, y + 100));

    static Address House(string key, int municipality, double x, double y) => new(key, municipality, X0 + x, Y0 + y, new("Dorfstraße", key[1..], null, "14800", "Adorf"));

    static Measure Plan(string key, string state, DateOnly consultation, DateOnly commissioning, double down, double up, Geometry area) => new()
    {
        Key = key,
        Title = key,
        State = MeasureState.Find(state),
        Consultation = consultation,
        Commissioning = commissioning,
        Target = new(Technology.Ftth, down, up),
        Geometry = area,
        Cost = 20000,
    };

    static (Technology, int, double)[] Both(Technology technology, double at200, double at400, double at1000) =>
        [(technology, 200, at200), (technology, 400, at400), (technology, 1000, at1000)];
}
