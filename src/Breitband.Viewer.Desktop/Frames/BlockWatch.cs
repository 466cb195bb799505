using System.Diagnostics;
using System.Runtime;
using Avalonia.Threading;

namespace Breitband.Viewer.Desktop.Frames;

/// <summary>How long the window's thread kept somebody waiting, and what of it the collector and the compiler took.</summary>
/// <param name="From">Timestamp.</param>
/// <param name="Collecting">Milliseconds in which every thread stood still.</param>
/// <param name="Collections">How many there were, of the young, the middle and the old.</param>
/// <param name="Compiling">Milliseconds of compiling on all threads meanwhile.</param>
sealed record Wait(long From, long To, double Collecting, string Collections, double Compiling)
{
    public double Milliseconds => Stopwatch.GetElapsedTime(From, To).TotalMilliseconds;
}

/// <summary>Asks the window's thread for a sign of life every two milliseconds and notes how long it was kept waiting.</summary>
sealed class BlockWatch : IDisposable
{
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
            var (asked, collected, counts, compiled) = (Stopwatch.GetTimestamp(), GC.GetTotalPauseDuration(), Counts(), JitInfo.GetCompilationTime());
            Dispatcher.UIThread.Post(seen.Set, DispatcherPriority.Send);
            seen.Wait(TimeSpan.FromSeconds(10));
            lock (waits)
                waits.Add(new(asked, Stopwatch.GetTimestamp(), (GC.GetTotalPauseDuration() - collected).TotalMilliseconds, string.Join('/', Counts().Zip(counts, (now, was) => now - was)), (JitInfo.GetCompilationTime() - compiled).TotalMilliseconds));
        }
    }

    static int[] Counts() => [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)];

    public void Dispose() => stop.Cancel();
}
