using System.Diagnostics;
using System.Globalization;
using System.Text;
using Avalonia.Controls;
using Breitband.Viewer.Desktop.Map;

namespace Breitband.Viewer.Desktop.Frames;

/// <summary>
/// The scripted session of <c>--frames FILE</c>: waits until the map is whole, moves and zooms it as a hand would, and writes out every frame
/// with a summary per phase. Figures are of this machine at this hour; the processor time beside them says what another load took.
/// </summary>
sealed class FrameSession(TopLevel window, MapAdapter map, FrameProbe probe, string file)
{
    static readonly TimeSpan Phase = TimeSpan.FromSeconds(6);

    readonly StringBuilder text = new();
    readonly Process process = Process.GetCurrentProcess();

    public async Task Run()
    {
        using var watch = new BlockWatch();
        Line($"# open_s {(await Whole() - process.StartTime).TotalSeconds:0.00}");
        Line("phase,frame,ms");
        var start = map.Pose;
        await Play("pan", watch, t => map.Pan(9 * Math.Cos(t), 9 * Math.Sin(t)));
        await Play("zoom", watch, t => map.Look(start.X, start.Y, start.Resolution / Math.Pow(2, 2 - 2 * Math.Cos(t))));
        await Play("both", watch, t => map.Look(start.X + 3000 * Math.Sin(t), start.Y + 3000 * Math.Cos(t), start.Resolution / Math.Pow(2, 1.5 - 1.5 * Math.Cos(2 * t))));
        process.Refresh();
        Line($"# memory_mb {process.WorkingSet64 / 1e6:0} peak_mb {process.PeakWorkingSet64 / 1e6:0}");
        await File.WriteAllTextAsync(file, text.ToString());
    }

    /// <summary>Since when no picture is awaited; known a quarter of a second later.</summary>
    async Task<DateTime> Whole()
    {
        var (whole, quiet) = (DateTime.Now, 0);
        while (quiet < 5)
        {
            await Task.Delay(50);
            quiet = map.HasSize && !map.Busy ? quiet + 1 : 0;
            whole = quiet < 2 ? DateTime.Now : whole;
        }
        return whole;
    }

    async Task Play(string phase, BlockWatch watch, Action<double> move)
    {
        _ = (probe.Take(), watch.Take());
        var (begun, processor) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
        while (Stopwatch.GetElapsedTime(begun) is var gone && gone < Phase)
        {
            await NextFrame();
            move(gone.TotalSeconds * 1.5);
            probe.InvalidateVisual();
        }
        process.Refresh();
        Sum(phase, probe.Take(), watch.Take(), Stopwatch.GetElapsedTime(begun), process.TotalProcessorTime - processor);
    }

    Task NextFrame()
    {
        var come = new TaskCompletionSource();
        window.RequestAnimationFrame(_ => come.SetResult());
        return come.Task;
    }

    void Sum(string phase, double[] frames, double[] waits, TimeSpan gone, TimeSpan processor)
    {
        for (var i = 0; i < frames.Length; i++)
            Line($"{phase},{i},{frames[i]:0.00}");
        var sorted = frames.Order().ToArray();
        var share = (double of) => sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, of * sorted.Length)];
        Line($"# {phase} fps {frames.Length / gone.TotalSeconds:0.0} median_ms {share(0.5):0.0} p95_ms {share(0.95):0.0} longest_ms {share(1):0.0} "
            + $"cpu_ms_per_frame {processor.TotalMilliseconds / Math.Max(1, frames.Length):0.0} ui_block_p99_ms {Share(waits, 0.99):0.0} ui_block_longest_ms {Share(waits, 1):0.0}");
    }

    static double Share(double[] values, double of) => values.Length == 0 ? 0 : values.Order().ElementAt((int)Math.Min(values.Length - 1, of * values.Length));

    void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));

    void Line(string line) => text.AppendLine(line);
}
