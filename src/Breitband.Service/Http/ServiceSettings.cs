using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Breitband.Service.Http;

/// <summary>
/// The settings of <c>serve</c>: a JSON file (<c>--config</c>, documented in docs/operations.md), then variables BREITBAND_NAME over it. A name
/// that does not exist is refused, because a mistyped limit would silently be no limit.
/// </summary>
sealed record ServiceSettings
{
    /// <summary>The county served from a database that holds several; null for the only one.</summary>
    public string? County { get; init; }

    /// <summary>Addresses to listen on, separated by semicolons.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>The address readers know, when a reverse proxy stands before us; links begin with it.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Names in the Host header we answer to; empty for any, once keys guard the service.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Addresses of reverse proxies whose X-Forwarded-For is believed.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    public IReadOnlyList<ApiKey> Keys { get; init; } = [];

    /// <summary>Megabytes for layers held in memory.</summary>
    public int SnapshotMemoryMb { get; init; } = 1024;

    /// <summary>Megabytes of one upload, all files together.</summary>
    public int MaxUploadMb { get; init; } = 512;

    /// <summary>Minutes after which an import is given up and undone.</summary>
    public int ImportMinutes { get; init; } = 60;

    /// <summary>Imports into a database at once, each of another dataset; into a file one.</summary>
    public int ParallelImports { get; init; } = 2;

    /// <summary>Requests a second of one client; 0 for no limit, the default on loopback.</summary>
    public int? RequestsPerSecond { get; init; }

    public int MaxConnections { get; init; } = 12_000;

    /// <summary>Where the map's tiles are kept; null for the folder of the store's file, or <c>tiles</c> for a database.</summary>
    public string? TilesFolder { get; init; }

    /// <summary>
    /// Address of another map's tiles with {z}, {x} and {y}, offered below ours; null for none. Browsers ask it only after their reader agreed.
    /// </summary>
    public string? BaseMapUrl { get; init; }

    /// <summary>The attribution its licence asks for.</summary>
    public string? BaseMapAttribution { get; init; }

    /// <summary>Where refused and failed changes are written down, one JSON object a line; null for <c>STORE.audit.jsonl</c>.</summary>
    public string? AuditFile { get; init; }

    /// <summary>A log line for every request, not only for changes and errors.</summary>
    public bool AccessLog { get; init; }

    /// <summary><c>text</c> or <c>json</c>: log lines for people or one object a line.</summary>
    public string LogFormat { get; init; } = "text";

    /// <summary>Who runs the service, for the foot of every page.</summary>
    public string Publisher { get; init; } = "";

    /// <summary>Addresses of legal notice, privacy policy and accessibility statement, which public bodies must link.</summary>
    public string? ImprintUrl { get; init; }
    public string? PrivacyUrl { get; init; }
    public string? AccessibilityUrl { get; init; }

    static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <exception cref="BreitbandException">Refused: the file is missing or wrong; the text names what.</exception>
    public static ServiceSettings Load(string? file, IReadOnlyDictionary<string, string> environment)
    {
        try
        {
            var text = file is null ? "{}" : File.ReadAllText(file);
            var settings = JsonNode.Parse(text, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }) as JsonObject ?? throw new JsonException("no object");
            foreach (var property in typeof(ServiceSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance))
                if (environment.TryGetValue(VariableOf(property.Name), out var value))
                    settings[JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)] = ValueOf(property, value);
            return settings.Deserialize<ServiceSettings>(Json)!.Checked();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or FormatException or InvalidOperationException)
        {
            throw BreitbandException.Refused($"Die Einstellungen{(file is null ? "" : $" in {file}")} sind nicht zu lesen: {e.Message} Beispiel: docs/operations.md",
                $"The settings{(file is null ? "" : $" in {file}")} cannot be read: {e.Message} Example: docs/operations.md", e);
        }
    }

    public static string VariableOf(string property) => "BREITBAND_" + JsonNamingPolicy.SnakeCaseUpper.ConvertName(property);

    static JsonNode? ValueOf(PropertyInfo property, string value)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type == typeof(int) ? int.Parse(value, CultureInfo.InvariantCulture)
            : type == typeof(bool) ? bool.Parse(value)
            : type == typeof(string) ? value
            : type == typeof(IReadOnlyList<string>) ? new JsonArray([.. value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(v => JsonValue.Create(v))])
            : JsonNode.Parse(value);
    }

    /// <summary>Whoever can reach this machine could read and change everything: never without keys.</summary>
    /// <exception cref="BreitbandException">Refused: reachable from other machines and no keys.</exception>
    public void RequireGuarded()
    {
        if (Keys.Count == 0 && !Server.IsLoopbackOnly(this))
            throw BreitbandException.Refused(
                $"{Urls} ist von anderen Rechnern erreichbar, aber es gibt keine Schlüssel. Schlüssel anlegen (breitband keys NAME --role admin) und in die Einstellungen eintragen, oder nur hier lauschen: --urls http://127.0.0.1:8080",
                $"{Urls} can be reached from other machines, but there are no keys. Make keys (breitband keys NAME --role admin) and enter them in the settings, or listen here only: --urls http://127.0.0.1:8080");
    }

    internal Maps.BaseMap? BaseMap => BaseMapUrl is null ? null : new(BaseMapUrl, BaseMapAttribution ?? "");

    ServiceSettings Checked()
    {
        var faults = new List<string>();
        if (BaseMap?.Fault() is { } fault)
            faults.Add(fault);
        faults.AddRange(Keys.Select(k => k.Fault()).OfType<string>());
        if (Keys.Select(k => k.Name).Distinct(StringComparer.Ordinal).Count() < Keys.Count)
            faults.Add("keys: two of the same name.");
        if (SnapshotMemoryMb < 16 || MaxUploadMb < 1 || ImportMinutes < 1 || ParallelImports < 1 || RequestsPerSecond < 0 || MaxConnections < 1)
            faults.Add("a limit is too small.");
        if (County is not (null or { Length: 2 or 5 }) || County?.All(char.IsAsciiDigit) == false)
            faults.Add("county: five digits, or two for a state.");
        if (LogFormat is not ("text" or "json"))
            faults.Add("log_format: text or json.");
        faults.AddRange(TrustedProxies.Where(p => !System.Net.IPAddress.TryParse(p, out _)).Select(p => $"trusted_proxies: {p} is no address."));
        foreach (var (name, url) in new[] { ("public_url", PublicUrl), ("imprint_url", ImprintUrl), ("privacy_url", PrivacyUrl), ("accessibility_url", AccessibilityUrl) })
            if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"))
                faults.Add($"{name}: no http(s) address.");
        return faults.Count == 0 ? this : throw new JsonException(string.Join(" ", faults));
    }
}
