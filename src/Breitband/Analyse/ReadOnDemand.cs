using System.Collections;

namespace Breitband.Analyse;

/// <summary>Thousands of areas that an overview never asks for: read or computed when they are, once.</summary>
sealed class ReadOnDemand<T>(Func<IReadOnlyList<T>> read) : IReadOnlyList<T>
{
    readonly Lock reading = new();
    volatile IReadOnlyList<T>? items;

    public bool Here => items is not null;

    /// <summary>What could not be read is tried again by whoever asks next.</summary>
    IReadOnlyList<T> Items
    {
        get
        {
            if (items is { } here)
                return here;
            lock (reading)
                return items ??= read();
        }
    }

    public int Count => Items.Count;

    public T this[int index] => Items[index];

    public IEnumerator<T> GetEnumerator() => Items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
