using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Http;

/// <summary>What a request brings.</summary>
static class Body
{
    /// <exception cref="ProblemException">415 for another content type, 400 for what is no JSON object.</exception>
    public static async Task<JsonDocument> Json(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
            throw new ProblemException(415, new("Hier wird JSON gelesen: Content-Type: application/json", "JSON is read here: Content-Type: application/json"));
        try
        {
            var document = await JsonDocument.ParseAsync(context.Request.Body, new() { MaxDepth = 32 }, context.RequestAborted);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            throw NoObject(); // the parser's own words name .NET types, not what is wrong
        }
        throw NoObject();
    }

    static ProblemException NoObject() => new(400, new("Der Inhalt ist kein JSON-Objekt.", "The content is no JSON object."));
}

/// <summary>The members of a JSON object; every fault is collected, one that nobody asked for is a fault too.</summary>
sealed class Fields(JsonElement body)
{
    readonly List<string> known = [];
    readonly List<Phrase> faults = [];

    public string? Text(string name) => Read(name, value => value.ValueKind == JsonValueKind.String ? value.GetString() : throw BreitbandException.WrongUse("kein Text", "no text"));

    /// <param name="usual">Where the member is missing.</param>
    public bool Flag(string name, bool usual = false) => Read(name, value => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? (object)value.GetBoolean() : throw BreitbandException.WrongUse("weder true noch false", "neither true nor false")) as bool? ?? usual;

    /// <summary>Null where the member is missing or null.</summary>
    public T? Read<T>(string name, Func<JsonElement, T?> read) where T : class
    {
        known.Add(name);
        return body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? Parse(name, () => read(value)) : null;
    }

    /// <summary>Reads something else of the request; what is wrong with it is collected under its name.</summary>
    public T? Parse<T>(string name, Func<T?> read) where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is BreitbandException or FormatException or ArgumentException or InvalidOperationException)
        {
            var text = e is BreitbandException known ? Scrub.OverHttp(known.Text, name) : new("nicht zu lesen", "cannot be read");
            Wrong(name, text.De.TrimEnd('.'), text.En.TrimEnd('.'));
            return null;
        }
    }

    public void Wrong(string name, string de, string en) => faults.Add(new($"{name}: {de}.", $"{name}: {en}."));

    /// <exception cref="ProblemException">400 with every fault.</exception>
    public void Check()
    {
        foreach (var name in body.EnumerateObject().Select(p => p.Name).Where(n => !known.Contains(n)))
            Wrong(name, $"dieses Feld gibt es hier nicht. {Suggest.German(name, known).TrimEnd('.')}", $"there is no such member here. {Suggest.English(name, known).TrimEnd('.')}");
        if (faults.Count > 0)
            throw new ProblemException(400, faults.Count == 1 ? faults[0] : new($"{faults.Count} Angaben sind falsch.", $"{faults.Count} members are wrong."), faults);
    }
}
