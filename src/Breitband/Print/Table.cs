namespace Breitband.Print;

/// <summary>A column of a table: what stands above it, and its width in millimetres at unit 1.</summary>
sealed record TableColumn(string Heading, double Width);

/// <summary>A row of a table: a cell for every column, and the parts its bar shows where it has one.</summary>
sealed record TableRow(IReadOnlyList<string> Cells, Split? Bar = null);

/// <summary>The figures behind a map as a table over as many pages as it needs; the first column heads its row, the others stand right.</summary>
/// <param name="note">What the columns mean, below the last row of every page.</param>
sealed class Table(string heading, IReadOnlyList<TableColumn> columns, IReadOnlyList<TableRow> rows, TableRow sum, string note, Language language)
{
    public string Heading => heading;

    /// <summary>The rows and, last, their sum.</summary>
    public IReadOnlyList<TableRow> Lines => [.. rows, sum];

    /// <summary>As many pages as the rows need; blocks that found no room beside the map follow behind the last row.</summary>
    public IReadOnlyList<Action<Surface>> Pages(Box sheet, double unit, IReadOnlyList<Block> remaining, string title)
    {
        var body = SheetLayout.Body(unit);
        var layout = new TableLayout(sheet, unit, body, columns, rows.Any(r => r.Bar is not null));
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
            var (below, left) = last ? Below(sheet, end + body.Line * 2.6, bottom, remaining, body) : (null, remaining);
            remaining = left;
            var to = taken;
            pages.Add(s =>
            {
                Head(s, layout, title);
                s.Tagged(new("Table"), () =>
                {
                    layout.Header(s, language);
                    for (var i = from; i < to; i++)
                        layout.Row(s, i - from, rows[i], sum: false);
                    if (last)
                        layout.Row(s, to - from, sum, sum: true);
                });
                s.Tagged(new("P"), () => s.Text(note, sheet.Left, end + body.Millimetres * 1.5, body, Legend.Default.Muted));
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
}
