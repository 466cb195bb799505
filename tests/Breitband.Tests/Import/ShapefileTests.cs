using System.Text;
using Breitband.Import;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Import;

public sealed class ShapefileTests : IDisposable
{
    const string Utm33 = "PROJCS[\"ETRS_1989_UTM_Zone_33N\",GEOGCS[\"GCS_ETRS_1989\",DATUM[\"D_ETRS_1989\",SPHEROID[\"GRS_1980\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],UNIT[\"Meter\",1.0]]";
    static readonly ImportOptions Dated = new() { Edition = new(2025, 1, 1) };
    readonly TestFolder folder = new();
    readonly MemoryStore store = ShippedFilesTests.WithMunicipalities();

    public void Dispose()
    {
        folder.Dispose();
        store.Dispose();
    }

    // Near Bad Belzig, EPSG:25833.
    static double[] Square(int i, double size = 500) => TestShapefile.Square(335000 + (i * 1000), 5779000, size);

    TestShapefile Settlements(string? prj = Utm33) => new(folder.Path, "siedlungen") { Prj = prj };

    List<Row> Rows(out IReadOnlyList<string> columns, out Edition edition)
    {
        edition = store.LiveEditions(Layer.Settlements).Single();
        columns = [.. store.Columns(edition).Select(f => f.Name)];
        return [.. store.Read(edition)];
    }

    [Fact]
    public void A_deleted_record_and_a_null_shape_never_shift_the_attributes()
    {
        var file = Settlements().Polygon(["1", "Görzke"], Square(0)).Deleted(["2", "gelöscht"], Square(1)).Polygon(["3", "ohne Fläche"])
            .Polygon(["4", "Gräben"], Square(3)).Write();
        var report = ShippedFilesTests.Import(store, file, Dated with { AcceptRejected = true });

        Assert.Equal((3, 2, 1), (report.Read, report.Stored, report.Rejected));
        Assert.Equal(3, report.FirstRejected.Single().Number);
        var rows = Rows(out var columns, out _);
        Assert.Equal(["Görzke", "Gräben"], rows.Select(r => r.Values[columns.ToList().IndexOf("name")]));
        Assert.Equal([335250, 338250], rows.Select(r => Math.Round(r.Geometry!.Centroid.X)));
    }

    [Fact]
    public void A_table_in_CP1252_without_cpg_keeps_its_umlauts()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var file = new TestShapefile(folder.Path, "siedlungen") { Prj = Utm33, Encoding = Encoding.GetEncoding(1252) }
            .Polygon(["1", "Mühlenfließ"], Square(0)).Polygon(["2", "Päwesin"], Square(1)).Write();
        var report = ShippedFilesTests.Import(store, file, Dated);

        Assert.Equal("CP1252", report.Encoding.Name);
        var rows = Rows(out var columns, out _);
        Assert.Equal(["Mühlenfließ", "Päwesin"], rows.Select(r => r.Values[columns.ToList().IndexOf("name")]));
    }

    [Fact]
    public void A_ring_that_crosses_itself_is_repaired_and_counted()
    {
        var file = Settlements().Polygon(["1", "Schleife"], [335000, 5779000, 335100, 5779100, 335100, 5779000, 335000, 5779100, 335000, 5779000]).Write();
        var report = ShippedFilesTests.Import(store, file, Dated);

        Assert.Equal((1, 1, 0), (report.Stored, report.Repaired, report.Rejected));
        var geometry = Rows(out _, out _).Single().Geometry!;
        Assert.True(geometry.IsValid);
        Assert.Equal(5000, geometry.Area, 3);
    }

    [Fact]
    public void A_hole_belongs_to_the_smallest_shell_around_it()
    {
        var file = Settlements().Polygon(["1", "Ring"], Square(0), TestShapefile.Hole(335100, 5779100, 100), Square(1)).Write();
        ShippedFilesTests.Import(store, file, Dated);

        var geometry = Assert.IsType<MultiPolygon>(Rows(out _, out _).Single().Geometry);
        Assert.Equal([1, 0], geometry.Geometries.Cast<Polygon>().Select(p => p.NumInteriorRings));
        Assert.Equal((2 * 250_000) - 10_000, geometry.Area, 3);
    }

    [Fact]
    public void Without_a_prj_the_place_of_the_coordinates_tells_the_CRS()
    {
        var report = ShippedFilesTests.Import(store, Settlements(prj: null).Polygon(["1", "Bad Belzig"], Square(0)).Write(), Dated);
        Assert.Equal(25833, report.Crs.Epsg);
        Assert.Contains("Lage der Koordinaten", report.Crs.Why.De, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prj_that_puts_the_data_outside_Germany_is_put_right_and_said()
    {
        var wrong = Utm33.Replace("ETRS_1989_UTM_Zone_33N", "ETRS_1989_LAEA", StringComparison.Ordinal);
        var report = ShippedFilesTests.Import(store, Settlements(wrong).Polygon(["1", "Bad Belzig"], Square(0)).Write(), Dated);
        Assert.Equal(25833, report.Crs.Epsg);
        Assert.Contains(report.Warnings, w => w.Code == "crs-wrong");
    }

    [Fact]
    public void Two_Gauss_Krueger_datums_are_a_question_to_the_user()
    {
        var file = Settlements(prj: null).Polygon(["1", "Bad Belzig"], TestShapefile.Square(4540600, 5778800, 100)).Write();
        var error = Assert.Throws<BreitbandException>(() => ShippedFilesTests.Import(store, file, Dated));
        Assert.Contains("--crs EPSG:2398", error.Text.De, StringComparison.Ordinal);
        Assert.Contains("--crs EPSG:31468", error.Text.De, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_its_dbf_a_shapefile_is_refused_in_clear_words()
    {
        var file = Settlements().Polygon(["1", "x"], Square(0)).Write(dbf: false);
        var error = Assert.Throws<BreitbandException>(() => ShippedFilesTests.Import(store, file, Dated));
        Assert.Equal(Outcome.InputRefused, error.Outcome);
        Assert.Contains(".dbf", error.Text.De, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_file_changes_nothing()
    {
        var file = Settlements().Polygon(["1", "a"], Square(0)).Polygon(["2", "b"], Square(1)).Write();
        using (var stream = File.OpenWrite(file))
            stream.SetLength(stream.Length - 20);
        var error = Assert.Throws<BreitbandException>(() => ShippedFilesTests.Import(store, file, Dated));
        Assert.Contains("Satz 2", error.Text.De, StringComparison.Ordinal);
        Assert.Empty(store.LiveEditions(Layer.Settlements));
    }

    [Fact]
    public void An_absurd_point_count_is_a_fault_of_its_row_only()
    {
        var shape = new byte[48];
        shape[0] = 5;
        BitConverter.GetBytes(1).CopyTo(shape, 36);
        BitConverter.GetBytes(int.MaxValue).CopyTo(shape, 40);
        var file = Settlements().Add(["1", "a"], shape).Polygon(["2", "b"], Square(1)).Write();
        var report = ShippedFilesTests.Import(store, file, Dated with { AcceptRejected = true });
        Assert.Equal((1, 1), (report.Stored, report.Rejected));
    }

    [Fact]
    public void Too_many_faulty_rows_stop_the_import_and_the_first_are_named()
    {
        var file = Settlements().Polygon(["1", "a"], Square(0)).Polygon(["2", "b"]).Polygon(["3", "c"]).Write();
        var error = Assert.Throws<BreitbandException>(() => ShippedFilesTests.Import(store, file, Dated));
        Assert.Contains("2: ohne Geometrie; 3: ohne Geometrie", error.Text.De, StringComparison.Ordinal);
        Assert.Empty(store.LiveEditions(Layer.Settlements));
    }
}
