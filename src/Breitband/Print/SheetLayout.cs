using NetTopologySuite.Geometries;

namespace Breitband.Print;

/// <summary>What a map sheet says; <see cref="SheetLayout"/> says where.</summary>
/// <param name="Shows">Metres that must be on the map.</param>
/// <param name="Blocks">Legend and margin of a map for a column of a width (millimetres) in a type size.</param>
sealed record SheetContent(string Title, string Subtitle, string Message, Envelope Shows, Action<Surface, MapFrame> Map,
    Func<MapFrame, double, TypeStyle, IEnumerable<Block>> Blocks, Table Table);

/// <summary>Title above, map and margin side by side on lying paper and one above the other on upright paper, then the table.</summary>
static class SheetLayout
{
    const double FrameMargin = 2;

    /// <summary>Share of the height a map on upright paper may get: below it, legend, rule and sources still find room.</summary>
    const double Most = 0.75;

    public static IReadOnlyList<Page> Compose(SheetContent content, GapResult result, PrintOptions options)
    {
        var (paper, unit) = (options.Paper, options.Paper.Unit);
        var sheet = new Box(0, 0, paper.Width, paper.Height).Inset(paper.Upright ? 9 : 10 * Math.Min(unit, 1.5));
        var body = Body(unit);
        var head = new SheetHead(content.Title, content.Subtitle, content.Message, options, sheet, unit);
        var foot = body.Line * 1.6;
        var room = new Box(sheet.Left, sheet.Top + head.Height, sheet.Width, sheet.Height - head.Height - foot);
        var (frame, margin, remaining) = Arrange(content, room, body, options);
        var tables = content.Table.Pages(sheet, unit, remaining, content.Title);
        var count = 1 + tables.Count;
        return
        [
            new(paper.Width, paper.Height, s =>
            {
                head.Draw(s);
                s.Tagged(new("Figure", Heard(content, frame, options.Language), frame.Box), () => s.Within(frame.Box, () => content.Map(s, frame)));
                s.Stroke(frame.Box, Legend.Default.Ink, 0.3 * unit);
                margin(s);
                Foot(s, sheet, body, 1, count, result, options, continues: remaining.Count > 0);
            }),
            .. tables.Select((draw, i) => new Page(paper.Width, paper.Height, s =>
            {
                draw(s);
                Foot(s, sheet, body, i + 2, count, result, options);
            })),
        ];
    }

    /// <summary>What somebody hears who cannot see the map: its message, and where its figures stand.</summary>
    static string Heard(SheetContent content, MapFrame frame, Language language)
    {
        var scale = Figures.Number(frame.Scale, language);
        return new Phrase($"Karte im Maßstab 1:{scale}. {content.Subtitle}. {content.Message} Alle Zahlen der Karte stehen in der Tabelle „{content.Table.Heading}“ auf dem nächsten Blatt.",
            $"Map at a scale of 1:{scale}. {content.Subtitle}. {content.Message} All figures of the map are in the table \"{content.Table.Heading}\" on the next sheet.").In(language);
    }

    public static TypeStyle Body(double unit) => new(9 * unit);

    /// <summary>
    /// On upright paper map and margin share the height: the smallest map of the largest scale that any share gives. What of the margin
    /// finds no room then goes on behind the table.
    /// </summary>
    static (MapFrame Frame, Action<Surface> Margin, IReadOnlyList<Block> Remaining) Arrange(SheetContent content, Box room, TypeStyle body, PrintOptions options)
    {
        var unit = options.Paper.Unit;
        if (!options.Paper.Upright)
            return Filled(SideBySide(room, unit));
        var shares = Enumerable.Range(0, 9).Select(i => Stacked(room, content.Shows, unit, Most - 0.03 * i)).ToList();
        return Filled(shares.OrderBy(s => Frame(s.Map, null).Scale).ThenBy(s => s.Map.Height).First());

        MapFrame Frame(Box map, int? asked) => new(map, content.Shows, MapScale.Choose(content.Shows, map.Inset(FrameMargin), asked));

        (MapFrame Frame, Action<Surface> Margin, IReadOnlyList<Block> Remaining) Filled((Box Map, IReadOnlyList<Box> Columns) split)
        {
            var frame = Frame(split.Map, options.Scale);
            var (margin, remaining) = Flow.Fill(split.Columns, [.. content.Blocks(frame, split.Columns[0].Width, body)], body.Line * 0.4);
            return (frame, margin, remaining);
        }
    }

    static (Box Map, IReadOnlyList<Box> Columns) SideBySide(Box room, double unit)
    {
        var panel = Math.Max(104, room.Width * 0.29);
        return (new(room.Left, room.Top, room.Width - panel - 6 * unit, room.Height), [new(room.Right - panel, room.Top, panel, room.Height)]);
    }

    /// <summary>The map takes the height it needs at the best scale within a share of the room.</summary>
    static (Box Map, IReadOnlyList<Box> Columns) Stacked(Box room, Envelope shows, double unit, double share)
    {
        var most = new Box(room.Left, room.Top, room.Width, room.Height * share);
        var scale = MapScale.Choose(shows, most.Inset(FrameMargin), null);
        var height = Math.Min(most.Height, Math.Max(room.Height * 0.36, shows.Height * 1000 / scale + 2 * FrameMargin + 2));
        var (gap, top) = (6 * unit, room.Top + height + 4 * unit);
        var width = (room.Width - gap) / 2;
        return (most with { Height = height }, [new(room.Left, top, width, room.Bottom - top), new(room.Left + width + gap, top, width, room.Bottom - top)]);
    }

    internal static void Foot(Surface s, Box sheet, TypeStyle style, int page, int count, GapResult result, PrintOptions options, bool continues = false)
    {
        var (german, legend) = (options.Language == Language.De, Legend.Default);
        var left = $"{Margin.Status(options)} · {Figures.Date(options.PrintDate, options.Language)} · {options.Publisher}"
            + (result.Synthetic ? german ? " · Demonstrationsdaten" : " · demonstration data" : "");
        var (at, all) = options.Numbers is { } numbers ? (numbers.Before + page, numbers.Total) : (page, count);
        var next = !continues ? "" : german ? "Randangaben weiter hinter der Tabelle · " : "Margin continues behind the table · ";
        var right = next + (german ? $"Blatt {at} von {all}" : $"Sheet {at} of {all}");
        var needed = Fonts.Width(left, style) + Fonts.Width(right, style) + 4; // on a narrow sheet both are set smaller rather than one over the other
        var fitting = style with { Points = style.Points * Math.Min(1, sheet.Width / needed) };
        s.Text(left, sheet.Left, sheet.Bottom, fitting, legend.Muted);
        s.Text(right, sheet.Right, sheet.Bottom, fitting, legend.Muted, Align.Right);
    }
}

/// <summary>Title, subtitle, message and the mark of a draft.</summary>
sealed class SheetHead(string heading, string below, string sentences, PrintOptions options, Box sheet, double unit)
{
    readonly TypeStyle title = Fitting(heading, new((options.Paper.Upright && options.Paper.Width < 250 ? 15 : 19) * unit, Bold: true), sheet.Width - 30 * unit);
    readonly TypeStyle subtitle = new(10 * unit);
    readonly TypeStyle message = new((options.Paper.Width < 250 ? 10 : 11.5) * unit);

    /// <summary>A long heading is set smaller, so that it ends before the mark of a draft.</summary>
    static TypeStyle Fitting(string text, TypeStyle style, double room) => style with { Points = Math.Max(9, style.Points * Math.Min(1, room / Math.Max(room, Fonts.Width(text, style)))) };

    IReadOnlyList<string> Subtitle => Flow.Wrap(below, subtitle, sheet.Width);

    IReadOnlyList<string> Sentences => Flow.Wrap(sentences, message, sheet.Width);

    public double Height => title.Line + Subtitle.Count * subtitle.Line + 1.5 * unit + Sentences.Count * message.Line + 3 * unit;

    public void Draw(Surface s)
    {
        var legend = Legend.Default;
        var y = sheet.Top + title.Millimetres * 0.85;
        s.Tagged(new("H1", bookmark: heading), () => s.Text(heading, sheet.Left, y, title, legend.Ink));
        Mark(s, y);
        y = sheet.Top + title.Line + subtitle.Millimetres * 0.85;
        var tag = new Tag("P");
        foreach (var line in Subtitle)
        {
            s.Tagged(tag, () => s.Text(line, sheet.Left, y, subtitle, legend.Muted));
            y += subtitle.Line;
        }
        tag = new("P");
        y += 1.5 * unit + (message.Millimetres - subtitle.Millimetres) * 0.85;
        foreach (var line in Sentences)
        {
            s.Tagged(tag, () => s.Text(line, sheet.Left, y, message, legend.Ink));
            y += message.Line;
        }
    }

    void Mark(Surface s, double baseline)
    {
        var style = subtitle with { Bold = true };
        var text = Margin.Status(options);
        var width = Fonts.Width(text, style) + 4 * unit;
        var box = new Box(sheet.Right - width, sheet.Top, width, style.Millimetres * 1.7);
        s.Stroke(box, Legend.Default.Ink, 0.3 * unit);
        s.Tagged(new("P"), () => s.Text(text, box.MidX, box.MidY + style.Millimetres * 0.36, style, Legend.Default.Ink, Align.Centre));
    }
}
