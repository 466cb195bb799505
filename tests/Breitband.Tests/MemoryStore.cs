using Breitband.Store;
using NetTopologySuite.Geometries;

namespace Breitband.Tests;

/// <summary>A store in memory, for tests of the stations around it: editions with live/earlier, rejected rows, register, runs and results.</summary>
sealed class MemoryStore(string county = "12069") : Breitband.Store.Store
{
    readonly List<Edition> editions = [];
    readonly Dictionary<int, (IReadOnlyList<Field> Columns, List<Row> Rows, List<RejectedRow> Rejected)> tables = [];
    readonly Dictionary<string, Row> register = [];
    readonly List<MeasureChange> changes = [];
    readonly List<RunRecord> runs = [];
    readonly Dictionary<string, List<Row>> results = [];

    public override string Location => "memory";

    public override string County => county;

    public List<string> Reports { get; } = [];

    /// <summary>What somebody else does once, right after the next look at the editions.</summary>
    public Action? Meanwhile { get; set; }

    public override IReadOnlyList<Edition> Editions()
    {
        IReadOnlyList<Edition> seen = [.. editions];
        var somebody = Meanwhile;
        Meanwhile = null;
        somebody?.Invoke();
        return seen;
    }

    public override IReadOnlyList<Field> Columns(Edition edition) => tables[edition.Number].Columns;

    public override IEnumerable<Row> Read(Edition edition, IReadOnlyList<Field> columns)
    {
        var (all, rows, _) = tables[edition.Number];
        int[] at = [.. columns.Select(c => all.ToList().IndexOf(c))];
        return rows.Select(r => r with { Values = [.. at.Select(i => i < 0 ? null : r.Values[i])] });
    }

    public override IEnumerable<RejectedRow> Rejected(Edition edition) => tables[edition.Number].Rejected;

    public override EditionWriter Begin(Edition draft, IReadOnlyList<Field> columns) => new Writer(this, draft, columns);

    public override Edition Rollback(Dataset dataset, int edition)
    {
        SetLive(dataset, edition);
        return editions.First(e => e.Number == edition);
    }

    public override IEnumerable<Row> Measures() => register.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => r.Value);

    public override IReadOnlyList<MeasureChange> MeasureHistory(string? key) => [.. changes.Where(c => key is null || c.Key == key)];

    public override string Report(Edition edition) => Reports[edition.Number - 1];

    public override StoreReceiver Receive() => throw new InvalidOperationException("a store in memory is filled by Add");

    public override IReadOnlyDictionary<string, int> MeasureVersions() => changes.GroupBy(c => c.Key).ToDictionary(g => g.Key, g => g.Count());

    public override int ChangeMeasure(MeasureEdit edit)
    {
        var history = MeasureHistory(edit.Key);
        if (history.Count != edit.Expected)
            throw Stale(edit, history.Count, history.Count == 0 ? null : history[^1]);
        var what = edit.Record is null ? "delete" : register.ContainsKey(edit.Key) ? "change" : "create";
        changes.Add(new(DateTime.UtcNow, edit.Who, what, edit.Key, edit.Record is { } after ? Named(after.Values) : history[^1].Values));
        if (edit.Record is { } row)
            register[edit.Key] = row;
        else
            register.Remove(edit.Key);
        return history.Count + 1;
    }

    static Dictionary<string, object?> Named(object?[] values) => Layer.Measures.Fields.Select((f, i) => (f.Name, values[i])).ToDictionary(p => p.Name, p => p.Item2);

    public override void SaveRun(RunRecord run, IReadOnlyList<(Layer Layer, IEnumerable<Row> Rows)> results)
    {
        for (var i = 0; i < runs.Count; i++)
            runs[i] = runs[i] with { Summary = "" };
        runs.Insert(0, run);
        this.results.Clear();
        foreach (var (layer, rows) in results)
            this.results[layer.Name] = [.. rows];
    }

    public override IReadOnlyList<RunRecord> Runs() => runs;

    public override IEnumerable<Row> ReadResult(Layer layer, Envelope? box) => (results.GetValueOrDefault(layer.Name) ?? []).Where(r => box is null || r.Geometry is { } g && box.Intersects(g.EnvelopeInternal));

    public override IReadOnlyList<AuditEntry> Audit(int newest = int.MaxValue) => [];

    public override IReadOnlyList<Phrase> Check() => [];

    public override void Dispose()
    {
    }

    /// <summary>Puts rows in directly; values by field name, columns are the names that occur.</summary>
    public Edition Add(Edition draft, IReadOnlyList<Field> columns, IEnumerable<Row> rows)
    {
        using var writer = Begin(draft, columns);
        foreach (var row in rows)
            writer.Write(row);
        return writer.Commit("{}");
    }

    void SetLive(Dataset dataset, int number)
    {
        for (var i = 0; i < editions.Count; i++)
            if (editions[i].Dataset == dataset)
                editions[i] = editions[i] with { Live = editions[i].Number == number };
    }

    void Upsert(Edition edition, IReadOnlyList<Field> columns, List<Row> rows)
    {
        foreach (var row in rows)
        {
            var values = new object?[Layer.Measures.Fields.Count];
            for (var i = 0; i < values.Length; i++)
            {
                var at = columns.ToList().FindIndex(c => c.Name == Layer.Measures.Fields[i].Name);
                values[i] = at < 0 ? null : row.Values[at];
            }
            var key = (string)values[0]!;
            register[key] = new(row.Geometry ?? (register.TryGetValue(key, out var before) ? before.Geometry : null), values);
            changes.Add(new(edition.ImportedAt, "import", "import", key, Named(values)));
        }
    }

    sealed class Writer(MemoryStore store, Edition draft, IReadOnlyList<Field> columns) : EditionWriter
    {
        readonly List<Row> rows = [];
        readonly List<RejectedRow> rejected = [];

        public override void Write(Row row)
        {
            Assert.Equal(columns.Count, row.Values.Length);
            rows.Add(row);
        }

        public override void Reject(RejectedRow rejected) => this.rejected.Add(rejected);

        public override Edition Commit(string reportJson)
        {
            var edition = draft with
            {
                Number = store.editions.Count + 1,
                ImportedAt = DateTime.UtcNow,
                Live = true,
                RowCount = rows.Count,
                RejectedCount = rejected.Count,
            };
            store.editions.Add(edition);
            store.tables[edition.Number] = (columns, rows, rejected);
            store.SetLive(edition.Dataset, edition.Number);
            store.Reports.Add(reportJson);
            if (edition.Dataset.Layer == Layer.Measures.Name)
                store.Upsert(edition, columns, rows);
            return edition;
        }

        public override void Dispose()
        {
        }
    }
}
