namespace Breitband.Viewer;

/// <summary>What work is for. A newer one takes the place of an older one for the same purpose and of no other; imports give way to nothing.</summary>
public enum Purpose { Opening, Results, View, OtherSide, Place, Import, Analysis }

/// <summary>What runs in the background, with a way to stop it.</summary>
public sealed class Work : Observable
{
    readonly Lock gate = new();
    readonly List<WorkItem> items = [];

    /// <summary>The newest: it is what the user asked for last, and what <see cref="Cancel"/> stops.</summary>
    WorkItem? Shown
    {
        get
        {
            lock (gate)
                return items.LastOrDefault();
        }
    }

    public bool Running => Shown is not null;

    public string Text => Shown?.Text ?? "";

    /// <summary>0 to 1.</summary>
    public double Share => Shown?.Share ?? 0;

    /// <summary>Something runs and nobody knows how long; false at rest, or a hidden bar would be drawn anew for ever.</summary>
    public bool Unknown => Shown is { Share: null };

    /// <exception cref="OperationCanceledException">It was stopped, or displaced by newer work for the same purpose.</exception>
    public async Task Run(Purpose purpose, string what, Func<WorkItem, Task> work)
    {
        if (purpose != Purpose.Import)
            Displace(purpose);
        using var item = new WorkItem(purpose, what, () => Changed(""));
        lock (gate)
            items.Add(item);
        Changed("");
        try
        {
            await work(item);
        }
        finally
        {
            lock (gate)
                items.Remove(item);
            Changed("");
        }
    }

    /// <summary>Stops what is shown; false when nothing runs.</summary>
    public bool Cancel()
    {
        lock (gate)
        {
            var newest = items.LastOrDefault();
            newest?.Stop(); // which may end it here and now
            return newest is not null;
        }
    }

    /// <summary>Stops what runs for these purposes because its answer is no longer wanted.</summary>
    public void Displace(params IReadOnlyCollection<Purpose> purposes)
    {
        lock (gate)
            foreach (var item in items.Where(i => purposes.Contains(i.Purpose)).ToList())
                item.Displace();
    }
}

/// <summary>One piece of work under way.</summary>
public sealed class WorkItem(Purpose purpose, string text, Action changed) : IDisposable
{
    readonly CancellationTokenSource stop = new();

    public Purpose Purpose => purpose;

    public string Text { get; private set; } = text;

    /// <summary>0 to 1; null while nobody knows.</summary>
    public double? Share { get; private set; }

    public CancellationToken Cancelled => stop.Token;

    /// <summary>Stopped by newer work, not by the user.</summary>
    public bool Displaced { get; private set; }

    public void Report(string what, double? share)
    {
        (Text, Share) = (what, share);
        changed();
    }

    public void Stop() => stop.Cancel();

    internal void Displace()
    {
        Displaced = true;
        Stop();
    }

    public void Dispose() => stop.Dispose();
}
