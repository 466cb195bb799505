using System.Security.Cryptography;
using Breitband.Service.Http;
using Breitband.Store;
using Breitband.Tiles;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Breitband.Viewer;

/// <summary>The service inside the window, for a store in one file: on loopback, on a port of its own, open only to whoever holds the token of this launch.</summary>
public sealed class LocalService : IAsyncDisposable
{
    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(0.5);

    /// <summary>A zoom level of a large county takes some seconds; what writes on after that writes into a file nobody waits for.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    readonly Site site;
    readonly WebApplication app;

    LocalService(Site site, WebApplication app, string token) => (this.site, this.app, Token, site.Pyramids.ShowsMeanwhile) = (site, app, token, true);

    public string Token { get; }

    /// <summary>Whether the map shows what everybody may see until the one with everything is made.</summary>
    public bool Provisional { get; private set; }

    /// <summary>Ends when no map is being made any more.</summary>
    public Task Made => site.Pyramids.Made(Disclosure.Confidential);

    /// <summary>Ends when there is a map to show. The first one of a store is made when it is opened, which takes seconds to minutes.</summary>
    /// <param name="waits">Told how far it is.</param>
    /// <exception cref="BreitbandException">Failed where it cannot be made.</exception>
    public async Task Mapped(Action<Phrase>? waits, CancellationToken cancelled)
    {
        var pyramids = site.Pyramids;
        while (await pyramids.Current(Disclosure.Confidential) is null)
        {
            if (Provisional = pyramids.Meanwhile(Disclosure.Confidential) is not null)
                return;
            if (pyramids.Fault(Disclosure.Confidential) is { } fault)
                throw BreitbandException.Refused(fault.Detail.De, fault.Detail.En);
            var (de, en) = pyramids.Level(Disclosure.Confidential) is > 0 and var level ? ($": Zoom {level} von {PyramidBuilder.Last}", $": zoom {level} of {PyramidBuilder.Last}") : ("", "");
            waits?.Invoke(new($"Die Karte dieses Speichers wird zum ersten Mal gebaut{de} …", $"This store's map is being made for the first time{en} …"));
            await Task.WhenAny(pyramids.Made(Disclosure.Confidential), Task.Delay(BetweenLooks, cancelled));
            cancelled.ThrowIfCancellationRequested();
        }
    }

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <exception cref="BreitbandException">Refused for a file that is no store or one of a newer version.</exception>
    public static async Task<LocalService> Start(string store, CancellationToken cancelled)
    {
        await Task.Run(() => Store.Store.Open(store, OpenMode.Read).Dispose(), cancelled);
        Stages.Reached("store looked at");
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var site = new Site(store, Installation.Data, new ServiceSettings { Urls = "http://127.0.0.1:0" }, token);
        var local = new LocalService(site, await Task.Run(() => Server.Build(site, _ => { }), CancellationToken.None), token);
        try
        {
            await local.app.StartAsync(cancelled);
            Stages.Reached("service started");
            return local;
        }
        catch
        {
            await local.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await site.Imports.Close(TimeSpan.FromSeconds(5));
        await Task.WhenAny(site.Pyramids.Stop(), Task.Delay(Grace)); // the same file may be opened again in a moment
        await app.StopAsync();
        await app.DisposeAsync();
        site.Dispose();
    }
}
