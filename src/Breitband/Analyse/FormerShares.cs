namespace Breitband.Analyse;

/// <summary>
/// Published shares of an older edition, carried to the municipalities of today. One former municipality that only changed its key keeps its
/// figures. Of several that were joined nobody published how many households each had, so a mean would be invented: where their figures agree
/// they hold for the whole, where they differ the share stays unknown.
/// </summary>
static class FormerShares
{
    public static PublishedShares Carry(PublishedShares published, IReadOnlyList<Municipality> municipalities, List<Phrase> notes, Successors? table = null)
    {
        var successors = table ?? Successors.Default;
        var known = municipalities.Select(m => m.Ags).ToHashSet(StringComparer.Ordinal);
        var there = published.Keys.ToHashSet(StringComparer.Ordinal);
        var former = Enumerable.Range(0, published.Keys.Count)
            .Select(row => (Row: row, Today: known.Contains(published.Keys[row]) ? null : successors.Of(published.Keys[row])))
            // A table that has today's key too has already been carried over by its publisher.
            .Where(p => p.Today is not null && known.Contains(p.Today) && !there.Contains(p.Today)).GroupBy(p => p.Today!, p => p.Row).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        for (var row = 0; row < published.Keys.Count; row++)
            if (!known.Contains(published.Keys[row]) && successors.PartsOf(published.Keys[row]) is { Count: > 1 } parts && parts.Any(known.Contains))
                notes.Add(Split(published.Names[row] ?? published.Keys[row], string.Join(", ", parts.Select(p => municipalities.FirstOrDefault(m => m.Ags == p)?.Name ?? p))));
        if (former.Count == 0)
            return published;
        var kept = Enumerable.Range(0, published.Keys.Count).Except(former.SelectMany(g => g)).ToList();
        (string Key, int[] Rows)[] sources = [.. kept.Select(row => (published.Keys[row], (int[])[row])).Concat(former.Select(g => (g.Key, g.ToArray()))).OrderBy(p => p.Item1, StringComparer.Ordinal)];
        notes.AddRange(former.Select(g => Note(municipalities.First(m => m.Ags == g.Key).Name, [.. g.Select(row => published.Names[row] ?? published.Keys[row])])));
        return new([.. sources.Select(s => s.Key)], [.. sources.Select(s => published.Names[s.Rows[0]])], ShareTable.Joined(published.Shares, [.. sources.Select(s => s.Rows)]),
            [.. sources.Select(_ => (NetTopologySuite.Geometries.Geometry?)null)], [.. sources.Select(s => published.Editions[s.Rows[0]])]);
    }

    static Phrase Split(string former, string today) =>
        new($"{former} wurde aufgeteilt ({today}). Wie viele der Haushalte mit Versorgung in welchem Teil lebten, ist nicht veröffentlicht: Die Anteile gelten für keine Gemeinde von heute.",
            $"{former} was split up ({today}). How many of the households with supply lived in which part was not published: the shares hold for no municipality of today.");

    static Phrase Note(string today, IReadOnlyList<string> former) => former.Count == 1
        ? new($"{today}: Die veröffentlichten Anteile stehen noch unter dem früheren Schlüssel ({former[0]}).", $"{today}: the published shares still stand under the former key ({former[0]}).")
        : new($"{today}: Die veröffentlichten Anteile sind die früherer Gemeinden ({string.Join(", ", former)}). Sie gelten, wo sie übereinstimmen; sonst ist der Anteil unbekannt, und im Vergleich ist dort nicht jeder Zuwachs ein Ausbau.",
            $"{today}: the published shares are those of former municipalities ({string.Join(", ", former)}). They hold where they agree; otherwise the share is unknown, and in a comparison not every gain there was built.");
}
