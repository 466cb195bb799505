using Breitband.Service.Routes;
using Breitband.Tests.Analyse;
using Breitband.Tests.Service.Http;
using SkiaSharp;

namespace Breitband.Tests.Map;

/// <summary>The map in a real browser. Where no npm built the page these are left out; in CI a missing browser is a failure.</summary>
public sealed class MapPageTests(Served served) : IClassFixture<Served>
{
    static bool Here => MapRoutes.Available && Foreign.Has("chromium");

    async Task<Chromium> Map(int width = 1300, int height = 900, string address = "/map")
    {
        var browser = await Chromium.Start(width, height);
        await browser.Open(served.Root + address);
        await browser.Until("document.body.dataset.fertig === 'ja' && document.querySelectorAll('#gemeinden-zeilen tr').length > 0");
        return browser;
    }

    [Fact]
    public async Task It_loads_draws_and_asks_nobody_but_the_service()
    {
        if (!Here)
            return;
        await using var browser = await Map();
        await browser.Until("document.querySelectorAll('#ebenen .ebene').length >= 10");
        Assert.Empty(browser.Errors);
        Assert.All(browser.Requests.Where(r => !r.StartsWith("data:", StringComparison.Ordinal) && !r.StartsWith("blob:", StringComparison.Ordinal)), r => Assert.StartsWith(served.Root, r, StringComparison.Ordinal));
        Assert.Contains(browser.Requests, r => r.EndsWith("/tilejson", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_municipality_has_the_colour_that_the_legend_and_the_sheet_give_it()
    {
        if (!Here)
            return;
        var (x, y) = Crs.Transform(Crs.Stored, Crs.Geographic)(Village.X0 + 450, Village.Y0 + 400);
        await using var browser = await Map(address: FormattableString.Invariant($"/map?aus=ground,settlement,border,measure,address,facility,settlement-circle,name#karte=11.9/{y:0.######}/{x:0.######}"));
        var result = await served.Site.Results.Last();
        var here = result.Rows.Where(r => r.Level == AreaLevel.Municipality && r.Geometry is not null)
            .First(r => r.Geometry!.Contains(Served.Point(Village.X0 + 450, Village.Y0 + 400)));
        var symbol = Legend.Default.Share(here.Households.Percent(here.Households.Open));
        var seen = new HashSet<SKColor>();
        for (var look = 0; look < 40 && !seen.Contains(SKColor.Parse(symbol.Fill)); look++)
        {
            using var picture = SKBitmap.Decode(await browser.Picture());
            for (var dx = -12; dx <= 12; dx++)
                for (var dy = -12; dy <= 12; dy++)
                    seen.Add(picture.GetPixel(picture.Width * 868 / 2600 + dx, picture.Height / 2 + dy));
            await browser.Evaluate("new Promise(r => setTimeout(r, 250))");
        }
        Assert.Contains(SKColor.Parse(symbol.Fill), seen);
    }

    [Fact]
    public async Task A_click_is_answered_with_the_sentence_of_the_place()
    {
        if (!Here)
            return;
        var (x, y) = Crs.Transform(Crs.Stored, Crs.Geographic)(Village.X0 + 40, Village.Y0 + 80);
        await using var browser = await Map(address: FormattableString.Invariant($"/map#karte=16/{y:0.######}/{x:0.######}"));
        await browser.Click(434, 470);
        await browser.Until("document.querySelector('#auskunft h2')");
        Assert.Contains("Breitbandatlas", (await browser.Evaluate("document.querySelector('#auskunft').innerText")).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Measures_are_switched_off_and_the_figures_follow()
    {
        if (!Here)
            return;
        await using var browser = await Map();
        await browser.Until("document.querySelectorAll('#massnahmen-liste input').length > 0");
        var before = (await browser.Evaluate("document.querySelector('#zahlen').textContent")).GetString();
        await browser.Evaluate("document.querySelectorAll('#massnahmen-liste input').forEach(c => c.click())");
        await browser.Until($"document.querySelector('#zahlen').textContent !== {System.Text.Json.JsonSerializer.Serialize(before)}");
        Assert.False((await browser.Evaluate("document.querySelector('#versuch').hidden")).GetBoolean());
        await browser.Evaluate("document.querySelector('#zurueck').click()");
        await browser.Until($"document.querySelector('#zahlen').textContent === {System.Text.Json.JsonSerializer.Serialize(before)}");
    }

    [Fact]
    public async Task The_search_finds_a_municipality_and_the_table_marks_it()
    {
        if (!Here)
            return;
        await using var browser = await Map();
        await browser.Evaluate("document.querySelector('#frage').value = document.querySelector('#gemeinden-zeilen th').innerText; document.querySelector('#suche').requestSubmit()");
        await browser.Until("document.querySelector('#gemeinden-zeilen tr[aria-current]')");
        Assert.Contains("/print/municipality/", (await browser.Evaluate("document.querySelector('#blatt').href")).GetString(), StringComparison.Ordinal);
        // Whatever is typed is text, never a filter and never a page.
        await browser.Evaluate("document.querySelector('#frage').value = \"' OR 1=1 --<img src=x onerror=alert(1)>\"; document.querySelector('#suche').requestSubmit()");
        await browser.Until("!document.querySelector('#auskunft').textContent.includes('Auf die Karte klicken')");
        Assert.Equal(0, (await browser.Evaluate("document.querySelectorAll('#auskunft img').length")).GetInt32());
    }

    [Theory]
    [InlineData(1300, 900)]
    [InlineData(360, 740)]
    public async Task It_is_accessible_and_fits_a_telephone(int width, int height)
    {
        if (!Here)
            return;
        await using var browser = await Map(width, height);
        Assert.InRange((await browser.Evaluate("document.documentElement.scrollWidth")).GetInt32(), 1, width);
        await browser.Evaluate(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src/Breitband.Service/web/node_modules/axe-core/axe.min.js"), TestContext.Current.CancellationToken) + ";0");
        Assert.Equal("[]", (await browser.Evaluate("axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then(r => JSON.stringify(r.violations.map(v => v.id + ' ' + v.nodes[0].html)))")).GetString());
    }
}
