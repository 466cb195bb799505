using Breitband.Tests.Service.Http;

namespace Breitband.Tests.Map;

/// <summary>A map that is open while somebody changes what it shows.</summary>
public sealed class ChangedMapTests : IAsyncLifetime
{
    readonly Served served = new();

    public ValueTask InitializeAsync() => served.InitializeAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task An_open_map_notices_that_its_tiles_are_no_more_and_loads_map_table_and_trial_again()
    {
        if (!Chromium.Here)
            return;
        await using var browser = await Chromium.Start(1300, 900);
        await browser.Open(served.Root + "/map");
        await browser.Until("document.body.dataset.fertig === 'ja' && document.querySelectorAll('#massnahmen-liste input').length > 0");
        await browser.Evaluate("document.querySelector('#massnahmen-liste input').click()");
        await browser.Until("!document.querySelector('#versuch').hidden");
        var measure = await served.Get("/measures/M1", "editor");
        Assert.Equal(200, (await served.Send(HttpMethod.Patch, "/measures/M1", """{"fields":{"title":"Umbenannt"}}""", "editor", ("If-Match", measure.Header("ETag")!))).Status);
        await served.Json("/tilejson"); // whoever comes first sets it going
        await served.Site.Pyramids.Made(Disclosure.Public);
        browser.Requests.Clear();
        // Tiles of another zoom level (nearer ones would be made from those at hand): those of the old edition are gone.
        await browser.Evaluate("(() => { const b = document.querySelector('.maplibregl-ctrl-zoom-out'); for (let i = 0; i < 2; i++) b.click(); })()");
        await browser.Until("document.querySelector('#meldung').textContent.includes('Die Daten haben sich geändert')");
        await browser.Until("document.querySelector('#versuch').hidden && document.querySelector('#massnahmen-liste input').checked");
        Assert.DoesNotContain("AJAX", (await browser.Evaluate("document.body.innerText")).GetString(), StringComparison.Ordinal);
        // The worker that fetches tiles is not heard here; it takes their addresses from this answer.
        Assert.Contains(browser.Requests, r => r.EndsWith("/tilejson", StringComparison.Ordinal));
        Assert.Contains(browser.Requests, r => r.Contains("/stats?by=municipality", StringComparison.Ordinal));
        await browser.Until("document.querySelector('#massnahmen-liste').textContent.length > 0");
    }
}
