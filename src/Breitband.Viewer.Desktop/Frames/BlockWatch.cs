using System.Diagnostics;
using Avalonia.Threading;

namespace Breitband.Viewer.Desktop.Frames;

/// <summary>Asks the window's thread for a sign of life every two milliseconds and notes how long it was kept waiting.</summary>
sealed class BlockWatch : IDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly List<double> waits = [];

    public BlockWatch() => new Thread(Watch) { IsBackground = true, Name = "block watch" }.Start();

    /// <summary>Milliseconds waited, since the last call.</summary>
    public double[] Take()
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
            var asked = Stopwatch.GetTimestamp();
            Dispatcher.UIThread.Post(seen.Set, DispatcherPriority.Send);
            seen.Wait(TimeSpan.FromSeconds(10));
            lock (waits)
                waits.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }
    }

    public void Dispose() => stop.Cancel();
}
