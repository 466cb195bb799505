using Breitband.Analyse;
using Breitband.Store;
using Dapper;
using Npgsql;

namespace Breitband.Tests.Store;

public sealed class PostGisStoreTests(PostGisServer server) : StoreContract
{
    readonly string database = server.NewDatabase();

    protected override Breitband.Store.Store Open(string? county = null) => PostGisStore.Open(database, OpenMode.Create, county);

    public override void Dispose()
    {
    }

    [Fact]
    public void Rows_of_one_key_keep_their_order_even_where_somebody_has_changed_them_since()
    {
        using var store = Open();
        Import(store, Draft(Layer.Municipalities), Layer.Municipalities.Fields,
            new Row(Shape("POLYGON ((0 0, 1000 0, 1000 1000, 0 1000, 0 0))"), [.. Layer.Municipalities.Fields.Select(object? (f) => f.Name is "key" or "ags" ? "12069017" : null)]));
        Row Cell(double inhabitants) => new(Shape("POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0))"), [.. Layer.Population.Fields.Select(object? (f) => f.Name switch { "key" => "k", "inhabitants" => inhabitants, _ => null })]);
        var edition = Import(store, Draft(Layer.Population), Layer.Population.Fields, Cell(1), Cell(2), Cell(3));
        using var connection = new NpgsqlConnection(database);
        connection.Execute("UPDATE breitband.population SET inhabitants = 10 WHERE inhabitants = 1"); // its new version lies behind the others

        using var lying = store.Scan(edition, Layer.Population.Fields, asTheyLie: true);
        while (lying.Next())
            continue;
        Assert.False(lying.InOrder);
        Assert.Equal([10, 2, 3], CountyReader.Read(store, null).Population.Select(c => c.Inhabitants));
    }
}

/// <summary>The same with editions in parts of two rows, as only those of a state are otherwise.</summary>
public sealed class PostGisPartsContractTests(PostGisServer server) : StoreContract
{
    readonly string database = server.NewDatabase();

    protected override Breitband.Store.Store Open(string? county = null)
    {
        var store = PostGisStore.Open(database, OpenMode.Create, county);
        store.PartSize = 2;
        return store;
    }

    public override void Dispose()
    {
    }
}
