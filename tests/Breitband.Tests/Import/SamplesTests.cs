using Breitband.Import;

namespace Breitband.Tests.Import;

/// <summary>Every file in data/samples comes in as its supplier writes it.</summary>
public sealed class SamplesTests : IDisposable
{
    static readonly string Folder = Path.Combine(Installation.Data, "samples");
    readonly MemoryStore store = ShippedFilesTests.WithMunicipalities();

    public void Dispose() => store.Dispose();

    public static TheoryData<string, string, string, string, int, int, int> Samples => new()
    {
        { "202601_MobilfunkMonitoring_synthetisch.csv", "mobilfunk", "2026-01-31", "UTF-8", 4, 3, 1 },
        { "Versorgungsdaten_Gitterzellen_Stand_20251231_synthetisch.geojson", "breitbandatlas-gitter", "2025-12-31", "UTF-8", 7, 6, 1 },
        { "Zensus2022_Bevoelkerungszahl_100m-Gitter_synthetisch.csv", "zensus2022-bevoelkerung", "2022-05-15", "UTF-8", 6, 5, 1 },
        { "Zensus_Bevoelkerung_100m-Gitter_synthetisch.csv", "zensus2011-bevoelkerung", "2011-05-09", "UTF-8", 6, 5, 1 },
        { "bevoelkerung_synthetisch_20221231.geojson", "bevoelkerung", "2022-12-31", "UTF-8", 2, 2, 0 },
        { "breitbandatlas_gemeinden_synthetisch.csv", "breitbandatlas-gemeinden", "2021-06-30", "UTF-8", 2, 2, 0 },
        { "einrichtungen_synthetisch.csv", "einrichtungen", "2026-01-31", "CP1252", 2, 2, 0 },
        { "gemeinde_bezirke_privat_2021_mitte_synthetisch.csv", "breitbandatlas-gemeinden-historisch", "2021-06-30", "UTF-8", 3, 2, 1 },
        { "gemeinde_privat_2019_mitte_cp1252_synthetisch.csv", "breitbandatlas-gemeinden-historisch", "2019-06-30", "CP1252", 2, 2, 0 },
        { "gemeindeverzeichnis_synthetisch.csv", "gemeindeverzeichnis", "2024-12-31", "UTF-8", 2, 2, 0 },
        { "geoadr_synthetisch.txt", "lgb-geoadr", "2026-01-31", "CP1252", 3, 3, 0 },
        { "haushaltsgroesse_synthetisch.csv", "haushaltsgroesse", "2024-12-31", "CP1252", 2, 2, 0 },
        { "markterkundung_adressliste_synthetisch.csv", "adressliste", "2026-01-31", "CP1252", 3, 3, 0 },
        { "massnahmen_synthetisch_20251231.geojson", "massnahmen", "2025-12-31", "UTF-8", 2, 2, 0 },
        { "ortslagen_synthetisch_20250630.shp", "siedlungen", "2025-06-30", "CP1252", 3, 3, 0 },
        { "versorgungsgebiete_synthetisch_20251231.geojson", "versorgungsgebiete", "2025-12-31", "UTF-8", 2, 2, 0 },
        { "gew01_f_synthetisch_20250630.geojson", "hintergrund-gewaesser", "2025-06-30", "UTF-8", 1, 1, 0 },
        { "veg02_f_synthetisch_20250630.geojson", "hintergrund-wald", "2025-06-30", "UTF-8", 1, 1, 0 },
        { "ver01_l_synthetisch_20250630.geojson", "hintergrund-strassen", "2025-06-30", "UTF-8", 3, 2, 1 },
        { "ver03_l_synthetisch_20250630.geojson", "hintergrund-bahn", "2025-06-30", "UTF-8", 1, 1, 0 },
        { "vg250_gem_synthetisch_20250101.geojson", "vg250-gemeinden", "2025-01-01", "UTF-8", 4, 2, 1 },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_comes_in_with_its_mapping_date_and_encoding(string file, string mapping, string date, string encoding, int read, int stored, int outside)
    {
        // Only what carries no date of its own is given one.
        var options = date == "2026-01-31" ? new ImportOptions { Edition = new(2026, 1, 31) } : new();
        var report = ShippedFilesTests.Import(store, Path.Combine(Folder, file), options);
        Assert.Equal((mapping, date, encoding), (report.Mapping, report.Edition.ToString("yyyy-MM-dd", null), report.Encoding.Name));
        Assert.Equal((read, stored, outside, 0), (report.Read, report.Stored, report.Outside, report.Rejected));
    }

    [Fact]
    public void Every_mapping_has_a_sample_and_every_sample_a_row_here_and_in_the_sources()
    {
        Assert.Equal(Mappings.Load(Installation.Mappings).Select(m => m.Name).Order(), Samples.Select(s => s.Data.Item2).Distinct().Order());
        var files = Directory.EnumerateFiles(Folder).Select(f => Path.GetFileName(f)).Where(f => Path.GetExtension(f) is not (".dbf" or ".shx")).ToList();
        Assert.Equal(files.Order(StringComparer.Ordinal), Samples.Select(s => s.Data.Item1).Order(StringComparer.Ordinal));
        var sources = File.ReadAllText(Path.Combine(Installation.Data, "SOURCES.md"));
        Assert.All(files, f => Assert.Contains($"`samples/{f}`", sources, StringComparison.Ordinal));
    }

    Dictionary<string, object?>[] Import(string file, string layer)
    {
        ShippedFilesTests.Import(store, Path.Combine(Folder, file), new() { Edition = new(2026, 1, 31) });
        // The municipalities' own edition is there before.
        var edition = store.LiveEditions(Layer.Get(layer)).Last();
        var columns = store.Columns(edition);
        return [.. store.Read(edition).Select(r => columns.Select((c, i) => (c.Name, r.Values[i])).ToDictionary(p => p.Name, p => p.Item2))];
    }

    [Fact]
    public void Settlements_with_ATKIS_columns_keep_object_key_and_umlauts()
    {
        var rows = Import("ortslagen_synthetisch_20250630.shp", "settlements");
        Assert.Equal(["DEBBSYN000000001", "DEBBSYN000000002", "DEBBSYN000000003"], rows.Select(r => r["key"]));
        Assert.Equal(["Mühlenfließ (Muster)", "Görzke-Süd (Muster)", "Päwesin (Schleife)"], rows.Select(r => r["name"]));
    }

    [Fact]
    public void Census_2011_ids_in_units_of_100_m_lie_where_those_of_2022_do()
    {
        Import("Zensus2022_Bevoelkerungszahl_100m-Gitter_synthetisch.csv", "population");
        var then = store.Read(store.LiveEditions(Layer.Population).Single()).Select(r => r.Geometry!.Centroid.Coordinate).ToList();
        var rows = Import("Zensus_Bevoelkerung_100m-Gitter_synthetisch.csv", "population");
        Assert.Equal(then, store.Read(store.LiveEditions(Layer.Population).Single()).Select(r => r.Geometry!.Centroid.Coordinate));
        Assert.Equal([17.0, null, 3.0, null, 42.0], rows.Select(r => r["inhabitants"]));
    }

    [Fact]
    public void Offers_keep_their_speeds_technologies_and_gaps()
    {
        var list = Import("markterkundung_adressliste_synthetisch.csv", "coverage_addresses");
        Assert.Equal([1000.0, 100.0, null], list.Select(r => r["down"]));
        Assert.Equal([500.0, 40.0, null], list.Select(r => r["up"]));
        Assert.Equal("Große Gasse \"Süd\"", list[2]["street"]);
        var areas = Import("versorgungsgebiete_synthetisch_20251231.geojson", "coverage_areas");
        Assert.Equal([("Muster-Netz GmbH", "ftthb", 1000.0, 500.0), ("Görzke Kabel e. K.", "hfc", 500.0, null)],
            areas.Select(r => ((string)r["provider"]!, (string)r["technology"]!, (double)r["down"]!, (double?)r["up"])));
    }

    [Fact]
    public void A_list_of_measures_is_none_of_coverage_though_it_names_operators_and_speeds()
    {
        var report = ShippedFilesTests.Import(store, Path.Combine(Folder, "massnahmen_synthetisch_20251231.geojson"));
        Assert.Equal("measures", report.Layer);
    }

    [Fact]
    public void Facilities_keep_names_and_counts()
    {
        var rows = Import("einrichtungen_synthetisch.csv", "facilities");
        Assert.Equal([("Grundschule Mühlenfließ (Muster)", 1L), ("Gewerbepark „Süd“ (Muster)", 12L)], rows.Select(r => ((string)r["name"]!, (long)r["businesses"]!)));
        Assert.Equal("100001", rows[0]["key"]);
    }

    [Fact]
    public void Roads_railways_water_and_forest_stand_beside_each_other()
    {
        foreach (var file in new[] { "ver01_l", "ver03_l", "gew01_f", "veg02_f" })
            ShippedFilesTests.Import(store, Path.Combine(Folder, $"{file}_synthetisch_20250630.geojson"));
        var categories = store.LiveEditions(Layer.Background).SelectMany(e => store.Read(e).Select(r => r.Values[store.Columns(e).ToList().FindIndex(f => f.Name == "category")]));
        Assert.Equal(["road", "road", "rail", "water", "forest"], categories);
    }

    [Fact]
    public void The_regional_key_names_the_Amt_and_water_parts_are_left_out()
    {
        var rows = Import("vg250_gem_synthetisch_20250101.geojson", "municipalities");
        Assert.Equal([("12069020", null), ("12069018", "5902")], rows.Select(r => ((string)r["ags"]!, (string?)r["amt"])));
    }
}
