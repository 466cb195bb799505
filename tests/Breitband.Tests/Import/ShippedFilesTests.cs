using Breitband.Import;

namespace Breitband.Tests.Import;

public sealed class ShippedFilesTests
{
    static readonly string Vg250 = Path.Combine(Installation.Data, "vg250", "vg250_gemeinden_pm.geojson");

    internal static FileReport Import(MemoryStore store, string file, ImportOptions? options = null) =>
        Importer.Run(store, [file], options ?? new()).Files.Single();

    internal static MemoryStore WithMunicipalities()
    {
        var store = new MemoryStore();
        Import(store, Vg250, new() { Edition = new(2016, 1, 1) });
        return store;
    }

    [Fact]
    public void The_municipalities_are_38_and_have_their_area()
    {
        using var store = new MemoryStore();
        var report = Import(store, Vg250, new() { Edition = new(2016, 1, 1) });

        Assert.Equal((38, 38, 0), (report.Read, report.Stored, report.Rejected));
        var rows = store.Read(store.LiveEditions(Layer.Municipalities).Single()).ToList();
        // GDAL gives the same two figures: 2592.9187 km² equal-area, and 2592.4459 in the plane of UTM 33, whose scale is 0.9996.
        Assert.Equal(2592.919, rows.Sum(r => Crs.AreaOf(r.Geometry!)) / 1e6, 3);
        Assert.Equal(2592.446, rows.Sum(r => r.Geometry!.Area) / 1e6, 3);
        var columns = store.Columns(store.LiveEditions(Layer.Municipalities).Single()).Select(f => f.Name).ToList();
        var names = rows.Select(r => (string)r.Values[columns.IndexOf("name")]!).ToList();
        Assert.Contains("Mühlenfließ", names);
        Assert.Contains("Groß Kreutz (Havel)", names);
        Assert.Contains("5910", rows.Select(r => (string?)r.Values[columns.IndexOf("amt")]));
    }

    [Fact]
    public void The_municipalities_need_an_edition_because_nothing_in_the_file_says_it()
    {
        using var store = new MemoryStore();
        var error = Assert.Throws<BreitbandException>(() => Import(store, Vg250));
        Assert.Equal(Outcome.InputRefused, error.Outcome);
        Assert.Contains("--edition", error.Text.De, StringComparison.Ordinal);
        Assert.Empty(store.Editions());
    }

    [Fact]
    public void The_published_shares_are_39_rows_with_their_date()
    {
        using var store = new MemoryStore();
        var report = Import(store, Path.Combine(Installation.Data, "breitbandatlas", "breitbandatlas_pm_2021.csv"));

        Assert.Equal(39, report.Stored);
        Assert.Equal(new DateOnly(2021, 6, 30), report.Edition);
        var edition = store.Editions().Single();
        Assert.Equal("other:100", edition.AbsentTechnologies);
        var columns = store.Columns(edition).Select(f => f.Name).ToList();
        var beelitz = store.Read(edition).Single(r => (string)r.Values[0]! == "12069017");
        Assert.Equal(99.45, beelitz.Values[columns.IndexOf("all_1")]); // wired, not "alle", which has 100.00
        Assert.Equal(0.30, beelitz.Values[columns.IndexOf("ftthb_1000")]);
    }

    [Theory]
    [InlineData("gemeinden_pm.csv", "gemeindeverzeichnis")]
    [InlineData("household_size_pm.csv", "haushaltsgroesse")]
    public void The_registers_are_recognised_and_dated(string file, string mapping)
    {
        using var store = new MemoryStore();
        var report = Import(store, Path.Combine(Installation.Data, "gemeinden", file));
        Assert.Equal((mapping, 38L, new DateOnly(2024, 12, 31)), (report.Mapping, report.Stored, report.Edition));
    }

    [Fact]
    public void The_same_file_with_the_same_options_changes_nothing_the_second_time()
    {
        using var store = WithMunicipalities();
        var again = Importer.Run(store, [Vg250], new() { Edition = new(2016, 1, 1) });
        Assert.False(again.Changed);
        Assert.True(again.Files.Single().Unchanged);
        Assert.Single(store.Editions());
    }
}
