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

    static readonly GivingWay Computing = new("computing");

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

    /// <summary>What a file is that is no store, the window says with what can be done in it.</summary>
    static void Look(string path)
    {
        try
        {
            Store.Store.Open(path, OpenMode.Read).Dispose();
        }
        catch (BreitbandException e) when (new FileInfo(path) is { Exists: true, Length: 0 })
        {
            throw BreitbandException.Refused($"{path} ist leer: eine Datei ohne Inhalt, kein Breitband-Speicher. Eine andere öffnen (Strg+O); ist sie verschickt oder kopiert worden, noch einmal holen.",
                $"{path} is empty: a file without content, no Breitband store. Open another one (Ctrl+O); if it was sent or copied, fetch it again.", e);
        }
        catch (BreitbandException e) when (e.Outcome == Outcome.InputRefused && IsDatabase(path) && !GeoPackageExport.IsStore(path))
        {
            throw BreitbandException.Refused($"{path} ist eine Datenbank, aber kein Breitband-Speicher. Enthält sie Daten für einen: zuerst diesen öffnen (Strg+O), dann die Datei in das Fenster ziehen oder mit Strg+I importieren.",
                $"{path} is a database but no Breitband store. If it holds data for one: first open that one (Ctrl+O), then drop the file on the window or import it with Ctrl+I.", e);
        }
    }

    static bool IsDatabase(string path)
    {
        var head = new byte[15];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.AsSpan().SequenceEqual("SQLite format 3"u8);
    }

    /// <exception cref="BreitbandException">Refused for a file that is no store or one of a newer version.</exception>
    public static async Task<LocalService> Start(string store, CancellationToken cancelled)
    {
        await Task.Run(() => Look(store), cancelled);
        Stages.Reached("store looked at");
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var site = new Site(store, Installation.Data, new ServiceSettings { Urls = "http://127.0.0.1:0" }, token) { Computing = Computing };
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
