using Breitband.Viewer.Map;
using Microsoft.Data.Sqlite;

namespace Breitband.Tests.Viewer;

/// <summary>Base maps under ours: templates, files of pictures, and lists that cannot be read.</summary>
public sealed class GroundTests : IDisposable
{
    static readonly TileAddress Tile = new(9, 274, 168);

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The path a base map asks its server for.</summary>
    static async Task<string> Asked(BaseMapKind kind, string template, int status = 200)
    {
        await using var line = await Line.To("http://127.0.0.1:1");
        line.Before = context =>
        {
            context.Response.StatusCode = status == 200 ? 203 : status;
            return context.Response.Body.WriteAsync(new byte[] { 1, 2, 3 }).AsTask();
        };
        var (picture, last) = new BaseMap("Karte", kind, line.Address + template, "", 17).Open();
        Assert.Equal(17, last);
        Assert.Equal(status == 200 ? [1, 2, 3] : null, await picture(Tile));
        return Assert.Single(line.Asked);
    }

    [Fact]
    public async Task Xyz_counts_rows_from_the_north() => Assert.Equal("GET /9/274/168.png", await Asked(BaseMapKind.Xyz, "/{z}/{x}/{y}.png"));

    [Fact]
    public async Task Wmts_names_matrix_row_and_column() => Assert.Equal("GET /wmts/9/168/274", await Asked(BaseMapKind.Wmts, "/wmts/{TileMatrix}/{TileRow}/{TileCol}"));

    [Fact]
    public async Task A_picture_the_server_does_not_have_is_left_out() => await Asked(BaseMapKind.Xyz, "/{z}/{x}/{y}", status: 404);

    string Pictures(params (string Name, string Value)[] metadata)
    {
        var path = folder.File(Path.GetRandomFileName() + ".mbtiles");
        using var file = new SqliteConnection($"Data Source={path};Pooling=false");
        file.Open();
        void Run(string sql, params (string, object)[] values)
        {
            using var command = file.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in values)
                command.Parameters.AddWithValue(name, value);
            command.ExecuteNonQuery();
        }
        Run("CREATE TABLE metadata (name TEXT, value TEXT); CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)");
        foreach (var (name, value) in metadata)
            Run("INSERT INTO metadata VALUES ($n, $v)", ("$n", name), ("$v", value));
        if (metadata is not [("empty", _)])
            Run("INSERT INTO tiles VALUES (9, 274, 343, $d)", ("$d", new byte[] { 7 })); // 2⁹ − 1 − 168
        return path;
    }

    [Fact]
    public async Task A_file_of_pictures_counts_rows_from_the_south()
    {
        var (picture, _) = BaseMap.Of(Pictures(("format", "png"))).Open();
        Assert.Equal([7], await picture(Tile));
        Assert.Null(await picture(new(9, 274, 343)));
    }

    [Theory]
    [InlineData("14", 14)]
    [InlineData(null, 9)] // as its pictures show
    [InlineData("25", 19)]
    public void A_file_is_enlarged_from_its_nearest_level(string? said, int last) => Assert.Equal(last, BaseMap.Of(Pictures(said is null ? [("format", "png")] : [("format", "png"), ("maxzoom", said)])).Open().Last);

    [Fact]
    public void The_attribution_in_a_file_is_named_without_its_links()
    {
        Assert.Equal("© Amt & Söhne, CC BY 4.0", BaseMap.Of(Pictures(("attribution", "<a href=\"https://amt.example\">© Amt &amp; Söhne</a>, CC BY 4.0"))).Credit);
        Assert.Equal("", BaseMap.Of(Pictures(("format", "png"))).Credit);
    }

    [Fact]
    public void Files_without_pictures_are_refused_with_the_reason()
    {
        Refused("Vektorkacheln", BaseMap.Of(Pictures(("format", "pbf"))));
        Refused("keine Bilder", BaseMap.Of(Pictures(("empty", "yes"))));
        Refused("keine MBTiles-Datei", BaseMap.Of(folder.Write("text.mbtiles", "das ist ein Text")));
        Refused("keine MBTiles-Datei", BaseMap.Of(folder.File("fehlt.mbtiles")));

        static void Refused(string why, BaseMap map) => Assert.Contains(why, Assert.Throws<BreitbandException>(() => map.Open()).Text.De, StringComparison.Ordinal);
    }

    [Fact]
    public void The_users_own_list_is_read_and_a_broken_one_is_named()
    {
        var own = folder.Write("grundkarten.json", """[{"name": "Amt", "kind": "wmts", "address": "https://amt.test/{TileMatrix}/{TileRow}/{TileCol}", "credit": "© Amt", "last": 15}] // von Hand""");
        var map = BaseMap.All(own).Single(m => m.Name == "Amt");
        Assert.Equal((BaseMapKind.Wmts, "© Amt", 15), (map.Kind, map.Credit, map.Last));
        var broken = folder.Write("kaputt.json", "[{");
        Assert.Contains("kaputt.json", Assert.Throws<BreitbandException>(() => BaseMap.All(broken)).Text.De, StringComparison.Ordinal);
        Assert.DoesNotContain(BaseMap.All(folder.File("keine.json")), m => m.Name == "Amt");
        var pictures = Pictures(("format", "png"));
        Assert.Equal(["Amt", Path.GetFileNameWithoutExtension(pictures)], BaseMap.Offered(Path.GetDirectoryName(own)!, [pictures, folder.File("weg.mbtiles")]).TakeLast(2).Select(m => m.Name));
    }
}
