using System.Text.Json;

namespace Breitband.Tests.Map;

/// <summary>What a reader switches, chooses and asks on the page, and finds again by its link.</summary>
public sealed class MapStateTests(ServedClasses served) : IClassFixture<ServedClasses>
{
    async Task<Chromium> Map(string address = "/map", int width = 1300, int height = 900)
    {
        var browser = await Chromium.Start(width, height);
        await browser.Open(served.Root + address);
        await browser.Until("document.body.dataset.fertig === 'ja' && document.querySelectorAll('#gemeinden-zeilen tr').length > 0");
        return browser;
    }

    static Task Search(Chromium browser, string text) =>
        browser.Evaluate($"document.querySelector('#frage').value = {JsonSerializer.Serialize(text)}; document.querySelector('#suche').requestSubmit()");

    static async Task<string> Text(Chromium browser, string expression) => (await browser.Evaluate(expression)).GetString()!;

    [Fact]
    public async Task A_link_holds_opacity_trial_chosen_municipality_and_the_place_asked_about()
    {
        if (!Chromium.Here)
            return;
        await using var browser = await Map();
        await browser.Evaluate("(() => { const s = document.querySelector('#deckkraft-gap'); s.value = '50'; s.dispatchEvent(new Event('input')); s.dispatchEvent(new Event('change')); })()");
        await browser.Until("document.querySelectorAll('#massnahmen-liste input').length > 1");
        await browser.Evaluate("document.querySelectorAll('#massnahmen-liste input')[1].click()");
        await browser.Until("!document.querySelector('#versuch').hidden");
        await Search(browser, "340040 5790080");
        await browser.Until("document.querySelector('#auskunft h2') && location.search.includes('ort=')");
        await browser.Evaluate("document.querySelector('#gemeinden-zeilen tr[data-key=\"12069905\"] button').click()");
        await browser.Until("location.search.includes('gemeinde=12069905')");
        await Search(browser, "340040 5790080");
        await browser.Until("!document.querySelector('#auskunft').hasAttribute('aria-busy') && location.search.includes('ort=')");
        var (place, trial, address) = (await Text(browser, "document.querySelector('#auskunft h2').textContent"), await Text(browser, "document.querySelector('#zahlen').textContent"), await Text(browser, "location.pathname + location.search + location.hash"));
        await using var again = await Map(address);
        await again.Until($"document.querySelector('#auskunft h2')?.textContent === {JsonSerializer.Serialize(place)} && document.querySelector('#zahlen').textContent === {JsonSerializer.Serialize(trial)}");
        Assert.Equal("50", await Text(again, "document.querySelector('#deckkraft-gap').value"));
        Assert.False((await again.Evaluate("document.querySelectorAll('#massnahmen-liste input')[1].checked")).GetBoolean());
        Assert.NotEqual(0, (await again.Evaluate("document.querySelectorAll('#gemeinden-zeilen tr[aria-current]').length")).GetInt32());
        Assert.Empty(again.Errors);
    }

    [Fact]
    public async Task Layers_are_switched_by_their_boxes_and_say_when_the_zoom_level_hides_them()
    {
        if (!Chromium.Here)
            return;
        await using var browser = await Map("/map#karte=10/52.23/12.66");
        Assert.Equal("false false true", await Text(browser, "['supply', 'gap-square', 'gap'].map(g => document.getElementById('ebene-' + g).checked).join(' ')"));
        Assert.Equal("erst näher", await Text(browser, "document.querySelector('#ebene-gap').closest('.ebene').querySelector('.zoom').textContent"));
        await browser.Evaluate("document.querySelector('#ebene-gap-square').click(); document.querySelector('#ebene-name').click()");
        Assert.Equal("name gap-square", await Text(browser, "['aus', 'an'].map(n => new URLSearchParams(location.search).get(n)).join(' ')"));
        await using var again = await Map(await Text(browser, "location.pathname + location.search + location.hash"));
        Assert.Equal("true false", await Text(again, "['gap-square', 'name'].map(g => document.getElementById('ebene-' + g).checked).join(' ')"));
        Assert.Empty(again.Errors);
    }

    [Fact]
    public async Task The_table_is_sorted_by_the_column_pressed_and_turned_around_when_pressed_again()
    {
        if (!Chromium.Here)
            return;
        await using var browser = await Map();
        const string Names = "[...document.querySelectorAll('#gemeinden-zeilen th')].map(c => c.textContent).join(' ')";
        await browser.Evaluate("document.querySelectorAll('#gemeinden-kopf button')[0].click()");
        Assert.Equal("Adorf Bdorf Cdorf Ddorf Edorf", await Text(browser, Names));
        await browser.Evaluate("document.querySelectorAll('#gemeinden-kopf button')[1].click()");
        Assert.StartsWith("Bdorf Adorf", await Text(browser, Names), StringComparison.Ordinal);
        Assert.Equal("descending", await Text(browser, "document.querySelectorAll('#gemeinden-kopf th')[1].getAttribute('aria-sort')"));
        await browser.Evaluate("document.querySelectorAll('#gemeinden-kopf button')[1].click()");
        Assert.StartsWith("Cdorf", await Text(browser, Names), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_there_is_twice_is_a_list_to_press_and_a_miss_names_few()
    {
        if (!Chromium.Here)
            return;
        await using var browser = await Map();
        await Search(browser, "Lindenweg 3");
        await browser.Until("document.querySelectorAll('#auskunft li button').length === 2");
        await browser.Evaluate("document.querySelectorAll('#auskunft li button')[1].click()");
        await browser.Until("document.querySelector('#auskunft h2')?.textContent.includes('Bdorf')");
        await Search(browser, "Xyzzyx");
        await browser.Until("document.querySelector('#auskunft').textContent.includes('weder eine Adresse')");
        Assert.InRange((await Text(browser, "document.querySelector('#auskunft').textContent")).Split(", ").Length, 1, 4);
    }

    [Fact]
    public async Task The_page_prints_the_sheet_it_names_and_says_which_analysis_it_shows()
    {
        if (!Chromium.Here)
            return;
        await using var browser = await Map();
        Assert.Contains("letzte Analyse: Aufgreifschwelle", await Text(browser, "document.querySelector('#blatt-stand').textContent"), StringComparison.Ordinal);
        const string Fetched = "fetch(document.querySelector('#blatt').href).then(async r => r.status + ' ' + (await r.text()).slice(0, 5))";
        Assert.Equal("200 %PDF-", await Text(browser, Fetched));
        await browser.Evaluate("document.querySelector('#gemeinden-zeilen tr[data-key=\"12069901\"] button').click()");
        await browser.Until("document.querySelector('#blatt').href.includes('12069901')");
        Assert.Equal("200 %PDF-", await Text(browser, Fetched));
    }

    [Fact]
    public async Task The_other_language_shows_the_same_place_and_layers_and_nothing_turns_or_tilts_the_map()
    {
        if (!Chromium.Here)
            return;
        await using var browser = await Map("/map?aus=border&ohne=%25E0%25A4%25A&teiler=0#karte=12/52.23/12.66/45/60");
        await browser.Evaluate("(() => { const c = document.querySelector('#karte canvas'); c.focus(); for (const key of ['ArrowRight', 'ArrowUp']) c.dispatchEvent(new KeyboardEvent('keydown', { key, keyCode: key === 'ArrowUp' ? 38 : 39, shiftKey: true, bubbles: true })); })()");
        await browser.Until("!document.getElementById('erstes-bild')");
        Assert.Contains("inset", await Text(browser, "getComputedStyle(document.querySelector('.maplibregl-canvas-container'), '::after').outlineOffset === '-3px' ? 'inset' : 'no ring'"), StringComparison.Ordinal);
        Assert.Equal("0", await Text(browser, "document.querySelector('#teiler').getAttribute('aria-valuenow')"));
        await browser.Evaluate("document.querySelector('header a[hreflang=en]').click()");
        await browser.Until("document.documentElement.lang === 'en' && document.body.dataset.fertig === 'ja'");
        Assert.Equal("border", await Text(browser, "new URLSearchParams(location.search).get('aus')"));
        Assert.Matches("^#karte=12/52\\.2[0-9]*/12\\.6[0-9]*$", await Text(browser, "location.hash"));
        Assert.False((await browser.Evaluate("document.querySelector('#ebene-border').checked")).GetBoolean());
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task An_answer_that_comes_late_does_not_take_the_place_of_a_newer_one()
    {
        if (!Chromium.Here)
            return;
        await using var browser = await Map();
        await browser.Evaluate("{ const real = window.fetch; window.fetch = async (...a) => { const slow = String(a[0]).includes('Xyzzyx'); const answer = await real(...a); if (slow) { await new Promise(r => setTimeout(r, 1500)); window.late = true; } return answer; }; }");
        await Search(browser, "Xyzzyx");
        await Search(browser, "340040 5790080");
        await browser.Until("document.querySelector('#auskunft h2') && document.querySelector('.maplibregl-marker')");
        await browser.Until("window.late");
        await browser.Evaluate("new Promise(r => setTimeout(r, 200))");
        Assert.Equal(1, (await browser.Evaluate("document.querySelectorAll('#auskunft h2').length")).GetInt32());
        Assert.Equal(1, (await browser.Evaluate("document.querySelectorAll('.maplibregl-marker').length")).GetInt32());
        Assert.False((await browser.Evaluate("document.querySelector('#auskunft').hasAttribute('aria-busy')")).GetBoolean());
    }

    [Fact]
    public async Task A_measure_is_shown_on_the_map()
    {
        if (!Chromium.Here)
            return;
        await using var browser = await Map();
        await browser.Until("document.querySelectorAll('#massnahmen-liste .zeigen').length > 0");
        await browser.Evaluate("document.querySelector('#massnahmen-liste .zeigen').click()");
        await browser.Until("document.querySelector('#meldung').textContent.startsWith('Karte zeigt') && location.hash.includes('karte=15')");
    }

    /// <summary>Kept in the output folder of the tests, to be looked at.</summary>
    [Theory]
    [InlineData(1600, 1000)]
    [InlineData(1024, 768)]
    [InlineData(360, 740)]
    public async Task Nothing_is_cut_off_or_laid_over_another_at_the_sizes_people_have(int width, int height)
    {
        if (!Chromium.Here)
            return;
        await using var browser = await Map(width: width, height: height);
        await browser.Evaluate("document.querySelector('#gemeinden-zeilen tr[data-key=\"12069901\"] button').click()");
        await browser.Until("!document.getElementById('erstes-bild') && document.querySelector('#quellen').textContent.length > 0");
        await browser.Evaluate("new Promise(r => setTimeout(r, 1500))");
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "pictures")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, $"karte-{width}x{height}.png"), await browser.Picture(), TestContext.Current.CancellationToken);
        Assert.InRange((await browser.Evaluate("document.documentElement.scrollWidth")).GetInt32(), 1, width);
        // The texts on the picture: none under another, however many sources there are to name.
        await browser.Evaluate("document.querySelector('#quellen').textContent = Array(9).fill('© Statistisches Bundesamt (Destatis), Zensus 2022').join(' · ')");
        Assert.Equal("", await Text(browser, """
            (() => {
              const boxes = ['.demo', '#zeigt', '#quellen', '#suche', '#ort', '.maplibregl-ctrl-top-right .maplibregl-ctrl', '.maplibregl-ctrl-bottom-left .maplibregl-ctrl'].map(s => [s, document.querySelector(s)])
                .filter(([, e]) => e && getComputedStyle(e).display !== 'none' && e.textContent !== '').map(([s, e]) => [s, e.getBoundingClientRect()]);
              return boxes.flatMap(([a, p], i) => boxes.slice(i + 1).filter(([, q]) => p.left < q.right && q.left < p.right && p.top < q.bottom && q.top < p.bottom).map(([b]) => a + ' over ' + b)).join(', ');
            })()
            """));
        await browser.Evaluate("document.querySelector('#ebenen').scrollIntoView(); new Promise(r => setTimeout(r, 300))");
        await File.WriteAllBytesAsync(Path.Combine(folder, $"karte-{width}x{height}-legende.png"), await browser.Picture(), TestContext.Current.CancellationToken);
    }
}
