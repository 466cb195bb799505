namespace Breitband.Service.Features;

/// <summary>A collection as one reader may see it: what a user calls a layer, a dataset, a result or the measures.</summary>
/// <param name="Tag">Names the content: edition numbers, a run or a state of the measures. Part of every next link.</param>
/// <param name="Editions">Where it comes from, for attribution and dates.</param>
/// <param name="Notes">What the reader must be told: what was left out, that figures are no claim.</param>
sealed record FeatureCollection(string Id, Phrase Title, Layer Layer, IReadOnlyList<Field> Fields, string Tag, IReadOnlyList<SnapshotSource> Sources,
    IReadOnlyList<Edition> Editions, IReadOnlyList<Phrase> Notes)
{
    /// <summary>The highest class among the rows shown, where rows have one each, as measures do.</summary>
    public Disclosure? OfRows { get; init; }

    public Disclosure Disclosure => OfRows ?? (Editions.Count == 0 ? Disclosure.Public : Editions.Max(e => e.Disclosure));

    public bool Synthetic => Editions.Any(e => e.Synthetic);

    /// <summary>First and last date the data describe; null where features have none, as measures, which are as of now.</summary>
    public (DateOnly From, DateOnly To)? Period => Editions.Count == 0 || Sources.All(s => s.Date is null) ? null : (Editions.Min(e => e.Date), Editions.Max(e => e.Date));

    /// <summary>Who is to be named, once each, with the day of the data.</summary>
    public IReadOnlyList<string> Attribution => [.. Editions.Select(e => $"{(e.Synthetic ? "Demonstrationsdaten. " : "")}{e.Licence.Attribution}".Trim()).Where(a => a.Length > 0).Distinct()];
}
