using System.Globalization;

namespace Breitband.Print;

/// <summary>Figures as people read them, and rounded so that the parts of a table equal its wholes.</summary>
static class Figures
{
    public static CultureInfo Culture(Language language) => Formats.Culture(language);

    public static string German(long number) => Number(number, Language.De);

    public static string Number(long number, Language language) => number.ToString("N0", Culture(language));

    /// <summary>„12,3 %“ with a space that does not break; a dash where there is nothing to be a share of.</summary>
    public static string Percent(double? share, Language language) =>
        share is { } s ? s.ToString("0.0", Culture(language)) + (language == Language.De ? "\u00a0%" : "%") : "–";

    public static string Date(DateOnly date, Language language) => date.ToString(language == Language.De ? "dd.MM.yyyy" : "d MMM yyyy", Culture(language));

    /// <summary>Whole households: served, unclear, planned, unserved, in this order.</summary>
    public static long[] Whole(Split split)
    {
        var (_, served, unclear, planned, unserved) = Rounding.Whole(split);
        return [served, unclear, planned, unserved];
    }

    /// <summary>
    /// Whole households of rows and of their sum such that every row's parts give its total and every column gives the sum's part. Each row
    /// is rounded by largest remainders; what a column then misses is taken from the column that has too much, in the row it hurts least.
    /// </summary>
    public static (IReadOnlyList<long[]> Rows, long[] Sum) Table(IReadOnlyList<Split> rows, Split sum)
    {
        var exact = rows.Select(r => new[] { r.Served, r.Unclear, r.Planned, r.Unserved }).ToList();
        var whole = Whole(sum);
        var totals = Rounding.Largest([.. rows.Select(r => r.Total)], Rounding.Rounded(sum.Total));
        var cells = exact.Select((parts, i) => Rounding.Largest(parts, totals[i])).ToList();
        while (Columns(cells, whole) is var missing && missing.Any(m => m != 0))
        {
            var (to, from) = (Array.IndexOf(missing, missing.Max()), Array.IndexOf(missing, missing.Min()));
            if (missing[to] <= 0 || missing[from] >= 0)
                throw BreitbandException.Failed("Die Zeilen der Tabelle ergeben nicht die Summe. Bitte die Auswertung neu rechnen.", "The rows of the table do not give the sum. Please analyse again.");
            var row = Enumerable.Range(0, cells.Count).Where(i => cells[i][from] > 0)
                .MinBy(i => (exact[i][from] - Split.One * cells[i][from]) - (exact[i][to] - Split.One * cells[i][to]));
            cells[row][from]--;
            cells[row][to]++;
        }
        return (cells, whole);
    }

    static long[] Columns(List<long[]> cells, long[] whole) => [.. whole.Select((w, j) => w - cells.Sum(c => c[j]))];
}
