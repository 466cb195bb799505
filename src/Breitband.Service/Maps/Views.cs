using System.Security.Cryptography;
using System.Text;
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
    readonly List<(string Key, Disclosure Sees, Task<MapView> Made)> kept = [];

    /// <summary>Computes and cuts tiles unless that is done; 2 to 5 s for a county.</summary>
    public async Task<View> Get(ViewChoice choice, Disclosure sees)
    {
        var (live, options) = await results.Asked();
        var numbers = Editions((await catalogue.Now()).Editions, choice.With);
        return (View)await Kept($"{await Key(choice)} {sees.Code()}", sees, store => Make(store, live, choice, options with { Profile = choice.Profile, Basis = choice.Basis }, numbers, sees));
    }

    /// <summary>What became of every place between the editions of a choice and another edition, with tiles unless they are made.</summary>
    public async Task<ChangeView> Changes(ViewChoice choice, Edition other, Disclosure sees)
    {
        var (comparison, last) = (await Compared(choice, other), await results.Last());
        var key = $"{await Key(choice)} ~ {other.Number}";
        return (ChangeView)await Kept($"{key} {sees.Code()}", sees, store =>
        {
            // Named by what is on the tiles: nobody may find those of a rule that was changed since.
            var run = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\n{string.Join('\n', comparison.Rows.Select(r => $"{r.Key} {r.Before} {r.After} {r.Gained} {r.Lost}"))}\n{string.Join('\n', comparison.Areas.Select(a => $"{a.Key} {a.Kind}"))}")).AsSpan(0, 6)).ToLowerInvariant();
            int[] numbers = [.. Editions(store.Editions(), choice.With).Append(other.Number).Concat([comparison.Before.Number, comparison.After.Number]).Distinct()];
            var (pyramid, withheld) = Tiles(store, Outlines(last, run, choice.Basis, numbers) with { Comparison = comparison }, sees);
            return new ChangeView(run, comparison, pyramid, withheld);
        });
    }

    public async Task<Comparison> Compared(ViewChoice choice, Edition other)
    {
        var (_, options) = await results.Asked();
        return await results.Compared($"{choice.Profile.Key} {choice.Basis.Code()} {choice.With?.Number} ~ {other.Number}", () => access.Read(store => EditionComparison.Run(store,
            options with { Profile = choice.Profile, Basis = choice.Basis, Editions = choice.With is null ? null : Editions(store.Editions(), choice.With) }, other)));
    }

    async Task<string> Key(ViewChoice choice)
    {
        var contents = await catalogue.Now();
        return $"{contents.Run?.Id} {string.Join(',', contents.Editions.Where(e => e.Live).Select(e => e.Number))} {contents.MeasuresTag} {choice.Profile.Key} {choice.Basis.Code()} {choice.With?.Number}";
    }

    Task<MapView> Kept(string key, Disclosure sees, Func<Breitband.Store.Store, MapView> make)
    {
        lock (gate)
        {
            var found = kept.FindIndex(k => k.Key == key && !k.Made.IsFaulted && !k.Made.IsCanceled);
            var made = found >= 0 ? kept[found].Made : Task.Run(() => InTurn(make));
            kept.RemoveAll(k => k.Key == key);
            kept.Insert(0, (key, sees, made));
            kept.RemoveRange(Math.Min(kept.Count, Most), Math.Max(0, kept.Count - Most));
            return made;
        }
    }

    /// <summary>A view by its run, if it is still kept for readers of this class; requests under way may go on reading one that is not.</summary>
    public MapView? Find(string run, Disclosure sees)
    {
        lock (gate)
            return kept.Where(k => k.Sees == sees && k.Made.IsCompletedSuccessfully).Select(k => k.Made.GetAwaiter().GetResult()).FirstOrDefault(v => v.Run == run);
    }

    /// <summary>The answer to a choice with its gap areas, for what is drawn of it elsewhere than on tiles.</summary>
    /// <param name="measures">Where not all of the last analysis'.</param>
    public async Task<GapResult> Result(ViewChoice choice, MeasureChoice? measures = null)
    {
        var (live, options) = await results.Asked();
        var numbers = Editions((await catalogue.Now()).Editions, choice.With);
        var asked = options with { Profile = choice.Profile, Basis = choice.Basis };
        return await Task.Run(() => InTurn(store => measures is null ? Compute(store, live, choice, asked, numbers) : GapEngine.Run(live, asked with { Measures = measures })));
    }

    async Task<T> InTurn<T>(Func<Breitband.Store.Store, T> make)
    {
        await turn.WaitAsync();
        try
        {
            return access.Read(make);
        }
        finally
        {
            turn.Release();
        }
    }

    View Make(Breitband.Store.Store store, County live, ViewChoice choice, AnalysisOptions options, int[] numbers, Disclosure sees)
    {
        var result = Compute(store, live, choice, options, numbers);
        var (pyramid, withheld) = Tiles(store, Outlines(result, result.Run, result.Basis, numbers), sees);
        return new View(result with { GapAreas = [], Clusters = [] }, pyramid, withheld);
    }

    GapResult Compute(Breitband.Store.Store store, County live, ViewChoice choice, AnalysisOptions options, int[] numbers) =>
        choice.With is null ? results.Computed(live, options) : GapEngine.Run(CountyReader.Read(store, numbers), options);

    static TileResults Outlines(GapResult result, string run, Basis basis, int[] numbers)
    {
        var rows = ResultRows.Of(result).ToDictionary(r => r.Layer.Name, r => r.Rows, StringComparer.Ordinal);
        return new(run, basis, numbers, (layer, box) => rows[layer.Name].Where(r => box is null || r.Geometry is { } g && box.Intersects(g.EnvelopeInternal)));
    }

    (Pyramid Pyramid, Phrase? Withheld) Tiles(Breitband.Store.Store store, TileResults shown, Disclosure sees)
    {
        var path = Path.Combine(folder(), shown.Run + (sees == Disclosure.Public ? "" : "-" + sees.Code()) + ".mbtiles");
        Directory.CreateDirectory(folder());
        var report = PyramidBuilder.Build(store, path, sees, others: shown);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        RemoveOldest();
        return (Pyramid.Open(path), report.Withheld);
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
