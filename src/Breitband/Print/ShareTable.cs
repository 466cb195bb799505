namespace Breitband.Print;

/// <summary>Households by part as a table; whole households whose parts equal their wholes.</summary>
sealed class ShareTable
{
    readonly Dictionary<AreaResult, long> open = new(ReferenceEqualityComparer.Instance);

    /// <summary>Result rows in order of their names, and the row they add up to.</summary>
    /// <param name="keys">Heading of the column of their keys; empty for none.</param>
    public ShareTable(string heading, string names, string keys, IEnumerable<AreaResult> parts, AreaResult whole, string wholeName, Language language)
    {
        var ordered = parts.OrderBy(p => p.Level).ThenBy(p => Formats.SortKey(p.Name), StringComparer.Ordinal).ToList();
        var (cells, total) = Figures.Table([.. ordered.Select(p => p.Households)], whole.Households);
        for (var i = 0; i < ordered.Count; i++)
            open[ordered[i]] = Sum(cells[i]);
        Rows = new(heading, Columns(names, keys, language), [.. ordered.Select((p, i) => Row(Name(p, language), p.Level == AreaLevel.Municipality ? p.Key : "", cells[i], p.Households))],
            Row(wholeName, whole.Level == AreaLevel.County ? "" : whole.Key, total, whole.Households), new Phrase("offen = unklar + unter der Aufgreifschwelle", "open = unclear + below the threshold").In(language), language);

        TableRow Row(string name, string key, long[] count, Split split)
        {
            string N(long number) => Figures.Number(number, language);
            var share = split.Percent(split.Open) is { } percent ? percent.ToString("0.0", Figures.Culture(language)) : "–";
            return new([name, .. keys.Length > 0 ? new[] { key } : [], N(count.Sum()), .. count.Select(N), N(Sum(count)), share], split);
        }
    }

    public Table Rows { get; }

    /// <summary>Open households of a part as its row says them, which adds up with the other rows.</summary>
    public long Open(AreaResult part) => open[part];

    static long Sum(long[] whole) => whole[1] + whole[3];

    static string Name(AreaResult part, Language language) => part.Level switch
    {
        AreaLevel.Outside => new Phrase("außerhalb der Siedlungen", "outside the settlements").In(language),
        AreaLevel.Unlocated => new Phrase("ohne Ortsangabe", "place not known").In(language),
        _ => part.Name,
    };

    static TableColumn[] Columns(string names, string keys, Language language)
    {
        string Part(string key) => Legend.Default.Part(key).Label.In(language);
        string Say(string de, string en) => new Phrase(de, en).In(language);
        TableColumn[] first = keys.Length > 0 ? [new(names, 43), new(keys, 19)] : [new(names, 62)];
        return [.. first, new(Say("Haushalte", "households"), 19), new(Part("served"), 18), new(Part("unclear"), 15), new(Part("planned"), 16),
            new(Say("unter der Aufgreifschwelle", "below the threshold"), 30), new(Say("offen", "open"), 15), new(Say("offen (%)", "open (%)"), 17)];
    }
}
