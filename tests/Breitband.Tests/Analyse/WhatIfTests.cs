using System.Text.Json;
using Breitband.Analyse;
using CsCheck;

namespace Breitband.Tests.Analyse;

/// <summary>What a choice of measures comes to is what the full computation says, to the last billionth of a household.</summary>
public class WhatIfTests
{
    static string Figures(IEnumerable<AreaResult> rows, IEnumerable<MeasureResult> measures) => JsonSerializer.Serialize(new
    {
        Rows = rows.Select(r => new { r.Level, r.Key, r.Name, r.Ags, r.Households, r.Addresses, r.Businesses, r.Unclear, r.Shares }),
        Measures = measures.Select(m => m with { State = MeasureState.Find("idea") }),
    });

    static void AssertSame(County county, WhatIf whatIf, MeasureChoice choice)
    {
        var (full, quick) = (GapEngine.Run(county, Village.Options(Basis.Best, choice)), whatIf.Answer(choice));
        Assert.Equal(Figures(full.Rows, full.Measures), Figures(quick.Rows, quick.Measures));
        Assert.Equal(Ground(full.GapAreas), Ground(whatIf.Gaps(choice)));
    }

    static IEnumerable<string> Ground(IEnumerable<GapArea> gaps) => gaps.Select(g => $"{g with { Geometry = null! }} {g.Geometry.AsText()}");

    static MeasureChoice Choice(County county, int bits) => new(false, [.. county.Measures.Where((_, i) => (bits >> i & 1) != 0).Select(m => m.Key)]);

    [Fact]
    public void Any_choice_of_measures_gives_the_figures_of_a_full_computation() => Gen.Select(GapEngineProperties.AnyCounty, Gen.Int[0, 15], Gen.Int[0, 15]).Sample((county, a, b) =>
    {
        var whatIf = WhatIf.Of(county, Village.Options(Basis.Best));
        foreach (var choice in new[] { Choice(county, a), Choice(county, b), MeasureChoice.Every, MeasureChoice.None })
            AssertSame(county, whatIf, choice);
    }, iter: 150);

    [Fact]
    public void Gap_areas_of_any_choice_are_those_of_a_full_computation_whatever_the_evidence() => Gen.Select(GapEngineProperties.AnyEvidence, Gen.Enum<Basis>(), Gen.Int[0, 15]).Sample((county, basis, bits) =>
    {
        var whatIf = WhatIf.Of(county, Village.Options(basis));
        foreach (var choice in new[] { Choice(county, bits), MeasureChoice.Every, MeasureChoice.None })
            Assert.Equal(Ground(GapEngine.Run(county, Village.Options(basis, choice)).GapAreas), Ground(whatIf.Gaps(choice)));
    }, iter: 200);

    [Fact]
    public void A_changed_a_new_and_a_missing_measure_give_the_figures_of_a_full_computation() =>
        Gen.Select(GapEngineProperties.AnyCounty, Gen.Int[0, 4], GapEngineProperties.AnyPoint, Gen.Double[10, 600], Gen.OneOf([.. MeasureState.All]), Gen.Int[2024, 2030]).Sample((county, which, at, size, state, year) =>
    {
        var whatIf = WhatIf.Of(county, Village.Options(Basis.Best));
        var drawn = GapEngineProperties.Plan($"M{which}", at, size, state, year, 1000);
        var dated = county.Measures.Count == 0 ? drawn : county.Measures[0] with { Commissioning = new(year, 1, 1), State = state };
        var taken = county.Addresses.Take(5).Select(a => a.Key).ToArray();
        foreach (var measure in new[] { drawn, dated, dated with { RemovedKeys = taken }, dated with { AddressKeys = taken }, drawn with { Geometry = drawn.Geometry!.Envelope.Centroid, Reach = size } })
        {
            var changed = county with { Measures = [.. county.Measures.Where(m => m.Key != measure.Key).Append(measure).OrderBy(m => m.Key, StringComparer.Ordinal)] };
            AssertSame(changed, whatIf.With(measure), MeasureChoice.Every);
            AssertSame(county with { Measures = [.. county.Measures.Where(m => m.Key != measure.Key)] }, whatIf.Without(measure.Key), MeasureChoice.Every);
        }
        AssertSame(county, whatIf, MeasureChoice.Every);
    }, iter: 150);

    [Fact]
    public void Answers_asked_for_at_the_same_time_are_the_same()
    {
        var county = Village.County;
        var whatIf = WhatIf.Of(county, Village.Options(Basis.Best));
        var expected = whatIf.Answer(MeasureChoice.Every);
        Parallel.For(0, 100, _ =>
        {
            var answer = whatIf.With(county.Measures[0] with { Cost = 1 }).Answer(MeasureChoice.Every);
            Assert.Equal(Figures(expected.Rows, []), Figures(answer.Rows, []));
        });
    }

    [Fact]
    public void An_unknown_measure_is_refused_with_the_known_ones() =>
        Assert.Contains("M9", Assert.Throws<BreitbandException>(() => WhatIf.Of(Village.County, Village.Options()).Answer(new(false, ["M9"]))).Text.De, StringComparison.Ordinal);
}
