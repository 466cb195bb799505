using System.Text.RegularExpressions;
using Breitband.Tests.Analyse;

namespace Breitband.Tests.Service;

/// <summary>What people read of the village of docs/village.md, word by word. After a wanted change: BREITBAND_GOLDEN=1 writes the files anew; read the difference.</summary>
public sealed partial class TextTests : IDisposable
{
    static readonly string Golden = Path.Combine(Repository.Root, "tests/Breitband.Tests/Service/golden");

    readonly Calls calls = new();

    public TextTests()
    {
        using (var store = Breitband.Store.Store.Open(calls.Store, Breitband.Store.OpenMode.Create))
            VillageInStore.Write(store);
        calls.Done("analyse", "--as-of", "2026-01-01", "--basis", "atlas");
    }

    public void Dispose() => calls.Dispose();

    [Theory]
    [InlineData("analyse.txt", "analyse", "--as-of", "2026-01-01", "--basis", "atlas")]
    [InlineData("analyse.en.txt", "analyse", "--as-of", "2026-01-01", "--basis", "atlas", "--lang", "en")]
    [InlineData("stats.txt", "stats", "--by", "settlement")]
    [InlineData("clusters.txt", "stats", "--by", "cluster")]
    [InlineData("clusters.csv", "stats", "--by", "cluster", "--format", "csv")]
    [InlineData("clusters.json", "stats", "--by", "cluster", "--json")]
    [InlineData("stats.csv", "stats", "--by", "settlement", "--format", "csv")]
    [InlineData("stats.en.csv", "stats", "--by", "settlement", "--format", "csv", "--lang", "en")]
    [InlineData("stats.json", "stats", "--by", "settlement", "--json")]
    public void The_village_reads_as_agreed(string file, params string[] args)
    {
        var text = RunId().Replace(calls.Done(args), "RUN"); // the id belongs to the engine, the words to us
        if (Environment.GetEnvironmentVariable("BREITBAND_GOLDEN") == "1")
            File.WriteAllText(Path.Combine(Golden, file), text);
        Assert.Equal(File.ReadAllText(Path.Combine(Golden, file)).TrimStart('\uFEFF'), text.TrimStart('\uFEFF'));
    }

    [GeneratedRegex("\\b[0-9a-f]{12}\\b")]
    private static partial Regex RunId();
}
