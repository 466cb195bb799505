using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Breitband.Store;

/// <summary>Writes an edition in one transaction: until <see cref="Commit"/> nobody sees anything, and a kill leaves the old edition whole.</summary>
sealed class GeoPackageWriter : EditionWriter
{
    readonly SqliteConnection connection;
    readonly SqliteTransaction transaction;
    readonly bool own;
    readonly string path, table;
    readonly Edition draft;
    readonly Actor by;
    readonly Layer layer;
    readonly IReadOnlyList<Field> columns;
    readonly GeoPackageInsert? insert;
    readonly GeoPackageMeasures? measures;
    readonly GeoPackageGeometry encoder = new();
    readonly int number;
    long rejected;

    /// <param name="outer">Null for a new edition; else the transaction that takes in another store's, number and all.</param>
    public GeoPackageWriter(SqliteConnection connection, string path, Edition draft, IReadOnlyList<Field> columns, Actor by, SqliteTransaction? outer = null)
    {
        own = outer is null;
        (this.connection, this.path, this.draft, this.by) = (connection, path, draft, by);
        layer = Layer.Get(draft.Dataset.Layer);
        this.columns = [.. layer.Fields.Where(f => columns.Any(c => c.Name == f.Name))];
        transaction = outer ?? connection.BeginTransaction(deferred: false);
        number = !own ? draft.Number : (int)connection.ExecuteScalar<long>("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'breitband_editions'), 0) + 1");
        table = GeoPackageTable.NameOf(draft.Dataset, number);
        if (layer == Layer.Measures && !own)
            return;
        if (layer == Layer.Measures)
            measures = new GeoPackageMeasures(connection, this.columns, $"Import {draft.Dataset.Source}, {Path.GetFileName(draft.File)}", by);
        else
        {
            GeoPackageTable.Create(connection, table, layer, this.columns);
            insert = new GeoPackageInsert(connection, table, layer, this.columns);
        }
    }

    public override void Write(Row row) => GeoPackageFile.Guarded(path, () =>
    {
        insert?.Write(row);
        measures?.Write(row);
        return 0;
    });

    public override void Reject(RejectedRow row)
    {
        rejected++;
        GeoPackageFile.Guarded(path, () => connection.Execute(
            "INSERT INTO rejected (geom, edition, file, number, key, reason, reason_en) VALUES (@geom, @edition, @File, @Number, @Key, @De, @En)", new
            {
                geom = row.Geometry is { IsEmpty: false } g ? encoder.Encode(g, false).ToArray() : null,
                edition = number,
                row.File,
                row.Number,
                row.Key,
                row.Reason.De,
                row.Reason.En,
            }));
    }

    public override Edition Commit(string reportJson) => GeoPackageFile.Guarded(path, () =>
    {
        insert?.Dispose();
        var edition = !own ? draft : draft with { Number = number, Live = true, ImportedAt = DateTime.UtcNow, RowCount = insert?.Count ?? measures!.Count, RejectedCount = rejected };
        var box = insert?.Extent is { IsNull: false } extent ? extent : null;
        connection.Execute("""
            INSERT INTO breitband_editions (number, layer, source, date, live, imported_at, file, row_count, rejected_count, table_name, has_geometry, columns, edition, report, min_x, min_y, max_x, max_y)
            VALUES (@Number, @layer, @source, @date, 0, @at, @File, @RowCount, @RejectedCount, @table, @hasGeometry, @columns, @json, @reportJson, @minX, @minY, @maxX, @maxY)
            """, new
        {
            edition.Number,
            layer = edition.Dataset.Layer,
            source = edition.Dataset.Source,
            date = edition.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            at = edition.ImportedAt.ToString("O", CultureInfo.InvariantCulture),
            edition.File,
            edition.RowCount,
            edition.RejectedCount,
            table = insert is null ? null : table,
            hasGeometry = insert?.HasGeometry ?? false,
            columns = string.Join(',', columns.Select(c => c.Name)),
            json = JsonSerializer.Serialize(edition, StoredJson.Default.Edition),
            reportJson,
            minX = box?.MinX,
            minY = box?.MinY,
            maxX = box?.MaxX,
            maxY = box?.MaxY,
        });
        if (insert?.HasGeometry == true)
            GeoPackageTable.Index(connection, table, insert.Boxes);
        if (edition.Live)
            GeoPackageEditions.MakeLive(connection, edition);
        if (own)
        {
            GeoPackageAudit.Write(connection, by, "import", AuditEntry.SubjectOf(edition));
            transaction.Commit();
        }
        return edition;
    });

    public override void Dispose()
    {
        insert?.Dispose();
        if (own)
            transaction.Dispose();
    }
}
