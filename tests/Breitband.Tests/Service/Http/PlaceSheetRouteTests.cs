using UglyToad.PdfPig;

namespace Breitband.Tests.Service.Http;

/// <summary>The Auskunft over the network.</summary>
public sealed class PlaceSheetRouteTests(Served served) : IClassFixture<Served>
{
    async Task<string> Text(string path)
    {
        var bytes = await served.Client.GetByteArrayAsync(new Uri(served.Root + path), TestContext.Current.CancellationToken);
        using var pdf = PdfDocument.Open(bytes);
        return Flat(Assert.Single(pdf.GetPages()).Text);
    }

    static string Flat(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    [Theory]
    [InlineData("h05", "Auskunft: Dorfstraße 05, 14800 Adorf", "Ein Ausbau ist geplant: „M1“")]
    [InlineData("P1", "Auskunft: Rasterzelle P1", "20 Einwohner, ihre Haushalte gleichmäßig auf 4 Adressen verteilt")]
    [InlineData("A2", "Auskunft: Atlaszelle A2", "Stand 30.06.2025")]
    public async Task It_is_one_page_with_the_answer_and_who_gives_it(string place, params string[] said)
    {
        var text = await Text($"/print/place?place={place}");
        foreach (var words in (string[])[.. said, "So kommt das Ergebnis zustande", "Kein Förderanspruch", "Entwurf", "Testland"])
            Assert.Contains(Flat(words), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_what_explain_says_word_by_word()
    {
        var sentence = (await served.Json("/explain?place=h11&lang=en")).GetProperty("sentence").GetString()!;
        Assert.Contains(Flat(sentence), await Text("/print/place?place=h11&lang=en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_follows_another_threshold_as_the_answer_does()
    {
        const string Place = "place=h11&profile=NGA-2015";
        var sentence = (await served.Json($"/explain?{Place}")).GetProperty("sentence").GetString()!;
        Assert.NotEqual(sentence, (await served.Json("/explain?place=h11")).GetProperty("sentence").GetString());
        var text = await Text($"/print/place?{Place}");
        Assert.Contains(Flat(sentence), text, StringComparison.Ordinal);
        Assert.Contains("30Mbit/s", text, StringComparison.Ordinal);
        Assert.Contains("NGA-1915", (await served.Get("/print/place?place=h11&profile=NGA-1915")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("png", "image/png")]
    [InlineData("svg", "image/svg+xml")]
    public async Task It_comes_as_a_picture_too(string form, string type)
    {
        var got = await served.Get($"/print/place?place=h05&f={form}");
        Assert.Equal((200, type), (got.Status, got.Content.ContentType!.MediaType));
    }

    [Fact]
    public async Task It_is_closed_to_whom_the_answer_is_closed_to()
    {
        await using var own = new Served();
        await own.InitializeAsync();
        using (var store = Breitband.Store.Store.Open(own.Location, Breitband.Store.OpenMode.Write))
        {
            var measure = store.Measures().Single(m => (string)m.Values[0]! == "M1");
            object?[] values = [.. measure.Values];
            values[Breitband.Store.MeasureRecord.At("disclosure")] = Disclosure.Internal.Code();
            store.ChangeMeasure(new("M1", store.MeasureVersions()["M1"], measure with { Values = values }, "Test"));
        }
        own.Site.Catalogue.Expire();
        foreach (var path in new[] { "/explain?place=h05", "/print/place?place=h05" })
            Assert.Equal("401 200", await own.Statuses(path, null, "reader"));
        Assert.Equal("200", await own.Statuses("/print/place?place=h01", [null]));
    }
}
