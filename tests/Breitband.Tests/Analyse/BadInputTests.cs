using Breitband.Analyse;

namespace Breitband.Tests.Analyse;

/// <summary>What is missing or does not fit: a result with what can be said, or a clear refusal.</summary>
public sealed class BadInputTests
{
    static readonly County NoCoverage = Village.Build(Village.Population, Village.Addresses, [], []);

    static GapResult Run(County county, Basis basis = Basis.Best, Profile? rule = null) => GapEngine.Run(county, Village.Options(basis, rule: rule));

    static void Says(GapResult result, string words) => Assert.Contains(result.Notes, n => n.De.Contains(words, StringComparison.Ordinal));

    [Fact]
    public void Without_demand_the_refusal_names_what_to_import()
    {
        var empty = Village.Build([], [], Village.Cells, []) with { Facilities = [] };
        var refused = Assert.Throws<BreitbandException>(() => Run(empty));
        Assert.Equal(Outcome.InputRefused, refused.Outcome);
        Assert.Contains("breitband import", refused.Text.De, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Basis.Atlas)]
    [InlineData(Basis.Mev)]
    [InlineData(Basis.Best)]
    public void Without_coverage_everybody_is_unclear_and_nobody_below_the_threshold(Basis basis)
    {
        var result = Run(NoCoverage, basis);
        Assert.Equal(result.Rows[0].Households.Total, result.Rows[0].Households.Unclear);
        Assert.Equal(result.Rows[0].Households.Total, result.Rows[0].Unclear.WithoutEvidence);
        Says(result, basis == Basis.Mev ? "keine Angaben aus einer Markterkundung" : "keine Atlasdaten");
    }

    [Fact]
    public void Coverage_of_another_county_says_nothing_and_that_is_said()
    {
        var elsewhere = NoCoverage with
        {
            Cells = Village.Published([("Z1", 90_000, 90_000, "VDSL")]),
            Areas = [new("a", "P", new(Technology.Ftth, 1000, 500), true, 1, Village.Rectangle(80_000, 80_000, 80_100, 80_100), null, null)],
        };
        var result = Run(elsewhere);
        Assert.Equal(result.Rows[0].Households.Total, result.Rows[0].Unclear.WithoutEvidence);
        Assert.Empty(result.GapAreas);
        Says(result, "Alle 1 Atlaszellen liegen außerhalb des Kreises");
        Says(result, "Alle 1 Versorgungsgebiete liegen außerhalb des Kreises");
    }

    [Fact]
    public void A_rule_above_every_published_class_leaves_supply_open_and_finds_its_lack()
    {
        var result = Run(Village.County, Basis.Atlas, Village.Rule with { Households = [new(2000)], Facilities = [new(2000)] });
        Assert.Equal(0, result.Rows[0].Households.Served);
        Assert.True(result.Rows[0].Households.Unserved > 0); // who has no gigabit has no two
        Says(result, "keine Klasse ab 2000 Mbit/s");
    }

    [Fact]
    public void An_atlas_that_publishes_slow_classes_only_is_said_to_prove_no_supply()
    {
        var table = new ShareTable(1);
        table[0, Technology.All, SpeedClass.IndexOf(50)] = 1;
        var slow = Village.County with { Cells = Village.Published([("A", 120, 140, "NULL")]) with { Shares = table } };
        Says(Run(slow, Basis.Atlas), "keine Klasse ab 300/150 Mbit/s");
        Assert.DoesNotContain(Run(Village.County, Basis.Atlas).Notes, n => n.De.Contains("keine Klasse ab", StringComparison.Ordinal));
    }

    [Fact]
    public void An_address_list_of_another_county_says_nothing_and_that_is_said()
    {
        var elsewhere = Village.County with { AddressAnswers = [new("r", "P", new(Technology.Ftth, 1000, 500), true, 1, null, null, new("Hauptstraße", "1", null, "99999", "Fernort"))] };
        Says(Run(elsewhere, Basis.Mev), "Keine der 1 Antworten der Markterkundung gehört zu einer Adresse des Kreises");
        var own = Village.County with { AddressAnswers = [elsewhere.AddressAnswers[0] with { AddressKey = "h05" }] };
        Assert.DoesNotContain(Run(own, Basis.Mev).Notes, n => n.De.Contains("Keine der", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rule_below_every_published_class_is_met_by_whoever_has_the_lowest()
    {
        var result = Run(Village.County, Basis.Atlas, Village.Rule with { Households = [new(0.5)], Facilities = [new(0.5)] });
        Assert.Equal(0, result.Rows[0].Households.Unserved);
    }

    [Theory]
    [InlineData("2024-01-01", "gilt erst ab 13.01.2025")]
    [InlineData("2026-01-01", "galt bis 31.12.2025")]
    public void A_rule_out_of_force_on_the_day_is_used_and_said_to_be_so(string day, string words)
    {
        var rule = Village.Rule with { ValidFrom = new(2025, 1, 13), ValidTo = new(2025, 12, 31) };
        var options = Village.Options(rule: rule) with { AsOf = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture) };
        Says(GapEngine.Run(Village.County, options), words);
    }

    [Fact]
    public void A_municipality_without_an_outline_keeps_its_households()
    {
        var blind = Village.County with { Municipalities = [.. Village.Municipalities.Select(m => m.Ags == Village.Bdorf ? m with { Geometry = null } : m)] };
        Assert.Equal(Run(Village.County).Rows[0].Households.Total, Run(blind).Rows[0].Households.Total);
    }
}
