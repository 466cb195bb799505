using Breitband.Tests.Analyse;
using Breitband.Tests.Service;

namespace Breitband.Tests.Export;

/// <summary>What an export must never do: lose rows in silence, give away confidential answers, destroy somebody's file.</summary>
public sealed class ExportSafetyTests : IDisposable
{
    readonly Calls calls = new Calls().WithShippedData();

    public void Dispose() => calls.Dispose();

    [Fact]
    public void Another_store_is_never_overwritten()
    {
        var other = calls.Folder.File("anderer_kreis.gpkg");
        File.Copy(calls.Store, other);
        var (code, _, error) = calls.Run("export", "municipalities", "--out", other);
        Assert.Equal(3, code);
        Assert.Contains("ist ein Breitband-Speicher", error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(calls.Store), File.ReadAllBytes(other));
        Assert.Equal(2, calls.Run("export", "municipalities", "--out", calls.Store).Code);
    }

    [Fact]
    public void An_earlier_export_is_replaced_whole()
    {
        foreach (var file in new[] { "g.gpkg", "g.csv", "g.geojson", "g.shp" })
        {
            calls.Folder.Write(file, "alt");
            calls.Done("export", "municipalities:vg250", "--out", calls.Folder.File(file));
            Assert.True(new FileInfo(calls.Folder.File(file)).Length > 1000);
        }
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(calls.Folder.Path), e => Path.GetFileName(e).StartsWith('.'));
    }

    [Fact]
    public void Rows_a_shapefile_cannot_hold_are_counted()
    {
        var (code, text, error) = calls.Run("export", "municipalities", "--out", calls.Folder.File("g.shp"));
        Assert.Equal(0, code);
        Assert.Contains("38 Zeilen", text, StringComparison.Ordinal);
        Assert.Contains("76 Zeilen ohne Geometrie fehlen", error, StringComparison.Ordinal);
        var (_, _, whole) = calls.Run("export", "municipalities", "--out", calls.Folder.File("g.csv"));
        Assert.Equal("", whole);
        Assert.Equal(3, calls.Run("export", "coverage_municipalities", "--out", calls.Folder.File("c.shp")).Code);
    }

    [Fact]
    public void Field_names_of_a_shapefile_stay_unique_and_the_short_ones_are_told()
    {
        calls.Done("analyse");
        var renamed = calls.Json("export", "result_municipalities", "--out", calls.Folder.File("e.shp")).GetProperty("renamed").EnumerateArray()
            .ToDictionary(r => r.GetProperty("field").GetString()!, r => r.GetProperty("name").GetString()!);
        Assert.Equal(renamed.Count, renamed.Values.Distinct().Count());
        Assert.All(renamed.Values, name => Assert.True(name.Length <= 10));
        Assert.Contains("households_unserved", renamed.Keys);
    }

    [Fact]
    public void What_was_computed_from_confidential_answers_stays_so_after_a_rollback()
    {
        const string area = """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"anbieter":"A","technik":"FTTH","down":DOWN,"up":500},"geometry":{"type":"Polygon","coordinates":[[[12.6,52.14],[12.61,52.14],[12.61,52.15],[12.6,52.14]]]}}]}""";
        foreach (var (day, down) in new[] { ("2025-01-01", "1000"), ("2025-02-01", "500") })
            calls.Done("import", calls.Folder.Write("netz.geojson", area.Replace("DOWN", down, StringComparison.Ordinal)), "--mapping", "versorgungsgebiete", "--edition", day);
        calls.Done("analyse");
        calls.Done("rollback", "coverage_areas:versorgungsgebiete");
        foreach (var collection in new[] { "gaps", "result_settlements" })
        {
            var (code, _, error) = calls.Run("export", collection, "--out", calls.Folder.File("l.csv"));
            Assert.Equal(3, code);
            Assert.Contains("coverage_areas:versorgungsgebiete ist vertraulich", error, StringComparison.Ordinal);
        }
        calls.Done("export", "gaps", "--out", calls.Folder.File("l.csv"), "--disclosure", "vertraulich");
        Assert.Contains("Stand 01.02.2025", File.ReadAllText(calls.Folder.File("l_LIZENZ.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void Measures_that_may_not_leave_are_counted()
    {
        using var village = new Calls();
        using (var store = Breitband.Store.Store.Open(village.Store, Breitband.Store.OpenMode.Create))
            VillageInStore.Write(store);
        var (code, text, error) = village.Run("export", "measures", "--out", village.Folder.File("m.csv"));
        Assert.Equal(0, code);
        Assert.Contains("0 Zeilen", text, StringComparison.Ordinal);
        Assert.Contains("5 Maßnahmen fehlen darin, weil sie nicht öffentlich sind", error, StringComparison.Ordinal);
        Assert.Contains("5 Zeilen", village.Done("export", "measures", "--out", village.Folder.File("m.gpkg"), "--disclosure", "intern"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(25832)]
    [InlineData(3035)]
    [InlineData(4258)]
    [InlineData(3857)]
    [InlineData(5650)]
    public void GDAL_puts_an_exported_municipality_where_it_is(int epsg)
    {
        if (!Foreign.Has("ogr2ogr"))
            return;
        calls.Done("export", "municipalities:vg250", "--out", calls.Folder.File("g.shp"), "--crs", $"EPSG:{epsg}");
        Foreign.Run("ogr2ogr", "-t_srs", "EPSG:25833", calls.Folder.File("zurück.shp"), calls.Folder.File("g.shp"));
        Assert.Contains("Extent: (309674.05", Foreign.Run("ogrinfo", "-ro", "-so", "-al", calls.Folder.File("zurück.shp")), StringComparison.Ordinal);
    }
}
