using System.Globalization;
using Breitband.Tests.Analyse;
using Breitband.Tests.Service.Http;
using SkiaSharp;

namespace Breitband.Tests.Map;

/// <summary>Where no graphics card draws, a picture is moved in the place of the map while a hand moves it. The tests' browser has none.</summary>
public sealed class MovedMapTests(Served served) : IClassFixture<Served>
{
    const string Moved = "document.querySelector('#karte .bewegt')";
    const int Right = 150, Up = 60;

    static readonly (double X, double Y) Place = Crs.Transform(Crs.Stored, Crs.Geographic)(Village.X0 + 450, Village.Y0 + 400);

    /// <summary>A browser with the place in the middle of its map, and the hand on it.</summary>
    async Task<(Chromium Browser, int X, int Y)> Held(string query = "")
    {
        var browser = await Chromium.Start(1300, 900);
        await browser.Open(served.Root + FormattableString.Invariant($"/map?aus=border,measure,address,facility,settlement-circle,name{query}#karte=12/{Place.Y:0.######}/{Place.X:0.######}"));
        await browser.Until("document.body.dataset.fertig === 'ja' && !document.getElementById('erstes-bild')");
        await browser.Evaluate("new Promise(r => setTimeout(r, 1000))");
        var middle = (await browser.Evaluate("(() => { const b = document.getElementById('karte').getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2].map(Math.round); })()")).EnumerateArray().Select(v => v.GetInt32()).ToArray();
        await browser.Drag("mousePressed", middle[0], middle[1]);
        return (browser, middle[0], middle[1]);
    }

    static async Task<SKColor[]> Around(Chromium browser, int x, int y)
    {
        using var picture = SKBitmap.Decode(await browser.Picture());
        return [.. Enumerable.Range(-40, 81).SelectMany(dy => Enumerable.Range(-40, 81).Select(dx => picture.GetPixel(x + dx, y + dy)))];
    }

    static double Alike(SKColor[] one, SKColor[] other) => one.Zip(other).Count(p => p.First == p.Second) / (double)one.Length;

    [Fact]
    public async Task A_dragged_picture_shows_the_place_under_the_hand_and_the_map_is_drawn_there_when_the_hand_rests()
    {
        if (!Chromium.Here)
            return;
        var (browser, x, y) = await Held();
        await using var _ = browser;
        var before = await Around(browser, x, y);
        Assert.True(before.Distinct().Count() > 1, "nothing to be seen at the place: the picture could be anywhere");
        await browser.Evaluate($"(() => {{ window.shown = []; const box = document.querySelector('#karte'); new MutationObserver(() => {{ const p = {Moved}; window.shown.push(p.hidden ? '' : p.style.transform); }}).observe(box, {{ subtree: true, attributes: true, childList: true }}); }})()");

        // The hand does not rest while the screen is looked at.
        var hand = browser.Evaluate($"new Promise(done => {{ let n = 0; const box = document.querySelector('#karte canvas'); (function go() {{ const at = {{ bubbles: true, button: 0, buttons: 1, clientX: {x + Right} + n % 2, clientY: {y - Up} }}; box.dispatchEvent(new MouseEvent('mousemove', at)); n++ < 60 ? setTimeout(go, 50) : done(); }})(); }})");
        await browser.Until($"{Moved} && !{Moved}.hidden && {Moved}.style.transform.startsWith('translate(15')");
        var during = await Around(browser, x + Right, y - Up);
        await hand;
        await browser.Until($"{Moved}.hidden");
        await browser.Drag("mouseReleased", x + Right, y - Up);
        await browser.Evaluate("new Promise(r => setTimeout(r, 1500))");
        var after = await Around(browser, x + Right, y - Up);

        Assert.True(Math.Max(Alike(before, during), Shifted(before, during)) > 0.9, $"the picture is not where the hand has it: {Alike(before, during):0.00}");
        Assert.True(Alike(before, after) > 0.9, $"the map is not drawn where the hand left it: {Alike(before, after):0.00}");
        Assert.NotEmpty((await browser.Evaluate("window.shown.filter(Boolean)")).EnumerateArray());
        var hash = (await browser.Evaluate("location.hash")).GetString()!.Split('/');
        // The middle of the map lies as far from the place as the hand went.
        double Degrees(double pixels) => pixels * 360 / (512 * Math.Pow(2, 12));
        Assert.Equal(Place.X - Degrees(Right), double.Parse(hash[2], CultureInfo.InvariantCulture), Degrees(2));
        Assert.Equal(Place.Y - Degrees(Up) * Math.Cos(Place.Y * Math.PI / 180), double.Parse(hash[1], CultureInfo.InvariantCulture), Degrees(2));
    }

    /// <summary>One pixel to the right: the hand in the test trembles by one.</summary>
    static double Shifted(SKColor[] one, SKColor[] other) => Alike([.. one.SkipLast(1)], [.. other.Skip(1)]);

    [Fact]
    public async Task A_click_after_the_drag_asks_about_the_place_that_is_seen()
    {
        if (!Chromium.Here)
            return;
        var (browser, x, y) = await Held();
        await using var _ = browser;
        for (var i = 1; i <= 10; i++)
            await browser.Drag("mouseMoved", x + i * Right / 10, y - i * Up / 10);
        await browser.Until($"{Moved}?.hidden"); // rested: nothing slides on
        await browser.Drag("mouseReleased", x + Right, y - Up);
        await browser.Click(x + Right, y - Up);
        await browser.Until("location.search.includes('ort=')");
        var asked = (await browser.Evaluate("new URLSearchParams(location.search).get('ort')")).GetString()!.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(Village.X0 + 450, asked[0], 60.0); // a pixel is 24 m
        Assert.Equal(Village.Y0 + 400, asked[1], 60.0);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("&grundlage=mev", true)]
    public async Task Around_a_map_with_figures_of_its_own_the_ground_is_painted_without_those_of_the_last_analysis(string query, bool own)
    {
        if (!Chromium.Here)
            return;
        var (browser, x, y) = await Held(query);
        await using var _ = browser;
        const string Painted = "performance.getEntriesByType('resource').map(r => r.name).filter(n => n.includes('/map/tiles/') && n.includes('off=border')).map(n => new URL(n).searchParams.get('off'))";
        await browser.Drag("mouseMoved", x + Right, y - Up);
        await browser.Until($"{Painted}.some(off => off.includes('gap') === {(own ? "true" : "false")})");
        await browser.Drag("mouseReleased", x + Right, y - Up);
    }

    [Fact]
    public async Task With_a_graphics_card_every_frame_is_drawn()
    {
        if (!Chromium.Here)
            return;
        var (browser, x, y) = await Held("&zeichnen=immer");
        await using var _ = browser;
        await browser.Drag("mouseMoved", x + Right, y);
        await browser.Until($"!location.hash.includes('/{Place.X.ToString("0.####", CultureInfo.InvariantCulture)}')");
        await browser.Drag("mouseReleased", x + Right, y);
        Assert.True((await browser.Evaluate($"{Moved} === null")).GetBoolean());
    }
}
