using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Breitband.Viewer.Map;

/// <summary>
/// Threads that paint pictures and give way to everybody else: with two processors the window's thread would else wait in their queue for up to a
/// twentieth of a second while a map is moved.
/// </summary>
sealed class Painters : TaskScheduler
{
    /// <summary>Of Linux, where 0 is what everybody starts with and 19 gives way most (setpriority(2), which there means the calling thread alone).</summary>
    const int Niceness = 10;

    public static readonly Painters All = new(Environment.ProcessorCount);

    readonly BlockingCollection<Task> waiting = [];

    Painters(int count)
    {
        MaximumConcurrencyLevel = count;
        for (var i = 0; i < count; i++)
            new Thread(Work) { IsBackground = true, Name = "painter", Priority = ThreadPriority.BelowNormal }.Start();
    }

    public override int MaximumConcurrencyLevel { get; }

    public Task<T> Paint<T>(Func<T> picture) => Task.Factory.StartNew(picture, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);

    void Work()
    {
        GiveWay();
        foreach (var task in waiting.GetConsumingEnumerable())
            TryExecuteTask(task);
    }

    /// <summary>The runtime sets no priorities on Linux.</summary>
    static void GiveWay()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = SetPriority(0, 0, Niceness); // refused, it paints as everybody
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return; // another C library
        }
    }

    protected override void QueueTask(Task task) => waiting.Add(task);

    /// <summary>Never on the thread that asks: that may be anybody's.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => waiting;

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int SetPriority(int which, uint who, int niceness);
}
