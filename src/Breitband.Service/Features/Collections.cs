using System.Globalization;
using Breitband.Store;

namespace Breitband.Service.Features;

/// <summary>
/// Names the collections of a store for a reader. What he may not see is not there: a closed dataset is left out of its layer, and results that
/// closed evidence went into are missing, except for sums of municipalities.
/// </summary>
static class Collections
{
    /// <summary>Layers, then results and measures; a dataset of its own only where its layer has several.</summary>
    public static IReadOnlyList<FeatureCollection> All(Contents contents, Disclosure allowed)
    {
        var live = contents.Editions.Where(e => e.Live && e.Disclosure <= allowed && e.Dataset.Layer != Layer.Measures.Name).ToList();
        var layers = Layer.Imported.Where(l => live.Any(e => e.Dataset.Layer == l.Name)).SelectMany(l =>
        {
            var own = live.Where(e => e.Dataset.Layer == l.Name).ToList();
            return own.Count == 1 ? [l.Name] : own.Select(e => e.Dataset.ToString()).Prepend(l.Name);
        });
        return [.. layers.Concat(Layer.Results.Select(l => l.Name)).Append(Layer.Measures.Name).Select(id => Find(contents, id, allowed, null, null)).OfType<FeatureCollection>()];
    }

    /// <param name="tag">The edition a next link names; null for what is live now.</param>
    /// <param name="held">Where results and measures of before may still be; the store keeps only their newest.</param>
    /// <returns>Null when there is none, or none for this reader.</returns>
    /// <exception cref="GoneException">The edition named can no longer be had.</exception>
    public static FeatureCollection? Find(Contents contents, string id, Disclosure allowed, string? tag, Snapshots? held)
    {
        if (id == Layer.Measures.Name)
            return Measures(contents, allowed, tag, held);
        if (Layer.Results.FirstOrDefault(l => l.Name == id) is { } result)
            return Result(contents, result, allowed, tag, held);
        var own = contents.Editions.Where(e => e.Dataset.Layer == id || e.Dataset.ToString() == id).ToList();
        if (!own.Exists(e => e.Live && e.Disclosure <= allowed))
            return null;
        var editions = own.Where(e => e.Disclosure <= allowed && (tag is null ? e.Live : Numbers(tag).Contains(e.Number))).ToList();
        if (tag is not null && editions.Count != Numbers(tag).Count)
            throw new GoneException();
        return Data(id, Layer.Get(own[0].Dataset.Layer), editions, own.Count(e => e.Live && e.Disclosure > allowed));
    }

    static FeatureCollection Data(string id, Layer layer, List<Edition> editions, int held)
    {
        var title = id == layer.Name ? layer.Label : new($"{layer.German}: {editions[0].Dataset.Source}", $"{layer.English}: {editions[0].Dataset.Source}");
        // Ids of several datasets may be equal; one alone keeps its supplier's.
        var several = id == layer.Name && editions.Select(e => e.Dataset).Distinct().Count() > 1;
        IReadOnlyList<Phrase> notes = held == 0 ? [] : [new($"{held} weitere Datensätze dieser Ebene sind nicht öffentlich.", $"{held} more datasets of this layer are not public.")];
        return new(id, title, layer, layer.Fields, TagOf(editions), [.. editions.Select(e => Source(e, layer, several ? $"{e.Dataset.Source}:" : ""))], editions, notes);
    }

    static SnapshotSource Source(Edition edition, Layer layer, string prefix) => new(FormattableString.Invariant($"edition {edition.Number}"), prefix, edition.Date,
        store => (store.Columns(edition), store.Read(edition)));

    static string TagOf(IEnumerable<Edition> editions) => string.Join('-', editions.Select(e => e.Number.ToString(CultureInfo.InvariantCulture)));

    static List<int> Numbers(string tag) => [.. tag.Split('-').Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).Distinct()];

    static FeatureCollection? Result(Contents contents, Layer layer, Disclosure allowed, string? tag, Snapshots? held)
    {
        if (contents.Run is not { } run)
            return null;
        if (tag is not null && tag != run.Id)
            run = contents.Runs.FirstOrDefault(r => r.Id == tag && held?.Find($"{layer.Name} {tag}") is not null) ?? throw new GoneException();
        if (layer != Layer.ResultMunicipalities && ResultAccess.Needed(contents, run) > allowed)
            return null;
        var editions = ResultAccess.Editions(contents, run).Where(e => e.Disclosure <= allowed && run.Basis().Uses(e)).ToList();
        return new(layer.Name, layer.Label, layer, layer.Fields, run.Id, [new($"{layer.Name} {run.Id}", "", editions.Count == 0 ? null : editions.Max(e => e.Date), store => (layer.Fields, OfRun(store, layer, run.Id)))],
            editions, [new("Kein Förderanspruch, ersetzt kein Markterkundungsverfahren.", "No claim to funding, no substitute for a market consultation.")]);
    }

    /// <summary>The rows of one run; a run saved meanwhile has replaced them.</summary>
    static IEnumerable<Row> OfRun(Breitband.Store.Store store, Layer layer, string run)
    {
        foreach (var row in store.ReadResult(layer))
            yield return row;
        if (store.Runs() is [var newest, ..] && newest.Id != run)
            throw new GoneException();
    }

    static FeatureCollection? Measures(Contents contents, Disclosure allowed, string? tag, Snapshots? held)
    {
        if (contents.Measures.Count == 0)
            return null;
        var (visible, now) = contents.MeasuresFor(allowed);
        var source = tag is null || tag == now ? new SnapshotSource(KeyOf(now, allowed), "", null, _ => (Layer.Measures.Fields, visible)) : Before(contents, allowed, tag, held);
        var missing = contents.Measures.Count - visible.Count;
        var editions = contents.Editions.Where(e => e.Live && e.Dataset.Layer == Layer.Measures.Name && e.Disclosure <= allowed).ToList();
        IReadOnlyList<Phrase> notes = missing == 0 ? [] : [new($"{missing} Maßnahmen sind nicht {allowed.Code()} und fehlen hier.", $"{missing} measures are not {allowed.Code()} and are left out.")];
        return new(Layer.Measures.Name, Layer.Measures.Label, Layer.Measures, Layer.Measures.Fields, tag ?? now, [source], editions, notes)
        {
            OfRows = visible.Select(m => ResultDisclosure.Of(m)).Append(Disclosure.Public).Max(),
        };
    }

    /// <summary>The measures as a walk saw them that began before a change. One that was closed meanwhile ends it.</summary>
    static SnapshotSource Before(Contents contents, Disclosure allowed, string tag, Snapshots? held)
    {
        var closed = contents.Measures.Where(m => ResultDisclosure.Of(m) > allowed).Select(m => (string)m.Values[0]!);
        return held?.Find(KeyOf(tag, allowed)) is { } table && !closed.Any(key => table.Find(key) is not null)
            ? new(KeyOf(tag, allowed), "", null, _ => throw new GoneException()) : throw new GoneException();
    }

    static string KeyOf(string measures, Disclosure allowed) => $"measures {measures} {allowed}";
}

/// <summary>A page of an edition that is no longer there; the reader begins again.</summary>
sealed class GoneException : Exception;
