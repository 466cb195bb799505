using Breitband.Store;

namespace Breitband.Tests.Store;

public sealed class PostGisStoreTests(PostGisServer server) : StoreContract
{
    readonly string database = server.NewDatabase();

    protected override Breitband.Store.Store Open(string? county = null) => PostGisStore.Open(database, OpenMode.Create, county);

    public override void Dispose()
    {
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
