namespace Breitband.Analyse;

/// <summary>The steps by which one demand's split came about, in the order they are made.</summary>
sealed class ExplainSteps(Analysis analysis, int demand)
{
    readonly County county = analysis.County;
    readonly Demands demands = analysis.Demands;
    readonly List<ExplainStep> steps = [];

    public IReadOnlyList<ExplainStep> All(Analysis.Scratch scratch)
    {
        Demand();
        Decisive(scratch);
        PassedOver(scratch);
        Measures(scratch.Found);
        return steps;
    }

    /// <summary>Evidence and measures alone; of an atlas cell that is asked about, only what it says itself.</summary>
    public IReadOnlyList<ExplainStep> Evidence(Analysis.Scratch scratch, int? atlasCell = null)
    {
        Decisive(scratch, atlasCell);
        PassedOver(scratch, atlasCell);
        Measures(scratch.Found);
        return steps;
    }

    EvidenceSource Source => analysis.Assessments[demand].Source;

    void Decisive(Analysis.Scratch scratch, int? atlasCell = null)
    {
        switch (Source)
        {
            case EvidenceSource.AddressAnswer:
                analysis.Consultation.AnswersOf(demand, scratch.Found);
                Offers(Layer.CoverageAddresses, county.AddressAnswers, scratch.Found);
                break;
            case EvidenceSource.Area:
                analysis.Consultation.AreasOf(demand, scratch.Found);
                Offers(Layer.CoverageAreas, county.Areas, scratch.Found);
                break;
            case EvidenceSource.Cells or EvidenceSource.MunicipalShares:
                Shares(AtlasRows(scratch, atlasCell));
                break;
            default:
                None(scratch.Found);
                break;
        }
    }

    List<(int Row, double Weight)> AtlasRows(Analysis.Scratch scratch, int? atlasCell)
    {
        if (atlasCell is { } only)
            return [(only, 1)];
        analysis.Atlas.Rows(demand, scratch.Rows);
        return scratch.Rows;
    }

    void None(List<int> found)
    {
        if (analysis.Options.Basis == Basis.Atlas || Silent(found) is not { } edition)
            steps.Add(new("none", null, new("kein Beleg", "no evidence"), 1, analysis.Options.Basis == Basis.Mev
                ? new("Die Markterkundung nennt diesen Ort nicht: unklar.", "The market consultation does not name this place: unclear.")
                : new("Der Breitbandatlas hat hier keine Zelle („keine Atlasdaten“): unklar, nie „unter der Aufgreifschwelle“.",
                    "The Breitbandatlas has no cell here (\"no atlas data\"): unclear, never below the threshold.")));
        else
            steps.Add(new("none", null, new("kein Beleg", "no evidence"), 1, new("Die Markterkundung nennt diesen Ort, belegt für ihn aber nichts: unklar.",
                "The market consultation names this place, but proves nothing of it: unclear."))
            { Number = edition });
    }

    /// <summary>The edition of the first answer that names the demand though nothing follows from it; null when none does.</summary>
    int? Silent(List<int> found)
    {
        analysis.Consultation.AnswersOf(demand, found);
        if (found.Count > 0)
            return county.AddressAnswers[found[0]].Edition;
        analysis.Consultation.AreasOf(demand, found);
        return found.Count > 0 ? county.Areas[found[0]].Edition : null;
    }

    /// <summary>Evidence of the basis that decides nothing here: what the deciding one comes before, and answers that prove nothing.</summary>
    void PassedOver(Analysis.Scratch scratch, int? atlasCell = null)
    {
        var (basis, first) = (analysis.Options.Basis, steps.Count);
        if (basis == Basis.Atlas)
            return;
        if (Source != EvidenceSource.AddressAnswer)
        {
            analysis.Consultation.AnswersOf(demand, scratch.Found);
            Offers(Layer.CoverageAddresses, county.AddressAnswers, scratch.Found, decides: false);
            Weigh(first, new("belegt hier nichts", "proves nothing here"));
        }
        var next = steps.Count;
        if (Source != EvidenceSource.Area)
        {
            analysis.Consultation.AreasOf(demand, scratch.Found);
            Offers(Layer.CoverageAreas, county.Areas, scratch.Found, decides: false);
            Weigh(next, Source == EvidenceSource.AddressAnswer ? OverruledBy(Layer.CoverageAddresses) : new("belegt hier nichts", "proves nothing here"));
        }
        next = steps.Count;
        if (basis == Basis.Best && Source is EvidenceSource.AddressAnswer or EvidenceSource.Area)
        {
            Shares(AtlasRows(scratch, atlasCell));
            Weigh(next, OverruledBy(Source == EvidenceSource.Area ? Layer.CoverageAreas : Layer.CoverageAddresses));
        }
    }

    static Phrase OverruledBy(Layer layer) => new($"überstimmt von „{layer.German}“", $"overruled by \"{layer.English}\"");

    /// <summary>Takes the weight of the steps from one on and says why they have none.</summary>
    void Weigh(int from, Phrase why)
    {
        for (var i = from; i < steps.Count; i++)
            steps[i] = steps[i] with
            {
                Weight = 0,
                PassedOver = true,
                Rule = why,
                Text = new($"{steps[i].Text.De} Zählt nicht: {why.De}.", $"{steps[i].Text.En} Does not count: {why.En}."),
            };
    }

    void Demand()
    {
        var households = Split.Count(demands.Households[demand]);
        var (kind, key) = demands.Kind[demand] switch
        {
            DemandKind.Address when demands.Source[demand] >= county.Addresses.Count && demands.Addresses[demand] == 0 =>
                ("point", FormattableString.Invariant($"{demands.X[demand]:0} {demands.Y[demand]:0}")), // asked about, but nobody's demand
            DemandKind.Address => ("addresses", demands.AddressList[demands.Source[demand]].Key),
            DemandKind.PopulationCell => ("population", county.Population[demands.Source[demand]].Key),
            DemandKind.Facility => ("facilities", county.Facilities[demands.Source[demand]].Key),
            _ => ("municipalities", county.Municipalities[demands.Source[demand]].Ags),
        };
        var cell = demands.Kind[demand] == DemandKind.Address
            ? county.Population.Select((c, i) => (c, i)).FirstOrDefault(p => p.c.Inhabitants > 0 && p.c.Geometry.Covers(new NetTopologySuite.Geometries.Point(demands.X[demand], demands.Y[demand]))).c : null;
        var size = county.Municipalities[demands.Municipality[demand]].PersonsPerHousehold;
        var (de, en) = cell is null || households == 0 ? ("", "") : (
            $" Rasterzelle {cell.Key}: {N(cell.Inhabitants, Language.De)} Einwohner ÷ {N(size ?? 0, Language.De)} Personen je Haushalt, gleichmäßig auf ihre Adressen verteilt.",
            $" Grid cell {cell.Key}: {N(cell.Inhabitants, Language.En)} inhabitants ÷ {N(size ?? 0, Language.En)} persons per household, shared equally by its addresses.");
        steps.Add(new($"{kind}:{key}", null, new("Bedarf", "demand"), 1, new(
            $"{Counted(Language.De, "Haushalt", "Haushalte", "Adresse", "Adressen", "Betrieb", "Betriebe")}.{de}",
            $"{Counted(Language.En, "household", "households", "address", "addresses", "business", "businesses")}.{en}")));
    }

    /// <summary>Each count with its noun, which is singular for exactly one.</summary>
    string Counted(Language language, params string[] nouns) => string.Join(", ", new[] { demands.Households[demand], demands.Addresses[demand], demands.Businesses[demand] }
        .Select((units, i) => $"{N(Split.Count(units), language)} {nouns[2 * i + (units == Split.One ? 0 : 1)]}"));

    void Offers(Layer layer, IReadOnlyList<ExactCoverage> coverage, List<int> found, bool decides = true)
    {
        var rule = RuleOf();
        foreach (var i in found)
        {
            var (offer, verdict) = (coverage[i].Offer, rule.Judge(coverage[i].Offer));
            steps.Add(new($"{layer.Name}:{coverage[i].Key}", EditionName(coverage[i].Edition), RuleName(), 1, new(
                $"{coverage[i].Provider ?? "Anbieter ungenannt"}, {offer.Technology?.Label().De ?? "Technik ungenannt"}, {offer.Speed(Language.De)}: {Word(verdict).De}{(coverage[i].Complete ? "" : " (Liste nicht vollständig: belegt nur Versorgung)")}.",
                $"{coverage[i].Provider ?? "provider not named"}, {offer.Technology?.Label().En ?? "technology not named"}, {offer.Speed(Language.En)}: {Word(verdict).En}{(coverage[i].Complete ? "" : " (list not complete: can only prove supply)")}."))
            { Date = DateOf(coverage[i].Edition), Number = coverage[i].Edition });
        }
        if (found.Count > 0 || !decides)
            return;
        foreach (var edition in coverage.Where(c => c.Complete).Select(c => c.Edition).Distinct().Order())
            steps.Add(new(layer.Name, EditionName(edition), RuleName(), 1, new("Kein Angebot an diesem Ort in einer vollständigen Liste: unter der Aufgreifschwelle.",
                "No offer at this place in a complete list: below the threshold."))
            { Date = DateOf(edition), Number = edition });
    }

    void Shares(List<(int Row, double Weight)> rows)
    {
        var cells = analysis.Atlas.UsesCells(demand);
        var published = cells ? county.Cells : county.MunicipalShares;
        foreach (var (row, weight) in rows)
        {
            var bounds = RuleOf().Bounds(published.Shares, row);
            var figures = Figures(published.Shares, row);
            steps.Add(new($"{(cells ? "coverage_cells" : "coverage_municipalities")}:{published.Keys[row]}", EditionName(published.Editions[row]), RuleName(), weight, new(
                $"{(cells ? "Atlaszelle" : "Gemeindewert")} {published.Keys[row]}{Weighted(weight, Language.De)}: {figures.De}. Sicher versorgt {P(bounds.Served, Language.De)}, sicher nicht {P(bounds.Unserved, Language.De)}, unklar {P(bounds.Unclear, Language.De)}.",
                $"{(cells ? "atlas cell" : "municipal figure")} {published.Keys[row]}{Weighted(weight, Language.En)}: {figures.En}. Surely served {P(bounds.Served, Language.En)}, surely not {P(bounds.Unserved, Language.En)}, unclear {P(bounds.Unclear, Language.En)}."))
            { Date = DateOf(published.Editions[row]), Number = published.Editions[row] });
        }
    }

    static string Weighted(double weight, Language language) => weight >= 1 ? ""
        : language == Language.De ? $" (Flächenanteil {P(weight, language)})" : $" (share of area {P(weight, language)})";

    /// <summary>The published shares around the rule's download, as the bounds use them.</summary>
    Phrase Figures(ShareTable shares, int row)
    {
        if (shares.IsEmpty(row))
            return new("keine Angabe (NULL)", "no figure (NULL)");
        var classes = RuleOf().Clauses.SelectMany(c => new[] { SpeedClass.AtOrBelow(c.Down), SpeedClass.AtOrAbove(c.Down) }).Append(SpeedClass.IndexOf(1000)).Where(i => i >= 0).Distinct().Order();
        var parts = (from i in classes
                     from technology in Technologies.Published
                     let share = shares[row, technology, i]
                     where !double.IsNaN(share) && (share > 0 || technology == Technology.All)
                     select (technology, Class: SpeedClass.All[i], share)).ToList();
        return new(string.Join("; ", parts.Select(p => $"{p.technology.Label().De} ≥ {p.Class}: {P(p.share, Language.De)}")),
            string.Join("; ", parts.Select(p => $"{p.technology.Label().En} ≥ {p.Class}: {P(p.share, Language.En)}")));
    }

    void Measures(List<int> found)
    {
        if (demands.Kind[demand] == DemandKind.Municipality)
            return;
        analysis.Reaching(analysis.Planned, demand, found);
        foreach (var i in found)
        {
            var measure = county.Measures[i];
            var reasons = analysis.Planned.Chosen[i] ? analysis.PlannedTest(i, demand).Reasons : [MeasureResult.NotChosen];
            steps.Add(new($"measures:{measure.Key}", null, new("geplant", "planned"), analysis.PlannedBy[demand] == i ? 1 : 0, reasons.Count == 0
                ? new($"{measure.Title}: zählt, Inbetriebnahme {measure.Commissioning:dd.MM.yyyy}.", $"{measure.Title}: counts, commissioning {measure.Commissioning:yyyy-MM-dd}.")
                : new($"{measure.Title}: zählt nicht. {string.Join(" ", reasons.Select(r => r.De))}", $"{measure.Title}: does not count. {string.Join(" ", reasons.Select(r => r.En))}")));
        }
    }

    ServedRule RuleOf() => analysis.RuleOf(demand);

    Phrase RuleName() => analysis.Options.Profile is var rule && demands.Kind[demand] == DemandKind.Facility ? Named(rule.Key, rule.FacilitiesShort) : Named(rule.Key, rule.Short);

    static Phrase Named(string key, Phrase speeds) => new($"{key}: {speeds.De}", $"{key}: {speeds.En}");

    string? EditionName(int number) => county.Editions.FirstOrDefault(e => e.Number == number) is { } e ? $"{e.Dataset} {e.Date:yyyy-MM-dd}" : null;

    DateOnly? DateOf(int number) => county.Editions.FirstOrDefault(e => e.Number == number)?.Date;

    static Phrase Word(Verdict verdict) => verdict switch
    {
        Verdict.Served => new("versorgt", "served"),
        Verdict.Unserved => new("unter der Aufgreifschwelle", "below the threshold"),
        _ => new("unklar", "unclear"),
    };

    static string N(double value, Language language) => ExplainSentence.Number(value, language);

    static string P(double fraction, Language language) => ExplainSentence.Percent(fraction, language);
}
