using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Breitband.Viewer;

/// <summary>How the service stands to us: it answers, it does not, it does not take our key (any more).</summary>
public enum Link { There, Away, Refused }

/// <summary>A running service as the window asks it: JSON in and out, and every refusal in the service's own words.</summary>
public sealed class ServiceClient : IDisposable
{
    /// <summary>Nobody looks at an empty window longer than that to learn that a name or a port is wrong.</summary>
    static readonly TimeSpan Connecting = TimeSpan.FromSeconds(5);

    /// <summary>A sheet of a county or a view takes seconds; two minutes without a word are a service that hangs.</summary>
    static readonly TimeSpan Answering = TimeSpan.FromMinutes(2);

    static readonly TimeSpan Living = TimeSpan.FromSeconds(10);

    readonly HttpClient http, uploads;
    bool closed;

    /// <param name="key">An access key or the token of a service started here; null to read what is public.</param>
    public ServiceClient(Uri address, string? key)
    {
        var connections = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = Connecting };
        (http, uploads) = (Client(Answering), Client(Timeout.InfiniteTimeSpan)); // a national file over a slow line takes as long as it takes

        HttpClient Client(TimeSpan patience)
        {
            var client = new HttpClient(connections) { BaseAddress = address, Timeout = patience };
            client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
            if (!string.IsNullOrWhiteSpace(key))
                client.DefaultRequestHeaders.Authorization = new("Bearer", key.Trim());
            return client;
        }
    }

    /// <summary>For tiles, which come packed and stay so until they are painted.</summary>
    public HttpClient Http => http;

    /// <summary>Nobody answered; the same may be answered a moment later.</summary>
    public static bool IsAway(BreitbandException e) => e.Outcome == Outcome.Failed;

    /// <summary>The service is there and asks for patience: it makes tiles, or its store is being written.</summary>
    public static bool IsBusy(BreitbandException e) => e.InnerException is HttpRequestException { StatusCode: HttpStatusCode.ServiceUnavailable };

    /// <summary>What was asked for is not there, or not for this key.</summary>
    public static bool IsGone(BreitbandException e) => e.InnerException is HttpRequestException { StatusCode: HttpStatusCode.NotFound };

    /// <summary>Nobody answered, and waiting will not change it.</summary>
    public static bool IsHopeless(BreitbandException e) => e.InnerException is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError or HttpRequestError.NameResolutionError };

    /// <summary>The service wants a key, or another one.</summary>
    public static bool IsKeyWanted(BreitbandException e) => e.InnerException is HttpRequestException { StatusCode: HttpStatusCode.Unauthorized };

    /// <summary>Whether the service answers, known within seconds.</summary>
    public async Task<Link> Alive(CancellationToken cancelled)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        patience.CancelAfter(Living);
        try
        {
            using var answer = await http.GetAsync(new Uri("/healthz", UriKind.Relative), patience.Token);
            return answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? Link.Refused : answer.IsSuccessStatusCode ? Link.There : Link.Away;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            return Link.Away;
        }
    }

    public Task<JsonNode> Get(string path, CancellationToken cancelled = default) => Aside(() => new(HttpMethod.Get, path), Node, cancelled);

    public Task<JsonNode> Post(string path, JsonNode body, CancellationToken cancelled = default) => Aside(() => new(HttpMethod.Post, path) { Content = JsonContent.Create(body) }, Node, cancelled);

    /// <summary>For answers of many shapes: a node for each of their numbers would be as many objects for the collector to look at, with the window standing still.</summary>
    public Task<JsonElement> Read(string path, CancellationToken cancelled = default) => Aside(() => new(HttpMethod.Get, path), Element, cancelled);

    /// <summary>The same of a question with a body.</summary>
    public Task<JsonElement> Ask(string path, JsonNode body) => Aside(() => new(HttpMethod.Post, path) { Content = JsonContent.Create(body) }, Element, CancellationToken.None);

    /// <summary>Beside the asker's thread, which may be the window's: reading an answer takes longer than one of its frames.</summary>
    Task<T> Aside<T>(Func<HttpRequestMessage> request, Func<byte[], T> parse, CancellationToken cancelled) => Task.Run(async () =>
    {
        using var answer = await Send(request(), cancelled);
        return await Parsed(answer, parse, cancelled);
    }, CancellationToken.None);

    static JsonNode Node(byte[] text) => JsonNode.Parse(text) ?? new JsonObject();

    static JsonElement Element(byte[] text) => JsonDocument.Parse(text).RootElement;

    /// <param name="version">The one that was seen.</param>
    /// <returns>Null when another version is current.</returns>
    public async Task<JsonNode?> Patch(string path, int version, JsonNode body)
    {
        using var answer = await Versioned(new(HttpMethod.Patch, path) { Content = JsonContent.Create(body) }, version);
        return answer is null ? null : await Parsed(answer, Node, CancellationToken.None);
    }

    /// <returns>False when another version is current.</returns>
    public async Task<bool> Remove(string path, int version)
    {
        using var answer = await Versioned(new(HttpMethod.Delete, path), version);
        return answer is not null;
    }

    async Task<HttpResponseMessage?> Versioned(HttpRequestMessage request, int version)
    {
        request.Headers.IfMatch.Add(new($"\"{version}\""));
        return await Send(request, CancellationToken.None, stale: HttpStatusCode.PreconditionFailed) is { IsSuccessStatusCode: true } done ? done : null;
    }

    public async Task<JsonNode> Upload(string path, MultipartFormDataContent content, CancellationToken cancelled)
    {
        using var answer = await Send(new(HttpMethod.Post, path) { Content = content }, cancelled, through: uploads);
        return await Parsed(answer, Node, cancelled);
    }

    public async Task Delete(string path)
    {
        using var answer = await Send(new(HttpMethod.Delete, path), CancellationToken.None);
    }

    public async Task<byte[]> Bytes(string path, CancellationToken cancelled = default)
    {
        using var answer = await Send(new(HttpMethod.Get, path), cancelled);
        return await Unpacked(answer, cancelled);
    }

    /// <summary>A page of a sheet, and how many it has.</summary>
    public async Task<(byte[] Picture, int Pages)> Page(string path)
    {
        using var answer = await Send(new(HttpMethod.Get, path), CancellationToken.None);
        var told = answer.Headers.TryGetValues("Breitband-Pages", out var values) && int.TryParse(values.First(), out var count) ? count : 1;
        return (await Unpacked(answer, CancellationToken.None), told);
    }

    /// <exception cref="BreitbandException">Refused with the service's own sentence, failed when it does not answer.</exception>
    async Task<HttpResponseMessage> Send(HttpRequestMessage request, CancellationToken cancelled, HttpStatusCode? stale = null, HttpClient? through = null)
    {
        request.Headers.AcceptLanguage.ParseAdd(Tongue.Current.Language == Language.De ? "de" : "en"); // which may be another than a moment ago
        if (http.BaseAddress!.IsLoopback)
            request.Headers.AcceptEncoding.ParseAdd("identity"); // within a machine packing takes longer than what it spares
        try
        {
            var answer = await (through ?? http).SendAsync(request, cancelled);
            if (answer.IsSuccessStatusCode || answer.StatusCode == stale)
                return answer;
            using (answer)
                throw await Refusal(answer, cancelled);
        }
        catch (Exception e) when (closed && e is HttpRequestException or ObjectDisposedException or OperationCanceledException)
        {
            throw new OperationCanceledException("the project was closed", e);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancelled.IsCancellationRequested)
        {
            var why = Why(e);
            throw BreitbandException.Failed($"Der Dienst {http.BaseAddress} antwortet nicht: {why.De}", $"The service {http.BaseAddress} does not answer: {why.En}", e);
        }
    }

    /// <summary>In words of the reader; those of the system are in its own language and name nothing one can do.</summary>
    static Phrase Why(Exception e) => e switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new("Es kommt keine gesicherte Verbindung zustande. Vielleicht ist es ein Dienst mit http:// statt https://, oder sein Zertifikat gilt auf diesem Rechner nicht.", "no secure connection comes about. Perhaps it is a service with http:// instead of https://, or its certificate is not valid on this machine."),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => new("Diesen Namen kennt das Netz nicht. Schreibweise prüfen.", "the network does not know this name. Check the spelling."),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => new("Dort nimmt niemand die Verbindung an. Läuft er, und stimmt die Adresse?", "nobody takes the connection there. Is it running, and is the address right?"),
        TaskCanceledException => new("Es kommt keine Antwort.", "no answer comes."),
        _ => new("Die Verbindung ist abgebrochen.", "the connection broke off."),
    };

    static async Task<BreitbandException> Refusal(HttpResponseMessage answer, CancellationToken cancelled)
    {
        string? detail = null;
        try
        {
            var problem = JsonNode.Parse(await Unpacked(answer, cancelled));
            string?[] said = [(string?)problem?["detail"] ?? (string?)problem?["title"], .. problem?["errors"] is JsonArray all ? all.Select(e => e is JsonObject one ? (string?)one["detail"] : e?.ToString()) : []];
            detail = string.Join('\n', said.Distinct(StringComparer.Ordinal)); // a single fault is the detail, too
        }
        catch (JsonException)
        {
            detail = null; // a proxy between, or no service of ours
        }
        var (code, cause) = ((int)answer.StatusCode, new HttpRequestException(null, null, answer.StatusCode));
        return detail is not null ? BreitbandException.Refused(detail, detail, cause)
            : BreitbandException.Refused($"Unter {answer.RequestMessage?.RequestUri} antwortet kein Breitband-Dienst (HTTP {code}). Adresse prüfen.", $"No Breitband service answers at {answer.RequestMessage?.RequestUri} (HTTP {code}). Check the address.", cause);
    }

    static async Task<T> Parsed<T>(HttpResponseMessage answer, Func<byte[], T> parse, CancellationToken cancelled)
    {
        try
        {
            return parse(await Unpacked(answer, cancelled));
        }
        catch (JsonException e)
        {
            var where = answer.RequestMessage?.RequestUri;
            throw BreitbandException.Refused($"Unter {where} antwortet kein Breitband-Dienst. Adresse prüfen.", $"No Breitband service answers at {where}. Check the address.", e);
        }
    }

    static async Task<byte[]> Unpacked(HttpResponseMessage answer, CancellationToken cancelled)
    {
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancelled);
        if (!answer.Content.Headers.ContentEncoding.Contains("gzip"))
            return bytes;
        using var plain = new MemoryStream();
        await using var gzip = new System.IO.Compression.GZipStream(new MemoryStream(bytes), System.IO.Compression.CompressionMode.Decompress);
        await gzip.CopyToAsync(plain, cancelled);
        return plain.ToArray();
    }

    public void Dispose()
    {
        closed = true;
        http.Dispose();
        uploads.Dispose();
    }
}
