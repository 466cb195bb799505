using Breitband.Analyse;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Analyse;

/// <summary>Explanations of whole grid cells, against the figures of docs/village.md.</summary>
public sealed class CellExplanationTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static Split Households(double served, double unclear, double planned, double unserved) => new(Split.Units(served), Split.Units(unclear), Split.Units(planned), Split.Units(unserved));

    static Explanation Ask(string place, Basis basis = Basis.Atlas, County? county = null) => Explain.Run(county ?? Village.County, Village.Options(basis), place);

    [Fact]
    public void A_population_cell_is_explained_by_its_addresses()
    {
        var e = Ask("P1");
        Assert.Equal((Households(6, 3, 0, 1), 4 * Split.One), (e.Households, e.Addresses.Total));
        Assert.Equal((Village.Adorf, Village.X0 + 50), (e.Ags, e.X));
        Assert.Contains("20 Einwohner, ihre Haushalte gleichmäßig auf 4 Adressen verteilt", e.Steps[0].Text.De, StringComparison.Ordinal);
        var evidence = Assert.Single(e.Steps, s => s.Evidence == "coverage_cells:A1");
        Assert.Equal(("coverage_cells:test 2025-06-30", "TEST-300-150: 300/150 Mbit/s"), (evidence.Edition, evidence.Rule.De));
        Assert.Equal(1, evidence.Weight, 9);
        Assert.Equal(["addresses:h01", "addresses:h02", "addresses:h03", "addresses:h04"], e.Steps.Where(s => s.Rule.De == "Summe der Teile").Select(s => s.Evidence).Order());
        Assert.All(e.Steps.Where(s => s.Rule.De == "Summe der Teile"), s => Assert.Equal(0.25, s.Weight, 9));
        Assert.StartsWith("Rasterzelle P1 mit 4 Adressen: von 10 Haushalten 6 versorgt, 3 unklar, 0 geplant, 1 unter der Aufgreifschwelle (Aufgreifschwelle 300/150 Mbit/s, Breitbandatlas", e.Sentence.De, StringComparison.Ordinal);
        Assert.Contains("Stand 30.06.2025", e.Sentence.De, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_names_the_measures_that_reach_a_part_of_it_with_what_they_lift()
    {
        var e = Ask("P2");
        Assert.Equal(Households(0, 0, 4, 2), e.Households);
        Assert.Equal(2 / 3.0, Assert.Single(e.Steps, s => s.Evidence == "measures:M1").Weight, 9);
        var other = Assert.Single(e.Steps, s => s.Evidence == "measures:M2");
        Assert.Equal(0, other.Weight);
        Assert.Contains("zählt nicht", other.Text.De, StringComparison.Ordinal);
        Assert.Contains("Ein Ausbau ist geplant: „M1“", e.Sentence.De, StringComparison.Ordinal);
    }

    [Fact]
    public void An_atlas_cell_is_explained_by_whom_the_engine_judges_by_it()
    {
        Assert.Equal(Households(6, 3, 0, 1), Ask("A1").Households);
        // A5 covers a quarter of P3's four households: 0.2 served, 0.3 unserved, 0.5 unclear.
        var part = Ask("A5");
        Assert.Equal(Households(0.2, 0.5, 0, 0.3), part.Households);
        Assert.Equal("population:P3", part.Steps[^1].Evidence);
        Assert.Contains("25 % der Rasterzelle P3", part.Steps[^1].Text.De, StringComparison.Ordinal);
        Assert.DoesNotContain(part.Steps, s => s.Evidence == "coverage_cells:A4");
        // B1 holds three houses and the business park.
        var business = Ask("B1");
        Assert.Equal((Households(0, 0, 0, 6), 3 * Split.One, Split.Units(5)), (business.Households, business.Addresses.Total, business.Businesses.Unserved));
    }

    [Fact]
    public void The_atlas_cells_under_a_population_cell_share_its_households_without_rest() =>
        Assert.Equal(24 * Split.One, ((string[])["D0", "D1", "D2", "D3", "D4"]).Sum(key => Ask(key).Households.Total));

    [Fact]
    public void A_cell_nobody_lives_in_says_so()
    {
        var county = Village.Build(Village.Population, Village.Addresses, [.. Village.Cells, ("Z1", -400, -400, "VDSL")], Village.Measures);
        var e = Ask("Z1", county: county);
        Assert.Equal((0, 0), (e.Households.Total, e.Addresses.Total));
        Assert.Contains("weder Haushalte noch Adressen", e.Sentence.De, StringComparison.Ordinal);
    }

    static Edition Area(bool complete) => Village.Edition with { Number = 7, Dataset = new("coverage_areas", "netz"), Date = new(2025, 9, 30), Complete = complete };

    static County WithArea(bool complete, double left = 0, double down = 1000) => Village.County with
    {
        Areas = [new("a1", "Netz AG", new(Technology.Ftth, down, down / 2), complete, 7, Village.Rectangle(left, 60, left + 100, 85), null, null)],
        Editions = [Village.Edition, Area(complete)],
    };

    [Fact]
    public void Evidence_that_is_overruled_is_shown_without_weight_and_with_what_overruled_it()
    {
        var e = Ask("h01", Basis.Best, WithArea(complete: false));
        Assert.Equal(1, Assert.Single(e.Steps, s => s.Evidence == "coverage_areas:a1").Weight);
        var atlas = Assert.Single(e.Steps, s => s.Evidence == "coverage_cells:A1");
        Assert.Equal((0, true), (atlas.Weight, atlas.PassedOver));
        Assert.StartsWith("überstimmt von „", atlas.Rule.De, StringComparison.Ordinal);
        Assert.Contains("Sicher versorgt 60 %", atlas.Text.De, StringComparison.Ordinal);
        Assert.Contains("(Stand 30.09.2025)", e.Sentence.De, StringComparison.Ordinal);
        Assert.DoesNotContain(Ask("h01", Basis.Mev, WithArea(complete: false)).Steps, s => s.Evidence == "coverage_cells:A1");
        Assert.DoesNotContain(Ask("h01", Basis.Atlas, WithArea(complete: false)).Steps, s => s.PassedOver);
    }

    [Fact]
    public void An_offer_that_proves_nothing_is_shown_without_weight()
    {
        var county = WithArea(complete: false, down: 50);
        var best = Ask("h01", Basis.Best, county);
        Assert.Contains(best.Steps, s => s is { Evidence: "coverage_areas:a1", Weight: 0, PassedOver: true } && s.Text.De.Contains("belegt hier nichts", StringComparison.Ordinal));
        Assert.Equal(1, Assert.Single(best.Steps, s => s.Evidence == "coverage_cells:A1").Weight);
        Assert.Contains("nennt diesen Ort, belegt", Ask("h01", Basis.Mev, county).Steps[1].Text.De, StringComparison.Ordinal);
        Assert.Contains("nennt diesen Ort nicht", Ask("h11", Basis.Mev, county).Steps[1].Text.De, StringComparison.Ordinal);
    }

    [Fact]
    public void A_complete_list_without_an_offer_is_named_with_edition_and_date()
    {
        var step = Ask("h11", Basis.Best, WithArea(complete: true)).Steps[1];
        Assert.Equal(("coverage_areas", "coverage_areas:netz 2025-09-30", 7), (step.Evidence, step.Edition, step.Number));
        Assert.Equal(new DateOnly(2025, 9, 30), step.Date);
    }

    [Fact]
    public void Evidence_that_decides_nothing_is_left_out_for_whom_it_is_closed_to_and_decisive_evidence_closes_the_answer()
    {
        using var store = Breitband.Store.Store.Open(folder.File("dorf.gpkg"), Breitband.Store.OpenMode.Create);
        VillageInStore.Write(store);
        using (var writer = store.Begin(Area(complete: false) with { Disclosure = Disclosure.Confidential, Evidence = EvidenceKind.Mev }, Layer.CoverageAreas.Fields))
        {
            writer.Write(new(Village.Rectangle(0, 60, 100, 85), [.. Layer.CoverageAreas.Fields.Select(f => f.Name switch { "key" => "slow", "down" => 50.0, "up" => 10.0, _ => (object?)null })]));
            writer.Write(new(Village.Rectangle(-300, 400, -200, 500), [.. Layer.CoverageAreas.Fields.Select(f => f.Name switch { "key" => "fast", "down" => 1000.0, "up" => 500.0, _ => (object?)null })]));
            writer.Commit("{}");
        }
        var options = Village.Options(Basis.Best, MeasureChoice.None);
        var (house, farm) = (Explain.Run(store, options, "h01"), Explain.Run(store, options, "h11"));
        Assert.Contains(house.Steps, s => s.Evidence == "coverage_areas:slow");
        Assert.DoesNotContain(Breitband.Store.ResultDisclosure.Shown(store, house, Disclosure.Public).Steps, s => s.Evidence == "coverage_areas:slow");
        Assert.Contains(Breitband.Store.ResultDisclosure.Shown(store, house, Disclosure.Confidential).Steps, s => s.Evidence == "coverage_areas:slow");
        Assert.Equal(Split.One, farm.Addresses.Served);
        Assert.Equal(Outcome.InputRefused, Assert.Throws<BreitbandException>(() => Breitband.Store.ResultDisclosure.Shown(store, farm, Disclosure.Public)).Outcome);
    }

    /// <summary>Keys of the census grid are understood without reading the county; the houses beside a border belong to two municipalities.</summary>
    [Fact]
    public void A_cell_asked_for_by_its_grid_id_is_answered_from_its_surroundings_as_from_the_whole_county()
    {
        using var store = Breitband.Store.Store.Open(folder.File("raster.gpkg"), Breitband.Store.OpenMode.Create);
        VillageInStore.Write(store);
        var (east, north) = Crs.Transform(Crs.Stored, Crs.CensusGrid)(Village.X0 + 500, Village.Y0 + 140);
        var (column, row) = ((long)east / 100, (long)north / 100);
        var key = $"100mN{row}E{column}";
        var corners = new[] { (0, 0), (1, 0), (1, 1), (0, 1), (0, 0) }.Select(c => Crs.Transform(Crs.CensusGrid, Crs.Stored)((column + c.Item1) * 100, (row + c.Item2) * 100)).Select(p => new Coordinate(p.X, p.Y));
        using (var writer = store.Begin(Village.Edition with { Number = 8, Dataset = new("population", "zensus") }, Layer.Population.Fields))
        {
            writer.Write(new(Village.At(0, 0).Factory.CreatePolygon([.. corners]), [.. Layer.Population.Fields.Select(f => f.Name switch { "key" => key, "inhabitants" => 12.0, _ => (object?)null })]));
            writer.Commit("{}");
        }
        var options = Village.Options(measures: MeasureChoice.None);
        using (var writer = store.Begin(Village.Edition with { Number = 9, Dataset = new("addresses", "grenze") }, Layer.Addresses.Fields))
        {
            for (var i = -1; i <= 1; i += 2)
                writer.Write(new(Village.At(500 + i, 140), [.. Layer.Addresses.Fields.Select(f => f.Name == "key" ? $"g{i + 1}" : null)]));
            writer.Commit("{}");
        }
        var (quick, full) = (Explain.Run(store, options, key), Explain.Run(CountyReader.Read(store, null), options, key));
        Assert.Equal(6, Split.Count(full.Households.Total), 6);
        Assert.Equal(2 * Split.One, full.Addresses.Total);
        Assert.Equal(2, full.Steps.Count(s => s.Evidence.StartsWith("addresses:g", StringComparison.Ordinal)));
        Assert.Equal((full.Households, full.Sentence), (quick.Households, quick.Sentence));
        Assert.Equal(full.Steps, quick.Steps);
    }
}
