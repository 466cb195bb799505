using Breitband.Service.Http;
using Breitband.Service.Routes;
using Breitband.Tests.Service.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Breitband.Tests.Map;

/// <summary>Somebody else's map, on another port of loopback; it counts who asks.</summary>
public sealed class OtherMap : Served
{
    readonly WebApplication other;

    public OtherMap()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        other = builder.Build();
        other.MapGet("/{z}/{x}/{y}.png", context =>
        {
            Interlocked.Increment(ref asked);
            context.Response.Headers.AccessControlAllowOrigin = "*";
            context.Response.ContentType = "image/png";
            using var tile = new SkiaSharp.SKBitmap(256, 256);
            tile.Erase(SkiaSharp.SKColors.Green);
            return context.Response.Body.WriteAsync(tile.Encode(SkiaSharp.SKEncodedImageFormat.Png, 90).ToArray()).AsTask();
        });
        other.Start();
        Address = other.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    public override async ValueTask DisposeAsync()
    {
        await other.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    int asked;

    public int Asked => asked;

    public string Address { get; }

    internal override ServiceSettings Settings => base.Settings with { BaseMapUrl = Address + "/{z}/{x}/{y}.png", BaseMapAttribution = "© Andere <b>Karte</b>" };
}

public sealed class BaseMapTests(OtherMap served) : IClassFixture<OtherMap>
{
    [Fact]
    public async Task Nothing_is_asked_of_the_other_map_before_the_reader_agreed()
    {
        if (!Chromium.Here)
            return;
        await using var browser = await Chromium.Start(1300, 900);
        await browser.Open(served.Root + "/map");
        await browser.Until("document.body.dataset.fertig === 'ja' && !document.getElementById('erstes-bild')");
        Assert.Equal(0, served.Asked);
        Assert.DoesNotContain(browser.Requests, r => r.StartsWith(served.Address, StringComparison.Ordinal));
        await browser.Accessible();
        await browser.Evaluate("document.querySelector('#grundkarte-laden').click()");
        for (var look = 0; look < 200 && served.Asked == 0; look++)
            await browser.Evaluate("new Promise(r => setTimeout(r, 100))");
        Assert.NotEqual(0, served.Asked);
        Assert.Empty(browser.Errors);
        await browser.Until("document.querySelector('#quellen').textContent.includes('© Andere <b>Karte</b>')");
        await browser.Evaluate("document.querySelector('#grundkarte-laden').click()");
        Assert.Equal("false", (await browser.Evaluate("document.querySelector('#grundkarte-laden').getAttribute('aria-pressed')")).GetString());
    }

    [Fact]
    public async Task The_policy_of_the_page_names_the_configured_host_and_no_other()
    {
        var policy = (await served.Get("/map")).Header("Content-Security-Policy");
        if (!MapRoutes.Available)
            return;
        Assert.Contains($"connect-src 'self' {served.Address};", policy, StringComparison.Ordinal);
        Assert.Contains($"img-src 'self' data: blob: {served.Address};", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain(served.Address, (await served.Get("/stats")).Header("Content-Security-Policy") ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://host/{z}/{x}/{y}.png", "© wir")]
    [InlineData("https://host/{z}/{x}.png", "© wir")]
    [InlineData("https://*.host/{z}/{x}/{y}.png", "© wir")]
    [InlineData("https://host;script-src *//{z}/{x}/{y}.png", "© wir")]
    [InlineData("https://ich:geheim@host/{z}/{x}/{y}.png", "© wir")]
    [InlineData("https://host/{z}/{x}/{y}.png", "")]
    public void A_setting_that_would_widen_the_policy_or_names_nobody_is_refused(string url, string attribution) =>
        Assert.Contains("base_map", Assert.Throws<BreitbandException>(() => ServiceSettings.Load(null, new Dictionary<string, string> { ["BREITBAND_BASE_MAP_URL"] = url, ["BREITBAND_BASE_MAP_ATTRIBUTION"] = attribution })).Text.En, StringComparison.Ordinal);
}
