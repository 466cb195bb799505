using NetTopologySuite.Geometries;

namespace Breitband.Import;

/// <summary>What an import counts while it reads.</summary>
sealed class Tally
{
    const int Examples = 3;

    /// <summary>Rows that show whether a mapping fits.</summary>
    const int Shown = 5;

    readonly Dictionary<string, (long Count, Func<string, Phrase> Text, List<string> Examples)> counted = [];
    readonly List<Warning> once = [];

    public long Read { get; set; }
    public long Stored { get; set; }
    public long Repaired { get; set; }
    public long Rejected { get; set; }
    public long Outside { get; set; }
    public Envelope Extent { get; } = new();
    public List<RejectedRow> FirstRejected { get; } = [];

    public List<IReadOnlyList<(Field Field, object Value)>> FirstRows { get; } = [];

    public IReadOnlyList<Warning> Warnings =>
        [.. once, .. counted.Select(c => new Warning(c.Key, c.Value.Count, c.Value.Text(string.Join(", ", c.Value.Examples))))];

    public void Warn(Warning warning) => once.Add(warning);

    /// <summary>Counts one case of a warning; the first examples are kept for its text.</summary>
    public void Count(string code, string example, Func<string, Phrase> text)
    {
        var (count, _, examples) = counted.GetValueOrDefault(code, (0, text, []));
        if (examples.Count < Examples)
            examples.Add(example);
        counted[code] = (count + 1, text, examples);
    }

    public void Show(IEnumerable<Row> rows, IReadOnlyList<Field> fields)
    {
        foreach (var row in rows.Take(Shown - FirstRows.Count))
            FirstRows.Add([.. fields.Zip(row.Values).Where(v => v.Second is not null).Select(v => (v.First, v.Second!))]);
    }

    public void Reject(RejectedRow row)
    {
        Rejected++;
        if (FirstRejected.Count < 10)
            FirstRejected.Add(row);
    }
}
