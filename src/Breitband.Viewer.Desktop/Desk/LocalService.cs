using System.Security.Cryptography;
using Breitband.Service.Http;
using Breitband.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Breitband.Viewer.Desktop.Desk;

/// <summary>The service inside the window, for a store in one file: on loopback, on a port of its own, open only to whoever holds the token of this launch.</summary>
sealed class LocalService : IAsyncDisposable
{
    readonly Site site;
    readonly WebApplication app;

    LocalService(Site site, WebApplication app, string token) => (this.site, this.app, Token) = (site, app, token);

    public string Token { get; }

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <exception cref="BreitbandException">Refused for a file that is no store or one of a newer version.</exception>
    public static async Task<LocalService> Start(string store)
    {
        await Task.Run(() => Store.Store.Open(store, OpenMode.Read).Dispose());
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var site = new Site(store, Installation.Data, new ServiceSettings { Urls = "http://127.0.0.1:0" }, token);
        var app = await Task.Run(() => Server.Build(site, _ => { }));
        await app.StartAsync();
        return new(site, app, token);
    }

    /// <summary>Where the rows lie that were set aside when these datasets were last imported: metres of the web's projection.</summary>
    public IReadOnlyList<NetTopologySuite.Geometries.Geometry> Rejected(IReadOnlySet<string> datasets) => site.Access.Read(store => store.Editions()
        .Where(e => e.Live && datasets.Contains(e.Dataset.ToString())).SelectMany(store.Rejected).Select(r => r.Geometry).OfType<NetTopologySuite.Geometries.Geometry>()
        .Where(g => !g.IsEmpty).Take(5000).Select(g => Crs.Transform(g, Crs.Stored, Crs.WebMercator)).ToList());

    public async ValueTask DisposeAsync()
    {
        await site.Imports.Close(TimeSpan.FromSeconds(5));
        await app.StopAsync();
        await app.DisposeAsync();
        site.Dispose();
    }
}
