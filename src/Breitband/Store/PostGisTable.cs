using System.Globalization;
using Dapper;
using Npgsql;

namespace Breitband.Store;

/// <summary>The table of one edition: filled on its own, indexed when it is full, then attached to its layer, where readers find it whole. A large one has several.</summary>
static class PostGisTable
{
    /// <summary>At most 63 bytes, which is what PostgreSQL keeps of a name.</summary>
    /// <param name="part">0 for the first rows of an edition, counting up when it is stored in parts.</param>
    public static string NameOf(Layer layer, string county, int number, int part = 0) =>
        string.Create(CultureInfo.InvariantCulture, $"{layer.Name}_{county}_e{number}{(part == 0 ? "" : $"_p{part}")}");

    /// <summary>A table that holds rows of one edition only, and whose constraint says so.</summary>
    /// <param name="ids">The rows' numbers, in the words of a partition's bounds.</param>
    public static void Create(NpgsqlConnection connection, string table, Layer layer, string county, int number, Disclosure disclosure, IdRange ids) => connection.Execute(string.Create(CultureInfo.InvariantCulture, $"""
        CREATE TABLE breitband."{table}" (LIKE breitband.{layer.Name});
        ALTER TABLE breitband."{table}"
          ALTER county SET DEFAULT '{county}', ALTER edition SET DEFAULT {number}, ALTER disclosure SET DEFAULT {(int)disclosure},
          ADD CONSTRAINT one_edition CHECK (county = '{county}' AND edition = {number}{ids.Condition});
        """));

    /// <summary>After the rows, as indexes are quickest made.</summary>
    public static void Index(NpgsqlConnection connection, string table, Layer layer)
    {
        connection.Execute($"ALTER TABLE breitband.\"{table}\" ADD PRIMARY KEY (id, county, edition)");
        if (layer.Shape != Shape.None)
            connection.Execute($"CREATE INDEX \"{table}_geom\" ON breitband.\"{table}\" USING gist (geom)");
    }

    /// <summary>The constraint of the table already says what the partition's bounds say, so nothing is read again; then it is of no more use.</summary>
    public static void Attach(NpgsqlConnection connection, string table, Layer layer, string county, int number, IdRange ids) => connection.Execute(string.Create(CultureInfo.InvariantCulture, $"""
        ALTER TABLE breitband.{layer.Name} ATTACH PARTITION breitband."{table}" FOR VALUES FROM ('{county}', {number}, {ids.From}) TO ('{county}', {number}, {ids.To});
        ALTER TABLE breitband."{table}" DROP CONSTRAINT one_edition;
        """));

    /// <summary>
    /// Drops the parts that imports killed in their middle left behind. A part belongs to a living import as long as that holds the lock on
    /// its edition's number.
    /// </summary>
    public static void Sweep(PostGisTransaction transaction, string county, int own)
    {
        var left = transaction.Connection.Query<(string Table, int Number)>("""
            SELECT c.relname, substring(c.relname FROM '_e(\d+)_p\d+$')::int
            FROM pg_class c
            WHERE c.relnamespace = 'breitband'::regnamespace AND c.relkind = 'r' AND NOT c.relispartition AND c.relname ~ ('_' || @county || '_e\d+_p\d+$')
            """, new { county });
        foreach (var (table, number) in left)
            if (number == own || transaction.TryLock(county, EditionLock(number)))
                transaction.Connection.Execute($"DROP TABLE breitband.\"{table}\"");
    }

    public static string EditionLock(int number) => string.Create(CultureInfo.InvariantCulture, $"edition {number}");

    /// <summary>Makes an edition the live one of its dataset, inside the caller's transaction.</summary>
    public static void MakeLive(NpgsqlConnection connection, string county, Edition edition) => connection.Execute("""
        UPDATE breitband.editions SET live = false WHERE county = @county AND layer = @layer AND source = @source AND live;
        UPDATE breitband.editions SET live = true WHERE county = @county AND number = @Number;
        """, new { county, layer = edition.Dataset.Layer, source = edition.Dataset.Source, edition.Number });
}

/// <summary>The rows of a partition by their numbers: from one of them, open below where it is null, to below another, open above where it is null.</summary>
readonly record struct IdRange(int? First, int? End)
{
    public string From => First?.ToString(CultureInfo.InvariantCulture) ?? "MINVALUE";

    public string To => End?.ToString(CultureInfo.InvariantCulture) ?? "MAXVALUE";

    public string Condition => (First is null ? "" : $" AND id >= {From}") + (End is null ? "" : $" AND id < {To}");
}
