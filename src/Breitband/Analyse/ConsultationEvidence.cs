namespace Breitband.Analyse;

/// <summary>
/// Answers of operators (MEV) as evidence: address lists before areas. Any passing offer proves supply; only a complete dataset proves the
/// lack of it, because one operator's list says nothing of the others.
/// </summary>
public sealed class ConsultationEvidence
{
    readonly County county;
    readonly Demands demands;
    readonly ServedRule households, facilities;
    readonly PolygonIndex areas;
    readonly bool areasComplete;
    readonly Dictionary<string, List<int>> answers = new(StringComparer.Ordinal);

    public ConsultationEvidence(County county, Demands demands, ServedRule households, ServedRule facilities)
    {
        (this.county, this.demands, this.households, this.facilities) = (county, demands, households, facilities);
        areas = new PolygonIndex([.. county.Areas.Select(a => a.Geometry)]);
        areasComplete = county.Areas.Any(a => a.Complete);
        for (var i = 0; i < county.AddressAnswers.Count; i++)
            foreach (var name in Names(county.AddressAnswers[i]))
                (answers.TryGetValue(name, out var list) ? list : answers[name] = []).Add(i);
    }

    public bool Any => county.Areas.Count > 0 || county.AddressAnswers.Count > 0;

    /// <summary>The answers and areas that speak of a demand, and what they prove together; null when none does.</summary>
    public Assessment? Assess(int demand, List<int> found)
    {
        var rule = demands.Kind[demand] == DemandKind.Facility ? facilities : households;
        AnswersOf(demand, found);
        if (found.Count > 0 && Proof(rule, county.AddressAnswers, found, county.AddressAnswers.Where((a, i) => found.Contains(i)).Any(a => a.Complete)) is { } byAddress)
            return Assessment.Of(EvidenceSource.AddressAnswer, byAddress);
        AreasOf(demand, found);
        return Proof(rule, county.Areas, found, areasComplete && demands.Kind[demand] != DemandKind.Municipality) is { } byArea ? Assessment.Of(EvidenceSource.Area, byArea) : null;
    }

    public void AnswersOf(int demand, List<int> found)
    {
        found.Clear();
        if (demands.Kind[demand] != DemandKind.Address || answers.Count == 0)
            return;
        var address = demands.AddressList[demands.Source[demand]];
        foreach (var name in (string?[])[address.Key, address.Text.Match])
            if (found.Count == 0 && name is not null && answers.TryGetValue(name, out var list))
                found.AddRange(list);
    }

    public void AreasOf(int demand, List<int> found)
    {
        found.Clear();
        if (demands.Kind[demand] != DemandKind.Municipality)
            areas.All(demands.X[demand], demands.Y[demand], found);
    }

    static Verdict? Proof(ServedRule rule, IReadOnlyList<ExactCoverage> coverage, List<int> found, bool complete)
    {
        Verdict? best = complete ? Verdict.Unserved : null;
        foreach (var i in found)
            if (rule.Judge(coverage[i].Offer) is var verdict and not Verdict.Unserved && (best is null || verdict > best))
                best = verdict;
        return best;
    }

    /// <summary>By the address' own key where the list has one, else by its words.</summary>
    static IEnumerable<string> Names(ExactCoverage answer)
    {
        if (answer.AddressKey is { } key)
            yield return key;
        else if (answer.Text?.Match is { } words)
            yield return words;
        else
            yield return answer.Key;
    }
}
