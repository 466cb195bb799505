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

    static readonly ImmutablePen edge = new(new ImmutableSolidColorBrush(Color.Parse("#7a8085")), 0.5);

    /// <summary>As the legend has them: made once, not for every bar of every frame.</summary>
    static readonly Look[] looks = [.. Legend.Default.Split.Select(Look.Of)];

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

    /// <summary>The same as part of what is drawn otherwise. Counted by hand: a library's iterators over these are compiled at the first frame.</summary>
    public static void Draw(DrawingContext context, Rect area, IReadOnlyList<double> parts)
    {
        var (left, sum) = (area.Left, 0.0);
        for (var i = 0; i < parts.Count; i++)
            sum += parts[i];
        for (var i = 0; i < Math.Min(looks.Length, parts.Count); i++)
        {
            if (!(parts[i] > 0))
                continue;
            var box = new Rect(left, area.Top + 0.5, parts[i] / sum * area.Width, area.Height - 1);
            context.DrawRectangle(looks[i].Fill, edge, box);
            if (looks[i] is { Hatch: { } hatch, Line: { } line })
                Lines(context, box, hatch, line);
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

    sealed record Look(ImmutableSolidColorBrush Fill, Hatch? Hatch, ImmutablePen? Line)
    {
        public static Look Of(Symbol symbol) => new(new(Color.Parse(symbol.Fill ?? "#ffffff")), symbol.Hatch, symbol.Hatch is { } h ? new(new ImmutableSolidColorBrush(Color.Parse(h.Colour)), 1) : null);
    }
}
