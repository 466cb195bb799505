using System.Globalization;
using System.Text.Json.Nodes;
using Breitband.Analyse;
using Breitband.Tiles;

namespace Breitband.Service.Text;

/// <summary>Results for machines; the shapes are documented in docs/handbuch.md and kept stable.</summary>
static class ResultJson
{
    public static string Stats(GapResult result, IEnumerable<AreaResult> rows) => Json.Write(new
    {
        result.Run,
        Profile = result.Profile.Key,
        Basis = result.Basis.Code(),
        Editions = Editions(result),
        Rows = rows.Select(Row),
    });

    /// <summary>With what a table says besides the result: inhabitants, mobile networks, the change since the edition before.</summary>
    public static string Stats(GapResult result, IReadOnlyList<AreaResult> rows, StatsFacts facts, Language language)
    {
        var all = JsonNode.Parse(Stats(result, rows))!.AsObject();
        all["mobile_date"] = facts.Mobile?.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        all["previous"] = facts.Change is { } c ? Node(new { c.Before.Dataset, c.Before.Date, MethodBreak = c.Break?.In(language) }) : Node(new { Why = facts.WhyNoChange.In(language) });
        var funding = facts.Funding(result);
        foreach (var (row, said) in rows.Zip(all["rows"]!.AsArray()))
        {
            if (facts.Inhabitants(row) is { } inhabitants)
                said!["inhabitants"] = inhabitants;
            if (facts.Mobile?.Of(row) is { } mobile)
                said!["mobile"] = Node(new { FourG = Math.Round(mobile.FourG, 4), FiveG = Math.Round(mobile.FiveG, 4) });
            if (facts.Change?.Row(row.Level, row.Key) is { } change)
                said!["change"] = Node(new { Before = Split(change.Before), Gained = Count(change.Gained), Lost = Count(change.Lost), Changed = Count(change.Changed), SharesBefore = Shares(change.SharesBefore) });
            if (facts.AmtOf(row) is { } amt)
                said!["amt"] = Node(new { Key = amt.AmtKey, Name = amt.Amt });
            if (funding.Of(row) is { } money)
                said!["funding"] = Node(money);
        }
        return Json.Write(all);

        static JsonNode Node(object value) => JsonNode.Parse(Json.Write(value))!;
    }

    public static string Analysis(GapResult result, Language language) => Json.Write(new
    {
        result.Run,
        Profile = result.Profile.Key,
        Basis = result.Basis.Code(),
        AsOf = result.AsOf,
        result.Synthetic,
        Editions = Editions(result),
        Rows = result.Rows.Where(r => r.Level is AreaLevel.County or AreaLevel.Amt or AreaLevel.Municipality).Select(Row),
        GapAreas = new { result.GapTotal.Count, AreaKm2 = Math.Round(result.GapTotal.AreaM2 / 1e6, 3) },
        Clusters = result.Clusters.Take(20).Select(c => ClusterText.Entry(c, language)),
        Overdue = result.Overdue.Select(m => m.Key),
        Ranking = result.Ranking.Take(20).Select(Row),
        Measures = result.Measures.Select(m => Measure(m, language)),
        Comparison = result.Comparison is { } c ? Compared(c, language) : null,
        Notes = result.Notes.Select(n => n.In(language)),
    });

    /// <param name="answer">Null where nobody asked for figures.</param>
    /// <param name="places">Whether the settlements' households are told, too.</param>
    /// <param name="gaps">What its map has otherwise, where that was asked for.</param>
    public static string WhatIf(WhatIfAnswer? answer, AnalysisOptions options, Language language, bool places, GapChanges? gaps)
    {
        var told = new
        {
            Profile = options.Profile.Key,
            Basis = options.Basis.Code(),
            options.AsOf,
            Rows = answer?.Rows.Where(r => r.Level is AreaLevel.County or AreaLevel.Amt or AreaLevel.Municipality).Select(r => Row(r, published: false)),
            Measures = answer?.Measures.Select(m => Measure(m, language)),
            Places = places ? answer?.Rows.Where(r => r.Level is AreaLevel.Settlement).Select(r => new { r.Key, Households = Split(r.Households) }) : null,
            Gaps = gaps is null ? null : new { gaps.Hidden, Shown = new { Type = "FeatureCollection", Features = gaps.Shown.Select(Feature) } },
        };
        return Json.WriteCompact(told); // who tries measures waits for it
    }

    static object Feature(ShownGap gap) => new { Type = "Feature", Geometry = ShapeJson.Of(gap.Geometry), Properties = new { gap.Key, gap.Share, gap.Households, gap.Size } };

    public static object Measure(MeasureResult m, Language language) => new
    {
        m.Key,
        m.Title,
        State = m.State.Code,
        Counts = m.Households > 0 || m.Reasons.Count == 0,
        m.Chosen,
        Reasons = m.Reasons.Select(r => r.In(language)),
        Households = Count(m.Households),
        Addresses = Count(m.Addresses),
        Businesses = Count(m.Businesses),
        Reach = Count(m.Reach),
        m.Cost,
        m.CostPerHousehold,
        Classes = m.Detail is { } d ? new { Households = Classes(d.Classes), Addresses = Classes(d.AddressClasses), Businesses = Classes(d.BusinessClasses) } : null,
        m.Detail?.Funding,
        Overlaps = m.Detail?.Overlaps.Select(o => new { o.Key, Households = Count(o.Households) }),
        Remains = m.Detail is { } left ? Count(left.Remains) : (decimal?)null,
    };

    static object Classes(ClassCounts c) => new { White = Count(c.White), LightGrey = Count(c.LightGrey), DarkGrey = Count(c.DarkGrey), Unknown = Count(c.Unknown) };

    static Dictionary<string, double> Shares(IReadOnlyDictionary<string, double> shares) => shares.ToDictionary(s => s.Key, s => Math.Round(s.Value, 4));

    public static string Explain(Explanation e, Language language) => Json.Write(new
    {
        e.Run,
        e.Query,
        Place = e.Place.In(language),
        e.Ags,
        e.Settlement,
        X = double.IsNaN(e.X) ? (double?)null : e.X,
        Y = double.IsNaN(e.Y) ? (double?)null : e.Y,
        Households = Split(e.Households),
        Addresses = Split(e.Addresses),
        Businesses = Split(e.Businesses),
        Steps = e.Steps.Select(s => new { s.Evidence, s.Edition, Rule = s.Rule.In(language), s.Weight, Text = s.Text.In(language) }),
        Sentence = e.Sentence.In(language),
    });

    public static string Probe(ProbeReport report, Language language) => Json.Write(new
    {
        report.Run,
        report.Published,
        LargestMunicipal = Math.Round(report.LargestMunicipal, 4),
        LargestCounty = report.LargestCounty is { } l ? Math.Round(l, 4) : (double?)null,
        Rows = report.Rows.Select(r => new { r.Key, r.Name, r.Share, Ours = Math.Round(r.Ours, 4), r.Published, Difference = Math.Round(r.Difference, 4), Why = r.Why?.In(language) }),
        Notes = report.Notes.Select(n => n.In(language)),
    });

    public static string Comparison(Comparison comparison, Language language) => Json.Write(Compared(comparison, language));

    static object Compared(Comparison c, Language language) => new
    {
        c.Before.Dataset,
        Before = new { c.Before.Number, c.Before.Date },
        After = new { c.After.Number, c.After.Date },
        MethodBreak = c.Break?.In(language),
        Notes = c.Notes.Count == 0 ? null : c.Notes.Select(n => n.In(language)),
        Rows = c.Sums.Select(r => new { Level = r.Level.ToString().ToLowerInvariant(), r.Key, r.Name, Before = Split(r.Before), After = Split(r.After), Gained = Count(r.Gained), Lost = Count(r.Lost), Changed = Count(r.Changed) }),
        Changes = c.Areas.GroupBy(a => a.Kind).ToDictionary(g => g.Key.Code(), g => g.Count()),
    };

    static object Row(AreaResult row) => Row(row, published: true);

    /// <param name="published">Whether the published shares are told, too; no measure changes them, and they are most of a row.</param>
    static object Row(AreaResult row, bool published) => new
    {
        Level = row.Level.ToString().ToLowerInvariant(),
        row.Key,
        row.Name,
        row.Ags,
        Households = Split(row.Households),
        Addresses = Split(row.Addresses),
        Businesses = Split(row.Businesses),
        UnclearHouseholds = new { Bracket = Count(row.Unclear.Bracket), NoAtlasData = Count(row.Unclear.NoAtlasData), NoAnswer = Count(row.Unclear.NoAnswer), NoFigure = Count(row.Unclear.NoFigure) },
        Shares = published ? Shares(row.Shares) : null,
        ClassHouseholds = !published ? null : row.Shares.ToDictionary(s => s.Key, s => Math.Round(Breitband.Split.Count(row.Households.Total) * s.Value / 100, 4)),
        Spots = row.Spots is { } spots ? new { Households = Classes(spots.Households), Addresses = Classes(spots.Addresses) } : null,
        PlannedBy = row.PlannedBy.Count == 0 ? null : row.PlannedBy.ToDictionary(p => p.Key, p => Count(p.Value)),
        Facilities = row.Facilities.Count == 0 ? null : row.Facilities.ToDictionary(f => f.Key, f => Split(f.Value)),
    };

    static object Split(Breitband.Split split) => new
    {
        Total = Count(split.Total),
        Served = Count(split.Served),
        Unclear = Count(split.Unclear),
        Planned = Count(split.Planned),
        Unserved = Count(split.Unserved),
    };

    /// <summary>Exact to 1e-9 as a decimal number, so that parts read back still add up.</summary>
    static decimal Count(long units) => units / (decimal)Breitband.Split.One;

    static IEnumerable<object> Editions(GapResult result) => result.Editions.Select(e => new { e.Dataset, e.Date, e.File });
}
