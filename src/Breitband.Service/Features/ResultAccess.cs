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

    public static Disclosure Needed(Contents contents, RunRecord run) => Needed(contents, Editions(contents, run));

    public static Disclosure Needed(Contents contents, IEnumerable<Edition> editions) => editions
        .Where(e => e.Dataset.Layer.StartsWith("coverage_", StringComparison.Ordinal)).Select(e => e.Disclosure)
        .Concat(contents.Measures.Select(m => ResultDisclosure.Of(m))).Append(Disclosure.Public).Max();
}
