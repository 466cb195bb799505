using System.Globalization;
using Breitband.Tests.Service.Http;
using SkiaSharp;

namespace Breitband.Tests.Map;

/// <summary>The village with an edition of 2021 in which no cell had anything: built out since, across the break of method of mid-2022.</summary>
public sealed class VillageAcrossTheBreak : Served
{
    protected override Action<Breitband.Store.Store>? More => static store =>
    {
        var cells = store.LiveEditions(Layer.CoverageCells).Single();
        var rows = store.Read(cells).ToList();
        Commit(new(2021, 12, 31), rows.Select(r => r with { Values = [.. r.Values.Select(v => v is double ? 0.0 : v)] }));
        Commit(new(2026, 1, 1), rows);

        void Commit(DateOnly day, IEnumerable<Row> values)
        {
            using var writer = store.Begin(cells with { Date = day, Sha256 = $"{day:yyyy}" }, Layer.CoverageCells.Fields);
            foreach (var row in values)
                writer.Write(row);
            writer.Commit("{}");
        }
    };
}

/// <summary>What changed between two editions, in a real browser.</summary>
public sealed class ChangeMapTests(VillageAcrossTheBreak served) : IClassFixture<VillageAcrossTheBreak>
{
    async Task<Dictionary<int, int>> Editions() => (await served.Json("/editions")).EnumerateArray().Where(e => e.GetProperty("dataset").GetString()!.StartsWith("coverage_cells", StringComparison.Ordinal) && !e.GetProperty("live").GetBoolean())
        .ToDictionary(e => DateOnly.Parse(e.GetProperty("date").GetString()!, CultureInfo.InvariantCulture).Year, e => e.GetProperty("number").GetInt32());

    [Fact]
    public async Task Two_editions_neither_of_which_is_live_are_compared_and_the_break_between_them_is_named()
    {
        var editions = await Editions();
        var (first, second) = (editions[2021], editions.First(e => e.Key != 2021).Value);
        var compared = await served.Json($"/comparison?with={first}&to={second}");
        Assert.Equal((first, second), (compared.GetProperty("before").GetProperty("number").GetInt32(), compared.GetProperty("after").GetProperty("number").GetInt32()));
        Assert.Contains("Mitte 2022", compared.GetProperty("method_break").GetString(), StringComparison.Ordinal);
        Assert.Null((await served.Json($"/comparison?with={second}")).GetProperty("method_break").GetString());
    }

    [Theory]
    [InlineData("", 400, "Nummer oder Tag")]
    [InlineData("with=999", 400, "gibt es nicht")]
    [InlineData("with=2021-12-31&layers=gap", 400, "gap")]
    [InlineData("with=2021-12-31&bbox=1,2,3", 400, "vier Zahlen")]
    [InlineData("with=2021-12-31&page=9&f=png", 404, "Seiten")]
    [InlineData("with=2021-12-31&released=true", 401, "")]
    public async Task A_sheet_of_a_change_that_cannot_be_printed_is_refused_with_the_reason(string query, int status, string reason)
    {
        var answer = await served.Get($"/print/change?{query}");
        Assert.Equal(status, answer.Status);
        Assert.Contains(reason, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_planner_sees_where_something_was_gained_reads_the_figures_and_is_warned_of_the_break_of_method()
    {
        if (!Chromium.Here)
            return;
        var first = (await Editions())[2021];
        var compared = await served.Json($"/comparison?with={first}");
        var gained = compared.GetProperty("rows").EnumerateArray().Where(r => r.GetProperty("level").GetString() == "municipality").MaxBy(r => r.GetProperty("gained").GetDouble());
        var (before, after) = (gained.GetProperty("before"), gained.GetProperty("after"));
        var symbol = Legend.Default.Change(100 * (after.GetProperty("served").GetDouble() - before.GetProperty("served").GetDouble()) / after.GetProperty("total").GetDouble());
        var result = await served.Site.Results.Last();
        var place = result.Rows.First(r => r.Level == AreaLevel.Municipality && r.Key == gained.GetProperty("key").GetString()).Geometry!.EnvelopeInternal;
        // Away from settlements, whose own class lies above.
        var (x, y) = Crs.Transform(Crs.Stored, Crs.Geographic)(place.Centre.X, place.MaxY - 250);
        await using var browser = await Chromium.Start(1300, 900);
        await browser.Open(string.Create(CultureInfo.InvariantCulture, $"{served.Root}/map?stand2={first}&teiler=50&veraenderung=ja#karte=11.5/{y:0.000000}/{x:0.000000}"));
        await browser.Until("document.querySelector('#zeigt-lang').textContent.startsWith('Veränderung 31.12.2021 → 01.01.2026')");
        await browser.Until("document.querySelectorAll('#gemeinden-kopf th').length === 6 && [...document.querySelectorAll('#gemeinden-kopf th')].some(h => h.textContent === 'Prozentpunkte')");
        Assert.True((await browser.Evaluate("document.querySelector('#karte-b').hidden && !document.querySelector('#bruch').hidden")).GetBoolean());
        Assert.Contains("Mitte 2022", (await browser.Evaluate("document.querySelector('#bruch').innerText")).GetString(), StringComparison.Ordinal);
        Assert.Equal(Legend.Default.ChangeClasses.Count + 1, (await browser.Evaluate("document.querySelector('#ebene-change-share').closest('.ebene').querySelectorAll('.zeichen li').length")).GetInt32());
        var middle = (await browser.Evaluate("(() => { const b = document.getElementById('karte').getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2].map(Math.round); })()")).EnumerateArray().Select(v => v.GetInt32()).ToArray();
        var seen = new HashSet<SKColor>();
        for (var look = 0; look < 60 && !seen.Contains(SKColor.Parse(symbol.Fill)); look++)
        {
            await browser.Evaluate("new Promise(r => setTimeout(r, 250))");
            using var picture = SKBitmap.Decode(await browser.Picture());
            seen = [.. Enumerable.Range(-6, 13).SelectMany(dx => Enumerable.Range(-6, 13).Select(dy => picture.GetPixel(middle[0] + dx, middle[1] + dy)))];
        }
        Assert.Contains(SKColor.Parse(symbol.Fill), seen);
        await browser.Click(middle[0], middle[1]);
        await browser.Until("document.querySelector('#auskunft-veraenderung li')");
        Assert.Contains($"{gained.GetProperty("name").GetString()}: versorgt", (await browser.Evaluate("document.querySelector('#auskunft-veraenderung').textContent")).GetString(), StringComparison.Ordinal);
        await browser.Accessible();
        // The sheet is of what the map shows: the change, not the last analysis.
        var sheet = (await browser.Evaluate("document.querySelector('#ausschnitt-a4').href")).GetString()!;
        Assert.Contains($"/print/change?with={first}&", sheet, StringComparison.Ordinal);
        Assert.Contains("change-share", sheet, StringComparison.Ordinal);
        Assert.StartsWith("%PDF", await served.Client.GetStringAsync(sheet, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("BREITBAND_PICTURES") is { } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, "veraenderung.png"), await browser.Picture(), TestContext.Current.CancellationToken);
        // What cannot be compared is said, on the map too; without the change the two views are there again.
        await browser.Evaluate("(() => { const b = document.getElementById('stand-b'); b.value = ''; b.dispatchEvent(new Event('change')); })()");
        await browser.Until("document.querySelector('#bruch').innerText.includes('denselben Datenstand') && !document.querySelector('#karte-b').hidden && document.querySelector('#ebene-municipality-share')");
        await browser.Evaluate("document.querySelector('#veraenderung').click()");
        await browser.Until("document.querySelector('#bruch').hidden && !location.search.includes('veraenderung')");
        Assert.Empty(browser.Errors);
    }
}
