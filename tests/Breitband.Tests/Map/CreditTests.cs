using Breitband.Tests.Analyse;
using Breitband.Tests.Service.Http;

namespace Breitband.Tests.Map;

/// <summary>The village with a school of somebody whose licence asks to be named.</summary>
public sealed class Credited : Served
{
    protected override Action<Breitband.Store.Store>? More => store =>
        Import(store, Layer.Facilities, "schulen", Disclosure.Public, new Row(Point(Village.X0 + 50, Village.Y0 + 50), [.. Layer.Facilities.Fields.Select(f => f.Name switch { "key" => "F9", "name" => (object?)"Schule", _ => null })]));
}

public sealed class CreditTests(Credited served) : IClassFixture<Credited>
{
    [Fact]
    public async Task Each_layer_of_the_tiles_names_its_own_sources()
    {
        var layers = (await served.Json("/tilejson")).GetProperty("vector_layers").EnumerateArray().ToDictionary(l => l.GetProperty("id").GetString()!, l => l.GetProperty("attribution").GetString()!);
        Assert.Contains("© Jemand", layers["facilities"], StringComparison.Ordinal);
        Assert.DoesNotContain("© Jemand", layers["addresses"], StringComparison.Ordinal);
        Assert.DoesNotContain("© Jemand", layers["measures"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_map_names_the_sources_of_what_it_draws_and_no_others()
    {
        if (!Chromium.Here)
            return;
        var (x, y) = Crs.Transform(Crs.Stored, Crs.Geographic)(Village.X0 + 50, Village.Y0 + 50);
        await using var browser = await Chromium.Start(1300, 900);
        await browser.Open(served.Root + FormattableString.Invariant($"/map?aus=municipality-share,gap,settlement-circle,name,border#karte=14/{y:0.######}/{x:0.######}"));
        await browser.Until("document.body.dataset.fertig === 'ja' && document.querySelector('#quellen').innerText.includes('© Jemand')");
        await browser.Evaluate("document.querySelector('#ebene-facility').click()");
        await browser.Until("!document.querySelector('#quellen').textContent.includes('© Jemand')");
    }
}
