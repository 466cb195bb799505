using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Breitband.Import;

/// <summary>The attribute table of a shapefile (dBase III with the usual extensions), read record by record.</summary>
sealed class DbfTable
{
    sealed record Column(string Name, char Kind, int Offset, int Length, int Decimals);

    readonly List<Column> columns = [];
    readonly string[] lastText;
    readonly byte[][] lastBytes;
    bool[]? wanted;

    /// <summary>Records announced, the byte where they begin, and the length of each.</summary>
    public int Count { get; }
    public int HeaderLength { get; }
    public int RecordLength { get; }
    public byte LanguageDriver { get; }
    public Encoding Encoding { get; set; } = Encoding.Latin1;
    public IReadOnlyList<string> Names { get; private set; } = [];

    public DbfTable(string path)
    {
        using var stream = File.OpenRead(path);
        Span<byte> head = stackalloc byte[32];
        if (stream.ReadAtLeast(head, 32, throwOnEndOfStream: false) < 32)
            throw Refused(path, "die Datei ist zu kurz für eine dBase-Tabelle", "the file is too short for a dBase table");
        Count = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
        HeaderLength = BinaryPrimitives.ReadUInt16LittleEndian(head[8..]);
        RecordLength = BinaryPrimitives.ReadUInt16LittleEndian(head[10..]);
        LanguageDriver = head[29];
        if (HeaderLength < 33 || RecordLength < 1 || Count < 0 || HeaderLength > stream.Length)
            throw Refused(path, "der Dateikopf ist unsinnig (Satzzahl, Satzlänge oder Kopflänge)", "the header is absurd (count, record length or header length)");
        ReadColumns(stream, path);
        lastText = new string[columns.Count];
        lastBytes = [.. columns.Select(_ => Array.Empty<byte>())];
    }

    static BreitbandException Refused(string path, string de, string en) => BreitbandException.Refused(
        $"{path}: {de}. Bitte die .dbf-Datei neu vom Lieferanten holen.", $"{path}: {en}. Please get the .dbf file anew from its supplier.");

    void ReadColumns(FileStream stream, string path)
    {
        var fields = new byte[HeaderLength - 32];
        stream.ReadExactly(fields);
        var offset = 1;
        for (var at = 0; at + 32 <= fields.Length && fields[at] != 0x0D; at += 32)
        {
            var kind = char.ToUpperInvariant((char)fields[at + 11]);
            // For text fields some writers use the decimals byte as the high byte of the length.
            var length = kind == 'C' ? fields[at + 16] + (fields[at + 17] << 8) : fields[at + 16];
            if (offset + length > RecordLength && kind == 'C')
                length = fields[at + 16];
            columns.Add(new("", kind, offset, length, fields[at + 17]));
            offset += length;
        }
        if (offset > RecordLength)
            throw Refused(path, "die Felder sind zusammen länger als ein Satz", "the fields together are longer than a record");
        nameBytes = [.. Enumerable.Range(0, columns.Count).Select(i => fields.AsSpan(32 * i, 11).ToArray())];
        NameColumns();
    }

    byte[][] nameBytes = [];

    /// <summary>Field names are in the table's encoding too, so they are read again when it is known.</summary>
    public void NameColumns()
    {
        Names = [.. nameBytes.Select(b => Encoding.GetString(b.AsSpan()[..(b.AsSpan().IndexOf((byte)0) is >= 0 and var n ? n : 11)]).Trim())];
    }

    public void Use(IReadOnlyCollection<int> indexes)
    {
        wanted = new bool[columns.Count];
        foreach (var i in indexes)
            wanted[i] = true;
    }

    /// <summary>The bytes of the text fields of a record, for finding the encoding.</summary>
    public IEnumerable<(int Offset, int Length)> TextFields => columns.Where(c => c.Kind == 'C').Select(c => (c.Offset, c.Length));

    public object?[] Read(ReadOnlySpan<byte> record)
    {
        var values = new object?[columns.Count];
        for (var i = 0; i < values.Length; i++)
            if (wanted == null || wanted[i])
                values[i] = Value(i, record);
        return values;
    }

    object? Value(int i, ReadOnlySpan<byte> record)
    {
        var column = columns[i];
        var raw = record.Slice(column.Offset, column.Length);
        var bytes = raw.Trim(" \0"u8);
        if (bytes.IsEmpty)
            return null;
        return column.Kind switch
        {
            'N' or 'F' => Number(bytes, column.Decimals),
            'L' => bytes[0] switch { (byte)'T' or (byte)'t' or (byte)'Y' or (byte)'y' or (byte)'J' or (byte)'j' => true, (byte)'?' => null, _ => false },
            'D' => Date(bytes),
            'I' when raw.Length == 4 => (long)BinaryPrimitives.ReadInt32LittleEndian(raw),
            'O' when raw.Length == 8 => BinaryPrimitives.ReadDoubleLittleEndian(raw),
            _ => Text(i, bytes),
        };
    }

    static object? Number(ReadOnlySpan<byte> bytes, int decimals)
    {
        if (bytes[0] == (byte)'*')
            return null; // overflow: the value did not fit the field and is lost
        if (decimals == 0 && Utf8Parser.TryParse(bytes, out long whole, out var used) && used == bytes.Length)
            return whole;
        return double.TryParse(bytes, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : Encoding.Latin1.GetString(bytes);
    }

    static object? Date(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        if (DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        return text.All(c => c == '0') ? null : text;
    }

    /// <summary>Neighbouring records mostly repeat keys and names, so the last text of each column is kept.</summary>
    string Text(int i, ReadOnlySpan<byte> bytes)
    {
        if (bytes.SequenceEqual(lastBytes[i]))
            return lastText[i];
        lastBytes[i] = bytes.ToArray();
        return lastText[i] = Encoding.GetString(bytes);
    }
}
