using Avalonia;
using Avalonia.Media;
using Avalonia.Media.TextFormatting;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>How a text is set; its colour is that of the line it stands in.</summary>
/// <param name="Size">Points.</param>
/// <param name="Digits">All figures are equally wide: numbers stand under each other.</param>
readonly record struct TextLook(Typeface Face, double Size, bool Digits = false, TextWrapping Wrapping = TextWrapping.NoWrap);

/// <summary>
/// Texts as glyphs, made once for a text and a width and drawn in any colour: to make them takes longer than everything else a line of a list needs.
/// Of the window's thread alone.
/// </summary>
static class ShapedText
{
    /// <summary>Some megabytes. A county has some hundred measures with four texts each.</summary>
    const int Kept = 4000;

    /// <summary>Figures of one width. Said as an object: read from „+tnum“ it takes a tenth of a second of every start, to compile what reads it.</summary>
    public static FontFeatureCollection EquallyWide { get; } = [new() { Tag = "tnum" }];

    static readonly Dictionary<(string Text, TextLook Look, double Width), TextLayout> known = [];

    public static TextLayout Of(string text, TextLook look, double width = double.PositiveInfinity)
    {
        if (known.TryGetValue((text, look, width), out var shaped))
            return shaped;
        if (known.Count >= Kept)
            known.Clear();
        return known[(text, look, width)] = new(text, look.Face, look.Digits ? EquallyWide : null, look.Size, Brushes.Black, textWrapping: look.Wrapping,
            textTrimming: look.Wrapping == TextWrapping.NoWrap ? TextTrimming.CharacterEllipsis : null, maxWidth: Math.Max(1, width));
    }

    public static void Draw(DrawingContext context, TextLayout text, Point at, IBrush? colour)
    {
        var y = at.Y;
        foreach (var line in text.TextLines)
        {
            var x = at.X + line.Start;
            foreach (var run in line.TextRuns.OfType<ShapedTextRun>())
            {
                using (context.PushTransform(Matrix.CreateTranslation(x, y + line.Baseline - run.Baseline)))
                    context.DrawGlyphRun(colour, run.GlyphRun);
                x += run.Size.Width;
            }
            y += line.Height;
        }
    }
}
