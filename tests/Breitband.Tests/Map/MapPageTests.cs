using Breitband.Tests.Analyse;
using Breitband.Tests.Service.Http;
using Breitband.Tiles;
using NetTopologySuite.Geometries;
using SkiaSharp;

namespace Breitband.Tests.Map;

/// <summary>The map in a real browser. Where no npm built the page these are left out; in CI a missing browser is a failure.</summary>
public sealed class MapPageTests(Served served) : IClassFixture<Served>
{
    static bool Here => Chromium.Here;

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
        Assert.True((await browser.Evaluate("document.querySelector('#versuch').hidden")).GetBoolean(), "the trial is over, and the page still says that it shows one");
    }

    [Fact]
    public async Task A_settlement_takes_the_colour_of_a_trial_at_once()
    {
        if (!Here)
            return;
        var trial = (await served.Send(HttpMethod.Post, "/whatif", """{"measures":[],"places":true}""", "admin")).Json.GetProperty("places").EnumerateArray()
            .ToDictionary(p => p.GetProperty("key").GetString()!, p => p.GetProperty("households"));
        double Of(string key, string part) => trial[key].GetProperty(part).GetDouble();
        Symbol Now(string key) => Legend.Default.Share(100 * (Of(key, "unclear") + Of(key, "unserved")) / Of(key, "total"));
        var place = (await served.Site.Results.Last()).Rows.First(r => r.Level == AreaLevel.Settlement && r.Geometry is not null && Now(r.Key) != Legend.Default.Share(r.Households.Percent(r.Households.Open)));
        var (before, now) = (SKColor.Parse(Legend.Default.Share(place.Households.Percent(place.Households.Open)).Fill), SKColor.Parse(Now(place.Key).Fill));
        var inside = place.Geometry!.InteriorPoint;
        var (x, y) = Crs.Transform(Crs.Stored, Crs.Geographic)(inside.X, inside.Y);
        await using var browser = await Map(address: FormattableString.Invariant($"/map?aus=ground,settlement,border,measure,address,facility,settlement-circle,name#karte=11.9/{y:0.######}/{x:0.######}"));
        await browser.Until("document.querySelectorAll('#massnahmen-liste input').length > 0 && !document.getElementById('erstes-bild')");
        Assert.True(await Comes(browser, before));
        await browser.Evaluate("document.querySelectorAll('#massnahmen-liste input').forEach(c => c.click())");
        Assert.True(await Comes(browser, now));
    }

    [Theory]
    [InlineData(0, 14.4)]
    [InlineData(500, 9.6)]
    public async Task A_gap_area_and_a_square_take_the_place_of_those_on_the_tiles_in_a_trial_and_go_after_it(int size, double zoom)
    {
        if (!Here)
            return;
        var shown = (await served.Send(HttpMethod.Post, "/whatif", """{"measures":[],"gaps":"stored"}""", "admin")).Json.GetProperty("gaps").GetProperty("shown");
        var stored = GapChanges.Of(GapMap.Of([]), (await served.Site.Results.Last()).GapAreas).Shown.ToDictionary(g => g.Key, g => Legend.Default.Share(g.Share));
        var (key, symbol, ring) = shown.GetProperty("features").EnumerateArray().Select(f => (Properties: f.GetProperty("properties"), Ring: f.GetProperty("geometry").GetProperty("coordinates")[0]))
            .Where(f => f.Properties.GetProperty("size").GetInt32() == size)
            .Select(f => (f.Properties.GetProperty("key").GetString()!, Legend.Default.Share(f.Properties.GetProperty("share").GetDouble()), f.Ring)).First(f => stored.GetValueOrDefault(f.Item1) != f.Item2);
        var inside = new GeometryFactory().CreatePolygon([.. ring.EnumerateArray().Select(c => new Coordinate(c[0].GetDouble(), c[1].GetDouble()))]).InteriorPoint;
        var (x, y) = (inside.X, inside.Y);
        await using var browser = await Map(address: FormattableString.Invariant($"/map?aus=ground,settlement,border,measure,address,facility,settlement-circle,name,municipality-share&an=gap-square#karte={zoom}/{y:0.######}/{x:0.######}"));
        await browser.Until("document.querySelectorAll('#massnahmen-liste input').length > 0 && !document.getElementById('erstes-bild')");
        var before = SKColor.Parse(stored.TryGetValue(key, out var was) ? was.Fill : Legend.Default.Page);
        Assert.True(await Comes(browser, before));
        await browser.Evaluate("document.querySelectorAll('#massnahmen-liste input').forEach(c => c.click())");
        Assert.True(await Comes(browser, SKColor.Parse(symbol.Fill)));
        await browser.Evaluate("document.querySelector('#zurueck').click()");
        Assert.True(await Comes(browser, before));
    }

    /// <summary>Whether the middle of the map takes a colour.</summary>
    static async Task<bool> Comes(Chromium browser, SKColor colour)
    {
        var middle = (await browser.Evaluate("(() => { const b = document.getElementById('karte').getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2].map(Math.round); })()")).EnumerateArray().Select(v => v.GetInt32()).ToArray();
        for (var look = 0; look < 60; look++)
        {
            using var picture = SKBitmap.Decode(await browser.Picture());
            if (Enumerable.Range(-2, 5).Any(dx => Enumerable.Range(-2, 5).Any(dy => picture.GetPixel(middle[0] + dx, middle[1] + dy) == colour)))
                return true;
            await browser.Evaluate("new Promise(r => setTimeout(r, 250))");
        }
        return false;
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

    [Fact]
    public async Task The_table_says_the_figures_of_the_command_line_whose_parts_equal_their_total()
    {
        if (!Here)
            return;
        await using var browser = await Map();
        var result = await served.Site.Results.Last();
        foreach (var area in result.Rows.Where(r => r.Level == AreaLevel.Municipality))
        {
            var whole = Rounding.Whole(area.Households);
            var cells = (await browser.Evaluate($"[...document.querySelectorAll('#gemeinden-zeilen tr[data-key=\"{area.Key}\"] td')].slice(0, 5).map(c => c.textContent).join(' ')")).GetString();
            Assert.Equal(string.Join(' ', new[] { whole.Total, whole.Served, whole.Planned, whole.Unclear, whole.Unserved }.Select(n => Formats.Whole(n, Language.De))), cells);
        }
        var county = Rounding.Whole(result.Rows.First(r => r.Level == AreaLevel.County).Households);
        Assert.Contains($"unklar: {Formats.Whole(county.Unclear, Language.De)} (", (await browser.Evaluate("document.querySelector('#zahlen').textContent")).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_visible_is_saved_layer_by_layer_for_the_extent()
    {
        if (!Here)
            return;
        var (x, y) = Crs.Transform(Crs.Stored, Crs.Geographic)(Village.X0 + 450, Village.Y0 + 400);
        await using var browser = await Map(address: FormattableString.Invariant($"/map?aus=facility#karte=13/{y:0.######}/{x:0.######}"));
        await browser.Until("document.querySelector('#laden button[data-collection=gaps]')");
        Assert.Equal(0, (await browser.Evaluate("document.querySelectorAll('#laden [data-collection=facilities], #laden [data-collection=result_municipalities]').length")).GetInt32());
        await browser.Evaluate("""
            (() => { window.saved = null; URL.createObjectURL = blob => { blob.text().then(t => window.saved = t); return 'blob:'; }; HTMLAnchorElement.prototype.click = function () { window.file = this.download; };
            document.querySelector('#laden button[data-collection=gaps]').click(); })()
            """);
        await browser.Until("window.saved");
        Assert.Equal("gaps.geojson", (await browser.Evaluate("window.file")).GetString());
        var saved = System.Text.Json.JsonDocument.Parse((await browser.Evaluate("window.saved")).GetString()!).RootElement;
        Assert.Equal((await served.Site.Results.Last()).GapAreas.Count, saved.GetProperty("features").GetArrayLength());
        await browser.Evaluate("document.querySelector('#ebene-gap').click()");
        await browser.Until("!document.querySelector('#laden button[data-collection=gaps]')");
    }

    [Fact]
    public async Task A_coordinate_is_found_however_it_is_written()
    {
        if (!Here)
            return;
        await using var browser = await Map();
        foreach (var typed in new[] { "33340450 5790400", "340450 5790400", "52° 14' 23,5\" N, 12° 39' 41\" O", "N 52° 14' 23,5\" E 12° 39' 41\"", "E 12° 39' 41\" N 52° 14' 23,5\"" })
        {
            await browser.Evaluate("document.querySelector('#auskunft').replaceChildren(); location.hash = '#karte=9/52/12'");
            await Search(browser, typed);
            await browser.Until("document.querySelector('.maplibregl-marker') && location.hash.includes('karte=15/52.2') && document.querySelector('#auskunft').textContent.includes('Koordinate')");
        }
    }

    [Fact]
    public async Task A_settlement_and_an_address_are_found_and_the_answer_before_goes()
    {
        if (!Here)
            return;
        await using var browser = await Map();
        var settlement = (await served.Json("/stats?by=settlement&facts=no")).GetProperty("rows").EnumerateArray().First(r => r.GetProperty("level").GetString() == "settlement");
        await browser.Until("document.querySelectorAll('#orte option').length > 2");
        await Search(browser, "340450 5790400");
        await browser.Until("document.querySelector('.maplibregl-marker')");
        await Search(browser, settlement.GetProperty("name").GetString()!);
        await browser.Until("document.querySelector('#auskunft').textContent.includes('Siedlung')");
        await browser.Evaluate("document.querySelector('#auskunft button')?.click()");
        await browser.Until("document.querySelector('#meldung').textContent.startsWith('Karte zeigt')");
        Assert.Equal(0, (await browser.Evaluate("document.querySelectorAll('.maplibregl-marker').length")).GetInt32());
    }

    static Task<System.Text.Json.JsonElement> Search(Chromium browser, string text) =>
        browser.Evaluate($"document.querySelector('#frage').value = {System.Text.Json.JsonSerializer.Serialize(text)}; document.querySelector('#suche').requestSubmit()");

    [Fact]
    public async Task The_page_says_always_which_rule_on_which_evidence_of_which_day()
    {
        if (!Here)
            return;
        await using var browser = await Map();
        Assert.Matches("Aufgreifschwelle .* Grundlage .* Stand \\d\\d\\.\\d\\d\\.\\d{4}", (await browser.Evaluate("document.querySelector('#zeigt').innerText")).GetString());
    }

    [Fact]
    public async Task Enter_on_the_map_asks_about_its_middle_and_a_row_of_the_table_keeps_the_focus()
    {
        if (!Here)
            return;
        var (x, y) = Crs.Transform(Crs.Stored, Crs.Geographic)(Village.X0 + 40, Village.Y0 + 80);
        await using var browser = await Map(address: FormattableString.Invariant($"/map#karte=16/{y:0.######}/{x:0.######}"));
        await browser.Evaluate("(() => { const c = document.querySelector('#karte canvas'); c.focus(); c.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })); })()");
        await browser.Until("document.querySelector('#auskunft ol li small')"); // each step names its edition and its rule
        await browser.Evaluate("(() => { const b = document.querySelector('#gemeinden-zeilen button'); b.focus(); b.click(); })()");
        await browser.Until("document.querySelector('#gemeinden-zeilen tr[aria-current]')");
        Assert.Equal("BUTTON", (await browser.Evaluate("document.activeElement.tagName")).GetString());
    }

    [Fact]
    public async Task The_first_picture_is_there_before_the_maps_program_and_shows_the_same_classes()
    {
        if (!Here)
            return;
        await served.Json("/tilejson"); // the page shows what is there when it is asked for
        await using var browser = await Map();
        Assert.NotEqual(0, (await browser.Evaluate("performance.getEntriesByName('erstes-bild').length")).GetInt32());
        var requests = browser.Requests.ToList();
        var asked = requests.FindIndex(r => r.Contains("/map/tiles/", StringComparison.Ordinal));
        Assert.InRange(asked, 0, requests.FindIndex(r => r.EndsWith("/tilejson", StringComparison.Ordinal)));
        using var picture = SKBitmap.Decode(await served.Client.GetByteArrayAsync(new Uri(requests[asked]), TestContext.Current.CancellationToken));
        Assert.Equal((512, 512), (picture.Width, picture.Height));
        await browser.Until("!document.getElementById('erstes-bild')");
    }

    [Fact]
    public async Task The_maps_program_is_sent_packed_to_who_unpacks_and_is_the_same()
    {
        if (!Here)
            return;
        var address = new Uri(served.Root + "/map/map.js");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.Add(new("gzip"));
        using var packed = await served.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("gzip", packed.Content.Headers.ContentEncoding.Single());
        await using var unpacked = new System.IO.Compression.GZipStream(await packed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), System.IO.Compression.CompressionMode.Decompress);
        using var text = new StreamReader(unpacked);
        Assert.Equal(await served.Client.GetStringAsync(address, TestContext.Current.CancellationToken), await text.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_view_is_chosen_compared_at_the_divider_and_found_again_by_its_address()
    {
        if (!Here)
            return;
        await using var browser = await Map();
        static string Choose(string id, string value) => $"(() => {{ const b = document.getElementById('{id}'); b.value = '{value}'; b.dispatchEvent(new Event('change')); }})()";
        await browser.Evaluate("document.querySelector('#ansichten').open = true");
        await browser.Evaluate(Choose("profil-a", "NGA-2015"));
        await browser.Until("location.search.includes('profil=NGA-2015') && document.querySelector('#meldung').textContent.includes('zeigt die gewählte')");
        await browser.Evaluate("document.querySelector('#vergleichen').click()");
        await browser.Until("!document.querySelector('#vergleich').hidden && document.querySelectorAll('#vergleich-zeilen tr').length >= 3");
        var open = (await served.Json("/views?profile=NGA-2015")).GetProperty("rows")[0].GetProperty("households");
        var expected = Formats.Whole((long)Math.Round(open.GetProperty("unclear").GetDouble() + open.GetProperty("unserved").GetDouble()), Language.De);
        Assert.StartsWith($"{expected} (", (await browser.Evaluate("document.querySelector('#vergleich-zeilen td').textContent")).GetString(), StringComparison.Ordinal);
        Assert.StartsWith("Verschiedene Schwellen oder Grundlagen:", (await browser.Evaluate("document.querySelector('#vergleich-hinweis').textContent")).GetString(), StringComparison.Ordinal);
        await browser.Until("document.querySelector('#karte-b canvas')");
        await browser.Evaluate("(() => { const t = document.querySelector('#teiler'); t.focus(); for (let i = 0; i < 5; i++) t.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft' })); })()");
        Assert.Equal("40", (await browser.Evaluate("document.querySelector('#teiler').getAttribute('aria-valuenow')")).GetString());
        Assert.Contains("teiler=40", (await browser.Evaluate("location.search")).GetString(), StringComparison.Ordinal);
        var address = (await browser.Evaluate("location.pathname + location.search + location.hash")).GetString()!;
        await using var again = await Map(address: address);
        await again.Until("document.querySelectorAll('#vergleich-zeilen tr').length >= 3 && document.querySelector('#teiler').getAttribute('aria-valuenow') === '40'");
        Assert.Equal("NGA-2015", (await again.Evaluate("document.querySelector('#profil-a').value")).GetString());
        Assert.All(again.Requests.Where(r => !r.StartsWith("data:", StringComparison.Ordinal) && !r.StartsWith("blob:", StringComparison.Ordinal)), r => Assert.StartsWith(served.Root, r, StringComparison.Ordinal));
        await again.Accessible();
    }

    [Fact]
    public async Task The_sheet_of_this_part_follows_the_map_its_layers_and_the_chosen_view()
    {
        if (!Here)
            return;
        var (x, y) = Crs.Transform(Crs.Stored, Crs.Geographic)(Village.X0 + 450, Village.Y0 + 400);
        await using var browser = await Map(address: FormattableString.Invariant($"/map?aus=facility&profil=NGA-2015#karte=14/{y:0.######}/{x:0.######}"));
        await browser.Until("document.querySelector('#ausschnitt-a4').href.includes('profile=NGA-2015')");
        var link = (await browser.Evaluate("document.querySelector('#ausschnitt-a4').href")).GetString()!;
        Assert.Contains("layers=", link, StringComparison.Ordinal);
        Assert.Contains("gap", link, StringComparison.Ordinal);
        Assert.DoesNotContain("facility", link, StringComparison.Ordinal);
        Assert.DoesNotContain("municipality-share", link, StringComparison.Ordinal); // not drawn at this zoom level
        var got = await served.Get(link);
        Assert.Equal((200, "application/pdf"), (got.Status, got.Content.ContentType!.MediaType));
        await browser.Evaluate("document.querySelector('#ebene-gap').click()");
        await browser.Until("!document.querySelector('#ausschnitt-a4').href.includes('gap')");
    }

    [Fact]
    public async Task On_a_telephone_the_caption_is_short_and_says_all_at_a_tap()
    {
        if (!Here)
            return;
        await using var browser = await Map(360, 740);
        const string Lines = "Math.round(document.querySelector('#zeigt').getBoundingClientRect().height / parseFloat(getComputedStyle(document.querySelector('#zeigt')).lineHeight))";
        Assert.InRange((await browser.Evaluate(Lines)).GetInt32(), 1, 2);
        await browser.Evaluate("document.querySelector('#zeigt summary').click()");
        Assert.Matches("Aufgreifschwelle .* Grundlage .* Stand \\d\\d\\.\\d\\d\\.\\d{4}", (await browser.Evaluate("document.querySelector('#zeigt-ganz').innerText")).GetString());
        await browser.Accessible();
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
        await browser.Accessible();
    }
}
