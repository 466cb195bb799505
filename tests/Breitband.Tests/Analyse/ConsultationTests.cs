using Breitband.Analyse;

namespace Breitband.Tests.Analyse;

/// <summary>What the answers of a market consultation may prove, on the hand-computed village.</summary>
public sealed class ConsultationTests
{
    static readonly Offer Passing = new(Technology.Ftth, 1000, 500), Slow = new(Technology.Fttc, 100, 40), Open = new(Technology.Other, 500, null);

    static ExactCoverage Area(Offer offer, bool complete = false) =>
        new("a", "P", offer, complete, 1, Village.Rectangle(-100, -100, 300, 300), null, null);

    static ExactCoverage Answer(Offer offer, bool complete, string? key = "h05", AddressText? text = null) => new("r1", "P", offer, complete, 1, null, key, text);

    static Split House(County county, Basis basis, string key = "h05") => Explain.Run(county, Village.Options(basis, MeasureChoice.None), key).Addresses;

    [Fact]
    public void An_incomplete_list_proves_supply_only_and_a_complete_one_its_lack_too()
    {
        var atlas = House(Village.County, Basis.Best);
        Assert.Equal(Split.One, House(Village.County with { AddressAnswers = [Answer(Passing, false)] }, Basis.Best).Served);
        Assert.Equal(atlas, House(Village.County with { AddressAnswers = [Answer(Slow, false)] }, Basis.Best));
        Assert.Equal(Split.One, House(Village.County with { AddressAnswers = [Answer(Slow, true)] }, Basis.Best).Unserved);
        Assert.Equal(Split.One, House(Village.County with { AddressAnswers = [Answer(Slow, false)] }, Basis.Mev).Unclear);
        Assert.Equal(Split.One, House(Village.County with { AddressAnswers = [Answer(Slow, true)] }, Basis.Mev).Unserved);
    }

    [Fact]
    public void An_offer_that_stays_open_pushes_aside_neither_an_area_nor_the_atlas()
    {
        var answers = Village.County with { AddressAnswers = [Answer(Open, false)] };
        Assert.Equal(House(Village.County, Basis.Best), House(answers, Basis.Best));
        Assert.Equal(Split.One, House(answers with { Areas = [Area(Passing)] }, Basis.Best).Served);
        var fibre = Village.County with { Cells = Village.Build([], [], [("A", 120, 140, "Glasfaser")], []).Cells };
        Assert.Equal(Split.One, House(fibre, Basis.Best).Served);
        Assert.Equal(Split.One, House(fibre with { Areas = [Area(Open)] }, Basis.Best).Served);
    }

    [Fact]
    public void On_basis_mev_an_open_offer_is_said_to_be_one()
    {
        var told = Explain.Run(Village.County with { AddressAnswers = [Answer(Open, false)] }, Village.Options(Basis.Mev, MeasureChoice.None), "h05");
        Assert.Equal(Split.One, told.Addresses.Unclear);
        Assert.Contains("bleibt offen", told.Sentence.De, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lists_running_number_is_no_address_key()
    {
        var words = new AddressText("Dorfstraße", "5", null, "14806", "Adorf");
        var county = Village.County with
        {
            Addresses = [.. Village.Addresses.Select(a => a.Key == "h05" ? a with { Text = words } : a)],
            AddressAnswers = [Answer(Passing, true, "17", words with { Street = "Dorfstr." })],
        };
        Assert.Equal(Split.One, House(county, Basis.Mev).Served);
    }

    [Fact]
    public void A_coordinate_nobody_lives_at_is_explained_as_a_point()
    {
        var told = Explain.Run(Village.County, Village.Options(), "340250 5790650");
        Assert.Equal("point:340250 5790650", told.Steps[0].Evidence);
    }
}
