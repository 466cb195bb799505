namespace Breitband.Service.Features;

/// <summary>
/// One edition (or one state of results or measures) in memory, immutable: columns, packed shapes and an index. Rows of a large one lie along
/// a Hilbert curve, which is also the order pages come in; those of a small one stay as they were imported.
/// </summary>
sealed class FeatureTable
{
    /// <summary>Up to here people read the rows themselves, and a scan of all boxes takes microseconds.</summary>
    const int SmallEnoughToStayInOrder = 4096;

    readonly Dictionary<string, Column> columns;
    readonly Lazy<Dictionary<string, int>> byId;

    FeatureTable(IEnumerable<Column> columns, PackedShapes shapes, Box[] boxes, string[] ids)
    {
        this.columns = columns.ToDictionary(c => c.Field.Name, StringComparer.Ordinal);
        (Shapes, Tree, Ids, HasPlaceless) = (shapes, new(boxes), ids, Array.Exists(boxes, b => b.IsEmpty));
        byId = new(() => Ids.Select((id, row) => (id, row)).ToDictionary(p => p.id, p => p.row, StringComparer.Ordinal));
        Size = shapes.Size + Tree.Size + this.columns.Values.Sum(c => c.Size) + 40L * ids.Length;
    }

    public PackedShapes Shapes { get; }

    public BoxTree Tree { get; }

    public IReadOnlyList<string> Ids { get; }

    public int Count => Ids.Count;

    /// <summary>Some rows have no geometry.</summary>
    public bool HasPlaceless { get; }

    /// <summary>Bytes held, about.</summary>
    public long Size { get; }

    public Column? Column(string name) => columns.GetValueOrDefault(name);

    public int? Find(string id) => byId.Value.TryGetValue(id, out var row) ? row : null;

    /// <summary>Reads rows to their end.</summary>
    /// <param name="bound">Bytes it may take.</param>
    /// <exception cref="BreitbandException">Failed: more rows than the memory given to the service can hold.</exception>
    public static FeatureTable Load(IReadOnlyList<Field> fields, IEnumerable<Row> rows, long bound)
    {
        var builders = fields.Select(f => new ColumnBuilder(f)).ToArray();
        var shapes = new ShapesBuilder();
        foreach (var row in rows)
        {
            for (var i = 0; i < builders.Length; i++)
                builders[i].Add(row.Values[i]);
            shapes.Add(row.Geometry);
            if (shapes.Count % 8192 == 0 && shapes.Size + 2L * builders.Length * shapes.Count > bound)
                throw BreitbandException.Failed(
                    $"Diese Ebene ist größer als der Arbeitsspeicher, den der Dienst nutzen darf ({bound >> 20} MB). In der Einstellung snapshot_memory_mb mehr zulassen.",
                    $"This layer is larger than the memory the service may use ({bound >> 20} MB). Allow more by the setting snapshot_memory_mb.");
        }
        var boxes = shapes.Boxes();
        var order = boxes.Length > SmallEnoughToStayInOrder ? HilbertCurve.Sorted(boxes) : null;
        var built = builders.Select(b => b.Build(order)).ToList();
        var ids = IdsOf(built.Find(c => c.Field.Name == "key"), shapes.Count, order);
        return new(built, shapes.Build(order), order is null ? boxes : Array.ConvertAll(order, i => boxes[i]), ids);
    }

    /// <summary>The supplier's key; where it repeats, the later ones of the file get ~2, ~3, so that every feature has an address.</summary>
    static string[] IdsOf(Column? keys, int count, int[]? order)
    {
        var rows = order is null ? [.. Enumerable.Range(0, count)] : new int[count];
        for (var i = 0; order is not null && i < count; i++)
            rows[order[i]] = i;
        var ids = new string[count];
        var (used, times) = (new HashSet<string>(count, StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var row in rows)
        {
            var key = keys?.Value(row) as string is { Length: > 0 } text ? text : "ohne";
            ids[row] = key;
            while (!used.Add(ids[row]))
                ids[row] = FormattableString.Invariant($"{key}~{times[key] = times.GetValueOrDefault(key, 1) + 1}");
        }
        return ids;
    }
}
