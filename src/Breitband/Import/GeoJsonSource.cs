using System.Text.Json;

namespace Breitband.Import;

/// <summary>GeoJSON: a FeatureCollection, one Feature, or one Feature per line. EPSG:4326 unless the (old) crs member says otherwise.</summary>
public sealed class GeoJsonSource : Source
{
    const int Look = 1000;
    readonly string path;
    readonly bool collection;
    readonly List<string> columns = [];
    readonly Dictionary<string, int> index = [];

    public GeoJsonSource(string path, string display)
    {
        (this.path, File) = (path, display);
        collection = IsCollection();
        DeclaredCrs = Scan();
    }

    public override string File { get; }

    public override string Table => Path.GetFileNameWithoutExtension(path);

    public override IReadOnlyList<string> Columns => columns;

    public override bool HasGeometry => true;

    public override Found<int?> DeclaredCrs { get; }

    public override Found<string> Encoding => new("UTF-8", new("GeoJSON ist immer UTF-8", "GeoJSON is always UTF-8"));

    public override long? RowCount => null;

    public override IReadOnlyList<string> Files => [path];

    public override IEnumerable<SourceRow> Read()
    {
        Broken = null;
        using var features = Open();
        for (var number = 1L; Next(features, number, out var bytes); number++)
        {
            using var document = JsonDocument.Parse(bytes);
            foreach (var row in Rows(document.RootElement, number))
                yield return row;
        }
        if (Broken is { } broken)
            yield return new(0, null, new object?[columns.Count], broken);
    }

    bool Next(JsonFeatures features, long number, out ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return features.Next(out bytes);
        }
        catch (JsonException e)
        {
            Broken = new($"ab Objekt {number}: kein gültiges JSON oder abgeschnitten ({e.Message})", $"from feature {number} on: not valid JSON or cut off ({e.Message})");
            bytes = default;
            return false;
        }
    }

    /// <summary>One row per feature; a collection that hid its type behind its features comes here whole.</summary>
    IEnumerable<SourceRow> Rows(JsonElement feature, long number)
    {
        if (feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("features", out var inner) && inner.ValueKind == JsonValueKind.Array)
        {
            var n = 0L;
            foreach (var each in inner.EnumerateArray())
                yield return Row(each, ++n);
        }
        else
            yield return Row(feature, number);
    }

    SourceRow Row(JsonElement feature, long number)
    {
        var values = new object?[columns.Count];
        if (feature.ValueKind != JsonValueKind.Object || !feature.TryGetProperty("type", out var type) || type.ToString() != "Feature")
            return new(number, null, values, new("kein GeoJSON-Objekt vom Typ „Feature“", "not a GeoJSON object of type \"Feature\""));
        if (feature.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
            foreach (var property in properties.EnumerateObject())
                if (index.TryGetValue(property.Name, out var i))
                    values[i] = Value(property.Value);
        if (index.TryGetValue("id", out var id) && values[id] == null && feature.TryGetProperty("id", out var key))
            values[id] = Value(key);
        try
        {
            return new(number, feature.TryGetProperty("geometry", out var geometry) ? JsonGeometry.Read(geometry) : null, values);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return new(number, null, values, new($"Geometrie nicht lesbar ({e.Message})", $"geometry not readable ({e.Message})"));
        }
    }

    static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.GetDouble(),
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
        _ => value.GetRawText(),
    };

    JsonFeatures Open() => new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1), collection);

    bool IsCollection()
    {
        using var stream = System.IO.File.OpenText(path);
        var chars = new char[1 << 16];
        var head = new string(chars, 0, stream.ReadBlock(chars));
        if (string.IsNullOrWhiteSpace(head))
            throw BreitbandException.Refused($"{File}: Die Datei ist leer.", $"{File}: the file is empty.");
        return head.Contains("\"FeatureCollection\"", StringComparison.Ordinal);
    }

    /// <summary>GeoJSON declares no columns: they are what the first thousand features have, and the id of a feature where there is one.</summary>
    Found<int?> Scan()
    {
        using var features = Open();
        for (var n = 0; n < Look && Next(features, n + 1, out var bytes); n++)
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            foreach (var feature in root.ValueKind == JsonValueKind.Object && root.TryGetProperty("features", out var inner) && inner.ValueKind == JsonValueKind.Array
                ? inner.EnumerateArray().ToArray() : [root])
                Learn(feature);
        }
        if (columns.Count == 0 && Broken is { } broken)
            throw BreitbandException.Refused($"{File}: {broken.De}.", $"{File}: {broken.En}.");
        if (features.CrsName is { } name)
            return CrsNames.OfName(name) is { } epsg
                ? new(epsg, new($"crs-Angabe „{name}“", $"crs member \"{name}\""))
                : new(null, new($"crs-Angabe „{name}“ ist nicht erkannt", $"crs member \"{name}\" is not recognised"));
        return new(Crs.Geographic, new("GeoJSON ohne crs-Angabe ist EPSG:4326", "GeoJSON without a crs member is EPSG:4326"));
    }

    void Learn(JsonElement feature)
    {
        if (feature.ValueKind != JsonValueKind.Object)
            return;
        if (feature.TryGetProperty("id", out _))
            Column("id");
        if (feature.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
            foreach (var property in properties.EnumerateObject())
                Column(property.Name);
    }

    void Column(string name)
    {
        if (index.TryAdd(name, columns.Count))
            columns.Add(name);
    }

    public override void Dispose()
    {
    }
}
