using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Breitband;

/// <summary>Rows of a long layer or file are read by one thread while another takes them in.</summary>
static class ReadAhead
{
    const int Batch = 128, Waiting = 8;

    public static IEnumerable<T> Of<T>(IEnumerable<T> rows)
    {
        using var reading = rows.GetEnumerator();
        var first = Next(reading);
        foreach (var row in first)
            yield return row;
        if (first.Count < Batch)
            yield break;
        using var read = new BlockingCollection<List<T>>(Waiting);
        using var enough = new CancellationTokenSource();
        ExceptionDispatchInfo? fault = null;
        var reader = Task.Factory.StartNew(() =>
        {
            try
            {
                List<T> batch;
                do
                    read.Add(batch = Next(reading), enough.Token);
                while (batch.Count == Batch);
            }
            catch (OperationCanceledException)
            {
                // Nobody wants the rest.
            }
            catch (Exception e)
            {
                fault = ExceptionDispatchInfo.Capture(e);
            }
            finally
            {
                read.CompleteAdding();
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (var batch in read.GetConsumingEnumerable())
                foreach (var row in batch)
                    yield return row;
            fault?.Throw();
        }
        finally
        {
            enough.Cancel();
            reader.Wait();
        }
    }

    static List<T> Next<T>(IEnumerator<T> reading)
    {
        var batch = new List<T>(Batch);
        while (batch.Count < Batch && reading.MoveNext())
            batch.Add(reading.Current);
        return batch;
    }
}
