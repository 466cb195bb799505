using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Breitband.Store;

/// <summary>Fills an embedded store in one transaction.</summary>
sealed class GeoPackageReceiver(SqliteConnection connection, string path) : StoreReceiver
{
    readonly SqliteTransaction transaction = connection.BeginTransaction(deferred: false);

    public override EditionWriter Begin(Edition edition, IReadOnlyList<Field> columns) => GeoPackageFile.Guarded(path, () => new GeoPackageWriter(connection, path, edition, columns, Actor.Here, transaction));

    public override void Measures(IEnumerable<Row> measures, IEnumerable<MeasureChange> history) => GeoPackageFile.Guarded(path, () =>
    {
        var register = new GeoPackageMeasures(connection, Layer.Measures.Fields, "", Actor.Here);
        foreach (var row in measures)
            register.Put(row);
        var encoder = new GeoPackageGeometry();
        foreach (var change in history)
            connection.Execute("INSERT INTO breitband_measure_history (key, at, who, what, record, geom) VALUES (@Key, @at, @Who, @What, @record, @geom)", new
            {
                change.Key,
                at = change.At.ToString("O", CultureInfo.InvariantCulture),
                change.Who,
                change.What,
                record = JsonSerializer.Serialize(change.Values),
                geom = change.Geometry is { } g ? encoder.Encode(g, false).ToArray() : null,
            });
        return 0;
    });

    public override void Runs(IEnumerable<RunRecord> runs, IReadOnlyList<(Layer Layer, IEnumerable<Row> Rows)> results) => GeoPackageFile.Guarded(path, () =>
    {
        var all = runs.ToList();
        foreach (var run in all)
            GeoPackageResults.Record(connection, run);
        if (all.Count > 0)
            GeoPackageResults.Replace(connection, all[^1].Id, results);
        return 0;
    });

    public override void Audit(IEnumerable<AuditEntry> entries) => GeoPackageFile.Guarded(path, () =>
    {
        foreach (var entry in entries)
            GeoPackageAudit.Put(connection, entry);
        return 0;
    });

    public override void Commit() => GeoPackageFile.Guarded(path, () =>
    {
        transaction.Commit();
        return 0;
    });

    public override void Dispose() => transaction.Dispose();
}
