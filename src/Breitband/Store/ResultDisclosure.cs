namespace Breitband.Store;

/// <summary>
/// Whether figures of single places may be shown: what was computed from confidential answers or measures would give them away place by
/// place. Sums of municipalities and the county may always be shown.
/// </summary>
public static class ResultDisclosure
{
    /// <param name="editions">Numbers of the editions the figures came from, not of those live now.</param>
    /// <param name="allowed">The highest class the reader may see.</param>
    public static void Require(Store store, IReadOnlyCollection<int> editions, Disclosure allowed)
    {
        var closed = Telling(store, editions).Where(e => e.Disclosure > allowed).Select(e => (Name: e.Dataset.ToString(), e.Disclosure)).ToList();
        if (OfMeasures(store) is { } measures && measures > allowed)
            closed.Add((Layer.Measures.Name, measures));
        if (closed.Count > 0)
            throw BreitbandException.Refused(
                $"Nicht ausgegeben: {string.Join(", ", closed.Select(c => $"{c.Name} ist {c.Disclosure.Code()}"))}. Wer das darf, gibt --disclosure {closed.Max(c => c.Disclosure).Code()} an.",
                $"Not shown: {string.Join(", ", closed.Select(c => $"{c.Name} is {c.Disclosure.Code()}"))}. Who may, adds --disclosure {closed.Max(c => c.Disclosure).Code()}.");
    }

    /// <summary>The class of a run's figures of single places: the highest of its coverage and of the register.</summary>
    public static Disclosure Of(Store store, RunRecord run)
    {
        var numbers = run.EditionNumbers();
        var told = Telling(store, numbers.Count > 0 ? numbers : [.. store.Editions().Where(e => e.Live).Select(e => e.Number)]).Select(e => e.Disclosure);
        return told.Append(OfMeasures(store) ?? Disclosure.Public).Max();
    }

    static IEnumerable<Edition> Telling(Store store, IReadOnlyCollection<int> editions) =>
        store.Editions().Where(e => editions.Contains(e.Number) && e.Dataset.Layer.StartsWith("coverage_", StringComparison.Ordinal));

    /// <summary>The class of a measure; one that does not say is internal.</summary>
    public static Disclosure Of(Row measure) => Disclosures.Parse(measure.Values[DisclosureAt] as string) ?? Disclosure.Internal;

    static readonly int DisclosureAt = Layer.Measures.Fields.ToList().FindIndex(f => f.Name == "disclosure");

    static Disclosure? OfMeasures(Store store) => store.Measures().Select(m => (Disclosure?)Of(m)).Max();
}
