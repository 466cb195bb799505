using System.Text;

namespace Breitband.Import;

/// <summary>Splits delimited text into records (RFC 4180, and what Excel makes of it). A record longer than the limit is skipped, not held.</summary>
sealed class CsvRecords(TextReader reader, char delimiter, int maxRecord = 1 << 20)
{
    readonly char[] buffer = new char[1 << 16];
    readonly StringBuilder field = new();
    int at, end, length;
    string? whole;

    public List<string> Fields { get; } = [];

    /// <summary>True when the record just read was longer than the limit; its fields are then not complete.</summary>
    public bool TooLong { get; private set; }

    int Peek()
    {
        if (at == end)
            (at, end) = (0, reader.Read(buffer, 0, buffer.Length));
        return at < end ? buffer[at] : -1;
    }

    /// <summary>Reads the next record; false at the end of the text.</summary>
    public bool Next()
    {
        Fields.Clear();
        (length, TooLong) = (0, false);
        if (Peek() < 0)
            return false;
        while (ReadField())
            Add();
        Add();
        return true;
    }

    void Add()
    {
        if (!TooLong)
            Fields.Add(whole ?? field.ToString());
        whole = null;
        field.Clear();
    }

    /// <summary>Reads one field with the separator after it; true when another follows in this record.</summary>
    bool ReadField()
    {
        if (Peek() != '"')
            TakeWhole();
        var quoted = false;
        for (var first = whole == null; ; first = false)
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

    /// <summary>Nearly every field is unquoted and ends within the buffer: it is cut out in one piece, up to its separator.</summary>
    void TakeWhole()
    {
        var rest = buffer.AsSpan(at, end - at);
        var size = rest.IndexOfAny(delimiter, '\n', '\r');
        if (size < 0 || TooLong || length + size > maxRecord)
            return;
        whole = new(rest[..size]);
        at += size;
        length += size;
    }

    void Append(char c)
    {
        if (++length > maxRecord)
            TooLong = true;
        else
            field.Append(c);
    }
}
