namespace Breitband.Print;

/// <summary>A thing on a tile, not yet unpacked: what nobody draws costs nothing.</summary>
/// <param name="Tags">Packed pairs of key and value numbers.</param>
/// <param name="Geometry">Packed commands.</param>
public readonly record struct VectorFeature(ulong? Id, VectorShape Shape, ReadOnlyMemory<byte> Tags, ReadOnlyMemory<byte> Geometry);

/// <summary>A layer of a vector tile.</summary>
public sealed class VectorLayer
{
    readonly List<string> keys = [];
    readonly List<object> values = [];
    readonly List<VectorFeature> features = [];

    public string Name { get; private set; } = "";

    public int Version { get; private set; }

    /// <summary>Units along an edge of the tile.</summary>
    public int Extent { get; private set; } = 4096;

    public IReadOnlyList<VectorFeature> Features => features;

    /// <summary>A value of a feature: string, double, long, ulong, float, bool, or null where it has none.</summary>
    public object? Value(in VectorFeature feature, string key)
    {
        var wanted = keys.IndexOf(key);
        if (wanted < 0)
            return null;
        var tags = new ProtobufReader(feature.Tags.Span);
        while (!tags.AtEnd)
            if (Pair(ref tags) is var (k, v) && k == wanted)
                return values[v];
        return null;
    }

    /// <summary>Null where there is none or it is no number.</summary>
    public double? Number(in VectorFeature feature, string key) => Value(feature, key) switch { double d => d, long n => n, ulong n => n, float f => f, _ => null };

    /// <summary>All attributes of a feature.</summary>
    public IReadOnlyDictionary<string, object> Values(in VectorFeature feature)
    {
        var all = new Dictionary<string, object>(StringComparer.Ordinal);
        var tags = new ProtobufReader(feature.Tags.Span);
        while (!tags.AtEnd)
        {
            var (key, value) = Pair(ref tags);
            all[keys[key]] = values[value];
        }
        return all;
    }

    (int Key, int Value) Pair(ref ProtobufReader tags)
    {
        var (key, value) = (tags.Number(), tags.AtEnd ? throw new InvalidDataException("a key has no value") : tags.Number());
        return key < (ulong)keys.Count && value < (ulong)values.Count ? ((int)key, (int)value) : throw new InvalidDataException("a tag names a key or value that is not there");
    }

    /// <exception cref="InvalidDataException">No layer of the format.</exception>
    internal static VectorLayer Read(ReadOnlyMemory<byte> bytes)
    {
        var layer = new VectorLayer();
        var named = false;
        var reader = new ProtobufReader(bytes.Span);
        while (!reader.AtEnd)
        {
            var (number, kind) = reader.Field();
            switch (number, kind)
            {
                case (1, 2):
                    (layer.Name, named) = (reader.Text(), true);
                    break;
                case (2, 2):
                    var length = reader.Bytes().Length;
                    layer.features.Add(Feature(bytes.Slice(reader.Position - length, length)));
                    break;
                case (3, 2):
                    layer.keys.Add(reader.Text());
                    break;
                case (4, 2):
                    layer.values.Add(Value(new(reader.Bytes())));
                    break;
                case (5, 0):
                    layer.Extent = reader.Number() is > 0 and <= 1 << 24 and var extent ? (int)extent : throw new InvalidDataException("the extent is no size");
                    break;
                case (15, 0):
                    layer.Version = reader.Number() is >= 1 and <= 2 and var version ? (int)version : throw new InvalidDataException("the version is neither 1 nor 2");
                    break;
                case ( >= 1 and <= 5 or 15, _):
                    throw new InvalidDataException($"field {number} of a layer has wire type {kind}");
                default:
                    reader.Skip(kind);
                    break;
            }
        }
        return named && layer.Version > 0 ? layer : throw new InvalidDataException($"a layer has no {(named ? "version" : "name")}");
    }

    static VectorFeature Feature(ReadOnlyMemory<byte> bytes)
    {
        var feature = new VectorFeature();
        var reader = new ProtobufReader(bytes.Span);
        while (!reader.AtEnd)
            switch (reader.Field())
            {
                case (1, 0):
                    feature = feature with { Id = reader.Number() };
                    break;
                case (2, 2):
                    feature = feature with { Tags = Slice(ref reader, bytes) };
                    break;
                case (3, 0):
                    feature = feature with { Shape = reader.Number() is <= 3 and var shape ? (VectorShape)shape : VectorShape.Unknown };
                    break;
                case (4, 2):
                    feature = feature with { Geometry = Slice(ref reader, bytes) };
                    break;
                case ( >= 1 and <= 4, var kind):
                    throw new InvalidDataException($"a field of a feature has wire type {kind}");
                case var (_, kind):
                    reader.Skip(kind);
                    break;
            }
        return feature;
    }

    static ReadOnlyMemory<byte> Slice(ref ProtobufReader reader, ReadOnlyMemory<byte> bytes)
    {
        var length = reader.Bytes().Length;
        return bytes.Slice(reader.Position - length, length);
    }

    static object Value(ProtobufReader reader)
    {
        object? value = null;
        while (!reader.AtEnd)
        {
            var (number, kind) = reader.Field();
            object? next = (number, kind) switch
            {
                (1, 2) => reader.Text(),
                (2, 5) => reader.Single(),
                (3, 1) => reader.Double(),
                (4, 0) => (long)reader.Number(),
                (5, 0) => reader.Number(),
                (6, 0) => reader.Number() is var zigzag ? (long)(zigzag >> 1) ^ -(long)(zigzag & 1) : 0,
                (7, 0) => reader.Number() != 0,
                ( >= 1 and <= 7, _) => throw new InvalidDataException($"a value has wire type {kind}"),
                _ => null,
            };
            if (next is null)
                reader.Skip(kind);
            else
                value = next;
        }
        return value ?? throw new InvalidDataException("a value holds nothing");
    }
}
