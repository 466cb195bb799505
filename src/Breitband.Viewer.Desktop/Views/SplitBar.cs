using Avalonia;
using Avalonia.Controls;
using Avalonia.Media;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>The four parts of a place beside each other, in the legend's colours and hatches; widths are shares of the whole.</summary>
sealed class SplitBar : Control
{
    public static readonly StyledProperty<IReadOnlyList<double>?> PartsProperty = AvaloniaProperty.Register<SplitBar, IReadOnlyList<double>?>(nameof(Parts));

    public static readonly StyledProperty<double> SpanProperty = AvaloniaProperty.Register<SplitBar, double>(nameof(Span), 1);

    static SplitBar() => AffectsRender<SplitBar>(PartsProperty, SpanProperty);

    /// <summary>How much of the width the bar takes, 0 to 1: bars beside each other compare wholes, too.</summary>
    public double Span
    {
        get => GetValue(SpanProperty);
        set => SetValue(SpanProperty, value);
    }

    /// <summary>In the order of <see cref="Legend.Split"/>: served, planned, unclear, unserved.</summary>
    public IReadOnlyList<double>? Parts
    {
        get => GetValue(PartsProperty);
        set => SetValue(PartsProperty, value);
    }

    public override void Render(DrawingContext context)
    {
        if (Parts is not { } parts || parts.Sum() <= 0)
            return;
        var (left, edge) = (0.0, new Pen(new SolidColorBrush(Color.Parse("#7a8085")), 0.5));
        foreach (var (symbol, part) in Legend.Default.Split.Zip(parts).Where(p => p.Second > 0))
        {
            var box = new Rect(left, 0.5, part / parts.Sum() * Bounds.Width * Span, Bounds.Height - 1);
            context.DrawRectangle(new SolidColorBrush(Color.Parse(symbol.Fill ?? "#ffffff")), edge, box);
            if (symbol.Hatch is { } hatch)
                Hatch(context, box, hatch);
            left += box.Width;
        }
    }

    static void Hatch(DrawingContext context, Rect box, Hatch hatch)
    {
        using var clip = context.PushClip(box);
        var (pen, lean) = (new Pen(new SolidColorBrush(Color.Parse(hatch.Colour)), 1), box.Height / Math.Tan(hatch.Angle * Math.PI / 180));
        for (var x = box.Left - Math.Abs(lean); x < box.Right + Math.Abs(lean); x += hatch.Spacing * 4)
            context.DrawLine(pen, new(x, box.Bottom), new(x + lean, box.Top));
    }
}
