using Breitband.Analyse;
using Breitband.Tests.Analyse;
using Breitband.Tests.Service.Http;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Map;

/// <summary>The village with three more municipalities: one without households, one of which nothing is known, one that is served; and an address there is twice.</summary>
public sealed class ServedClasses : Served
{
    protected override void Fill(Breitband.Store.Store store)
    {
        base.Fill(store);
        void More(Layer layer, params (Geometry Geometry, Dictionary<string, object?> Values)[] rows) =>
            Import(store, layer, "mehr", Disclosure.Public, [.. rows.Select(r => new Row(r.Geometry, [.. layer.Fields.Select(f => r.Values.GetValueOrDefault(f.Name))]))]);
        Dictionary<string, object?> Named(string ags, string name) => new() { ["key"] = ags, ["ags"] = ags, ["name"] = name, ["persons_per_household"] = 2.0 };
        More(Layer.Municipalities, (Village.Rectangle(1500, -500, 2500, 700), Named("12069903", "Cdorf")), (Village.Rectangle(-1500, -500, -500, 700), Named("12069904", "Ddorf")), (Village.Rectangle(2500, -500, 3500, 700), Named("12069905", "Edorf")));
        More(Layer.Population, [.. new[] { ("P9", -1000), ("P10", 3000) }.Select(p => ((Geometry)Village.Rectangle(p.Item2, 0, p.Item2 + 100, 100), new Dictionary<string, object?> { ["key"] = p.Item1, ["inhabitants"] = 20.0 }))]);
        More(Layer.CoverageCells, [.. Cells("F", -950, "NULL"), .. Cells("G", 3050, "Glasfaser")]);
        Dictionary<string, object?> House(string key, string place) => new() { ["key"] = key, ["street"] = "Lindenweg", ["number"] = "3", ["place"] = place };
        More(Layer.Addresses, (Point(Village.X0 - 50, Village.Y0 - 300), House("x1", "Adorf")), (Point(Village.X0 + 800, Village.Y0 - 300), House("x2", "Bdorf")));
        GapEngine.RunAndSave(store, new(Profiles.Load(Installation.Profiles).Default, Basis.Atlas, MeasureChoice.Every, Village.AsOf));
    }

    /// <summary>Nine cells around a place, on the turned lattice.</summary>
    static IEnumerable<(Geometry, Dictionary<string, object?>)> Cells(string key, double x, string kind) =>
        from i in Enumerable.Range(-1, 3)
        from j in Enumerable.Range(-1, 3)
        select ((Geometry)Village.Turned(x + 80 * i - 60 * j, 50 + 60 * i + 80 * j), Village.Kinds[kind].ToDictionary(k => Layer.ShareField(k.Technology, k.Class), k => (object?)k.Percent).Append(new("key", $"{key}{i}{j}")).ToDictionary());
}
