using System.Globalization;
using Dapper;
using Npgsql;

namespace Breitband.Store;

/// <summary>The register of measures: an import inserts or changes records by key; a trigger keeps every change in the history.</summary>
sealed class PostGisMeasures
{
    /// <summary>As who: keep no history, because it comes along.</summary>
    public const string NoHistory = "-";

    readonly NpgsqlConnection connection;
    readonly string county, upsert;
    readonly IReadOnlyList<Field> columns;
    readonly WkbBuffer wkb = new();

    /// <param name="who">Stands in the history.</param>
    public PostGisMeasures(NpgsqlConnection connection, string county, IReadOnlyList<Field> columns, string who)
    {
        (this.connection, this.county, this.columns) = (connection, county, columns);
        connection.Execute("SELECT set_config('breitband.who', @who, true)", new { who });
        string List(Func<string, string> text) => string.Concat(columns.Select(c => ", " + text(c.Name)));

        upsert = $"""
            INSERT INTO breitband.measures AS m (county, geom{List(n => $"\"{n}\"")}) VALUES (@county, @geom::geometry{string.Concat(columns.Select(c => $", @{c.Name}{Cast(c)}"))})
            ON CONFLICT (county, key) DO UPDATE SET geom = CASE WHEN @withoutArea THEN NULL ELSE coalesce(excluded.geom, m.geom) END{List(n => $"\"{n}\" = excluded.\"{n}\"")}
            """;
    }

    static string Cast(Field column) => column.Kind switch { FieldKind.Date => "::date", FieldKind.Flag => "::boolean", FieldKind.Real => "::float8", FieldKind.Integer => "::bigint", _ => "::text" };

    /// <param name="withoutArea">Takes the area away instead of leaving the one there is.</param>
    public void Write(Row row, bool withoutArea = false)
    {
        var parameters = new DynamicParameters();
        parameters.Add("county", county);
        parameters.Add("withoutArea", withoutArea);
        parameters.Add("geom", row.Geometry is { IsEmpty: false } geometry ? Encode(geometry) : null, System.Data.DbType.Binary);
        for (var i = 0; i < columns.Count; i++)
            parameters.Add(columns[i].Name, row.Values[i] is DateOnly date ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : row.Values[i]);
        connection.Execute(upsert, parameters);
    }

    /// <summary>A person's change: unlike an import, which knows nothing of an area it does not bring, it may take the area away.</summary>
    public void Change(MeasureEdit edit)
    {
        connection.Execute("SELECT set_config('breitband.every', 'yes', true)"); // a confirmed record is a version too
        if (edit.Record is not { } row)
            connection.Execute("DELETE FROM breitband.measures WHERE county = @county AND key = @Key", new { county, edit.Key });
        else
            Write(row, row.Geometry is not { IsEmpty: false });
    }

    public byte[] Encode(NetTopologySuite.Geometries.Geometry geometry)
    {
        wkb.Clear();
        wkb.Wkb(geometry, false, Crs.Stored);
        return wkb.Written.ToArray();
    }
}
