using Breitband.Print;
using UglyToad.PdfPig;

namespace Breitband.Tests.Print;

public sealed class PlaceSheetTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static string Flat(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    static Explanation Place(int steps, double households = 1.57)
    {
        var (result, settlement) = (InventedCounty.Result, InventedCounty.Result.Rows.First(r => r.Level == AreaLevel.Settlement));
        var middle = settlement.Geometry!.InteriorPoint;
        var counts = new Split(0, 0, 0, Split.Units(households));
        return new(result.Run, "Dorfstr 3", new("Dorfstraße 3, Görzke", "Dorfstraße 3, Görzke"), settlement.Ags, settlement.Key, middle.X, middle.Y, counts, new(0, 0, 0, Split.One), default,
            [.. Enumerable.Range(0, steps).Select(i => new ExplainStep("coverage_cells:A1", "coverage_cells:bba 2021-06-30", new("300/150", "300/150"), 0.5,
                new($"Atlaszelle {i}: alle Techniken ≥ 200: 100 %; VDSL/DSL (FTTC) ≥ 200: 100 %. Sicher nicht 100 %.", "atlas cell")) { Date = new(2021, 6, 30) })],
            new("Nach dem Breitbandatlas ist dort nichts verfügbar.", "Nothing is available there."), result with { Rows = [settlement with { Geometry = null, Households = counts }], GapAreas = [] });
    }

    string Print(int steps, string paper = "A4", double households = 1.57) => PlaceSheet.Print(Place(steps, households),
        [.. InventedCounty.Result.Rows.Where(r => r.Geometry is not null).Select(r => (r.Level == AreaLevel.Municipality ? Layer.Municipalities : Layer.Settlements, r.Name, r.Geometry!))],
        OverviewSheetTests.Options(paper), folder.File("auskunft.pdf"))[0];

    [Theory]
    [InlineData(2)]
    [InlineData(60)]
    public void An_answer_is_one_page_with_sentence_evidence_sources_and_what_it_is_not(int steps)
    {
        using var pdf = PdfDocument.Open(Print(steps));
        var text = Flat(Assert.Single(pdf.GetPages()).Text);
        foreach (var said in new[] { "Dorfstraße 3, Görzke", "Nach dem Breitbandatlas ist dort nichts verfügbar.", "Atlaszelle 0", "Stand 30.06.2021", "1,57", "Maßstab 1:25.000",
            "Kein Förderanspruch", "© Statistisches Bundesamt", "Demonstrationsdaten", "Entwurf", "Lauf 3f9a1c20be" })
            Assert.Contains(Flat(said), text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_household_is_not_several()
    {
        using var pdf = PdfDocument.Open(Print(1, households: 1));
        Assert.Contains("Anteilean1Haushalt,Einheit", Flat(Assert.Single(pdf.GetPages()).Text), StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_place_is_drawn_whole_and_counted_in_whole_households()
    {
        var place = Place(1, 41.6);
        var settlement = InventedCounty.Result.Rows.First(r => r.Level == AreaLevel.Settlement);
        using var pdf = PdfDocument.Open(PlaceSheet.Print(place with { Result = place.Result with { Rows = [settlement] } }, [(Layer.Settlements, place.Place.De, settlement.Geometry!)],
            OverviewSheetTests.Options("A4"), folder.File("ort.pdf"))[0]);
        var text = Flat(Assert.Single(pdf.GetPages()).Text);
        Assert.Contains("42", text, StringComparison.Ordinal);
        foreach (var absent in new[] { "41,6", "Koordinate(EPSG", "Siedlungaußerhalb" })
            Assert.DoesNotContain(absent, text, StringComparison.Ordinal);
    }

    [Fact]
    public void It_stands_upright() => Assert.Contains("A3-hoch", Assert.Throws<BreitbandException>(() => Print(1, "A3")).Text.De, StringComparison.Ordinal);
}
