using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Breitband.Store;

/// <summary>The register of measures: an import inserts or changes records by key, and every change is kept in the history.</summary>
sealed class GeoPackageMeasures(SqliteConnection connection, IReadOnlyList<Field> columns, string who)
{
    readonly GeoPackageGeometry encoder = new();

    public long Count { get; private set; }

    public void Write(Row row)
    {
        Count++;
        var values = columns.Select((c, i) => (c.Name, Value: Plain(row.Values[i]))).ToDictionary(p => p.Name, p => p.Value);
        var key = (string?)values["key"] ?? throw new InvalidDataException("a measure has no key");
        var geometry = row.Geometry is { IsEmpty: false } g ? encoder.Encode(g, false).ToArray() : null;
        var record = JsonSerializer.Serialize(values);
        var last = connection.QuerySingleOrDefault<(string? Record, byte[]? Geometry)>(
            "SELECT record, geom FROM breitband_measure_history WHERE key = @key ORDER BY number DESC LIMIT 1", new { key });
        if (last.Record == record && (last.Geometry ?? []).AsSpan().SequenceEqual(geometry))
            return;
        Upsert(values, geometry);
        connection.Execute("INSERT INTO breitband_measure_history (key, at, who, what, record, geom) VALUES (@key, @at, @who, @what, @record, @geometry)",
            new { key, at = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture), who, what = last.Record is null ? "create" : "change", record, geometry });
    }

    /// <summary>A record as it is, without a word in the history.</summary>
    public void Put(Row row) => Upsert(columns.Select((c, i) => (c.Name, Value: Plain(row.Values[i]))).ToDictionary(p => p.Name, p => p.Value),
        row.Geometry is { IsEmpty: false } g ? encoder.Encode(g, false).ToArray() : null);

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
