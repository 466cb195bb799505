using Breitband.Analyse;

namespace Breitband.Tests.Analyse;

/// <summary>The figures of docs/village.md, computed there by hand.</summary>
public class VillageTests
{
    static readonly GapResult Result = GapEngine.Run(Village.County, Village.Options());

    static AreaResult Row(AreaLevel level, string key) => Result.Rows.Single(r => r.Level == level && r.Key == key);

    static Split Households(double served, double unclear, double planned, double unserved) =>
        new(Split.Units(served), Split.Units(unclear), Split.Units(planned), Split.Units(unserved));

    [Fact]
    public void Adorf_settlement_has_the_split_computed_by_hand()
    {
        Assert.Equal(Households(7.2, 5.3, 4, 3.5), Row(AreaLevel.Settlement, "S1").Households);
        Assert.Equal(Households(2.4, 1.2, 2, 1.4), Row(AreaLevel.Settlement, "S1").Addresses);
    }

    [Fact]
    public void The_farm_and_the_house_on_the_border_stand_outside_settlements_of_the_lower_key()
    {
        var outside = Row(AreaLevel.Outside, Village.Adorf);
        Assert.Equal(Households(0, 0, 0, 2), outside.Households);
        Assert.Equal(Households(0, 1, 0, 1), outside.Addresses);
    }

    [Fact]
    public void Bdorf_settlement_counts_the_business_park_without_households()
    {
        Assert.Equal(Households(0, 3, 0, 6), Row(AreaLevel.Settlement, "S2").Households);
        Assert.Equal(Households(0, 0, 0, 5), Row(AreaLevel.Settlement, "S2").Businesses);
    }

    [Fact]
    public void Population_cells_take_turned_atlas_cells_by_true_overlap()
    {
        // P7: 5/6 of the middle cell and 1/24 of each neighbour; P8: a third each of the three cells the atlas has.
        Assert.Equal(Households(20.6 + 1, 2.1 + 0.8, 0, 1.3 + 1.2), Rounded(Row(AreaLevel.Outside, Village.Bdorf).Households));
    }

    [Fact]
    public void Every_level_is_the_sum_of_its_parts()
    {
        Assert.Equal(Households(7.2, 5.3, 4, 5.5), Rounded(Row(AreaLevel.Municipality, Village.Adorf).Households));
        Assert.Equal(Row(AreaLevel.Municipality, Village.Adorf).Households, Row(AreaLevel.Amt, "5999").Households);
        Assert.Equal(Households(28.8, 11.2, 4, 14), Rounded(Row(AreaLevel.County, "12069").Households));
        Assert.Equal(12 * Split.One, Row(AreaLevel.County, "12069").Addresses.Total);
    }

    [Fact]
    public void Unclear_households_without_evidence_are_listed_apart()
    {
        var county = Row(AreaLevel.County, "12069").Unclear;
        Assert.Equal(3 * Split.One, county.NoAtlasData); // P4
        Assert.Equal(2.0, Split.Count(county.NoFigure), 6); // a quarter of P3 and a 24th of P7
        Assert.Equal(11.2 - 5, Split.Count(county.Bracket), 6);
    }

    [Fact]
    public void One_measure_counts_and_four_do_not_each_for_its_own_reason()
    {
        Assert.Equal([PlannedFault.None, PlannedFault.State, PlannedFault.Horizon, PlannedFault.Speed, PlannedFault.Overdue], Result.Measures.Select(m => m.Faults));
        Assert.Equal([4, 0, 0, 0, 0], Result.Measures.Select(m => Split.Count(m.Households)));
        Assert.Equal([4, 2, 2, 2, 2], Result.Measures.Select(m => Split.Count(m.Reach)));
        Assert.Equal(5000, Result.Measures[0].CostPerHousehold);
        Assert.All(Result.Measures.Skip(1), m => Assert.NotEmpty(m.Reasons));
    }

    [Fact]
    public void Settlements_and_scattered_houses_are_ranked_by_open_households() =>
        Assert.Equal(["S2", "S1", Village.Bdorf, Village.Adorf], Result.Ranking.Select(r => r.Key));

    [Fact]
    public void Gap_areas_are_the_cells_over_the_share_cut_at_settlement_and_municipality_borders()
    {
        var vdsl = Result.GapAreas.Where(g => g.Key.StartsWith("cells/B1/", StringComparison.Ordinal)).ToList();
        Assert.Equal(["S2", null], vdsl.OrderBy(g => g.Settlement is null).Select(g => g.Settlement));
        Assert.All(vdsl, g => Assert.Equal(1, g.Share));
        Assert.Equal(6 * Split.One, vdsl.Sum(g => g.Households));
        // The triangles of B1 west of x = 600 and north of y = 200 by hand: 20²/2 · (3/4 + 4/3) = 416.67 m² each.
        Assert.Equal(10000 - 2 * 416.667, vdsl.Single(g => g.Settlement == "S2").Geometry.Area, 2);
        Assert.DoesNotContain(Result.GapAreas, g => g.Key.StartsWith("cells/D0", StringComparison.Ordinal));
        Assert.DoesNotContain(Result.GapAreas, g => g.Key.StartsWith("cells/A3", StringComparison.Ordinal));
    }

    [Fact]
    public void Half_covered_by_a_counting_measure_a_cell_carries_the_share_that_is_left() =>
        Assert.Equal(2 / 6.0, Result.GapAreas.First(g => g.Key == "cells/A2/S1").Share, 9);

    static ExactCoverage Area(double left, double low, double right, double high, double down, bool complete = false) =>
        new("a", "Netz AG", new(Technology.Ftth, down, down / 2), complete, 7, Village.Rectangle(left, low, right, high), null, null);

    static GapResult Run(County county, Basis basis = Basis.Atlas, Profile? rule = null) => GapEngine.Run(county, Village.Options(basis, rule: rule));

    static AreaResult In(GapResult result, AreaLevel level, string key) => result.Rows.Single(r => r.Level == level && r.Key == key);

    /// <summary>Section 8.</summary>
    [Fact]
    public void Address_answers_come_before_areas_and_areas_before_the_atlas()
    {
        var areas = Village.County with { Areas = [Area(0, 60, 100, 85, 1000)] };
        Assert.Equal(Households(9.2, 3.8, 4, 3), Rounded(In(Run(areas, Basis.Best), AreaLevel.Settlement, "S1").Households));
        Assert.Equal(Households(5, 11, 4, 0), Rounded(In(Run(areas, Basis.Mev), AreaLevel.Settlement, "S1").Households));
        var answers = areas with { AddressAnswers = [new("l1", "Netz AG", new(Technology.Fttc, 50, 10), true, 8, null, "h02", null)] };
        Assert.Equal(Households(6.7, 3.8, 4, 5.5), Rounded(In(Run(answers, Basis.Best), AreaLevel.Settlement, "S1").Households));
        Assert.Equal(Households(7.2, 5.3, 4, 3.5), Rounded(In(Run(answers), AreaLevel.Settlement, "S1").Households));
    }

    /// <summary>Section 9.</summary>
    [Fact]
    public void Where_a_municipality_has_no_cell_its_published_shares_stand_in()
    {
        var mixed = Village.Published([("x", 0, 0, "gemischt")]);
        var result = Run(Village.County with { Cells = Village.Published([]), MunicipalShares = mixed with { Keys = [Village.Adorf], Geometries = [null] } });
        Assert.Equal(Households(13.2, 5.4, 1.6, 1.8), Rounded(In(result, AreaLevel.Municipality, Village.Adorf).Households));
        var other = In(result, AreaLevel.Municipality, Village.Bdorf);
        Assert.Equal((Households(0, 36, 0, 0), 36 * Split.One), (other.Households, other.Unclear.NoAtlasData));
    }

    /// <summary>Section 10.</summary>
    [Fact]
    public void Facilities_are_judged_by_their_own_rule()
    {
        var county = Village.County with { Areas = [Area(600, 100, 700, 200, 500)] };
        var strict = In(Run(county, Basis.Best, Village.Rule with { Facilities = [new(1000, 500)] }), AreaLevel.Settlement, "S2");
        Assert.Equal((Households(6, 3, 0, 0), Households(0, 0, 0, 5)), (strict.Households, strict.Businesses));
        Assert.Equal(Households(5, 0, 0, 0), In(Run(county, Basis.Best), AreaLevel.Settlement, "S2").Businesses);
    }

    /// <summary>Section 11.</summary>
    [Theory]
    [InlineData(200, 0, 249, 100, 0)]
    [InlineData(249, 49, 251, 51, 2.8)]
    public void A_population_cell_is_lifted_whole_or_not_at_all_by_its_midpoint(double left, double low, double right, double high, double lifted)
    {
        var measure = Village.Measures[0] with { Geometry = Village.Rectangle(left, low, right, high) };
        Assert.Equal(lifted, Split.Count(Run(Village.County with { Measures = [measure] }).Measures[0].Households), 6);
    }

    /// <summary>Section 13: the shares of two former municipalities, the second without the technologies named.</summary>
    static GapResult Former(string[] lines, params Technology[] differing)
    {
        var published = Village.Published([("o", 0, 0, "gemischt"), ("n", 0, 0, "gemischt")]) with { Keys = [Oberdorf, Niederdorf], Names = ["Oberdorf", "Niederdorf"], Geometries = [null, null] };
        foreach (var technology in differing)
            foreach (var mbit in (int[])[200, 400, 1000])
                published.Shares[1, technology, SpeedClass.IndexOf(mbit)] = 0.1;
        var notes = new List<Phrase>();
        var carried = FormerShares.Carry(published, Village.Municipalities, notes, Successors.Parse("t.csv", ["kopf", .. lines]));
        return Run(Village.County with { Cells = Village.Published([]), MunicipalShares = carried, Notes = notes });
    }

    const string Oberdorf = "12069950", Niederdorf = "12069951";

    static readonly string[] Joined = [$"{Oberdorf},{Village.Adorf},2001-12-31,1,1", $"{Niederdorf},{Village.Adorf},2001-12-31,1,1"];

    /// <summary>Section 13.</summary>
    [Fact]
    public void Shares_of_joined_municipalities_hold_where_they_agree_and_bound_what_they_can()
    {
        Split Adorf(params Technology[] differing) => Rounded(In(Former(Joined, differing), AreaLevel.Municipality, Village.Adorf).Households);

        Assert.Equal(Households(13.2, 5.4, 1.6, 1.8), Adorf());
        Assert.Equal(Households(13.2, 5.4, 1.6, 1.8), Adorf(Technology.FtthB));
        Assert.Equal(Households(0, 16.2, 4, 1.8), Adorf(Technology.FtthB, Technology.Hfc));
    }

    /// <summary>Section 13.</summary>
    [Fact]
    public void Shares_of_a_municipality_that_was_split_up_hold_for_no_part_of_it()
    {
        var result = Former([$"{Oberdorf},{Village.Adorf},2001-12-31,0.6,0.5", $"{Oberdorf},{Village.Bdorf},2001-12-31,0.4,0.5", Joined[1]]);
        Assert.Contains(result.Notes, n => n.De.Contains("Oberdorf wurde aufgeteilt (Adorf, Bdorf)", StringComparison.Ordinal));
        Assert.Equal((Households(13.2, 5.4, 1.6, 1.8), Households(0, 36, 0, 0)), (Rounded(In(result, AreaLevel.Municipality, Village.Adorf).Households), In(result, AreaLevel.Municipality, Village.Bdorf).Households));
    }

    [Fact]
    public void The_same_question_has_the_same_run_id_and_another_question_another()
    {
        Assert.Equal(Result.Run, GapEngine.Run(Village.County, Village.Options()).Run);
        Assert.NotEqual(Result.Run, GapEngine.Run(Village.County, Village.Options(measures: MeasureChoice.None)).Run);
        Assert.NotEqual(Result.Run, GapEngine.Run(Village.County, Village.Options(Basis.Best)).Run);
    }

    [Fact]
    public void Without_measures_what_was_planned_is_unserved() =>
        Assert.Equal(Households(28.8, 11.2, 0, 18), Rounded(GapEngine.Run(Village.County, Village.Options(measures: MeasureChoice.None)).Rows[0].Households));

    /// <summary>Overlaps are computed in floating point; a hand-computed fraction is met to a millionth of a household.</summary>
    static Split Rounded(Split split) => new(Rounded(split.Served), Rounded(split.Unclear), Rounded(split.Planned), Rounded(split.Unserved));

    static long Rounded(long units) => (long)Math.Round(units / 1000.0) * 1000;
}
