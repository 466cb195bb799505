using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>Published shares while they are read: row after row, as they come.</summary>
/// <param name="expected">How many will come, as far as is known.</param>
sealed class SharesBuilder(int expected)
{
    readonly List<string> keys = new(expected);
    readonly List<string?> names = new(expected);
    readonly List<Geometry?> geometries = new(expected);
    readonly List<int> editions = new(expected);

    public ShareTable Table { get; } = ShareTable.WithRoom(expected);

    /// <returns>The number of the new row of the table, in which nothing is published so far.</returns>
    public int Add(string key, string? name, Geometry? geometry, int edition)
    {
        keys.Add(key);
        names.Add(name);
        geometries.Add(geometry);
        editions.Add(edition);
        return Table.Add();
    }

    /// <summary>In the order of the keys, as which suppliers mostly deliver them; rows of one key as they came.</summary>
    public PublishedShares Build()
    {
        var inOrder = true;
        for (var row = 1; row < keys.Count; row++)
            inOrder = inOrder && string.CompareOrdinal(keys[row - 1], keys[row]) <= 0;
        if (inOrder)
            return new(keys, names, Table, geometries, editions);
        int[] order = [.. Enumerable.Range(0, keys.Count).OrderBy(row => keys[row], StringComparer.Ordinal)];
        var sorted = new ShareTable(keys.Count);
        for (var row = 0; row < order.Length; row++)
            sorted.Copy(row, Table, order[row]);
        return new([.. order.Select(r => keys[r])], [.. order.Select(r => names[r])], sorted, [.. order.Select(r => geometries[r])], [.. order.Select(r => editions[r])]);
    }
}
