using SkiaSharp;

namespace Breitband.Print;

/// <summary>Where columns and rows of the table stand, and how a row is drawn. Wide sheets show the parts as a bar too.</summary>
sealed class TableLayout
{
    readonly Box sheet;
    readonly double unit;
    readonly IReadOnlyList<TableColumn> columns;
    readonly double[] rights;
    readonly Box bar;
    readonly bool hasBar;

    public TableLayout(Box sheet, double unit, TypeStyle body, IReadOnlyList<TableColumn> columns, bool bars)
    {
        (this.sheet, this.unit, this.columns, Body) = (sheet, unit, columns, body);
        var wide = columns.Sum(c => c.Width);
        var stretch = Math.Min(sheet.Width / wide, Math.Max(unit, Math.Min(unit * 1.12, sheet.Width / wide)));
        rights = new double[columns.Count];
        var x = sheet.Left;
        for (var i = 0; i < rights.Length; i++)
            rights[i] = x += columns[i].Width * stretch;
        bar = new(x + 8 * unit, 0, sheet.Right - x - 8 * unit, 0);
        hasBar = bars && bar.Width > 60 * unit;
    }

    public TypeStyle Body { get; }

    public TypeStyle Title => new(15 * unit, Bold: true);

    public double Left => sheet.Left;

    public double Top => sheet.Top;

    double HeaderTop => Top + Title.Line + Body.Line * 1.9;

    public double RowsTop => HeaderTop + Body.Line * 2 + 1.5 * unit;

    public double RowHeight => Body.Line * (sheet.Height > 250 * unit ? 1.28 : 1.15);

    public void Header(Surface s, Language language)
    {
        var (style, legend) = (Body with { Bold = true }, Legend.Default);
        var baseline = HeaderTop + Body.Line * 2 - Body.Millimetres * 0.3;
        s.Tagged(new("TR"), () =>
        {
            for (var i = 0; i < columns.Count; i++)
            {
                var lines = Flow.Wrap(columns[i].Heading, style, i == 0 ? 60 * unit : rights[i] - rights[i - 1] - 1);
                Cell(s, i, [.. lines.Select((line, l) => (line, baseline - (lines.Count - 1 - l) * Body.Line))], style, "Column");
            }
        });
        s.Tagged(Tag.Ornament, () =>
        {
            if (hasBar)
                BarKey(s, new Phrase("Aufteilung der Haushalte", "households by part").In(language), baseline, style, language);
            s.Line(sheet.Left, RowsTop, hasBar ? sheet.Right : rights[^1], RowsTop, legend.Ink, 0.4 * unit);
        });
    }

    public void Row(Surface s, int index, TableRow row, bool sum)
    {
        var (style, legend) = (Body with { Bold = sum }, Legend.Default);
        var top = RowsTop + index * RowHeight;
        var right = hasBar ? sheet.Right : rights[^1];
        s.Tagged(Tag.Ornament, () =>
        {
            if (sum)
                s.Line(sheet.Left, top, right, top, legend.Ink, 0.4 * unit);
            else if (index % 2 == 1)
                s.Fill(new Box(sheet.Left, top, right - sheet.Left, RowHeight), legend.Background.Fill!);
            if (hasBar && row.Bar is { Total: > 0 } split)
                Bar(s, split, bar with { Top = top + RowHeight * 0.18, Height = RowHeight * 0.64 });
        });
        var baseline = top + RowHeight / 2 + Body.Millimetres * 0.36;
        s.Tagged(new("TR"), () =>
        {
            for (var i = 0; i < row.Cells.Count; i++)
                Cell(s, i, [(row.Cells[i], baseline)], style, i == 0 ? "Row" : null);
        });
    }

    /// <param name="heads">Column or Row for a heading cell.</param>
    void Cell(Surface s, int column, IReadOnlyList<(string Text, double Baseline)> lines, TypeStyle style, string? heads) => s.Tagged(new(heads is null ? "TD" : "TH", scope: heads), () =>
    {
        foreach (var (text, baseline) in lines)
            if (column == 0)
                s.Text(text, sheet.Left + 1 * unit, baseline, style, Legend.Default.Ink);
            else
                s.Text(text, rights[column] - 1 * unit, baseline, style, Legend.Default.Ink, Align.Right);
    });

    void Bar(Surface s, Split split, Box box)
    {
        var x = box.Left;
        foreach (var symbol in Legend.Default.Split)
        {
            var width = box.Width * Part(split, symbol.Key) / split.Total;
            if (width > 0)
                Segment(s, symbol, box with { Left = x, Width = width });
            x += width;
        }
    }

    static long Part(Split split, string key) => key switch { "served" => split.Served, "planned" => split.Planned, "unclear" => split.Unclear, _ => split.Unserved };

    void Segment(Surface s, Symbol symbol, Box box)
    {
        using var area = new SKPath();
        area.AddRect(box.ToSkia());
        s.Fill(area, symbol.Fill!);
        if (symbol.Hatch is not null)
            s.Hatch(area, symbol.Hatch);
        s.Stroke(area, symbol.Outline, 0.12 * unit);
    }

    void BarKey(Surface s, string name, double baseline, TypeStyle style, Language language)
    {
        var legend = Legend.Default;
        s.Text(name, bar.Left, baseline - Body.Line, style, legend.Ink);
        var x = bar.Left;
        foreach (var symbol in legend.Split)
        {
            var label = symbol.Label.In(language);
            Segment(s, symbol, new Box(x, baseline - Body.Millimetres * 0.8, 5 * unit, Body.Millimetres * 0.85));
            s.Text(label, x + 6 * unit, baseline, Body, legend.Ink);
            x += 6 * unit + Fonts.Width(label, Body) + 3.5 * unit;
        }
    }
}
