namespace Breitband.Print;

/// <summary>A small table of words and figures; the first column heads its row, the others stand right.</summary>
sealed class FactTable(string heading, IReadOnlyList<string> header, IReadOnlyList<string[]> rows, double width, TypeStyle style)
{
    const double Padding = 1, Between = 4;

    double RowHeight => style.Line * 1.25;

    /// <summary>One item, so that a break never falls within it.</summary>
    public Block Block()
    {
        var (legend, rights) = (Legend.Default, Rights());
        var lines = rows.Select(r => r.Select((cell, i) => Flow.Wrap(cell, style, Room(rights, i))).ToList()).ToList();
        var heights = lines.Select(row => RowHeight + (row.Max(l => l.Count) - 1) * style.Line).ToList();
        var table = new Item(RowHeight * (header.Count > 0 ? 1 : 0) + heights.Sum() + 0.5, (s, left, top) => s.Tagged(new("Table"), () =>
        {
            var y = top;
            if (header.Count > 0)
            {
                Row(s, left, y, rights, [.. header.Select(h => new[] { h })], style with { Bold = true }, heads: true);
                y += RowHeight;
                s.Tagged(Tag.Ornament, () => s.Line(left, y, left + width, y, legend.Ink, 0.3));
            }
            for (var i = 0; i < rows.Count; i++)
            {
                var (at, shade) = (y, i % 2 == 1);
                if (shade)
                    s.Tagged(Tag.Ornament, () => s.Fill(new Box(left, at, width, heights[i]), legend.Background.Fill!));
                Row(s, left, y, rights, lines[i], style, heads: false);
                y += heights[i];
            }
        }));
        return new([.. Flow.Heading(heading, width, style, legend), table], Together: true);
    }

    /// <summary>Right edges of the columns but the first, each as wide as its widest cell.</summary>
    double[] Rights()
    {
        var count = rows.Max(r => r.Length);
        var rights = new double[count];
        var x = width - Padding;
        for (var i = count - 1; i > 0; i--)
        {
            rights[i] = x;
            x -= rows.Select(r => i < r.Length ? Fonts.Width(r[i], style) : 0).Append(i < header.Count ? Fonts.Width(header[i], style with { Bold = true }) : 0).Max() + Between;
        }
        rights[0] = Math.Max(x, count == 2 ? Math.Clamp(LongestWord + 2 * Padding, width * 0.25, width / 2) : width * 0.25);
        return rights;
    }

    /// <summary>Of the first column, none of whose words is to be parted for the sake of the second.</summary>
    double LongestWord => rows.SelectMany(r => r[0].Split(' ')).Max(w => Fonts.Width(w, style));

    /// <summary>Words of two columns share what there is; of more columns the others are figures, which stand in one line.</summary>
    static double Room(double[] rights, int column) => column == 0 ? rights[0] - Padding : rights.Length == 2 ? rights[1] - rights[0] - Between / 2 : double.MaxValue;

    void Row(Surface s, double left, double top, double[] rights, IReadOnlyList<IReadOnlyList<string>> cells, TypeStyle type, bool heads)
    {
        var baseline = top + RowHeight / 2 + type.Millimetres * 0.36;
        s.Tagged(new("TR"), () =>
        {
            for (var i = 0; i < cells.Count; i++)
            {
                var column = i;
                s.Tagged(new(heads || i == 0 ? "TH" : "TD", scope: heads ? "Column" : i == 0 ? "Row" : null), () =>
                {
                    for (var l = 0; l < cells[column].Count; l++)
                        s.Text(cells[column][l], left + (column > 0 ? rights[column] : Padding), baseline + l * style.Line, type, Legend.Default.Ink, column > 0 ? Align.Right : Align.Left);
                });
            }
        });
    }
}
