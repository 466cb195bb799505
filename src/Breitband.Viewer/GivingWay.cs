using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Breitband.Viewer;

/// <summary>
/// Threads that compute and paint and give way to everybody else: with two processors the window's thread would else wait behind them for up to a
/// twentieth of a second, while a map is moved or a measure tried.
/// </summary>
sealed class GivingWay : TaskScheduler
{
    /// <summary>Of Linux, where 0 is what everybody starts with and 19 gives way most (setpriority(2), which there means the calling thread alone).</summary>
    const int Niceness = 10;

    readonly BlockingCollection<Task> waiting = [];

    /// <param name="name">Of the threads; there is one for each processor.</param>
    public GivingWay(string name)
    {
        for (var i = 0; i < MaximumConcurrencyLevel; i++)
            new Thread(Work) { IsBackground = true, Name = name, Priority = ThreadPriority.BelowNormal }.Start();
    }

    public override int MaximumConcurrencyLevel => Environment.ProcessorCount;

    /// <summary>What comes after the work runs elsewhere: it may hold what others wait for, and must not give way then.</summary>
    public Task<T> Run<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler | TaskCreationOptions.RunContinuationsAsynchronously, this);

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
            _ = SetPriority(0, 0, Niceness); // refused, they are as everybody
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
