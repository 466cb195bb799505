using Breitband.Print;
using NetTopologySuite.Geometries;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Tokens;

namespace Breitband.Tests.Print;

public sealed class ViewSheetTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("breitband-print").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static AreaResult Municipality(string name) => InventedCounty.Result.Rows.First(r => r.Level == AreaLevel.Municipality && r.Name == name);

    string Sheet(Envelope area, string paper = "A4-quer", string? layers = null, string? title = null) =>
        ViewSheet.Print(InventedCounty.Result, new(area, layers is null ? PrintedView.Usual(area) : PrintedView.Layers(layers), title), OverviewSheetTests.Options(paper), Path.Combine(folder, "blatt.pdf"))[0];

    static string Flat(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    [Theory]
    [InlineData("A4-quer", 842)]
    [InlineData("A3", 1191)]
    public void A_part_of_the_map_is_printed_at_a_round_scale_with_the_figures_of_the_municipalities_in_it_and_of_no_other(string paper, int width)
    {
        var area = Municipality("Teltow").Geometry!.EnvelopeInternal;
        var scale = MapScale.Round.Select(s => $"1:{Formats.Whole(s, Language.De)}").ToList();
        using var pdf = PdfDocument.Open(Sheet(area, paper));
        Assert.Equal(width, pdf.GetPage(1).Width, 1.0);
        var (front, table) = (Flat(pdf.GetPage(1).Text), Flat(string.Concat(pdf.GetPages().Skip(1).Select(p => p.Text))));
        Assert.Contains(scale, s => front.Contains(Flat("Maßstab " + s), StringComparison.Ordinal));
        foreach (var words in new[] { "Ausschnitt der Karte", "Gitternord", "Kein Förderanspruch", "Quellen und Lizenzen", "Entwurf · 23.11.2026", "Lückenflächen: " + Legend.Default.ShareLabel.De })
            Assert.Contains(Flat(words), front, StringComparison.Ordinal);
        var box = area;
        var inside = InventedCounty.Result.Rows.Where(r => r.Level == AreaLevel.Municipality).ToLookup(r => r.Geometry!.Intersects(r.Geometry.Factory.ToGeometry(box)));
        Assert.All(inside[true], m => Assert.Contains(m.Key, table, StringComparison.Ordinal));
        Assert.DoesNotContain(inside[false], m => table.Contains(m.Key, StringComparison.Ordinal));
        var sum = inside[true].Aggregate(Split.Zero, (all, m) => all + m.Households);
        Assert.Contains("zusammen" + Formats.Whole((sum.Total + Split.One / 2) / Split.One, Language.De), table, StringComparison.Ordinal);
        Assert.Equal("true", ((DictionaryToken)pdf.Structure.Catalog.CatalogDictionary.Data["MarkInfo"]).Data["Marked"].ToString(), ignoreCase: true);
    }

    [Fact]
    public void The_legend_names_what_is_drawn_and_nothing_else()
    {
        var area = Municipality("Beelitz").Geometry!.EnvelopeInternal;
        using var shares = PdfDocument.Open(Sheet(area, layers: "municipality-share,settlement-circle,border", title: "Runde mit den Bürgermeistern"));
        var text = Flat(shares.GetPage(1).Text);
        Assert.Contains(Flat("Runde mit den Bürgermeistern"), text, StringComparison.Ordinal);
        Assert.Contains(Flat(Legend.Default.MostlyUnclear.Symbol.Label.De), text, StringComparison.Ordinal);
        Assert.Contains(Flat(Legend.Default.Circle.Label.De), text, StringComparison.Ordinal);
        Assert.DoesNotContain(Flat("Lückenflächen: "), text, StringComparison.Ordinal);
        using var bare = PdfDocument.Open(Sheet(area, layers: "border,name"));
        text = Flat(bare.GetPage(1).Text);
        Assert.Contains("Zeichenerklärung", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Flat(Legend.Default.Shares[^1].Symbol.Label.De), text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("13,52", "vier Zahlen")]
    [InlineData("13,52,nan,53", "vier Zahlen")]
    [InlineData("13.2,52.2,13.1,52.3", "verkehrt herum")]
    [InlineData("13.1,52.3,13.2,52.2", "verkehrt herum")]
    [InlineData("6.0,47.3,15.0,55.0", "zu groß")]
    [InlineData("8.0,50.0,8.1,50.1", "außerhalb des Kreises")]
    [InlineData("-180,-90,180,90", "reicht über die Gegend hinaus")]
    [InlineData("-179,-80,-178,-79", "außerhalb des Kreises")]
    public void What_is_no_extent_of_the_county_is_refused(string box, string why)
    {
        var refused = Assert.Throws<BreitbandException>(() => PrintedView.Extent(box, PrintedView.County(InventedCounty.Result)));
        Assert.Equal(Outcome.WrongUse, refused.Outcome);
        Assert.Contains(why, refused.Text.De, StringComparison.Ordinal);
    }

    [Fact]
    public void An_extent_is_the_same_in_degrees_and_in_metres_and_never_larger_than_the_county()
    {
        var county = PrintedView.County(InventedCounty.Result);
        var metres = PrintedView.Extent("340000,5790000,345000,5794000", county);
        Assert.Equal(new Envelope(340000, 345000, 5790000, 5794000), metres);
        var (west, south) = Crs.Transform(Crs.Stored, Crs.Geographic)(340000, 5790000);
        var (east, north) = Crs.Transform(Crs.Stored, Crs.Geographic)(345000, 5794000);
        var degrees = PrintedView.Extent(FormattableString.Invariant($"{west},{south},{east},{north}"), county);
        Assert.InRange(degrees.Width - metres.Width, -1, 300);
        Assert.True(degrees.Contains(new Coordinate(342500, 5792000)));
        var whole = PrintedView.Extent("11.9,51.8,13.6,52.9", county);
        Assert.InRange(whole.Width, county.Width * 0.99, county.Width * 1.05);
    }
}
