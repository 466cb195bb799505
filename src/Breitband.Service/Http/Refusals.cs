using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Http;

/// <summary>
/// Changes that were refused, failed or cancelled, one JSON object a line, appended and never rewritten: who, when, from where, what, and how it
/// ended. What was changed stands in the store's own audit, written with the change; where nothing was, the store cannot know of it.
/// </summary>
sealed class Refusals : IDisposable
{
    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Strangers may try as often as they like; more lines of theirs a minute would only fill the disk.</summary>
    const int OfStrangers = 60;

    readonly Lock gate = new();
    long minute;
    int strangers;
    readonly FileStream file;

    /// <exception cref="BreitbandException">Refused: the file cannot be written; a service that cannot say who tried what does not start.</exception>
    public Refusals(string path)
    {
        try
        {
            file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw BreitbandException.Refused($"Das Protokoll abgelehnter Änderungen {path} lässt sich nicht schreiben: {e.Message} Einen anderen Ort angeben: Einstellung audit_file",
                $"The file of refused changes {path} cannot be written: {e.Message} Name another place: setting audit_file", e);
        }
    }

    public string Path => file.Name;

    public void Write(HttpContext context, string action, string subject, string outcome) =>
        Write(context.Reader(), context.Connection.RemoteIpAddress?.ToString(), action, subject, outcome);

    public void Write(Reader who, string? from, string action, string subject, string outcome)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(new { At = DateTime.UtcNow, Who = who.Name, Role = who.Role.ToString().ToLowerInvariant(), From = from, Action = action, Subject = subject, Outcome = outcome }, Json);
        lock (gate)
        {
            if (who.Role == Role.Anonymous && !Room())
                return;
            file.Write([.. line, (byte)'\n']);
            file.Flush(flushToDisk: true);
        }
    }

    bool Room()
    {
        var now = Environment.TickCount64 / 60_000;
        (minute, strangers) = (now, now == minute ? strangers + 1 : 1);
        return strangers <= OfStrangers;
    }

    /// <summary>The newest lines, newest first.</summary>
    public IReadOnlyList<string> Newest(int count)
    {
        using var reader = new StreamReader(new FileStream(file.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        var lines = new Queue<string>();
        while (reader.ReadLine() is { } line)
        {
            lines.Enqueue(line);
            if (lines.Count > count)
                lines.Dequeue();
        }
        return [.. lines.Reverse()];
    }

    public void Dispose() => file.Dispose();
}
