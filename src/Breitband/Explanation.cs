namespace Breitband;

/// <summary>One step of an explanation: which evidence of which edition said what by which rule, and with which weight.</summary>
/// <param name="Evidence"><c>layer:key</c> of the row that speaks.</param>
/// <param name="Edition">Dataset and date, null where the step is a computation.</param>
public sealed record ExplainStep(string Evidence, string? Edition, Phrase Rule, double Weight, Phrase Text)
{
    /// <summary>The day the edition describes.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Number of the edition, for asking who may see it.</summary>
    public int? Number { get; init; }

    /// <summary>Evidence that was at hand and decided nothing, because other evidence comes before it or because it proves nothing.</summary>
    public bool PassedOver { get; init; }
}

/// <summary>The split of one place and how it came about.</summary>
/// <param name="Place">What was found for the question, for people: an address, a cell, a settlement.</param>
/// <param name="X">Easting in <see cref="Crs.Stored"/>; of a whole settlement or municipality a point inside, NaN where none is known.</param>
/// <param name="Result">Rule, basis and editions the answer stands on; its one row is the place.</param>
public sealed record Explanation(string Run, string Query, Phrase Place, string? Ags, string? Settlement, double X, double Y, Split Households, Split Addresses,
    Split Businesses, IReadOnlyList<ExplainStep> Steps, Phrase Sentence, GapResult Result);
