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
