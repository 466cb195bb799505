using Breitband.Analyse;
using Breitband.Service.Features;
using Breitband.Service.Http;
using Breitband.Service.Text;

namespace Breitband.Service;

/// <summary>
/// The last analysis' answer for the editions and measures of now, and the county it is computed from, kept while they stay the same. Whoever
/// asks first reads and computes; the others wait for him. A changed measure or a new import is followed: no more is read and computed again than
/// what it touches.
/// </summary>
sealed class Results(StoreAccess access, Catalogue catalogue, Func<Profiles> profiles)
{
    readonly Kept<GapResult> last = new();
    readonly Kept<(County County, AnalysisOptions Options)> county = new();
    readonly List<(string Rule, Kept<WhatIf> Kept)> rules = [];
    readonly Kept<Comparison> comparison = new();
    readonly Kept<StatsFacts>[] facts = [.. Enum.GetValues<Disclosure>().Select(_ => new Kept<StatsFacts>())];

    readonly Lock following = new();
    County? read;
    readonly List<ComputedCounty> computed = [];

    /// <summary>Computed counties kept: a meeting compares a rule with another, rarely with a third.</summary>
    const int Rules = 3;

    /// <exception cref="ProblemException">404: nothing has been analysed.</exception>
    public async Task<GapResult> Last() => await last.Get(Key(await catalogue.Now()), Told);

    /// <summary>Areas are thousands, which most questions do not need: they are read when the first one does.</summary>
    GapResult Told() => access.Read(store =>
    {
        var options = LastRun.Options(store, profiles());
        if (StoredResult.Read(store, options) is not { } stored)
            return Computed(Now(store), options);
        _ = stored.Clusters.Count;
        return StoredResult.Awaiting(stored, () => WithAreas(stored.Run));
    });

    /// <exception cref="BreitbandException">Failed where somebody has analysed anew since the question was asked.</exception>
    GapResult WithAreas(string run) => access.Read(store =>
    {
        if (StoredResult.Read(store, LastRun.Options(store, profiles())) is not { } stored || stored.Run != run)
            throw BreitbandException.Failed("Inzwischen wurde neu gerechnet; bitte noch einmal fragen.", "The county was analysed anew meanwhile; please ask again.");
        _ = (stored.GapAreas.Count, stored.Comparison?.Areas.Count);
        return stored;
    });

    /// <summary>The answer of a county by one of the last three rules asked about, from what was computed by it before.</summary>
    public GapResult Computed(County now, AnalysisOptions options)
    {
        lock (following)
        {
            var state = computed.Find(c => SameRules(c.Options, options)) is { } before ? before.Follow(now) : ComputedCounty.Of(now, options);
            computed.RemoveAll(c => SameRules(c.Options, options));
            computed.Insert(0, state);
            computed.RemoveRange(Math.Min(computed.Count, Rules), Math.Max(0, computed.Count - Rules));
            Recomputed = state.Recomputed;
            return state.Result();
        }
    }

    /// <summary>How many municipalities the last computation looked at again.</summary>
    public int Recomputed { get; private set; }

    /// <summary>Everything but the editions, which the county brings with it.</summary>
    public static bool SameRules(AnalysisOptions a, AnalysisOptions b) => a.Measures.All == b.Measures.All && a.Measures.Keys.SequenceEqual(b.Measures.Keys)
        && (a.Profile.SameRule(b.Profile), a.Basis, a.AsOf) == (true, b.Basis, b.AsOf);

    /// <summary>The county as a store holds it now.</summary>
    public County Now(Breitband.Store.Store store)
    {
        lock (following)
            return read = read is null ? CountyReader.Read(store, null) : CountyReader.ReadAgain(store, read);
    }

    /// <summary>What the last analysis was computed from, for questions it has no stored answer to. Immutable; any number may compute with it.</summary>
    public async Task<(County County, AnalysisOptions Options)> Asked() => await county.Get(Key(await catalogue.Now()), () => access.Read(store =>
        (Now(store), LastRun.Options(store, profiles()))));

    /// <summary>The county computed with other options, ready to answer any choice of measures; of the last three rules asked about.</summary>
    public async Task<WhatIf> WhatIf(Func<AnalysisOptions, AnalysisOptions> change)
    {
        var (asked, options) = await Asked();
        var wanted = change(options);
        var rule = $"{wanted.Profile.Key} {wanted.Basis.Code()}";
        Kept<WhatIf> kept;
        lock (rules)
        {
            kept = rules.FirstOrDefault(r => r.Rule == rule).Kept ?? new();
            rules.RemoveAll(r => r.Rule == rule);
            rules.Insert(0, (rule, kept));
            rules.RemoveRange(Math.Min(rules.Count, Rules), Math.Max(0, rules.Count - Rules));
        }
        return await kept.Follow($"{Key(await catalogue.Now())} {rule}", before => before is not null && SameRules(before.Options, wanted) ? before.Follow(asked) : Analyse.WhatIf.Of(asked, wanted));
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

        public Task<T> Get(string wanted, Func<T> make) => Follow(wanted, _ => make());

        /// <param name="make">From the one before, if there is one that came about.</param>
        public Task<T> Follow(string wanted, Func<T?, T> make)
        {
            lock (gate)
            {
                if (made is null || key != wanted || made.IsFaulted)
                {
                    var before = made is { IsCompletedSuccessfully: true } done ? done.Result : default;
                    (key, made) = (wanted, Task.Run(() => make(before)));
                }
                return made;
            }
        }
    }
}
