using Breitband.Store;

namespace Breitband.Service.Features;

/// <summary>From what a run was computed, and so who may see its single places. The rule is <see cref="ResultDisclosure"/>; here without a store open.</summary>
static class ResultAccess
{
    /// <summary>The editions the figures came from, not those live now: what was computed from confidential answers stays so after a rollback.</summary>
    public static IReadOnlyList<Edition> Editions(Contents contents, RunRecord run)
    {
        var numbers = run.EditionNumbers();
        return [.. contents.Editions.Where(e => numbers.Count > 0 ? numbers.Contains(e.Number) : e.Live)];
    }

    public static Disclosure Needed(Contents contents, RunRecord run) => Needed(contents, Editions(contents, run), run.Basis());

    /// <summary>Of an answer that is computed on the editions live now, whatever the last run stood on.</summary>
    public static Disclosure Needed(Contents contents, Basis basis) => Needed(contents, contents.Editions.Where(e => e.Live), basis);

    static Disclosure Needed(Contents contents, IEnumerable<Edition> editions, Basis basis) => editions
        .Where(e => basis.Uses(e) && e.Dataset.Layer.StartsWith("coverage_", StringComparison.Ordinal)).Select(e => e.Disclosure)
        .Concat(contents.Measures.Select(m => ResultDisclosure.Of(m))).Append(Disclosure.Public).Max();

    /// <summary>Of an answer on the editions live now.</summary>
    public static Disclosure Needed(Contents contents, GapResult result) => result.Editions
        .Where(e => e.Dataset.StartsWith("coverage_", StringComparison.Ordinal)).Select(e => e.Disclosure)
        .Concat(contents.Measures.Select(m => ResultDisclosure.Of(m))).Append(Disclosure.Public).Max();

    /// <exception cref="Http.ProblemException">401 or 403: single places would give away what the reader may not see.</exception>
    public static void Require(Http.Reader reader, Disclosure needed)
    {
        if (reader.Sees < needed)
            throw Closed(reader);
    }

    public static Http.ProblemException Closed(Http.Reader reader) => new(reader.Role == Http.Role.Anonymous ? 401 : 403, new(
        $"In diese Zahlen einzelner Orte gingen Angaben ein, die nicht {reader.Sees.Code()} sind. Summen je Gemeinde und Kreis sind offen.",
        $"These figures of single places were made from data that are not {reader.Sees.Code()}. Sums of municipalities and county are open."));
}
