namespace Breitband.Print;

/// <summary>One row of the table; the key stands in the second column, empty for none.</summary>
sealed record TableRow(AreaResult Area, string Name, string Key, long[] Whole)
{
    public Split Households => Area.Households;
}

/// <summary>The figures behind the map as a table; whole households whose parts equal their wholes.</summary>
sealed class Table(string heading, string first, string second, IReadOnlyList<TableRow> rows, TableRow sum, Language language)
{
    /// <summary>A table of result rows in order of their names, and the row they add up to.</summary>
    public static Table Of(string heading, string first, string second, IEnumerable<AreaResult> parts, AreaResult whole, string wholeName, Language language)
    {
        var ordered = parts.OrderBy(p => p.Level).ThenBy(p => Formats.SortKey(p.Name), StringComparer.Ordinal).ToList();
        var (cells, total) = Figures.Table([.. ordered.Select(p => p.Households)], whole.Households);
        string Name(AreaResult p) => p.Level switch
        {
            AreaLevel.Outside => language == Language.De ? "außerhalb der Siedlungen" : "outside the settlements",
            AreaLevel.Unlocated => language == Language.De ? "ohne Ortsangabe" : "place not known",
            _ => p.Name,
        };

        return new(heading, first, second, [.. ordered.Select((p, i) => new TableRow(p, Name(p), p.Level == AreaLevel.Municipality ? p.Key : "", cells[i]))],
            new(whole, wholeName, whole.Level == AreaLevel.County ? "" : whole.Key, total), language);
    }

    public string Heading => heading;

    /// <summary>Open households of a part as its row says them, which adds up with the other rows.</summary>
    public long Open(AreaResult part) => rows.First(r => ReferenceEquals(r.Area, part)).Whole is var whole ? whole[1] + whole[3] : 0;

    string Say(string de, string en) => language == Language.De ? de : en;

    /// <summary>As many pages as the rows need; blocks that found no room beside the map follow behind the last row.</summary>
    public IReadOnlyList<Action<Surface>> Pages(Box sheet, double unit, IReadOnlyList<Block> remaining, string title, PrintOptions options)
    {
        var body = SheetLayout.Body(unit);
        var layout = new TableLayout(sheet, unit, body, second.Length > 0);
        var pages = new List<Action<Surface>>();
        var (taken, bottom) = (0, sheet.Bottom - body.Line * 2);
        do
        {
            var (from, room) = (taken, (int)((bottom - layout.RowsTop) / layout.RowHeight));
            var rest = rows.Count - from;
            // The sum stands on the page of the last rows, with at least one of them.
            taken += rest + 1 <= room ? rest : Math.Min(room, rest - 1);
            var last = taken == rows.Count;
            var end = layout.RowsTop + (taken - from + (last ? 1 : 0)) * layout.RowHeight;
            var note = end + body.Line * 2.6;
            var (below, left) = last ? Below(sheet, note, bottom, remaining, body) : (null, remaining);
            remaining = left;
            var to = taken;
            pages.Add(s =>
            {
                Head(s, layout, title);
                s.Tagged(new("Table"), () =>
                {
                    Header(s, layout, options);
                    for (var i = from; i < to; i++)
                        layout.Row(s, i - from, rows[i], language, sum: false);
                    if (last)
                        layout.Row(s, to - from, sum, language, sum: true);
                });
                s.Tagged(new("P"), () => s.Text(Say("offen = unklar + unter der Aufgreifschwelle", "open = unclear + below the threshold"),
                    sheet.Left, end + body.Millimetres * 1.5, body, Legend.Default.Muted));
                below?.Invoke(s);
            });
        }
        while (taken < rows.Count);
        while (remaining.Count > 0)
        {
            var (draw, left) = Below(sheet, sheet.Top, bottom, remaining, body);
            if (left.Sum(b => b.Items.Count) == remaining.Sum(b => b.Items.Count))
                throw BreitbandException.Refused("Ein Abschnitt der Randangaben ist höher als das Blatt. Größeres Papier wählen.", "A block of the margin is higher than the sheet. Choose larger paper.");
            remaining = left;
            pages.Add(draw!);
        }
        return pages;
    }

    /// <summary>Blocks keep the width they were set in, so as many columns as fit.</summary>
    static (Action<Surface>? Draw, IReadOnlyList<Block> Remaining) Below(Box sheet, double top, double bottom, IReadOnlyList<Block> blocks, TypeStyle body)
    {
        if (blocks.Count == 0 || bottom - top < body.Line * 5)
            return (null, blocks);
        var columns = sheet.Width > 300 ? 3 : 2;
        var width = (sheet.Width - (columns - 1) * 6) / columns;
        return Flow.Fill([.. Enumerable.Range(0, columns).Select(i => new Box(sheet.Left + i * (width + 6), top, width, bottom - top))], blocks, body.Line * 0.4);
    }

    void Head(Surface s, TableLayout layout, string title)
    {
        s.Tagged(new("H2", bookmark: heading), () => s.Text(heading, layout.Left, layout.Top + layout.Title.Millimetres * 0.85, layout.Title, Legend.Default.Ink));
        s.Tagged(new("P"), () => s.Text(title, layout.Left, layout.Top + layout.Title.Line + layout.Body.Millimetres, layout.Body, Legend.Default.Muted));
    }

    void Header(Surface s, TableLayout layout, PrintOptions options)
    {
        var legend = Legend.Default;
        layout.Header(s, [first, second, Say("Haushalte", "households"), legend.Part("served").Label.In(options.Language), legend.Part("unclear").Label.In(options.Language),
            legend.Part("planned").Label.In(options.Language), Say("unter der Aufgreifschwelle", "below the threshold"), Say("offen", "open"), Say("offen (%)", "open (%)")],
            Say("Aufteilung der Haushalte", "households by part"), language);
    }
}
