namespace Breitband.Demo;

/// <summary>Shares of one atlas cell, percent of its households with two decimals, per class of <see cref="Targets.Classes"/>.</summary>
sealed record AtlasCell(Cell Cell, string Ags, double[] All, double[] FtthB, double[] Fttc, double[] Hfc, double[] Other);

/// <summary>Makes the atlas cells of a municipality from its houses, their households and the shares to be met.</summary>
static class AtlasCells
{
    sealed record Lot(Cell Cell, double Weight, double DslScore, double CableScore);

    /// <param name="weights">Households of each house, in any unit.</param>
    public static IEnumerable<AtlasCell> Make(Ground ground, IReadOnlyList<House> houses, IReadOnlyList<double> weights, Targets targets)
    {
        var calibration = Calibration.Of(targets);
        var lots = houses.Select((h, i) => (h, w: weights[i])).GroupBy(p => p.h.Atlas).Select(g => LotOf(g.Key, [.. g.Select(p => p.h)], g.Sum(p => p.w)))
            .OrderBy(l => l.DslScore).ThenBy(l => l.Cell.E).ThenBy(l => l.Cell.N).ToList();
        var whole = lots.Sum(l => l.Weight) / 100;
        var (position, banded) = (0.0, new List<(Lot Lot, int Band)>());
        foreach (var lot in lots)
        {
            banded.Add((lot, calibration.BandOf(position + lot.Weight / whole / 2)));
            position += lot.Weight / whole;
        }
        position = 0;
        foreach (var (lot, _) in banded.OrderByDescending(b => b.Band).ThenBy(b => b.Lot.CableScore).ThenBy(b => b.Lot.Cell.E).ThenBy(b => b.Lot.Cell.N))
        {
            var end = position + lot.Weight / whole;
            yield return Shares(ground, lot.Cell, calibration, position, end);
            position = end;
        }
    }

    /// <summary>DSL falls with the distance from the middle and is worst on farms; cable and fibre come by whole quarters.</summary>
    static Lot LotOf(Cell cell, IReadOnlyList<House> houses, double weight)
    {
        var (x, y, depth) = (houses.Average(h => h.X), houses.Average(h => h.Y), houses.Average(h => h.Depth));
        var village = houses.Select(h => h.Village).FirstOrDefault(v => v is not null);
        var remote = village is null ? 1.2 : new Chance(Chance.Hash("line " + village.Key)).Next() * (village.Rank == 0 ? 0.4 : 1);
        return new(cell, weight, depth + 1.1 * remote + 0.7 * Chance.Noise(x, y, 600, 11), remote + 0.8 * Chance.Noise(x, y, 900, 23) + 0.2 * depth);
    }

    static AtlasCell Shares(Ground ground, Cell cell, Calibration calibration, double from, double to)
    {
        double[] Of(params Spans[] spans) => [.. Enumerable.Range(0, Targets.Classes.Length).Select(k => Math.Round(100 * Covered(spans.SelectMany(s => s.Reaching(k, from, to))) / (to - from), 2))];
        var (dsl, cable, fibre, other) = (Of(calibration.DslSpans), Of(calibration.Cable), Of(calibration.Fibre), Of(calibration.Other));
        var all = Of(calibration.DslSpans, calibration.Cable, calibration.Fibre, calibration.Other);
        for (var k = 0; k < all.Length; k++)
        {
            // Rounding must not put „all“ below one of its parts or above their sum.
            var most = Math.Max(Math.Max(dsl[k], cable[k]), Math.Max(fibre[k], other[k]));
            all[k] = Math.Round(Math.Clamp(all[k], most, Math.Max(most, Math.Min(100, dsl[k] + cable[k] + fibre[k] + other[k]))), 2);
        }
        return new(cell, ground.Ags, all, fibre, dsl, cable, other);
    }

    /// <summary>Length of the union of ranges.</summary>
    static double Covered(IEnumerable<(double From, double To)> ranges)
    {
        var (length, reached) = (0.0, double.NegativeInfinity);
        foreach (var (from, to) in ranges.OrderBy(r => r.From))
        {
            length += Math.Max(0, to - Math.Max(from, reached));
            reached = Math.Max(reached, to);
        }
        return length;
    }
}
