using System.Diagnostics;
using Avalonia.Threading;
using Breitband.Viewer.Desktop.Map;

namespace Breitband.Viewer.Desktop.Frames;

/// <summary>
/// The part of the scripted session that tries measures: at each of the largest ones it is ticked off and on again, and it is noted when the figures
/// have come and when every picture looked at is painted with them. Milliseconds.
/// </summary>
sealed class Ticks(DeskModel desk, MapAdapter map)
{
    const int Measures = 12;

    /// <summary>Pixels around a measure's area.</summary>
    const double Around = 160;

    /// <summary>A service gone in the middle must not hold the session for ever.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public List<double> Figures { get; } = [];

    /// <summary>When the gap areas have come that are to be painted.</summary>
    public List<double> Areas { get; } = [];

    public List<double> Painted { get; } = [];

    public async Task Run()
    {
        foreach (var row in desk.Measures.Where(m => m.Counts).Take(Measures).ToList())
        {
            desk.Measure = row;
            if (desk.MeasureShape is { } shape)
                map.Show(shape.EnvelopeInternal, Around, gliding: false);
            await Still();
            await Tick(row);
            await Tick(row);
        }
    }

    async Task Tick(MeasureRow row)
    {
        var come = new TaskCompletionSource<TimeSpan>();
        var begun = Stopwatch.GetTimestamp();
        void Heard() => come.TrySetResult(Stopwatch.GetElapsedTime(begun));
        desk.Answered += Heard;
        row.Counts = !row.Counts;
        await Task.WhenAny(come.Task, Task.Delay(Longest));
        desk.Answered -= Heard;
        while (!desk.MapFollows && Stopwatch.GetElapsedTime(begun) < Longest)
            await Turn();
        Areas.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        await Turn(); // only now the window has been told
        while (!map.Complete && Stopwatch.GetElapsedTime(begun) < Longest)
            await Turn();
        if (come.Task.IsCompletedSuccessfully)
            Figures.Add((await come.Task).TotalMilliseconds);
        Painted.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        await Still();
    }

    /// <summary>After what the window has been told to do.</summary>
    static async Task Turn()
    {
        await Dispatcher.UIThread.InvokeAsync(() => { }, DispatcherPriority.Background);
        await Task.Delay(1);
    }

    /// <summary>Until no picture has been awaited for a fifth of a second.</summary>
    async Task Still()
    {
        for (var quiet = 0; quiet < 4; quiet = map.Busy ? 0 : quiet + 1)
            await Task.Delay(50);
    }
}
