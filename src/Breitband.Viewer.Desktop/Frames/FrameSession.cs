using System.Diagnostics;
using System.Globalization;
using System.Text;
using Avalonia.Controls;
using Breitband.Viewer.Desktop.Map;

namespace Breitband.Viewer.Desktop.Frames;

/// <summary>
/// The scripted session of <c>--frames FILE</c>: waits until the map is whole, moves and zooms it as a hand would, tries measures, and writes out every frame
/// with a summary per phase, when the stages of opening were reached, and what the window's thread did while it kept somebody waiting longest, from
/// the first frame anybody saw. Figures are of this machine at this hour; the processor time beside them says what another load took.
/// </summary>
sealed class FrameSession(TopLevel window, DeskModel desk, MapAdapter map, FrameProbe probe, string file) : IDisposable
{
    static readonly TimeSpan Phase = TimeSpan.FromSeconds(6);

    /// <summary>Of the longest waits; those of ten milliseconds and more.</summary>
    const int Told = 20;

    const double Long = 10;

    readonly StringBuilder text = new();
    readonly List<(string Phase, Wait Wait)> waited = [];
    readonly Process process = Process.GetCurrentProcess();
    readonly Steps steps = new();
    readonly BlockWatch watch = new();
    readonly long began = Stages.Began;

    public async Task Run()
    {
        if (desk.Project is null)
        {
            await File.WriteAllTextAsync(file, "# nothing was opened: the window says why");
            return;
        }
        await Whole();
        await Task.Run(Opened);
        Line("phase,frame,ms");
        var start = map.Pose;
        await Play("pan", t => map.Pan(9 * Math.Cos(t), 9 * Math.Sin(t)));
        await Play("zoom", t => map.Look(start.X, start.Y, start.Resolution / Math.Pow(2, 2 - 2 * Math.Cos(t))));
        await Play("both", t => map.Look(start.X + 3000 * Math.Sin(t), start.Y + 3000 * Math.Cos(t), start.Resolution / Math.Pow(2, 1.5 - 1.5 * Math.Cos(2 * t))));
        await Try();
        foreach (var (phase, wait) in waited.Where(w => w.Wait.Milliseconds >= Long).OrderByDescending(w => w.Wait.Milliseconds).Take(Told))
            Line($"# wait {phase} at_ms {Since(wait.From):0} ms {wait.Milliseconds:0} collecting {wait.Collecting:0} compiling {wait.Compiling:0}{(wait.Own is { } own ? $" ran {own.Ran:0} queued {own.Queued:0}" : "")} steps {steps.Between(wait.From, wait.To)}");
        Line($"# thread waits {waited.Count} over_10_ms {waited.Count(w => w.Wait.Milliseconds > Long)} longest_ms {waited.Max(w => w.Wait.Milliseconds):0} own_longest_ms {waited.Max(w => Math.Min(w.Wait.Milliseconds, w.Wait.Own?.Ran ?? double.NaN)):0.0}");
        process.Refresh();
        Line($"# memory_mb {process.WorkingSet64 / 1e6:0} peak_mb {process.PeakWorkingSet64 / 1e6:0} heap_mb {GC.GetTotalMemory(false) / 1e6:0} committed_mb {GC.GetGCMemoryInfo().TotalCommittedBytes / 1e6:0}");
        await File.WriteAllTextAsync(file, text.ToString());
    }

    /// <summary>Beside the window's thread: what a process tells of itself takes tens of milliseconds, which would be measured as the window's.</summary>
    void Opened()
    {
        var (stages, first) = (Stages.All, probe.First);
        var whole = Math.Max(stages.FirstOrDefault(s => s.Name == DeskModel.MapWhole).At, first); // its frame may still have been on its way
        Line($"# open_s {Since(whole) / 1000:0.00} first_frame_s {Since(first) / 1000:0.00}");
        foreach (var (name, at) in stages)
            Line($"# stage {Since(at):0} {name}");
        waited.AddRange(watch.Take().Where(w => w.From >= first).Select(w => ("open", w)));
    }

    /// <summary>Milliseconds since the program was started.</summary>
    double Since(long time) => Stopwatch.GetElapsedTime(began, time).TotalMilliseconds;

    /// <summary>As <see cref="Opened"/>, beside the window's thread.</summary>
    Task<TimeSpan> Processor() => Task.Run(() =>
    {
        process.Refresh();
        return process.TotalProcessorTime;
    });

    /// <summary>Until no picture has been awaited for a quarter of a second, or for a minute at most.</summary>
    async Task Whole()
    {
        var begun = Stopwatch.GetTimestamp();
        for (var quiet = 0; quiet < 5 && Stopwatch.GetElapsedTime(begun) < TimeSpan.FromMinutes(1); quiet = map.HasSize && !map.Busy ? quiet + 1 : 0)
            await Task.Delay(50);
    }

    async Task Play(string phase, Action<double> move)
    {
        var processor = await Processor();
        _ = (probe.Take(), watch.Take());
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) is var gone && gone < Phase)
        {
            await NextFrame();
            move(gone.TotalSeconds * 1.5);
            probe.InvalidateVisual();
        }
        var (frames, kept, took) = (probe.Take(), watch.Take(), Stopwatch.GetElapsedTime(begun));
        Sum(phase, frames, kept, took, await Processor() - processor);
    }

    async Task Try()
    {
        var ticks = new Ticks(desk, map);
        await desk.Warm;
        waited.AddRange(watch.Take().Select(w => ("warm", w)));
        await ticks.Run();
        waited.AddRange(watch.Take().Select(w => ("tick", w)));
        for (var i = 0; i < ticks.Painted.Count; i++)
            Line($"tick,{i},{ticks.Figures.ElementAtOrDefault(i):0.00},{ticks.Areas[i]:0.00},{ticks.Painted[i]:0.00}");
        foreach (var (what, times) in new[] { ("figures", ticks.Figures), ("areas", ticks.Areas), ("painted", ticks.Painted) })
            Line($"# tick {what} count {times.Count} median_ms {Share([.. times], 0.5):0} p90_ms {Share([.. times], 0.9):0} longest_ms {Share([.. times], 1):0}");
    }

    Task NextFrame()
    {
        var come = new TaskCompletionSource();
        window.RequestAnimationFrame(_ => come.SetResult());
        return come.Task;
    }

    void Sum(string phase, double[] frames, Wait[] kept, TimeSpan gone, TimeSpan processor)
    {
        waited.AddRange(kept.Select(w => (phase, w)));
        var waits = kept.Select(w => w.Milliseconds).ToArray();
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

    public void Dispose()
    {
        watch.Dispose();
        steps.Dispose();
    }
}
