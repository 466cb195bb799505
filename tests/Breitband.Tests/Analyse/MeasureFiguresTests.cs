using Breitband.Analyse;
using Breitband.Service.Text;

namespace Breitband.Tests.Analyse;

/// <summary>What each measure lifts by class, where it overlaps others, what remains and who pays: computed by hand in docs/village.md, section 7.</summary>
public class MeasureFiguresTests
{
    static readonly Measure Built = Village.Measures[0];

    /// <summary>M1 with who pays for it, and M6, which takes in h06 and h07 and counts, too.</summary>
    static readonly IReadOnlyList<Measure> Measures =
    [
        Built with { ShareFederal = 10000, ShareState = 6000, ShareCounty = 4000 },
        Village.Measures[1] with { ShareFederal = 5000, ShareState = 3000, ShareCounty = 2000 },
        .. Village.Measures.Skip(2),
        Built with { Key = "M6", Title = "M6", Geometry = Village.Rectangle(115, 130, 140, 160) },
        Built with { Key = "M7", Title = "M7", State = MeasureState.Find("decision_final"), Target = new(Technology.Ftth, 100, 50), Geometry = Village.Rectangle(100, 100, 700, 200), ShareFederal = 1000, ShareState = 600, ShareCounty = 400, Cost = 2000 },
    ];

    /// <summary>P2's cell with what is below 30 and below 100 Mbit/s known: a quarter white, a quarter light grey, half dark grey; a workshop inside M1.</summary>
    static readonly County County = Village.Build(Village.Population, Village.Addresses, Village.Cells, Measures) with
    {
        Cells = Speeds(Village.Published(Village.Cells)),
        Facilities = [.. Village.Facilities, new("F2", "Werkstatt Adorf", 0, Village.X0 + 110, Village.Y0 + 120, 4)],
    };

    static PublishedShares Speeds(PublishedShares cells)
    {
        var row = cells.Keys.ToList().IndexOf("A2");
        (cells.Shares[row, Technology.All, SpeedClass.IndexOf(30)], cells.Shares[row, Technology.All, SpeedClass.IndexOf(100)]) = (0.75, 0.5);
        (cells.Shares[row, Technology.All, SpeedClass.IndexOf(200)], cells.Shares[row, Technology.Fttc, SpeedClass.IndexOf(200)]) = (0, 0);
        return cells;
    }

    static readonly GapResult Result = GapEngine.Run(County, Village.Options());

    static MeasureResult Of(string key) => Result.Measures.Single(m => m.Key == key);

    static ClassCounts Counts(double white, double light, double dark, double unknown = 0) => new(Split.Units(white), Split.Units(light), Split.Units(dark), Split.Units(unknown));

    [Fact]
    public void Households_addresses_and_businesses_are_lifted_by_the_class_they_have_today()
    {
        var lifted = Of("M1").Detail!;
        Assert.Equal(Counts(1, 1, 2), lifted.Classes); // h05, h06: 4 households
        Assert.Equal(Counts(0.5, 0.5, 1), lifted.AddressClasses);
        Assert.Equal(Counts(1, 1, 2), lifted.BusinessClasses); // the workshop's 4
        Assert.Equal(Counts(0.5, 0.5, 1), Of("M6").Detail!.Classes); // h07, for h06 is lifted by M1
        Assert.Equal(default, Of("M2").Detail!.Classes);
    }

    [Fact]
    public void A_measure_overlaps_those_that_reach_the_same_open_households()
    {
        Assert.Equal([new MeasureOverlap("M7", 4 * Split.One), new MeasureOverlap("M6", 2 * Split.One)], Of("M1").Detail!.Overlaps);
        Assert.Equal([new MeasureOverlap("M7", 4 * Split.One), new MeasureOverlap("M1", 2 * Split.One), new MeasureOverlap("M2", 2 * Split.One)], Of("M6").Detail!.Overlaps);
        Assert.Empty(Of("M5").Detail!.Overlaps);
    }

    [Fact]
    public void What_no_counting_measure_lifts_remains()
    {
        // M7 reaches the six households of P2, all lifted by M1 and M6, and the six of P5, which nobody lifts.
        Assert.Equal((12, 6), (Split.Count(Of("M7").Reach), Split.Count(Of("M7").Detail!.Remains)));
        Assert.Equal((0, 0, 2), (Split.Count(Of("M1").Detail!.Remains), Split.Count(Of("M2").Detail!.Remains), Split.Count(Of("M5").Detail!.Remains)));
        Assert.Equal((Split.Units(9), Split.Units(6)), (Of("M7").Detail!.ReachBusinesses, Of("M7").Detail!.ReachAddresses));
    }

    [Fact]
    public void Cost_per_household_divides_by_what_is_lifted_and_the_split_is_the_registers()
    {
        Assert.Equal((5000.0, 10000.0, null), (Of("M1").CostPerHousehold, Of("M6").CostPerHousehold, Of("M2").CostPerHousehold));
        Assert.Equal(new MeasureFunding(10000, 6000, 4000), Of("M1").Detail!.Funding);
    }

    [Fact]
    public void Funding_of_a_municipality_is_that_of_its_measures_by_the_households_they_reach()
    {
        var funding = FundingByPlace.Of(Result, ags => ags == Village.Adorf ? "5999" : null);
        PlaceFunding? At(AreaLevel level, string key) => funding.Of(Result.Rows.Single(r => r.Level == level && r.Key == key));

        // Half of M7's twelve households lie in each municipality. M2's money is asked for, not granted.
        Assert.Equal(new PlaceFunding(8000, 16000 + 800, 4000 + 2000 + 200, 20000 + 20000 + 1000), At(AreaLevel.Municipality, Village.Adorf));
        Assert.Equal(new PlaceFunding(0, 800, 200, 1000), At(AreaLevel.Municipality, Village.Bdorf));
        Assert.Equal(At(AreaLevel.Municipality, Village.Adorf), At(AreaLevel.Amt, "5999"));
        Assert.Equal(new PlaceFunding(8000, 17600, 6400, 42000), At(AreaLevel.County, "12069"));
        Assert.Null(At(AreaLevel.Settlement, "S1"));
        Assert.Null(FundingByPlace.Of(GapEngine.Run(Village.County, Village.Options()), _ => null).Of(Result.Rows[0]));
    }

    [Fact]
    public void Spots_are_what_is_not_served_before_any_measure_by_the_line_there_is()
    {
        var settlement = Result.Rows.Single(r => r.Key == "S1");
        var spots = settlement.Spots!;
        Assert.Equal((Split.Units(1.5), Split.Units(1.5)), (spots.Households.White, spots.Households.LightGrey)); // P2
        Assert.Equal((Split.Units(0.75), Split.Units(0.75)), (spots.Addresses.White, spots.Addresses.LightGrey));
        foreach (var row in Result.Rows)
        {
            Assert.Equal(row.Households.Total - row.Households.Served, Sum(row.Spots!.Households));
            Assert.Equal(row.Addresses.Total - row.Addresses.Served, Sum(row.Spots.Addresses));
        }
        Assert.Equal(Result.Rows.Select(r => r.Spots), GapEngine.Run(County, Village.Options(measures: MeasureChoice.None)).Rows.Select(r => r.Spots));

        static long Sum(ClassCounts c) => c.White + c.LightGrey + c.DarkGrey + c.Unknown;
    }

    [Fact]
    public void Programs_read_all_of_it()
    {
        var told = System.Text.Json.JsonDocument.Parse(ResultJson.Analysis(Result, Language.De)).RootElement;
        var measure = told.GetProperty("measures").EnumerateArray().Single(m => m.GetProperty("key").GetString() == "M6");
        Assert.Equal(0.5, measure.GetProperty("classes").GetProperty("households").GetProperty("light_grey").GetDouble());
        Assert.Equal(0, measure.GetProperty("remains").GetDouble());
        Assert.Equal(("M7", 4.0), (measure.GetProperty("overlaps")[0].GetProperty("key").GetString(), measure.GetProperty("overlaps")[0].GetProperty("households").GetDouble()));
        Assert.Equal(10000, told.GetProperty("measures")[0].GetProperty("funding").GetProperty("federal").GetDouble());
        Assert.True(told.GetProperty("rows")[0].GetProperty("spots").GetProperty("households").GetProperty("white").GetDouble() > 0);
    }

    [Fact]
    public void A_choice_of_measures_says_the_same()
    {
        var quick = WhatIf.Of(County, Village.Options()).Answer(MeasureChoice.Every).Measures;
        foreach (var (full, asked) in Result.Measures.Zip(quick))
        {
            Assert.Equal((full.Detail!.Classes, full.Detail.AddressClasses, full.Detail.BusinessClasses, full.Detail.Remains, full.Detail.Funding), (asked.Detail!.Classes, asked.Detail.AddressClasses, asked.Detail.BusinessClasses, asked.Detail.Remains, asked.Detail.Funding));
            Assert.Equal(full.Detail.Overlaps, asked.Detail.Overlaps);
            Assert.Equal(full.Detail.Places, asked.Detail.Places);
        }
    }
}
