using Breitband.Analyse;
using Breitband.Export;

namespace Breitband.Service.Text;

/// <summary>What is known of a municipality besides the result, for those who ask for figures per municipality.</summary>
sealed record MunicipalFacts(string? AmtKey, string? Amt, long? Inhabitants)
{
    /// <summary>Amt and inhabitants by AGS; of several datasets the later date wins.</summary>
    public static Dictionary<string, MunicipalFacts> Of(Breitband.Store.Store store)
    {
        var facts = new Dictionary<string, MunicipalFacts>(StringComparer.Ordinal);
        foreach (var edition in store.LiveEditions(Layer.Municipalities).OrderBy(e => e.Date))
        {
            var columns = store.Columns(edition).Select((c, i) => (c.Name, i)).ToDictionary(p => p.Name, p => p.i);
            object? Value(Row row, string field) => columns.TryGetValue(field, out var i) ? row.Values[i] : null;

            foreach (var row in store.Read(edition))
                if ((Value(row, "ags") ?? Value(row, "key")) is string ags)
                {
                    var known = facts.GetValueOrDefault(ags);
                    facts[ags] = new(Value(row, "amt") as string ?? known?.AmtKey, Value(row, "amt_name") as string ?? known?.Amt, Value(row, "inhabitants") as long? ?? known?.Inhabitants);
                }
        }
        return Carried(facts);
    }

    /// <summary>A municipality that is part of another today is counted there, where that has no figure of its own.</summary>
    static Dictionary<string, MunicipalFacts> Carried(Dictionary<string, MunicipalFacts> facts)
    {
        foreach (var group in facts.Keys.Where(k => Successors.Default.Of(k) is { } today && facts.ContainsKey(today)).GroupBy(k => Successors.Default.Of(k)!).ToList())
        {
            var parts = group.Select(k => facts[k].Inhabitants).ToList();
            facts[group.Key] = facts[group.Key] with { Inhabitants = facts[group.Key].Inhabitants ?? (parts.TrueForAll(p => p is not null) ? parts.Sum() : null) };
            foreach (var former in group)
                facts.Remove(former);
        }
        return facts;
    }
}

/// <summary>What a table of figures says besides the result: inhabitants, mobile coverage, the change since the edition before.</summary>
sealed record StatsFacts(IReadOnlyDictionary<string, MunicipalFacts> Municipalities, MobileCoverage? Mobile, Comparison? Change, Phrase WhyNoChange)
{
    public static StatsFacts Of(Breitband.Store.Store store, GapResult result, AnalysisOptions options, Disclosure allowed = Disclosure.Confidential)
    {
        var municipalities = MunicipalFacts.Of(store);
        var (change, why) = result.Comparison is { } recorded && recorded.Needed <= allowed ? (recorded, default) : EditionComparison.WithPrevious(store, options, allowed);
        return new(municipalities, MobileCoverage.Of(store, result.Rows, ags => municipalities.GetValueOrDefault(ags)?.AmtKey), change, why);
    }

    /// <summary>Whether the edition compared with describes a later day than the live one: then the figures of the table are those of before.</summary>
    public bool IsAhead(GapResult result)
    {
        bool Live(EditionStamp stamp) => result.Editions.Any(e => (e.Dataset, e.Date) == (stamp.Dataset, stamp.Date));

        return Change is { } c && Live(c.Before) && !Live(c.After);
    }

    public FundingByPlace Funding(GapResult result) => FundingByPlace.Of(result, ags => Municipalities.GetValueOrDefault(ags)?.AmtKey);

    /// <summary>The Amt a row lies in or is; null for the county and for municipalities of none.</summary>
    public MunicipalFacts? AmtOf(AreaResult row) => row.Level == AreaLevel.Amt ? Municipalities.Values.FirstOrDefault(f => f.AmtKey == row.Key)
        : row.Ags is { } ags && Municipalities.GetValueOrDefault(ags) is { AmtKey: not null } facts ? facts : null;

    /// <summary>Null where one of the municipalities has none.</summary>
    public long? Inhabitants(AreaResult row)
    {
        var members = row.Level switch
        {
            AreaLevel.County => Municipalities.Values,
            AreaLevel.Amt => Municipalities.Values.Where(f => f.AmtKey == row.Key),
            AreaLevel.Municipality => Municipalities.TryGetValue(row.Key, out var one) ? [one] : [],
            _ => [],
        };
        return members.Any() && members.All(f => f.Inhabitants is not null) ? members.Sum(f => f.Inhabitants) : null;
    }
}

/// <summary>The figures as a table for spreadsheets: absolute and in percent, weighted by households.</summary>
sealed class StatsTable(GapResult result, IReadOnlyList<AreaResult> rows, StatsFacts facts, Language language)
{
    readonly List<(WorkbookColumn Column, Func<AreaResult, object?> Cell)> columns = [];

    string Say(string de, string en) => new Phrase(de, en).In(language);

    public static (IReadOnlyList<WorkbookColumn> Columns, IReadOnlyList<object?[]> Rows) Of(GapResult result, IReadOnlyList<AreaResult> rows, StatsFacts facts, Language language) =>
        new StatsTable(result, rows, facts, language).Make();

    (IReadOnlyList<WorkbookColumn> Columns, IReadOnlyList<object?[]> Rows) Make()
    {
        Names();
        Counts(Say("Haushalte", "households"), r => r.Households);
        Percents();
        Counts(Say("Adressen", "addresses"), r => r.Addresses);
        Counts(Say("Betriebe und Einrichtungen", "businesses and facilities"), r => r.Businesses);
        PlannedAndFacilities();
        Spots();
        Shares();
        Funding();
        Mobile();
        Change();
        Origin();
        return ([.. columns.Select(c => c.Column)], [.. rows.Select(r => columns.Select(c => c.Cell(r)).ToArray())]);
    }

    void Add(string heading, CellFormat format, Func<AreaResult, object?> cell, double width = 13) => columns.Add((new(heading, format, width), cell));

    void Names()
    {
        Add(Say("Ebene", "level"), CellFormat.Text, r => r.Level.ToString().ToLowerInvariant());
        Add(Say("Schlüssel", "key"), CellFormat.Text, r => r.Key);
        Add("Name", CellFormat.Text, r => r.Name, 32);
        Add("Amt", CellFormat.Text, r => facts.AmtOf(r)?.Amt, 18);
        Add(Say("Einwohner", "inhabitants"), CellFormat.Whole, r => facts.Inhabitants(r));
    }

    /// <summary>Planned households by what their measure has come to, and of schools, hospitals, business parks how many of how many are supplied.</summary>
    void PlannedAndFacilities()
    {
        var all = result.Rows;
        foreach (var state in MeasureState.All.Where(s => all.Any(r => r.PlannedBy.ContainsKey(s.Code))))
            Add(Say($"geplant, Stand „{state.Label.De}“ (HH)", $"planned, state \"{state.Label.En}\" (hh)"), CellFormat.Decimal, r => Count(r.PlannedBy.GetValueOrDefault(state.Code)), 18);
        foreach (var kind in all.SelectMany(r => r.Facilities.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            var name = kind.Length > 0 ? kind : Say("Einrichtung", "facility");
            Add(name + Say(": versorgt", ": served"), CellFormat.Decimal, r => Count(r.Facilities.GetValueOrDefault(kind).Served));
            Add(name + Say(": von", ": of"), CellFormat.Whole, r => Count(r.Facilities.GetValueOrDefault(kind).Total));
        }
    }

    /// <summary>Mobile networks are a theme of their own: shares of the ground, never part of a gap.</summary>
    void Mobile()
    {
        if (facts.Mobile is not { } mobile)
            return;
        Add(Say("4G (% der Fläche)", "4G (% of the ground)"), CellFormat.Percent, r => mobile.Of(r)?.FourG);
        Add(Say("5G (% der Fläche)", "5G (% of the ground)"), CellFormat.Percent, r => mobile.Of(r)?.FiveG);
        Add(Say("Datenstand Mobilfunk", "date of mobile coverage"), CellFormat.Date, _ => mobile.Date);
    }

    /// <summary>Since the edition before.</summary>
    void Change()
    {
        if (facts.Change is not { } change)
            return;
        var ahead = facts.IsAhead(result);
        Add(ahead ? Say("späterer Stand vom", "later edition of") : Say("Vorstand vom", "previous edition of"), CellFormat.Date, r => change.Row(r.Level, r.Key) is null ? null : ahead ? change.After.Date : change.Before.Date);
        Add(ahead ? Say("versorgt im späteren Stand (% HH)", "served later (% hh)") : Say("versorgt im Vorstand (% HH)", "served then (% hh)"), CellFormat.Percent,
            r => change.Row(r.Level, r.Key) is { } c && (ahead ? c.After : c.Before) is var other ? other.Percent(other.Served) : null);
        Add(Say("Veränderung versorgt (Prozentpunkte)", "change of served (points)"), CellFormat.Decimal, r => change.Row(r.Level, r.Key) is { } c ? c.After.Percent(c.After.Served) - c.Before.Percent(c.Before.Served) : null);
        Add(Say("Veränderung der Lücke (HH)", "change of the gap (hh)"), CellFormat.Decimal, r => change.Row(r.Level, r.Key) is { } c ? Split.Count(c.After.Open - c.Before.Open) : null);
        Add(Say("hinzugewonnen (HH)", "gained (hh)"), CellFormat.Decimal, r => change.Row(r.Level, r.Key) is { } c ? Count(c.Gained) : null);
        Add(Say("verloren (HH)", "lost (hh)"), CellFormat.Decimal, r => change.Row(r.Level, r.Key) is { } c ? Count(c.Lost) : null);
        Add(Say("verändert (HH)", "changed (hh)"), CellFormat.Decimal, r => change.Row(r.Level, r.Key) is { } c ? Count(c.Changed) : null);
        foreach (var share in OrderedShares(change.Rows.SelectMany(r => r.SharesBefore.Keys)))
            Add($"{Layer.CoverageCells.Find(share)?.Label.In(language) ?? share}, {Formats.Date(change.Before.Date, language)}", CellFormat.Percent,
                r => change.Row(r.Level, r.Key) is { } c && c.SharesBefore.TryGetValue(share, out var before) ? before : null);
        if (change.Break is { } method)
            Add(Say("Hinweis zum Vergleich", "note on the comparison"), CellFormat.Text, r => change.Row(r.Level, r.Key) is null ? null : method.In(language), 40);
    }

    void Counts(string what, Func<AreaResult, Split> of)
    {
        Add(what, CellFormat.Decimal, r => Count(of(r).Total));
        Add(what + Say(" versorgt", " served"), CellFormat.Decimal, r => Count(of(r).Served));
        Add(what + Say(" unklar", " unclear"), CellFormat.Decimal, r => Count(of(r).Unclear));
        Add(what + Say(" geplant", " planned"), CellFormat.Decimal, r => Count(of(r).Planned));
        Add(what + Say(" unter der Aufgreifschwelle", " below the threshold"), CellFormat.Decimal, r => Count(of(r).Unserved));
    }

    void Percents()
    {
        Add(Say("versorgt (% HH)", "served (% hh)"), CellFormat.Percent, r => r.Households.Percent(r.Households.Served));
        Add(Say("unklar (% HH)", "unclear (% hh)"), CellFormat.Percent, r => r.Households.Percent(r.Households.Unclear));
        Add(Say("geplant (% HH)", "planned (% hh)"), CellFormat.Percent, r => r.Households.Percent(r.Households.Planned));
        Add(Say("unter der Aufgreifschwelle (% HH)", "below the threshold (% hh)"), CellFormat.Percent, r => r.Households.Percent(r.Households.Unserved));
        Add(Say("verbleibende Lücke: unklar oder unter der Schwelle (HH)", "remaining gap: unclear or below (hh)"), CellFormat.Decimal, r => Count(r.Households.Open), 18);
        Add(Say("davon ohne jeden Beleg (HH)", "of these without any evidence (hh)"), CellFormat.Decimal, r => Count(r.Unclear.WithoutEvidence));
    }

    /// <summary>White and grey spots as the funding rules name them: what is not served, by the line there is; measures are not counted.</summary>
    void Spots()
    {
        (Phrase Name, Func<ClassCounts, long> Of)[] kinds =
        [
            (new("weiße Flecken, unter 30 Mbit/s", "white spots, below 30 Mbit/s"), c => c.White), (new("hellgraue Flecken, 30 bis unter 100 Mbit/s", "light grey spots, 30 to below 100 Mbit/s"), c => c.LightGrey),
            (new("dunkelgraue Flecken, ab 100 Mbit/s bis zur Schwelle", "dark grey spots, from 100 Mbit/s to the threshold"), c => c.DarkGrey), (new("Flecken ohne bekannte Geschwindigkeit", "spots of unknown speed"), c => c.Unknown),
        ];
        foreach (var (name, of) in kinds)
        {
            Add($"{name.In(language)} {Say("(HH)", "(hh)")}", CellFormat.Decimal, r => r.Spots is { } s ? Count(of(s.Households)) : null);
            Add($"{name.In(language)} {Say("(% HH)", "(% hh)")}", CellFormat.Percent, r => r.Spots is { } s ? r.Households.Percent(of(s.Households)) : null);
            Add($"{name.In(language)} {Say("(Adressen)", "(addresses)")}", CellFormat.Decimal, r => r.Spots is { } s ? Count(of(s.Addresses)) : null);
        }
    }

    /// <summary>Public money from the register, where it knows of any.</summary>
    void Funding()
    {
        var funding = facts.Funding(result);
        if (rows.All(r => funding.Of(r) is null))
            return;
        void Euro(Phrase name, Func<PlaceFunding, double> of) => Add(name.In(language), CellFormat.Decimal, r => funding.Of(r) is { } f ? Math.Round(of(f), 2) : null, 16);

        Euro(new("Förderung beantragt, Bund und Land (Euro)", "funding applied for, Bund and Land (euro)"), f => f.Applied);
        Euro(new("Förderung bewilligt, Bund und Land (Euro)", "funding granted, Bund and Land (euro)"), f => f.Granted);
        Euro(new("Eigenanteil des Kreises (Euro)", "own share of the county (euro)"), f => f.Own);
        Euro(new("Kosten der geförderten Maßnahmen (Euro)", "costs of the funded measures (euro)"), f => f.Cost);
    }

    void Shares()
    {
        foreach (var share in OrderedShares(rows.SelectMany(r => r.Shares.Keys)))
        {
            var label = Layer.CoverageCells.Find(share)?.Label.In(language) ?? share;
            Add(label, CellFormat.Percent, r => Share(r, share));
            Add(label.Replace("% ", "", StringComparison.Ordinal), CellFormat.Decimal, r => Absolute(r, Share(r, share)));
        }
    }

    static IEnumerable<string> OrderedShares(IEnumerable<string> shares)
    {
        var order = Layer.CoverageCells.Fields.Select((f, i) => (f.Name, i)).ToDictionary(p => p.Name, p => p.i);
        return shares.Distinct().OrderBy(s => order.GetValueOrDefault(s, int.MaxValue)).ThenBy(s => s, StringComparer.Ordinal);
    }

    void Origin()
    {
        var coverage = result.Editions.Where(e => e.Dataset.StartsWith("coverage_", StringComparison.Ordinal)).Select(e => (DateOnly?)e.Date).Max();
        Add(Say("Datenstand Versorgung", "date of coverage"), CellFormat.Date, _ => coverage);
        Add(Say("Lauf", "run"), CellFormat.Text, _ => result.Run);
        Add(Say("Aufgreifschwelle", "profile"), CellFormat.Text, _ => result.Profile.Key);
        Add(Say("Grundlage", "basis"), CellFormat.Text, _ => result.Basis.Code());
    }

    static double? Share(AreaResult row, string field) => row.Shares.TryGetValue(field, out var share) ? share : null;

    static object? Absolute(AreaResult row, double? percent) => percent is { } p ? Math.Max(0, Split.Count(row.Households.Total) * p / 100) : null;

    static object Count(long units) => Split.Count(units);
}

/// <summary>Statistics as a workbook: the figures, the build-out clusters, and on a last sheet what they stand on.</summary>
static class StatsWorkbook
{
    /// <param name="rows">Without any the clusters stand alone.</param>
    /// <param name="places">Whether the reader may see single places: only then are there clusters.</param>
    public static byte[] Of(GapResult result, IReadOnlyList<AreaResult> rows, StatsFacts facts, Language language, bool places)
    {
        var (columns, cells) = StatsTable.Of(result, rows, facts, language);
        string Say(string de, string en) => new Phrase(de, en).In(language);

        List<object?[]> about =
        [
            [Say("Aufgreifschwelle", "profile"), $"{result.Profile.Title.In(language)} ({result.Profile.Key}{(result.Profile.Confirmed ? "" : Say(", nicht bestätigt", ", unconfirmed"))})"],
            [Say("Rechtsgrundlage", "legal source"), $"{result.Profile.Passage} · {result.Profile.Source}"],
            [Say("Grundlage", "basis"), result.Basis.Label().In(language)],
            [Say("Stichtag der Maßnahmen", "measures judged on"), Formats.Date(result.AsOf, language)],
            [Say("Lauf", "run"), result.Run],
            [Say("Bezugsgröße", "denominator"), Say("Haushalte; Anteile der Klassen in % der Haushalte mit Beleg, absolute Klassenwerte daraus hochgerechnet", "households; class shares in % of households with evidence, absolute class values projected from them")],
            .. result.Synthetic ? new object?[][] { [Say("Achtung", "caution"), Say("Demonstrationsdaten", "demonstration data")] } : [],
            [facts.IsAhead(result) ? Say("späterer Stand", "later edition") : Say("Vorstand", "edition before"),
                facts.Change is { } c && (facts.IsAhead(result) ? c.After : c.Before) is var other ? $"{other.Dataset}, {Formats.Date(other.Date, language)}{(c.Break is { } method ? $". {method.In(language)}" : "")}" : facts.WhyNoChange.In(language)],
            .. result.Notes.Select(n => (object?[])[Say("Hinweis", "note"), n.In(language)]),
            .. result.Editions.Select(e => (object?[])[Say("Datenstand", "edition"), $"{e.Dataset}, {Formats.Date(e.Date, language)}: {e.Licence.Attribution} ({e.Licence.Id})"]),
            [Say("Bitte beachten", "please note"), Say("Kein Förderanspruch, ersetzt kein Markterkundungsverfahren.", "No claim to funding, does not replace a market consultation.")],
        ];
        return Workbook.Write([.. rows.Count > 0 ? new WorkbookSheet[] { new(Say("Zahlen", "Figures"), columns, cells) } : [], .. places ? new[] { Clusters(result, language) } : [], new(Say("Angaben", "About"), [new(Say("Angabe", "item"), CellFormat.Text, 26), new(Say("Inhalt", "content"), CellFormat.Text, 110)], about)]);
    }

    static WorkbookSheet Clusters(GapResult result, Language language)
    {
        WorkbookColumn Column(string de, string en, CellFormat format, double width = 13) => new(new Phrase(de, en).In(language), format, width);

        return new(new Phrase("Ausbaucluster", "Clusters").In(language),
            [
                Column("Schlüssel", "key", CellFormat.Text), Column("AGS", "ags", CellFormat.Text), Column("Ort", "place", CellFormat.Text, 40), Column("Haushalte", "households", CellFormat.Decimal),
                Column("Adressen", "addresses", CellFormat.Decimal), Column("Betriebe", "businesses", CellFormat.Decimal), Column("Fläche (m²)", "area (m²)", CellFormat.Whole), Column("Netz (m)", "network (m)", CellFormat.Whole),
                Column("bis Versorgung (m)", "to supply (m)", CellFormat.Whole),
            ],
            [
                .. result.Clusters.Select(c => (object?[])[c.Key, c.Ags, c.Label.In(language), Split.Count(c.Households), Split.Count(c.Addresses), Split.Count(c.Businesses), (long)Math.Round(c.AreaM2),
                    (long)Math.Round(c.Spread), c.Nearest is { } metres ? (long)Math.Round(metres) : null]),
            ]);
    }
}
