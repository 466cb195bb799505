using SkiaSharp;

namespace Breitband.Print;

/// <summary>The legend, scale bar and north arrow of a sheet, from the one legend.</summary>
sealed class LegendBlocks(Legend legend, Language language, TypeStyle style, double unit, double width)
{
    double RowHeight => Math.Max(style.Line, 5 * unit);

    public Block Shares(string heading) => new([.. Heading(heading), .. legend.Shares.Select(c => Row(c.Symbol, c.Symbol.Label))], Together: true);

    public Item Row(Symbol symbol, Phrase label) => Labelled(label.In(language), (s, box) => Swatch(s, symbol, box));

    public Block Rows(string heading, IEnumerable<Symbol> symbols) => new([.. Heading(heading), .. symbols.Select(s => Row(s, s.Label))], Together: true);

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
        var row = new Item(2 * radius + style.Line + 1, (s, left, top) =>
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
        });
        return new([.. Heading(legend.Circle.Label.In(language)), row], Together: true);
    }

    public Block Scale(MapFrame frame)
    {
        var metres = BarLength(frame.Scale, Math.Min(60 * unit, width - 35));
        var step = metres * 1000.0 / frame.Scale / 4;
        var kilometres = metres >= 1000;
        string Mark(int quarter) => (metres / 4.0 * quarter / (kilometres ? 1000 : 1)).ToString("0.##", Figures.Culture(language));
        var bar = new Item(style.Line * 2 + 3 * unit, (s, x, y) =>
        {
            var top = y + style.Line + unit * 0.6;
            s.Text("1:" + Figures.Number(frame.Scale, language), x, y + style.Millimetres, style with { Bold = true }, legend.Ink);
            for (var i = 0; i < 4; i++)
                s.Fill(new Box(x + i * step, top, step, 1.4 * unit), i % 2 == 0 ? legend.Ink : legend.Page);
            s.Stroke(new Box(x, top, 4 * step, 1.4 * unit), legend.Ink, 0.2 * unit);
            for (var i = 0; i <= 4; i += 2)
                s.Text(Mark(i) + (i == 4 ? kilometres ? " km" : " m" : ""), x + i * step, top + 1.4 * unit + style.Millimetres + 0.6, style, legend.Ink, i == 2 ? Align.Centre : Align.Left);
            North(s, x + width - 20 * unit, y);
        });
        return new([bar], Together: true);
    }

    /// <summary>Longest of 1, 2 or 4 times a power of ten metres that is no wider than given on paper.</summary>
    static int BarLength(int scale, double most)
    {
        var best = 100;
        for (var power = 100; power <= 100_000; power *= 10)
            foreach (var factor in new[] { 1, 2, 4 })
                if (power * factor * 1000.0 / scale <= most)
                    best = power * factor;
        return best;
    }

    void North(Surface s, double x, double y)
    {
        using var arrow = new SKPath();
        var (height, half) = (8 * unit, 2 * unit);
        arrow.MoveTo((float)x, (float)y);
        arrow.LineTo((float)(x + half), (float)(y + height));
        arrow.LineTo((float)x, (float)(y + height * 0.75));
        arrow.LineTo((float)(x - half), (float)(y + height));
        arrow.Close();
        s.Fill(arrow, legend.Ink);
        s.Text(language == Language.De ? "Gitternord" : "Grid north", x, y + height + style.Millimetres * 1.15, style, legend.Ink, Align.Centre);
    }

    IEnumerable<Item> Heading(string text) => Flow.Wrap(text, style with { Bold = true }, width).Select(l => Flow.Line(l, style with { Bold = true }, legend.Ink));

    Item Labelled(string label, Action<Surface, Box> swatch)
    {
        var lines = Flow.Wrap(label, style, width - 13 * unit);
        return new(RowHeight + (lines.Count - 1) * style.Line, (s, x, y) =>
        {
            swatch(s, new Box(x, y + RowHeight * 0.12, 9.5 * unit, RowHeight * 0.76));
            for (var i = 0; i < lines.Count; i++)
                s.Text(lines[i], x + 12 * unit, y + RowHeight / 2 + style.Millimetres * 0.36 + i * style.Line, style, legend.Ink);
        });
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
