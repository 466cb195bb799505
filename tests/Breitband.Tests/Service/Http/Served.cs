using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Breitband.Analyse;
using Breitband.Service.Http;
using Breitband.Store;
using Breitband.Tests.Analyse;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Service.Http;

/// <summary>An answer as a test looks at it.</summary>
public sealed record Got(int Status, string Text, HttpResponseHeaders Headers, HttpContentHeaders Content)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? Header(string name) => Headers.TryGetValues(name, out var values) || Content.TryGetValues(name, out values) ? string.Join(",", values) : null;
}

/// <summary>
/// The service over the village, on a real port of loopback: public layers and measures, an internal survey, a confidential network. Which
/// kind of store it is made in is the subclass's choice.
/// </summary>
public class Served : IAsyncLifetime
{
    public const string LaunchToken = "start-zeichen";

    readonly Lines log = new();
    WebApplication? app;
    Site? site;

    public TemporaryFolder Folder { get; } = new();

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(60) };

    public string Root { get; private set; } = "";

    public string Log => log.ToString();

    /// <summary>What stands after <c>--store</c>.</summary>
    public virtual string Location => Folder.File("dorf.gpkg");

    protected virtual Action<Breitband.Store.Store>? More => null;

    internal virtual ServiceSettings Settings => new()
    {
        Urls = "http://127.0.0.1:0",
        AuditFile = Folder.File("audit.jsonl"),
        Keys = [new("Lena Leser", "reader", ApiKey.Hash("reader")), new("Emil Editor", "editor", ApiKey.Hash("editor")), new("Ada Admin", "admin", ApiKey.Hash("admin"))],
        Publisher = "Testland",
        RequestsPerSecond = 0,
    };

    internal Site Site => site!;

    internal WebApplication App => app!;

    public async ValueTask InitializeAsync()
    {
        using (var store = Breitband.Store.Store.Open(Location, OpenMode.Create, "12069"))
        {
            Fill(store);
            More?.Invoke(store);
        }
        site = new(Location, Installation.Data, Settings, LaunchToken);
        app = Server.Build(site, logging => logging.AddProvider(log));
        await app.StartAsync();
        Root = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    protected virtual void Fill(Breitband.Store.Store store)
    {
        VillageInStore.Write(store);
        foreach (var measure in store.Measures().ToList())
        {
            object?[] values = [.. measure.Values];
            values[MeasureRecord.At("disclosure")] = Disclosure.Public.Code();
            store.ChangeMeasure(new((string)values[0]!, store.MeasureVersions()[(string)values[0]!], measure with { Values = values }, "Test"));
        }
        Import(store, Layer.Survey, "umfrage", Disclosure.Internal, new Row(Point(340010, 5790010), [.. Layer.Survey.Fields.Select(f => f.Name == "key" ? (object?)"U1" : null)]));
        Import(store, Layer.Network, "geheim", Disclosure.Confidential, new Row(Point(340020, 5790020), ["N1", "Mast", "in Betrieb"]));
        GapEngine.RunAndSave(store, new(Profiles.Load(Installation.Profiles).Default, Basis.Atlas, MeasureChoice.Every, Village.AsOf));
    }

    public static Edition Import(Breitband.Store.Store store, Layer layer, string source, Disclosure disclosure, params Row[] rows)
    {
        using var writer = store.Begin(Village.Edition with { Dataset = new(layer.Name, source), Disclosure = disclosure, Licence = new("© Jemand", "dl-de/by-2-0", "https://www.govdata.de/dl-de/by-2-0") }, layer.Fields);
        foreach (var row in rows)
            writer.Write(row);
        return writer.Commit("{}");
    }

    public static Point Point(double x, double y) => NetTopologySuite.NtsGeometryServices.Instance.CreateGeometryFactory(Crs.Stored).CreatePoint(new Coordinate(x, y));

    public Task<Got> Get(string path, string? key = null, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, (HttpContent?)null, key, headers);

    public Task<Got> Send(HttpMethod method, string path, string? json = null, string? key = null, params (string Name, string Value)[] headers) =>
        Send(method, path, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"), key, headers);

    public async Task<Got> Send(HttpMethod method, string path, HttpContent? content, string? key, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith("http", StringComparison.Ordinal) ? path : Root + path) { Content = content };
        if (key is not null)
            request.Headers.Authorization = new("Bearer", key);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Client.SendAsync(request);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers);
    }

    /// <summary>The status of one path for readers with these keys, null for none.</summary>
    public async Task<string> Statuses(string path, params string?[] keys)
    {
        var statuses = new List<int>();
        foreach (var key in keys)
            statuses.Add((await Get(path, key)).Status);
        return string.Join(' ', statuses);
    }

    public async Task<JsonElement> Json(string path, string? key = null)
    {
        var got = await Get(path, key);
        Assert.True(got.Status == 200, $"{path}: {got.Status} {got.Text}");
        return got.Json;
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (app is not null)
        {
            await site!.Imports.Close(TimeSpan.FromSeconds(10));
            await app.DisposeAsync();
            site.Dispose();
        }
        Client.Dispose();
        Folder.Dispose();
    }

    /// <summary>Log lines, kept to be looked at.</summary>
    sealed class Lines : ILoggerProvider, ILogger
    {
        readonly StringBuilder text = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (text)
                text.AppendLine(formatter(state, exception)).AppendLine(exception?.ToString());
        }

        public void Dispose()
        {
        }

        public override string ToString()
        {
            lock (text)
                return text.ToString();
        }
    }
}
