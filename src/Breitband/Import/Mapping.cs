using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Breitband.Import;

/// <summary>One supplier format: how it is recognised and which of its columns become which of our fields. Read from data/mappings/NAME.json.</summary>
public sealed record Mapping
{
    public required string Name { get; init; }
    public required string Title { get; init; }
    public required string Layer { get; init; }

    /// <summary>The source key of the dataset unless <c>--source</c> says otherwise.</summary>
    public required string Source { get; init; }
    public string Comment { get; init; } = "";
    public RecogniseRule Recognise { get; init; } = new();

    /// <summary>Where coordinates come from when the rows carry no geometry of their own.</summary>
    public PlaceRule? Geometry { get; init; }
    public int? Crs { get; init; }
    public IReadOnlyDictionary<string, FieldRule> Fields { get; init; } = new Dictionary<string, FieldRule>();
    public IReadOnlyList<FamilyRule> Families { get; init; } = [];

    /// <summary>Columns of this pattern are counted in one warning „not read“.</summary>
    public string? Unread { get; init; }
    public IReadOnlyList<string> Null { get; init; } = ["-", "–", ".", "/", "x", "n.v.", "NULL", "-9998"];
    public IReadOnlyList<FilterRule> Filter { get; init; } = [];
    public EditionRule Edition { get; init; } = new();
    public required Licence Licence { get; init; }
    public string Disclosure { get; init; } = "öffentlich";
    public string Evidence { get; init; } = "atlas";
    public bool Complete { get; init; }
    public AbsentRule? AbsentTechnologies { get; init; }
}

/// <summary>All conditions given must hold; a column is written as one name or as a list of alternatives.</summary>
public sealed record RecogniseRule
{
    public string? Table { get; init; }
    public IReadOnlyList<Names> Columns { get; init; } = [];
    public string? Pattern { get; init; }
    public bool? Geometry { get; init; }
}

public sealed record PlaceRule
{
    public Names? X { get; init; }
    public Names? Y { get; init; }

    /// <summary>Column of a grid id such as CRS3035RES100mN2689100E4337000 or 100mN26891E43370; the place is its cell of so many metres.</summary>
    public Names? Grid { get; init; }
    public int Size { get; init; } = 100;
    public bool Optional { get; init; }
}

/// <summary>A field from the first of its columns that is there (or from all of them joined), or a constant.</summary>
public sealed record FieldRule
{
    public Names Columns { get; init; } = new([]);
    public string? Pattern { get; init; }
    public string? Convert { get; init; }
    public string? Value { get; init; }
    public string? Join { get; init; }
    public bool Required { get; init; }

    /// <summary>Value table: the supplier's word (compared without case) to ours.</summary>
    public IReadOnlyDictionary<string, string> Words { get; init; } = new Dictionary<string, string>();
}

/// <summary>A family of columns, one per technology and class; the groups <c>tech</c> and <c>mbit</c> of the pattern name the field.</summary>
public sealed record FamilyRule
{
    public required string Pattern { get; init; }
    public IReadOnlyDictionary<string, string> Technologies { get; init; } = new Dictionary<string, string>();
}

public sealed record FilterRule(Names Columns, IReadOnlyList<string> Values);

/// <summary>Where the date the data describe stands: in the table or file name (groups y, m, d or h for half-years), in a column, or fixed.</summary>
public sealed record EditionRule
{
    public string? Name { get; init; }
    public Names? Column { get; init; }
    public string? Pattern { get; init; }
    public DateOnly? Fixed { get; init; }
}

/// <summary>Technologies without a column of their own because there are none from a class on, and why that is known.</summary>
public sealed record AbsentRule(string From, string Why);

/// <summary>One column name or several alternatives.</summary>
[JsonConverter(typeof(NamesConverter))]
public sealed record Names(IReadOnlyList<string> All)
{
    /// <summary>Indexes of the alternatives that a table has, in the order of the alternatives.</summary>
    public IEnumerable<int> In(IReadOnlyList<string> columns) =>
        from name in All
        from i in Enumerable.Range(0, columns.Count)
        where CsvDialect.Plain(columns[i]) == CsvDialect.Plain(name)
        select i;

    /// <summary>Index of the first alternative, or -1.</summary>
    public int FirstIn(IReadOnlyList<string> columns) => In(columns).DefaultIfEmpty(-1).First();

    public override string ToString() => string.Join("/", All);
}

sealed class NamesConverter : JsonConverter<Names>
{
    public override Names Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? new([reader.GetString()!])
            : new(JsonSerializer.Deserialize<string[]>(ref reader, options)!);

    public override void Write(Utf8JsonWriter writer, Names value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.All, options);
}

/// <summary>A field rule is mostly just a column name or a list of alternatives, and may be written so.</summary>
sealed class FieldRuleConverter : JsonConverter<FieldRule>
{
    static readonly JsonSerializerOptions Plain = Mappings.Options(withFieldRule: false);

    public override FieldRule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.StartObject
            ? JsonSerializer.Deserialize<FieldRule>(ref reader, Plain)!
            : new FieldRule { Columns = JsonSerializer.Deserialize<Names>(ref reader, Plain)! };

    public override void Write(Utf8JsonWriter writer, FieldRule value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, Plain);
}

/// <summary>The mappings of a folder, each checked when it is loaded.</summary>
public static class Mappings
{
    public static JsonSerializerOptions Options(bool withFieldRule) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { withFieldRule ? new FieldRuleConverter() : new NamesConverter() },
    };

    public static readonly JsonSerializerOptions Json = Options(withFieldRule: true);

    /// <param name="named">Only the one of this name where its file is called so, which saves a start the reading of all others.</param>
    public static IReadOnlyList<Mapping> Load(string folder, string? named = null)
    {
        if (named is not null && Path.GetFileName(named) == named && Path.Combine(folder, named + ".json") is var own && File.Exists(own) && Read(own) is var mapping && mapping.Name == named)
            return [mapping];
        if (!Directory.Exists(folder))
            throw BreitbandException.Failed($"Der Ordner mit den Zuordnungen fehlt: {folder}", $"The folder of mappings is missing: {folder}");
        return [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read)];
    }

    static Mapping Read(string file)
    {
        try
        {
            var mapping = JsonSerializer.Deserialize<Mapping>(File.ReadAllText(file), Json) ?? throw new JsonException("null");
            Check(mapping, file);
            return mapping;
        }
        catch (Exception e) when (e is JsonException or RegexParseException)
        {
            throw BreitbandException.Refused($"Zuordnung {file}: {e.Message}", $"Mapping {file}: {e.Message}", e);
        }
    }

    static void Check(Mapping mapping, string file)
    {
        BreitbandException Wrong(string entry, string known) => BreitbandException.Refused(
            $"Zuordnung {file}: „{entry}“ ist unbekannt. Möglich: {known}", $"Mapping {file}: \"{entry}\" is unknown. Possible: {known}");
        var layer = Layer.Imported.FirstOrDefault(l => l.Name == mapping.Layer)
            ?? throw Wrong("layer: " + mapping.Layer, string.Join(", ", Layer.Imported.Select(l => l.Name)));
        foreach (var (field, rule) in mapping.Fields)
        {
            if (layer.Find(field) == null)
                throw Wrong($"fields: {field}", string.Join(", ", layer.Fields.Take(25).Select(f => f.Name)));
            if (rule.Convert is { } convert && !Convert.Named.ContainsKey(convert))
                throw Wrong($"fields: {field}: convert: {convert}", string.Join(", ", Convert.Named.Keys));
        }
        foreach (var word in mapping.Families.SelectMany(f => f.Technologies.Values))
            if (!Technologies.Published.Any(t => t.Code() == word))
                throw Wrong($"families: technologies: {word}", string.Join(", ", Technologies.Published.Select(t => t.Code())));
        if (mapping.Crs is { } epsg && !Breitband.Crs.IsKnown(epsg))
            throw Wrong($"crs: {epsg}", string.Join(", ", Breitband.Crs.All.Select(c => c.Epsg)));
        if (Disclosures.Parse(mapping.Disclosure) == null)
            throw Wrong($"disclosure: {mapping.Disclosure}", "öffentlich, intern, vertraulich");
        if (mapping.Evidence is not ("atlas" or "mev"))
            throw Wrong($"evidence: {mapping.Evidence}", "atlas, mev");
        foreach (var pattern in new[] { mapping.Recognise.Table, mapping.Recognise.Pattern, mapping.Unread, mapping.Edition.Name, mapping.Edition.Pattern }
            .Concat(mapping.Families.Select(f => f.Pattern)).Concat(mapping.Fields.Values.Select(f => f.Pattern)).OfType<string>())
            _ = Pattern(pattern);
    }

    /// <summary>Patterns of mappings run without backtracking, so that no column name of a hostile file can stall them.</summary>
    public static Regex Pattern(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>All column names mappings know, for finding the header row of a CSV.</summary>
    public static IReadOnlySet<string> KnownColumns(IEnumerable<Mapping> mappings) => mappings
        .SelectMany(m => m.Fields.Values.SelectMany(f => f.Columns.All).Concat(m.Recognise.Columns.SelectMany(c => c.All))
            .Concat(new[] { m.Geometry?.X, m.Geometry?.Y, m.Geometry?.Grid }.OfType<Names>().SelectMany(n => n.All)))
        .Select(CsvDialect.Plain).ToHashSet();
}
