using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>
/// The share of the ground that has mobile networks, per row of a result: a theme of its own, which never enters a gap. A cell belongs to where
/// its midpoint lies; ground without a cell counts as without a network.
/// </summary>
public sealed class MobileCoverage
{
    readonly Dictionary<(AreaLevel Level, string Key), (double Ground, double FourG, double FiveG)> sums = [];

    MobileCoverage(DateOnly date) => Date = date;

    /// <summary>The day the newest of the data describe.</summary>
    public DateOnly Date { get; }

    /// <summary>Percent of the ground with at least one network; null where a row has no ground of its own.</summary>
    public (double FourG, double FiveG)? Of(AreaResult row) => sums.TryGetValue((row.Level, row.Key), out var sum) && sum.Ground > 0
        ? (Math.Min(100, 100 * sum.FourG / sum.Ground), Math.Min(100, 100 * sum.FiveG / sum.Ground)) : null;

    /// <summary>Null when the store has no mobile coverage.</summary>
    /// <param name="rows">All rows of a result, municipalities and settlements with their areas.</param>
    /// <param name="amts">The Amt's key of a municipality by its AGS; null for one that belongs to none.</param>
    public static MobileCoverage? Of(Store.Store store, IReadOnlyList<AreaResult> rows, Func<string, string?> amts)
    {
        var editions = store.LiveEditions(Layer.MobileCells).ToList();
        if (editions.Count == 0)
            return null;
        var coverage = new MobileCoverage(editions.Max(e => e.Date));
        coverage.Add(editions.SelectMany(e => Cells(store, e)).ToList(), rows, amts);
        return coverage;
    }

    static IEnumerable<(Coordinate Middle, double Area, bool FourG, bool FiveG)> Cells(Store.Store store, Edition edition)
    {
        var at = store.Columns(edition).Select((c, i) => (c.Name, i)).ToDictionary(c => c.Name, c => c.i);
        bool Has(Row row, string field) => at.TryGetValue(field, out var i) && row.Values[i] is > 0L;

        return from row in store.Read(edition)
               where row.Geometry is { IsEmpty: false }
               select (Centre.Of(row.Geometry!)!, Crs.AreaOf(row.Geometry!), Has(row, "networks_4g"), Has(row, "networks_5g"));
    }

    void Add(List<(Coordinate Middle, double Area, bool FourG, bool FiveG)> cells, IReadOnlyList<AreaResult> rows, Func<string, string?> amts)
    {
        var (municipalities, settlements) = (Grounds(rows, AreaLevel.Municipality), Grounds(rows, AreaLevel.Settlement));
        var points = new PointGrid([.. cells.Select(c => c.Middle.X)], [.. cells.Select(c => c.Middle.Y)]);
        var (home, place) = (PolygonSweep.First(points, [.. municipalities.Select(m => m.Geometry)]), PolygonSweep.First(points, [.. settlements.Select(s => s.Geometry)]));
        foreach (var municipality in municipalities)
            Put(municipality, amts, (Crs.AreaOf(municipality.Geometry!), 0, 0));
        foreach (var settlement in settlements)
        {
            var ground = Crs.AreaOf(settlement.Geometry!);
            Sum((AreaLevel.Settlement, settlement.Key), (ground, 0, 0));
            Sum((AreaLevel.Outside, settlement.Ags!), (-ground, 0, 0));
        }
        for (var i = 0; i < cells.Count; i++)
        {
            if (home[i] < 0)
                continue;
            var covered = (0.0, cells[i].FourG ? cells[i].Area : 0, cells[i].FiveG ? cells[i].Area : 0);
            Put(municipalities[home[i]], amts, covered, outside: place[i] < 0);
            if (place[i] >= 0)
                Sum((AreaLevel.Settlement, settlements[place[i]].Key), covered);
        }
    }

    static List<AreaResult> Grounds(IEnumerable<AreaResult> rows, AreaLevel level) => [.. rows.Where(r => r.Level == level && r.Geometry is { IsEmpty: false })];

    /// <summary>Into a municipality and everything above it, and into what lies outside its settlements.</summary>
    void Put(AreaResult municipality, Func<string, string?> amts, (double, double, double) part, bool outside = true)
    {
        Sum((AreaLevel.County, municipality.Key[..5]), part);
        if (amts(municipality.Key) is { } amt)
            Sum((AreaLevel.Amt, amt), part);
        Sum((AreaLevel.Municipality, municipality.Key), part);
        if (outside)
            Sum((AreaLevel.Outside, municipality.Key), part);
    }

    void Sum((AreaLevel, string) row, (double Ground, double FourG, double FiveG) part)
    {
        var (ground, fourG, fiveG) = sums.GetValueOrDefault(row);
        sums[row] = (ground + part.Ground, fourG + part.FourG, fiveG + part.FiveG);
    }
}
