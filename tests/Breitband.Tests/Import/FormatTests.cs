using System.IO.Compression;
using System.Text;
using Breitband.Import;

namespace Breitband.Tests.Import;

public sealed class FormatTests : IDisposable
{
    static readonly ImportOptions Dated = new() { Edition = new(2025, 1, 1) };
    readonly TestFolder folder = new();
    readonly MemoryStore store = ShippedFilesTests.WithMunicipalities();

    public void Dispose()
    {
        folder.Dispose();
        store.Dispose();
    }

    FileReport Import(string file, ImportOptions? options = null) => ShippedFilesTests.Import(store, file, options);

    BreitbandException Refused(string file, ImportOptions? options = null)
    {
        var error = Assert.Throws<BreitbandException>(() => Import(file, options));
        Assert.Equal(Outcome.InputRefused, error.Outcome);
        return error;
    }

    List<object?> Column(string layer, string name)
    {
        var edition = store.LiveEditions(Layer.Get(layer)).Single();
        var at = store.Columns(edition).ToList().FindIndex(c => c.Name == name);
        return [.. store.Read(edition).Select(r => r.Values[at])];
    }

    [Fact]
    public void Census_cells_lie_where_their_id_says_and_secret_values_stay_empty()
    {
        var file = folder.File("Zensus2022_Bevoelkerungszahl_100m-Gitter.csv",
            "GITTER_ID_100m;x_mp_100m;y_mp_100m;Einwohner\nCRS3035RES100mN3228900E4498400;4498450;3228950;17\nCRS3035RES100mN3229000E4498400;4498450;3229050;–\nCRS3035RES100mN2689100E4337000;4337050;2689150;5\n");
        var report = Import(file);

        Assert.Equal((3, 2, 1, new DateOnly(2022, 5, 15)), (report.Read, report.Stored, report.Outside, report.Edition));
        Assert.Equal([17.0, null], Column("population", "inhabitants"));
        var cell = store.Read(store.LiveEditions(Layer.Population).Single()).First().Geometry!;
        Assert.Equal(10_000, Crs.AreaOf(cell), 1);
        var (x, y) = Crs.Transform(Crs.Stored, Crs.CensusGrid)(cell.Centroid.X, cell.Centroid.Y);
        Assert.Equal((4498450, 3228950), (Math.Round(x), Math.Round(y)));
    }

    [Theory]
    [InlineData("AGS;leitungsg. Technologien ≥ 30 Mbit/s;DSL ≥ 30 Mbit/s;alle Technologien ≥ 30 Mbit/s\n12069402;66.5;60;99\n", "utf-8")]
    [InlineData("\"AGS\",\"leitungsg. Technologien ≥ 30 Mbit/s\",\"DSL ≥ 30 Mbit/s\"\n\"12069402\",66.5,60\n", "utf-8")]
    [InlineData("\"ags\";\"verf_100_30\";\"verf_dsl_30\";\"verf_300_30\"\n\"12069402\";66,5;60,0;99,0\n", "utf-8")]
    [InlineData("AGS;leitungsg. Technologien ? 30 Mbit/s;DSL ? 30 Mbit/s;Gemeinde Mühlenfließ\n12069402;66.5;60;x\n", "latin1")]
    public void The_historical_dialects_of_the_atlas_give_the_same_shares(string text, string encoding)
    {
        var report = Import(folder.File("gemeinde_privat_2019_mitte.csv", text, Encoding.GetEncoding(encoding) is UTF8Encoding ? new UTF8Encoding(false) : Encoding.Latin1));
        Assert.Equal(new DateOnly(2019, 6, 30), report.Edition);
        Assert.Equal([66.5], Column("coverage_municipalities", "all_30"));
        Assert.Equal([60.0], Column("coverage_municipalities", "fttc_30"));
    }

    [Fact]
    public void Addresses_with_zone_prefixed_eastings_are_recognised_and_said()
    {
        var report = Import(folder.File("geoadr.txt",
            "OI;STN;HNR;ADZ;PLZ;ONM;EEEEEE_EEE;NNNNNNN_NNN\nDEBB1;Straße der Einheit;5;a;14806;Bad Belzig;33335273,663;5779547,125\n"), Dated);
        Assert.Equal(5650, report.Crs.Epsg);
        Assert.Contains("Zonenkennziffer 33", report.Crs.Why.De, StringComparison.Ordinal);
        var point = store.Read(store.LiveEditions(Layer.Addresses).Single()).Single().Geometry!;
        Assert.Equal((335273.663, 5779547.125), (Math.Round(point.Coordinate.X, 3), Math.Round(point.Coordinate.Y, 3)));
    }

    [Fact]
    public void An_address_list_below_a_letterhead_is_read_from_its_header_row()
    {
        var report = Import(folder.File("mev.csv",
            "Markterkundung 2025;;;;;;\n;;;;;;\nStraße;Hausnummer;PLZ;Ort;AGS;Download;Technik\nDorfstr.;1;14806;Görzke;12069224;1000;FTTH\nDorfstr.;2;14806;Görzke;12069224;16,5;VDSL\nFern;1;10115;Berlin;11000000;50;VDSL\n"), Dated);
        Assert.Equal((3, 2, 1), (report.Read, report.Stored, report.Outside));
        Assert.Equal([1000.0, 16.5], Column("coverage_addresses", "down"));
        Assert.Equal(["ftth", "fttc"], Column("coverage_addresses", "technology"));
        var edition = store.LiveEditions(Layer.CoverageAddresses).Single();
        Assert.Equal((Disclosure.Confidential, EvidenceKind.Mev, true), (edition.Disclosure, edition.Evidence, edition.Complete));
    }

    [Fact]
    public void A_ragged_row_is_set_aside_with_its_number()
    {
        var report = Import(folder.File("household_size.csv", "ags,name,persons_per_household,households\n12069017,Beelitz,2.1,6541\n12069018\n"), new() { AcceptRejected = true });
        Assert.Equal(2, Assert.Single(report.FirstRejected).Number);
        Assert.Contains("1 statt 4 Spalten", report.FirstRejected[0].Reason.De, StringComparison.Ordinal);
    }

    [Fact]
    public void Contradicting_shares_are_counted_and_an_impossible_share_is_set_aside()
    {
        var report = Import(folder.File("atlas.csv", "ags,name,stand,hh_leitung_30,hh_leitung_50,hh_dsl_30\n12069017,a,2021-06-30,50,60,70\n12069018,b,2021-06-30,50,140,50\n"),
            new() { AcceptRejected = true });
        Assert.Equal((1, 1), (report.Stored, report.Rejected));
        Assert.Equal(["shares-not-monotone", "technology-above-all"], report.Warnings.Select(w => w.Code).Order());
    }

    [Fact]
    public void Lines_of_GeoJSON_are_read_one_by_one_and_measures_keep_their_words()
    {
        var report = Import(folder.File("massnahmen.geojsonl", """
            {"type":"Feature","properties":{"id":"M1","titel":"Glasfaser Görzke","stand":"Bau","technik":"FTTH","inbetriebnahme":"31.12.2026","art":"gefördert"},"geometry":{"type":"Polygon","coordinates":[[[12.37,52.16],[12.39,52.16],[12.39,52.18],[12.37,52.16]]]}}
            {"type":"Feature","properties":{"id":"M2","titel":"Berlin","stand":"idea"},"geometry":{"type":"Point","coordinates":[13.6,52.5]}}

            """), Dated);
        Assert.Equal((2, 1, 1), (report.Read, report.Stored, report.Outside));
        var values = store.MeasureHistory("M1").Single().Values;
        Assert.Equal(("construction", "ftth", "funded", new DateOnly(2026, 12, 31)), (values["state"], values["technology"], values["kind"], values["commissioning"]));
    }

    [Fact]
    public void A_zip_is_read_and_one_that_points_outside_is_refused()
    {
        var zip = Path.Combine(folder.Path, "gut.zip");
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
            archive.CreateEntryFromFile(Path.Combine(Installation.Data, "gemeinden", "household_size_pm.csv"), "daten/household_size_pm.csv");
        Assert.Equal(38, Import(zip).Stored);

        var bad = Path.Combine(folder.Path, "boese.zip");
        using (var archive = ZipFile.Open(bad, ZipArchiveMode.Create))
            archive.CreateEntry("../heraus.csv");
        Assert.Contains("zeigt aus dem Archiv hinaus", Refused(bad).Text.De, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.Path, "..", "heraus.csv")));
    }

    [Fact]
    public void A_zip_that_unpacks_to_a_thousand_times_its_size_is_refused()
    {
        var zip = Path.Combine(folder.Path, "bombe.zip");
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
        using (var entry = archive.CreateEntry("a.csv").Open())
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 100; i++)
                entry.Write(zeros);
        }
        Assert.Contains("unverhältnismäßig", Refused(zip).Text.De, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan.dxf", "ogr2ogr -f GPKG")]
    [InlineData("plan.tab", "ogr2ogr -f GPKG")]
    [InlineData("plan.kml", "ogr2ogr -f GPKG")]
    [InlineData("tabelle.xlsx", "ogr2ogr -f CSV")]
    public void A_format_we_do_not_read_is_refused_with_the_line_that_converts_it(string name, string line) =>
        Assert.Contains(line, Refused(folder.File(name, "x")).Text.De, StringComparison.Ordinal);

    [Fact]
    public void Empty_missing_and_directory_are_told_apart()
    {
        Assert.Contains("leer", Refused(folder.File("leer.csv", "")).Text.De, StringComparison.Ordinal);
        Assert.Contains("gibt es nicht", Refused(Path.Combine(folder.Path, "fehlt.csv")).Text.De, StringComparison.Ordinal);
        Assert.Contains("Ordner", Refused(folder.Path).Text.De, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_nobody_knows_are_listed_with_the_mappings_there_are()
    {
        var error = Refused(folder.File("fremd.csv", "foo;bar\n1;2\n"));
        Assert.Contains("foo, bar", error.Text.De, StringComparison.Ordinal);
        Assert.Contains("--mapping", error.Text.De, StringComparison.Ordinal);
    }

    [Fact]
    public void A_renamed_file_is_asked_about_with_the_mappings_its_columns_fit()
    {
        var error = Refused(folder.File("umbenannt.csv", "GITTER_ID_100m;Einwohner\nCRS3035RES100mN3228900E4498400;17\n"));
        Assert.Contains("passen: zensus2011-bevoelkerung, zensus2022-bevoelkerung", error.Text.De, StringComparison.Ordinal);
        Assert.Contains("--mapping", error.Text.De, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_key_need_the_municipalities_first()
    {
        using var empty = new MemoryStore();
        var file = folder.File("Zensus2022_x.csv", "GITTER_ID_100m;Einwohner\nCRS3035RES100mN3228900E4498400;17\n");
        var error = Assert.Throws<BreitbandException>(() => ShippedFilesTests.Import(empty, file));
        Assert.Contains("zuerst die Gemeinden", error.Text.De, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_counts_everything_and_changes_nothing()
    {
        var report = Importer.Run(store, [Path.Combine(Installation.Data, "gemeinden", "household_size_pm.csv")], new() { DryRun = true });
        Assert.Equal((38L, false), (report.Files.Single().Stored, report.Changed));
        Assert.Single(store.Editions());
    }
}
