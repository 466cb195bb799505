namespace Breitband.Analyse;

/// <summary>One step of an explanation: which evidence of which edition said what by which rule, and with which weight.</summary>
public sealed record ExplainStep(string Evidence, string? Edition, Phrase Rule, double Weight, Phrase Text);

/// <summary>The split of one place and how it came about.</summary>
/// <param name="Place">What was found for the question, for people: an address, a cell, a settlement.</param>
public sealed record Explanation(string Run, string Query, Phrase Place, string? Ags, string? Settlement, double X, double Y, Split Households, Split Addresses,
    Split Businesses, IReadOnlyList<ExplainStep> Steps, Phrase Sentence);

/// <summary>The verb <c>explain</c>.</summary>
public static class Explain
{
    /// <param name="place">An address („Dorfstraße 3, Görzke“), a coordinate „x,y“ (EPSG:25833 or lon,lat), or a key of any layer.</param>
    public static Explanation Run(Store.Store store, AnalysisOptions options, string place) => throw new NotSupportedException($"{store} {options} {place}");
}
