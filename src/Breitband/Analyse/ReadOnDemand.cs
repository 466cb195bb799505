using System.Collections;

namespace Breitband.Analyse;

/// <summary>Thousands of areas that an overview never asks for: read or computed when they are, once.</summary>
sealed class ReadOnDemand<T>(Func<IReadOnlyList<T>> read) : IReadOnlyList<T>
{
    readonly Lazy<IReadOnlyList<T>> items = new(read);

    public bool Here => items.IsValueCreated;

    public int Count => items.Value.Count;

    public T this[int index] => items.Value[index];

    public IEnumerator<T> GetEnumerator() => items.Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
