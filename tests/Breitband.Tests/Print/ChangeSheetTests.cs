using Breitband.Print;
using NetTopologySuite.Geometries;
using SkiaSharp;
using UglyToad.PdfPig;

namespace Breitband.Tests.Print;

public sealed class ChangeSheetTests : IDisposable
{
    static readonly GapResult Last = InventedCounty.Result;

    readonly string folder = Directory.CreateTempSubdirectory("breitband-print").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static AreaResult Place(AreaLevel level, string name) => Last.Rows.First(r => r.Level == level && r.Name == name);

    /// <summary>Every place gained an eighth of its households and lost a fiftieth.</summary>
    static Comparison Change(IReadOnlyList<ChangeArea>? areas = null, Phrase? broken = null)
    {
        var live = Last.Editions.Single(e => e.Dataset.StartsWith("coverage_cells", StringComparison.Ordinal));
        var before = live with { Number = 4, Date = new(2020, 12, 31) };
        return new(before, live, broken,
            [.. Last.Rows.Where(r => r.Level is AreaLevel.Municipality or AreaLevel.Settlement).Select(r => Row(r, r.Households.Total / 8, r.Households.Total / 50))], areas ?? [])
        {
            Editions = [.. Last.Editions.Except([live]), before, live],
            Notes = [new("Stand 31.12.2020: ohne Wollin.", "Edition of 2020-12-31: without Wollin.")],
        };
    }

    static ChangeRow Row(AreaResult area, long gained, long lost)
    {
        var (total, served) = (area.Households.Total, area.Households.Total / 2);
        return new(area.Level, area.Key, area.Name, new(served, 0, 0, total - served), new(served + gained - lost, 0, 0, total - served - gained + lost), gained, lost);
    }

    string Sheet(Comparison comparison, Envelope area, PrintOptions options, string name = "blatt.pdf", Func<PrintedView, PrintedView>? change = null)
    {
        var view = new PrintedView(area, ChangeSheet.Usual(area));
        return ChangeSheet.Print(Last, comparison, (Last.Profile, Last.Basis), change?.Invoke(view) ?? view, options, Path.Combine(folder, name))[0];
    }

    static string Flat(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    static long Number(string text) => long.Parse(text.Replace(".", "", StringComparison.Ordinal).Replace('−', '-'), System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void The_sheet_names_both_editions_the_rule_the_break_of_method_and_what_is_to_be_known_of_one_of_them()
    {
        using var pdf = PdfDocument.Open(Sheet(Change(broken: new("Methodenbruch: nur ein Teil ist Ausbau.", "Break of method.")), PrintedView.County(Last), OverviewSheetTests.Options("A3")));
        var text = Flat(string.Concat(pdf.GetPages().Select(p => p.Text)));
        foreach (var words in new[] { "Veränderung der Breitbandversorgung: Landkreis Potsdam-Mittelmark", "Veränderung 31.12.2020 → 30.06.2021 · Aufgreifschwelle " + Last.Profile.Short, "Methodenbruch: nur ein Teil ist Ausbau.",
            "Datenstand 4 mit 5", "Versorgung (Raster) 31.12.2020, 30.06.2021", "Stand 31.12.2020: ohne Wollin.", Legend.Default.ChangeLabel.De, "Anteil 31.12.2020", "Kein Förderanspruch" })
            Assert.Contains(Flat(words), text, StringComparison.Ordinal);
        Assert.DoesNotContain(Flat("Lauf " + Last.Run), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Newly_served_and_no_longer_served_households_add_up_to_the_last_row_whatever_they_were_rounded_to()
    {
        var table = new ChangeTable(Change(), [.. Last.Rows.Where(r => r.Level == AreaLevel.Municipality).Select(r => r.Key)], Language.De);
        var pages = table.Rows.Lines;
        var (rows, sum) = (pages.SkipLast(1).Select(r => r.Cells).ToList(), pages[^1].Cells);
        Assert.Equal(38, rows.Count);
        foreach (var column in new[] { 2, 6, 7, 8 })
            Assert.Equal(Number(sum[column]), rows.Sum(r => Number(r[column])));
        Assert.All(rows.Append(sum), r => Assert.Equal(Number(r[8]), Number(r[6]) - Number(r[7])));
        Assert.All(rows, r => Assert.Equal("50,0", r[3]));
    }

    [Fact]
    public void A_settlement_in_the_class_of_its_municipality_is_no_hole_in_it()
    {
        var (municipality, town) = (Place(AreaLevel.Municipality, "Bad Belzig"), Last.Rows.First(r => r.Level == AreaLevel.Settlement && r.Ags == Place(AreaLevel.Municipality, "Bad Belzig").Key && r.Geometry is { IsEmpty: false }));
        var area = town.Geometry!.EnvelopeInternal.Copy();
        area.ExpandBy(6000);
        var comparison = Change();
        Assert.Equal(Legend.Default.Change(comparison.Row(AreaLevel.Municipality, municipality.Key)!.Points!.Value), Legend.Default.Change(comparison.Row(AreaLevel.Settlement, town.Key)!.Points!.Value));
        var groups = new HashSet<string> { "settlement", "change-share" };
        var file = Sheet(comparison, area, OverviewSheetTests.Options("A4-quer") with { Format = PrintFormat.Png, Dpi = 100 }, "blatt.png", v => v with { Groups = groups });
        using var picture = SKBitmap.Decode(file);
        var fills = Enumerable.Range(0, picture.Width).SelectMany(x => Enumerable.Range(0, picture.Height).Select(y => picture.GetPixel(x, y))).ToHashSet();
        var inMap = Enumerable.Range(0, picture.Width * 55 / 100).SelectMany(x => Enumerable.Range(picture.Height * 35 / 100, picture.Height * 55 / 100).Select(y => picture.GetPixel(x, y))).ToHashSet();
        Assert.Contains(SKColor.Parse(Legend.Default.Change(comparison.Row(AreaLevel.Settlement, town.Key)!.Points!.Value).Fill), inMap);
        Assert.Contains(SKColor.Parse(Legend.Default.Settlement.Fill), fills); // its swatch
        Assert.DoesNotContain(SKColor.Parse(Legend.Default.Settlement.Fill), inMap);
    }

    [Fact]
    public void From_near_the_changed_cells_are_drawn_by_kind_and_named_in_the_legend()
    {
        var town = Last.Rows.First(r => r.Level == AreaLevel.Settlement && r.Geometry is { IsEmpty: false }).Geometry!;
        var area = town.EnvelopeInternal.Copy();
        area.ExpandBy(1000);
        var (x, y) = (town.InteriorPoint.X, town.InteriorPoint.Y);
        ChangeArea Cell(ChangeKind kind, double dx) => new($"100mE{dx:0}", null, kind, 0, 1, 0, 0, 12, 4, town.Factory.ToGeometry(new Envelope(x + dx, x + dx + 100, y, y + 100)));
        var comparison = Change([Cell(ChangeKind.Gained, 0), Cell(ChangeKind.Lost, 200)]);
        using var pdf = PdfDocument.Open(Sheet(comparison, area, OverviewSheetTests.Options("A4-quer")));
        var front = Flat(pdf.GetPage(1).Text);
        Assert.Contains(Flat(Legend.Default.Changes.First(c => c.Key == "gained").Label.De), front, StringComparison.Ordinal);
        Assert.Contains(Flat(Legend.Default.Changes.First(c => c.Key == "lost").Label.De), front, StringComparison.Ordinal);
        Assert.DoesNotContain(Flat(Legend.Default.Changes.First(c => c.Key == "gone").Label.De), front, StringComparison.Ordinal);
        // Single places are not for everybody: neither cells nor settlements, and the sheet says why.
        using var closed = PdfDocument.Open(Sheet(comparison, area, OverviewSheetTests.Options("A4-quer"), change: v => v.WithoutPlaces(new("Nur Summen.", "Sums only."))));
        front = Flat(closed.GetPage(1).Text);
        Assert.DoesNotContain(Flat(Legend.Default.Changes.First(c => c.Key == "gained").Label.De), front, StringComparison.Ordinal);
        Assert.Contains("NurSummen.", front, StringComparison.Ordinal);
        Assert.Contains(Flat("Gemeinden: " + Legend.Default.ChangeLabel.De), front, StringComparison.Ordinal);
    }
}
