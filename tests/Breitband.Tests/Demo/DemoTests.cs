using System.Globalization;
using System.Security.Cryptography;
using Breitband.Analyse;
using Breitband.Demo;
using Breitband.Store;
using Breitband.Tests.Service;

namespace Breitband.Tests.Demo;

/// <summary>One demonstration for all tests of the class, made by the verb as a user calls it.</summary>
public sealed class Demonstration : IDisposable
{
    readonly TemporaryFolder folder = new();

    public Demonstration()
    {
        Path = folder.File("vorführung");
        var (code, text, error) = Calls.RunAsTyped(["demo", "--out", Path]);
        Assert.True(code == 0, error);
        Text = text;
        using var store = Breitband.Store.Store.Open(File("breitband.gpkg"), OpenMode.Read);
        Result = GapEngine.Run(store, new AnalysisOptions(Profiles.Load(Installation.Profiles).Get(null), Basis.Atlas, MeasureChoice.Every, new(2026, 10, 1)));
        Report = Probe.Run(store, Result);
        Editions = store.Editions();
        Inhabitants = store.LiveEditions(Layer.Population).SelectMany(e => store.Read(e).Select(r => Convert.ToDouble(r.Values[store.Columns(e).ToList().FindIndex(c => c.Name == "inhabitants")], CultureInfo.InvariantCulture))).Sum();
    }

    public string Path { get; }

    public string Text { get; }

    public GapResult Result { get; }

    public ProbeReport Report { get; }

    public IReadOnlyList<Edition> Editions { get; }

    public double Inhabitants { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public long Rows(Layer layer) => Editions.Where(e => e.Live && e.Dataset.Layer == layer.Name).Sum(e => e.RowCount);

    public void Dispose() => folder.Dispose();
}

public sealed class DemoTests(Demonstration demo) : IClassFixture<Demonstration>
{
    /// <summary>Households of a municipality follow from inhabitants and household size, which is published with three decimals.</summary>
    const double HouseholdRounding = 0.002;

    [Fact]
    public void Shares_of_every_municipality_agree_with_the_published_ones()
    {
        Assert.Equal(38, demo.Report.Rows.Select(r => r.Key).Where(k => k.Length == 8).Distinct().Count());
        // all, DSL, HFC with classes from 10 on where published, FTTB/H from 100 on
        Assert.Equal(8 + 6 + 8 + 4, demo.Report.Rows.Count(r => r.Key == "12069017"));
        Assert.All(demo.Report.Rows.Where(r => r.Key.Length == 8), r => Assert.True(Math.Abs(r.Difference) <= 0.5, r.ToString()));
    }

    [Fact]
    public void Shares_of_the_county_agree_within_a_tenth_of_a_point() =>
        Assert.All(demo.Report.Rows.Where(r => r.Key == "12069"), r => Assert.True(Math.Abs(r.Difference) <= 0.1, r.ToString()));

    [Fact]
    public void The_county_is_as_large_as_a_real_one()
    {
        Assert.InRange(demo.Rows(Layer.Settlements), 180, 200);
        Assert.InRange(demo.Rows(Layer.Addresses), 76_000, 84_000);
        Assert.InRange(demo.Rows(Layer.CoverageCells), 14_000, 18_000);
        Assert.InRange(demo.Rows(Layer.Measures), 28, 32);
        Assert.InRange(demo.Rows(Layer.Facilities), 50, 75);
    }

    [Fact]
    public void Farms_stand_outside_every_settlement()
    {
        var outside = demo.Result.Rows.Where(r => r.Level == AreaLevel.Outside).Sum(r => r.Addresses.Total);
        Assert.InRange((double)outside / demo.Result.Rows[0].Addresses.Total, 0.02, 0.04);
    }

    [Fact]
    public void Inhabitants_add_up_to_the_published_numbers()
    {
        var published = File.ReadLines(Calls.Data("gemeinden/gemeinden_pm.csv")).Skip(1).Select(l => l.Split(',')).ToDictionary(c => c[0], c => double.Parse(c[4], CultureInfo.InvariantCulture));
        var sizes = File.ReadLines(Calls.Data("gemeinden/household_size_pm.csv")).Skip(1).Select(l => l.Split(',')).ToDictionary(c => c[0], c => double.Parse(c[2], CultureInfo.InvariantCulture));
        Assert.Equal(published.Values.Sum(), demo.Inhabitants);
        Assert.All(demo.Result.Rows.Where(r => r.Level == AreaLevel.Municipality),
            r => Assert.Equal(1, Split.Count(r.Households.Total) * sizes[r.Key] / published[r.Key], HouseholdRounding));
    }

    [Fact]
    public void Everything_invented_is_called_demonstration_data()
    {
        Assert.True(demo.Result.Synthetic);
        Assert.Contains("DEMONSTRATIONSDATEN", demo.Text, StringComparison.Ordinal);
        Assert.All(demo.Editions, e => Assert.Equal(e.File.Contains(Path.GetFileName(demo.Path), StringComparison.Ordinal), e.Synthetic));
        Assert.All(demo.Result.Measures, m => Assert.Contains("(synthetisch)", m.Title, StringComparison.Ordinal));
        Assert.Contains("erfunden", File.ReadAllText(demo.File("LIESMICH.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void Measures_count_and_fail_for_every_reason()
    {
        Assert.True(demo.Result.Measures.Count(m => m.Faults == PlannedFault.None && m.Households > 0) >= 5);
        Assert.All([PlannedFault.State, PlannedFault.Horizon, PlannedFault.Speed, PlannedFault.Overdue], f => Assert.Contains(demo.Result.Measures, m => m.Faults.HasFlag(f)));
    }

    [Fact]
    public void The_ugly_archive_is_taken_and_its_report_says_what_is_wrong()
    {
        Assert.Contains("Zeile 30: ohne Geometrie", demo.Text, StringComparison.Ordinal);
        Assert.Contains("an der Lage der Koordinaten erkannt", demo.Text, StringComparison.Ordinal);
        Assert.Contains("CP1252", demo.Text, StringComparison.Ordinal);
        Assert.Matches(@"repariert +1\b", demo.Text);
    }

    [Fact]
    public void The_end_names_the_store_the_sheets_and_three_commands()
    {
        Assert.All(["breitband.gpkg", "uebersicht.pdf", "bad-belzig.pdf"], name =>
        {
            Assert.True(new FileInfo(demo.File(name)).Length > 0);
            Assert.Contains(demo.File(name), demo.Text, StringComparison.Ordinal);
        });
        var commands = demo.Text.Split('\n').Select(l => l.Trim()).Where(l => l.StartsWith("breitband ", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, commands.Count);
    }

    [Fact]
    public void The_same_files_come_out_byte_by_byte()
    {
        using var again = new TemporaryFolder();
        SyntheticCounty.Write(Installation.Data, again.Path, null);
        string HashOf(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
        Assert.All(Directory.EnumerateFiles(again.Path), f => Assert.True(HashOf(f) == HashOf(demo.File(Path.GetFileName(f))), Path.GetFileName(f)));
    }

    [Fact]
    public void Other_programs_read_the_files()
    {
        if (!Foreign.Has("ogrinfo"))
            return;
        Assert.Contains("Feature Count: 1", Foreign.Run("ogrinfo", "-so", "-al", demo.File("breitbandatlas_20210630.gpkg")), StringComparison.Ordinal);
        Assert.Contains("Geometry: Polygon", Foreign.Run("ogrinfo", "-so", "-al", demo.File("siedlungen.shp")), StringComparison.Ordinal);
    }
}
