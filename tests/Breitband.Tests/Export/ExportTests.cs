using Breitband.Tests.Service;

namespace Breitband.Tests.Export;

public sealed class ExportTests : IDisposable
{
    readonly Calls calls = new Calls().WithShippedData();

    public void Dispose() => calls.Dispose();

    string Export(string collection, string file, params string[] more)
    {
        calls.Done(["export", collection, "--out", calls.Folder.File(file), .. more]);
        return calls.Folder.File(file);
    }

    [Theory]
    [InlineData("g.gpkg")]
    [InlineData("g.shp")]
    [InlineData("g.geojson")]
    public void GDAL_reads_what_we_write(string file)
    {
        if (!Foreign.Has("ogrinfo"))
            return;
        var answer = Foreign.Run("ogrinfo", "-ro", "-al", "-so", Export("municipalities:vg250", file));
        Assert.DoesNotContain("arning", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("ERROR", answer, StringComparison.Ordinal);
        Assert.Contains("Feature Count: 38", answer, StringComparison.Ordinal);
        Assert.Contains(file.EndsWith("geojson", StringComparison.Ordinal) ? "ID[\"EPSG\",4326]" : "UTM", answer, StringComparison.Ordinal);
        Assert.Contains("Mühlenfließ", Foreign.Run("ogrinfo", "-ro", "-al", "-q", "-where", "ags='12069402'", calls.Folder.File(file)), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_CRS_is_written_when_asked_for()
    {
        if (!Foreign.Has("ogrinfo"))
            return;
        Assert.Contains("(7", Foreign.Run("ogrinfo", "-ro", "-al", "-so", Export("municipalities:vg250", "utm32.gpkg", "--crs", "EPSG:25832")), StringComparison.Ordinal);
    }

    [Fact]
    public void Results_are_written_with_their_sources_and_what_they_are_not()
    {
        calls.Done("analyse");
        var csv = File.ReadAllText(Export("result_municipalities", "e.csv"));
        Assert.Equal(39, csv.Trim().Split("\r\n").Length);
        Assert.Contains("Bad Belzig", csv, StringComparison.Ordinal);
        var licence = File.ReadAllText(calls.Folder.File("e_LIZENZ.txt"));
        Assert.Contains("© GeoBasis-DE / BKG 2016 (Daten verändert)", licence, StringComparison.Ordinal);
        Assert.Contains("ersetzt kein Markterkundungsverfahren", licence, StringComparison.Ordinal);
    }

    [Fact]
    public void Confidential_data_leave_only_when_that_is_said()
    {
        calls.Folder.Write("netz.geojson", """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"anbieter":"A","technik":"FTTH","down":1000,"up":500},
            "geometry":{"type":"Polygon","coordinates":[[[12.6,52.14],[12.61,52.14],[12.61,52.15],[12.6,52.14]]]}}]}
            """);
        calls.Done("import", calls.Folder.File("netz.geojson"), "--mapping", "versorgungsgebiete", "--edition", "2025-01-01");
        var (code, _, error) = calls.Run("export", "coverage_areas", "--out", calls.Folder.File("n.csv"));
        Assert.Equal(3, code);
        Assert.Contains("vertraulich", error, StringComparison.Ordinal);
        Assert.False(File.Exists(calls.Folder.File("n.csv")));
        Assert.Contains("FTTH", File.ReadAllText(Export("coverage_areas", "n.csv", "--disclosure", "vertraulich")), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("municipalities", "g.dxf", ".gpkg, .shp, .geojson, .csv")]
    [InlineData("municipality", "g.csv", "Meinten Sie municipalities")]
    [InlineData("gaps", "fehlt/g.csv", "breitband analyse")]
    public void What_cannot_be_written_is_said(string collection, string file, string answer) =>
        Assert.Contains(answer, calls.Run("export", collection, "--out", calls.Folder.File(file)).Error, StringComparison.Ordinal);
}
