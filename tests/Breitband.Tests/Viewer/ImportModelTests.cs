using System.Globalization;
using Breitband.Tests.Service.Http;
using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

/// <summary>Files dropped on the window: each is looked at on its own, and none holds up the others.</summary>
public sealed class ImportModelTests(Served served) : IClassFixture<Served>, IDisposable
{
    readonly ServiceClient service = new(new Uri(served.Root), "editor");
    readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        service.Dispose();
        folder.Dispose();
    }

    string Write(string name, string text)
    {
        File.WriteAllText(folder.File(name), text);
        return folder.File(name);
    }

    string Census(string name, int inhabitants) => Write(name, $"GITTER_ID_100m;x_mp_100m;y_mp_100m;Einwohner\n{Village100m};0;0;{inhabitants}\n");

    /// <summary>A cell of the census grid in the village.</summary>
    static string Village100m
    {
        get
        {
            var (x, y) = Crs.Transform(Crs.Stored, Crs.CensusGrid)(Breitband.Tests.Analyse.Village.X0 + 250, Breitband.Tests.Analyse.Village.Y0 + 250);
            return string.Create(CultureInfo.InvariantCulture, $"CRS3035RES100mN{Math.Floor(y / 100) * 100:0}E{Math.Floor(x / 100) * 100:0}");
        }
    }

    [Fact]
    public async Task Forty_mixed_files_are_looked_at_and_nothing_is_changed()
    {
        var imported = new List<string>();
        var model = new ImportModel(service, new Work(), sets => imported.AddRange(sets));
        var drop = Enumerable.Range(0, 40).Select(i => (i % 4) switch
        {
            0 => Census($"Zensus2022_{i}.csv", i + 1),
            1 => Write($"plan_{i}.dxf", "0\nSECTION\n"),
            2 => Write($"brief_{i}.txt", "Sehr geehrte Damen und Herren,"),
            _ => Write($"teil_{i}.dbf", "gehört zu einem Shapefile, das nicht dabei ist"),
        }).ToList();
        await model.Look(drop);
        Assert.Equal(30, model.Files.Count); // parts without their shapefile are no files of their own
        Assert.All(model.Files.Where(f => f.Name.EndsWith(".csv", StringComparison.Ordinal)), f => Assert.True(f.Fits, f.Fault));
        Assert.All(model.Files.Where(f => f.Name.EndsWith(".dxf", StringComparison.Ordinal)), f => Assert.Contains("ogr2ogr", f.Fault, StringComparison.Ordinal));
        Assert.All(model.Files.Where(f => f.Name.EndsWith(".txt", StringComparison.Ordinal)), f => Assert.NotEqual("", f.Fault));
        Assert.True(model.CanStart);
        Assert.Empty(imported);
    }

    [Fact]
    public async Task What_was_recognised_is_imported_and_reported()
    {
        var imported = new List<string>();
        var model = new ImportModel(service, new Work(), sets => imported.AddRange(sets));
        await model.Look([Census("Zensus2022_neu.csv", 12)]);
        var file = Assert.Single(model.Files);
        Assert.Contains("zensus2022-bevoelkerung", file.Recognised, StringComparison.Ordinal);
        Assert.Contains("EPSG:3035", file.Recognised, StringComparison.Ordinal);
        await model.Start();
        Assert.Equal("importiert", file.State);
        Assert.Contains("1 gespeichert", file.Report, StringComparison.Ordinal);
        Assert.Equal(["population:zensus"], imported);
    }

    [Fact]
    public async Task A_file_that_lacks_its_date_asks_for_it_and_goes_on_with_it()
    {
        var model = new ImportModel(service, new Work(), _ => { });
        await model.Look([Write("schulen.csv", "id;name;art;x;y;ags\nS1;Grundschule;Schule;340010;5790010;12069017\n")]);
        var file = Assert.Single(model.Files);
        Assert.True(file.Asks);
        Assert.False(model.CanStart);
        (file.Edition, file.Crs) = ("2026-01-31", "25833");
        await model.Again();
        Assert.True(file.Fits, file.Fault);
    }
}
