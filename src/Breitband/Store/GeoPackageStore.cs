using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using NetTopologySuite.Geometries;

namespace Breitband.Store;

/// <summary>
/// The embedded store: one GeoPackage file. One table per edition, of which only the live ones are registered, so QGIS never shows editions
/// stacked. Every change is one transaction; a rollback journal keeps the file whole through a kill or a power cut.
/// </summary>
public sealed class GeoPackageStore : Store
{
    /// <summary>One connection, which keeps its commands in a list that two threads must not change at once; map tiles read layers side by side.</summary>
    readonly Lock gate = new();
    readonly SqliteConnection connection;
    readonly string path;

    GeoPackageStore(SqliteConnection connection, string path)
    {
        (this.connection, this.path) = (connection, path);
        County = GeoPackageFile.Setting(connection, "county");
    }

    public override string Location => path;

    public override string County { get; }

    /// <summary>Opens or makes a store; see <see cref="Store.Open"/>.</summary>
    public static new GeoPackageStore Open(string where, OpenMode mode, string? county = null) => new(GeoPackageFile.Open(where, mode, county), where);

    public override IReadOnlyList<Edition> Editions() => Guarded(() => connection
        .Query<(long Number, bool Live, string At, string Json)>("SELECT number, live, imported_at, edition FROM breitband_editions ORDER BY number")
        .Select(r => JsonSerializer.Deserialize(r.Json, StoredJson.Default.Edition)! with { Number = (int)r.Number, Live = r.Live, ImportedAt = Time(r.At) }).ToList());

    public override IReadOnlyList<Field> Columns(Edition edition) => Guarded(() => ColumnsOf(edition.Number));

    List<Field> ColumnsOf(int number)
    {
        var (layer, names) = connection.QuerySingle<(string Layer, string Columns)>("SELECT layer, columns FROM breitband_editions WHERE number = @number", new { number });
        return [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(n => Layer.Get(layer).Find(n) ?? throw new InvalidDataException($"edition {number} has the unknown column {n}"))];
    }

    public override IEnumerable<Row> Read(Edition edition, IReadOnlyList<Field> columns)
    {
        var (name, hasGeometry) = TableOf(edition);
        return name is null ? [] : Rows(name, hasGeometry, columns);
    }

    internal override RowCursor Scan(Edition edition, IReadOnlyList<Field> columns, bool asTheyLie)
    {
        if (TableOf(edition) is not { Name: { } name } table)
            return RowCursor.Over([]);
        var select = Select(name, table.HasGeometry, columns);
        return Guarded(() => new GeoPackageRows(new SqliteCommand(select, connection), columns, Guarded));
    }

    public override IEnumerable<Row> Read(Edition edition, Envelope box) => TableOf(edition) is { Name: { } name, HasGeometry: true } ? Near(name, Columns(edition), box) : [];

    public override IEnumerable<Row> Read(Edition edition, Field field, IReadOnlyCollection<string> texts) => TableOf(edition) is { Name: { } name } table && Columns(edition).Contains(field)
        ? Rows(name, table.HasGeometry, Columns(edition), $"\"{field.Name}\" IN (SELECT value FROM json_each(@texts))", ("@texts", JsonSerializer.Serialize(texts, StoredJson.Default.IReadOnlyCollectionString))) : [];

    public override IReadOnlyList<string> Texts(Edition edition, Field field) => TableOf(edition).Name is { } name && Columns(edition).Contains(field)
        ? Guarded(() => connection.Query<string>($"SELECT DISTINCT \"{field.Name}\" FROM \"{name}\" WHERE \"{field.Name}\" IS NOT NULL").ToList()) : [];

    (string? Name, bool HasGeometry) TableOf(Edition edition) =>
        Guarded(() => connection.QuerySingle<(string? Name, bool HasGeometry)>("SELECT table_name, has_geometry FROM breitband_editions WHERE number = @Number", new { edition.Number }));

    public override IEnumerable<RejectedRow> Rejected(Edition edition) =>
        Stream("SELECT file, number, key, reason, reason_en, geom FROM rejected WHERE edition = @edition ORDER BY id", [("@edition", edition.Number)],
            reader => new RejectedRow(reader.GetString(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetString(2), new(reader.GetString(3), reader.GetString(4)),
                reader.IsDBNull(5) ? null : GeoPackageGeometry.Decode((byte[])reader.GetValue(5))));

    public override EditionWriter Begin(Edition draft, IReadOnlyList<Field> columns) => Guarded(() => new GeoPackageWriter(connection, path, draft, columns, By));

    public override Edition Rollback(Dataset dataset, int edition)
    {
        RequireNoMeasures(dataset);
        return Guarded(() =>
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            var target = Editions().FirstOrDefault(e => e.Number == edition && e.Dataset == dataset) ?? throw UnknownEdition(dataset, edition);
            GeoPackageEditions.MakeLive(connection, target);
            GeoPackageAudit.Write(connection, By, "edition.live", AuditEntry.SubjectOf(target));
            transaction.Commit();
            return target with { Live = true };
        });
    }

    public override IEnumerable<Row> Measures() => Rows("measures", true, Layer.Measures.Fields);

    public override IReadOnlyList<MeasureChange> MeasureHistory(string? key) => Guarded(() => connection
        .Query<(string Key, string At, string Who, string What, string Record, byte[]? Geometry)>(
            "SELECT key, at, who, what, record, geom FROM breitband_measure_history WHERE @key IS NULL OR key = @key ORDER BY number", new { key })
        .Select(r => new MeasureChange(Time(r.At), r.Who, r.What, r.Key, JsonSerializer.Deserialize<Dictionary<string, object?>>(r.Record)!)
        {
            Geometry = r.Geometry is null ? null : GeoPackageGeometry.Decode(r.Geometry),
        }).ToList());

    public override string Report(Edition edition) => Guarded(() => connection.QuerySingle<string>("SELECT report FROM breitband_editions WHERE number = @Number", new { edition.Number }));

    public override StoreReceiver Receive() => Guarded(() => new GeoPackageReceiver(connection, path));

    public override IReadOnlyDictionary<string, int> MeasureVersions() => Guarded(() => connection
        .Query<(string Key, long Version)>("SELECT key, count(*) FROM breitband_measure_history GROUP BY key").ToDictionary(r => r.Key, r => (int)r.Version, StringComparer.Ordinal));

    public override int ChangeMeasure(MeasureEdit edit) => Guarded(() =>
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var history = MeasureHistory(edit.Key);
        if (history.Count != edit.Expected)
            throw Stale(edit, history.Count, history.Count == 0 ? null : history[^1]);
        new GeoPackageMeasures(connection, Layer.Measures.Fields, edit.Who, By with { Name = edit.Who }).Change(edit);
        transaction.Commit();
        return history.Count + 1;
    });

    public override void SaveRun(RunRecord run, IReadOnlyList<(Layer Layer, IEnumerable<Row> Rows)> results) => Guarded(() =>
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        GeoPackageResults.Replace(connection, run.Id, results);
        GeoPackageResults.Record(connection, run);
        GeoPackageAudit.Write(connection, By, "analyse", run.Id);
        transaction.Commit();
        return 0;
    });

    public override IReadOnlyList<RunRecord> Runs() => Guarded(() => connection
        .Query<(string Id, string At, string Parameters, string Summary)>("SELECT id, at, parameters, summary FROM breitband_runs ORDER BY rowid DESC")
        .Select(r => new RunRecord(r.Id, Time(r.At), r.Parameters, r.Summary)).ToList());

    public override IEnumerable<Row> ReadResult(Layer layer, Envelope? box) =>
        Guarded(() => connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = @Name", new { layer.Name })) == 0 ? []
        : box is null ? Rows(layer.Name, true, layer.Fields) : Near(layer.Name, layer.Fields, box);

    public override IReadOnlyList<AuditEntry> Audit(int newest = int.MaxValue) => Guarded(() => GeoPackageAudit.Read(connection, newest));

    public override IReadOnlyList<Phrase> Check() => Guarded(() => GeoPackageCheck.Run(connection));

    public override void Dispose()
    {
        lock (gate)
            connection.Dispose();
    }

    IEnumerable<Row> Near(string table, IReadOnlyList<Field> columns, Envelope box) =>
        Rows(table, true, columns, $"id IN (SELECT id FROM \"rtree_{table}_geom\" WHERE minx <= @maxX AND maxx >= @minX AND miny <= @maxY AND maxy >= @minY)",
            ("@minX", box.MinX), ("@maxX", box.MaxX), ("@minY", box.MinY), ("@maxY", box.MaxY));

    IEnumerable<Row> Rows(string table, bool hasGeometry, IReadOnlyList<Field> columns, string where = "true", params (string Name, object Value)[] parameters)
    {
        return Stream(Select(table, hasGeometry, columns, where), parameters, reader =>
            {
                var values = new object?[columns.Count];
                for (var i = 0; i < values.Length; i++)
                    values[i] = Value(reader, i + 1, columns[i].Kind);
                return new Row(reader.IsDBNull(0) ? null : GeoPackageGeometry.Decode(reader.GetFieldValue<byte[]>(0)), values);
            });
    }

    string Select(string table, bool hasGeometry, IReadOnlyList<Field> columns, string where = "true")
    {
        var there = Guarded(() => GeoPackageTable.Columns(connection, table));
        var picked = string.Concat(columns.Select(c => there.Contains(c.Name) ? $", \"{c.Name}\"" : ", NULL"));
        return $"SELECT {(hasGeometry ? "geom" : "NULL")}{picked} FROM \"{table}\" WHERE {where} ORDER BY id";
    }

    /// <summary>Rows one by one as they are asked for; the gate is held for each, not from the first to the last.</summary>
    IEnumerable<T> Stream<T>(string sql, (string Name, object Value)[] parameters, Func<SqliteDataReader, T> row)
    {
        var (command, reader) = Guarded(() =>
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in parameters)
                command.Parameters.AddWithValue(name, value);
            try
            {
                return (command, command.ExecuteReader());
            }
            catch
            {
                command.Dispose();
                throw;
            }
        });
        try
        {
            while (Guarded(reader.Read))
                yield return row(reader);
        }
        finally
        {
            lock (gate)
            {
                reader.Dispose();
                command.Dispose();
            }
        }
    }

    static object? Value(SqliteDataReader reader, int column, FieldKind kind) => reader.IsDBNull(column) ? null : kind switch
    {
        FieldKind.Integer => reader.GetInt64(column),
        FieldKind.Real => reader.GetDouble(column),
        FieldKind.Date => DateOnly.ParseExact(reader.GetString(column), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        FieldKind.Flag => reader.GetInt64(column) != 0,
        _ => reader.GetString(column),
    };

    T Guarded<T>(Func<T> work)
    {
        lock (gate)
            return GeoPackageFile.Guarded(path, work);
    }

    static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
