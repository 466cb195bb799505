namespace Breitband.Analyse;

/// <summary>
/// How fast open households are today, as the funding rules name it: white, light grey and dark grey spots. From published shares the slow ones
/// are taken to be the open ones: a household below 30 Mbit/s is open under every rule of today.
/// </summary>
sealed class DownloadClasses(Analysis analysis)
{
    static readonly int White = SpeedClass.IndexOf(30), LightGrey = SpeedClass.IndexOf(100);

    readonly List<(int Row, double Weight)> rows = [];
    readonly List<int> found = [];

    /// <param name="open">Open households of the demand, in <see cref="Split.One"/> units; the classes add up to it.</param>
    public ClassCounts Of(int demand, long open)
    {
        switch (analysis.Assessments[demand].Source)
        {
            case EvidenceSource.Cells or EvidenceSource.MunicipalShares:
                analysis.Atlas.Rows(demand, rows);
                return Published(analysis.Atlas.Table(demand), analysis.Demands.Households[demand], open);
            case EvidenceSource.AddressAnswer:
                analysis.Consultation.AnswersOf(demand, found);
                return Offered(analysis.County.AddressAnswers, open);
            case EvidenceSource.Area:
                analysis.Consultation.AreasOf(demand, found);
                return Offered(analysis.County.Areas, open);
            default:
                return new(0, 0, 0, open);
        }
    }

    ClassCounts Published(ShareTable shares, long households, long open)
    {
        double white = 0, grey = 0, known = 0;
        foreach (var (row, weight) in rows)
            if (shares[row, Technology.All, White] is var over30 && shares[row, Technology.All, LightGrey] is var over100 && !double.IsNaN(over30) && !double.IsNaN(over100))
                (white, grey, known) = (white + weight * (1 - over30), grey + weight * Math.Max(0, over30 - over100), known + weight);
        var unknown = Math.Min(open, (long)Math.Round(households * (1 - Math.Min(1, known))));
        var slow = Math.Min(open - unknown, (long)Math.Round(households * white));
        var middle = Math.Min(open - unknown - slow, (long)Math.Round(households * grey));
        return new(slow, middle, open - unknown - slow - middle, unknown);
    }

    ClassCounts Offered(IReadOnlyList<ExactCoverage> coverage, long open)
    {
        double? best = null;
        foreach (var i in found)
            if (coverage[i].Offer is { Technology: not Technology.Mobile, Down: { } down } && !(down <= best))
                best = down;
        return best switch
        {
            // Of a fixed line nobody offers, in a list that says all there is, the speed is known: there is none.
            null when !found.Exists(i => coverage[i].Offer.Technology != Technology.Mobile) => new(open, 0, 0, 0),
            null => new(0, 0, 0, open),
            < 30 => new(open, 0, 0, 0),
            < 100 => new(0, open, 0, 0),
            _ => new(0, 0, open, 0),
        };
    }
}
