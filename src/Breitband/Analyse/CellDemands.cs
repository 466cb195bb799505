namespace Breitband.Analyse;

/// <summary>A demand on a cell.</summary>
/// <param name="Weight">What part of it stands there.</param>
/// <param name="Spread">Whether the rest stands on other cells.</param>
readonly record struct CellDemand(int Demand, double Weight, bool Spread);

/// <summary>Who lives on which cell of the atlas. No rule and no measure changes that, so it is looked up when somebody first asks, and once.</summary>
sealed class CellDemands
{
    readonly CellDemand[] all;
    readonly int[] starts;

    public CellDemands(Analysis analysis)
    {
        var byCell = new List<CellDemand>?[analysis.County.Cells.Keys.Count];
        var rows = new List<(int Row, double Weight)>();
        for (var demand = 0; demand < analysis.Demands.Count; demand++)
        {
            if (analysis.Demands.Households[demand] == 0 || !analysis.Atlas.UsesCells(demand))
                continue;
            analysis.Atlas.Rows(demand, rows);
            foreach (var (cell, weight) in rows)
                (byCell[cell] ??= new(1)).Add(new(demand, weight, rows.Count > 1));
        }
        starts = new int[byCell.Length + 1];
        for (var cell = 0; cell < byCell.Length; cell++)
            starts[cell + 1] = starts[cell] + (byCell[cell]?.Count ?? 0);
        all = [.. byCell.SelectMany(d => d ?? [])];
    }

    /// <summary>In the order of the demands.</summary>
    public ReadOnlySpan<CellDemand> On(int cell) => all.AsSpan(starts[cell]..starts[cell + 1]);
}
