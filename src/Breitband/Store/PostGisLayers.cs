using Dapper;
using Npgsql;

namespace Breitband.Store;

/// <summary>
/// The tables of layers, made from the layers themselves: one partition per edition (a large one has several), filled and indexed as a table of its own and attached when
/// it is whole. Attaching lets readers read on, and an earlier edition costs the live ones nothing. A layer or a field that a later version of
/// the program brings is added when somebody who may opens the store; an older program does not miss it.
/// </summary>
static class PostGisLayers
{
    /// <summary>Makes what is not there yet, views included, inside the caller's transaction and as breitband_owner.</summary>
    public static void Complete(NpgsqlConnection connection)
    {
        var there = Columns(connection);
        foreach (var layer in Layers.Where(l => IsMissing(l, there)))
        {
            if (!there.Contains(layer.Name))
                Create(connection, layer);
            var added = layer.Fields.Where(f => !there[layer.Name].Contains(f.Name)).Select(f => $"ADD COLUMN \"{f.Name}\" {SqlType(f.Kind)}");
            connection.Execute($"ALTER TABLE breitband.{layer.Name} {string.Join(", ", added)}");
        }
        PostGisViews.Create(connection);
    }

    public static bool IsComplete(NpgsqlConnection connection) => Columns(connection) is var there && !Layers.Any(l => IsMissing(l, there)) && PostGisViews.AreCurrent(connection);

    /// <summary>The columns of every table of this store.</summary>
    public static ILookup<string, string> Columns(NpgsqlConnection connection) => connection.Query<(string Table, string Column)>("""
        SELECT c.relname, a.attname
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE n.nspname = 'breitband' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
        """).ToLookup(c => c.Table, c => c.Column);

    static IEnumerable<Layer> Layers => Layer.Imported.Concat(Layer.Results);

    static bool IsMissing(Layer layer, ILookup<string, string> there) => layer.Fields.Any(f => !there[layer.Name].Contains(f.Name));

    static void Create(NpgsqlConnection connection, Layer layer)
    {
        var table = $"breitband.{layer.Name}";
        var isResult = Layer.Results.Contains(layer);
        // The row's number comes first in the key of a partition, where county and edition are the same throughout: comparing them a million times is four fifths of building it.
        var geometry = layer.Shape == Shape.None ? "" : $", geom geometry({(layer.Shape == Shape.Point ? "Point" : GeoPackageTable.IsMulti(layer) ? "MultiPolygon" : "Geometry")}, {Crs.Stored})";
        connection.Execute(isResult
            ? $"CREATE TABLE {table} (county text NOT NULL, disclosure smallint NOT NULL, id integer NOT NULL{geometry}, PRIMARY KEY (county, id))"
            : $"CREATE TABLE {table} (county text NOT NULL, edition integer NOT NULL, disclosure smallint NOT NULL, id integer NOT NULL{geometry}, PRIMARY KEY (id, county, edition)) PARTITION BY RANGE (county, edition, id)");
        if (layer.Shape != Shape.None) // those of partitions, too, hang on this one
            connection.Execute($"CREATE INDEX {layer.Name}_geom ON {table} USING gist (geom)");
        connection.Execute($"""
            ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            CREATE POLICY visible ON {table} FOR SELECT USING (disclosure <= (SELECT breitband.clearance()));
            GRANT SELECT ON {table} TO breitband_reader, breitband_editor;
            """);
    }

    static string SqlType(FieldKind kind) => kind switch
    {
        FieldKind.Integer => "bigint",
        FieldKind.Real => "float8",
        FieldKind.Date => "date",
        FieldKind.Flag => "boolean",
        _ => "text",
    };
}
