using Breitband.Store;

namespace Breitband.Service.Features;

/// <summary>Opens the store for each piece of work: an opened one serves a single thread, and one opened long ago may have been moved away.</summary>
sealed class StoreAccess(string location)
{
    public string Location => location;

    public T Read<T>(Func<Breitband.Store.Store, T> work) => With(OpenMode.Read, work);

    public T Write<T>(Func<Breitband.Store.Store, T> work) => With(OpenMode.Write, work);

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
            return Breitband.Store.Store.Open(location, mode);
        }
        catch (BreitbandException e)
        {
            throw BreitbandException.Failed(e.Text.De, e.Text.En, e);
        }
    }
}
