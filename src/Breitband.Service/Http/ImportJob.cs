using Breitband.Import;

namespace Breitband.Service.Http;

enum JobState { Waiting, Running, Done, Failed, Cancelled }

/// <summary>One import over the network: its files, how far it is, and how it ended. Read by many, changed by the one thread that runs it.</summary>
sealed class ImportJob(int number, Reader owner, string? from, IReadOnlyList<string> names, WorkFolder folder, ImportOptions options) : IDisposable
{
    readonly Lock gate = new();
    TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Number => number;

    public Reader Owner => owner;

    public string? From => from;

    public IReadOnlyList<string> Names => names;

    /// <summary>What others who wait for it are told.</summary>
    public Phrase Name { get; } = new($"Auftrag {number} ({string.Join(", ", names.Take(3))})", $"job {number} ({string.Join(", ", names.Take(3))})");

    /// <summary>Whether it counts among those that run side by side. Known to the thread that runs it alone.</summary>
    public bool HasPlace { get; set; }

    public WorkFolder Folder => folder;

    public ImportOptions Options => options;

    public DateTime At { get; } = DateTime.UtcNow;

    public CancellationTokenSource Cancellation { get; } = new();

    /// <summary>Whether somebody asked for its end, in contrast to the time that ran out.</summary>
    public bool Dropped { get; private set; }

    public Task Drop()
    {
        Dropped = true;
        return Cancellation.CancelAsync();
    }

    public JobStatus Status { get; private set; } = new(JobState.Waiting, null, null, null, null);

    /// <summary>The status, and a task that ends when it is no longer this one.</summary>
    public (JobStatus Status, Task Changed) Watch()
    {
        lock (gate)
            return (Status, changed.Task);
    }

    public void Set(JobStatus status)
    {
        TaskCompletionSource before;
        lock (gate)
            (Status, before, changed) = (status, changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        before.SetResult();
    }

    public void Wait(Phrase why) => Set(new(JobState.Waiting, why, null, null, null));

    public void Dispose() => Cancellation.Dispose();
}

/// <summary>Where an import stands.</summary>
/// <param name="Message">For people: what it waits for, why it failed.</param>
/// <param name="Progress">Rows read of the table under way, and of how many where known.</param>
sealed record JobStatus(JobState State, Phrase? Message, (string Table, long Done, long? All)? Progress, ImportReport? Report, string? Finished)
{
    public bool IsOver => State is JobState.Done or JobState.Failed or JobState.Cancelled;
}
