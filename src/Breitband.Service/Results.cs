using Breitband.Analyse;
using Breitband.Service.Features;
using Breitband.Service.Http;
using Breitband.Service.Text;

namespace Breitband.Service;

/// <summary>
/// The last analysis' answer for the editions and measures of now, and the county it is computed from, kept while they stay the same. Whoever
/// asks first reads and computes; the others wait for him.
/// </summary>
sealed class Results(StoreAccess access, Catalogue catalogue, Func<Profiles> profiles)
{
    readonly Kept<GapResult> last = new();
    readonly Kept<(County County, AnalysisOptions Options)> county = new();
    readonly List<(string Key, Kept<WhatIf> Kept)> rules = [];
    readonly Kept<Comparison> comparison = new();
    readonly Kept<StatsFacts>[] facts = [.. Enum.GetValues<Disclosure>().Select(_ => new Kept<StatsFacts>())];

    /// <summary>Computed counties kept: a meeting compares a rule with another, rarely with a third.</summary>
    const int Rules = 3;

    /// <exception cref="ProblemException">404: nothing has been analysed.</exception>
    public async Task<GapResult> Last() => await last.Get(Key(await catalogue.Now()), () => access.Read(store =>
    {
        var result = LastRun.Compute(store, profiles());
        _ = (result.GapAreas.Count, result.Clusters.Count); // read now: the store is closed afterwards
        return result;
    }));

    /// <summary>What the last analysis was computed from, for questions it has no stored answer to. Immutable; any number may compute with it.</summary>
    public async Task<(County County, AnalysisOptions Options)> Asked() => await county.Get(Key(await catalogue.Now()), () => access.Read(store =>
        (CountyReader.Read(store, null), LastRun.Options(store, profiles()))));

    /// <summary>The county computed with other options, ready to answer any choice of measures; of the last three rules asked about.</summary>
    public async Task<WhatIf> WhatIf(Func<AnalysisOptions, AnalysisOptions> change)
    {
        var (asked, options) = await Asked();
        var wanted = change(options);
        var key = $"{Key(await catalogue.Now())} {wanted.Profile.Key} {wanted.Basis.Code()}";
        Kept<WhatIf> kept;
        lock (rules)
        {
            kept = rules.FirstOrDefault(r => r.Key == key).Kept ?? new();
            rules.RemoveAll(r => r.Key == key);
            rules.Insert(0, (key, kept));
            rules.RemoveRange(Math.Min(rules.Count, Rules), Math.Max(0, rules.Count - Rules));
        }
        return await kept.Get(key, () => Analyse.WhatIf.Of(asked, wanted));
    }

    /// <summary>What tables of figures say besides the last result, to a reader of this class: the edition before may be closed to others.</summary>
    public async Task<StatsFacts> Facts(Disclosure sees)
    {
        var (result, (_, options)) = (await Last(), await Asked());
        return await facts[(int)sees].Get(Key(await catalogue.Now()), () => access.Read(store => StatsFacts.Of(store, result, options, sees)));
    }

    /// <summary>Two editions computed in full and held against each other; kept, because everybody asks for the same two.</summary>
    public async Task<Comparison> Compared(string with, Func<Comparison> compute) => await comparison.Get($"{Key(await catalogue.Now())} {with}", compute);

    static string Key(Contents contents) => contents.Run is { } run
        ? $"{run.Id} {string.Join(',', contents.Editions.Where(e => e.Live).Select(e => e.Number))} {contents.MeasuresTag}"
        : throw ProblemException.NotFound("Es gibt noch keine Analyse.", "There is no analysis yet.");

    /// <summary>The newest of something, by a key that names what it was made from.</summary>
    sealed class Kept<T>
    {
        readonly Lock gate = new();
        string? key;
        Task<T>? made;

        public Task<T> Get(string wanted, Func<T> make)
        {
            lock (gate)
            {
                if (made is null || key != wanted || made.IsFaulted)
                    (key, made) = (wanted, Task.Run(make));
                return made;
            }
        }
    }
}
