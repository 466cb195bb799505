namespace Breitband.Store;

/// <summary>
/// Whether figures of single places may be shown: what was computed from confidential answers or measures would give them away place by
/// place. Sums of municipalities and the county may always be shown.
/// </summary>
public static class ResultDisclosure
{
    /// <param name="editions">Numbers of the editions the figures came from, not of those live now.</param>
    /// <param name="basis">What the figures stand on: confidential answers lie behind none on the basis <c>atlas</c>.</param>
    /// <param name="allowed">The highest class the reader may see.</param>
    public static void Require(Store store, IReadOnlyCollection<int> editions, Basis basis, Disclosure allowed)
    {
        var closed = Telling(store, editions, basis).Where(e => e.Disclosure > allowed).Select(e => (Name: e.Dataset.ToString(), e.Disclosure)).ToList();
        if (OfMeasures(store) is { } measures && measures > allowed)
            closed.Add((Layer.Measures.Name, measures));
        Refuse(closed);
    }

    /// <summary>
    /// The explanation of one place as the reader may see it. Only the evidence and the measures it names matter; evidence that decided nothing is
    /// left out where it may not be seen.
    /// </summary>
    public static Explanation Shown(Store store, Explanation place, Disclosure allowed)
    {
        var closed = store.Editions().Where(e => e.Disclosure > allowed).Select(e => (int?)e.Number).ToHashSet();
        var shown = place with { Steps = [.. place.Steps.Where(s => !s.PassedOver || !closed.Contains(s.Number))] };
        Require(store, shown, allowed);
        return shown;
    }

    static void Require(Store store, Explanation place, Disclosure allowed)
    {
        var numbers = place.Steps.Select(s => s.Number).OfType<int>().ToHashSet();
        var keys = place.Steps.Where(s => s.Evidence.StartsWith("measures:", StringComparison.Ordinal)).Select(s => s.Evidence[9..]).ToHashSet();
        Refuse([
            .. store.Editions().Where(e => numbers.Contains(e.Number) && e.Disclosure > allowed).Select(e => (e.Dataset.ToString(), e.Disclosure)),
            .. keys.Count == 0 ? [] : store.Measures().Where(m => keys.Contains((string)m.Values[0]!) && Of(m) > allowed).Select(m => ($"{Layer.Measures.Name}:{m.Values[0]}", Of(m))),
        ]);
    }

    static void Refuse(IReadOnlyCollection<(string Name, Disclosure Disclosure)> closed)
    {
        if (closed.Count > 0)
            throw BreitbandException.Refused(
                $"Nicht ausgegeben: {string.Join(", ", closed.Select(c => $"{c.Name} ist {c.Disclosure.Code()}"))}. Wer das darf, gibt --disclosure {closed.Max(c => c.Disclosure).Code()} an.",
                $"Not shown: {string.Join(", ", closed.Select(c => $"{c.Name} is {c.Disclosure.Code()}"))}. Who may, adds --disclosure {closed.Max(c => c.Disclosure).Code()}.");
    }

    /// <summary>The class of a run's figures of single places: the highest of its coverage and of the register.</summary>
    public static Disclosure Of(Store store, RunRecord run)
    {
        var numbers = run.EditionNumbers();
        var told = Telling(store, numbers.Count > 0 ? numbers : [.. store.Editions().Where(e => e.Live).Select(e => e.Number)], run.Basis()).Select(e => e.Disclosure);
        return told.Append(OfMeasures(store) ?? Disclosure.Public).Max();
    }

    static IEnumerable<Edition> Telling(Store store, IReadOnlyCollection<int> editions, Basis basis) =>
        store.Editions().Where(e => editions.Contains(e.Number) && e.Dataset.Layer.StartsWith("coverage_", StringComparison.Ordinal) && basis.Uses(e));

    /// <summary>The class of a measure; one that does not say is internal.</summary>
    public static Disclosure Of(Row measure) => Disclosures.Parse(measure.Values[DisclosureAt] as string) ?? Disclosure.Internal;

    static readonly int DisclosureAt = Layer.Measures.Fields.ToList().FindIndex(f => f.Name == "disclosure");

    static Disclosure? OfMeasures(Store store) => store.Measures().Select(m => (Disclosure?)Of(m)).Max();
}
