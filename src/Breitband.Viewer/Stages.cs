using System.Collections.Concurrent;
using System.Diagnostics;

namespace Breitband.Viewer;

/// <summary>When the stages of opening were reached, for the scripted session that measures them.</summary>
public static class Stages
{
    /// <summary>One opening; later ones are not written down.</summary>
    const int Most = 40;

    static readonly ConcurrentQueue<(string Name, long At)> Passed = [];

    public static void Reached(string name)
    {
        if (Passed.Count < Most)
            Passed.Enqueue((name, Stopwatch.GetTimestamp()));
    }

    /// <summary>Timestamps.</summary>
    public static IReadOnlyList<(string Name, long At)> All => [.. Passed];

    /// <summary>When the program was started. A timestamp.</summary>
    public static long Began
    {
        get
        {
            using var self = Process.GetCurrentProcess();
            return Stopwatch.GetTimestamp() - (long)((DateTime.Now - self.StartTime).TotalSeconds * Stopwatch.Frequency);
        }
    }
}
