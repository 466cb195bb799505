using System.Buffers.Binary;
using System.Text;

namespace Breitband.Store;

/// <summary>
/// Rows out of a query by binary COPY, decoded from one reused buffer.
/// The first column is the geometry, the others are the fields asked for.
/// </summary>
sealed class PostGisRows(Stream stream, IReadOnlyList<Field> columns)
{
    static readonly DateOnly Epoch = new(2000, 1, 1);

    /// <summary>Texts met before, by column and hash: what repeats (a key of a municipality, a street, a house number) is made once and is one object.</summary>
    readonly (byte[] Bytes, string Text)[] known = new (byte[], string)[columns.Count * Slots];

    const int Slots = 256;
    byte[] buffer = new byte[1 << 16];
    int position, end;

    /// <summary>Streams a query's rows on a connection of its own; giving up early cancels the query.</summary>
    public static IEnumerable<Row> Read(PostGisDatabase database, string select, IReadOnlyList<Field> columns)
    {
        var (connection, stream) = database.Start(c => (c, c.BeginRawBinaryCopy($"COPY ({select}) TO STDOUT (FORMAT BINARY)")));
        using var ended = connection;
        using var answered = stream;
        var rows = new PostGisRows(stream, columns);
        database.Guarded(rows.Header);
        while (database.Guarded(rows.Next) is { } row)
            yield return row;
    }

    /// <summary>Signature, flags and the length of an extension nobody uses.</summary>
    int Header()
    {
        Take(15);
        Take(BinaryPrimitives.ReadInt32BigEndian(Take(4)));
        return 0;
    }

    Row? Next()
    {
        if (BinaryPrimitives.ReadInt16BigEndian(Take(2)) < 0)
            return null;
        var length = Length();
        var geometry = length < 0 ? null : WkbDecoder.Geometry(Take(length));
        var values = columns.Count == 0 ? [] : new object?[columns.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = (length = Length()) < 0 ? null : Value(Take(length), i);
        return new(geometry, values);
    }

    object Value(ReadOnlySpan<byte> bytes, int column) => columns[column].Kind switch
    {
        FieldKind.Integer => BinaryPrimitives.ReadInt64BigEndian(bytes),
        FieldKind.Real => BinaryPrimitives.ReadDoubleBigEndian(bytes),
        FieldKind.Date => Epoch.AddDays(BinaryPrimitives.ReadInt32BigEndian(bytes)),
        FieldKind.Flag => bytes[0] != 0,
        _ => Text(bytes, column),
    };

    string Text(ReadOnlySpan<byte> bytes, int column)
    {
        // A key is new in every row; remembering it would cost a copy for nothing.
        if (column == 0)
            return Encoding.UTF8.GetString(bytes);
        var hash = 17u;
        foreach (var b in bytes)
            hash = (hash * 31) + b;
        ref var slot = ref known[(column * Slots) + (int)(hash * 2654435769u >> 24)];
        if (slot.Bytes is null || !bytes.SequenceEqual(slot.Bytes))
            slot = (bytes.ToArray(), Encoding.UTF8.GetString(bytes));
        return slot.Text;
    }

    int Length() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    /// <summary>The next bytes of the answer; valid until the next call.</summary>
    ReadOnlySpan<byte> Take(int count)
    {
        if (end - position < count)
            Fill(count);
        position += count;
        return buffer.AsSpan(position - count, count);
    }

    void Fill(int count)
    {
        buffer.AsSpan(position, end - position).CopyTo(buffer);
        (position, end) = (0, end - position);
        if (buffer.Length < count)
            Array.Resize(ref buffer, Math.Max(count, buffer.Length * 2));
        while (end < count)
            end += stream.Read(buffer.AsSpan(end)) is > 0 and var read ? read : throw new EndOfStreamException("the server's answer ends in the middle of a row");
    }
}
