using Breitband.Service.Http;
using Breitband.Tests.Store;

namespace Breitband.Tests.Service.Http;

/// <summary>The same service over the same village, in a shared database.</summary>
public sealed class ServedFromPostGis(PostGisServer server) : Served
{
    readonly string database = server.NewDatabase();

    public override string Location => database;

    internal override ServiceSettings Settings => base.Settings with { TilesFolder = Folder.Path };
}

/// <summary>As <see cref="ServedWithSmallUploads"/>, in a shared database.</summary>
public sealed class ServedFromPostGisWithSmallUploads(PostGisServer server) : ServedWithSmallUploads
{
    readonly string database = server.NewDatabase();

    public override string Location => database;
}

public sealed class ImportRoutesOnPostGisTests(PostGisServer server) : ImportRouteContract(new ServedFromPostGisWithSmallUploads(server));

public sealed class FeaturesFromPostGisTests(ServedFromPostGis served) : FeaturesContract(served), IClassFixture<ServedFromPostGis>;

public sealed class MeasureRoutesOnPostGisTests(ServedFromPostGis served) : MeasureRouteContract(served), IClassFixture<ServedFromPostGis>;

public sealed class ResultsFromPostGisTests(ServedFromPostGis served) : IClassFixture<ServedFromPostGis>
{
    [Fact]
    public async Task Figures_explanations_what_if_and_tiles_come_from_the_database_and_no_answer_names_it()
    {
        foreach (var path in new[] { "/", "/?f=html", "/stats", "/results", "/explain?place=dorfstr.%201", "/editions", "/measures", "/tilejson", "/collections/gaps/items?limit=3", "/readyz" })
        {
            var got = await served.Get(path, "admin");
            Assert.True(got.Status == 200, $"{path}: {got.Status} {got.Text}");
            Assert.DoesNotContain("Host=", got.Text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Password", got.Text, StringComparison.OrdinalIgnoreCase);
        }
        var none = await served.Send(HttpMethod.Post, "/whatif", """{"measures":"none"}""");
        Assert.Equal((200, 0), (none.Status, none.Json.GetProperty("rows")[0].GetProperty("households").GetProperty("planned").GetDouble()));
        Assert.Equal("%PDF", (await served.Get("/print/overview?paper=A4")).Text[..4]);
        Assert.True(File.Exists(served.Folder.File("breitband-vertraulich.mbtiles")));
    }
}

public sealed class SeveralCountiesTests(PostGisServer server)
{
    sealed class OfTwoCounties(PostGisServer server) : Served
    {
        readonly string database = server.NewDatabase();

        public override string Location => database;

        protected override Action<Breitband.Store.Store>? More => _ => Breitband.Store.Store.Open(Location, Breitband.Store.OpenMode.Create, "12054").Dispose();

        internal override ServiceSettings Settings => base.Settings with { TilesFolder = Folder.Path, County = "12069" };
    }

    [Fact]
    public async Task Of_several_counties_the_one_named_is_served_and_none_named_is_asked_for()
    {
        await using var served = new OfTwoCounties(server);
        await served.InitializeAsync();
        Assert.Equal("12069", (await served.Json("/readyz")).GetProperty("county").GetString());
        Assert.Equal(2, (await served.Json("/collections/municipalities/items")).GetProperty("numberMatched").GetInt32());
        var (code, _, error) = Calls.RunAsTyped(["serve", "--store", served.Location, "--urls", "http://127.0.0.1:0"]);
        Assert.Equal(2, code);
        Assert.Contains("12054, 12069", error, StringComparison.Ordinal);
        Assert.Contains("--county", error, StringComparison.Ordinal);
        Assert.Equal(3, Calls.RunAsTyped(["serve", "--store", served.Location, "--county", "12072", "--urls", "http://127.0.0.1:0"]).Code);
    }
}

/// <summary>A database server of the test's own, which it stops.</summary>
public sealed class DatabaseAwayTests : IAsyncLifetime
{
    PostGisCluster? cluster;
    Served? served;

    sealed class FromCluster(string database) : Served
    {
        public override string Location => database;

        internal override ServiceSettings Settings => base.Settings with { TilesFolder = Folder.Path };
    }

    public async ValueTask InitializeAsync()
    {
        PostGisServer.RequireOwnServer();
        cluster = new PostGisCluster();
        PostGisServer.Execute(cluster.ConnectionString("postgres"), "CREATE DATABASE kreis");
        PostGisServer.Execute(cluster.ConnectionString("kreis"), "CREATE EXTENSION postgis");
        served = new FromCluster(cluster.ConnectionString("kreis"));
        await served.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (served is not null)
            await served.DisposeAsync();
        cluster?.Dispose();
    }

    [Fact]
    public async Task The_database_goes_and_comes_back_without_a_restart_of_the_service_and_nobody_learns_its_name()
    {
        Assert.Equal(200, (await served!.Get("/stats")).Status);
        cluster!.Stop();
        served.Site.Catalogue.Expire();
        var away = await served.Get("/stats");
        Assert.Equal((503, "10"), (away.Status, away.Header("Retry-After")));
        Assert.Equal(503, (await served.Get("/readyz")).Status);
        Assert.Equal(200, (await served.Get("/healthz")).Status);
        foreach (var secret in new[] { "kreis", "Host=", "SELECT", "Npgsql", "postgres" })
            Assert.DoesNotContain(secret, away.Text, StringComparison.OrdinalIgnoreCase);
        cluster.Start();
        Assert.Equal(200, (await served.Get("/readyz")).Status);
        Assert.Equal(200, (await served.Get("/stats")).Status);
    }
}
