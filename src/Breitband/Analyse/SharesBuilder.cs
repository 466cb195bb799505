namespace Breitband.Analyse;

/// <summary>Published shares while they are read: row after row, as they come.</summary>
/// <param name="expected">How many will come, as far as is known.</param>
sealed class SharesBuilder(int expected)
{
    readonly KeyColumn keys = new(expected);
    readonly List<string?> names = new(expected);
    readonly CellShapes shapes = new(expected);
    readonly List<int> editions = new(expected);

    public ShareTable Table { get; } = ShareTable.WithRoom(expected);

    /// <param name="row">For its shape.</param>
    /// <param name="key">As UTF-8.</param>
    /// <returns>The number of the new row of the table, in which nothing is published so far.</returns>
    public int Add(Store.RowCursor row, ReadOnlySpan<byte> key, string? name, int edition)
    {
        keys.Add(key);
        names.Add(name);
        shapes.Add(row);
        editions.Add(edition);
        return Table.Add();
    }

    /// <summary>In the order of the keys, as which suppliers mostly deliver them; rows of one key as they came.</summary>
    public PublishedShares Build()
    {
        if (keys.Order() is not { } order)
            return new(keys, names, Table, shapes, editions);
        var (table, sorted, outlines) = (new ShareTable(order.Length), new KeyColumn(order.Length), new CellShapes(order.Length));
        for (var row = 0; row < order.Length; row++)
        {
            table.Copy(row, Table, order[row]);
            sorted.Add(keys.Bytes(order[row]));
            outlines.Add(shapes, order[row]);
        }
        return new(sorted, [.. order.Select(r => names[r])], table, outlines, [.. order.Select(r => editions[r])]);
    }
}
