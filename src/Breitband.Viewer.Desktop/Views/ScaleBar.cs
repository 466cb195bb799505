using System.Globalization;
using Avalonia;
using Avalonia.Controls;
using Avalonia.Media;
using Breitband.Viewer.Map;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>A bar of a round length on the ground at the middle of the map, and the scale beside it.</summary>
sealed class ScaleBar : Control
{
    const double Longest = 130;

    MapPose pose;
    double? measured;

    FontFamily FontFamily => Avalonia.Controls.Documents.TextElement.GetFontFamily(this);

    public MapPose Pose
    {
        set
        {
            pose = value;
            InvalidateVisual();
        }
    }

    static Language Language => Tongue.Current.Language;

    /// <summary>Metres of what is being measured; null while nothing is.</summary>
    public double? Measured
    {
        set
        {
            measured = value;
            InvalidateVisual();
        }
    }

    protected override Size MeasureOverride(Size availableSize) => new(420, 22);

    public override void Render(DrawingContext context)
    {
        if (!(pose.Resolution > 0))
            return;
        var metres = Round(Longest * pose.GroundResolution);
        var length = metres / pose.GroundResolution;
        var ink = Find("Ink");
        // On every ground legible: the map below may be dark.
        context.FillRectangle(new SolidColorBrush(Colors.White, 0.8), new Rect(-4, -2, length + (measured is null ? 100 : 260), 24), 3);
        var pen = new Pen(ink, 1.5);
        context.DrawLine(pen, new(2, 17), new(2 + length, 17));
        context.DrawLine(pen, new(2, 11), new(2, 17));
        context.DrawLine(pen, new(2 + length, 11), new(2 + length, 17));
        Write(context, Length(metres), new(6, 1), ink);
        if (measured is { } line)
            Write(context, Tongue.Of("gemessen: ", "measured: ") + Length(line), new(110 + length, 4), ink);
        Write(context, $"1 : {Formats.Whole(Steps(pose.Scale), Language)}", new(10 + length, 4), ink);
    }

    static string Length(double metres) => metres >= 1000 ? Formats.Number(metres / 1000, Language) + " km" : Formats.Number(metres, Language, "0") + " m";

    IBrush Find(string name) => this.TryFindResource(name, ActualThemeVariant, out var found) && found is IBrush brush ? brush : Brushes.Black;

    void Write(DrawingContext context, string text, Point at, IBrush ink) =>
        context.DrawText(new FormattedText(text, CultureInfo.InvariantCulture, FlowDirection.LeftToRight, new Typeface(FontFamily), 11, ink), at);

    /// <summary>1, 2 or 5 times a power of ten.</summary>
    static double Round(double most)
    {
        var ten = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return (most / ten) switch { >= 5 => 5, >= 2 => 2, _ => 1 } * ten;
    }

    /// <summary>Two significant digits: a screen's scale is no more exact.</summary>
    static long Steps(double scale) => Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(scale)) - 1)) is var ten ? (long)(Math.Round(scale / ten) * ten) : 0;
}
