using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Breitband.Analyse;

/// <summary>Rows of a long layer are read by one thread while another takes them in.</summary>
static class ReadAhead
{
    const int Batch = 1024, Waiting = 8;

    public static IEnumerable<Row> Of(IEnumerable<Row> rows)
    {
        using var reading = rows.GetEnumerator();
        var first = Next(reading);
        foreach (var row in first)
            yield return row;
        if (first.Count < Batch)
            yield break;
        using var read = new BlockingCollection<List<Row>>(Waiting);
        using var enough = new CancellationTokenSource();
        ExceptionDispatchInfo? fault = null;
        var reader = Task.Factory.StartNew(() =>
        {
            try
            {
                List<Row> batch;
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

    static List<Row> Next(IEnumerator<Row> reading)
    {
        var batch = new List<Row>(Batch);
        while (batch.Count < Batch && reading.MoveNext())
            batch.Add(reading.Current);
        return batch;
    }
}
