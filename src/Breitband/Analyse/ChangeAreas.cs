using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>The change layer: cells, areas or municipalities whose evidence says something else than before, matched by their key.</summary>
static class ChangeAreas
{
    /// <summary>Less than this share is the noise of rounded published figures.</summary>
    const double Noise = 1e-6;

    /// <summary>Around a house that a list speaks of, metres: a layer of areas shows it as a plot.</summary>
    const double Plot = 10;

    public static IReadOnlyList<ChangeArea> Of(Analysis now, Analysis then, string layer) => layer switch
    {
        "coverage_cells" => Cells(now, then),
        "coverage_municipalities" => Municipalities(now, then),
        "coverage_areas" => Areas(now, then),
        "coverage_addresses" => Addresses(now, then),
        _ => [],
    };

    static List<ChangeArea> Cells(Analysis now, Analysis then)
    {
        var (households, change) = PerCell(now, then);
        var earlier = Index(then.County.Cells.Keys);
        var found = new List<ChangeArea>();
        for (var cell = 0; cell < now.County.Cells.Keys.Count; cell++)
        {
            var key = now.County.Cells.Keys[cell];
            ShareBounds? before = earlier.TryGetValue(key, out var old) ? then.Atlas.CellBounds(old) : null;
            Add(found, key, AgsOf(now, now.Atlas.CellMunicipality[cell]), before, now.Atlas.CellBounds(cell), households[cell], change[cell], now.County.Cells.Geometries[cell]);
        }
        var still = Index(now.County.Cells.Keys);
        for (var cell = 0; cell < then.County.Cells.Keys.Count; cell++)
            if (!still.ContainsKey(then.County.Cells.Keys[cell]))
                Add(found, then.County.Cells.Keys[cell], AgsOf(then, then.Atlas.CellMunicipality[cell]), then.Atlas.CellBounds(cell), null, 0, 0, then.County.Cells.Geometries[cell]);
        return found;
    }

    static Dictionary<string, int> Index(IReadOnlyList<string> keys) => keys.Select((k, i) => (k, i)).GroupBy(p => p.k).ToDictionary(g => g.Key, g => g.Last().i, StringComparer.Ordinal);

    static string? AgsOf(Analysis analysis, int municipality) => municipality < 0 ? null : analysis.County.Municipalities[municipality].Ags;

    static void Add(List<ChangeArea> found, string key, string? ags, ShareBounds? before, ShareBounds? after, double households, double change, Geometry? geometry)
    {
        var gained = (after?.Served ?? 0) - (before?.Served ?? 0);
        var moved = Math.Abs((after?.Unserved ?? 0) - (before?.Unserved ?? 0)) > Noise;
        ChangeKind? kind = before is null ? ChangeKind.New : after is null ? ChangeKind.Gone : gained > Noise ? ChangeKind.Gained : gained < -Noise ? ChangeKind.Lost : moved ? ChangeKind.Changed : null;
        if (kind is { } what && geometry is not null && ags is not null)
            found.Add(new(key, ags, what, before?.Served, after?.Served, before?.Unserved, after?.Unserved, households, change, geometry));
    }

    /// <summary>Households standing on each cell of today, and how many of them became served (or, negative, ceased to be).</summary>
    static (double[] Households, double[] Change) PerCell(Analysis now, Analysis then)
    {
        var (households, change) = (new double[now.County.Cells.Keys.Count], new double[now.County.Cells.Keys.Count]);
        var rows = new List<(int Row, double Weight)>();
        for (var demand = 0; demand < now.Demands.Count; demand++)
        {
            if (now.Demands.Households[demand] == 0 || !now.Atlas.UsesCells(demand))
                continue;
            now.Atlas.Rows(demand, rows);
            foreach (var (cell, weight) in rows)
            {
                households[cell] += weight * Split.Count(now.Demands.Households[demand]);
                change[cell] += weight * Split.Count(now.HouseholdSplits[demand].Served - then.HouseholdSplits[demand].Served);
            }
        }
        return (households, change);
    }

    static List<ChangeArea> Municipalities(Analysis now, Analysis then)
    {
        var before = Totals.Rows(then).Where(r => r.Level == AreaLevel.Municipality).ToDictionary(r => r.Key, r => r.Households);
        var found = new List<ChangeArea>();
        foreach (var row in Totals.Rows(now).Where(r => r.Level == AreaLevel.Municipality && r.Households.Total > 0))
            Add(found, row.Key, row.Key, Shares(before[row.Key]), Shares(row.Households), Split.Count(row.Households.Total), Split.Count(row.Households.Served - before[row.Key].Served), row.Geometry);
        return found;
    }

    static ShareBounds Shares(Split split) => split.Total == 0 ? default : new((double)split.Served / split.Total, (double)split.Unserved / split.Total);

    /// <summary>Areas by what their offer means under the rule, whatever their shape became.</summary>
    static List<ChangeArea> Areas(Analysis now, Analysis then)
    {
        var rule = ServedRule.ForHouseholds(now.Options.Profile);
        Dictionary<string, ExactCoverage> Of(Analysis a) => a.County.Areas.GroupBy(c => c.Key).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        ShareBounds Judged(ExactCoverage c) => Bounds(rule.Judge(c.Offer));

        var (here, there, found) = (Of(now), Of(then), new List<ChangeArea>());
        foreach (var key in here.Keys.Union(there.Keys).Order(StringComparer.Ordinal))
        {
            var (after, before) = (here.GetValueOrDefault(key), there.GetValueOrDefault(key));
            var geometry = after?.Geometry ?? before?.Geometry;
            var ags = geometry?.InteriorPoint is { } inside ? AgsOf(now, now.County.MunicipalityIndex.First(inside.X, inside.Y)) : null;
            Add(found, key, ags, before is null ? null : Judged(before), after is null ? null : Judged(after), 0, 0, geometry);
        }
        return found;
    }

    static ShareBounds Bounds(Verdict verdict) => verdict switch { Verdict.Served => new(1, 0), Verdict.Unserved => new(0, 1), _ => default };

    /// <summary>Houses by the best offer a list has for them; those it does not name are not in it.</summary>
    static List<ChangeArea> Addresses(Analysis now, Analysis then)
    {
        var (rule, names, found) = (ServedRule.ForHouseholds(now.Options.Profile), new List<int>(), new List<ChangeArea>());
        ShareBounds? Best(Analysis a, int demand)
        {
            a.Consultation.AnswersOf(demand, names);
            return names.Count == 0 ? null : Bounds(names.Max(i => rule.Judge(a.County.AddressAnswers[i].Offer)));
        }

        for (var demand = 0; demand < now.Demands.Count; demand++)
            if (now.Demands.Kind[demand] == DemandKind.Address && (Best(then, demand), Best(now, demand)) is var (before, after) && (before is not null || after is not null))
                Add(found, now.AddressKey(demand)!, AgsOf(now, now.Demands.Municipality[demand]), before, after, Split.Count(now.Demands.Households[demand]),
                    Split.Count(now.HouseholdSplits[demand].Served - then.HouseholdSplits[demand].Served), Ground(now.Demands.X[demand], now.Demands.Y[demand]));
        return found;
    }

    static Geometry Ground(double x, double y) => NetTopologySuite.NtsGeometryServices.Instance.CreateGeometryFactory(Crs.Stored).ToGeometry(new Envelope(x - Plot, x + Plot, y - Plot, y + Plot));
}
