using Avalonia;
using Avalonia.Controls;
using Avalonia.Media;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>A legend's sample: fill, hatch and outline as on the map.</summary>
sealed class Swatch : Control
{
    public static readonly StyledProperty<Symbol?> SymbolProperty = AvaloniaProperty.Register<Swatch, Symbol?>(nameof(Symbol));

    static Swatch() => AffectsRender<Swatch>(SymbolProperty);

    public Symbol? Symbol
    {
        get => GetValue(SymbolProperty);
        set => SetValue(SymbolProperty, value);
    }

    protected override Size MeasureOverride(Size availableSize) => new(22, 14);

    public override void Render(DrawingContext context)
    {
        if (Symbol is not { } symbol)
            return;
        var box = new Rect(1, 1, Bounds.Width - 2, Bounds.Height - 2);
        var pen = new Pen(new SolidColorBrush(Color.Parse(symbol.Outline)), Math.Clamp(symbol.Width * 96 / 25.4, 0.75, 2.5), symbol.Dash is { } dash ? new DashStyle(dash.Select(d => Math.Max(1, d)), 0) : null);
        if (symbol is { Fill: null, Hatch: null })
        {
            context.DrawLine(pen, new(1, Bounds.Height / 2), new(Bounds.Width - 1, Bounds.Height / 2));
            return;
        }
        if (symbol.Key is "circle" or "address" or "facility")
        {
            context.DrawEllipse(new SolidColorBrush(Color.Parse(symbol.Fill ?? "#ffffff")), null, box.Center, symbol.Key == "circle" ? 5.5 : 3, symbol.Key == "circle" ? 5.5 : 3);
            return;
        }
        if (symbol.Fill is { } fill)
            context.DrawRectangle(new SolidColorBrush(Color.Parse(fill)), null, box);
        if (symbol.Hatch is { } hatch)
        {
            using var clip = context.PushClip(box);
            var line = new Pen(new SolidColorBrush(Color.Parse(hatch.Colour)), Math.Max(1, hatch.Width * 96 / 25.4));
            var lean = box.Height / Math.Tan(hatch.Angle * Math.PI / 180);
            for (var x = box.Left - box.Height; x < box.Right + box.Height; x += hatch.Spacing * 96 / 25.4)
                context.DrawLine(line, new(x, box.Bottom), new(x + lean, box.Top));
        }
        context.DrawRectangle(null, new Pen(pen.Brush, 0.75), box);
    }
}
