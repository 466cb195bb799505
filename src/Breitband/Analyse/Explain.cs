namespace Breitband.Analyse;

/// <summary>The verb <c>explain</c>.</summary>
public static class Explain
{
    /// <param name="place">An address („Dorfstraße 3, Görzke“), a coordinate „x,y“ (EPSG:25833 or lon,lat), or a key of any layer.</param>
    /// <remarks>Reads no more of the store than the answer needs: somebody waits on the telephone.</remarks>
    public static Explanation Run(Store.Store store, AnalysisOptions options, string place)
    {
        var outline = CountyReader.Outline(store, options.Editions);
        if (GridKey.Middle(place) is var (east, north) && outline.MunicipalityIndex.First(east, north) >= 0)
            return Run(Near(store, options, outline, Neighbourhood.OfCell(outline, east, north)), options, place);
        outline = Addressed(store, options.Editions, outline, place);
        if (PlaceFinder.TryFind(outline, place, addresses: place.Trim().AsSpan().IndexOfAny(' ', ',', '.') >= 0) is not { } asked)
            return Run(CountyReader.Read(store, options.Editions), options, place);
        if (asked.Area is { } key)
            return Area(options.Editions is null && StoredResult.Read(store, options) is { } stored ? stored : GapEngine.Run(store, options), place, key);
        var (x, y, municipality) = PlaceFinder.Position(outline, asked);
        return Run(Near(store, options, outline, Neighbourhood.Of(outline, x, y, municipality)), options, place);
    }

    /// <summary>The outline with the addresses that may be meant: of a street, of a key or around a coordinate; all of them only where none of these is known.</summary>
    static County Addressed(Store.Store store, IReadOnlyList<int>? numbers, County outline, string place)
    {
        if (PlaceFinder.Around(place) is { } near)
            return CountyReader.Addressed(store, numbers, outline, near);
        if (PlaceFinder.TryFind(outline, place, addresses: false) is not null)
            return outline;
        var keyed = CountyReader.Addressed(store, numbers, outline, Layer.Addresses.Find("key")!, _ => [place.Trim()]);
        if (keyed.Addresses.Count > 0)
            return keyed;
        if (AddressSearch.Means(place) is { } means)
        {
            var street = Layer.Addresses.Find("street")!;
            var named = CountyReader.Addressed(store, numbers, outline, street, e => [.. store.Texts(e, street).Where(means)]);
            if (AddressSearch.Knows(named, place))
                return named;
        }
        return CountyReader.Addressed(store, numbers, outline, null);
    }

    static County Near(Store.Store store, AnalysisOptions options, County outline, Neighbourhood near)
    {
        var county = CountyReader.Around(store, options.Editions, outline, near);
        return CountyReader.Addressed(store, options.Editions, county, near.NeedsAllAddresses(county) ? null : near.Around);
    }

    public static Explanation Run(County county, AnalysisOptions options, string place)
    {
        var asked = PlaceFinder.Find(county, place);
        return asked.Area is { } key ? Area(GapEngine.Run(county, options), place, key) : Run(county, options, place, asked);
    }

    static Explanation Run(County county, AnalysisOptions options, string place, FoundPlace asked)
    {
        var analysis = new Analysis(county, options, asked.Point);
        var demand = asked.Point is null ? DemandOf(analysis, asked) : analysis.Demands.Count - 1;
        if (demand < 0)
            return CellExplanation.Of(analysis, asked, place);
        var scratch = new Analysis.Scratch();
        analysis.Judge(demand, scratch);
        var demands = analysis.Demands;
        var steps = new ExplainSteps(analysis, demand).All(scratch);
        var run = RunId.Of(county, options);
        var row = new AreaResult(AreaLevel.Settlement, place, asked.Label.De, county.Municipalities[demands.Municipality[demand]].Ags, analysis.HouseholdSplits[demand], analysis.AddressSplits[demand],
            analysis.BusinessSplits[demand], analysis.Assessments[demand].Reasons(demands.Households[demand], analysis.HouseholdSplits[demand].Unclear), new Dictionary<string, double>(), null);
        return new(run, place, asked.Label, county.Municipalities[demands.Municipality[demand]].Ags,
            demands.Settlement[demand] >= 0 ? county.Settlements[demands.Settlement[demand]].Key : null, demands.X[demand], demands.Y[demand],
            analysis.HouseholdSplits[demand], analysis.AddressSplits[demand], analysis.BusinessSplits[demand], steps,
            ExplainSentence.Of(analysis, demand, asked.Label, steps), GapEngine.Frame(run, county, options, row));
    }

    /// <summary>The demand that is asked about; -1 for a cell whose demand is that of others.</summary>
    static int DemandOf(Analysis analysis, FoundPlace asked)
    {
        for (var demand = 0; demand < analysis.Demands.Count && asked.AtlasCell < 0; demand++)
            if (analysis.Demands.Kind[demand] == asked.Kind && analysis.Demands.Source[demand] == asked.Source)
                return demand;
        if (asked.Kind == DemandKind.Facility)
            throw BreitbandException.WrongUse($"„{asked.Label.De}“ zählt unter dieser Regel nicht: Sie verlangt mindestens {analysis.Options.Profile.MinBusinesses} Betriebe.",
                $"\"{asked.Label.En}\" does not count under this rule: it asks for at least {analysis.Options.Profile.MinBusinesses} businesses.");
        return -1;
    }

    static Explanation Area(GapResult result, string query, (AreaLevel Level, string Key) area)
    {
        var row = result.Rows.First(r => r.Level == area.Level && r.Key == area.Key);
        var parts = area.Level switch
        {
            AreaLevel.Municipality => result.Rows.Where(r => r.Ags == area.Key && r.Level is AreaLevel.Settlement or AreaLevel.Outside or AreaLevel.Unlocated && r.Households.Total > 0),
            AreaLevel.County => result.Rows.Where(r => r.Level == AreaLevel.Municipality),
            _ => [],
        };
        var steps = parts.OrderByDescending(r => r.Households.Open).Select(r => new ExplainStep($"{r.Level}:{r.Key}".ToLowerInvariant(), null,
            new("Summe der Teile", "sum of parts"), row.Households.Total == 0 ? 0 : (double)r.Households.Total / row.Households.Total,
            new($"{Named(r).De}: {ExplainSentence.Counts(r.Households, Language.De)}", $"{Named(r).En}: {ExplainSentence.Counts(r.Households, Language.En)}")));
        var name = Named(row);
        return new(result.Run, query, name, row.Ags, area.Level == AreaLevel.Settlement ? row.Key : null,
            row.Geometry?.InteriorPoint.X ?? double.NaN, row.Geometry?.InteriorPoint.Y ?? double.NaN, row.Households, row.Addresses, row.Businesses, [.. steps],
            new($"{name.De}: {ExplainSentence.Counts(row.Households, Language.De)} (Aufgreifschwelle {result.Profile.Short.De}, {result.Basis.Label().De}).",
                $"{name.En}: {ExplainSentence.Counts(row.Households, Language.En)} (rule {result.Profile.Short.En}, {result.Basis.Label().En})."),
            result with { Rows = [row] });
    }

    /// <summary>A settlement mostly bears the name of its municipality; which of the two is meant is said.</summary>
    static Phrase Named(AreaResult row) => row.Level == AreaLevel.Settlement && !row.Name.Contains("Ortslage", StringComparison.Ordinal)
        ? new($"Ortslage {row.Name}", $"settlement {row.Name}") : new(row.Name, row.Name);
}
