using System.Text.RegularExpressions;
using Breitband.Store;
using Breitband.Tests.Analyse;
using Breitband.Tests.Store;

namespace Breitband.Tests.Service;

/// <summary>A county that began with a file goes on in PostGIS: the same calls give the same answers, to the last byte.</summary>
public sealed partial class PostGisCallsTests(PostGisServer server) : IDisposable
{
    readonly Calls calls = new();
    readonly string database = server.NewDatabase();

    public void Dispose() => calls.Dispose();

    static string At(string store, params string[] args)
    {
        var (code, text, error) = Calls.RunAsTyped([.. args, "--store", store]);
        Assert.True(code == 0, $"{string.Join(' ', args)} ended with {code}: {error}");
        return text;
    }

    /// <summary>What differs by name only: where the store is.</summary>
    string Answer(string store, params string[] args) => At(store, args).Replace(Named, "SPEICHER", StringComparison.Ordinal).Replace(calls.Store, "SPEICHER", StringComparison.Ordinal);

    string Named
    {
        get
        {
            using var store = PostGisStore.Open(database, OpenMode.Read);
            return store.Location;
        }
    }

    void Same(params string[] args) => Assert.Equal(Answer(calls.Store, args), Answer(database, args));

    void WriteVillage()
    {
        using var store = Breitband.Store.Store.Open(calls.Store, OpenMode.Create);
        VillageInStore.Write(store, 3);
        VillageInStore.Write(store, 4);
        store.ChangeMeasure(new("M1", store.MeasureVersions()["M1"], store.Measures().First(m => (string)m.Values[0]! == "M1"), "Frau Muster"));
    }

    [Fact]
    public void A_store_moved_to_PostGIS_gives_the_very_same_answers_and_comes_back_whole()
    {
        WriteVillage();
        calls.Done("analyse", "--as-of", "2026-01-01");
        var moved = Calls.RunAsTyped(["store", "copy", calls.Store, database]);
        Assert.True(moved.Code == 0, moved.Error);
        Same("stats", "--by", "settlement", "--json"); // of the run that came along
        Same("analyse", "--as-of", "2026-01-01", "--json");
        foreach (var by in (string[])["county", "amt", "municipality", "settlement"])
            Same("stats", "--by", by, "--json");
        foreach (var place in (string[])["Dorfstr. 01, 14800 Adorf", "P7", "340400 5790400", "Adorf, Ortslage", "bdorf", "h05"])
            Same("explain", place, "--json", "--disclosure", "vertraulich");
        Same("measures", "list");
        Same("editions", "--json");
        Same("check");
        Assert.Equal(Sheet(calls.Store, "datei.svg"), Sheet(database, "datenbank.svg"));

        var back = calls.Folder.File("zurück.gpkg");
        At(back, "store", "copy", database, back);
        Assert.Equal(Answer(calls.Store, "stats", "--json"), At(back, "stats", "--json"));
        Assert.Equal(At(calls.Store, "measures", "history", "M1"), At(back, "measures", "history", "M1"));
        Assert.Equal(At(calls.Store, "editions", "--json"), At(back, "editions", "--json"));
    }

    string Sheet(string store, string file)
    {
        At(store, "print", "overview", "--disclosure", "vertraulich", "--out", calls.Folder.File(file));
        return ClipNumber().Replace(File.ReadAllText(calls.Folder.File(file)), "cl");
    }

    /// <summary>The painter numbers its clips through one run of the program.</summary>
    [GeneratedRegex("cl_[0-9a-f]+")]
    private static partial Regex ClipNumber();

    [Fact]
    public void The_shipped_files_imported_into_PostGIS_give_what_they_give_in_a_file()
    {
        calls.WithShippedData();
        At(database, "import", Calls.Data("vg250/vg250_gemeinden_pm.geojson"), "--edition", "2016-01-01");
        At(database, "import", Calls.Data("gemeinden/gemeinden_pm.csv"), Calls.Data("gemeinden/household_size_pm.csv"), Calls.Data("breitbandatlas/breitbandatlas_pm_2021.csv"));
        Same("analyse", "--json");
        Same("stats", "--json");
        Same("probe", "--json");
        Same("check");
        Assert.Contains("\"changed\":false", At(database, "import", Calls.Data("breitbandatlas/breitbandatlas_pm_2021.csv"), "--json").Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
