using System.Globalization;
using SkiaSharp;

namespace Breitband.Print;

/// <summary>
/// Draws a page as PDF operators (ISO 32000-1, 8 and 9). A unit of its space is a hundredth of a millimetre, so that coordinates are whole
/// numbers: a quarter of what a printer resolves, short to write and quick to pack.
/// </summary>
sealed class PdfSurface : Surface
{
    const double Units = 100;

    readonly PdfStructure structure;
    readonly PdfFont[] fonts;
    readonly int page;
    readonly Stack<PdfElement> path = new();
    PdfElement? marked;
    bool marking;
    PdfElement? said;
    char end;
    (string? Fill, string? Stroke, int Width, bool Dashed) state;

    public PdfSurface(PdfStructure structure, PdfFont[] fonts, int page, double height)
    {
        (this.structure, this.fonts, this.page) = (structure, fonts, page);
        path.Push(structure.Root);
        // Millimetres downwards become points upwards; round joins.
        Content.Add(string.Create(CultureInfo.InvariantCulture, $"{72 / 25.4 / Units:0.##########} 0 0 {-72 / 25.4 / Units:0.##########} 0 {height * 72 / 25.4:0.######} cm 1 j\n"));
    }

    public PdfBuffer Content { get; } = new();

    public void End() => Unmark();

    public override void Tagged(Tag tag, Action draw)
    {
        path.Push(tag == Tag.Ornament ? structure.Root : structure.Element(tag, path.Peek()));
        draw();
        path.Pop();
    }

    public override void Fill(SKPath area, string colour)
    {
        Begin(fill: colour);
        Add(area);
        Content.Add(area.FillType == SKPathFillType.EvenOdd ? "f*\n"u8 : "f\n"u8);
    }

    public override void Fill(Box box, string colour)
    {
        Begin(fill: colour);
        Rectangle(box).Add("f\n"u8);
    }

    public override void Stroke(SKPath line, string colour, double width, IReadOnlyList<double>? dash = null)
    {
        Begin(stroke: colour, width: width, dash: dash);
        Add(line);
        Content.Add("S\n"u8);
    }

    public override void Stroke(Box box, string colour, double width)
    {
        Begin(stroke: colour, width: width);
        Rectangle(box).Add("S\n"u8);
    }

    public override void Line(double x1, double y1, double x2, double y2, string colour, double width)
    {
        Begin(stroke: colour, width: width);
        At(x1, y1).Add("m "u8);
        At(x2, y2).Add("l S\n"u8);
    }

    public override void Circle(double x, double y, double radius, string? fill, string outline, double width)
    {
        // Four arcs: the usual approximation, right to a fortieth of a per cent of the radius.
        const double k = 0.5522847498;
        Begin(fill, outline, width);
        At(x + radius, y).Add("m "u8);
        Arc(x + radius, y + k * radius, x + k * radius, y + radius, x, y + radius);
        Arc(x - k * radius, y + radius, x - radius, y + k * radius, x - radius, y);
        Arc(x - radius, y - k * radius, x - k * radius, y - radius, x, y - radius);
        Arc(x + k * radius, y - radius, x + radius, y - k * radius, x + radius, y);
        Content.Add(fill is null ? "s\n"u8 : "b\n"u8);
    }

    public override void Within(Box box, Action draw)
    {
        Content.Add("q "u8);
        Rectangle(box).Add("W n\n"u8);
        Restoring(draw);
    }

    protected override void Within(SKPath area, Action draw)
    {
        Content.Add("q "u8);
        Add(area);
        Content.Add(area.FillType == SKPathFillType.EvenOdd ? "W* n\n"u8 : "W n\n"u8);
        Restoring(draw);
    }

    protected override void TextAt(string text, double x, double y, TypeStyle style, string colour)
    {
        Begin(fill: colour);
        if (Continues())
            (text, x) = (" " + text, x - Fonts.Width(" ", style));
        (said, end) = (path.Peek(), text[^1]);
        var index = style.Bold ? 1 : 0;
        Content.Add("BT /F"u8).Add(index).AddHundredths((int)Math.Round(style.Millimetres * Units * 100)).Add("Tf 1 0 0 -1 "u8);
        At(x, y).Add("Tm <"u8);
        fonts[index].Show(text, Content);
        Content.Add("> Tj ET\n"u8);
    }

    /// <summary>True for a further line of a part: heard or copied, its first word must not grow together with the last of the line before.</summary>
    bool Continues() => path.Peek() == said && said != structure.Root && end is not ('-' or '/' or ' ');

    void Restoring(Action draw)
    {
        var before = state;
        draw();
        state = before;
        Content.Add("Q\n"u8);
    }

    /// <summary>Whose content follows, and in which colours; nothing is said twice.</summary>
    void Begin(string? fill = null, string? stroke = null, double width = 0, IReadOnlyList<double>? dash = null)
    {
        Mark();
        if (fill is not null && fill != state.Fill)
            Colour(state.Fill = fill).Add("rg "u8);
        if (stroke is null)
            return;
        if (stroke != state.Stroke)
            Colour(state.Stroke = stroke).Add("RG "u8);
        if ((int)Math.Round(width * Units * 10) is var w && w != state.Width)
            Content.AddHundredths(10 * (state.Width = w)).Add("w "u8);
        if (dash is null && !state.Dashed)
            return;
        Content.Add("["u8);
        foreach (var length in dash ?? [])
            Content.Add((int)Math.Round(length * Units));
        Content.Add("] 0 d "u8);
        state.Dashed = dash is not null;
    }

    PdfBuffer Colour(string colour)
    {
        var parsed = SKColor.Parse(colour);
        return Content.Add(string.Create(CultureInfo.InvariantCulture, $"{parsed.Red / 255.0:0.###} {parsed.Green / 255.0:0.###} {parsed.Blue / 255.0:0.###} "));
    }

    void Mark()
    {
        var element = path.Peek();
        if (marking && marked == element)
            return;
        Unmark();
        (marking, marked) = (true, element);
        if (element == structure.Root)
            Content.Add("/Artifact BMC\n"u8);
        else
            Content.Add("/" + element.Tag!.Role + " <</MCID ").Add(structure.Mark(element, page)).Add(">> BDC\n"u8);
    }

    void Unmark()
    {
        if (marking)
            Content.Add("EMC\n"u8);
        marking = false;
    }

    PdfBuffer At(double x, double y) => Content.Add((int)Math.Round(x * Units)).Add((int)Math.Round(y * Units));

    PdfBuffer Rectangle(Box box)
    {
        At(box.Left, box.Top);
        return At(box.Width, box.Height).Add("re "u8);
    }

    void Arc(double x1, double y1, double x2, double y2, double x, double y)
    {
        At(x1, y1);
        At(x2, y2);
        At(x, y).Add("c "u8);
    }

    void Add(SKPath drawn)
    {
        var p = new SKPoint[4];
        using var pieces = drawn.CreateRawIterator();
        for (var verb = pieces.Next(p); verb != SKPathVerb.Done; verb = pieces.Next(p))
            switch (verb)
            {
                case SKPathVerb.Move:
                    At(p[0].X, p[0].Y).Add("m "u8);
                    break;
                case SKPathVerb.Line:
                    At(p[1].X, p[1].Y).Add("l "u8);
                    break;
                case SKPathVerb.Close:
                    Content.Add("h "u8);
                    break;
                case SKPathVerb.Quad:
                    Arc(p[0].X + (p[1].X - p[0].X) * 2 / 3, p[0].Y + (p[1].Y - p[0].Y) * 2 / 3, p[2].X + (p[1].X - p[2].X) * 2 / 3, p[2].Y + (p[1].Y - p[2].Y) * 2 / 3, p[2].X, p[2].Y);
                    break;
                case SKPathVerb.Cubic:
                    Arc(p[1].X, p[1].Y, p[2].X, p[2].Y, p[3].X, p[3].Y);
                    break;
                default:
                    throw new InvalidOperationException($"a path with {verb} is not drawn on sheets");
            }
    }
}
