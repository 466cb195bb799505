using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Breitband.Service.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Breitband.Service.Http;

/// <summary>A request that is refused: its status, what a person reads, and every single fault where there are several.</summary>
sealed class ProblemException(int status, Phrase detail, IReadOnlyList<Phrase>? faults = null) : Exception(detail.En)
{
    public int Status => status;

    public Phrase Detail => detail;

    public IReadOnlyList<Phrase> Faults => faults ?? [];

    public static ProblemException NotFound(string de, string en) => new(404, new(de, en));
}

/// <summary>
/// The one place where an error becomes an answer: a problem document (RFC 9457). What went wrong inside stands in the log under the number the
/// reader is given; stack, SQL and paths never leave.
/// </summary>
sealed partial class Problem(ILogger<Problem> log, Scrub scrub, ServiceSettings settings, Refusals refusals)
{
    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true };

    /// <summary>Seconds after which a reader may try again when the store was not to be had.</summary>
    const string RetryAfter = "10";

    public async Task Answer(HttpContext context, Exception error)
    {
        if (context.RequestAborted.IsCancellationRequested)
            return;
        var (status, detail, faults) = Of(error, context);
        if (context.GetEndpoint()?.Metadata.GetMetadata<Needs>() is { Action: { } action })
            refusals.Write(context, action, context.Subject(), $"{(status < 500 ? "refused" : "failed")}: {status} {string.Join(' ', (faults is { Count: > 0 } ? faults : [detail]).Select(f => f.En))}");
        if (context.Response.HasStarted)
        {
            LogBroken(error, context.Request.Method, context.Request.Path);
            context.Abort(); // half an answer must not look like a whole one
            return;
        }
        context.Response.Headers.Remove("ETag");
        if (status == 503)
            context.Response.Headers.RetryAfter = RetryAfter;
        await Write(context, status, detail, faults);
    }

    /// <summary>A person at a browser gets a page, a program the document.</summary>
    public Task Write(HttpContext context, int status, Phrase detail, IReadOnlyList<Phrase>? faults = null)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        var page = context.Request.Query["f"] is [("html" or "json") and var form] ? form == "html" : context.AcceptsHtml();
        return page ? Html.ProblemPage.Send(context, settings, Title(status), detail, faults ?? []) : Document(context, status, detail, faults);
    }

    static async Task Document(HttpContext context, int status, Phrase detail, IReadOnlyList<Phrase>? faults = null)
    {
        var language = context.Language();
        context.Response.ContentType = "application/problem+json";
        context.Response.Headers.ContentLanguage = language == Language.De ? "de" : "en";
        await JsonSerializer.SerializeAsync(context.Response.Body, new
        {
            type = "about:blank",
            title = Title(status).In(language),
            status,
            detail = detail.In(language),
            errors = faults is { Count: > 0 } ? faults.Select(f => f.In(language)) : null,
        }, Json, context.RequestAborted);
    }

    (int, Phrase, IReadOnlyList<Phrase>?) Of(Exception error, HttpContext context)
    {
        switch (error)
        {
            case ProblemException problem:
                return (problem.Status, problem.Detail, problem.Faults);
            case GoneException:
                return (410, new("Diesen Datenstand gibt es nicht mehr, seither wurde neu gerechnet oder geändert. Bitte von der ersten Seite an neu lesen.",
                    "This edition is gone, there has been a new analysis or a change since. Please read again from the first page."), null);
            case BreitbandException { Outcome: Outcome.WrongUse } wrong:
                return (400, scrub.Clean(wrong.Text), null);
            case BreitbandException { Outcome: Outcome.InputRefused } refused:
                return (422, scrub.Clean(refused.Text), null);
            case BadHttpRequestException bad:
                return (bad.StatusCode, bad.StatusCode == 413 ? new("Das ist mehr, als dieser Dienst annimmt.", "This is more than the service accepts.")
                    : new("Die Anfrage ist unvollständig oder nicht zu lesen.", "The request is incomplete or cannot be read."), null);
            case InvalidDataException when context.Request.HasFormContentType:
                return (400, new("Das Formular ist unvollständig oder nicht zu lesen.", "The form is incomplete or cannot be read."), null);
            case BreitbandException or IOException or UnauthorizedAccessException:
                LogFailed(error, context.Request.Method, context.Request.Path, context.TraceIdentifier);
                return (503, new($"Der Speicher ist gerade nicht zu erreichen oder wird beschrieben. Bitte gleich noch einmal versuchen (Vorgang {context.TraceIdentifier}).",
                    $"The store cannot be reached or is being written. Please try again in a moment (case {context.TraceIdentifier})."), null);
            default:
                LogFailed(error, context.Request.Method, context.Request.Path, context.TraceIdentifier);
                return (500, new($"Unerwarteter Fehler. Die Verwaltung des Dienstes findet ihn im Protokoll unter {context.TraceIdentifier}.",
                    $"Unexpected error. Whoever runs the service finds it in the log under {context.TraceIdentifier}."), null);
        }
    }

    static Phrase Title(int status) => status switch
    {
        400 => new("Anfrage falsch gestellt", "Bad request"),
        401 => new("Schlüssel fehlt oder ist falsch", "Key missing or wrong"),
        403 => new("Nicht erlaubt", "Forbidden"),
        404 => new("Nicht gefunden", "Not found"),
        405 => new("So nicht möglich", "Method not allowed"),
        406 => new("Diese Form gibt es nicht", "Not acceptable"),
        409 => new("Widerspruch zum Stand der Daten", "Conflict"),
        410 => new("Datenstand nicht mehr vorhanden", "Edition gone"),
        412 => new("Inzwischen geändert", "Changed meanwhile"),
        413 => new("Zu groß", "Too large"),
        415 => new("Diese Form wird nicht gelesen", "Unsupported media type"),
        421 => new("Falsche Adresse", "Misdirected request"),
        422 => new("Eingabe abgelehnt", "Input refused"),
        428 => new("Bedingung fehlt", "Precondition required"),
        429 => new("Zu viele Anfragen", "Too many requests"),
        503 => new("Gerade nicht verfügbar", "Not available now"),
        _ => new(status < 500 ? "Anfrage abgelehnt" : "Fehler im Dienst", status < 500 ? "Request refused" : "Error in the service"),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed ({Case})")]
    partial void LogFailed(Exception error, string method, string path, string @case);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} broke off")]
    partial void LogBroken(Exception error, string method, string path);
}

/// <summary>Takes paths of this machine out of what leaves it. Messages written for the command line name files; over the network only their names do.</summary>
sealed partial class Scrub(IReadOnlyDictionary<string, string> paths)
{
    readonly List<(string Path, string Name)> longestFirst = [.. paths.SelectMany(p => new[] { (Path.GetFullPath(p.Key), p.Value), (p.Key, p.Value) }).OrderByDescending(p => p.Item1.Length)];

    public Phrase Clean(Phrase text) => new(Clean(text.De), Clean(text.En));

    public string Clean(string text) => OverHttp(longestFirst.Aggregate(text, (t, p) => t.Replace(p.Path, p.Name, StringComparison.Ordinal)));

    /// <summary>Options of the command line by the names parameters and fields have over the network: <c>--sheet-id</c> is <c>sheet_id</c>.</summary>
    public static string OverHttp(string text) => Option().Replace(text, o => o.Groups[1].Value.Replace('-', '_'));

    /// <summary>The same of a message that is said under a name, which it need not repeat.</summary>
    public static Phrase OverHttp(Phrase text, string name)
    {
        string Said(string one) => OverHttp(one) is var said && said.StartsWith(name + ": ", StringComparison.Ordinal) ? said[(name.Length + 2)..] : said;

        return new(Said(text.De), Said(text.En));
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"(?<![\w-])--([a-z][a-z-]*)")]
    private static partial System.Text.RegularExpressions.Regex Option();
}
