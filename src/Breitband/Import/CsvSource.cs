namespace Breitband.Import;

/// <summary>A table in delimited text, in whatever dialect it was saved.</summary>
public sealed class CsvSource : Source
{
    readonly string path;
    readonly CsvDialect dialect;

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

    public override IEnumerable<SourceRow> Read()
    {
        using var reader = new StreamReader(path, dialect.Encoding, detectEncodingFromByteOrderMarks: true, 1 << 16);
        var records = new CsvRecords(reader, dialect.Delimiter);
        for (var i = 0; i <= dialect.HeaderRow; i++)
            records.Next();
        for (var number = 1L; records.Next(); number++)
        {
            var fields = records.Fields;
            if (fields.Count == 1 && fields[0].Length == 0 && !records.TooLong)
            {
                number--;
                continue;
            }
            var values = new object?[Columns.Count];
            for (var i = 0; i < values.Length && i < fields.Count; i++)
                values[i] = fields[i].Trim() is { Length: > 0 } text ? text : null;
            yield return new(number, null, values, Fault(records));
        }
    }

    Phrase? Fault(CsvRecords records)
    {
        if (records.TooLong)
            return new("die Zeile ist länger als 1 MB (fehlt ein Anführungszeichen?)", "the row is longer than 1 MB (is a quote missing?)");
        var (count, expected) = (records.Fields.Count, Columns.Count);
        if (count < expected || (count > expected && records.Fields.Skip(expected).Any(f => f.Trim().Length > 0)))
            return new($"{count} statt {expected} Spalten", $"{count} instead of {expected} columns");
        return null;
    }

    public override void Dispose()
    {
    }
}
