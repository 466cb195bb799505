using Breitband.Analyse;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Analyse;

/// <summary>Writes a county into a store as imports would, the rows of every layer in an order of their own.</summary>
static class CountyInStore
{
    static readonly GeometryFactory Factory = NetTopologySuite.NtsGeometryServices.Instance.CreateGeometryFactory(Crs.Stored);

    public static void Write(Breitband.Store.Store store, County county, int seed = 0, Layer? without = null)
    {
        var random = new Random(seed);
        void Import(Layer layer, IEnumerable<(Geometry? Geometry, Dictionary<string, object?> Values)> rows, string source = "dorf", bool complete = false)
        {
            var shuffled = rows.OrderBy(_ => random.Next()).ToList();
            if (layer == without || shuffled.Count == 0)
                return;
            using var writer = store.Begin(Village.Edition with { Dataset = new(layer.Name, source), Complete = complete }, layer.Fields);
            foreach (var row in shuffled)
                writer.Write(new(row.Geometry, [.. layer.Fields.Select(f => row.Values.GetValueOrDefault(f.Name))]));
            writer.Commit("{}");
        }

        Import(Layer.Municipalities, county.Municipalities.Select(m => (m.Geometry, Values(("key", m.Ags), ("ags", m.Ags), ("name", m.Name), ("amt", m.Amt), ("amt_name", m.AmtName),
            ("persons_per_household", m.PersonsPerHousehold)))));
        Import(Layer.Settlements, county.Settlements.Select(s => ((Geometry?)s.Geometry, Values(("key", s.Key), ("name", s.Name)))));
        Import(Layer.Population, county.Population.Select(p => ((Geometry?)p.Geometry, Values(("key", p.Key), ("inhabitants", p.Inhabitants)))));
        Import(Layer.Addresses, county.Addresses.Select(a => (Point(a.X, a.Y), Values(("key", a.Key), ("street", a.Text.Street), ("number", a.Text.Number), ("postcode", a.Text.Postcode), ("place", a.Text.Place)))));
        Import(Layer.Facilities, county.Facilities.Select(f => (Point(f.X, f.Y), Values(("key", f.Key), ("name", f.Name), ("category", f.Kind), ("businesses", (long)f.Businesses)))));
        Import(Layer.CoverageCells, Shares(county.Cells));
        Import(Layer.CoverageMunicipalities, Shares(county.MunicipalShares));
        foreach (var (layer, offers) in new[] { (Layer.CoverageAreas, county.Areas), (Layer.CoverageAddresses, county.AddressAnswers) })
            foreach (var list in offers.GroupBy(o => o.Complete))
                Import(layer, list.Select(o => (o.Geometry, Values(("key", o.Key), ("address_key", o.AddressKey), ("provider", o.Provider), ("technology", o.Offer.Technology?.Code()), ("down", o.Offer.Down), ("up", o.Offer.Up)))),
                    list.Key ? "voll" : "dorf", list.Key);
        Import(Layer.Measures, county.Measures.Select(m => (m.Geometry, Values(("key", m.Key), ("title", m.Title), ("state", m.State.Code), ("milestone_plan", m.MilestonePlan), ("consultation", m.Consultation),
            ("commissioning", m.Commissioning), ("technology", m.Target.Technology?.Code()), ("down", m.Target.Down), ("up", m.Target.Up), ("cost", m.Cost)))));
    }

    static Geometry? Point(double x, double y) => Factory.CreatePoint(new Coordinate(x, y));

    /// <summary>In percent, as published.</summary>
    static IEnumerable<(Geometry? Geometry, Dictionary<string, object?> Values)> Shares(PublishedShares shares) => shares.Keys.Select((key, row) => (shares.Geometries[row],
        Values([("key", key), .. Enumerable.Range(0, ShareTable.Width).Where(c => !double.IsNaN(shares.Shares.Row(row)[c])).Select(c => (ShareTable.FieldName(c), (object?)Math.Round(100 * shares.Shares.Row(row)[c], 9)))])));

    static Dictionary<string, object?> Values(params (string Name, object? Value)[] values) => values.ToDictionary(v => v.Name, v => v.Value);
}
