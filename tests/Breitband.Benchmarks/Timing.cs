using System.Diagnostics;

namespace Breitband.Benchmarks;

/// <summary>Runs a thing several times after a warm-up and prints the median with the range.</summary>
static class Timing
{
    public static double Median(string label, int runs, Action work, Func<string>? remark = null, int warmUp = 1)
    {
        for (var i = 0; i < warmUp; i++)
            work();
        var times = new double[runs];
        for (var i = 0; i < runs; i++)
        {
            GC.Collect();
            var watch = Stopwatch.StartNew();
            work();
            times[i] = watch.Elapsed.TotalSeconds;
        }
        Array.Sort(times);
        Console.WriteLine(FormattableString.Invariant($"{label,-62} {times[runs / 2],8:0.000} s   ({times[0]:0.000} to {times[^1]:0.000})   {remark?.Invoke()}"));
        return times[runs / 2];
    }

    /// <summary>What a program says; its failure is ours.</summary>
    public static (string Output, string Errors) Output(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = System.Diagnostics.Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? (output, errors.GetAwaiter().GetResult())
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors.GetAwaiter().GetResult()}{output}");
    }

    /// <summary>A program as a whole process: its wall time and its peak memory.</summary>
    public static long Process(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = System.Diagnostics.Process.Start(start)!;
        var peak = 0L;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        while (!process.WaitForExit(20))
        {
            try
            {
                process.Refresh();
                peak = Math.Max(peak, process.PeakWorkingSet64);
            }
            catch (InvalidOperationException)
            {
                // It ended between the two questions; the last peak seen stands.
                continue;
            }
        }
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors.GetAwaiter().GetResult()}{output.GetAwaiter().GetResult()}");
        return peak;
    }
}
