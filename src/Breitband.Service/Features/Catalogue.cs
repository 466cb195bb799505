using System.Security.Cryptography;
using System.Text;
using Breitband.Store;

namespace Breitband.Service.Features;

/// <summary>What a store held at one moment: little, and enough to name every collection, its edition and who may see it.</summary>
sealed record Contents(string County, IReadOnlyList<Edition> Editions, IReadOnlyList<RunRecord> Runs, IReadOnlyList<Row> Measures)
{
    readonly (IReadOnlyList<Row> Rows, string Tag)[] byClass = [.. Enum.GetValues<Disclosure>().Select(d => Measures.Where(m => ResultDisclosure.Of(m) <= d).ToList()).Select(m => (m, TagOf(m)))];

    /// <summary>The measures a reader of this class sees, and the name of their state: a change of one he does not see is none for him.</summary>
    public (IReadOnlyList<Row> Rows, string Tag) MeasuresFor(Disclosure allowed) => byClass[(int)allowed];

    public static Contents Read(Breitband.Store.Store store)
    {
        // Of a run only its name and parameters are looked at; its answer may be megabytes.
        return new(store.County, store.Editions(), [.. store.Runs().Select(r => r with { Summary = "" })], [.. store.Measures()]);
    }

    /// <summary>Changes with any measure.</summary>
    public string MeasuresTag => byClass[^1].Tag;

    public RunRecord? Run => Runs.Count > 0 ? Runs[0] : null;

    static string TagOf(List<Row> measures)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in measures)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{string.Join('\u001f', row.Values)}\u001e")));
            hash.AppendData(row.Geometry?.AsBinary() ?? []);
        }
        return "m" + Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}

/// <summary>
/// Keeps the contents of the store at hand. Other programs import too, so they are read again when older than a second; while a long import
/// holds the file, the last known ones serve.
/// </summary>
sealed class Catalogue(StoreAccess access)
{
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromMilliseconds(300);

    readonly Lock gate = new();
    Task<Contents>? reading;
    Contents? last;
    long readAt;

    /// <exception cref="BreitbandException">Failed: the store cannot be read.</exception>
    public async Task<Contents> Now()
    {
        var task = Current();
        if (task.IsCompletedSuccessfully)
            return task.Result;
        return last is { } old && await Task.WhenAny(task, Task.Delay(Patience)) != task ? old : await task;
    }

    /// <summary>After a change of our own: the next reader sees it.</summary>
    public void Expire()
    {
        lock (gate)
            (reading, last) = (null, null);
    }

    Task<Contents> Current()
    {
        lock (gate)
        {
            var stale = reading is null || reading.IsCompleted && (!reading.IsCompletedSuccessfully || TimeProvider.System.GetElapsedTime(readAt) > Fresh);
            return stale ? reading = Begin() : reading!;
        }
    }

    Task<Contents> Begin() => Task.Run(() =>
    {
        var contents = access.Read(Contents.Read);
        lock (gate)
            (last, readAt) = (contents, TimeProvider.System.GetTimestamp());
        return contents;
    });
}
