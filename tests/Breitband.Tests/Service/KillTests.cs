using System.Diagnostics;
using Breitband.Store;

namespace Breitband.Tests.Service;

public sealed class KillTests : IDisposable
{
    readonly Calls calls = new();

    public void Dispose() => calls.Dispose();

    /// <summary>The program itself, in a process of its own that can be killed.</summary>
    Process Start(params string[] args)
    {
        var program = typeof(Breitband.Service.CommandLine).Assembly.Location;
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. args, "--store", calls.Store]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    /// <summary>20,000 cells of 100 m: long enough to be hit in the middle of reading, writing, indexing and committing.</summary>
    string Cells(int inhabitants)
    {
        using var file = new StreamWriter(calls.Folder.File($"Zensus2022_{inhabitants}.csv"));
        file.WriteLine("GITTER_ID_100m;x_mp_100m;y_mp_100m;Einwohner");
        for (var i = 0; i < 20000; i++)
            file.WriteLine(FormattableString.Invariant($"CRS3035RES100mN{3228000 + i / 200 * 100}E{4490000 + i % 200 * 100};{4490050 + i % 200 * 100};{3228050 + i / 200 * 100};{inhabitants}"));
        return calls.Folder.File($"Zensus2022_{inhabitants}.csv");
    }

    [Fact]
    public void An_import_killed_a_hundred_times_at_random_moments_leaves_the_old_edition_whole()
    {
        calls.WithShippedData();
        calls.Done("import", Cells(2), "--edition", "2022-05-15");
        var next = Cells(3);
        var rows = Live(2).Rows;
        var whole = Stopwatch.StartNew();
        using (var undisturbed = Start("import", next, "--edition", "2023-05-15", "--dry-run"))
            undisturbed.WaitForExit();
        var span = (int)(whole.ElapsedMilliseconds * 1.5);
        var random = new Random(1);
        var killed = 0;
        for (var i = 0; killed < 100 && i < 300; i++)
        {
            using var import = Start("import", next, "--edition", "2023-05-15");
            if (import.WaitForExit(random.Next(span)))
            {
                Assert.Equal((3, rows), Live(3)); // it was faster: the new edition is whole; go back and try again
                calls.Done("rollback", "population:zensus");
                span = Math.Max(20, span * 9 / 10); // the machine may have been busier when it was measured
                continue;
            }
            import.Kill();
            import.WaitForExit();
            killed++;
            span += span / 20;
            var live = Live();
            Assert.True(live == (2, rows) || live == (3, rows), $"{live}");
            if (live.Inhabitants == 3)
                calls.Done("rollback", "population:zensus");
        }
        Assert.Equal(100, killed);
        Assert.Contains("Alles in Ordnung", calls.Done("check"), StringComparison.Ordinal);
        calls.Done("import", next, "--edition", "2024-05-15");
        Assert.DoesNotContain(Directory.EnumerateFiles(calls.Folder.Path), f => f.EndsWith("-journal", StringComparison.Ordinal));
    }

    (double Inhabitants, int Rows) Live(double expected) => Live() is var live && live.Inhabitants == expected ? live : throw new InvalidOperationException($"{live}");

    (double Inhabitants, int Rows) Live()
    {
        using var store = Breitband.Store.Store.Open(calls.Store, OpenMode.Write);
        var edition = Assert.Single(store.LiveEditions(Layer.Population));
        var column = store.Columns(edition).ToList().FindIndex(c => c.Name == "inhabitants");
        var values = store.Read(edition).Select(r => (double)r.Values[column]!).ToList();
        return (Assert.Single(values.Distinct()), values.Count);
    }
}
