using Breitband.Tests.Service;

namespace Breitband.Tests.Demo;

public sealed class DemoFolderTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_with_foreign_files_is_refused_and_stays_as_it_is()
    {
        folder.Write("breitband.gpkg", "mein Speicher");
        folder.Write("notizen.txt", "meine Notizen");
        var (code, _, error) = Calls.RunAsTyped(["demo", "--out", folder.Path]);
        Assert.Equal(3, code);
        Assert.Contains("breitband.gpkg, notizen.txt", error, StringComparison.Ordinal);
        Assert.Contains("--out", error, StringComparison.Ordinal);
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(folder.Path).Count());
        Assert.Equal("mein Speicher", File.ReadAllText(folder.File("breitband.gpkg")));
    }

    [Fact]
    public void A_foreign_file_beside_an_earlier_demonstration_is_refused_and_both_stay()
    {
        folder.Write(".breitband-demo", "");
        folder.Write("geoadr.txt", "von früher");
        folder.Write("notizen.txt", "meine Notizen");
        var (code, _, error) = Calls.RunAsTyped(["demo", "--out", folder.Path]);
        Assert.Equal(3, code);
        Assert.Contains("notizen.txt", error, StringComparison.Ordinal);
        Assert.DoesNotContain("geoadr.txt", error, StringComparison.Ordinal);
        Assert.Equal("von früher", File.ReadAllText(folder.File("geoadr.txt")));
    }

    [Fact]
    public void A_store_of_ones_own_is_not_taken()
    {
        var (code, _, error) = Calls.RunAsTyped(["demo", "--store", folder.File("meiner.gpkg"), "--out", folder.File("neu")]);
        Assert.Equal(2, code);
        Assert.Contains("--out", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("neu")));
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_refused()
    {
        var (code, _, error) = Calls.RunAsTyped(["demo", "--out", folder.Write("ausgabe", "")]);
        Assert.Equal(3, code);
        Assert.Contains("--out", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_cannot_be_written_fails_with_a_way_out()
    {
        var (code, _, error) = Calls.RunAsTyped(["demo", "--out", "/proc/breitband-demo"]);
        Assert.Equal(1, code);
        Assert.Contains("--out", error, StringComparison.Ordinal);
    }
}
