using System.Globalization;

namespace Breitband.Analyse;

/// <summary>
/// Compares the live edition of a coverage dataset with an earlier one: the same county is computed with either, everything else equal, and
/// the served parts are held against each other, place by place.
/// </summary>
public static class EditionComparison
{
    /// <summary>Cells that both editions have, at least this share of the smaller one; below it they are different grids or areas.</summary>
    const double LeastCommon = 0.5;

    /// <summary>The edition a user means by its number or its date.</summary>
    /// <param name="allowed">The highest class its reader may see; what lies above does not exist for him.</param>
    /// <exception cref="BreitbandException">WrongUse when there is none or several.</exception>
    public static Edition Find(Store.Store store, string text, Disclosure allowed = Disclosure.Confidential)
    {
        var editions = Visible(store, allowed);
        var coverage = editions.Where(e => e.Dataset.Layer.StartsWith("coverage_", StringComparison.Ordinal)).ToList();
        var found = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? editions.Where(e => e.Number == number).ToList()
            : DateOnly.TryParseExact(text, ["yyyy-MM-dd", "dd.MM.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? [.. coverage.Where(e => e.Date == date && !e.Live)] : [];
        if (found.Count == 1)
            return found[0];
        var list = string.Join(", ", (found.Count > 1 ? found : [.. coverage.Where(e => !e.Live)]).Select(e => $"{e.Number} ({e.Dataset}, {e.Date:dd.MM.yyyy})"));
        throw found.Count > 1
            ? BreitbandException.WrongUse($"„{text}“ ist nicht eindeutig. Bitte die Nummer angeben: {list}", $"\"{text}\" is ambiguous. Please give the number: {list}")
            : BreitbandException.WrongUse($"Den Datenstand „{text}“ gibt es nicht. {(list.Length > 0 ? $"Vergleichen lässt sich mit: {list}" : "Es gibt noch keinen früheren Stand einer Versorgung; Überblick: breitband editions")}",
                $"There is no edition \"{text}\". {(list.Length > 0 ? $"Possible: {list}" : "There is no earlier edition of a coverage yet; see: breitband editions")}");
    }

    /// <summary>The two editions of a question: what stands in the place of the live one (null for the live one itself), and the other.</summary>
    /// <param name="to">Empty for the live edition.</param>
    /// <exception cref="BreitbandException">WrongUse when there is none or several; refused when they are not of one dataset.</exception>
    public static (Edition? One, Edition Other) Pair(Store.Store store, string with, string to, Disclosure allowed)
    {
        var other = Find(store, with, allowed);
        if (to.Length == 0 || Find(store, to, allowed) is not { Live: false } one)
            return (null, other);
        if (one.Dataset != other.Dataset)
            throw BreitbandException.Refused($"{one.Dataset} und {other.Dataset} lassen sich nicht vergleichen: Es sind verschiedene Datensätze, nicht zwei Stände von einem.",
                $"{one.Dataset} and {other.Dataset} cannot be compared: they are different datasets, not two editions of one.");
        return (one, other);
    }

    /// <summary>A comparison names both of its editions, so that the live one must be open, too.</summary>
    static List<Edition> Visible(Store.Store store, Disclosure allowed)
    {
        var all = store.Editions();
        var closed = all.Where(e => e.Live && e.Disclosure > allowed).Select(e => e.Dataset).ToHashSet();
        return [.. all.Where(e => e.Disclosure <= allowed && !closed.Contains(e.Dataset))];
    }

    /// <exception cref="BreitbandException">Refused, with the reason, when the two cannot be compared.</exception>
    /// <remarks>The live editions, or those the options name. Whichever of the two describes the earlier day is „before“, so that „gained“ is what came in time.</remarks>
    public static Comparison Run(Store.Store store, AnalysisOptions options, Edition other)
    {
        var editions = CountyReader.Editions(store, options.Editions);
        var live = Live(editions, other, options.Basis);
        var (before, after) = other.Date <= live.Date ? (other, live) : (live, other);
        var then = With(store, options, editions, before, null);
        var now = With(store, options, editions, after, then.County.Measures);
        RequireSameDemand(now, then, other);
        RequireSameGrid(now, then, other);
        var (earlier, later) = (Stamp(before, options), Stamp(after, options));
        return new(earlier, later, Comparison.BreakBetween(before.Date, after.Date, after.Evidence), Rows(now, then), ChangeAreas.Of(now, then, other.Dataset.Layer))
        {
            Editions = [.. GapEngine.Stamps(editions.Where(e => e.Dataset != after.Dataset), options.Basis), earlier, later],
            Notes = [.. Apart(then, now, before), .. Apart(now, then, after)],
        };
    }

    /// <summary>What is said of one state and not of the other. Where joined municipalities leave a share unknown, a gain may be none.</summary>
    static IEnumerable<Phrase> Apart(Analysis one, Analysis other, Edition edition) => one.County.Notes.Except(other.County.Notes)
        .Select(n => new Phrase($"Stand {edition.Date:dd.MM.yyyy}: {n.De}", $"Edition of {edition.Date:yyyy-MM-dd}: {n.En}"));

    /// <summary>
    /// The live coverage held against what it replaced: the newest dataset that has an earlier edition. Null without one; then, or when the two
    /// cannot be compared, the reason says why.
    /// </summary>
    /// <param name="allowed">The highest class its reader may see.</param>
    public static (Comparison? Comparison, Phrase Why) WithPrevious(Store.Store store, AnalysisOptions options, Disclosure allowed = Disclosure.Confidential)
    {
        var editions = Visible(store, allowed).Where(e => e.Dataset.Layer.StartsWith("coverage_", StringComparison.Ordinal) && options.Basis.Uses(e)).ToList();
        var before = editions.Where(e => e.Live).OrderByDescending(e => e.Date).ThenBy(e => e.Dataset.ToString(), StringComparer.Ordinal)
            .Select(live => editions.Where(e => e.Dataset == live.Dataset && e.Date < live.Date).OrderByDescending(e => e.Date).ThenByDescending(e => e.Number).FirstOrDefault()).FirstOrDefault(e => e is not null);
        if (before is null)
            return (null, new("Es gibt keinen früheren Stand der Versorgung.", "There is no earlier edition of the coverage."));
        try
        {
            return (Run(store, options with { Editions = null }, before), default);
        }
        catch (BreitbandException e) when (e.Outcome == Outcome.InputRefused)
        {
            return (null, e.Text);
        }
    }

    /// <summary>These editions with one dataset's replaced.</summary>
    /// <param name="measures">The register the other side was computed with.</param>
    static Analysis With(Store.Store store, AnalysisOptions options, IReadOnlyList<Edition> editions, Edition edition, IReadOnlyList<Measure>? measures)
    {
        int[] numbers = [.. editions.Where(e => e.Dataset != edition.Dataset).Select(e => e.Number).Append(edition.Number)];
        var county = CountyReader.Figures(store, numbers);
        return new Analysis(measures is null ? county : county with { Measures = measures }, options).Compute();
    }

    static EditionStamp Stamp(Edition edition, AnalysisOptions options) => GapEngine.Stamps([edition], options.Basis)[0];

    static Edition Live(IReadOnlyList<Edition> editions, Edition before, Basis basis)
    {
        BreitbandException No(string de, string en) => BreitbandException.Refused($"{before.Dataset}, Stand {before.Date:dd.MM.yyyy}, lässt sich nicht vergleichen: {de}", $"{before.Dataset} of {before.Date:yyyy-MM-dd} cannot be compared: {en}");

        if (!before.Dataset.Layer.StartsWith("coverage_", StringComparison.Ordinal))
            throw No("Verglichen wird die Versorgung; dies ist keine.", "coverage is compared, and this is none.");
        if (editions.FirstOrDefault(e => e.Dataset == before.Dataset) is not { } after)
            throw No("Von diesem Datensatz gilt kein Stand.", "no edition of this dataset is live.");
        if (after.Number == before.Number)
            throw No("Er ist selbst der geltende Stand. Frühere: breitband editions", "it is itself the live edition. Earlier ones: breitband editions");
        if (!basis.Uses(before) || !basis.Uses(after))
            throw No($"Auf der Grundlage „{basis.Code()}“ hat er keinen Anteil an den Zahlen.", $"on the basis \"{basis.Code()}\" it has no part in the figures.");
        if (before.Evidence != after.Evidence)
            throw No("Der eine Stand ist veröffentlicht, der andere aus einer Markterkundung.", "one edition is published, the other from a market consultation.");
        if (before.Complete != after.Complete)
            throw No("Nur einer der beiden Stände ist vollständig; was dem anderen fehlt, ist kein Rückbau.", "only one of the two is complete; what the other lacks was not dismantled.");
        return after;
    }

    /// <summary>Where the consultation's own list is the demand, another list asks other houses.</summary>
    static void RequireSameDemand(Analysis now, Analysis then, Edition before)
    {
        if (!now.Demands.Households.AsSpan().SequenceEqual(then.Demands.Households) || !now.Demands.X.AsSpan().SequenceEqual(then.Demands.X))
            throw BreitbandException.Refused($"{before.Dataset} lässt sich nicht vergleichen: Ohne Adressebene sind die Adressen der Liste selbst der Bedarf, und die beiden Listen nennen andere. Zuerst Adressen importieren.",
                $"{before.Dataset} cannot be compared: without an address layer the list's own addresses are the demand, and the two lists name others. Import addresses first.");
    }

    static void RequireSameGrid(Analysis now, Analysis then, Edition before)
    {
        var (a, b) = before.Dataset.Layer == Layer.CoverageCells.Name ? (now.County.Cells.Keys, then.County.Cells.Keys) : (now.County.MunicipalShares.Keys, then.County.MunicipalShares.Keys);
        if (before.Dataset.Layer is not ("coverage_cells" or "coverage_municipalities"))
            return;
        var common = a.Intersect(b, StringComparer.Ordinal).Count();
        if (common < LeastCommon * Math.Min(a.Count, b.Count))
            throw BreitbandException.Refused($"{before.Dataset} lässt sich nicht vergleichen: Von {Math.Min(a.Count, b.Count)} Kennungen haben beide Stände nur {common}; es sind verschiedene Raster oder Gebiete.",
                $"{before.Dataset} cannot be compared: of {Math.Min(a.Count, b.Count)} keys both editions have only {common}; these are different grids or areas.");
    }

    /// <summary>Every row of a result at both editions.</summary>
    static List<ChangeRow> Rows(Analysis now, Analysis then)
    {
        var leaves = new Dictionary<(int Municipality, int Settlement), Moved>();
        for (var demand = 0; demand < now.Demands.Count; demand++)
        {
            var leaf = (now.Demands.Municipality[demand], now.Demands.Settlement[demand]);
            leaves[leaf] = leaves.GetValueOrDefault(leaf) + Moved.Between(then.HouseholdSplits[demand], now.HouseholdSplits[demand]);
        }
        var moved = new Dictionary<(AreaLevel, string), Moved>();
        foreach (var (leaf, sum) in leaves)
            foreach (var row in Totals.KeysOf(now.County, leaf.Municipality, leaf.Settlement))
                moved[row] = moved.GetValueOrDefault(row) + sum;
        var before = Totals.Rows(then).ToDictionary(r => (r.Level, r.Key));
        return [.. from row in Totals.Rows(now)
                   let earlier = before.GetValueOrDefault((row.Level, row.Key))
                   where earlier is not null
                   let change = moved.GetValueOrDefault((row.Level, row.Key))
                   select new ChangeRow(row.Level, row.Key, row.Name, earlier.Households, row.Households, change.Gained, change.Lost) { Changed = change.Any, SharesBefore = earlier.Shares }];
    }

    /// <summary>Households that became served, that ceased to be, and that moved between any two parts.</summary>
    readonly record struct Moved(long Gained, long Lost, long Any)
    {
        public static Moved operator +(Moved a, Moved b) => new(a.Gained + b.Gained, a.Lost + b.Lost, a.Any + b.Any);

        public static Moved Between(Split then, Split now) => new(Math.Max(0, now.Served - then.Served), Math.Max(0, then.Served - now.Served),
            Math.Max(0, now.Served - then.Served) + Math.Max(0, now.Unclear - then.Unclear) + Math.Max(0, now.Planned - then.Planned) + Math.Max(0, now.Unserved - then.Unserved));
    }
}
