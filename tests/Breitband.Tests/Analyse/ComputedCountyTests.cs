using System.Text.Json;
using Breitband.Analyse;
using CsCheck;

namespace Breitband.Tests.Analyse;

/// <summary>A county that follows an import says exactly what a full computation says.</summary>
public class ComputedCountyTests
{
    static string Figures(IEnumerable<AreaResult> rows, IEnumerable<MeasureResult> measures, IEnumerable<GapArea> gaps, IEnumerable<GapCluster> clusters) => JsonSerializer.Serialize(new
    {
        Rows = rows.Select(r => new { r.Level, r.Key, r.Name, r.Households, r.Addresses, r.Businesses, r.Unclear, r.Shares }),
        Measures = measures.Select(m => m with { State = MeasureState.Find("idea") }),
        Gaps = gaps.Select(g => new { g.Key, g.Ags, g.Settlement, g.Share, g.Households, g.AreaM2, Shape = g.Geometry.AsText() }),
        Clusters = clusters.Select(c => new { c.Key, c.Ags, c.Places, c.Outside, c.Households, c.Addresses, c.Businesses, c.AreaM2, c.Spread, c.Nearest, Shape = c.Geometry.AsText() }),
    });

    static ComputedCounty AssertFollows(ComputedCounty state, County changed)
    {
        var (followed, full) = (state.Follow(changed), GapEngine.Run(changed, Village.Options()));
        Assert.Equal(Figures(full.Rows, full.Measures, full.GapAreas, full.Clusters), Figures(followed.Rows, followed.Measures, followed.GapAreas, followed.Clusters));
        return followed;
    }

    /// <summary>One municipality delivered anew: other addresses, other inhabitants, other figures in its cells, another edition number.</summary>
    static County Reimported(County county, int municipality, int seed)
    {
        var random = new Random(seed);
        var shares = new ShareTable(county.Cells.Keys.Count);
        for (var row = 0; row < shares.Rows; row++)
            shares.Copy(row, county.Cells.Shares, random.Next(4) == 0 && county.MunicipalityIndex.First(county.Cells.Geometries[row]!.Centroid.X, county.Cells.Geometries[row]!.Centroid.Y) == municipality ? random.Next(shares.Rows) : row);
        return county with
        {
            Addresses = [.. county.Addresses.Where(a => a.Municipality != municipality || random.Next(4) > 0).Select(a => a.Municipality == municipality && random.Next(3) == 0 ? a with { X = a.X + random.Next(-40, 40) } : a)],
            Population = [.. county.Population.Select(p => p.Municipality == municipality ? p with { Inhabitants = p.Inhabitants + random.Next(3) } : p)],
            Cells = county.Cells with { Shares = shares, Editions = [.. county.Cells.Editions.Select(e => e + 1)] },
        };
    }

    [Fact]
    public void A_reimported_municipality_gives_the_figures_of_a_full_computation() => Gen.Select(GapEngineProperties.AnyCounty, Gen.Int[0, 1], Gen.Int[0, 1], Gen.Int[0, 99]).Sample((county, first, second, seed) =>
    {
        var once = Reimported(county, first, seed);
        var state = AssertFollows(ComputedCounty.Of(county, Village.Options()), once);
        AssertFollows(state, Reimported(once, second, seed + 1));
    }, iter: 100);

    [Fact]
    public void Any_sequence_of_changed_measures_and_imports_gives_the_figures_of_a_full_computation() =>
        Gen.Select(GapEngineProperties.AnyCounty, Gen.Select(Gen.Int[0, 6], Gen.Int[0, 4], GapEngineProperties.AnyPoint, Gen.Double[10, 600], Gen.OneOf([.. MeasureState.All]), Gen.Int[2024, 2030]).Array[1, 5]).Sample((county, edits) =>
        {
            var state = ComputedCounty.Of(county, Village.Options());
            foreach (var (what, which, at, size, moved, year) in edits)
            {
                county = what == 6 ? Reimported(county, which % 2, year) : county with { Measures = Edited(county, what, $"M{which}", GapEngineProperties.Plan($"M{which}", at, size, moved, year, 1000)) };
                state = AssertFollows(state, county);
            }
        }, iter: 150);

    static IReadOnlyList<Measure> Edited(County county, int what, string key, Measure drawn)
    {
        var keys = county.Addresses.Take(4).Select(a => a.Key).ToArray();
        var there = county.Measures.FirstOrDefault(m => m.Key == key) ?? drawn;
        Measure? edited = what switch
        {
            0 => null,
            1 => there with { State = drawn.State, Commissioning = drawn.Commissioning },
            2 => there with { Cost = 5000, Title = "anders" },
            3 => there with { AddressKeys = keys },
            4 => there with { RemovedKeys = keys },
            _ => drawn,
        };
        return [.. county.Measures.Where(m => m.Key != key).Concat(edited is null ? [] : [edited]).OrderBy(m => m.Key, StringComparer.Ordinal)];
    }

    [Fact]
    public void A_measure_changes_the_municipalities_it_reaches_only()
    {
        var county = Village.County;
        var state = ComputedCounty.Of(county, Village.Options());
        Assert.Equal(1, AssertFollows(state, county with { Measures = [.. county.Measures.Where(m => m.Key != "M5")] }).Recomputed);
        Assert.Equal(0, AssertFollows(state, county with { Measures = [.. county.Measures.Select(m => m with { Cost = 1 })] }).Recomputed);
    }

    [Fact]
    public void Nothing_is_computed_for_an_import_that_changed_nothing() =>
        Assert.Equal(0, AssertFollows(ComputedCounty.Of(Village.County, Village.Options()), Village.County with { Addresses = [.. Village.Addresses] }).Recomputed);

    [Fact]
    public void A_change_far_from_the_border_touches_its_municipality_only()
    {
        var county = Village.County;
        var state = ComputedCounty.Of(county, Village.Options());
        Assert.Equal(1, AssertFollows(state, county with { Population = [.. county.Population.Select(p => p.Key == "P6" ? p with { Inhabitants = 40 } : p)] }).Recomputed);
    }

    [Fact]
    public void What_changes_the_frame_is_computed_as_a_whole()
    {
        var county = Village.County;
        var state = ComputedCounty.Of(county, Village.Options());
        Assert.Equal(2, AssertFollows(state, county with { Settlements = [.. county.Settlements.Take(1)] }).Recomputed);
        Assert.Equal(2, AssertFollows(state, county with { Addresses = [] }).Recomputed);
    }
}
