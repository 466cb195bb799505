using Breitband.Analyse;
using Breitband.Service.Features;
using Breitband.Tiles;

namespace Breitband.Service.Maps;

/// <summary>
/// Views that somebody asked for lately, each with a small pyramid of its own beside the map's, named by its run: the same question after a
/// restart finds its tiles made. Whoever asks first has it computed; the others wait for him.
/// </summary>
sealed class Views(StoreAccess access, Catalogue catalogue, Results results, Func<string> folder) : IDisposable
{
    /// <summary>Kept in memory: a comparison needs two, a meeting a handful.</summary>
    const int Most = 8;

    /// <summary>Kept as files, of all disclosure classes together; a county's is some megabytes.</summary>
    const int MostFiles = 24;

    /// <summary>Computing takes all cores: two at once would only both be late.</summary>
    readonly SemaphoreSlim turn = new(1);
    readonly Lock gate = new();
    readonly List<(string Key, Disclosure Sees, Task<View> Made)> kept = [];

    /// <summary>Computes and cuts tiles unless that is done; 2 to 5 s for a county.</summary>
    public async Task<View> Get(ViewChoice choice, Disclosure sees)
    {
        var contents = await catalogue.Now();
        var (_, options) = await results.Asked();
        var key = $"{contents.Run?.Id} {string.Join(',', contents.Editions.Where(e => e.Live).Select(e => e.Number))} {contents.MeasuresTag} {choice.Profile.Key} {choice.Basis.Code()} {choice.With?.Number} {sees.Code()}";
        Task<View> made;
        lock (gate)
        {
            var found = kept.FindIndex(k => k.Key == key && !k.Made.IsFaulted && !k.Made.IsCanceled);
            made = found >= 0 ? kept[found].Made : Task.Run(() => Make(choice, options with { Profile = choice.Profile, Basis = choice.Basis }, sees));
            kept.RemoveAll(k => k.Key == key);
            kept.Insert(0, (key, sees, made));
            kept.RemoveRange(Math.Min(kept.Count, Most), Math.Max(0, kept.Count - Most));
        }
        return await made;
    }

    /// <summary>A view by its run, if it is still kept for readers of this class; requests under way may go on reading one that is not.</summary>
    public View? Find(string run, Disclosure sees)
    {
        lock (gate)
            return kept.Where(k => k.Sees == sees && k.Made.IsCompletedSuccessfully).Select(k => k.Made.GetAwaiter().GetResult()).FirstOrDefault(v => v.Run == run);
    }

    async Task<View> Make(ViewChoice choice, AnalysisOptions options, Disclosure sees)
    {
        var (live, _) = await results.Asked();
        await turn.WaitAsync();
        try
        {
            return access.Read(store => Make(store, live, choice, options, sees));
        }
        finally
        {
            turn.Release();
        }
    }

    View Make(Breitband.Store.Store store, County live, ViewChoice choice, AnalysisOptions options, Disclosure sees)
    {
        var numbers = Editions(store.Editions(), choice.With);
        var result = choice.With is null ? results.Computed(live, options) : GapEngine.Run(CountyReader.Read(store, numbers), options);
        var rows = ResultRows.Of(result).ToDictionary(r => r.Layer.Name, r => r.Rows, StringComparer.Ordinal);
        var path = Path.Combine(folder(), result.Run + (sees == Disclosure.Public ? "" : "-" + sees.Code()) + ".mbtiles");
        Directory.CreateDirectory(folder());
        var report = PyramidBuilder.Build(store, path, sees, others: new(result.Run, result.Basis, numbers, (layer, box) => rows[layer.Name].Where(r => box is null || r.Geometry is { } g && box.Intersects(g.EnvelopeInternal))));
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        RemoveOldest();
        return new View(choice, result with { GapAreas = [], Clusters = [] }, Pyramid.Open(path), report.Withheld);
    }

    /// <summary>The live editions, an earlier one in the place of its own dataset's.</summary>
    public static int[] Editions(IEnumerable<Edition> all, Edition? earlier) =>
        [.. all.Where(e => e.Live && e.Dataset != earlier?.Dataset).Select(e => e.Number), .. earlier is null ? Array.Empty<int>() : [earlier.Number]];

    void RemoveOldest()
    {
        foreach (var file in new DirectoryInfo(folder()).GetFiles("*.mbtiles").OrderByDescending(f => f.LastWriteTimeUtc).Skip(MostFiles))
            try
            {
                file.Delete();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Windows keeps a file that somebody still reads: the next view tries again.
                continue;
            }
    }

    public void Dispose() => turn.Dispose();
}
