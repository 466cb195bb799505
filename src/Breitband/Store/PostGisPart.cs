using Dapper;

namespace Breitband.Store;

/// <summary>
/// The table of one run of an edition's rows on its way in: filled by COPY, then indexed. The first part of an edition lives in the import's
/// own transaction; each further one has a connection of its own, so that the server indexes one part while the next is filled, and is committed
/// when it is whole. Until the import attaches it, no reader knows of it.
/// </summary>
/// <param name="transaction">Where the part is made; the part's to commit when <paramref name="own"/>.</param>
sealed class PostGisPart(PostGisTransaction transaction, bool own, string table, Layer layer, string county, Edition edition, IReadOnlyList<Field> columns, int first) : IDisposable
{
    PostGisCopy? copy;
    Task? finishing;
    IdRange ids;

    public string Table => table;

    public bool Own => own;

    public int Count { get; private set; }

    public bool IsFinishing => finishing is { IsCompleted: false };

    /// <param name="range">The numbers its rows may have.</param>
    public PostGisPart Create(IdRange range)
    {
        ids = range;
        if (own) // the import's commit comes later in the log and waits for all of it
            transaction.Connection.Execute("SET LOCAL synchronous_commit = off");
        PostGisTable.Create(transaction.Connection, table, layer, county, edition.Number, edition.Disclosure, ids);
        return this;
    }

    public void Write(Row row)
    {
        (copy ??= new(transaction.Connection, table, layer, columns, first + Count, freeze: true)).Write(row);
        Count++;
    }

    /// <summary>Ends the COPY, so that the connection can be used for something else; the next row begins another.</summary>
    public void Pause()
    {
        finishing?.GetAwaiter().GetResult();
        copy?.Finish();
        copy = null;
    }

    /// <summary>No more rows come: the server indexes the part while the caller goes on. It takes a thread of its own, as all it does is wait.</summary>
    public void Finish() => finishing = Task.Factory.StartNew(() =>
    {
        copy?.Finish();
        copy = null;
        PostGisTable.Index(transaction.Connection, table, layer);
        if (!own)
            return;
        transaction.Commit();
        transaction.Dispose();
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Waits until the part is indexed; its error, if any, is thrown here.</summary>
    public void Await() => finishing?.GetAwaiter().GetResult();

    /// <summary>Makes the part visible when <paramref name="import"/> commits.</summary>
    public void Attach(PostGisTransaction import) => PostGisTable.Attach(import.Connection, table, layer, county, edition.Number, ids);

    public void Dispose()
    {
        // Whatever it says now, the import has failed of something else and told of that.
        if (finishing != null)
            Task.WaitAny(finishing);
        if (own)
            transaction.Dispose();
    }
}
