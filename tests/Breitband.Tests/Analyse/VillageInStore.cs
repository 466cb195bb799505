using Breitband.Analyse;

namespace Breitband.Tests.Analyse;

/// <summary>Writes the village into a store, rows in any order, as an import would.</summary>
public static class VillageInStore
{
    public static void Write(Breitband.Store.Store store, int seed = 0, Layer? without = null) => CountyInStore.Write(store, Village.County, seed, without);
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
