namespace Breitband.Service.Features;

/// <summary>What can be loaded into memory: an edition, a result of one run, the measures as of a tag. Its key names content that never changes.</summary>
sealed record SnapshotSource(string Key, string Prefix, DateOnly? Date, Func<Breitband.Store.Store, (IReadOnlyList<Field> Fields, IEnumerable<Row> Rows)> Open);

/// <summary>
/// Snapshots shared by all requests. Each is loaded once, by whoever asks first, and kept while there is room; the one unused longest goes
/// first. Extent and count of what has ever been loaded stay.
/// </summary>
/// <param name="bound">Bytes all of them may take.</param>
sealed class Snapshots(StoreAccess access, long bound)
{
    readonly Lock gate = new();
    readonly Dictionary<string, (Task<FeatureTable> Table, LinkedListNode<string> Use)> held = new(StringComparer.Ordinal);
    readonly LinkedList<string> used = new();
    readonly Dictionary<string, (Box Extent, int Count)> facts = new(StringComparer.Ordinal);

    /// <summary>Bytes held and number of snapshots.</summary>
    public (long Bytes, int Count) Held
    {
        get
        {
            lock (gate)
                return (held.Values.Sum(h => h.Table.IsCompletedSuccessfully ? h.Table.Result.Size : 0), held.Count);
        }
    }

    public async Task<FeaturePart> Get(SnapshotSource source)
    {
        Task<FeatureTable> task;
        lock (gate)
        {
            if (!held.TryGetValue(source.Key, out var entry) || entry.Table.IsFaulted)
            {
                if (entry.Use is not null)
                    used.Remove(entry.Use);
                held[source.Key] = entry = (Task.Run(() => Load(source)), used.AddFirst(source.Key));
            }
            else if (used.First != entry.Use)
            {
                used.Remove(entry.Use);
                used.AddFirst(entry.Use);
            }
            task = entry.Table;
        }
        return new(await task, source.Prefix, source.Date);
    }

    /// <summary>What is held under a key, loading nothing: null when it has gone.</summary>
    public FeatureTable? Find(string key)
    {
        lock (gate)
            return held.TryGetValue(key, out var entry) && entry.Table.IsCompletedSuccessfully ? entry.Table.Result : null;
    }

    /// <summary>Extent and number of features, loading only what was never loaded.</summary>
    public async Task<(Box Extent, int Count)> Facts(SnapshotSource source)
    {
        lock (gate)
            if (facts.TryGetValue(source.Key, out var known))
                return known;
        var table = (await Get(source)).Table;
        return (table.Tree.Extent, table.Count);
    }

    /// <summary>How many things the sources speak of: datasets that say more about the same municipalities do not make more of them.</summary>
    public async Task<int> Distinct(IReadOnlyList<SnapshotSource> sources)
    {
        if (sources.Count == 1)
            return (await Facts(sources[0])).Count;
        var together = string.Join(' ', sources.Select(s => s.Key));
        lock (gate)
            if (facts.TryGetValue(together, out var known))
                return known.Count;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in sources)
            ids.UnionWith((await Get(source)).Table.Ids);
        lock (gate)
            facts[together] = (Box.Empty, ids.Count);
        return ids.Count;
    }

    FeatureTable Load(SnapshotSource source)
    {
        var table = access.Read(store =>
        {
            var (fields, rows) = source.Open(store);
            return FeatureTable.Load(fields, rows, bound);
        });
        lock (gate)
        {
            facts[source.Key] = (table.Tree.Extent, table.Count);
            MakeRoom(table.Size, source.Key);
        }
        return table;
    }

    void MakeRoom(long coming, string keep)
    {
        var total = coming + held.Values.Sum(h => h.Table.IsCompletedSuccessfully ? h.Table.Result.Size : 0);
        for (var node = used.Last; node is not null && total > bound;)
        {
            var before = node.Previous;
            if (node.Value != keep && held[node.Value].Table is { IsCompletedSuccessfully: true, Result.Size: var size })
            {
                total -= size;
                held.Remove(node.Value);
                used.Remove(node);
            }
            node = before;
        }
    }
}
