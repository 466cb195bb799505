namespace Breitband.Print;

/// <summary>Something that stands in a column: its height in millimetres and how it is drawn at a place.</summary>
sealed record Item(double Height, Action<Surface, double, double> Draw);

/// <summary>Items under one heading. A break may fall between items, never behind the heading.</summary>
sealed record Block(IReadOnlyList<Item> Items, bool Together = false)
{
    public double Height => Items.Sum(i => i.Height);
}

/// <summary>Sets blocks into columns, one after the other; what finds no room is handed back.</summary>
static class Flow
{
    public static (Action<Surface> Draw, IReadOnlyList<Block> Remaining) Fill(IReadOnlyList<Box> columns, IReadOnlyList<Block> blocks, double gap)
    {
        var placed = new List<(Item Item, double X, double Y)>();
        var (column, y) = (0, columns[0].Top);
        for (var b = 0; b < blocks.Count; b++)
        {
            var block = blocks[b];
            var needed = block.Together || block.Items.Count <= 8 ? block.Height : block.Items.Take(3).Sum(i => i.Height);
            if (y + needed > columns[column].Bottom && y > columns[column].Top && !Next())
                return (Draw, [.. blocks.Skip(b)]);
            for (var i = 0; i < block.Items.Count; i++)
            {
                if (y + block.Items[i].Height > columns[column].Bottom + 0.01 && !Next())
                    // The heading is repeated where the block goes on.
                    return (Draw, [block with { Items = [.. block.Items.Take(Math.Min(i, 1)), .. block.Items.Skip(i)] }, .. blocks.Skip(b + 1)]);
                placed.Add((block.Items[i], columns[column].Left, y));
                y += block.Items[i].Height;
            }
            y += gap;
        }
        return (Draw, []);

        bool Next()
        {
            if (column + 1 >= columns.Count)
                return false;
            y = columns[++column].Top;
            return true;
        }

        void Draw(Surface surface)
        {
            foreach (var (item, x, top) in placed)
                item.Draw(surface, x, top);
        }
    }

    /// <param name="tag">Shared by the lines of one paragraph.</param>
    public static Item Line(string text, TypeStyle style, string colour, Tag tag) =>
        new(style.Line, (s, x, y) => s.Tagged(tag, () => s.Text(text, x, y + style.Millimetres, style, colour)));

    public static IEnumerable<Item> Heading(string text, double width, TypeStyle style, Legend legend) => Paragraph(text, width, style with { Bold = true }, legend, new("H2"));

    static IEnumerable<Item> Paragraph(string text, double width, TypeStyle style, Legend legend, Tag tag) => Wrap(text, style, width).Select(l => Line(l, style, legend.Ink, tag));

    /// <summary>A heading and wrapped paragraphs.</summary>
    public static Block Text(string heading, IEnumerable<string> paragraphs, double width, TypeStyle style, Legend legend) =>
        new([.. Heading(heading, width, style, legend), .. paragraphs.SelectMany(p => Paragraph(p, width, style, legend, new("P")))]);

    /// <summary>Lines no wider than given; breaks at spaces, and within a word only where it alone is too wide.</summary>
    public static IReadOnlyList<string> Wrap(string text, TypeStyle style, double width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ').SelectMany(w => Pieces(w, style, width)))
        {
            var longer = line.Length == 0 ? word.Text : line + (word.Joined ? "" : " ") + word.Text;
            if (Fonts.Width(longer, style) <= width)
            {
                line = longer;
                continue;
            }
            lines.Add(line);
            line = word.Text;
        }
        lines.Add(line);
        return lines;
    }

    /// <summary>A word, or its parts where it is wider than a line (addresses of web pages).</summary>
    static IEnumerable<(string Text, bool Joined)> Pieces(string word, TypeStyle style, double width)
    {
        var start = 0;
        for (var end = 1; end <= word.Length; end++)
        {
            if (end < word.Length && Fonts.Width(word[start..(end + 1)], style) <= width)
                continue;
            var cut = end == word.Length ? end : word.LastIndexOfAny(['/', '-', '.'], end - 1, end - start) is var at && at > start ? at + 1 : end;
            yield return (word[start..cut], start > 0);
            start = end = cut;
        }
    }
}
