using System.Text.Json;
using Dapper;

namespace Breitband.Store;

/// <summary>Fills one county of a shared store in one transaction.</summary>
sealed class PostGisReceiver(PostGisDatabase database, string county) : StoreReceiver
{
    readonly PostGisTransaction transaction = database.Begin();

    public override EditionWriter Begin(Edition edition, IReadOnlyList<Field> columns) => database.Guarded(() => new PostGisWriter(database, transaction, county, edition, columns));

    public override void Measures(IEnumerable<Row> measures, IEnumerable<MeasureChange> history) => database.Guarded(() =>
    {
        var register = new PostGisMeasures(transaction.Connection, county, Layer.Measures.Fields, PostGisMeasures.NoHistory);
        foreach (var row in measures)
            register.Write(row);
        foreach (var change in history)
            transaction.Connection.Execute("""
                INSERT INTO breitband.measure_history (county, key, at, who, what, record, geom, disclosure)
                VALUES (@county, @Key, @At, @Who, @What, @record, @geom::geometry, breitband.disclosure_rank(@record::jsonb ->> 'disclosure'))
                """, new
            {
                county,
                change.Key,
                At = DateTime.SpecifyKind(change.At, DateTimeKind.Utc),
                change.Who,
                change.What,
                record = JsonSerializer.Serialize(change.Values),
                geom = change.Geometry is { } g ? register.Encode(g) : null,
            });
        return 0;
    });

    public override void Runs(IEnumerable<RunRecord> runs, IReadOnlyList<(Layer Layer, IEnumerable<Row> Rows)> results) => database.Guarded(() =>
    {
        var disclosure = (Disclosure)transaction.Connection.ExecuteScalar<int>("""
            SELECT greatest((SELECT max(disclosure) FROM breitband.editions WHERE county = @county AND layer LIKE 'coverage%'),
                            (SELECT max(breitband.disclosure_rank(disclosure)) FROM breitband.measures WHERE county = @county), 0)
            """, new { county });
        foreach (var run in runs)
            PostGisResults.Record(transaction.Connection, county, run, disclosure);
        PostGisResults.Replace(transaction.Connection, county, results, disclosure);
        return 0;
    });

    public override void Audit(IEnumerable<AuditEntry> entries) => database.Guarded(() =>
    {
        foreach (var entry in entries)
            PostGisAudit.Put(transaction.Connection, county, entry);
        return 0;
    });

    public override void Commit() => transaction.Commit();

    public override void Dispose() => transaction.Dispose();
}
