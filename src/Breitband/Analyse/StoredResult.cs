using System.Text.Json;
using System.Text.Json.Serialization;
using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>
/// The last run's whole answer as the store keeps it. Run ids are hashes of all that figures depend on: while the id of today's editions and
/// measures is the stored one, printing and statistics need no computing.
/// </summary>
public static partial class StoredResult
{
    /// <summary>The answer without geometries, which stand in the result layers.</summary>
    public static string Write(GapResult result) =>
        JsonSerializer.Serialize(new Content(result.Rows, result.Measures, result.Notes, result.Comparison is { } c ? c with { Areas = [] } : null, result.GapTotal), ContentFile.Default.Content);

    /// <summary>The stored answer, or null when what was stored is not what these options would give on the live editions.</summary>
    public static GapResult? Read(Store.Store store, AnalysisOptions options)
    {
        if (store.Runs() is not [var run, ..] || !run.Summary.StartsWith('{'))
            return null;
        var editions = CountyReader.Editions(store, null);
        if (RunId.Of(store.County, editions, CountyReader.Measures(store), options) != run.Id || JsonSerializer.Deserialize(run.Summary, ContentFile.Default.Content) is not { } content || content.Rows.Any(r => r.Spots is null))
            return null;
        var outlines = Outlines(store);
        return new GapResult
        {
            Run = run.Id,
            Profile = options.Profile,
            Basis = options.Basis,
            AsOf = options.AsOf,
            County = store.County,
            Editions = GapEngine.Stamps(editions, options.Basis),
            Rows = [.. content.Rows.Select(r => r with { Geometry = outlines.GetValueOrDefault(ResultRows.KeyOf(r)) })],
            GapAreas = new ReadOnDemand<GapArea>(() => [.. store.ReadResult(Layer.GapAreas).Select(ResultRows.GapAreaOf)]),
            GapTotal = content.GapTotal, // of an older program's run counted when asked for
            Clusters = new ReadOnDemand<GapCluster>(() => [.. store.ReadResult(Layer.GapClusters).Select(ResultRows.ClusterOf)]),
            Measures = content.Measures,
            Notes = content.Notes,
            Comparison = content.Comparison is { } c ? c with { Areas = new ReadOnDemand<ChangeArea>(() => [.. store.ReadResult(Layer.Changes).Select(ResultRows.ChangeAreaOf)]) } : null,
        };
    }

    /// <summary>A result whose areas are read when somebody asks for them: all at once, from where it says.</summary>
    public static GapResult Awaiting(GapResult head, Func<GapResult> whole)
    {
        var areas = new ReadOnDemand<GapResult>(() => [whole()]);
        return head with
        {
            GapAreas = new ReadOnDemand<GapArea>(() => areas[0].GapAreas),
            Comparison = head.Comparison is { } c ? c with { Areas = new ReadOnDemand<ChangeArea>(() => areas[0].Comparison!.Areas) } : null,
        };
    }

    /// <summary>The areas of a result with their shares, 0 to 1; a stored one's are read as they are asked for, and nothing else of them.</summary>
    public static IEnumerable<(Geometry Area, double Share)> Shares(Store.Store store, GapResult result) => result.GapAreas is ReadOnDemand<GapArea> { Here: false }
        ? store.ReadResult(Layer.GapAreas.Only("share")).Select(r => (r.Geometry!, (double)r.Values[0]! / 100))
        : result.GapAreas.Select(g => (g.Geometry, g.Share));

    static Dictionary<string, Geometry> Outlines(Store.Store store) => new[] { Layer.ResultMunicipalities, Layer.ResultSettlements }
        .SelectMany(store.ReadResult).Where(r => r.Geometry is not null).ToDictionary(r => (string)r.Values[0]!, r => r.Geometry!, StringComparer.Ordinal);

    internal sealed record Content(IReadOnlyList<AreaResult> Rows, IReadOnlyList<MeasureResult> Measures, IReadOnlyList<Phrase> Notes, Comparison? Comparison = null, GapTotal? GapTotal = null);

    internal sealed class WithoutGeometry : JsonConverter<Geometry>
    {
        public override bool CanConvert(Type typeToConvert) => typeof(Geometry).IsAssignableFrom(typeToConvert);

        public override Geometry? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => null;

        public override void Write(Utf8JsonWriter writer, Geometry value, JsonSerializerOptions options) => writer.WriteNullValue();
    }

    internal sealed class StateByCode : JsonConverter<MeasureState>
    {
        public override MeasureState Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => MeasureState.Find(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, MeasureState value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
    }

    /// <summary>The fields' own names instead of a copy of each in every row.</summary>
    internal sealed class SharesByField : JsonConverter<IReadOnlyDictionary<string, double>>
    {
        public override IReadOnlyDictionary<string, double> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var (shares, next) = (default(Dictionary<string, double>), 0);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var column = next;
                while (column < ShareTable.Width && !reader.ValueTextEquals(ShareTable.FieldName(column)))
                    column++;
                (var name, next) = column < ShareTable.Width ? (ShareTable.FieldName(column), column + 1) : (reader.GetString()!, next);
                reader.Read();
                (shares ??= new(ShareTable.Width, StringComparer.Ordinal))[name] = reader.GetDouble();
            }
            return shares ?? [];
        }

        public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, double> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (field, share) in value)
                writer.WriteNumber(field, share);
            writer.WriteEndObject();
        }
    }

    /// <summary>Written when the program is built: finding out these shapes takes a tenth of a second at every start.</summary>
    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true, Converters = [typeof(WithoutGeometry), typeof(StateByCode), typeof(SharesByField)])]
    [JsonSerializable(typeof(Content))]
    sealed partial class ContentFile : JsonSerializerContext;
}
