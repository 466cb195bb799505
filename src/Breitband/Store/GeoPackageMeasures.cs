using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Breitband.Store;

/// <summary>The register of measures: an import inserts or changes records by key, and every change is kept in the history.</summary>
/// <param name="who">Stands in the history.</param>
/// <param name="by">Stands in the audit.</param>
sealed class GeoPackageMeasures(SqliteConnection connection, IReadOnlyList<Field> columns, string who, Actor by)
{
    readonly GeoPackageGeometry encoder = new();

    public long Count { get; private set; }

    public void Write(Row row)
    {
        Count++;
        var values = Named(row);
        var key = (string?)values["key"] ?? throw new InvalidDataException("a measure has no key");
        var geometry = row.Geometry is { IsEmpty: false } g ? encoder.Encode(g, false).ToArray() : null;
        var record = JsonSerializer.Serialize(values);
        var last = connection.QuerySingleOrDefault<(string? What, string? Record, byte[]? Geometry)>(
            "SELECT what, record, geom FROM breitband_measure_history WHERE key = @key ORDER BY number DESC LIMIT 1", new { key });
        if (last.What is not Deleted && last.Record == record && (last.Geometry ?? []).AsSpan().SequenceEqual(geometry))
            return;
        Upsert(values, geometry);
        Remember(key, last.Record is null || last.What == Deleted ? Created : Changed, record, geometry);
    }

    const string Created = "create", Changed = "change", Deleted = "delete";

    /// <summary>A person's change: unlike an import, which knows nothing of an area it does not bring, it may take the area away.</summary>
    public void Change(MeasureEdit edit)
    {
        var before = connection.QuerySingleOrDefault<long?>("SELECT id FROM measures WHERE key = @Key", new { edit.Key });
        if (edit.Record is not { } row)
        {
            var (record, area) = connection.QuerySingle<(string, byte[]?)>(
                "SELECT record, geom FROM breitband_measure_history WHERE key = @Key ORDER BY number DESC LIMIT 1", new { edit.Key });
            connection.Execute("DELETE FROM measures WHERE key = @Key", new { edit.Key });
            Remember(edit.Key, Deleted, record, area);
            return;
        }
        var values = Named(row);
        var geometry = row.Geometry is { IsEmpty: false } g ? encoder.Encode(g, false).ToArray() : null;
        Upsert(values, geometry);
        if (geometry is null)
            connection.Execute("UPDATE measures SET geom = NULL WHERE key = @Key", new { edit.Key });
        Remember(edit.Key, before is null ? Created : Changed, JsonSerializer.Serialize(values), geometry);
    }

    /// <summary>A record as it is, without a word in the history.</summary>
    public void Put(Row row) => Upsert(Named(row), row.Geometry is { IsEmpty: false } g ? encoder.Encode(g, false).ToArray() : null);

    Dictionary<string, object?> Named(Row row) => columns.Select((c, i) => (c.Name, Value: Plain(row.Values[i]))).ToDictionary(p => p.Name, p => p.Value);

    void Remember(string key, string what, string record, byte[]? geometry)
    {
        connection.Execute(
            "INSERT INTO breitband_measure_history (key, at, who, what, record, geom) VALUES (@key, @at, @who, @what, @record, @geometry)",
            new { key, at = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture), who, what, record, geometry });
        GeoPackageAudit.Write(connection, by, $"measure.{what}", key);
    }

    void Upsert(Dictionary<string, object?> values, byte[]? geometry)
    {
        var names = values.Keys.ToList();
        var parameters = new DynamicParameters();
        parameters.Add("geom", geometry);
        foreach (var (name, value) in values)
            parameters.Add(name, value);
        connection.Execute($"""
            INSERT INTO measures (geom, {string.Join(", ", names.Select(n => $"\"{n}\""))}) VALUES (@geom, {string.Join(", ", names.Select(n => "@" + n))})
            ON CONFLICT (key) DO UPDATE SET geom = coalesce(excluded.geom, geom), {string.Join(", ", names.Select(n => $"\"{n}\" = excluded.\"{n}\""))}
            """, parameters);
    }

    static object? Plain(object? value) => value switch
    {
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool flag => flag ? 1L : 0L,
        _ => value,
    };
}
