using System.Globalization;
using Dapper;
using Npgsql;

namespace Breitband.Store;

/// <summary>The table of one edition: filled on its own, indexed when it is full, then attached to its layer, where readers find it whole.</summary>
static class PostGisTable
{
    /// <summary>At most 63 bytes, which is what PostgreSQL keeps of a name.</summary>
    public static string NameOf(Layer layer, string county, int number) => string.Create(CultureInfo.InvariantCulture, $"{layer.Name}_{county}_e{number}");

    public static void Create(NpgsqlConnection connection, string table, Layer layer, string county, int number, Disclosure disclosure) => connection.Execute(string.Create(CultureInfo.InvariantCulture, $"""
        CREATE TABLE breitband."{table}" (LIKE breitband.{layer.Name});
        ALTER TABLE breitband."{table}"
          ALTER county SET DEFAULT '{county}', ALTER edition SET DEFAULT {number}, ALTER disclosure SET DEFAULT {(int)disclosure},
          ADD CONSTRAINT one_edition CHECK (county = '{county}' AND edition = {number});
        """));

    public static void Attach(NpgsqlConnection connection, string table, Layer layer, string county, int number)
    {
        connection.Execute($"ALTER TABLE breitband.\"{table}\" ADD PRIMARY KEY (county, edition, id)");
        if (layer.Shape != Shape.None)
            connection.Execute($"CREATE INDEX \"{table}_geom\" ON breitband.\"{table}\" USING gist (geom)");
        // The constraint of the table already says what the partition's bounds say, so nothing is read again; then it is of no more use.
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"""
            ALTER TABLE breitband.{layer.Name} ATTACH PARTITION breitband."{table}" FOR VALUES FROM ('{county}', {number}) TO ('{county}', {number + 1});
            ALTER TABLE breitband."{table}" DROP CONSTRAINT one_edition;
            """));
    }

    /// <summary>Makes an edition the live one of its dataset, inside the caller's transaction.</summary>
    public static void MakeLive(NpgsqlConnection connection, string county, Edition edition) => connection.Execute("""
        UPDATE breitband.editions SET live = false WHERE county = @county AND layer = @layer AND source = @source AND live;
        UPDATE breitband.editions SET live = true WHERE county = @county AND number = @Number;
        """, new { county, layer = edition.Dataset.Layer, source = edition.Dataset.Source, edition.Number });
}
