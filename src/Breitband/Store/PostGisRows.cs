using System.Buffers.Binary;
using Dapper;
using NetTopologySuite.Geometries;
using Npgsql;

namespace Breitband.Store;

/// <summary>
/// Rows out of a query by binary COPY, decoded where they lie in one reused buffer.
/// The first column is the row's number in its edition, the second the geometry, the others are the fields asked for.
/// </summary>
sealed class PostGisRows : RowCursor
{
    static readonly DateOnly Epoch = new(2000, 1, 1);

    readonly PostGisDatabase database;
    readonly NpgsqlConnection connection;
    readonly Stream stream;
    readonly IReadOnlyList<Field> columns;
    readonly Func<bool> advance;

    readonly KnownTexts texts;

    /// <summary>Where the values of the present row lie; a length below zero is a null.</summary>
    readonly (int Start, int Length)[] values;

    byte[] buffer = new byte[1 << 16];
    int position, end, last = int.MinValue;
    bool inOrder = true;

    PostGisRows(PostGisDatabase database, NpgsqlConnection connection, Stream stream, IReadOnlyList<Field> columns)
    {
        (this.database, this.connection, this.stream, this.columns, advance) = (database, connection, stream, columns, Advance);
        (texts, values) = (new(columns.Count), new (int, int)[columns.Count + 2]);
    }

    /// <param name="asTheyLie">No order is asked for: the server walks its tables from their beginning, which takes half the time of following an index.</param>
    public static PostGisRows Start(PostGisDatabase database, string select, IReadOnlyList<Field> columns, bool asTheyLie = false) => database.Start(c =>
    {
        if (asTheyLie)
            c.Execute("SET synchronize_seqscans = off"); // would begin in the middle, where somebody else is reading
        var rows = new PostGisRows(database, c, c.BeginRawBinaryCopy($"COPY ({select}) TO STDOUT (FORMAT BINARY)"), columns);
        rows.Header();
        return rows;
    });

    /// <summary>Streams a query's rows on a connection of its own; giving up early cancels the query.</summary>
    public static IEnumerable<Row> Read(PostGisDatabase database, string select, IReadOnlyList<Field> columns)
    {
        using var rows = Start(database, select, columns);
        while (rows.Next())
            yield return rows.Row();
    }

    public override bool InOrder => inOrder;

    public override bool Next() => database.Guarded(advance);

    public override string? Text(int column) => Utf8(column) is { IsEmpty: false } bytes ? texts.Of(bytes, column) : null;

    public override ReadOnlySpan<byte> Utf8(int column) => column < 0 || columns[column].Kind != FieldKind.Text ? [] : Bytes(column + 2);

    public override double? Number(int column) => column < 0 || Length(column + 2) < 0 ? null : columns[column].Kind switch
    {
        FieldKind.Integer => BinaryPrimitives.ReadInt64BigEndian(Bytes(column + 2)),
        FieldKind.Real => BinaryPrimitives.ReadDoubleBigEndian(Bytes(column + 2)),
        _ => null,
    };

    public override Geometry? Geometry => Length(1) >= 0 && WkbDecoder.Geometry(Bytes(1)) is { IsEmpty: false } geometry ? geometry : null;

    public override bool Point(out double x, out double y) => WkbDecoder.Point(Bytes(1), out x, out y);

    public override bool Quadrilateral(Span<double> corners) => WkbDecoder.Quadrilateral(Bytes(1), corners);

    public override void Dispose()
    {
        using var ended = connection;
        stream.Dispose();
    }

    /// <summary>Signature, flags and the length of an extension nobody uses.</summary>
    void Header()
    {
        Need(19);
        var extension = Int(15);
        position = 19;
        Need(extension);
        position += extension;
    }

    bool Advance()
    {
        Need(2);
        if (BinaryPrimitives.ReadInt16BigEndian(buffer.AsSpan(position)) < 0)
            return false;
        var at = 2;
        for (var i = 0; i < values.Length; i++)
        {
            Need(at + 4);
            var length = Int(position + at);
            at += 4;
            values[i] = (at, length);
            if (length > 0)
                Need(at += length);
        }
        for (var i = 0; i < values.Length; i++)
            values[i].Start += position;
        position += at;
        var id = Int(values[0].Start);
        (inOrder, last) = (inOrder && id > last, id);
        return true;
    }

    int Length(int value) => values[value].Length;

    ReadOnlySpan<byte> Bytes(int value) => values[value] is (var start, > 0 and var length) ? buffer.AsSpan(start, length) : [];

    Row Row()
    {
        var row = columns.Count == 0 ? [] : new object?[columns.Count];
        for (var i = 0; i < row.Length; i++)
            row[i] = Value(i);
        return new(Length(1) < 0 ? null : WkbDecoder.Geometry(Bytes(1)), row);
    }

    object? Value(int column) => Length(column + 2) < 0 ? null : columns[column].Kind switch
    {
        FieldKind.Integer => BinaryPrimitives.ReadInt64BigEndian(Bytes(column + 2)),
        FieldKind.Real => BinaryPrimitives.ReadDoubleBigEndian(Bytes(column + 2)),
        FieldKind.Date => Epoch.AddDays(BinaryPrimitives.ReadInt32BigEndian(Bytes(column + 2))),
        FieldKind.Flag => Bytes(column + 2)[0] != 0,
        _ => texts.Of(Bytes(column + 2), column),
    };

    int Int(int at) => BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(at));

    /// <summary>Sees to it that so many bytes lie in the buffer from the present position on.</summary>
    void Need(int count)
    {
        if (end - position < count)
            Fill(count);
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
