using System.Security.Cryptography;
using Breitband.Service.Http;
using Breitband.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Breitband.Viewer;

/// <summary>The service inside the window, for a store in one file: on loopback, on a port of its own, open only to whoever holds the token of this launch.</summary>
public sealed class LocalService : IAsyncDisposable
{
    readonly Site site;
    readonly WebApplication app;

    LocalService(Site site, WebApplication app, string token) => (this.site, this.app, Token) = (site, app, token);

    public string Token { get; }

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
        await app.StopAsync();
        await app.DisposeAsync();
        site.Dispose();
    }
}
