using Avalonia;
using Avalonia.Controls;
using Avalonia.Media;
using Avalonia.Media.Immutable;

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
        if (Parts is { } parts)
            Draw(context, new(0, 0, Bounds.Width * Span, Bounds.Height), parts);
    }

    static readonly ImmutablePen edge = new(new ImmutableSolidColorBrush(Color.Parse("#7a8085")), 0.5);

    /// <summary>As the legend has them: made once, not for every bar of every frame.</summary>
    static readonly IReadOnlyList<(ImmutableSolidColorBrush Fill, ImmutablePen? Line, Hatch? Hatch)> looks = [.. Legend.Default.Split.Select(s => (
        new ImmutableSolidColorBrush(Color.Parse(s.Fill ?? "#ffffff")), s.Hatch is { } h ? new ImmutablePen(new ImmutableSolidColorBrush(Color.Parse(h.Colour)), 1) : null, s.Hatch))];

    /// <summary>The same as part of what is drawn otherwise.</summary>
    public static void Draw(DrawingContext context, Rect area, IReadOnlyList<double> parts)
    {
        var (left, sum) = (area.Left, parts.Sum());
        foreach (var ((fill, line, hatch), part) in looks.Zip(parts).Where(p => p.Second > 0))
        {
            var box = new Rect(left, area.Top + 0.5, part / sum * area.Width, area.Height - 1);
            context.DrawRectangle(fill, edge, box);
            if (hatch is not null)
                Lines(context, box, hatch, line!);
            left += box.Width;
        }
    }

    static void Lines(DrawingContext context, Rect box, Hatch hatch, ImmutablePen pen)
    {
        using var clip = context.PushClip(box);
        var lean = box.Height / Math.Tan(hatch.Angle * Math.PI / 180);
        for (var x = box.Left - Math.Abs(lean); x < box.Right + Math.Abs(lean); x += hatch.Spacing * 4)
            context.DrawLine(pen, new(x, box.Bottom), new(x + lean, box.Top));
    }
}
