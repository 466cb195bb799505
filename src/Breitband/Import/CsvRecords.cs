using System.Buffers;
using System.Text;

namespace Breitband.Import;

/// <summary>
/// Splits delimited text into records (RFC 4180, and what Excel makes of it). A record longer than the limit is skipped, not held. Nearly every
/// record has no quote and lies in the buffer as a whole: its fields are then only pointed at, and who does not ask for a field pays nothing for it.
/// </summary>
sealed class CsvRecords(TextReader reader, char delimiter, int maxRecord = 1 << 20)
{
    readonly char[] buffer = new char[1 << 17];
    readonly SearchValues<char> separators = SearchValues.Create([delimiter, '\n', '\r']);
    readonly StringBuilder field = new();
    readonly List<string> taken = [];
    (int Start, int Length)[] cut = new (int, int)[64];
    int at, end, length, cuts;
    bool ended, isCut;

    /// <summary>Fields of the record just read.</summary>
    public int Count => isCut ? cuts : taken.Count;

    /// <summary>A field of the record just read; valid until the next is read.</summary>
    public ReadOnlySpan<char> this[int field] => isCut ? buffer.AsSpan(cut[field].Start, cut[field].Length) : taken[field];

    /// <summary>True when the record just read was longer than the limit; its fields are then not complete.</summary>
    public bool TooLong { get; private set; }

    /// <summary>Reads the next record; false at the end of the text.</summary>
    public bool Next()
    {
        (length, TooLong, isCut) = (0, false, false);
        taken.Clear();
        if (Peek() < 0)
            return false;
        if (Cut() || Refill() && Cut())
            return true;
        while (ReadField())
            Add();
        Add();
        return true;
    }

    /// <summary>Points at the fields of a record without quotes that ends within the buffer; false when it is none, and nothing is consumed.</summary>
    bool Cut()
    {
        cuts = 0;
        for (var from = at; ;)
        {
            var rest = buffer.AsSpan(from, end - from);
            var size = rest.IndexOfAny(separators);
            // A line end at the end of the buffer may be half of one.
            if (size < 0 || (from + size == end - 1 && !ended) || (rest[0] == '"') || from + size - at > maxRecord)
                return false;
            if (cuts == cut.Length)
                Array.Resize(ref cut, cut.Length * 2);
            cut[cuts++] = (from, size);
            from += size + 1;
            if (rest[size] == delimiter)
                continue;
            at = rest[size] == '\r' && from < end && buffer[from] == '\n' ? from + 1 : from;
            return isCut = true;
        }
    }

    /// <summary>Moves what is left to the buffer's begin and reads on; false when nothing came.</summary>
    bool Refill()
    {
        if (at == 0 && end == buffer.Length)
            return false;
        buffer.AsSpan(at, end - at).CopyTo(buffer);
        (at, end) = (0, end - at);
        var read = reader.Read(buffer, end, buffer.Length - end);
        end += read;
        ended |= read == 0;
        return true;
    }

    int Peek()
    {
        if (at == end)
        {
            (at, end) = (0, reader.Read(buffer, 0, buffer.Length));
            ended |= end == 0;
        }
        return at < end ? buffer[at] : -1;
    }

    void Add()
    {
        if (!TooLong)
            taken.Add(field.ToString());
        field.Clear();
    }

    /// <summary>Reads one field with the separator after it; true when another follows in this record.</summary>
    bool ReadField()
    {
        var quoted = false;
        for (var first = true; ; first = false)
        {
            var c = Peek();
            if (c < 0)
                return false;
            at++;
            if (c == '"' && (quoted || first))
            {
                if (quoted && Peek() == '"')
                {
                    at++;
                    Append('"');
                }
                else
                    quoted = !quoted;
            }
            else if (!quoted && c == delimiter)
                return true;
            else if (!quoted && (c is '\n' or '\r'))
            {
                if (c == '\r' && Peek() == '\n')
                    at++;
                return false;
            }
            else
                Append((char)c);
        }
    }

    void Append(char c)
    {
        if (++length > maxRecord)
            TooLong = true;
        else
            field.Append(c);
    }
}
