namespace Breitband.Analyse;

/// <summary>One figure beside the published one, percent of households.</summary>
public sealed record ProbeRow(string Key, string Name, string Share, double Ours, double Published, double Difference, Phrase? Why);

/// <param name="Published">Dataset and date of the published shares.</param>
/// <param name="LargestMunicipal">Largest absolute difference of a municipality, percentage points.</param>
/// <param name="LargestCounty">Largest absolute difference of the county row, percentage points; null without a published county row.</param>
public sealed record ProbeReport(string Run, string Published, IReadOnlyList<ProbeRow> Rows, double LargestMunicipal, double? LargestCounty, IReadOnlyList<Phrase> Notes);

/// <summary>
/// The verb <c>probe</c>: ours against the published shares. Shares of a municipality are computed from its cells or addresses; the county is
/// weighted by households. It shows whether demand, grid and weights are right before anybody believes a gap.
/// </summary>
public static class Probe
{
    /// <summary>Differences below this, percentage points, need no explanation: published figures have two decimals.</summary>
    const double Rounding = 0.01;

    public static ProbeReport Run(Store.Store store, GapResult result)
    {
        var county = CountyReader.Read(store, [.. result.Editions.Select(e => e.Number)]);
        return Run(county, result);
    }

    public static ProbeReport Run(County county, GapResult result)
    {
        var published = county.MunicipalShares;
        if (published.Keys.Count == 0)
            throw BreitbandException.Refused(
                "Es gibt keine veröffentlichten Gemeindewerte zum Vergleich. Zum Beispiel: breitband import data/breitbandatlas/breitbandatlas_pm_2021.csv",
                "There are no published municipal shares to compare with. For example: breitband import data/breitbandatlas/breitbandatlas_pm_2021.csv");
        var rows = new List<ProbeRow>();
        for (var row = 0; row < published.Keys.Count; row++)
            if (Find(result, published.Keys[row]) is { } ours)
                rows.AddRange(Compare(county, result, ours, row));
        var stamp = county.Editions.First(e => e.Number == published.Editions[0]);
        return new(result.Run, $"{stamp.Dataset} {stamp.Date:yyyy-MM-dd}", rows,
            rows.Where(r => r.Key != county.Key).Select(r => Math.Abs(r.Difference)).DefaultIfEmpty(0).Max(),
            rows.Where(r => r.Key == county.Key).Select(r => (double?)Math.Abs(r.Difference)).Max(), Notes(county, stamp));
    }

    static AreaResult? Find(GapResult result, string key) => result.Rows.FirstOrDefault(r => r.Key == key && r.Level is AreaLevel.County or AreaLevel.Municipality);

    static IEnumerable<ProbeRow> Compare(County county, GapResult result, AreaResult ours, int row)
    {
        for (var column = 0; column < ShareTable.Width; column++)
        {
            var field = ShareTable.FieldName(column);
            var theirs = 100 * county.MunicipalShares.Shares.Row(row)[column];
            if (double.IsNaN(theirs) || !ours.Shares.TryGetValue(field, out var mine))
                continue;
            var difference = mine - theirs;
            yield return new(ours.Key, ours.Name, field, mine, theirs, difference, Math.Abs(difference) <= Rounding ? null : Why(result, ours, county));
        }
    }

    static Phrase Why(GapResult result, AreaResult ours, County county)
    {
        if (ours.Unclear.WithoutEvidence > 0)
            return new($"{ExplainSentence.Percent((double)ours.Unclear.WithoutEvidence / ours.Households.Total, Language.De)} der Haushalte haben keinen Beleg und zählen im Anteil nicht mit.",
                $"{ExplainSentence.Percent((double)ours.Unclear.WithoutEvidence / ours.Households.Total, Language.En)} of the households have no evidence and do not enter the share.");
        if (ours.Level == AreaLevel.County && !county.Municipalities.All(m => m.PersonsPerHousehold is not null || m.Households is not null))
            return new("Die Haushaltszahlen einzelner Gemeinden fehlen.", "Household numbers of some municipalities are missing.");
        return result.Basis == Basis.Atlas
            ? new("Haushalte je Zelle sind aus Einwohnern geschätzt; der Atlas gewichtet mit eigenen Haushaltszahlen.", "Households per cell are estimated from inhabitants; the atlas weights by its own household numbers.")
            : new($"Grundlage ist „{result.Basis.Label().De}“, nicht der Atlas allein.", $"The basis is \"{result.Basis.Label().En}\", not the atlas alone.");
    }

    static IReadOnlyList<Phrase> Notes(County county, Edition published)
    {
        var others = county.Editions.Where(e => e.Dataset.Layer == Layer.CoverageCells.Name && e.Date != published.Date).ToList();
        return [.. others.Select(e => new Phrase(
            $"{e.Dataset} beschreibt den {e.Date:dd.MM.yyyy}, die veröffentlichten Gemeindewerte den {published.Date:dd.MM.yyyy}: Der Ausbau dazwischen ist ein Unterschied.",
            $"{e.Dataset} describes {e.Date:yyyy-MM-dd}, the published municipal shares {published.Date:yyyy-MM-dd}: what was built in between is a difference."))];
    }
}
