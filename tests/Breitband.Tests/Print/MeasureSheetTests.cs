using Breitband.Print;
using UglyToad.PdfPig;

namespace Breitband.Tests.Print;

public sealed class MeasureSheetTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static string Flat(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    string Text(params Phrase[] reasons)
    {
        var result = InventedCounty.Result;
        var area = result.Rows.First(r => r.Key == "12069052-2").Geometry!.Buffer(300);
        var measure = new MeasureResult("M-01", "Glasfaser Borkheide", MeasureState.Find("construction"), reasons.Length > 0 ? PlannedFault.Horizon : PlannedFault.None, reasons,
            Split.Units(541), Split.Units(383), Split.One, Split.Units(600), 1_790_000, 3308)
        {
            Detail = new(new(0, Split.Units(41), 0, Split.Units(500)), new(0, 0, 0, Split.Units(383)), new(0, 0, 0, Split.One), new(0, Split.Units(291), Split.Units(250), 0),
                Split.Units(400), Split.Units(2), [new("M-02", Split.Units(12))], Split.Units(59), new(895_000, 716_000, 179_000)),
        };
        var values = Layer.Measures.Fields.Select(f => (object?)(f.Name switch { "key" => "M-01", "title" => "Glasfaser Borkheide", "state" => "construction", "cost" => 1_790_000.0, "commissioning" => new DateOnly(2029, 6, 30), _ => null })).ToArray();
        var change = new MeasureChange(new(2026, 11, 1, 8, 0, 0, DateTimeKind.Utc), "Frau Muster", "create", "M-01", new Dictionary<string, object?> { ["state"] = "construction" });
        using var pdf = PdfDocument.Open(MeasureSheet.Print(result with { Measures = [measure] }, new(1, new(area, values)), [change], OverviewSheetTests.Options("A4"), folder.File("m.pdf"))[0]);
        return Flat(Assert.Single(pdf.GetPages()).Text);
    }

    [Fact]
    public void One_page_says_what_it_lifts_what_it_costs_and_what_remains()
    {
        var text = Text();
        foreach (var said in new[] { "Sie hebt 541 Haushalte, 383 Adressen und 1 Betrieb", "3.308 €", "895.000 € (50 %)", "Überschneidung", "M-02", "59 Haushalte offen", "hellgrau", "291", "30.06.2029", "Frau Muster", "Kein Förderanspruch" })
            Assert.Contains(Flat(said), text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_does_not_count_says_why() =>
        Assert.Contains(Flat("Warum sie nicht zählt Kein Termin der Inbetriebnahme."), Text(new Phrase("Kein Termin der Inbetriebnahme.", "No date.")), StringComparison.Ordinal);
}
