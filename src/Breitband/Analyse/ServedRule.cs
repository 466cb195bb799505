namespace Breitband.Analyse;

/// <summary>What exact evidence says of a place under a rule.</summary>
public enum Verdict { Unserved, Unclear, Served }

/// <summary>What one provider can deliver at a place, Mbit/s; null where the supplier does not say.</summary>
public readonly record struct Offer(Technology? Technology, double? Down, double? Up)
{
    /// <summary>„50/10 Mbit/s“; what is not known is a question mark.</summary>
    public string Speed(Language language) => $"{Said(Down, language)}/{Said(Up, language)} Mbit/s";

    static string Said(double? speed, Language language) => speed is { } known ? Formats.Speed(known, language) : "?";
}

/// <summary>Bounds of the share of households, 0 to 1; what lies between is unclear. Never more than 1 together.</summary>
public readonly record struct ShareBounds(double Served, double Unserved)
{
    public double Unclear => 1 - Served - Unserved;
}

/// <summary>
/// The clauses of a profile, ready to judge exact offers and published shares. Any clause suffices.
/// What a technology implies where only the download is known: fibre delivers the upload of every rule; FTTC ends at 250/40;
/// HFC reaches the download but not 150 up, and counts as served at 1000 by flag only; of anything else the upload is unknown.
/// </summary>
public sealed class ServedRule(IReadOnlyList<ServedClause> clauses, bool hfcCountsAsServed)
{
    const double FttcDown = 250, FttcUp = 40, HfcGigabit = 1000;

    /// <summary>The technologies whose published shares add up to an upper bound of „all“.</summary>
    static readonly Technology[] Groups = [Technology.FtthB, Technology.Hfc, Technology.Fttc, Technology.Other];

    public IReadOnlyList<ServedClause> Clauses => clauses;

    public static ServedRule ForHouseholds(Profile profile) => new(profile.Households, profile.HfcCountsAsServed);

    public static ServedRule ForFacilities(Profile profile) => new(profile.Facilities, profile.HfcCountsAsServed);

    /// <summary>Judges an exact offer. Mobile never serves a fixed line.</summary>
    public Verdict Judge(Offer offer)
    {
        var best = Verdict.Unserved;
        foreach (var clause in clauses)
            if (Judge(clause, offer) is var verdict && verdict > best)
                best = verdict;
        return best;
    }

    Verdict Judge(ServedClause clause, Offer offer)
    {
        if (offer.Technology == Technology.Mobile || offer.Technology is { } named && !Allows(clause, named))
            return Verdict.Unserved;
        var certain = offer.Technology is null && clause.Technologies is not null ? Verdict.Unclear : Verdict.Served;
        if (offer.Down is not { } down)
            return offer.Technology == Technology.Fttc && (clause.Down > FttcDown || clause.Up > FttcUp) ? Verdict.Unserved : Verdict.Unclear;
        if (down < clause.Down)
            return Verdict.Unserved;
        if (clause.Up <= 0 || offer.Up >= clause.Up || hfcCountsAsServed && offer.Technology == Technology.Hfc && down >= HfcGigabit)
            return certain;
        if (offer.Up is not null)
            return Verdict.Unserved;
        return offer.Technology switch
        {
            Technology.FtthB or Technology.Ftth or Technology.Fttb => certain,
            Technology.Fttc when clause.Up > FttcUp => Verdict.Unserved,
            _ => Verdict.Unclear,
        };
    }

    /// <summary>
    /// Bounds from cumulative download shares per technology. With lo and hi the published classes around the rule's download:
    /// served ≥ the largest sure technology, and ≥ all(hi) less everything that is not sure there;
    /// unserved ≥ 1 − min(all(lo), sum of the technologies that might pass). Technologies overlap, so a sum is only ever an upper bound.
    /// Contradictory shares give way on the served side: raising a share never raises the unserved part.
    /// </summary>
    public ShareBounds Bounds(ShareTable shares, int row)
    {
        var unserved = Math.Clamp(1 - PassingAtMost(shares, row), 0, 1);
        var served = 0.0;
        foreach (var clause in clauses)
            served = Math.Max(served, PassingAtLeast(clause, shares, row));
        return new(Math.Clamp(served, 0, 1 - unserved), unserved);
    }

    /// <summary>Per group the lowest class of the clauses its lines may pass, beyond all where there is none; and that of all clauses.</summary>
    readonly int[] possible = [.. Groups.Select(group => clauses.Where(c => MightPass(c, group)).Select(c => SpeedClass.AtOrBelow(c.Down)).DefaultIfEmpty(int.MaxValue).Min())];

    readonly int lowest = clauses.Select(c => SpeedClass.AtOrBelow(c.Down)).DefaultIfEmpty(-1).Min();

    /// <summary>At most this share passes any clause: a household that does has at least the lowest class of the clauses its line may pass.</summary>
    double PassingAtMost(ShareTable shares, int row)
    {
        var all = AtMost(shares, row, Technology.All, lowest);
        var sum = 0.0;
        for (var group = 0; group < Groups.Length; group++)
            if (possible[group] != int.MaxValue)
                sum += AtMost(shares, row, Groups[group], possible[group]);
        return double.IsNaN(all) ? double.IsNaN(sum) ? 1 : sum : double.IsNaN(sum) ? all : Math.Min(all, sum);
    }

    double PassingAtLeast(ServedClause clause, ShareTable shares, int row)
    {
        var hi = SpeedClass.AtOrAbove(clause.Down);
        if (hi < 0)
            return 0;
        var best = 0.0;
        var notSure = 0.0;
        var known = hi; // the first class from there on that is published for all technologies together
        while (known + 1 < SpeedClass.All.Count && double.IsNaN(shares[row, Technology.All, known]))
            known++;
        foreach (var group in Groups)
        {
            var from = SurelyPassesFrom(clause, group, hi);
            if (from >= 0 && AtLeast(shares, row, group, from) is var sure && sure > best)
                best = sure;
            if (from < 0 || from > known)
                notSure += AtMost(shares, row, group, known);
        }
        var rest = shares[row, Technology.All, known] - notSure;
        return double.IsNaN(rest) ? best : Math.Max(best, rest);
    }

    /// <summary>The class index from which a technology surely passes a clause, or -1.</summary>
    int SurelyPassesFrom(ServedClause clause, Technology group, int hi) => group switch
    {
        _ when !Allows(clause, group) => -1,
        Technology.FtthB => hi,
        _ when clause.Up <= 0 => hi,
        Technology.Hfc when hfcCountsAsServed => Math.Max(hi, SpeedClass.AtOrAbove(HfcGigabit)),
        _ => -1,
    };

    static bool MightPass(ServedClause clause, Technology group) =>
        Allows(clause, group) && (group != Technology.Fttc || clause.Down <= FttcDown && clause.Up <= FttcUp);

    static bool Allows(ServedClause clause, Technology technology)
    {
        if (clause.Technologies is not { } named)
            return true;
        for (var i = 0; i < named.Count; i++)
            if (named[i] == technology || IsFibre(named[i]) && IsFibre(technology))
                return true;
        return false;
    }

    static bool IsFibre(Technology technology) => technology is Technology.FtthB or Technology.Ftth or Technology.Fttb;

    /// <summary>A lower bound of the share from a class on: as published there, else from the next class above that is; NaN where none is.</summary>
    static double AtLeast(ShareTable shares, int row, Technology group, int classIndex)
    {
        var share = double.NaN;
        for (var i = classIndex; i < SpeedClass.All.Count && double.IsNaN(share); i++)
            share = group == Technology.FtthB ? shares.Fibre(row, i).AtLeast : shares[row, group, i];
        return share;
    }

    /// <summary>An upper bound of the share from a class on: as published there, else from the next class below that is; NaN where none is.</summary>
    static double AtMost(ShareTable shares, int row, Technology group, int classIndex)
    {
        var share = double.NaN;
        for (var i = classIndex; i >= 0 && double.IsNaN(share); i--)
            share = group == Technology.FtthB ? shares.Fibre(row, i).AtMost : shares[row, group, i];
        return share;
    }
}
