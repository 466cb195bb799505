using System.Buffers.Text;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Runtime;
using Avalonia.Threading;

namespace Breitband.Viewer.Desktop.Frames;

/// <summary>How long the window's thread kept somebody waiting, and what of it the collector and the compiler took.</summary>
/// <param name="From">Timestamp.</param>
/// <param name="Collecting">Milliseconds in which every thread stood still.</param>
/// <param name="Compiling">Milliseconds of compiling on all threads meanwhile.</param>
/// <param name="Own">What the window's thread itself did meanwhile; null where the system does not tell, and of a collection seen by itself.</param>
sealed record Wait(long From, long To, double Collecting, double Compiling, Turn? Own)
{
    public double Milliseconds => Stopwatch.GetElapsedTime(From, To).TotalMilliseconds;
}

/// <summary>How a thread passed its time.</summary>
/// <param name="Ran">Milliseconds on a processor.</param>
/// <param name="Queued">Milliseconds it was ready, and every processor had another.</param>
sealed record Turn(double Ran, double Queued)
{
    static readonly FileStream? Told = Open();

    /// <summary>Of the first thread, which is the window's. As Linux counts it (Documentation/scheduler/sched-stats.rst): nanoseconds run and nanoseconds queued.</summary>
    public static Turn? OfWindow()
    {
        if (Told is null)
            return null;
        Span<byte> text = stackalloc byte[128]; // no text made of it: what is measured would be collected more often for it
        var told = text[..RandomAccess.Read(Told.SafeFileHandle, text, 0)];
        return Utf8Parser.TryParse(told, out long ran, out var end) && Utf8Parser.TryParse(told[(end + 1)..], out long queued, out _) ? new(ran / 1e6, queued / 1e6) : null;
    }

    static FileStream? Open()
    {
        try
        {
            return new FileStream($"/proc/self/task/{Environment.ProcessId}/schedstat", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
        }
        catch (IOException)
        {
            return null; // another system
        }
    }

    public static Turn? operator -(Turn? now, Turn? was) => now is null || was is null ? null : new(now.Ran - was.Ran, now.Queued - was.Queued);
}

/// <summary>Every standstill of the collector as the runtime tells it: most begin between two looks, and the one who looks stands still with all others.</summary>
sealed class Standstills(Action<long, long> told) : EventListener
{
    const EventKeywords Collector = (EventKeywords)1;

    long suspended;

    protected override void OnEventSourceCreated(EventSource source)
    {
        if (source.Name == "Microsoft-Windows-DotNETRuntime")
            EnableEvents(source, EventLevel.Informational, Collector);
    }

    protected override void OnEventWritten(EventWrittenEventArgs e)
    {
        if (e.EventName is not { } name)
            return;
        var at = Stopwatch.GetTimestamp() - (long)((DateTime.UtcNow - e.TimeStamp).TotalSeconds * Stopwatch.Frequency);
        if (name.StartsWith("GCSuspendEEBegin", StringComparison.Ordinal))
            suspended = at;
        else if (name.StartsWith("GCRestartEEEnd", StringComparison.Ordinal) && suspended != 0)
            told(suspended, at);
    }
}

/// <summary>Asks the window's thread for a sign of life every two milliseconds and notes how long it was kept waiting; and every standstill of the collector, also beside a look that went through it.</summary>
sealed class BlockWatch : IDisposable
{
    static readonly TimeSpan Asking = TimeSpan.FromMilliseconds(1);

    readonly CancellationTokenSource stop = new();
    readonly List<Wait> waits = [];

    readonly Standstills standstills;

    public BlockWatch()
    {
        standstills = new((from, to) => Note(new(from, to, Stopwatch.GetElapsedTime(from, to).TotalMilliseconds, 0, null)));
        new Thread(Watch) { IsBackground = true, Name = "block watch" }.Start();
    }

    /// <summary>Since the last call.</summary>
    public Wait[] Take()
    {
        lock (waits)
        {
            var taken = waits.ToArray();
            waits.Clear();
            return taken;
        }
    }

    void Watch()
    {
        using var seen = new ManualResetEventSlim();
        while (!stop.Token.WaitHandle.WaitOne(2))
        {
            seen.Reset();
            var answered = 0L;
            var (own, compiled, collected) = (Turn.OfWindow(), JitInfo.GetCompilationTime(), GC.GetTotalPauseDuration());
            var asked = Stopwatch.GetTimestamp();
            Dispatcher.UIThread.Post(() =>
            {
                answered = Stopwatch.GetTimestamp(); // there: this thread may itself have to wait for a processor before it hears of it
                seen.Set();
            }, DispatcherPriority.Send);
            var kept = Stopwatch.GetElapsedTime(asked) - (GC.GetTotalPauseDuration() - collected) > Asking; // from asking, by another load
            if (!seen.Wait(TimeSpan.FromSeconds(10)))
                answered = Stopwatch.GetTimestamp();
            if (!kept)
                Note(new(asked, answered, (GC.GetTotalPauseDuration() - collected).TotalMilliseconds, (JitInfo.GetCompilationTime() - compiled).TotalMilliseconds, Turn.OfWindow() - own));
        }
    }

    void Note(Wait wait)
    {
        lock (waits)
            waits.Add(wait);
    }

    public void Dispose()
    {
        stop.Cancel();
        standstills.Dispose();
    }
}
