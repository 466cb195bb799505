namespace Breitband.Import;

/// <summary>A table in delimited text, in whatever dialect it was saved.</summary>
public sealed class CsvSource : Source
{
    readonly string path;
    readonly CsvDialect dialect;
    HashSet<int>? used;
    IReadOnlyCollection<int> numbers = [];

    public CsvSource(string path, string display, string? encoding, IReadOnlySet<string> knownColumns)
    {
        (this.path, File) = (path, display);
        dialect = CsvDialect.Of(path, display, encoding, knownColumns);
        Encoding = new(TextEncoding.Name(dialect.Encoding), dialect.EncodingWhy);
    }

    public override string File { get; }

    public override string Table => Path.GetFileNameWithoutExtension(path);

    public override IReadOnlyList<string> Columns => dialect.Header;

    public override bool HasGeometry => false;

    public override Found<int?> DeclaredCrs => new(null, new("eine CSV-Datei nennt kein Koordinatensystem", "a CSV file names no CRS"));

    public override Found<string> Encoding { get; }

    public override long? RowCount => null;

    public override bool DecimalComma => dialect.DecimalComma;

    public override IReadOnlyList<string> Files => [path];

    public override void Use(IReadOnlyCollection<int> columns) => used = [.. columns];

    public override void UseAsNumbers(IReadOnlyCollection<int> columns) => numbers = columns;

    public override IEnumerable<SourceRow> Read()
    {
        using var reader = new StreamReader(path, dialect.Encoding, detectEncodingFromByteOrderMarks: true, 1 << 16);
        var records = new CsvRecords(reader, dialect.Delimiter);
        for (var i = 0; i <= dialect.HeaderRow; i++)
            records.Next();
        var wanted = Enumerable.Range(0, Columns.Count).Where(i => used?.Contains(i) ?? true).Select(i => (At: i, Number: numbers.Contains(i))).ToArray();
        var last = new string[Columns.Count];
        for (var number = 1L; records.Next(); number++)
        {
            if (records.Count == 1 && records[0].IsEmpty && !records.TooLong)
            {
                number--;
                continue;
            }
            var values = new object?[Columns.Count];
            foreach (var column in wanted)
                if (column.At < records.Count)
                    values[column.At] = column.Number && Convert.TryPlain(records[column.At], out var plain) ? plain : Text(records[column.At].Trim(), ref last[column.At]);
            yield return new(number, null, values, Fault(records));
        }
    }

    /// <summary>Files are mostly in order, so a municipality, a place or a postcode is often the one of the row before: the same text then.</summary>
    static string? Text(ReadOnlySpan<char> field, ref string last) => field.IsEmpty ? null : field.SequenceEqual(last) ? last : last = field.ToString();

    Phrase? Fault(CsvRecords records)
    {
        if (records.TooLong)
            return new("die Zeile ist länger als 1 MB (fehlt ein Anführungszeichen?)", "the row is longer than 1 MB (is a quote missing?)");
        var (count, expected) = (records.Count, Columns.Count);
        if (count < expected || (count > expected && Enumerable.Range(expected, count - expected).Any(f => !records[f].IsWhiteSpace())))
            return new($"{count} statt {expected} Spalten", $"{count} instead of {expected} columns");
        return null;
    }

    public override void Dispose()
    {
    }
}
