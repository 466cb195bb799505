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
    readonly Lazy<Membership> areas;
    readonly bool areasComplete;
    readonly Dictionary<string, List<int>> answers = new(StringComparer.Ordinal);

    public ConsultationEvidence(County county, Demands demands, ServedRule households, ServedRule facilities)
    {
        (this.county, this.demands, this.households, this.facilities) = (county, demands, households, facilities);
        areas = new(() => PolygonSweep.All(new PointGrid(demands.X, demands.Y), [.. county.Areas.Select(a => a.Geometry)]));
        areasComplete = county.Areas.Any(a => a.Complete) && county.HasOwnAreas();
        var named = county.AddressAnswers.Select(a => a.AddressKey).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var addressKeys = named.Count == 0 ? named : Enumerable.Range(0, demands.AddressList.Count).Select(i => AddressTable.KeyOf(demands.AddressList, i)).Where(named.Contains).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < county.AddressAnswers.Count; i++)
        {
            var name = NameOf(county.AddressAnswers[i], addressKeys);
            (answers.TryGetValue(name, out var list) ? list : answers[name] = []).Add(i);
        }
    }

    public bool Any => county.Areas.Count > 0 || county.AddressAnswers.Count > 0;

    /// <summary>
    /// The answers and areas that speak of a demand, and what they prove together; null when they prove nothing. An offer of which it stays open
    /// whether it passes is no answer while the list is incomplete: it must not push aside areas or the atlas, which may know better.
    /// </summary>
    public Assessment? Assess(int demand, List<int> found)
    {
        var rule = demands.Kind[demand] == DemandKind.Facility ? facilities : households;
        AnswersOf(demand, found);
        if (found.Count > 0 && Proof(rule, county.AddressAnswers, found, found.Exists(i => county.AddressAnswers[i].Complete)) is { } byAddress)
            return Assessment.Of(EvidenceSource.AddressAnswer, byAddress);
        AreasOf(demand, found);
        return Proof(rule, county.Areas, found, areasComplete && demands.Kind[demand] != DemandKind.Municipality) is { } byArea ? Assessment.Of(EvidenceSource.Area, byArea) : null;
    }

    /// <summary>Whether any answer speaks of any demand.</summary>
    public bool AnswersAny()
    {
        var found = new List<int>();
        for (var demand = 0; demand < demands.Count && found.Count == 0; demand++)
            AnswersOf(demand, found);
        return found.Count > 0;
    }

    /// <summary>An offer of which it stays open whether it passes: on basis „mev“ the place is named, though nothing is proved.</summary>
    public Assessment? OpenOffer(int demand, List<int> found)
    {
        var rule = demands.Kind[demand] == DemandKind.Facility ? facilities : households;
        AnswersOf(demand, found);
        if (found.Exists(i => rule.Judge(county.AddressAnswers[i].Offer) == Verdict.Unclear))
            return Assessment.Of(EvidenceSource.AddressAnswer, Verdict.Unclear);
        AreasOf(demand, found);
        return found.Exists(i => rule.Judge(county.Areas[i].Offer) == Verdict.Unclear) ? Assessment.Of(EvidenceSource.Area, Verdict.Unclear) : null;
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
        if (demands.Kind[demand] != DemandKind.Municipality && county.Areas.Count > 0)
            found.AddRange(areas.Value.Of(demand));
    }

    static Verdict? Proof(ServedRule rule, IReadOnlyList<ExactCoverage> coverage, List<int> found, bool complete)
    {
        Verdict? best = complete ? Verdict.Unserved : null;
        foreach (var i in found)
            if (rule.Judge(coverage[i].Offer) is var verdict && (verdict == Verdict.Served || verdict > best))
                best = verdict;
        return best;
    }

    /// <summary>By the address' own key where the list has one (a list's running number is none), else by its words.</summary>
    internal static string NameOf(ExactCoverage answer, HashSet<string> addressKeys) =>
        answer.AddressKey is { } key && (addressKeys.Contains(key) || answer.Text?.Match is null) ? key : answer.Text?.Match ?? answer.Key;
}
