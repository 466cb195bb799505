namespace Breitband.Print;

/// <summary>Municipalities at two editions as a table; whole households that add up in every column and row.</summary>
sealed class ChangeTable
{
    readonly Comparison comparison;
    readonly Language language;
    readonly List<ChangeRow> rows;
    readonly (long Gained, long Lost) all;

    public ChangeTable(Comparison comparison, IReadOnlyCollection<string> municipalities, Language language)
    {
        (this.comparison, this.language) = (comparison, language);
        rows = [.. comparison.Rows.Where(r => r.Level == AreaLevel.Municipality && municipalities.Contains(r.Key)).OrderBy(r => Formats.SortKey(r.Name), StringComparer.Ordinal)];
        Sum = new(AreaLevel.County, "", Say("zusammen", "together"), Total(r => r.Before), Total(r => r.After), rows.Sum(r => r.Gained), rows.Sum(r => r.Lost));
        var (households, gained, lost) = (Column(r => r.After.Total), Column(r => r.Gained), Column(r => r.Lost));
        all = (gained.Sum(), lost.Sum());
        string Date(DateOnly date) => Figures.Date(date, language);
        Rows = new(Say("Veränderung in Zahlen: ", "The change in figures: ") + ChangeSheet.Period(comparison, language),
            [
                new(Say("Gemeinde", "municipality"), 42), new("AGS", 19), new(Say("Haushalte", "households"), 19), new(Say("Anteil", "share") + " " + Date(comparison.Before.Date), 21), new(Say("Anteil", "share") + " " + Date(comparison.After.Date), 21),
                new(Say("Prozent-punkte", "percent points"), 18), new(Say("neu versorgt", "newly served"), 18), new(Say("nicht mehr versorgt", "no longer served"), 20), new(Say("Saldo", "net"), 17),
            ],
            [.. rows.Select((r, i) => Row(r, households[i], gained[i], lost[i]))], Row(Sum, households.Sum(), all.Gained, all.Lost),
            Say("Anteil: sicher versorgte Haushalte in Prozent. Saldo = neu versorgt − nicht mehr versorgt, in Haushalten.", "Share: households surely served, in percent. Net = newly served − no longer served, in households."), language);
    }

    public Table Rows { get; }

    /// <summary>The municipalities added up.</summary>
    public ChangeRow Sum { get; }

    /// <summary>What a reader takes home.</summary>
    public string Message(Phrase where)
    {
        var (then, now) = (Figures.Date(comparison.Before.Date, language), Figures.Date(comparison.After.Date, language));
        string N(long number) => Figures.Number(number, language);
        string P(Split split) => Figures.Percent(split.Percent(split.Served), language);
        var most = rows.Where(r => r.Points > 0).MaxBy(r => r.Points);
        var best = most is null || rows.Count == 1 ? default : new Phrase($" Am meisten gewonnen hat {most.Name} ({Signed(most.Points)} Prozentpunkte).", $" {most.Name} gained most ({Signed(most.Points)} percentage points).");
        return new Phrase($"Vom {then} bis zum {now} sind {N(all.Gained)} Haushalte {where.De} sicher versorgt hinzugekommen und {N(all.Lost)} weggefallen. Sicher versorgt sind damit {P(Sum.After)} der Haushalte, vorher {P(Sum.Before)}.{best.De}",
            $"From {then} to {now}, {N(all.Gained)} households {where.En} became surely served and {N(all.Lost)} ceased to be. {P(Sum.After)} of the households are surely served now, {P(Sum.Before)} were before.{best.En}").In(language);
    }

    string Say(string de, string en) => new Phrase(de, en).In(language);

    Split Total(Func<ChangeRow, Split> of) => rows.Aggregate(Split.Zero, (sum, r) => sum + of(r));

    /// <summary>Whole households that give the rounded sum.</summary>
    long[] Column(Func<ChangeRow, long> of) => Rounding.Largest([.. rows.Select(of)], Rounding.Rounded(rows.Sum(of)));

    string Signed(double? points) => points is { } p ? p.ToString("+0.0;−0.0;±0.0", Figures.Culture(language)) : "–";

    TableRow Row(ChangeRow row, long households, long gained, long lost)
    {
        string N(long number) => Figures.Number(number, language);
        string P(Split split) => split.Percent(split.Served) is { } percent ? percent.ToString("0.0", Figures.Culture(language)) : "–";
        return new([row.Name, row.Key, N(households), P(row.Before), P(row.After), Signed(row.Points), N(gained), N(lost), (gained - lost).ToString("+#,0;−#,0;±0", Figures.Culture(language))]);
    }
}
