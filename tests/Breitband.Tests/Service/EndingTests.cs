using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Breitband.Service;

namespace Breitband.Tests.Service;

/// <summary>How a call ends when something from outside ends it.</summary>
public sealed class EndingTests : IDisposable
{
    readonly Calls calls = new();

    public void Dispose() => calls.Dispose();

    [Theory]
    [InlineData("--version")]
    [InlineData("stats", "--help")]
    [InlineData("editions")]
    public void A_full_disk_is_said_in_a_sentence(params string[] args)
    {
        calls.WithShippedData();
        using var output = new FullDisk();
        using var error = new MemoryStream();
        Assert.Equal(1, CommandLine.Run(args is ["--version"] ? args : [.. args, "--store", calls.Store], output, error, cancelled: TestContext.Current.CancellationToken));
        Assert.Equal("Das ging nicht: voll\n", Encoding.UTF8.GetString(error.ToArray()));
    }

    [Fact]
    public void An_interrupted_import_leaves_nothing()
    {
        var (code, text, error) = Calls.RunAsTyped(["import", Calls.Data("gemeinden/gemeinden_pm.csv"), "--store", calls.Store], interrupted: true);
        Assert.Equal((1, "", "Abgebrochen; was angefangen war, ist verworfen.\n"), (code, text, error));
        Assert.Empty(Directory.GetFileSystemEntries(calls.Folder.Path));
    }

    [Fact]
    public void An_interrupted_analysis_and_export_leave_what_was()
    {
        calls.WithShippedData();
        calls.Done("analyse", "--as-of", "2026-01-01");
        calls.Done("export", "municipalities", "--out", calls.Folder.File("g.csv"));
        var before = File.ReadAllBytes(calls.Folder.File("g.csv"));
        Assert.Equal(1, Calls.RunAsTyped(["analyse", "--as-of", "2027-01-01", "--store", calls.Store], interrupted: true).Code);
        Assert.Equal(1, Calls.RunAsTyped(["export", "result_municipalities", "--out", calls.Folder.File("g.csv"), "--store", calls.Store], interrupted: true).Code);
        Assert.Equal(before, File.ReadAllBytes(calls.Folder.File("g.csv")));
        Assert.Equal(3, Directory.GetFileSystemEntries(calls.Folder.Path).Length); // store, file, licence
        Assert.Contains("Stichtag 01.01.2026", calls.Done("stats"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_closed_by_its_reader_is_no_error()
    {
        if (!Foreign.Has("bash"))
            return;
        calls.WithShippedData();
        calls.Done("analyse");
        var program = typeof(CommandLine).Assembly.Location;
        Assert.Equal("0\n", Foreign.Run("bash", "-c", $"dotnet '{program}' stats --json --store '{calls.Store}' | head -c 1 >/dev/null; echo ${{PIPESTATUS[0]}}"));
    }

    [Fact]
    public void Ctrl_C_ends_a_running_import_with_the_store_as_it_was()
    {
        if (!OperatingSystem.IsLinux())
            return;
        calls.WithShippedData();
        // Who runs the tests in the background has the signal ignored, and what is started from there with them.
        using var import = Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", typeof(CommandLine).Assembly.Location, "import", ManyCells(), "--edition", "2022-05-15", "--store", calls.Store])
        {
            RedirectStandardError = true,
        })!;
        // Looked for on this thread: with every thread of the pool taken, an event would tell of the journal after the import's end.
        Assert.True(SpinWait.SpinUntil(() => File.Exists(calls.Store + "-journal"), TimeSpan.FromMinutes(1)));
        Assert.Equal(0, Signal(import.Id, 2));
        Assert.Equal("Abgebrochen; was angefangen war, ist verworfen.\n", import.StandardError.ReadToEnd());
        import.WaitForExit();
        Assert.Equal(1, import.ExitCode);
        Assert.Equal(4, calls.Json("editions").GetArrayLength());
        Assert.False(File.Exists(calls.Store + "-journal"));
    }

    /// <summary>At once: a program of its own that sends it is started, on a busy machine, after the import has ended.</summary>
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Signal(int process, int signal);

    /// <summary>Cells enough for some seconds of reading, so that the signal arrives in the middle.</summary>
    string ManyCells()
    {
        using var file = new StreamWriter(calls.Folder.File("Zensus2022_zellen.csv"));
        file.WriteLine("GITTER_ID_100m;x_mp_100m;y_mp_100m;Einwohner");
        for (var i = 0; i < 500_000; i++)
            file.WriteLine(FormattableString.Invariant($"CRS3035RES100mN{3228000 + i / 200 * 100}E{4490000 + i % 200 * 100};{4490050 + i % 200 * 100};{3228050 + i / 200 * 100};2"));
        return calls.Folder.File("Zensus2022_zellen.csv");
    }

    sealed class FullDisk : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("voll");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("voll");
    }
}
