using Microsoft.Data.Sqlite;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Breitband.Tests.Import;

public sealed class GeoPackageTests : IDisposable
{
    readonly TestFolder folder = new();
    readonly MemoryStore store = ShippedFilesTests.WithMunicipalities();

    public void Dispose()
    {
        folder.Dispose();
        store.Dispose();
    }

    static byte[] Blob(Geometry geometry) => [(byte)'G', (byte)'P', 0, 1, 0xE8, 0x64, 0, 0, .. geometry.AsBinary()];

    /// <summary>The Bundesnetzagentur's grid as it is published: one table with its date in the name, EPSG:25832, other groups beside hh.</summary>
    string Atlas(byte[] blob)
    {
        var path = Path.Combine(folder.Path, "gitter.gpkg");
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            create table gpkg_spatial_ref_sys (srs_id integer, organization text, organization_coordsys_id integer, definition text);
            insert into gpkg_spatial_ref_sys values (25832, 'EPSG', 25832, '');
            create table gpkg_contents (table_name text, data_type text);
            insert into gpkg_contents values ('Versorgungsdaten_Gitterzellen_Stand_20251231', 'features');
            create table gpkg_geometry_columns (table_name text, column_name text, srs_id integer);
            insert into gpkg_geometry_columns values ('Versorgungsdaten_Gitterzellen_Stand_20251231', 'geom', 25832);
            create table Versorgungsdaten_Gitterzellen_Stand_20251231 (id integer primary key, geom polygon, raster_id text, raster_rowid integer, ags text,
                down_fn_hh_alle_100 real, down_fn_hh_ftthb_100 real, down_fn_gw_alle_100 real);
            insert into Versorgungsdaten_Gitterzellen_Stand_20251231 values (1, $geom, '100mN57829E7458', 7, '12069020', 77.14, 12.5, 100),
                (2, $geom, '100mN52682E3982', 8, '08336105', 100, 0, 100);
            """;
        command.Parameters.AddWithValue("$geom", blob);
        command.ExecuteNonQuery();
        return path;
    }

    static Polygon Cell => (Polygon)new WKTReader().Read("POLYGON((745800 5782900, 745900 5782900, 745900 5783000, 745800 5783000, 745800 5782900))");

    [Fact]
    public void The_atlas_grid_is_recognised_dated_and_read_for_households_only()
    {
        var report = ShippedFilesTests.Import(store, Atlas(Blob(Cell)));

        Assert.Equal(("breitbandatlas-gitter", 25832, new DateOnly(2025, 12, 31)), (report.Mapping, report.Crs.Epsg, report.Edition));
        Assert.Equal((2, 1, 1), (report.Read, report.Stored, report.Outside));
        Assert.Equal(1, report.Warnings.Single(w => w.Code == "columns-not-read").Count);
        var edition = store.LiveEditions(Layer.CoverageCells).Single();
        Assert.Equal(["key", "ags", "all_100", "ftthb_100"], store.Columns(edition).Select(c => c.Name));
        Assert.Equal(["100mN57829E7458", "12069020", 77.14, 12.5], store.Read(edition).Single().Values);
    }

    [Fact]
    public void A_geometry_that_claims_more_points_than_it_has_is_set_aside()
    {
        var blob = Blob(Cell);
        blob.AsSpan(17, 4).Fill(0x7F);
        var error = Assert.Throws<BreitbandException>(() => ShippedFilesTests.Import(store, Atlas(blob)));
        Assert.Contains("Geometrie nicht lesbar", error.Text.De, StringComparison.Ordinal);
        Assert.Empty(store.LiveEditions(Layer.CoverageCells));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        var error = Assert.Throws<BreitbandException>(() => ShippedFilesTests.Import(store, folder.File("x.gpkg", new string('x', 5000))));
        Assert.Equal(Outcome.InputRefused, error.Outcome);
    }
}
