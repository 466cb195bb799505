namespace Breitband.Store;

/// <summary>
/// Fills an empty store with the content of another, numbers, dates and history as they were. Nobody sees anything until
/// <see cref="Commit"/>; disposing without it leaves the store empty.
/// </summary>
public abstract class StoreReceiver : IDisposable
{
    /// <summary>An edition as the other store has it; its writer is committed before the next begins.</summary>
    public abstract EditionWriter Begin(Edition edition, IReadOnlyList<Field> columns);

    /// <summary>The register as it is and every change that led to it, oldest first.</summary>
    public abstract void Measures(IEnumerable<Row> measures, IEnumerable<MeasureChange> history);

    /// <summary>Recorded runs, oldest first, and the results of the last.</summary>
    public abstract void Runs(IEnumerable<RunRecord> runs, IReadOnlyList<(Layer Layer, IEnumerable<Row> Rows)> results);

    /// <summary>Every change of the other store, oldest first, and this copy.</summary>
    public abstract void Audit(IEnumerable<AuditEntry> entries);

    public abstract void Commit();

    public abstract void Dispose();
}

/// <summary>What a copy moved.</summary>
public sealed record Copied(int Editions, long Rows, long Rejected, int Measures, int Changes, int Runs);

/// <summary>Moves everything from one store to another, in either direction: a county that began with a file goes on in PostGIS, and back.</summary>
public static class StoreCopy
{
    /// <param name="to">Empty and of the same county.</param>
    /// <param name="progress">Called with the dataset and the rows copied of it; may throw to cancel.</param>
    /// <exception cref="BreitbandException">The target already holds something.</exception>
    public static Copied Run(Store from, Store to, Action<string, long>? progress = null)
    {
        if (to.Editions().Count > 0 || to.Runs().Count > 0 || to.Measures().Any())
            throw BreitbandException.Refused(
                $"{to.Location} ist nicht leer ({to.Editions().Count} Datenstände). Kopiert wird nur in einen leeren Speicher; geändert wurde nichts.",
                $"{to.Location} is not empty ({to.Editions().Count} editions). Copies go into an empty store only; nothing was changed.");
        return from.Snapshot(moment => All(moment, to, progress));
    }

    static Copied All(Store from, Store to, Action<string, long>? progress)
    {
        using var receiver = to.Receive();
        var (rows, rejected) = (0L, 0L);
        var editions = from.Editions();
        foreach (var edition in editions)
        {
            progress?.Invoke(edition.Dataset.ToString(), 0);
            rows += Edition(from, receiver, edition, progress);
            rejected += edition.RejectedCount;
        }
        var measures = from.Measures().ToList();
        var history = from.MeasureHistory(null);
        receiver.Measures(measures, history);
        var runs = from.Runs();
        receiver.Runs(runs.Reverse(), [.. Layer.Results.Select(l => (l, from.ReadResult(l)))]);
        receiver.Audit(from.Audit().Reverse().Append(new(DateTime.UtcNow, to.By.Name, to.By.Role, to.By.Origin, "copy", from.Location)));
        receiver.Commit();
        return new(editions.Count, rows, rejected, measures.Count, history.Count, runs.Count);
    }

    static long Edition(Store from, StoreReceiver receiver, Edition edition, Action<string, long>? progress)
    {
        using var writer = receiver.Begin(edition, from.Columns(edition));
        var rows = 0L;
        foreach (var row in from.Read(edition))
        {
            writer.Write(row);
            if (++rows % 4096 == 0)
                progress?.Invoke(edition.Dataset.ToString(), rows);
        }
        foreach (var row in from.Rejected(edition))
            writer.Reject(row);
        writer.Commit(from.Report(edition));
        return rows;
    }
}
