using Breitband.Tests.Analyse;
using Breitband.Tests.Map;
using UglyToad.PdfPig;

namespace Breitband.Tests.Service.Http;

/// <summary>The sheet of a part of the map over the network.</summary>
public sealed class ViewSheetRouteTests(VillageAcrossTheBreak served) : IClassFixture<VillageAcrossTheBreak>
{
    static string Box(double west = -400, double south = -400, double east = 900, double north = 600)
    {
        var degrees = Crs.Transform(Crs.Stored, Crs.Geographic);
        var ((a, b), (c, d)) = (degrees(Village.X0 + west, Village.Y0 + south), degrees(Village.X0 + east, Village.Y0 + north));
        return FormattableString.Invariant($"{a:0.00000},{b:0.00000},{c:0.00000},{d:0.00000}");
    }

    async Task<string> Text(string path)
    {
        var bytes = await served.Client.GetByteArrayAsync(new Uri(served.Root + path), TestContext.Current.CancellationToken);
        using var pdf = PdfDocument.Open(bytes);
        return string.Concat(string.Concat(pdf.GetPages().Select(p => p.Text)).Where(c => !char.IsWhiteSpace(c)));
    }

    static string Flat(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    [Fact]
    public async Task It_shows_the_threshold_the_edition_and_the_layers_that_were_asked_for()
    {
        var (now, chosen) = (await Text($"/print/view?bbox={Box()}"), await Text($"/print/view?bbox={Box()}&profile=NGA-2015&layers=municipality-share,border"));
        Assert.Contains(Flat("Breitbandversorgung: Landkreis Potsdam-Mittelmark"), now.Replace("Bdorf,Adorf", "Adorf,Bdorf", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(Flat("Lückenflächen: "), now, StringComparison.Ordinal);
        Assert.Contains("NGA-2015", chosen, StringComparison.Ordinal);
        Assert.DoesNotContain("NGA-2015", now, StringComparison.Ordinal);
        Assert.DoesNotContain(Flat("Lückenflächen: "), chosen, StringComparison.Ordinal);
        var earlier = (await served.Json("/editions")).EnumerateArray().First(e => e.GetProperty("date").GetString() == "2021-12-31").GetProperty("number").GetInt32();
        Assert.Contains("31.12.2021", await Text($"/print/view?bbox={Box()}&with={earlier}"), StringComparison.Ordinal);
        Assert.DoesNotContain("31.12.2021", now, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_overview_and_a_municipality_are_printed_by_another_threshold_too()
    {
        Assert.Contains("NGA-2015", await Text("/print/overview?profile=NGA-2015"), StringComparison.Ordinal);
        Assert.DoesNotContain("NGA-2015", await Text("/print/overview"), StringComparison.Ordinal);
        var key = (await served.Json("/views")).GetProperty("rows").EnumerateArray().First(r => r.GetProperty("level").GetString() == "municipality").GetProperty("key").GetString();
        Assert.Contains("NGA-2015", await Text($"/print/municipality/{key}?profile=NGA-2015"), StringComparison.Ordinal);
        Assert.Contains("NGA-2015", (await served.Get("/print/overview?profile=NGA-1915")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("png", "image/png")]
    [InlineData("svg", "image/svg+xml")]
    public async Task It_comes_as_a_picture_too(string form, string type)
    {
        var got = await served.Get($"/print/view?bbox={Box()}&paper=A3&f={form}");
        Assert.Equal((200, type), (got.Status, got.Content.ContentType!.MediaType));
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_request_is_said_at_once()
    {
        var got = await served.Get($"/print/view?bbox={Box(west: 900, east: -400)}&layers=gap,strasse&paper=A9&profile=NGA-1915");
        Assert.Equal(400, got.Status);
        foreach (var words in new[] { "verkehrt herum", "strasse", "A9", "NGA-1915" })
            Assert.Contains(words, got.Text, StringComparison.Ordinal);
        Assert.Contains("es fehlt der Ausschnitt", (await served.Get("/print/view")).Text, StringComparison.Ordinal);
        Assert.Contains("zu groß", (await served.Get("/print/view?bbox=7,48,14.5,54")).Text, StringComparison.Ordinal);
        Assert.Contains("außerhalb", (await served.Get("/print/view?bbox=8,50,8.1,50.1")).Text, StringComparison.Ordinal);
        Assert.Equal(401, (await served.Get($"/print/view?bbox={Box()}&released=true")).Status);
    }

    [Fact]
    public async Task Who_may_not_see_single_places_gets_the_sheet_without_them()
    {
        await using var own = new VillageOfTwoEditions();
        await own.InitializeAsync();
        async Task<string> Sheet(string? key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{own.Root}/print/view?bbox={Box()}&basis=best&layers=gap,border,settlement-circle");
            if (key is not null)
                request.Headers.Authorization = new("Bearer", key);
            using var response = await own.Client.SendAsync(request, TestContext.Current.CancellationToken);
            using var pdf = PdfDocument.Open(await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            return Flat(pdf.GetPage(1).Text);
        }

        var (open, closed) = (await Sheet(null), await Sheet("admin"));
        Assert.Contains(Flat("Summen je Gemeinde und Kreis sind offen"), open, StringComparison.Ordinal);
        Assert.DoesNotContain(Flat("Lückenflächen: "), open, StringComparison.Ordinal);
        Assert.Contains(Flat("Lückenflächen: "), closed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sheet_of_a_change_names_no_source_its_reader_may_not_know_of_or_its_basis_does_not_use()
    {
        var open = await Text("/print/change?with=2021-12-31&basis=atlas");
        Assert.Contains(Flat("Veränderung 31.12.2021 → 01.01.2026"), open, StringComparison.Ordinal);
        foreach (var closed in new[] { "Enthält nicht öffentliche Angaben", Layer.CoverageAreas.Label.De, Layer.CoverageAddresses.Label.De })
            Assert.DoesNotContain(Flat(closed), open, StringComparison.Ordinal);
    }
}
