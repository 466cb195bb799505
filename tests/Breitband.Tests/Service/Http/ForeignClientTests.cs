using System.Text.RegularExpressions;

namespace Breitband.Tests.Service.Http;

/// <summary>GDAL reads every collection, with a box and with a filter.</summary>
public sealed class ForeignClientTests(Served served) : IClassFixture<Served>
{
    [Fact]
    public async Task Gdal_lists_and_counts_every_collection()
    {
        if (!Foreign.Has("ogrinfo"))
            return;
        var collections = (await served.Json("/collections")).GetProperty("collections").EnumerateArray().Select(c => (Id: c.GetProperty("id").GetString()!, Count: c.GetProperty("numberOfFeatures").GetInt32())).ToList();
        var listed = Foreign.Run("ogrinfo", $"OAPIF:{served.Root}/");
        Assert.All(collections, c => Assert.Contains($": {c.Id} (", listed, StringComparison.Ordinal));
        foreach (var (id, count) in collections)
        {
            var layer = Foreign.Run("ogrinfo", "-so", $"OAPIF:{served.Root}/", id);
            Assert.Contains($"Feature Count: {count}\n", layer, StringComparison.Ordinal);
            Assert.DoesNotMatch("Warning|ERROR", layer);
        }
    }

    [Fact]
    public void Gdal_selects_by_box_and_by_attribute_and_pages()
    {
        if (!Foreign.Has("ogrinfo"))
            return;
        string Count(params string[] options) => Regex.Match(Foreign.Run("ogrinfo", ["-so", .. options]), @"Feature Count: (\d+)").Groups[1].Value;
        var west = Crs.Transform(Crs.Stored, Crs.Geographic)(340000, 5790000);
        var east = Crs.Transform(Crs.Stored, Crs.Geographic)(340200, 5790200);
        static string Text(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal("7", Count("-spat", Text(west.X), Text(west.Y), Text(east.X), Text(east.Y), $"OAPIF:{served.Root}/", "addresses"));
        Assert.Equal("1", Count("-where", "name = 'Adorf'", $"OAPIF:{served.Root}/", "municipalities"));
        Assert.Equal("16", Count("-oo", "PAGE_SIZE=3", "-sql", "SELECT * FROM coverage_cells", $"OAPIF:{served.Root}/"));
    }
}
