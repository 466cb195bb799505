using Avalonia;
using Avalonia.Controls;
using Avalonia.Media;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>The four parts of a place beside each other, in the legend's colours and hatches; widths are shares of the whole.</summary>
sealed class SplitBar : Control
{
    public static readonly StyledProperty<IReadOnlyList<double>?> PartsProperty = AvaloniaProperty.Register<SplitBar, IReadOnlyList<double>?>(nameof(Parts));

    static SplitBar() => AffectsRender<SplitBar>(PartsProperty);

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
            var box = new Rect(left, 0.5, part / parts.Sum() * Bounds.Width, Bounds.Height - 1);
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
