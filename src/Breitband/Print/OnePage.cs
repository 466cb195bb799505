using NetTopologySuite.Geometries;

namespace Breitband.Print;

/// <summary>What a single page about one thing says: a map beside its facts, then everything else in two columns.</summary>
/// <param name="Heard">What somebody hears who cannot see the map.</param>
/// <param name="Facts">Blocks beside the map, for a width in millimetres.</param>
/// <param name="Wide">Blocks over the whole width below.</param>
/// <param name="Margin">Blocks in two columns at the foot.</param>
sealed record OnePageContent(string Title, string Subtitle, string Message, Envelope Shows, string Heard, Action<Surface, MapFrame> Map,
    Func<double, TypeStyle, IEnumerable<Block>> Facts, Func<double, TypeStyle, IEnumerable<Block>> Wide, Func<double, TypeStyle, IEnumerable<Block>> Margin);

/// <summary>One upright page. What finds no room is left out from the end of the wide blocks, never from the margin, which a sheet owes its reader.</summary>
static class OnePage
{
    const double Gap = 6;

    public static Page Compose(OnePageContent content, GapResult result, PrintOptions options)
    {
        var (paper, unit) = (options.Paper, options.Paper.Unit);
        if (!paper.Upright)
            throw BreitbandException.WrongUse($"Dieses Blatt steht hoch: --paper {paper.Name.Split('-')[0]}-hoch", $"This sheet stands upright: --paper {paper.Name.Split('-')[0]}-hoch");
        var sheet = new Box(0, 0, paper.Width, paper.Height).Inset(12 * unit);
        var body = SheetLayout.Body(unit);
        var head = new SheetHead(content.Title, content.Subtitle, content.Message, options, sheet, unit);
        var half = (sheet.Width - Gap) / 2;
        var beside = content.Facts(half, body).ToList();
        // As high as the facts beside it, so that no room is lost; never a strip.
        var map = new Box(sheet.Left, sheet.Top + head.Height, half, Math.Clamp(beside.Sum(b => b.Height + body.Line * 0.4), half * 0.7, half));
        var frame = new MapFrame(map, content.Shows, MapScale.Choose(content.Shows, map.Inset(2), options.Scale));
        var facts = new Box(map.Right + Gap, map.Top, half, sheet.Height);
        var below = Math.Max(map.Bottom, map.Top + beside.Sum(b => b.Height + body.Line * 0.4)) + body.Line * 0.8;
        var bottom = sheet.Bottom - body.Line * 1.8;
        var margin = content.Margin(half, body).ToList();
        var wide = Fitting([.. content.Wide(sheet.Width, body)], margin, below, bottom, sheet, half, body);
        return new(paper.Width, paper.Height, s =>
        {
            head.Draw(s);
            s.Tagged(new("Figure", content.Heard, frame.Box), () => s.Within(frame.Box, () => content.Map(s, frame)));
            s.Stroke(frame.Box, Legend.Default.Ink, 0.3 * unit);
            Flow.Fill([facts], beside, body.Line * 0.4).Draw(s);
            Flow.Fill([new(sheet.Left, below, sheet.Width, bottom - below)], wide, body.Line * 0.4).Draw(s);
            var top = below + wide.Sum(b => b.Height + body.Line * 0.4) + body.Line * 0.4;
            Flow.Fill(Columns(sheet, half, top, bottom), margin, body.Line * 0.4).Draw(s);
            SheetLayout.Foot(s, sheet, body, 1, 1, result, options);
        });
    }

    static Box[] Columns(Box sheet, double half, double top, double bottom) => [new(sheet.Left, top, half, bottom - top), new(sheet.Left + half + Gap, top, half, bottom - top)];

    /// <summary>The wide blocks with as many items as leave room for the margin.</summary>
    static List<Block> Fitting(List<Block> wide, List<Block> margin, double below, double bottom, Box sheet, double half, TypeStyle body)
    {
        while (true)
        {
            var top = below + wide.Sum(b => b.Height + body.Line * 0.4) + body.Line * 0.4;
            if (top < bottom && Flow.Fill(Columns(sheet, half, top, bottom), margin, body.Line * 0.4).Remaining.Count == 0)
                return wide;
            var longest = wide.FindLastIndex(b => b.Items.Count > 2);
            if (longest < 0)
                throw BreitbandException.Refused("Die Angaben passen nicht auf eine Seite. Größeres Papier wählen: --paper A3-hoch", "This does not fit one page. Choose larger paper: --paper A3-hoch");
            wide[longest] = wide[longest] with { Items = [.. wide[longest].Items.SkipLast(1)] };
        }
    }
}
