using SkiaSharp;

namespace Breitband.Print;

/// <summary>The legend of a sheet, from the one legend.</summary>
/// <param name="paired">Two rows side by side, where height is short.</param>
sealed class LegendBlocks(Legend legend, Language language, TypeStyle style, double unit, double width, bool paired)
{
    double RowHeight => Math.Max(style.Line, 5 * unit);

    /// <summary>The classes and whatever else is drawn as an area or a line.</summary>
    public Block Rows(string heading, IEnumerable<Item> more) => Plain(heading, legend.Shares.Select(c => Row(c.Symbol)).Concat(more));

    /// <summary>Without the classes of shares.</summary>
    public Block Plain(string heading, IEnumerable<Item> rows) => new([.. Flow.Heading(heading, width, style, legend), .. Arranged([.. rows])], Together: true);

    public Item Row(Symbol symbol) => Labelled(symbol.Label.In(language), (s, box) => Swatch(s, symbol, box));

    public Item DotRow(Symbol symbol) => Labelled(symbol.Label.In(language), (s, box) => s.Circle(box.MidX, box.MidY, 1.2 * unit, symbol.Fill, symbol.Outline, symbol.Width * unit));

    public Item LineRow(Symbol symbol) => Labelled(symbol.Label.In(language), (s, box) =>
    {
        using var line = new SKPath();
        line.MoveTo((float)box.Left, (float)box.MidY);
        line.LineTo((float)box.Right, (float)box.MidY);
        s.Stroke(line, symbol.Outline, symbol.Width * unit, symbol.Dash);
    });

    /// <summary>Circles of round numbers, as large as on the map.</summary>
    public Block Circles(CircleScale circles)
    {
        var values = circles.Samples();
        var radius = circles.Radius(values[0]);
        var row = new Item(2 * radius + style.Line + 1, (s, left, top) => s.Tagged(new("P"), () =>
        {
            var x = left + radius;
            foreach (var value in values)
            {
                var (r, label) = (circles.Radius(value), Figures.Number(value / Split.One, language));
                var half = Math.Max(r, Fonts.Width(label, style) / 2);
                x = Math.Max(x, left + half);
                s.Circle(x, top + 2 * radius - r, r, legend.Circle.Fill, legend.Circle.Outline, legend.Circle.Width * unit);
                s.Text(label, x, top + 2 * radius + style.Line, style, legend.Ink, Align.Centre);
                x += half + 6 * unit + radius / 2;
            }
        }));
        return new([.. Flow.Heading(legend.Circle.Label.In(language), width, style, legend), row], Together: true);
    }

    /// <summary>One below the other, or column after column in two columns.</summary>
    IEnumerable<Item> Arranged(IReadOnlyList<Item> rows)
    {
        if (!paired)
            return rows;
        var half = (rows.Count + 1) / 2;
        return Enumerable.Range(0, half).Select(i => i + half >= rows.Count ? rows[i] : new Item(Math.Max(rows[i].Height, rows[i + half].Height), (s, x, y) =>
        {
            rows[i].Draw(s, x, y);
            rows[i + half].Draw(s, x + width / 2, y);
        }));
    }

    Item Labelled(string label, Action<Surface, Box> swatch)
    {
        var lines = Flow.Wrap(label, style, (paired ? width / 2 : width) - 13 * unit);
        return new(RowHeight + (lines.Count - 1) * style.Line, (s, x, y) => s.Tagged(new("P"), () =>
        {
            swatch(s, new Box(x, y + RowHeight * 0.12, 9.5 * unit, RowHeight * 0.76));
            for (var i = 0; i < lines.Count; i++)
                s.Text(lines[i], x + 12 * unit, y + RowHeight / 2 + style.Millimetres * 0.36 + i * style.Line, style, legend.Ink);
        }));
    }

    void Swatch(Surface s, Symbol symbol, Box box)
    {
        using var area = new SKPath();
        area.AddRect(box.ToSkia());
        if (symbol.Fill is not null)
            s.Fill(area, symbol.Fill);
        if (symbol.Hatch is not null)
            s.Hatch(area, symbol.Hatch);
        s.Stroke(area, symbol.Outline, Math.Max(symbol.Width, 0.15) * unit, symbol.Dash);
    }
}

/// <summary>Proportional circles: the area is proportional to the open households.</summary>
/// <param name="Largest">Open households of the largest circle, in <see cref="Split.One"/> units.</param>
sealed record CircleScale(long Largest, double LargestRadius)
{
    public double Radius(long units) => Largest == 0 ? 0 : Math.Max(0.35, LargestRadius * Math.Sqrt(units / (double)Largest));

    /// <summary>Three round numbers, largest first, the first not above the largest circle.</summary>
    public IReadOnlyList<long> Samples()
    {
        var most = Math.Max(1, Largest / Split.One);
        var power = (long)Math.Pow(10, Math.Floor(Math.Log10(most)));
        var first = most >= 5 * power ? 5 * power : most >= 2 * power ? 2 * power : power;
        return [.. new[] { first, first / 5, first / 20 }.Where(v => v > 0).Select(v => v * Split.One)];
    }
}
