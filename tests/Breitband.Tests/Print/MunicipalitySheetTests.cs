using Breitband.Print;
using NetTopologySuite.Geometries;
using UglyToad.PdfPig;

namespace Breitband.Tests.Print;

public sealed class MunicipalitySheetTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("breitband-print").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string Sheet(string municipality, string paper = "A4", params (MeasureResult, Geometry)[] measures) =>
        MunicipalitySheet.Print(InventedCounty.Result, municipality, measures, OverviewSheetTests.Options(paper), Path.Combine(folder, "blatt.pdf"))[0];

    static string Flat(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    [Theory]
    [InlineData("12069020", "A4", "1:150.000")]
    [InlineData("12069616", "A4", "1:50.000")]
    [InlineData("Teltow", "A3", "1:50.000")]
    public void A_municipality_is_found_by_key_or_name_and_printed_at_a_round_scale(string municipality, string paper, string scale)
    {
        using var pdf = PdfDocument.Open(Sheet(municipality, paper));
        Assert.Contains(Flat("Maßstab " + scale), Flat(pdf.GetPage(1).Text), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_lists_its_settlements_the_scattered_houses_and_their_sum()
    {
        using var pdf = PdfDocument.Open(Sheet("Borkheide"));
        var text = Flat(pdf.GetPage(2).Text);
        var parts = InventedCounty.Result.Rows.Where(r => r.Ags == "12069052" && r.Level is AreaLevel.Settlement or AreaLevel.Outside && r.Ags == "12069052").ToList();
        Assert.Equal(6, parts.Count);
        Assert.All(parts.Where(p => p.Level == AreaLevel.Settlement), p => Assert.Contains(Flat(p.Name), text, StringComparison.Ordinal));
        Assert.Contains("außerhalbderSiedlungen", text, StringComparison.Ordinal);
        Assert.Contains("Borkheide2.200", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_measure_that_touches_the_municipality_appears_in_the_legend()
    {
        var state = MeasureState.Find("announced");
        var area = InventedCounty.Result.Rows.First(r => r.Key == "12069052-2").Geometry!.Buffer(500);
        using var pdf = PdfDocument.Open(Sheet("Borkheide", "A4", (new MeasureResult("M1", "Ausbau", state, PlannedFault.None, [], 0, 0, 0, 0, null, null), area)));
        Assert.Contains(Flat(Legend.Default.Measure(state).Label.De), Flat(pdf.GetPage(1).Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12054000", "nicht im Kreis 12069")]
    [InlineData("12069617", "12069616")]
    [InlineData("Teltov", "Teltow")]
    public void A_municipality_of_elsewhere_is_refused_with_near_ones(string municipality, string hint)
    {
        var refused = Assert.Throws<BreitbandException>(() => Sheet(municipality));
        Assert.Equal(Outcome.WrongUse, refused.Outcome);
        Assert.Contains(hint, refused.Text.De, StringComparison.Ordinal);
    }
}
