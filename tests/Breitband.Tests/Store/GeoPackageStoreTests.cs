using Breitband.Store;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Breitband.Tests.Store;

public sealed class GeoPackageStoreTests : StoreContract
{
    readonly TemporaryFolder folder = new();

    string Path => folder.File("speicher.gpkg");

    protected override Breitband.Store.Store Open(string? county = null) => GeoPackageStore.Open(Path, OpenMode.Create, county);

    public override void Dispose() => folder.Dispose();

    static Row Cell(double x, double y) => new(Factory.ToGeometry(new(x, x + 100, y, y + 100)), [$"{x}/{y}", "12069017", 5.5]);

    SqliteConnection Raw()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    [Fact]
    public void Only_live_editions_are_shown_with_German_names()
    {
        using (var store = Open())
            for (var i = 0; i < 2; i++)
                Import(store, Draft(Layer.Population), Layer.Population.Fields, Cell(0, 0));
        using var raw = Raw();
        Assert.Equal("population_test_e2", raw.QuerySingle<string>("SELECT table_name FROM gpkg_contents WHERE table_name LIKE 'population%'"));
        Assert.Equal("Bevölkerung (Raster) – test, Stand 30.06.2025", raw.QuerySingle<string>("SELECT identifier FROM gpkg_contents WHERE table_name LIKE 'population%'"));
        Assert.Equal("Einwohner", raw.QuerySingle<string>("SELECT name FROM gpkg_data_columns WHERE column_name = 'inhabitants'"));
    }

    [Fact]
    public void An_older_file_registers_its_styles_at_the_first_writing_and_keeps_what_it_holds()
    {
        using (var store = Open())
            Import(store, Draft(Layer.Population), Layer.Population.Fields, Cell(0, 0));
        using (var raw = Raw())
            raw.Execute("DELETE FROM gpkg_contents WHERE table_name = 'layer_styles'; UPDATE breitband_settings SET value = '2' WHERE name = 'schema'");
        using (var store = Open())
            Assert.Equal(1, store.LiveEditions(Layer.Population).Single().RowCount);
        using var after = Raw();
        Assert.Equal(("3", 1), (after.QuerySingle<string>("SELECT value FROM breitband_settings WHERE name = 'schema'"), after.QuerySingle<int>("SELECT count(*) FROM gpkg_contents WHERE table_name = 'layer_styles'")));
    }

    [Fact]
    public void The_packed_spatial_index_finds_what_a_scan_finds()
    {
        using (var store = Open())
            Import(store, Draft(Layer.Population), Layer.Population.Fields, [.. from x in Enumerable.Range(0, 80) from y in Enumerable.Range(0, 70) select Cell(x * 100, y * 100)]);
        using var raw = Raw();
        Assert.Equal("ok", raw.QuerySingle<string>("SELECT rtreecheck('rtree_population_test_e1_geom')"));
        Assert.Equal(5600, raw.QuerySingle<int>("SELECT count(*) FROM rtree_population_test_e1_geom"));
        Assert.Equal(6, raw.QuerySingle<int>("SELECT count(*) FROM rtree_population_test_e1_geom WHERE minx < 250 AND maxx > 50 AND miny < 150 AND maxy > 50"));
    }

    [Fact]
    public void GDAL_reads_the_store_without_a_warning()
    {
        if (!Foreign.Has("ogrinfo"))
            return;
        using (var store = Open())
        {
            Import(store, Draft(Layer.Population), Layer.Population.Fields, Cell(340000, 5790000));
            Import(store, Draft(Layer.CoverageMunicipalities), Layer.CoverageMunicipalities.Fields.Take(3).ToList(), new Row(null, ["12069", "PM", 94.34]));
            using var writer = store.Begin(Draft(Layer.Settlements), Layer.Settlements.Fields);
            writer.Write(new(Shape("POLYGON ((0 0, 1 0, 1 1, 0 0))"), ["1", null, "Görzke"]));
            writer.Reject(new("d", 1, null, new("a", "b"), Shape("POINT (1 2)")));
            writer.Commit("{}");
        }
        var answer = Foreign.Run("ogrinfo", "-ro", "-al", "-so", Path);
        Assert.DoesNotContain("arning", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("ERROR", answer, StringComparison.Ordinal);
        Assert.Contains("Layer name: population_test_e1", answer, StringComparison.Ordinal);
        Assert.Contains("Extent: (340000.000000, 5790000.000000) - (340100.000000, 5790100.000000)", answer, StringComparison.Ordinal);
        Assert.Contains("ID[\"EPSG\",25833]", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("breitband_settings", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_left_beside_the_file() =>
        Assert.Equal(["speicher.gpkg"], After(() => Import(Open(), Draft(Layer.Population), Layer.Population.Fields, Cell(0, 0))));

    IEnumerable<string> After(Action work)
    {
        work();
        SqliteConnection.ClearAllPools();
        return Directory.EnumerateFiles(folder.Path).Select(f => System.IO.Path.GetFileName(f));
    }

    [Fact]
    public void A_store_of_a_newer_program_is_refused()
    {
        Open().Dispose();
        using (var raw = Raw())
            raw.Execute("UPDATE breitband_settings SET value = '99' WHERE name = 'schema'");
        var refused = Assert.Throws<BreitbandException>(() => Open());
        Assert.Equal(Outcome.InputRefused, refused.Outcome);
        Assert.Contains("99", refused.Text.De, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE audit SET who = 'ein anderer'")]
    [InlineData("DELETE FROM audit")]
    public void What_was_changed_stays_written_down(string sql)
    {
        using var store = Open();
        Import(store, Draft(Layer.Population), Layer.Population.Fields, Cell(0, 0));
        using var raw = Raw();
        Assert.Contains("nur fortgeschrieben", Assert.Throws<SqliteException>(() => raw.Execute(sql)).Message, StringComparison.Ordinal);
        Assert.Equal(Environment.UserName, Assert.Single(store.Audit()).Who);
    }

    [Fact]
    public void A_store_of_an_older_program_gets_what_it_lacks_when_it_is_written_to()
    {
        Open().Dispose();
        using (var raw = Raw())
            raw.Execute("DROP TABLE audit; DELETE FROM gpkg_contents WHERE table_name = 'audit'; UPDATE breitband_settings SET value = '1' WHERE name = 'schema'");
        using (var reader = GeoPackageStore.Open(Path, OpenMode.Read))
            Assert.Empty(reader.Audit());
        using var store = Open();
        Import(store, Draft(Layer.Population), Layer.Population.Fields, Cell(0, 0));
        Assert.Single(store.Audit());
        Assert.Empty(store.Check());
    }

    [Fact]
    public void A_store_another_program_writes_to_is_waited_for_and_then_named()
    {
        using var store = Open();
        using var raw = Raw();
        raw.Execute("BEGIN IMMEDIATE");
        var failed = Assert.Throws<BreitbandException>(() => store.Begin(Draft(Layer.Population), Layer.Population.Fields));
        Assert.Equal(Outcome.Failed, failed.Outcome);
        Assert.Contains("anderen Programm", failed.Text.De, StringComparison.Ordinal);
    }

    [Fact]
    public void Readers_see_the_old_edition_while_a_new_one_is_written()
    {
        using var store = Open();
        Import(store, Draft(Layer.Population), Layer.Population.Fields, Cell(0, 0));
        using var writer = store.Begin(Draft(Layer.Population), Layer.Population.Fields);
        writer.Write(Cell(100, 0));
        using var reader = GeoPackageStore.Open(Path, OpenMode.Read);
        Assert.Equal("0/0", reader.LiveEditions(Layer.Population).SelectMany(reader.Read).Single().Values[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("keine Datenbank, sondern ein Brief an das Amt, lang genug für einen Kopf von hundert Bytes ............................")]
    public void A_file_that_is_no_store_is_refused(string content)
    {
        File.WriteAllText(Path, content);
        var refused = Assert.Throws<BreitbandException>(() => GeoPackageStore.Open(Path, OpenMode.Write));
        Assert.Equal(Outcome.InputRefused, refused.Outcome);
        Assert.Equal(content, File.ReadAllText(Path));
    }

    [Fact]
    public void A_folder_a_missing_folder_and_a_missing_store_are_each_named()
    {
        Assert.Contains("Ordner", Assert.Throws<BreitbandException>(() => GeoPackageStore.Open(folder.Path, OpenMode.Create)).Text.De, StringComparison.Ordinal);
        Assert.Contains("Ordner", Assert.Throws<BreitbandException>(() => GeoPackageStore.Open(folder.File("fehlt/x.gpkg"), OpenMode.Create)).Text.De, StringComparison.Ordinal);
        Assert.Contains("breitband import", Assert.Throws<BreitbandException>(() => GeoPackageStore.Open(folder.File("fehlt.gpkg"), OpenMode.Read)).Text.De, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_nobody_may_write_to_is_named() =>
        Assert.Equal(Outcome.Failed, Assert.Throws<BreitbandException>(() => GeoPackageStore.Open("/proc/speicher.gpkg", OpenMode.Create)).Outcome);

    [Fact]
    public void Check_names_a_missing_table_and_its_remedy()
    {
        using (var store = Open())
            Import(store, Draft(Layer.Population), Layer.Population.Fields, Cell(0, 0));
        using (var raw = Raw())
            raw.Execute("DROP TABLE population_test_e1");
        using var damaged = Open();
        Assert.Contains(damaged.Check(), p => p.De.Contains("noch einmal importieren", StringComparison.Ordinal));
    }

    [Fact]
    public void A_store_belongs_to_one_county()
    {
        Open("12069").Dispose();
        Assert.Equal("12069", Open().County);
        Assert.Contains("12069", Assert.Throws<BreitbandException>(() => Open("12063")).Text.De, StringComparison.Ordinal);
    }
}
