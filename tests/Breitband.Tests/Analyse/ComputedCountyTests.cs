using System.Text.Json;
using Breitband.Analyse;
using CsCheck;

namespace Breitband.Tests.Analyse;

/// <summary>A county that follows an import says exactly what a full computation says.</summary>
public class ComputedCountyTests
{
    static string Figures(IEnumerable<AreaResult> rows, IEnumerable<MeasureResult> measures, IEnumerable<GapArea> gaps, IEnumerable<GapCluster> clusters) => JsonSerializer.Serialize(new
    {
        Rows = rows.Select(r => new { r.Level, r.Key, r.Name, r.Households, r.Addresses, r.Businesses, r.Unclear, r.Shares, r.PlannedBy, r.Facilities }),
        Measures = measures.Select(m => new { State = m.State.Code, Rest = m with { State = MeasureState.Find("idea") } }),
        Gaps = gaps.Select(g => new { g.Key, g.Ags, g.Settlement, g.Share, g.Households, g.AreaM2, Shape = g.Geometry.AsText() }),
        Clusters = clusters.Select(c => new { c.Key, c.Ags, c.Places, c.Outside, c.Households, c.Addresses, c.Businesses, c.AreaM2, c.Spread, c.Nearest, Shape = c.Geometry.AsText() }),
    });

    static ComputedCounty AssertFollows(ComputedCounty state, County changed)
    {
        var (followed, full) = (state.Follow(changed), GapEngine.Run(changed, state.Options));
        Assert.Equal(Figures(full.Rows, full.Measures, full.GapAreas, full.Clusters), Figures(followed.Rows, followed.Measures, followed.GapAreas, followed.Clusters));
        Assert.Equal([full.Run, .. full.Notes.Select(n => n.De)], [followed.Result().Run, .. followed.Result().Notes.Select(n => n.De)]);
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

    /// <summary>Rare ones first: a measure that reaches a house of one municipality in a cell of the other; a cell of the one that is all the other's computation sees of it.</summary>
    [Theory]
    [InlineData("d1Gx_UUovi_m")]
    [InlineData("25NZieaw4Jpi")]
    public void Any_sequence_of_changed_measures_and_imports_gives_the_figures_of_a_full_computation(string seed) =>
        Gen.Select(GapEngineProperties.AnyCounty, Gen.Select(Gen.Int[0, 6], Gen.Int[0, 4], GapEngineProperties.AnyPoint, Gen.Double[10, 600], Gen.OneOf([.. MeasureState.All]), Gen.Int[2024, 2030]).Array[1, 5]).Sample((county, edits) =>
        {
            var state = ComputedCounty.Of(county, Village.Options());
            foreach (var (what, which, at, size, moved, year) in edits)
            {
                county = what == 6 ? Reimported(county, which % 2, year) : county with { Measures = Edited(county, what, $"M{which}", GapEngineProperties.Plan($"M{which}", at, size, moved, year, 1000)) };
                state = AssertFollows(state, county);
            }
        }, iter: 100, seed: seed);

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

    /// <summary>Areas of supply and answers for addresses (by key, by words, by none that exists), complete or not.</summary>
    static readonly Gen<(ExactCoverage[] Areas, ExactCoverage[] Answers)> Answered = Gen.Select(
        Gen.Select(GapEngineProperties.AnyPoint, Gen.Double[20, 500], Gen.OneOf(100.0, 1000)).Array[0, 3],
        Gen.Select(Gen.Int[0, 32], Gen.Int[0, 2], Gen.OneOf(50.0, 1000)).Array[0, 12], Gen.Bool).Select((areas, answers, complete) => (
            areas.Select((a, i) => new ExactCoverage($"a{i}", "P", new(Technology.Ftth, a.Item3, a.Item3), complete, 1, Village.Rectangle(a.Item1.X, a.Item1.Y, a.Item1.X + a.Item2, a.Item1.Y + a.Item2), null, null)).ToArray(),
            answers.Select((a, i) => new ExactCoverage($"r{i}", "P", new(Technology.Ftth, a.Item3, a.Item3), complete, 1, Village.At(a.Item1 * 60 - 450, a.Item1 * 30 - 400),
                a.Item2 == 0 ? $"h{a.Item1:00}" : null, a.Item2 == 2 ? null : new("Weg", $"{a.Item1}", null, "1", "D"))).ToArray()));

    [Theory]
    [InlineData(Basis.Mev)]
    [InlineData(Basis.Best)]
    public void Changed_areas_and_answers_give_the_figures_of_a_full_computation(Basis basis) =>
        Gen.Select(GapEngineProperties.AnyCounty, Answered, Answered, Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool), Gen.Int[0, 99]).Sample((drawn, first, second, what, seed) =>
        {
            var county = drawn with { Areas = first.Areas, AddressAnswers = first.Answers };
            var state = ComputedCounty.Of(county, Village.Options(basis));
            county = county with { Areas = what.Item1 ? second.Areas : first.Areas, AddressAnswers = what.Item2 ? [.. first.Answers.Skip(1), .. second.Answers.Take(1)] : first.Answers };
            state = AssertFollows(state, what.Item3 ? Reimported(county, seed % 2, seed) : county);
            AssertFollows(state, county with { Addresses = [], AddressAnswers = second.Answers });
        }, iter: 150);

    [Fact]
    public void An_answer_or_an_area_touches_the_municipality_it_lies_in_only()
    {
        ExactCoverage Farm(double down) => new("r1", "P", new(Technology.Ftth, down, down), true, 1, Village.At(-250, 450), "h11", null);
        ExactCoverage House(double down) => new("r2", "P", new(Technology.Ftth, down, down), true, 1, Village.At(640, 150), "h09", null);
        ExactCoverage Area(double right) => new("a1", "P", new(Technology.Ftth, 1000, 500), false, 1, Village.Rectangle(1000, 300, right, 400), null, null);

        var county = Village.County with { AddressAnswers = [Farm(50), House(1000)], Areas = [Area(1100)] };
        var state = ComputedCounty.Of(county, Village.Options(Basis.Mev));
        Assert.Equal(1, AssertFollows(state, county with { AddressAnswers = [Farm(60), House(1000)] }).Recomputed);
        Assert.Equal(1, AssertFollows(state, county with { Areas = [Area(1150)] }).Recomputed);
        Assert.Equal(1, AssertFollows(state, county with { Population = [.. county.Population.Select(p => p.Key == "P6" ? p with { Inhabitants = 40 } : p)] }).Recomputed);
    }

    [Fact]
    public void Published_shares_of_one_municipality_touch_it_only()
    {
        static PublishedShares Shares(double bdorf)
        {
            var table = new ShareTable(2);
            (table[0, Technology.All, SpeedClass.IndexOf(200)], table[1, Technology.All, SpeedClass.IndexOf(200)]) = (0.5, bdorf);
            return new([Village.Adorf, Village.Bdorf], [null, null], table, [null, null], [1, 1]);
        }

        var county = Village.Build(Village.Population, Village.Addresses, [], Village.Measures) with { MunicipalShares = Shares(0.5) };
        Assert.Equal(1, AssertFollows(ComputedCounty.Of(county, Village.Options()), county with { MunicipalShares = Shares(0.7) }).Recomputed);
    }

    [Fact]
    public void A_measure_that_moves_on_moves_its_households_to_its_new_state()
    {
        var county = Village.County;
        var planning = county with { Measures = [.. county.Measures.Select(m => m.Key == "M1" ? m with { State = MeasureState.Find("planning") } : m)] };
        var rows = AssertFollows(ComputedCounty.Of(county, Village.Options()), planning).Rows;
        Assert.Equal(["planning"], rows[0].PlannedBy.Keys);
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
