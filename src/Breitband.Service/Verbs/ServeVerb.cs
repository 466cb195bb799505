using System.Collections;
using System.CommandLine;
using System.Security.Cryptography;
using Breitband.Service.Http;
using Breitband.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Breitband.Service.Verbs;

sealed class ServeVerb : Verb
{
    readonly Option<string?> urls, config, tiles;

    public ServeVerb(Language language) : base(language, "serve", new("den Speicher im Netz anbieten", "offer the store on the network"), new(
        "Bietet Daten und Ergebnisse als OGC API Features an, dazu Zahlen, Maßnahmen, Einlesen und Druck; für Menschen unter derselben Adresse eine Seite.\nOhne Angaben nur auf diesem Rechner, und ändern darf nur, wer die beim Start genannte Adresse öffnet. Für andere Rechner braucht es Schlüssel\n(breitband keys) in der Einstellungsdatei; alles Weitere in docs/operations.md. Ende mit Strg+C: Angefangenes wird beendet oder verworfen.",
        "Offers data and results as OGC API Features, with figures, measures, import and print; for people a page at the same address.\nBy default on this machine only, and only whoever opens the address named at the start may change anything. Other machines need keys\n(breitband keys) in the settings file; everything else is in docs/operations.md. Ctrl+C ends it: what was begun is finished or discarded."),
        "breitband serve", "breitband serve --store kreis.gpkg --urls http://127.0.0.1:9000", "breitband serve --config breitband.json", "breitband serve --store postgres://dienst@db.kreis.de/breitband --county 12069")
    {
        urls = Value("--urls", "URL", "Adressen, durch Semikolon getrennt (sonst http://127.0.0.1:8080)", "addresses, separated by semicolons (otherwise http://127.0.0.1:8080)");
        config = Value("--config", In("DATEI", "FILE"), "Einstellungen (JSON)", "settings (JSON)");
        tiles = Value("--tiles", In("ORDNER", "DIR"), "Ordner der Kacheln, wie bei breitband tiles", "folder of the tiles, as with breitband tiles");
    }

    public override Outcome Run(ParseResult parsed, Session session)
    {
        var settings = ServiceSettings.Load(parsed.GetValue(config), Variables());
        if (parsed.GetValue(urls) is { } given)
            settings = settings with { Urls = given };
        if (parsed.GetValue(tiles) is { } folder)
            settings = settings with { TilesFolder = folder };
        if (session.County is { } county)
            settings = settings with { County = county };
        return Serve(settings, session.StorePath, session);
    }

    static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal);

    /// <summary>Runs until somebody ends it.</summary>
    public static Outcome Serve(ServiceSettings settings, string store, Session session)
    {
        settings.RequireGuarded();
        Look(session, store, settings.County);
        var token = settings.Keys.Count == 0 ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)) : null;
        using var site = new Site(store, session.DataFolder, settings, token);
        using var app = Server.Build(site, logging => Logging(logging, settings));
        Start(app, settings);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        session.Out.WriteLine(settings.PublicUrl ?? address);
        session.Out.Flush();
        if (token is not null)
            session.Say($"Zum Ändern diese Adresse öffnen (gilt bis zum Ende dieses Laufs): {address}/anmelden?token={token}", $"To make changes open this address (valid until this run ends): {address}/anmelden?token={token}");
        if (!Routes.MapRoutes.Available)
            session.Say("Ohne Karte: Dieses Programm ist ohne npm gebaut; alles andere geht.", "Without the map: this program was built without npm; everything else works.");
        session.Say("Ende mit Strg+C.", "End with Ctrl+C.");
        _ = WarmUp.Begin(site, app.Services.GetRequiredService<ILogger<Site>>()); // it catches its own faults; nobody waits for it
        app.WaitForShutdownAsync(session.Cancelled).GetAwaiter().GetResult();
        site.Imports.Close(Server.Patience).GetAwaiter().GetResult();
        return Outcome.Done;
    }

    /// <summary>A store that is not there is a mistake; one that does not answer just now is waited for.</summary>
    static void Look(Session session, string store, string? county)
    {
        try
        {
            Breitband.Store.Store.Open(store, OpenMode.Read, county).Dispose();
        }
        catch (BreitbandException e) when (e.Outcome == Outcome.Failed)
        {
            session.Say($"{e.Text.De} Der Dienst startet und antwortet, sobald der Speicher da ist.", $"{e.Text.En} The service starts and answers as soon as the store is there.");
        }
    }

    static void Start(WebApplication app, ServiceSettings settings)
    {
        try
        {
            app.StartAsync().GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is IOException or FormatException or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            throw BreitbandException.Failed($"Auf {settings.Urls} lässt sich nicht lauschen: {e.Message} Eine andere Adresse angeben: --urls http://127.0.0.1:9000",
                $"Cannot listen on {settings.Urls}: {e.Message} Name another address: --urls http://127.0.0.1:9000", e);
        }
    }

    /// <summary>To standard error, so that standard output holds the address and nothing else; one JSON object a line for machines.</summary>
    static void Logging(ILoggingBuilder logging, ServiceSettings settings)
    {
        logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);
        logging.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        if (settings.LogFormat == "json")
            logging.AddJsonConsole(o => (o.UseUtcTimestamp, o.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        else
            logging.AddSimpleConsole(o => (o.SingleLine, o.UseUtcTimestamp, o.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss'Z' "));
    }
}
