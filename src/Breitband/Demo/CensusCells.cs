namespace Breitband.Demo;

/// <summary>Inhabitants of one census cell.</summary>
sealed record CensusCell(Cell Cell, int Inhabitants);

/// <summary>Spreads a municipality's inhabitants over the census cells its houses stand in.</summary>
static class CensusCells
{
    /// <summary>At least one inhabitant in each cell; exactly the published number in all.</summary>
    public static IReadOnlyList<CensusCell> Make(Ground ground, IReadOnlyList<House> houses)
    {
        var chance = Chance.Of("inhabitants " + ground.Ags);
        var cells = houses.GroupBy(h => h.Census).Select(g => (g.Key, Count: g.Count())).OrderBy(c => c.Key.E).ThenBy(c => c.Key.N).ToList();
        var weights = cells.Select(c => c.Count * chance.Between(0.75, 1.25)).ToList();
        var parts = LargestRemainder.Split(ground.Inhabitants, weights, least: 1);
        return [.. cells.Select((c, i) => new CensusCell(c.Key, parts[i]))];
    }

    /// <summary>What the analysis gives each house: its cell's inhabitants in equal parts. Household size is one number per municipality.</summary>
    public static IReadOnlyList<double> Weights(IReadOnlyList<House> houses, IReadOnlyList<CensusCell> cells)
    {
        var inhabitants = cells.ToDictionary(c => c.Cell, c => c.Inhabitants);
        var counts = houses.GroupBy(h => h.Census).ToDictionary(g => g.Key, g => g.Count());
        return [.. houses.Select(h => (double)inhabitants[h.Census] / counts[h.Census])];
    }
}
