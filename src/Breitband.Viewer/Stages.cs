using System.Collections.Concurrent;
using System.Diagnostics;

namespace Breitband.Viewer;

/// <summary>When the stages of opening were reached, for the scripted session that measures them.</summary>
public static class Stages
{
    /// <summary>One opening; later ones are not written down.</summary>
    const int Most = 40;

    static readonly ConcurrentQueue<(string Name, DateTime At)> Passed = [];

    public static void Reached(string name)
    {
        if (Passed.Count < Most)
            Passed.Enqueue((name, DateTime.Now));
    }

    /// <summary>Milliseconds since the program was started.</summary>
    public static IReadOnlyList<(string Name, double Milliseconds)> All
    {
        get
        {
            using var self = Process.GetCurrentProcess();
            var began = self.StartTime;
            return [.. Passed.Select(p => (p.Name, (p.At - began).TotalMilliseconds))];
        }
    }
}
