namespace Breitband.Analyse;

/// <summary>
/// How fast open households are today, as the funding rules name it: white, light grey and dark grey spots. From published shares the slow ones
/// are taken to be the open ones: a household below 30 Mbit/s is open under every rule of today.
/// </summary>
sealed class DownloadClasses(Analysis analysis)
{
    static readonly int White = SpeedClass.IndexOf(30), LightGrey = SpeedClass.IndexOf(100);

    readonly Analysis.Scratch scratch = new();

    /// <summary>What is known of a demand's line: the shares below 30 Mbit/s and from there to below 100, of what is known at all; or the fastest offer.</summary>
    readonly record struct Line(double White, double Grey, double Known, bool Exact = false, double? Fastest = null);

    /// <summary>The classes of a demand's open households, addresses and businesses; each adds up to its open part without measures.</summary>
    public (ClassCounts Households, ClassCounts Addresses, ClassCounts Businesses) Of(int demand)
    {
        var (assessment, demands, line) = (analysis.Assessments[demand], analysis.Demands, LineOf(demand));
        return (Counts(line, assessment, demands.Households[demand]), Counts(line, assessment, demands.Addresses[demand]), Counts(line, assessment, demands.Businesses[demand]));
    }

    Line LineOf(int demand)
    {
        switch (analysis.Assessments[demand].Source)
        {
            case EvidenceSource.Cells or EvidenceSource.MunicipalShares:
                analysis.Atlas.Rows(demand, scratch.Rows);
                return Published(analysis.Atlas.Table(demand));
            case EvidenceSource.AddressAnswer:
                analysis.Consultation.AnswersOf(demand, scratch.Found);
                return Offered(analysis.County.AddressAnswers);
            case EvidenceSource.Area:
                analysis.Consultation.AreasOf(demand, scratch.Found);
                return Offered(analysis.County.Areas);
            default:
                return new(0, 0, 0);
        }
    }

    Line Published(ShareTable shares)
    {
        double white = 0, grey = 0, known = 0;
        foreach (var (row, weight) in scratch.Rows)
            if (shares[row, Technology.All, White] is var over30 && shares[row, Technology.All, LightGrey] is var over100 && !double.IsNaN(over30) && !double.IsNaN(over100))
                (white, grey, known) = (white + weight * (1 - over30), grey + weight * Math.Max(0, over30 - over100), known + weight);
        return new(white, grey, known);
    }

    Line Offered(IReadOnlyList<ExactCoverage> coverage)
    {
        double? best = null;
        foreach (var i in scratch.Found)
            if (coverage[i].Offer is { Technology: not Technology.Mobile, Down: { } down } && !(down <= best))
                best = down;
        // Of a fixed line nobody offers, in a list that says all there is, the speed is known: there is none.
        return new(0, 0, 0, true, best ?? (scratch.Found.Exists(i => coverage[i].Offer.Technology != Technology.Mobile) ? null : 0));
    }

    static ClassCounts Counts(Line line, Assessment assessment, long units)
    {
        var open = assessment.Apply(units, false).Open;
        if (line.Exact)
            return line.Fastest switch
            {
                null => new(0, 0, 0, open),
                < 30 => new(open, 0, 0, 0),
                < 100 => new(0, open, 0, 0),
                _ => new(0, 0, open, 0),
            };
        var unknown = Math.Min(open, (long)Math.Round(units * (1 - Math.Min(1, line.Known))));
        var slow = Math.Min(open - unknown, (long)Math.Round(units * line.White));
        var middle = Math.Min(open - unknown - slow, (long)Math.Round(units * line.Grey));
        return new(slow, middle, open - unknown - slow - middle, unknown);
    }
}
