using Breitband.Analyse;

namespace Breitband.Tests.Analyse;

/// <summary>Measures as lines with a reach and as address lists, on the village of docs/village.md.</summary>
public sealed class MeasureReachTests
{
    /// <summary>Past the houses h05, h06 and h07 at y = 130, 140 and 150.</summary>
    static Measure Line(double? reach) => Village.Measures[0] with { Key = "L1", Geometry = Village.Line((90, 150), (210, 150)), Reach = reach };

    static Measure List(string[] keys, string[]? removed = null) => Village.Measures[0] with { Key = "A1", Geometry = null, AddressKeys = keys, RemovedKeys = removed ?? [] };

    static MeasureResult Lifted(Measure measure) => Assert.Single(GapEngine.Run(Village.County with { Measures = [measure] }, Village.Options()).Measures);

    static Split House(Measure measure, string key) => Explain.Run(Village.County with { Measures = [measure] }, Village.Options(), key).Addresses;

    [Fact]
    public void A_line_takes_in_the_houses_within_its_reach()
    {
        var far = Village.Addresses.Where(a => a.Key is "h05" or "h06" or "h07").Max(a => Math.Abs(a.Y - Village.Y0 - 150));
        Assert.Equal(6, Split.Count(Lifted(Line(far + 1)).Households), 9); // P2's three houses, 2 households each
        Assert.Equal(3, Split.Count(Lifted(Line(far + 1)).Addresses), 9);
        Assert.Equal(2, Split.Count(Lifted(Line(0.001)).Households), 9); // h07 stands on the line
    }

    [Fact]
    public void A_line_without_a_reach_takes_in_both_sides_of_its_street()
    {
        Assert.Equal(Lifted(Line(Measure.UsualReach)).Households, Lifted(Line(null)).Households);
        Assert.Equal(50, Measure.UsualReach);
    }

    [Fact]
    public void The_ground_along_a_line_is_no_gap_on_the_map()
    {
        var areas = Village.County with { Areas = [new("far", "P", new(Technology.Ftth, 1000, 500), true, 1, Village.Rectangle(1390, 590, 1391, 591), null, null)] };
        double Gap(Measure measure) => GapEngine.Run(areas with { Measures = [measure] }, Village.Options(Basis.Mev)).GapAreas.Where(g => g.Settlement == "S1").Sum(g => g.Geometry.Area);

        // 120 m × 40 m of the settlement lie within 20 m of the line, and two half circles at its ends.
        Assert.Equal(300 * 200 - (120 * 40 + Math.PI * 400), Gap(Line(20)), 0.01 * Math.PI * 400);
        Assert.Equal(300 * 200, Gap(List(["h05"])), 6);
    }

    [Fact]
    public void A_point_is_only_where_a_measure_is_noted_unless_it_has_a_reach()
    {
        var house = Village.Addresses.Single(a => a.Key == "h05");
        var noted = Line(null) with { Geometry = Village.At(house.X - Village.X0, house.Y - Village.Y0) };
        Assert.Equal(0, Lifted(noted).Addresses);
        Assert.Equal(1, Split.Count(Lifted(noted with { Reach = 1 }).Addresses));
    }

    [Fact]
    public void A_list_takes_in_its_addresses_wherever_they_lie_and_loses_those_taken_out()
    {
        Assert.Equal(Split.One, House(List(["h05", "h11"]), "h11").Planned);
        Assert.Equal(2, Split.Count(Lifted(List(["h05", "h11", "nobody"])).Addresses));
        Assert.Equal(0, House(List(["h05", "h11"], ["h11"]), "h11").Planned);
        // Taken out of an area: M1 holds h05 and h06.
        Assert.Equal(1, Split.Count(Lifted(Village.Measures[0] with { RemovedKeys = ["h05"] }).Addresses));
        Assert.Equal(3, Split.Count(Lifted(Village.Measures[0] with { AddressKeys = ["h11"] }).Addresses));
    }

    [Fact]
    public void Added_and_removed_addresses_enter_the_run_id_and_the_comparison_of_reach()
    {
        string Run(Measure measure) => RunId.Of(Village.County with { Measures = [measure] }, Village.Options());

        Assert.Equal(4, new[] { Run(List(["h05"])), Run(List(["h05", "h06"])), Run(List(["h05"], ["h06"])), Run(List(["h05"]) with { Reach = 3 }) }.Distinct().Count());
        Assert.True(Line(5).ReachesAs(Line(5) with { Title = "x" }));
        Assert.False(Line(5).ReachesAs(Line(6)));
        Assert.False(List(["h05"]).ReachesAs(List(["h05"], ["h05"])));
    }

    [Fact]
    public void Overdue_promises_fall_back_to_the_gap_and_are_listed()
    {
        var result = GapEngine.Run(Village.County, Village.Options());
        var overdue = Assert.Single(result.Overdue);
        Assert.Equal(("M5", 2), (overdue.Key, Split.Count(overdue.Reach)));
        Assert.Contains("Überfällig", overdue.Reasons[0].De, StringComparison.Ordinal);
        var farm = result.Rows.Single(r => r.Level == AreaLevel.Outside && r.Key == Village.Adorf);
        Assert.Equal((0, 2), (farm.Households.Planned, Split.Count(farm.Households.Unserved)));
    }

    [Theory]
    [InlineData("2025-06-29", true)] // the edition of 30.06.2025 is newer than the day it was built, and does not show it
    [InlineData("2025-07-01", false)] // no edition is newer: the report is believed
    public void What_is_reported_as_built_counts_until_a_newer_edition_could_show_it(string built, bool overdue)
    {
        var measure = Village.Measures[0] with { State = MeasureState.Find("in_service"), Commissioning = DateOnly.Parse(built, System.Globalization.CultureInfo.InvariantCulture) };
        Assert.Equal(overdue ? PlannedFault.Overdue : PlannedFault.None, Lifted(measure).Faults);
    }

    [Theory]
    [InlineData("in_service", 240, 100, false)] // on fibre cell A3 and nothing else: everybody is served
    [InlineData("construction", 240, 100, false)]
    [InlineData("in_service", 1210, 520, true)] // P8 stands on fibre, VDSL and cable
    [InlineData("construction", 1210, 520, true)]
    public void A_promise_is_overdue_only_where_somebody_is_still_open(string state, double x, double y, bool overdue)
    {
        var county = Village.Build(Village.Population, [.. Village.Addresses, Village.Addresses[0] with { Key = "x1", X = Village.X0 + 255, Y = Village.Y0 + 115 }], Village.Cells,
            [Village.Measures[0] with { State = MeasureState.Find(state), Commissioning = new(2025, 6, 1), Geometry = Village.Rectangle(x, y, x + 80, y + 60) }]);
        var result = GapEngine.Run(county, Village.Options());
        Assert.Equal(overdue, result.Overdue.Any());
        Assert.Equal(overdue ? 1 : 0, result.Measures[0].Reasons.Count);
        if (!overdue)
            Assert.DoesNotContain("verfällig", Explain.Run(county, Village.Options(), "x1").Sentence.De, StringComparison.Ordinal);
    }

    [Fact]
    public void A_measure_makes_facilities_planned_only_by_their_own_rule()
    {
        var rule = Village.Rule with { Households = [new(100)], Facilities = [new(200, 200), new(500)] };
        (Split Households, Split Businesses) Planned(double down, double up)
        {
            var measure = Village.Measures[0] with { Target = new(null, down, up), Geometry = Village.Rectangle(-500, -500, 1500, 700) };
            var result = GapEngine.Run(Village.County with { Measures = [measure] }, Village.Options(rule: rule));
            var answer = WhatIf.Of(Village.County with { Measures = [measure] }, Village.Options(rule: rule)).Answer(MeasureChoice.Every);
            Assert.Equal((result.Rows[0].Households, result.Rows[0].Businesses), (answer.Rows[0].Households, answer.Rows[0].Businesses));
            return (result.Rows[0].Households, result.Rows[0].Businesses);
        }

        Assert.True(Planned(100, 40).Households.Planned > 0);
        Assert.Equal(0, Planned(100, 40).Businesses.Planned);
        Assert.True(Planned(250, 250).Businesses.Planned > 0);
    }

    [Fact]
    public void The_sentence_on_a_facility_names_the_facilities_rule()
    {
        var rule = Village.Rule with { Households = [new(100)], Facilities = [new(200, 200), new(500)] };
        var park = Village.Facilities[0];
        var area = new ExactCoverage("a", "P", new(Technology.Fttc, 250, 40), true, 1, Village.Rectangle(-500, -500, 1500, 700), null, null);
        var told = Explain.Run(Village.County with { Areas = [area] }, Village.Options(Basis.Mev, rule: rule), park.Key);
        Assert.Contains("200 Mbit/s im Download und 200 Mbit/s im Upload oder 500 Mbit/s im Download nicht verfügbar", told.Sentence.De, StringComparison.Ordinal);
        Assert.All(told.Steps.Where(s => s.Evidence.StartsWith("coverage_", StringComparison.Ordinal)), s => Assert.EndsWith("200/200 / 500 Mbit/s", s.Rule.De, StringComparison.Ordinal));
    }

    [Fact]
    public void A_measure_without_dates_speeds_or_state_says_each_test_it_fails()
    {
        var bare = new Measure { Key = "X", Title = "X", State = MeasureState.Find("idea"), Target = default, Geometry = Village.Measures[0].Geometry };
        var result = Lifted(bare);
        Assert.Equal(PlannedFault.State | PlannedFault.Horizon | PlannedFault.Speed, result.Faults);
        Assert.Equal(3, result.Reasons.Count);
        Assert.Contains(result.Reasons, r => r.De.Contains("Kein Termin der Inbetriebnahme", StringComparison.Ordinal));
    }
}
