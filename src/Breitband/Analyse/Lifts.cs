namespace Breitband.Analyse;

/// <summary>Per measure: what it takes from the gap, what it could take, and at what cost.</summary>
static class Lifts
{
    public static IReadOnlyList<MeasureResult> Of(Analysis analysis)
    {
        var measures = analysis.County.Measures;
        var (households, addresses, businesses, reach) = (new long[measures.Count], new long[measures.Count], new long[measures.Count], new long[measures.Count]);
        var found = new List<int>();
        for (var demand = 0; demand < analysis.Demands.Count && measures.Count > 0; demand++)
        {
            if (analysis.PlannedBy[demand] is >= 0 and var measure)
            {
                households[measure] += analysis.HouseholdSplits[demand].Planned;
                addresses[measure] += analysis.AddressSplits[demand].Planned;
                businesses[measure] += analysis.BusinessSplits[demand].Planned;
            }
            if (analysis.Demands.Kind[demand] == DemandKind.Municipality)
                continue;
            analysis.Planned.Reaching(analysis.Demands.X[demand], analysis.Demands.Y[demand], analysis.AddressKey(demand), found);
            foreach (var reaching in found)
                reach[reaching] += analysis.HouseholdSplits[demand].Open + analysis.HouseholdSplits[demand].Planned;
        }
        return [.. measures.Select((m, i) => new MeasureResult(m.Key, m.Title, m.State, analysis.Planned.Tests[i].Faults, Reasons(analysis, i),
            households[i], addresses[i], businesses[i], reach[i], m.Cost, m.Cost is { } cost && households[i] > 0 ? cost / Split.Count(households[i]) : null))];
    }

    static IReadOnlyList<Phrase> Reasons(Analysis analysis, int measure) => analysis.Planned.Chosen[measure] ? analysis.Planned.Tests[measure].Reasons
        : [new("Für diese Rechnung abgewählt.", "Left out of this run."), .. analysis.Planned.Tests[measure].Reasons];
}
