using Breitband.Analyse;
using CsCheck;

namespace Breitband.Tests.Analyse;

public class ServedRuleTests
{
    static readonly ServedRule Rule300 = new([new(300, 150)], hfcCountsAsServed: true);
    static readonly ServedRule Rule30 = new([new(30)], hfcCountsAsServed: true);
    static readonly ServedRule RuleEither = new([new(200, 200), new(500)], hfcCountsAsServed: true);
    static readonly ServedRule RuleFibre = new([new(1000, 0, [Technology.FtthB])], hfcCountsAsServed: false);

    static ShareBounds Bounds(ServedRule rule, params (Technology Technology, int Class, double Percent)[] shares)
    {
        var table = new ShareTable(1);
        foreach (var (technology, mbit, percent) in shares)
            table[0, technology, SpeedClass.IndexOf(mbit)] = percent / 100;
        return rule.Bounds(table, 0);
    }

    [Fact]
    public void Vdsl_at_200_is_surely_below_300_150() => Assert.Equal(new(0, 1), Bounds(Rule300, [.. Village.Kinds["VDSL"]]));

    [Fact]
    public void Cable_below_a_gigabit_stays_unclear_and_at_a_gigabit_counts_by_flag_only()
    {
        (Technology, int, double)[] gigabit = [(Technology.All, 200, 100), (Technology.All, 400, 100), (Technology.Hfc, 200, 100), (Technology.Hfc, 400, 100), (Technology.Hfc, 1000, 100),
            (Technology.FtthB, 200, 0), (Technology.FtthB, 400, 0), (Technology.Other, 200, 0), (Technology.Other, 400, 0)];
        Assert.Equal(new(1, 0), Bounds(Rule300, gigabit));
        Assert.Equal(new(0, 0), Bounds(new([new(300, 150)], hfcCountsAsServed: false), gigabit));
        Assert.Equal(new(0, 0.2), Bounds(Rule300, [.. Village.Kinds["Kabel 400"]]), Close);
    }

    [Fact]
    public void A_download_rule_at_a_published_class_leaves_nothing_unclear() => Assert.Equal(new(0.94, 0.06), Bounds(Rule30, (Technology.All, 30, 94)), Close);

    [Fact]
    public void Without_the_class_shares_are_bracketed_by_their_neighbours() =>
        Assert.Equal(new(0.25, 0.4), Bounds(new([new(250)], true), (Technology.All, 200, 60), (Technology.All, 400, 25)), Close);

    [Fact]
    public void Either_clause_serves()
    {
        // 400 and 1000 bracket the 500 clause; 200/200 takes the fibre share, never the cable's.
        var bounds = Bounds(RuleEither, (Technology.All, 200, 90), (Technology.All, 400, 70), (Technology.All, 1000, 50), (Technology.FtthB, 200, 30), (Technology.FtthB, 1000, 30),
            (Technology.Hfc, 200, 40), (Technology.Hfc, 400, 40), (Technology.Hfc, 1000, 20), (Technology.Fttc, 200, 50), (Technology.Other, 200, 0), (Technology.Other, 400, 0));
        Assert.Equal(new(0.5, 0.3), bounds, Close); // at least all(1000); at most fibre + cable at 200 = 70
    }

    [Fact]
    public void A_rule_that_names_fibre_looks_at_fibre_only() =>
        Assert.Equal(new(0.1, 0.9), Bounds(RuleFibre, (Technology.All, 1000, 80), (Technology.FtthB, 1000, 10), (Technology.Hfc, 1000, 75)), Close);

    [Fact]
    public void Ftth_and_fttb_apart_count_at_least_the_larger_and_at_most_their_sum() =>
        Assert.Equal(new(0.4, 0.3), Bounds(RuleFibre, (Technology.All, 1000, 90), (Technology.Ftth, 1000, 40), (Technology.Fttb, 1000, 30)), Close);

    [Fact]
    public void Nothing_published_proves_nothing() => Assert.Equal(new(0, 0), Bounds(Rule300));

    [Fact]
    public void Contradictory_shares_give_way_on_the_served_side() =>
        Assert.Equal(new(0.5, 0.5), Bounds(Rule300, (Technology.All, 200, 50), (Technology.All, 400, 50), (Technology.FtthB, 400, 80)), Close);

    [Theory]
    [InlineData(Technology.Ftth, 300, 150, Verdict.Served)]
    [InlineData(Technology.Ftth, 299, 150, Verdict.Unserved)]
    [InlineData(Technology.Ftth, 1000, 149, Verdict.Unserved)]
    [InlineData(Technology.Ftth, 1000, null, Verdict.Served)]
    [InlineData(Technology.Fttc, 300, null, Verdict.Unserved)]
    [InlineData(Technology.Fttc, null, null, Verdict.Unserved)]
    [InlineData(Technology.Hfc, 1000, 50, Verdict.Served)]
    [InlineData(Technology.Hfc, 500, 50, Verdict.Unserved)]
    [InlineData(Technology.Hfc, 500, null, Verdict.Unclear)]
    [InlineData(Technology.Fwa, 500, null, Verdict.Unclear)]
    [InlineData(Technology.Mobile, 1000, 500, Verdict.Unserved)]
    [InlineData(null, 300, 150, Verdict.Served)]
    [InlineData(null, null, 150, Verdict.Unclear)]
    public void An_exact_offer_is_compared_with_the_rule(Technology? technology, int? down, int? up, Verdict expected) =>
        Assert.Equal(expected, Rule300.Judge(new(technology, down, up)));

    static readonly Gen<(Technology Technology, int Class, double Percent)[]> AnyShares =
        Gen.Select(Gen.OneOf([.. Technologies.Published]), Gen.OneOf([.. SpeedClass.All]), Gen.Double[0, 100]).Array[0, 40];

    static readonly Gen<ServedRule> AnyRule = Gen.Select(Gen.Select(Gen.Double[5, 1000], Gen.Double[0, 300]).Array[1, 2], Gen.Bool)
        .Select((clauses, flag) => new ServedRule([.. clauses.Select(c => new ServedClause(c.Item1, c.Item2))], flag));

    [Fact]
    public void Bounds_stay_within_nought_and_one_together() => Gen.Select(AnyRule, AnyShares).Sample((rule, shares) =>
    {
        var bounds = Bounds(rule, shares);
        return bounds.Served >= 0 && bounds.Unserved >= 0 && bounds.Served + bounds.Unserved <= 1 + 1e-12;
    });

    [Fact]
    public void Raising_a_share_never_raises_the_unserved_part() =>
        Gen.Select(AnyRule, AnyShares.Where(s => s.Length > 0), Gen.Double[0, 100]).Sample((rule, shares, percent) =>
        {
            var last = shares[^1];
            var before = Bounds(rule, [.. shares[..^1], last with { Percent = Math.Min(percent, last.Percent) }]);
            var after = Bounds(rule, [.. shares[..^1], last with { Percent = Math.Max(percent, last.Percent) }]);
            return after.Unserved <= before.Unserved + 1e-12;
        });

    [Fact]
    public void A_faster_offer_is_never_worse() =>
        Gen.Select(AnyRule, Gen.OneOf(Enum.GetValues<Technology>()), Gen.Double[0, 1200], Gen.Double[0, 600], Gen.Double[0, 500], Gen.Double[0, 500]).Sample((rule, technology, down, up, moreDown, moreUp) =>
            rule.Judge(new(technology, down + moreDown, up + moreUp)) >= rule.Judge(new(technology, down, up)));

    static readonly IEqualityComparer<ShareBounds> Close = EqualityComparer<ShareBounds>.Create(
        (a, b) => Math.Abs(a.Served - b.Served) < 1e-9 && Math.Abs(a.Unserved - b.Unserved) < 1e-9, b => 0);
}
