using System.Diagnostics;
using Breitband.Store;

namespace Breitband.Tests.Store;

/// <summary>kill -9 of the program and of PostgreSQL in the middle of an import, at random moments, leaves the old edition whole.</summary>
public sealed class PostGisKillTests : IDisposable
{
    /// <summary>Enough for a second part.</summary>
    const int Rows = 130_000;

    readonly TemporaryFolder folder = new();
    readonly PostGisCluster cluster = Cluster();
    readonly Random random = new(2);

    static PostGisCluster Cluster()
    {
        PostGisServer.RequireOwnServer();
        return new("restart_after_crash = off");
    }

    public void Dispose()
    {
        cluster.Dispose();
        folder.Dispose();
    }

    string Database => cluster.ConnectionString("postgres");

    string Cells(int inhabitants)
    {
        using var file = new StreamWriter(folder.File($"Zensus2022_{inhabitants}.csv"));
        file.WriteLine("GITTER_ID_100m;x_mp_100m;y_mp_100m;Einwohner");
        for (var i = 0; i < Rows; i++)
            file.WriteLine(FormattableString.Invariant($"CRS3035RES100mN{3228000 + i / 400 * 100}E{4490000 + i % 400 * 100};{4490050 + i % 400 * 100};{3228050 + i / 400 * 100};{inhabitants}"));
        return folder.File($"Zensus2022_{inhabitants}.csv");
    }

    Process Import(int inhabitants) => Process.Start(new ProcessStartInfo("dotnet",
        [typeof(Breitband.Service.CommandLine).Assembly.Location, "import", folder.File($"Zensus2022_{inhabitants}.csv"), "--edition", $"20{20 + inhabitants}-05-15", "--store", Database, "--county", "", "--quiet"])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["BREITBAND_TRACE"] = "1" },
    })!;

    /// <summary>The one live edition is whole: every row says what the first says, and none is missing.</summary>
    int Live()
    {
        using var store = PostGisStore.Open(Database, OpenMode.Read);
        var edition = Assert.Single(store.LiveEditions(Layer.Population));
        var values = store.Read(edition).Select(r => (double)r.Values[^1]!).ToList();
        Assert.Equal((Rows, Rows), ((int)edition.RowCount, values.Count));
        Assert.Empty(store.Check());
        return (int)Assert.Single(values.Distinct());
    }

    /// <summary>Kills until so many imports were killed before they ended; an import that was faster counts as done and is what the next may not harm.</summary>
    int Killed(int times, Action<Process> kill, Func<int, string, bool, bool> isTold)
    {
        Cells(1);
        Cells(2);
        using (PostGisStore.Open(Database, OpenMode.Create, ""))
        using (var first = Import(1))
            first.WaitForExit();
        var watch = Stopwatch.StartNew();
        using (var undisturbed = Import(2))
            undisturbed.WaitForExit();
        var (span, live, killed, finished) = ((int)watch.ElapsedMilliseconds, 2, 0, 0);
        for (var i = 0; killed < times && i < 4 * times; i++)
        {
            var next = 3 - live;
            using var import = Import(next);
            var ended = import.WaitForExit(random.Next(span / 4, span));
            kill(import);
            var said = import.StandardError.ReadToEnd();
            import.WaitForExit();
            (killed, finished) = ended ? (killed, finished + 1) : (killed + 1, finished);
            span = ended ? span * 9 / 10 : span * 21 / 20; // so that the end, too, is hit, however busy the machine is
            var now = Live();
            Assert.True(now == next || now == live && !ended, $"{now} is live after an import of {next} over {live}, which ended with {import.ExitCode}: {said}");
            Assert.True(isTold(import.ExitCode, said, now == next), $"exit code {import.ExitCode}, {(now == next ? "done" : "not done")}: {said}");
            live = now;
        }
        TestContext.Current.SendDiagnosticMessage($"{killed} killed, {finished} were faster; live and whole every time");
        return killed;
    }

    /// <summary>A program that was killed says nothing; the one that was done before that has ended well.</summary>
    static bool OfProgram(int code, string said, bool done) => said.Length == 0 && (code == 128 + 9 || (code == 0 && done));

    /// <summary>A program whose server was killed says that nothing was changed, or, where it was just committing, how to find out.</summary>
    static bool OfServer(int code, string said, bool done) => code == 0 ? done
        : code == 1 && (said.Contains("Es ist ganz geschehen oder gar nicht", StringComparison.Ordinal) || (!done && said.Contains("Geändert wurde nichts", StringComparison.Ordinal)));

    void KillProgram(Process import)
    {
        import.Kill();
        import.WaitForExit();
    }

    void KillServer(Process import)
    {
        cluster.Kill();
        import.WaitForExit();
        cluster.Start();
    }

    [Fact]
    public void A_killed_program_leaves_the_old_edition_whole() => Assert.Equal(3, Killed(3, KillProgram, OfProgram));

    [Fact]
    public void A_killed_server_leaves_the_old_edition_whole() => Assert.Equal(2, Killed(2, KillServer, OfServer));

    [Fact(Explicit = true)]
    public void A_hundred_killed_programs_leave_the_old_edition_whole() => Assert.Equal(100, Killed(100, KillProgram, OfProgram));

    [Fact(Explicit = true)]
    public void A_hundred_killed_servers_leave_the_old_edition_whole() => Assert.Equal(100, Killed(100, KillServer, OfServer));
}
