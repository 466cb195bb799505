using Breitband.Analyse;

namespace Breitband.Tests.Analyse;

public sealed class ExplainTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    Breitband.Store.Store Store()
    {
        var store = Breitband.Store.Store.Open(folder.File("dorf.gpkg"), Breitband.Store.OpenMode.Create);
        VillageInStore.Write(store);
        return store;
    }

    public static TheoryData<string> Places => [.. Village.Addresses.Select(a => a.Key), "F1", "Dorfstr 5", "Drofstraße 5, Adrof", "340030 5790090", "341250 5790550", "340700 5790050", "S1", Village.Adorf, "P4", "P1", "A1", "A5"];

    /// <summary>The surroundings must tell of a place what the whole county tells.</summary>
    [Theory]
    [MemberData(nameof(Places))]
    public void Reading_only_the_surroundings_gives_the_same_answer(string place)
    {
        using var store = Store();
        foreach (var basis in Enum.GetValues<Basis>())
        {
            var options = Village.Options(basis);
            var (quick, full) = (Explain.Run(store, options, place), Explain.Run(CountyReader.Read(store, null), options, place));
            Assert.Equal((full.Run, full.Place, full.Ags, full.Settlement, full.X, full.Y), (quick.Run, quick.Place, quick.Ags, quick.Settlement, quick.X, quick.Y));
            Assert.Equal((full.Households, full.Addresses, full.Businesses, full.Sentence), (quick.Households, quick.Addresses, quick.Businesses, quick.Sentence));
            Assert.Equal(full.Steps, quick.Steps);
        }
    }

    [Theory]
    [InlineData("Dorfstraße 77, Adorf")]
    [InlineData("Waldweg 5, Adorf")]
    [InlineData("Dorfstraße 5, Potsdam")]
    [InlineData("h99")]
    public void Reading_only_a_street_refuses_what_is_not_there_in_the_same_words(string place)
    {
        using var store = Store();
        Assert.Equal(Assert.Throws<BreitbandException>(() => Explain.Run(CountyReader.Read(store, null), Village.Options(), place)).Text,
            Assert.Throws<BreitbandException>(() => Explain.Run(store, Village.Options(), place)).Text);
    }

    [Theory]
    [InlineData("Dorfstr. 5", "h05")]
    [InlineData("dorfstrasse 05, Adorf", "h05")]
    [InlineData("Adorf, Dorfstraße 5", "h05")]
    [InlineData("14800 Adorf, Dorfstraße 5", "h05")]
    [InlineData("Dorfstraße 5 14800 Adorf", "h05")]
    [InlineData("Drofstraße 5, Adrof", "h05")]
    public void An_address_is_found_as_people_write_it(string typed, string key) =>
        Assert.Equal(Explain.Run(Village.County, Village.Options(), key).Place, Explain.Run(Village.County, Village.Options(), typed).Place);

    [Fact]
    public void Several_addresses_of_one_name_are_listed_and_never_guessed()
    {
        var twins = Village.County with { Addresses = [.. Village.Addresses, Village.Addresses[4] with { Key = "x", Municipality = 1, X = Village.X0 + 700, Text = Village.Addresses[4].Text with { Place = "Bdorf" } }] };
        var question = Assert.Throws<BreitbandException>(() => Explain.Run(twins, Village.Options(), "Dorfstr 05")).Text.De;
        Assert.Contains("2-mal", question, StringComparison.Ordinal);
        Assert.Contains("Bdorf", question, StringComparison.Ordinal);
        Assert.Contains("Adorf", question, StringComparison.Ordinal);
        Assert.Equal(1, Village.Municipalities.ToList().FindIndex(m => m.Ags == Explain.Run(twins, Village.Options(), "Dorfstr 05, Bdorf").Ags));
    }

    [Theory]
    [InlineData("Dorfstraße 77, Adorf", "Hausnummer gibt es dort nicht")]
    [InlineData("Waldweg 5, Adorf", "gibt es nicht")]
    public void A_wrong_address_is_answered_with_near_ones(string typed, string answer) =>
        Assert.Contains(answer, Assert.Throws<BreitbandException>(() => Explain.Run(Village.County, Village.Options(), typed)).Text.De, StringComparison.Ordinal);

    [Theory]
    [InlineData("100mN57827E7454", 12.59, 52.14)]
    [InlineData("CRS3035RES100mN3228700E4498000", 12.59, 52.14)]
    [InlineData("100mN32287E44980", 12.59, 52.14)]
    public void A_cell_id_says_where_the_cell_lies(string key, double lon, double lat)
    {
        var (x, y) = GridKey.Middle(key)!.Value;
        var (east, north) = Crs.Transform(Crs.Geographic, Crs.Stored)(lon, lat);
        Assert.True(Math.Abs(x - east) < 1500 && Math.Abs(y - north) < 1500);
    }

    [Theory]
    [InlineData("h01", "(Stand 30.06.2025) gilt dort für 300 Mbit/s im Download und 150 Mbit/s im Upload: für 60 % der Haushalte sicher verfügbar")]
    [InlineData("h05", "Ein Ausbau ist geplant: „")]
    [InlineData("h11", "zählt noch nicht: Überfällig")]
    [InlineData("340400 5790400", "keine Angaben vor")]
    public void The_sentence_can_be_read_out(string place, string words) =>
        Assert.Contains(words, Explain.Run(Village.County, Village.Options(), place).Sentence.De, StringComparison.Ordinal);
}
