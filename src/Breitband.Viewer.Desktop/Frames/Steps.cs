using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Breitband.Viewer.Desktop.Frames;

/// <summary>What the window's thread did and when: the window system's own passes as its meter tells them, and ours by name.</summary>
sealed class Steps : IDisposable
{
    /// <summary>Milliseconds. Shorter ones are not kept.</summary>
    const double Shortest = 2;

    static Steps? current;

    readonly List<(string Name, long Begun, long Ended)> passed = [];
    readonly MeterListener listener = new();

    public Steps()
    {
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter.Name == "Avalonia.Diagnostic.Meter" && instrument.Unit == "ms" && instrument.Name.StartsWith("avalonia.ui.", StringComparison.Ordinal))
                to.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, took, _, _) => Keep(instrument.Name.Split('.')[2], Stopwatch.GetTimestamp() - (long)(took / 1000 * Stopwatch.Frequency)));
        listener.Start();
        current = this;
    }

    /// <summary>Our own step; costs nothing while nobody measures.</summary>
    public static void Run(string name, Action step)
    {
        if (current is not { } kept)
        {
            step();
            return;
        }
        var begun = Stopwatch.GetTimestamp();
        step();
        kept.Keep(name, begun);
    }

    void Keep(string name, long begun)
    {
        var ended = Stopwatch.GetTimestamp();
        if (Stopwatch.GetElapsedTime(begun, ended).TotalMilliseconds < Shortest)
            return;
        lock (passed)
            passed.Add((name, begun, ended));
    }

    /// <summary>What ran in a span of time, with milliseconds of each.</summary>
    public string Between(long from, long to)
    {
        lock (passed)
            return string.Join(' ', passed.Where(p => p.Begun < to && p.Ended > from).Select(p => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{p.Name}:{Stopwatch.GetElapsedTime(p.Begun, p.Ended).TotalMilliseconds:0}")));
    }

    public void Dispose()
    {
        current = null;
        listener.Dispose();
    }
}
