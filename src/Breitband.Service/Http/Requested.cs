using System.Globalization;
using Breitband.Store;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Http;

/// <summary>What every request carries beside its own parameters.</summary>
static class Requested
{
    const string ReaderKey = "reader", BaseKey = "base", SubjectKey = "subject";

    public static Reader Reader(this HttpContext context) => context.Items[ReaderKey] as Reader ?? Http.Reader.Anonymous;

    public static void SetReader(this HttpContext context, Reader reader) => context.Items[ReaderKey] = reader;

    /// <summary>Who stands beside a change in the store's audit.</summary>
    public static Actor Actor(this HttpContext context) => context.Reader().At(context.Connection.RemoteIpAddress?.ToString());

    /// <summary>What a change is about, as the audit names it: what the route said, else what its address names.</summary>
    public static string Subject(this HttpContext context) => context.Items[SubjectKey] as string ?? string.Join('/', context.Request.RouteValues.Values);

    public static void SetSubject(this HttpContext context, string subject) => context.Items[SubjectKey] = subject;

    /// <summary>A part of the address, which may be a supplier's key with slashes in it: the server leaves those of a key encoded, to tell them from its own.</summary>
    public static string Segment(this HttpContext context, string name) => ((string)context.Request.RouteValues[name]!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Refuses whoever may not.</summary>
    public static Reader Require(this HttpContext context, Role role)
    {
        var reader = context.Reader();
        if (reader.Role >= role)
            return reader;
        throw reader.Role == Role.Anonymous
            ? new ProblemException(401, new("Dafür braucht es einen Schlüssel: Kopfzeile „Authorization: Bearer …“ oder „X-API-Key“.", "This needs a key: header \"Authorization: Bearer …\" or \"X-API-Key\"."))
            : new ProblemException(403, new($"Der Schlüssel „{reader.Name}“ darf das nicht; nötig ist die Rolle {role.ToString().ToLowerInvariant()}.", $"The key \"{reader.Name}\" may not do this; the role {role.ToString().ToLowerInvariant()} is needed."));
    }

    /// <summary>German unless the reader's program asks for English first.</summary>
    public static Language Language(this HttpContext context)
    {
        if (context.Request.Query["lang"] is [var chosen])
            return chosen == "en" ? Breitband.Language.En : Breitband.Language.De;
        return context.Request.Headers.AcceptLanguage.ToString().TrimStart().StartsWith("en", StringComparison.OrdinalIgnoreCase) ? Breitband.Language.En : Breitband.Language.De;
    }

    /// <summary>Whether a person at a browser asks: by what he accepts first.</summary>
    public static bool AcceptsHtml(this HttpContext context)
    {
        var accepted = context.Request.Headers.Accept.ToString();
        var html = accepted.IndexOf("text/html", StringComparison.OrdinalIgnoreCase);
        var json = accepted.IndexOf("json", StringComparison.OrdinalIgnoreCase);
        return html >= 0 && (json < 0 || html < json);
    }

    /// <summary>The address links begin with, without a slash at its end.</summary>
    public static string Base(this HttpContext context) => (string)(context.Items[BaseKey] ??= $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}");

    public static void SetBase(this HttpContext context, string url) => context.Items[BaseKey] = url.TrimEnd('/');
}

/// <summary>
/// The parameters of a request. Every fault is collected, so that a reader learns all of them at once; one that nobody asked for is a fault too,
/// as the standard demands.
/// </summary>
sealed class Parameters(HttpContext context)
{
    readonly List<string> known = [];
    readonly List<Phrase> faults = [];

    public HttpContext Context => context;

    public string? Text(string name)
    {
        known.Add(name);
        var values = context.Request.Query[name];
        if (values.Count > 1)
            Wrong(name, "steht mehrmals da", "is given more than once");
        return values.Count == 0 ? null : values[0];
    }

    /// <summary>A whole number of at least the minimum; beyond the maximum it is the maximum, as the standard has it.</summary>
    public long Number(string name, long standard, long min, long max)
    {
        if (Text(name) is not { } text)
            return standard;
        var digits = text.Length > 0 && text.All(char.IsAsciiDigit);
        var value = digits ? long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var small) ? small : long.MaxValue : -1;
        if (value < min)
            Wrong(name, $"„{text}“ ist keine ganze Zahl ab {min}", $"\"{text}\" is no whole number from {min}");
        return Math.Clamp(value, min, max);
    }

    public string? Choice(string name, params string[] choices)
    {
        var text = Text(name);
        if (text is not null && !choices.Contains(text))
            Wrong(name, $"„{text}“ gibt es nicht ({string.Join(", ", choices)})", $"there is no \"{text}\" ({string.Join(", ", choices)})");
        return text;
    }

    public T? Read<T>(string name, Func<string, T?> read) where T : class
    {
        if (Text(name) is not { } text)
            return null;
        try
        {
            return read(text);
        }
        catch (BreitbandException e)
        {
            var said = Scrub.OverHttp(e.Text, name);
            Wrong(name, said.De.TrimEnd('.'), said.En.TrimEnd('.'));
            return null;
        }
    }

    public void Wrong(string name, string de, string en) => faults.Add(new($"{name}: {de}.", $"{name}: {en}."));

    /// <summary>Ends the reading.</summary>
    /// <param name="forms">What <c>f</c> may be; none where the answer has one form only.</param>
    /// <exception cref="ProblemException">400 with every fault.</exception>
    public void Check(params string[] forms)
    {
        foreach (var name in context.Request.Query.Keys.Where(n => !known.Contains(n) && n != "lang" && (n != "f" || forms.Length == 0)))
            Wrong(name, $"diesen Parameter gibt es hier nicht. {Suggest.German(name, known).TrimEnd('.')}", $"there is no such parameter here. {Suggest.English(name, known).TrimEnd('.')}");
        if (forms.Length > 0)
            Choice("f", forms);
        Choice("lang", "de", "en");
        if (faults.Count > 0)
            throw new ProblemException(400, faults.Count == 1 ? faults[0] : new($"{faults.Count} Angaben sind falsch.", $"{faults.Count} parameters are wrong."), faults);
    }

    /// <summary>By <c>f</c>, else by what is accepted first.</summary>
    public bool WantsHtml => context.Request.Query["f"] is [var form] ? form == "html" : context.AcceptsHtml();
}
