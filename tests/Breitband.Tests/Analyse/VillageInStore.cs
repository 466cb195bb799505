using Breitband.Analyse;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Analyse;

/// <summary>Writes the village into a store, rows in any order, as an import would.</summary>
public static class VillageInStore
{
    static readonly GeometryFactory Factory = NetTopologySuite.NtsGeometryServices.Instance.CreateGeometryFactory(Crs.Stored);

    public static void Write(Breitband.Store.Store store, int seed = 0, Layer? without = null)
    {
        var random = new Random(seed);
        void Import(Layer layer, IEnumerable<(Geometry? Geometry, Dictionary<string, object?> Values)> rows)
        {
            if (layer == without)
                return;
            using var writer = store.Begin(Village.Edition with { Dataset = new(layer.Name, "dorf") }, layer.Fields);
            foreach (var row in rows.OrderBy(_ => random.Next()).ToList())
                writer.Write(new(row.Geometry, [.. layer.Fields.Select(f => row.Values.GetValueOrDefault(f.Name))]));
            writer.Commit("{}");
        }

        Import(Layer.Municipalities, Village.Municipalities.Select(m => (m.Geometry, Values(("key", m.Ags), ("ags", m.Ags), ("name", m.Name), ("amt", m.Amt), ("amt_name", m.AmtName),
            ("persons_per_household", m.PersonsPerHousehold)))));
        Import(Layer.Settlements, Village.Settlements.Select(s => ((Geometry?)s.Geometry, Values(("key", s.Key), ("name", s.Name)))));
        Import(Layer.Population, Village.Population.Select(p => ((Geometry?)p.Geometry, Values(("key", p.Key), ("inhabitants", p.Inhabitants)))));
        Import(Layer.Addresses, Village.Addresses.Select(a => ((Geometry?)Factory.CreatePoint(new Coordinate(a.X, a.Y)),
            Values(("key", a.Key), ("street", a.Text.Street), ("number", a.Text.Number), ("postcode", a.Text.Postcode), ("place", a.Text.Place)))));
        Import(Layer.Facilities, Village.Facilities.Select(f => ((Geometry?)Factory.CreatePoint(new Coordinate(f.X, f.Y)), Values(("key", f.Key), ("name", f.Name), ("businesses", (long)f.Businesses)))));
        Import(Layer.CoverageCells, Village.Cells.Select(c => ((Geometry?)Village.Turned(c.X, c.Y),
            Village.Kinds[c.Kind].ToDictionary(k => Layer.ShareField(k.Technology, k.Class), k => (object?)k.Percent).Append(new("key", c.Key)).ToDictionary())));
        Import(Layer.Measures, Village.Measures.Select(m => (m.Geometry, Values(("key", m.Key), ("title", m.Title), ("state", m.State.Code), ("consultation", m.Consultation),
            ("commissioning", m.Commissioning), ("technology", "ftth"), ("down", m.Target.Down), ("up", m.Target.Up), ("cost", m.Cost)))));
    }

    static Dictionary<string, object?> Values(params (string Name, object? Value)[] values) => values.ToDictionary(v => v.Name, v => v.Value);
}

public sealed class VillageInStoreTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    Breitband.Store.Store Store(int seed)
    {
        var store = Breitband.Store.Store.Open(folder.File($"dorf{seed}.gpkg"), Breitband.Store.OpenMode.Create);
        VillageInStore.Write(store, seed);
        return store;
    }

    [Fact]
    public void A_store_gives_the_figures_of_the_village_whatever_order_its_rows_came_in()
    {
        var expected = GapEngine.Run(Village.County, Village.Options());
        string? run = null;
        for (var seed = 0; seed < 4; seed++)
        {
            using var store = Store(seed);
            var result = GapEngine.Run(store, Village.Options());
            Assert.Equal(expected.Rows.Select(r => (r.Level, r.Key, r.Households, r.Addresses, r.Businesses, r.Unclear)), result.Rows.Select(r => (r.Level, r.Key, r.Households, r.Addresses, r.Businesses, r.Unclear)));
            Assert.Equal(expected.GapAreas.Select(g => (g.Key, g.Households)), result.GapAreas.Select(g => (g.Key, g.Households)));
            Assert.Equal(run ??= result.Run, result.Run);
        }
    }

    [Fact]
    public void A_saved_run_fills_the_result_layers_and_can_be_repeated_after_a_new_import()
    {
        using var store = Store(0);
        var profiles = Profiles.Load(Installation.Profiles);
        var result = GapEngine.RunAndSave(store, Village.Options(rule: profiles.Default));
        Assert.Equal(result.GapAreas.Count, store.ReadResult(Layer.GapAreas).Count());
        Assert.Equal(2, store.ReadResult(Layer.ResultMunicipalities).Count());
        VillageInStore.Write(store, 1);
        Assert.Equal(result.Run, GapEngine.Run(store, GapEngine.Recorded(store, profiles, result.Run)).Run);
        Assert.Equal("breitband analyse", Assert.Throws<BreitbandException>(() => GapEngine.Recorded(Breitband.Store.Store.Open(folder.File("leer.gpkg"), Breitband.Store.OpenMode.Create), profiles, null)).Text.De[^17..]);
    }

    [Fact]
    public void A_house_is_explained_with_evidence_edition_rule_weight_and_measure()
    {
        var e = Explain.Run(Village.County, Village.Options(), "Dorfstr. 01, 14800 Adorf");
        Assert.Equal(Split.Units(1.5), e.Households.Served);
        Assert.Contains(e.Steps, s => s.Evidence == "coverage_cells:A1" && s.Edition == "coverage_cells:test 2025-06-30" && s.Weight == 1 && s.Text.De.Contains("Sicher versorgt 60 %", StringComparison.Ordinal));
        Assert.Contains("für 60 % der Haushalte sicher verfügbar", e.Sentence.De, StringComparison.Ordinal);

        var planned = Explain.Run(Village.County, Village.Options(), "h05");
        Assert.Equal(Split.Units(2), planned.Households.Planned);
        Assert.Contains("Ausbau ist geplant: „M1", planned.Sentence.De, StringComparison.Ordinal);

        var late = Explain.Run(Village.County, Village.Options(), "h11");
        Assert.Contains(late.Steps, s => s.Evidence == "measures:M5" && s.Text.De.Contains("Überfällig", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cell_a_coordinate_a_settlement_and_a_municipality_are_explained()
    {
        Assert.Equal(6, Explain.Run(Village.County, Village.Options(), "P7").Steps.Count);
        Assert.Contains("keine Atlasdaten", Explain.Run(Village.County, Village.Options(), "340400 5790400").Steps[1].Text.De, StringComparison.Ordinal);
        Assert.Equal("Dorfstraße 11, 14800 Adorf", Explain.Run(Village.County, Village.Options(), $"{Village.X0 - 248} {Village.Y0 + 452}").Place.De);
        Assert.Equal(Split.Units(20), Explain.Run(Village.County, Village.Options(), "Adorf, Ortslage").Households.Total);
        Assert.Equal(Split.Units(36), Explain.Run(Village.County, Village.Options(), "bdorf").Households.Total);
    }

    [Theory]
    [InlineData("Dorfstrasze 1", "Dorfstraße")]
    [InlineData("Bdorff", "Bdorf")]
    [InlineData("0 0", "außerhalb")]
    public void What_is_not_found_is_answered_with_what_was_meant(string query, string answer)
    {
        var wrong = Assert.Throws<BreitbandException>(() => Explain.Run(Village.County, Village.Options(), query));
        Assert.Equal(Outcome.WrongUse, wrong.Outcome);
        Assert.Contains(answer, wrong.Text.De, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_measure_is_refused_with_near_ones() =>
        Assert.Contains("M1", Assert.Throws<BreitbandException>(() => GapEngine.Run(Village.County, Village.Options(measures: new(false, ["M9"])))).Text.De, StringComparison.Ordinal);
}
