using System.Buffers.Binary;
using System.Text;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;
using Npgsql;

namespace Breitband.Store;

/// <summary>
/// Rows into one table by binary COPY, in PostgreSQL's own wire form: a million rows cost neither parameter objects nor boxing, and the server
/// parses nothing. Rows go out in blocks while the caller prepares the next.
/// </summary>
sealed class PostGisCopy
{
    const int Block = 1 << 16;

    static readonly DateOnly Epoch = new(2000, 1, 1);

    readonly WkbBuffer buffer = new();
    readonly NpgsqlRawCopyStream stream;
    readonly Field[] columns;
    readonly (string Column, object Value)[] constants;
    readonly bool spatial, asMulti;
    readonly int first;

    /// <param name="firstId">Rows are numbered from here in the order they come.</param>
    /// <param name="constants">Columns that have the same value in every row.</param>
    public PostGisCopy(NpgsqlConnection connection, string table, Layer layer, IReadOnlyList<Field> columns, int firstId = 1, bool freeze = false, params (string Column, object Value)[] constants)
    {
        (this.columns, this.constants, first) = ([.. columns], constants, firstId);
        spatial = layer.Shape != Shape.None;
        asMulti = GeoPackageTable.IsMulti(layer);
        var names = string.Concat(constants.Select(c => $", {c.Column}")) + (spatial ? ", geom" : "") + string.Concat(columns.Select(c => $", \"{c.Name}\""));
        stream = connection.BeginRawBinaryCopy($"COPY breitband.\"{table}\" (id{names}) FROM STDIN (FORMAT BINARY{(freeze ? ", FREEZE" : "")})");
        Signature.CopyTo(buffer.Take(Signature.Length));
        buffer.Take(8).Clear(); // neither flags nor an extension of the header
    }

    static ReadOnlySpan<byte> Signature => [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xff, (byte)'\r', (byte)'\n', 0];

    public int Count { get; private set; }

    public void Write(Row row)
    {
        BinaryPrimitives.WriteInt16BigEndian(buffer.Take(2), (short)(1 + constants.Length + (spatial ? 1 : 0) + columns.Length));
        Number(first + Count++, 4);
        foreach (var (_, value) in constants)
            Constant(value);
        if (spatial)
            Place(row.Geometry);
        Values(row.Values);
        if (buffer.Length >= Block)
            Flush();
    }

    /// <summary>Ends the COPY; the server says now what it did not like.</summary>
    public void Finish()
    {
        BinaryPrimitives.WriteInt16BigEndian(buffer.Take(2), -1);
        Flush();
        stream.Dispose();
    }

    void Flush()
    {
        stream.Write(buffer.Written);
        buffer.Clear();
    }

    void Place(Geometry? geometry)
    {
        if (geometry is null)
        {
            Length(-1);
            return;
        }
        if (geometry is Point { CoordinateSequence: PackedDoubleCoordinateSequence { Count: 1, Dimension: 2 } place })
        {
            Length(WkbBuffer.PointSize);
            buffer.Point(place.GetRawCoordinates(), Crs.Stored);
            return;
        }
        var at = buffer.Length;
        buffer.Take(4);
        buffer.Wkb(geometry is MultiPolygon { NumGeometries: 1 } && !asMulti ? geometry.GetGeometryN(0) : geometry, asMulti, Crs.Stored);
        BinaryPrimitives.WriteInt32BigEndian(buffer.At(at, 4), buffer.Length - at - 4);
    }

    /// <summary>Our own columns: county (text), edition (integer), disclosure (smallint).</summary>
    void Constant(object value)
    {
        if (value is short number)
        {
            Length(2);
            BinaryPrimitives.WriteInt16BigEndian(buffer.Take(2), number);
        }
        else if (value is int edition)
            Number(edition, 4);
        else
        {
            var text = (string)value;
            var at = buffer.Length;
            buffer.Take(4 + (3 * text.Length));
            var length = Text(text, buffer.At(at + 4, 3 * text.Length), "county");
            BinaryPrimitives.WriteInt32BigEndian(buffer.At(at, 4), length);
            buffer.GiveBack((3 * text.Length) - length);
        }
    }

    /// <summary>Room for all values is taken at once: this is where a million rows spend their time.</summary>
    void Values(object?[] values)
    {
        var most = 0;
        for (var i = 0; i < columns.Length; i++)
            most += values[i] is string text ? 4 + (3 * text.Length) : 12;
        var room = buffer.Take(most);
        var at = 0;
        for (var i = 0; i < columns.Length; i++)
        {
            var length = values[i] is { } value ? Value(value, columns[i], room[(at + 4)..]) : -1;
            BinaryPrimitives.WriteInt32BigEndian(room[at..], length);
            at += 4 + Math.Max(length, 0);
        }
        buffer.GiveBack(most - at);
    }

    /// <summary>Bytes written.</summary>
    int Value(object value, Field field, Span<byte> to)
    {
        switch (field.Kind)
        {
            case FieldKind.Text when value is string text:
                return Plain(text, to) ? text.Length : Text(text, to, field.Name);
            case FieldKind.Real when value is double or long:
                BinaryPrimitives.WriteDoubleBigEndian(to, value is double real ? real : (long)value);
                return 8;
            case FieldKind.Integer when value is long or int:
                BinaryPrimitives.WriteInt64BigEndian(to, value is long whole ? whole : (int)value);
                return 8;
            case FieldKind.Date when value is DateOnly date:
                BinaryPrimitives.WriteInt32BigEndian(to, date.DayNumber - Epoch.DayNumber);
                return 4;
            case FieldKind.Flag when value is bool flag:
                to[0] = flag ? (byte)1 : (byte)0;
                return 1;
            default:
                throw new InvalidDataException($"column {field.Name} ({field.Kind}) cannot hold a {value.GetType().Name}");
        }
    }

    /// <summary>Copies a text of ASCII characters, of which most are a few; false when it has others or a null character.</summary>
    static bool Plain(string text, Span<byte> to)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '\0' or > '\x7f')
                return false;
            to[i] = (byte)text[i];
        }
        return true;
    }

    int Text(string text, Span<byte> to, string column) => !text.Contains('\0', StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(text, to)
        : throw BreitbandException.Refused($"Zeile {Count}, {column}: Der Text enthält ein Nullzeichen, das PostgreSQL nicht speichert. Nichts wurde geändert.",
            $"row {Count}, {column}: the text contains a null character, which PostgreSQL does not store. Nothing was changed.");

    void Number(long number, int size)
    {
        Length(size);
        if (size == 4)
            BinaryPrimitives.WriteInt32BigEndian(buffer.Take(4), (int)number);
        else
            BinaryPrimitives.WriteInt64BigEndian(buffer.Take(8), number);
    }

    void Length(int length) => BinaryPrimitives.WriteInt32BigEndian(buffer.Take(4), length);
}
