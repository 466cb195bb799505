using System.Diagnostics;
using Breitband.Import;
using Breitband.Service.Features;

namespace Breitband.Service.Http;

/// <summary>
/// The imports asked for over the network. Into a file one at a time, because it has one writer; into a database several, but those of one dataset
/// one after the other. Each is undone when it is cancelled, fails or takes too long.
/// </summary>
/// <param name="atOnce">Imports that may run side by side.</param>
sealed class ImportJobs(StoreAccess access, SemaphoreSlim writing, int atOnce, Catalogue catalogue, Refusals refusals, Metrics metrics, Scrub scrub, TimeSpan longest) : IDisposable
{
    /// <summary>Ended jobs whose report can still be read.</summary>
    const int Kept = 100;

    /// <summary>Uploads lie on the disk until their turn.</summary>
    public const int MaxWaiting = 10;

    static readonly TimeSpan BetweenMessages = TimeSpan.FromMilliseconds(200);

    readonly Lock gate = new();
    readonly SemaphoreSlim places = new(atOnce);
    readonly List<(ImportJob Job, Task Work)> jobs = [];
    int last;
    Task? closed;

    public IReadOnlyList<ImportJob> All
    {
        get
        {
            lock (gate)
                return [.. jobs.Select(j => j.Job)];
        }
    }

    public DatasetTurns Turns { get; } = new();

    public ImportJob? Find(int number) => All.FirstOrDefault(j => j.Number == number);

    /// <exception cref="ProblemException">429: too many wait already; 503: the service is ending.</exception>
    public ImportJob Start(Reader owner, string? from, IReadOnlyList<string> names, WorkFolder folder, ImportOptions options)
    {
        lock (gate)
        {
            RequireRoom();
            var before = jobs.Select(j => j.Job).Where(j => !j.Status.IsOver).ToList();
            var job = new ImportJob(++last, owner, from, names, folder, options);
            if (before.Count >= atOnce)
                job.Wait(WaitsFor(before[^1]));
            jobs.Add((job, Task.Run(() => InTurn(job))));
            while (jobs.Count > Kept && jobs[0].Job.Status.IsOver)
                jobs.RemoveAt(0);
            return job;
        }
    }

    Phrase WaitsFor(ImportJob before) => atOnce == 1
        ? new($"Wartet, bis {before.Name.De} fertig ist: In diesen Speicher schreibt immer nur einer.", $"Waits until {before.Name.En} is done: one at a time writes to this store.")
        : new($"Wartet, bis einer von {atOnce} Plätzen zum Einlesen frei wird.", $"Waits until one of {atOnce} places for imports is free.");

    void RequireRoom()
    {
        if (closed is not null)
            throw new ProblemException(503, new("Der Dienst wird gerade beendet.", "The service is ending."));
        if (jobs.Count(j => !j.Job.Status.IsOver) >= MaxWaiting)
            throw new ProblemException(429, new($"Es warten schon {MaxWaiting} Einlesevorgänge.", $"{MaxWaiting} imports are waiting already."));
    }

    async Task InTurn(ImportJob job)
    {
        var outcome = "failed";
        JobStatus ended;
        try
        {
            await TakePlace(job);
            await writing.WaitAsync(job.Cancellation.Token);
            try
            {
                job.Cancellation.CancelAfter(longest);
                job.Set(new(JobState.Running, null, null, null, null));
                var report = Run(job);
                outcome = job.Options.DryRun ? "checked" : report.Changed ? "imported" : "unchanged";
                ended = new(JobState.Done, null, null, report, outcome);
            }
            finally
            {
                writing.Release();
                catalogue.Expire();
            }
        }
        catch (OperationCanceledException) when (!job.Dropped)
        {
            ended = new(JobState.Failed, new($"Nach {longest.TotalMinutes:0} Minuten aufgegeben (Einstellung import_minutes); geändert wurde nichts.",
                $"Given up after {longest.TotalMinutes:0} minutes (setting import_minutes); nothing was changed."), null, null, outcome);
        }
        catch (OperationCanceledException)
        {
            outcome = "cancelled";
            ended = new(JobState.Cancelled, new("Abgebrochen; geändert wurde nichts.", "Cancelled; nothing was changed."), null, null, outcome);
        }
        catch (Exception e) // a job has no caller; how it ended stands in its status
        {
            ended = new(JobState.Failed, Told(e, job), null, null, outcome);
        }
        try
        {
            GivePlace(job);
            metrics.Count($"import_{outcome}");
            if (outcome is "failed" or "cancelled")
                refusals.Write(job.Owner, job.From, "import", string.Join(", ", job.Names), outcome);
            job.Folder.Dispose();
        }
        finally
        {
            job.Set(ended); // last: whoever hears of it finds it in the audit, too
        }
    }

    async Task TakePlace(ImportJob job)
    {
        await places.WaitAsync(job.Cancellation.Token);
        job.HasPlace = true;
    }

    void GivePlace(ImportJob job)
    {
        if (job.HasPlace)
            places.Release();
        job.HasPlace = false;
    }

    /// <summary>Waits until no earlier job imports the dataset, and says so; meanwhile another may have its place.</summary>
    DatasetTurns.Turn Enter(Dataset dataset, ImportJob job)
    {
        var turn = Turns.Enter(dataset, job.Name);
        if (turn.Before.IsCompleted)
            return turn;
        try
        {
            job.Cancellation.CancelAfter(Timeout.InfiniteTimeSpan);
            job.Wait(new($"Wartet, bis {turn.Ahead?.De} fertig ist: Auch der bringt {dataset}.", $"Waits until {turn.Ahead?.En} is done: it brings {dataset} too."));
            GivePlace(job);
            turn.Before.WaitAsync(job.Cancellation.Token).GetAwaiter().GetResult();
            TakePlace(job).GetAwaiter().GetResult();
            job.Cancellation.CancelAfter(longest);
            job.Set(new(JobState.Running, null, null, null, null));
            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    ImportReport Run(ImportJob job)
    {
        var since = Stopwatch.GetTimestamp();
        return access.Write(job.Owner.At(job.From), store => Importer.Run(store, [.. job.Names.Select(job.Folder.File)], job.Options with
        {
            Turn = dataset => Enter(dataset, job),
            Progress = (table, done, all) =>
            {
                job.Cancellation.Token.ThrowIfCancellationRequested();
                if (Stopwatch.GetElapsedTime(since) < BetweenMessages)
                    return;
                since = Stopwatch.GetTimestamp();
                job.Set(new(JobState.Running, null, (Clean(table, job), done, all), null, null));
            },
        }));
    }

    Phrase Told(Exception e, ImportJob job) => e is BreitbandException known
        ? new(Clean(scrub.Clean(known.Text.De), job), Clean(scrub.Clean(known.Text.En), job))
        : new("Unerwarteter Fehler; geändert wurde nichts. Einzelheiten stehen im Protokoll des Dienstes.", "Unexpected error; nothing was changed. Details are in the service's log.");

    /// <summary>The folder uploads lie in is nobody's business.</summary>
    public static string Clean(string text, ImportJob job) => text.Replace(job.Folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(job.Folder.Path, "", StringComparison.Ordinal);

    /// <summary>Lets the running import finish for a while, then undoes it; what waits is dropped. Ends when all have; called again, the same.</summary>
    public Task Close(TimeSpan patience)
    {
        lock (gate)
            return closed ??= Task.Run(() => End(patience));
    }

    async Task End(TimeSpan patience)
    {
        Task[] running;
        lock (gate)
        {
            foreach (var (job, _) in jobs.Where(j => j.Job.Status.State == JobState.Waiting))
                _ = job.Drop();
            running = [.. jobs.Select(j => j.Work)];
        }
        var all = Task.WhenAll(running);
        if (await Task.WhenAny(all, Task.Delay(patience)) != all)
            foreach (var job in All.Where(j => !j.Status.IsOver))
                await job.Drop();
        await all;
    }

    public void Dispose()
    {
        foreach (var job in All)
            job.Dispose();
        places.Dispose();
    }
}
