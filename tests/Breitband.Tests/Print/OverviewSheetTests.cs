using Breitband.Print;

namespace Breitband.Tests.Print;

public sealed class OverviewSheetTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("breitband-print").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static PrintOptions Options(string paper) => new() { Paper = Paper.Parse(paper), PrintDate = new(2026, 11, 23), Contact = "Fachdienst Kreisentwicklung, 033841 91-0" };

    [Fact]
    public void Out()
    {
        foreach (var paper in new[] { "A3", "A4", "A4-quer", "A1" })
            OverviewSheet.Print(InventedCounty.Result, Options(paper), $"/tmp/print/overview-{paper}.pdf");
        foreach (var paper in new[] { "A3", "A4" })
            MunicipalitySheet.Print(InventedCounty.Result, "Wiesenburg/Mark", [(new MeasureResult("M1", "x", MeasureState.Find("announced"), 0, [], 0, 0, 0, 0, null, null), InventedCounty.Result.Rows.First(r => r.Key == "12069665-2").Geometry!.Buffer(900))], Options(paper), $"/tmp/print/muni-{paper}.pdf");
        MunicipalitySheet.Print(InventedCounty.Result, "12069052", [], Options("A4"), $"/tmp/print/muni-small.pdf");
        var w = System.Diagnostics.Stopwatch.StartNew();
        OverviewSheet.Print(InventedCounty.Result, Options("A3"), $"/tmp/print/overview-A3.pdf");
        Console.WriteLine("A3 warm " + w.ElapsedMilliseconds);
        OverviewSheet.Print(InventedCounty.Result, Options("A3") with { Format = PrintFormat.Svg }, $"/tmp/print/overview-A3.svg");
        OverviewSheet.Print(InventedCounty.Result, Options("A3") with { Format = PrintFormat.Png }, $"/tmp/print/overview-A3.png");
    }
}
