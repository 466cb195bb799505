using Breitband.Analyse;
using CsCheck;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Analyse;

/// <summary>Gap areas from operators' answers: of areas, of addresses alone, and across borders.</summary>
public sealed class AnswerGapTests
{
    static ExactCoverage Answer(string key, double down) => new(key, "P", new(Technology.Ftth, down, down), true, 1, null, key, null);

    static ExactCoverage Area(double left, double low, double right, double high, bool complete = false) =>
        new($"a{left}", "P", new(Technology.Ftth, 1000, 500), complete, 1, Village.Rectangle(left, low, right, high), null, null);

    static GapResult Run(County county, Basis basis = Basis.Mev) => GapEngine.Run(county, Village.Options(basis, MeasureChoice.None));

    static bool Holds(GapArea gap, double x, double y) => gap.Geometry.Covers(Village.At(x, y));

    [Fact]
    public void Open_addresses_have_gap_areas_from_the_address_list_alone()
    {
        var county = Village.County with { Facilities = [], Population = [.. Village.Population.Where(p => p.Key is "P2" or "P6")], AddressAnswers = [.. Village.Addresses.Where(a => a.Municipality == 0).Select(a => Answer(a.Key, a.Key is "h05" or "h06" or "h11" ? 50 : 1000))] };
        var result = Run(county);
        Assert.Equal(["addresses/12069901/outside", "addresses/S1"], result.GapAreas.Select(g => g.Key).Order());
        Assert.Equal(result.Rows[0].Households.Open, result.GapAreas.Sum(g => g.Households));
        Assert.NotEmpty(result.Clusters);
        var settlement = result.GapAreas.Single(g => g.Settlement == "S1");
        Assert.Equal(1, settlement.Share);
        Assert.True(Holds(settlement, 110, 130) && Holds(settlement, 120, 140));
        Assert.False(Holds(settlement, 130, 150)); // h07 next door is served
        Assert.True(Holds(settlement, 124, 144) && !Holds(settlement, 126, 146)); // half way between h06 and h07
        Assert.True(Village.Settlements[0].Geometry.Covers(settlement.Geometry));
        // The farm stands alone: 50 m around it.
        Assert.Equal(Math.PI * 2500, result.GapAreas.Single(g => g.Settlement is null).AreaM2, 60.0);
    }

    [Fact]
    public void Where_nobody_was_asked_an_address_list_makes_no_gap_areas()
    {
        var result = Run(Village.County with { AddressAnswers = [Answer("h11", 50)] });
        Assert.All(result.GapAreas, g => Assert.Equal(Village.Adorf, g.Ags));
        Assert.NotEmpty(result.GapAreas);
    }

    /// <summary>Adorf's settlement reaches 100 m into Bdorf, and h08 to h10 live in that part.</summary>
    static County AcrossTheBorder => Village.County with
    {
        Facilities = [],
        Settlements = [Village.Settlements[0] with { Geometry = Village.Rectangle(0, 0, 660, 200) }],
    };

    [Fact]
    public void A_settlement_across_a_border_gives_each_municipality_its_gap_and_loses_no_household()
    {
        var result = Run(AcrossTheBorder with { Areas = [Area(0, 0, 100, 100)] });
        Assert.Contains("areas/S1@12069902", result.GapAreas.Select(g => g.Key));
        foreach (var gap in result.GapAreas)
            Assert.True(Village.Municipalities.Single(m => m.Ags == gap.Ags).Geometry!.Buffer(0.01).Covers(gap.Geometry), gap.Key);
        foreach (var municipality in result.Rows.Where(r => r.Level == AreaLevel.Municipality))
            Assert.Equal(municipality.Households.Open, result.GapAreas.Where(g => g.Ags == municipality.Key).Sum(g => g.Households));
    }

    [Fact]
    public void A_strip_between_borders_joins_the_gap_beside_it_and_is_lost_where_there_is_none()
    {
        GapArea Gap(string key, Geometry shape, long households, string ags = Village.Adorf) => new(key, ags, null, "cells", 1, households, Crs.AreaOf(shape), shape);

        var broad = Gap("a", Village.Rectangle(0, 0, 100, 100), 5);
        var merged = Slivers.Merged([broad, Gap("b", Village.Rectangle(100, 0, 100.05, 100), 2), Gap("c", Village.Rectangle(300, 0, 300.05, 100), 0), Gap("d", Village.Rectangle(100.05, 0, 100.1, 100), 0, Village.Bdorf)]);
        var one = Assert.Single(merged);
        Assert.Equal(("a", 7, 10005.0), (one.Key, one.Households, Math.Round(one.Geometry.Area, 3)));
        Assert.Equal(4, Slivers.Merged([broad, Gap("b", Village.Rectangle(500, 0, 500.05, 100), 2), Gap("c", Village.Rectangle(0, 300, 0.9, 301), 1), Gap("d", Village.Rectangle(0, 400, 3, 402), 0)]).Count);
    }

    [Fact]
    public void Cells_cut_by_a_border_leave_no_strip()
    {
        // The settlement beside the cell reaches 5 cm into it.
        var county = Village.Build(Village.Population, Village.Addresses, [("X", 300, 450, "VDSL")], []) with
        {
            Settlements = [new("S9", "Streifen", 0, Village.Turned(300 - 79.96, 450 - 59.97))],
        };
        var result = Run(county, Basis.Atlas);
        Assert.All(result.GapAreas, g => Assert.True(2 * g.Geometry.Area > 0.1 * g.Geometry.Length, g.Key));
        Assert.Equal(10000, result.GapAreas.Sum(g => g.Geometry.Area), 0.5);
    }

    [Fact]
    public void Fibre_in_the_operators_answers_counts_among_the_shares()
    {
        var all = Run(Village.County with { Areas = [Area(-500, -500, 1500, 700)] }).Rows[0].Shares;
        Assert.Equal((100, 100), (all["ftthb_1000"], all["all_1000"]));
        var half = GapEngine.Run(Village.County with { Areas = [Area(500, -500, 1500, 700)] }, Village.Options(Basis.Best, MeasureChoice.None)).Rows;
        Assert.True(half.Single(r => r.Level == AreaLevel.Municipality && r.Key == Village.Bdorf).Shares["ftthb_1000"] > 99.9);
        Assert.DoesNotContain("all_8", half[0].Shares.Keys); // the atlas of the village starts at 200
    }

    [Fact]
    public void Shares_never_rise_with_the_class_whatever_mixes() => Gen.Select(GapEngineProperties.AnyCounty, GapEngineProperties.AnyPoint, Gen.Double[50, 900]).Sample((county, at, size) =>
    {
        foreach (var row in GapEngine.Run(county with { Areas = [Area(at.X, at.Y, at.X + size, at.Y + size)] }, Village.Options(Basis.Best)).Rows)
            foreach (var technology in (Technology[])[Technology.All, Technology.FtthB])
            {
                var shares = SpeedClass.All.Select(c => row.Shares.TryGetValue(Layer.ShareField(technology, c), out var s) ? s : (double?)null).OfType<double>().ToList();
                Assert.All(shares.Zip(shares.Skip(1)), p => Assert.True(p.Second <= p.First + 1e-6, $"{row.Key} {technology}"));
            }
    }, iter: 60);

    [Fact]
    public void Nobody_on_offer_in_a_complete_list_is_a_white_spot()
    {
        var measure = Village.Measures[0] with { Geometry = Village.Rectangle(-300, 400, -200, 500) };
        var result = GapEngine.Run(Village.County with { Measures = [measure], Areas = [Area(1000, 300, 1100, 400, complete: true)] }, Village.Options(Basis.Mev));
        Assert.Equal((2 * Split.One, 0L), (result.Measures[0].Detail!.Classes.White, result.Measures[0].Detail!.Classes.Unknown));
    }
}
