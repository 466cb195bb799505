using Breitband.Store;

namespace Breitband.Service.Features;

/// <summary>Opens the store for each piece of work: an opened one serves a single thread, and one opened long ago may have been moved away.</summary>
/// <param name="county">Which one of a database that holds several; null for the only one.</param>
sealed class StoreAccess(string location, string? county = null)
{
    public string Location => location;

    public string? County => county;

    /// <summary>A database takes several changes at once, a file one.</summary>
    public bool IsDatabase { get; } = Breitband.Store.Store.IsDatabase(location);

    public T Read<T>(Func<Breitband.Store.Store, T> work) => With(OpenMode.Read, work);

    /// <param name="by">Stands in the store's audit.</param>
    public T Write<T>(Actor by, Func<Breitband.Store.Store, T> work) => With(OpenMode.Write, store =>
    {
        store.By = by;
        return work(store);
    });

    T With<T>(OpenMode mode, Func<Breitband.Store.Store, T> work)
    {
        using var store = Open(mode);
        return work(store);
    }

    /// <summary>A store that was there at the start and cannot be opened now is away, whatever the reason: no fault of who asks.</summary>
    Breitband.Store.Store Open(OpenMode mode)
    {
        try
        {
            return Breitband.Store.Store.Open(location, mode, county);
        }
        catch (BreitbandException e)
        {
            throw BreitbandException.Failed(e.Text.De, e.Text.En, e);
        }
    }
}
