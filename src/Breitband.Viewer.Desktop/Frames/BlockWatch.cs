using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Avalonia.Threading;

namespace Breitband.Viewer.Desktop.Frames;

/// <summary>How long the window's thread kept somebody waiting, and what of it the collector and the compiler took.</summary>
/// <param name="From">Timestamp.</param>
/// <param name="Collecting">Milliseconds in which every thread stood still.</param>
/// <param name="Collections">How many there were, of the young, the middle and the old.</param>
/// <param name="Compiling">Milliseconds of compiling on all threads meanwhile.</param>
/// <param name="Own">What the window's thread itself did meanwhile; null where the system does not tell.</param>
sealed record Wait(long From, long To, double Collecting, string Collections, double Compiling, Turn? Own)
{
    public double Milliseconds => Stopwatch.GetElapsedTime(From, To).TotalMilliseconds;
}

/// <summary>How a thread passed its time.</summary>
/// <param name="Ran">Milliseconds on a processor.</param>
/// <param name="Queued">Milliseconds it was ready, and every processor had another.</param>
sealed record Turn(double Ran, double Queued)
{
    /// <summary>Of the first thread, which is the window's. As Linux counts it (Documentation/scheduler/sched-stats.rst): nanoseconds run and nanoseconds queued.</summary>
    public static Turn? OfWindow()
    {
        try
        {
            var told = File.ReadAllText($"/proc/self/task/{Environment.ProcessId}/schedstat").Split(' ');
            return new(double.Parse(told[0], CultureInfo.InvariantCulture) / 1e6, double.Parse(told[1], CultureInfo.InvariantCulture) / 1e6);
        }
        catch (IOException)
        {
            return null; // another system
        }
    }

    public static Turn? operator -(Turn? now, Turn? was) => now is null || was is null ? null : new(now.Ran - was.Ran, now.Queued - was.Queued);
}

/// <summary>Asks the window's thread for a sign of life every two milliseconds and notes how long it was kept waiting.</summary>
sealed class BlockWatch : IDisposable
{
    static readonly TimeSpan Asking = TimeSpan.FromMilliseconds(1);

    readonly CancellationTokenSource stop = new();
    readonly List<Wait> waits = [];

    public BlockWatch() => new Thread(Watch) { IsBackground = true, Name = "block watch" }.Start();

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
        while (!stop.Token.WaitHandle.WaitOne(2))
        {
            using var seen = new ManualResetEventSlim();
            var answered = 0L;
            var (own, counts, compiled, collected) = (Turn.OfWindow(), Counts(), JitInfo.GetCompilationTime(), GC.GetTotalPauseDuration());
            var asked = Stopwatch.GetTimestamp();
            Dispatcher.UIThread.Post(() =>
            {
                answered = Stopwatch.GetTimestamp(); // there: this thread may itself have to wait for a processor before it hears of it
                seen.Set();
            }, DispatcherPriority.Send);
            var kept = Stopwatch.GetElapsedTime(asked) - (GC.GetTotalPauseDuration() - collected) > Asking; // from asking, by another load
            if (!seen.Wait(TimeSpan.FromSeconds(10)))
                answered = Stopwatch.GetTimestamp();
            if (kept)
                continue;
            lock (waits)
                waits.Add(new(asked, answered, (GC.GetTotalPauseDuration() - collected).TotalMilliseconds, string.Join('/', Counts().Zip(counts, (now, was) => now - was)), (JitInfo.GetCompilationTime() - compiled).TotalMilliseconds, Turn.OfWindow() - own));
        }
    }

    static int[] Counts() => [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)];

    public void Dispose() => stop.Cancel();
}
