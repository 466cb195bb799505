using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>
/// Explains a grid cell whose demand is that of others: a population cell's addresses, an atlas cell's addresses and the parts of population cells
/// in it; with both, the facilities there.
/// </summary>
sealed class CellExplanation
{
    /// <summary>A demand, or the part of it that lies in the cell.</summary>
    /// <param name="Part">Of a population cell the share of its area, 1 of a place.</param>
    sealed record Member(int Demand, double Part, Split Households, Split Addresses, Split Businesses, UnclearCounts Unclear, IReadOnlyList<ExplainStep> Evidence);

    readonly Analysis analysis;
    readonly FoundPlace cell;
    readonly Geometry ground;
    readonly Analysis.Scratch scratch = new();
    readonly List<Member> members;
    readonly Split households, addresses, businesses;

    CellExplanation(Analysis analysis, FoundPlace cell)
    {
        (this.analysis, this.cell) = (analysis, cell);
        ground = IsAtlas ? analysis.County.Cells.Geometries[cell.AtlasCell]! : analysis.County.Population[cell.Source].Geometry;
        members = [.. (IsAtlas ? OfAtlas() : OfPopulation()).Select(m => Judged(m.Demand, m.Part)).OrderByDescending(m => m.Households.Open).ThenByDescending(m => m.Addresses.Open)];
        households = members.Select(m => m.Households).Aggregate(Split.Zero, Split.Add);
        addresses = members.Select(m => m.Addresses).Aggregate(Split.Zero, Split.Add);
        businesses = members.Select(m => m.Businesses).Aggregate(Split.Zero, Split.Add);
    }

    bool IsAtlas => cell.AtlasCell >= 0;

    public static Explanation Of(Analysis analysis, FoundPlace cell, string query) => new CellExplanation(analysis, cell).Explain(query);

    Explanation Explain(string query)
    {
        var (county, options, run) = (analysis.County, analysis.Options, RunId.Of(analysis.County, analysis.Options));
        var home = IsAtlas ? county.MunicipalityIndex.First(ground.Centroid.X, ground.Centroid.Y) : county.Population[cell.Source].Municipality;
        var ags = home < 0 ? null : county.Municipalities[home].Ags;
        var unclear = members.Select(m => m.Unclear).Aggregate(new UnclearCounts(), UnclearCounts.Add);
        var row = new AreaResult(AreaLevel.Settlement, query, cell.Label.De, ags, households, addresses, businesses, unclear, new Dictionary<string, double>(), null);
        List<ExplainStep> steps = [Demand(), .. Evidence(), .. members.Select(Part)];
        return new(run, query, cell.Label, ags, null, ground.Centroid.X, ground.Centroid.Y, households, addresses, businesses, steps,
            new(Sentence(steps, Language.De), Sentence(steps, Language.En)), GapEngine.Frame(run, county, options, row));
    }

    /// <summary>The addresses that share the cell's households: those in it and in no cell with a lower key.</summary>
    IEnumerable<(int Demand, double Part)> OfPopulation()
    {
        var county = analysis.County;
        int[] near = [.. Enumerable.Range(0, county.Population.Count).Where(i => county.Population[i] is var p && (p.Inhabitants > 0 || i == cell.Source) && p.Geometry.EnvelopeInternal.Intersects(ground.EnvelopeInternal))];
        var index = new PolygonIndex([.. near.Select(i => county.Population[i].Geometry)]);
        return Within(ground.EnvelopeInternal).Where(d => IsPlace(d) && index.First(analysis.Demands.X[d], analysis.Demands.Y[d]) is >= 0 and var first && near[first] == cell.Source).Select(d => (d, 1.0));
    }

    /// <summary>Whoever the engine judges by this cell, on a basis that asks the atlas.</summary>
    IEnumerable<(int Demand, double Part)> OfAtlas()
    {
        var around = ground.EnvelopeInternal.Copy();
        around.ExpandBy(Math.Max(around.Width, around.Height));
        foreach (var demand in Within(around))
        {
            if (!analysis.Atlas.UsesCells(demand))
                continue;
            analysis.Atlas.Rows(demand, scratch.Rows);
            if (scratch.Rows.Find(r => r.Row == cell.AtlasCell) is { Weight: > 0 } part)
                yield return (demand, part.Weight);
        }
    }

    IEnumerable<int> Within(Envelope envelope) => Enumerable.Range(0, analysis.Demands.Count).Where(d => envelope.Contains(analysis.Demands.X[d], analysis.Demands.Y[d]));

    bool IsPlace(int demand) => analysis.Demands.Kind[demand] is DemandKind.Address or DemandKind.Facility;

    Member Judged(int demand, double part)
    {
        analysis.Judge(demand, scratch);
        var (d, assessment, lifted) = (analysis.Demands, analysis.Assessments[demand], analysis.PlannedBy[demand] >= 0);
        if (IsAtlas && assessment.Source == EvidenceSource.Cells && !IsPlace(demand))
            assessment = analysis.Atlas.Assess(demand, [(cell.AtlasCell, 1)]);
        Split Of(long[] units) => assessment.Apply((long)Math.Round(part * units[demand]), lifted);

        var split = Of(d.Households);
        return new(demand, part, split, Of(d.Addresses), Of(d.Businesses), assessment.Reasons(split.Total, split.Unclear),
            new ExplainSteps(analysis, demand).Evidence(scratch, IsAtlas ? cell.AtlasCell : null));
    }

    ExplainStep Demand()
    {
        string Words(Language language)
        {
            var german = language == Language.De;
            var counted = string.Join(", ", Counted(households.Total, german ? "Haushalt" : "household", german ? "Haushalte" : "households", language), Counted(addresses.Total, german ? "Adresse" : "address", german ? "Adressen" : "addresses", language),
                Counted(businesses.Total, german ? "Betrieb" : "business", german ? "Betriebe" : "businesses", language));
            return IsAtlas ? german ? $"In der Zelle liegen {counted}." : $"In the cell lie {counted}." : $"{counted}. {Shared(language)}";
        }

        return new(IsAtlas ? $"{Layer.CoverageCells.Name}:{analysis.County.Cells.Keys[cell.AtlasCell]}" : $"{Layer.Population.Name}:{analysis.County.Population[cell.Source].Key}", null,
            new("Bedarf", "demand"), 1, new(Words(Language.De), Words(Language.En)));
    }

    string Shared(Language language)
    {
        var population = analysis.County.Population[cell.Source];
        var inhabitants = Counted(Split.Units(population.Inhabitants), language == Language.De ? "Einwohner" : "inhabitant", language == Language.De ? "Einwohner" : "inhabitants", language);
        var count = members.Count(m => analysis.Demands.Kind[m.Demand] == DemandKind.Address);
        return (language, population.Inhabitants > 0 && count > 0) switch
        {
            (Language.De, true) => $"{inhabitants}, ihre Haushalte gleichmäßig auf {count} Adresse{(count == 1 ? "" : "n")} verteilt.",
            (_, true) => $"{inhabitants}, their households shared equally by {count} address{(count == 1 ? "" : "es")}.",
            _ => $"{inhabitants}.",
        };
    }

    static string Counted(long units, string one, string many, Language language) => $"{ExplainSentence.Number(Split.Count(units), language)} {(units == Split.One ? one : many)}";

    /// <summary>What the members stand on, each named once, with the share of the cell it decides.</summary>
    IEnumerable<ExplainStep> Evidence()
    {
        if (IsAtlas && members.Count == 0)
            return [];
        var shares = members.SelectMany(m => m.Evidence.Select(step => (step, Share: ShareOf(m) * step.Weight)));
        return from s in shares
               group s by (s.step.Evidence, s.step.Edition, s.step.Text, s.step.PassedOver) into same
               orderby same.Key.Evidence.StartsWith("measures:", StringComparison.Ordinal), same.Key.PassedOver
               select same.First().step with { Weight = Math.Min(1, same.Sum(s => s.Share)) };
    }

    double ShareOf(Member m) => households.Total > 0 ? (double)m.Households.Total / households.Total
        : addresses.Total > 0 ? (double)m.Addresses.Total / addresses.Total : 1.0 / members.Count;

    ExplainStep Part(Member m)
    {
        var (d, county) = (analysis.Demands, analysis.County);
        var (key, name) = d.Kind[m.Demand] switch
        {
            DemandKind.Address => ($"{Layer.Addresses.Name}:{d.AddressList[d.Source[m.Demand]].Key}", NameOf(m.Demand)),
            DemandKind.Facility => ($"{Layer.Facilities.Name}:{county.Facilities[d.Source[m.Demand]].Key}", Same(county.Facilities[d.Source[m.Demand]].Name)),
            _ => ($"{Layer.Population.Name}:{county.Population[d.Source[m.Demand]].Key}", PartOf(m)),
        };
        return new(key, null, new("Summe der Teile", "sum of parts"), ShareOf(m), new($"{name.De}: {Said(m, Language.De)}.", $"{name.En}: {Said(m, Language.En)}."));
    }

    Phrase NameOf(int demand) => analysis.Demands.AddressList[analysis.Demands.Source[demand]] is { Text.Label.Length: > 0 } address ? Same(address.Text.Label)
        : new($"Adresse {analysis.Demands.AddressList[analysis.Demands.Source[demand]].Key}", $"address {analysis.Demands.AddressList[analysis.Demands.Source[demand]].Key}");

    Phrase PartOf(Member m)
    {
        var key = analysis.County.Population[analysis.Demands.Source[m.Demand]].Key;
        return new($"{ExplainSentence.Percent(m.Part, Language.De)} der Rasterzelle {key}", $"{ExplainSentence.Percent(m.Part, Language.En)} of grid cell {key}");
    }

    /// <summary>By households; where there are none, by what else is there.</summary>
    static string Said(Member m, Language language) => m switch
    {
        { Households.Total: > 0 } => ExplainSentence.Counts(m.Households, language),
        { Addresses.Total: > 0 } => State(m.Addresses, language),
        _ => State(m.Businesses, language),
    };

    static string State(Split split, Language language)
    {
        (long Units, Phrase Word)[] parts = [(split.Unserved, new("unter der Aufgreifschwelle", "below the threshold")), (split.Unclear, new("unklar", "unclear")), (split.Planned, new("geplant", "planned")), (split.Served, new("versorgt", "served"))];
        return parts.MaxBy(p => p.Units).Word.In(language);
    }

    static Phrase Same(string text) => new(text, text);

    string Sentence(List<ExplainStep> steps, Language language)
    {
        var (german, options) = (language == Language.De, analysis.Options);
        if (members.Count == 0)
            return german ? $"{cell.Label.De}: Dort sind weder Haushalte noch Adressen bekannt. Kein Förderanspruch; ersetzt kein Markterkundungsverfahren."
                : $"{cell.Label.En}: No households or addresses are known there. No claim to funding; does not replace a market consultation.";
        var of = steps.Where(s => s is { PassedOver: false, Date: not null }).Select(s => s.Date!.Value).DefaultIfEmpty().Max() is var date && date != default ? (german ? $", Stand {Formats.Date(date, language)}" : $", {Formats.Date(date, language)}") : "";
        var count = Counted(addresses.Total, german ? "Adresse" : "address", german ? "Adressen" : "addresses", language);
        var works = ExplainSentence.Works(analysis, Telling(), language);
        return german ? $"{cell.Label.De} mit {count}: {ExplainSentence.Counts(households, language)} (Aufgreifschwelle {options.Profile.Short.De}, {options.Basis.Label().De}{of}). {works} Kein Förderanspruch; ersetzt kein Markterkundungsverfahren."
            : $"{cell.Label.En} with {count}: {ExplainSentence.Counts(households, language)} (rule {options.Profile.Short.En}, {options.Basis.Label().En}{of}). {works} No claim to funding; does not replace a market consultation.";
    }

    /// <summary>The member whose measure tells most: one that is lifted, else one that a measure reaches.</summary>
    int Telling() => (members.Find(m => analysis.PlannedBy[m.Demand] >= 0) ?? members.Find(m => m.Evidence.Any(s => s.Evidence.StartsWith("measures:", StringComparison.Ordinal))) ?? members[0]).Demand;
}
