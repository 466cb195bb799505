using Avalonia;
using Avalonia.Controls;
using Avalonia.Media;
using Avalonia.Threading;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>
/// How far background work is; where nobody knows, a piece that steps on three times a second. The theme's own bar moves with every frame, which
/// without a graphics card takes half a processor, just when the answer is being made.
/// </summary>
sealed class WorkBar : Control
{
    public static readonly StyledProperty<double> ShareProperty = AvaloniaProperty.Register<WorkBar, double>(nameof(Share));

    public static readonly StyledProperty<IBrush?> TrackProperty = AvaloniaProperty.Register<WorkBar, IBrush?>(nameof(Track)), FillProperty = AvaloniaProperty.Register<WorkBar, IBrush?>(nameof(Fill));

    /// <summary>Steps of one crossing, and how many of them the piece is long.</summary>
    const int Steps = 12, Long = 4;

    readonly DispatcherTimer step = new() { Interval = TimeSpan.FromSeconds(1.0 / 3) };
    int at;

    static WorkBar() => AffectsRender<WorkBar>(ShareProperty, TrackProperty, FillProperty);

    public WorkBar() => step.Tick += (_, _) =>
    {
        at = (at + 1) % (Steps + Long);
        InvalidateVisual();
    };

    /// <summary>0 to 1.</summary>
    public double Share
    {
        get => GetValue(ShareProperty);
        set => SetValue(ShareProperty, value);
    }

    public IBrush? Track
    {
        get => GetValue(TrackProperty);
        set => SetValue(TrackProperty, value);
    }

    public IBrush? Fill
    {
        get => GetValue(FillProperty);
        set => SetValue(FillProperty, value);
    }

    /// <summary>Whether nobody knows how far it is, and it is seen.</summary>
    public bool Moves
    {
        set
        {
            if (step.IsEnabled == value)
                return;
            (step.IsEnabled, at) = (value, 0);
            InvalidateVisual();
        }
    }

    public override void Render(DrawingContext context)
    {
        var whole = new Rect(Bounds.Size);
        using var clip = context.PushClip(new RoundedRect(whole, whole.Height / 2));
        context.FillRectangle(Track ?? Brushes.Transparent, whole);
        var (from, to) = step.IsEnabled ? ((double)(at - Long) / Steps, (double)at / Steps) : (0, Math.Clamp(Share, 0, 1));
        context.FillRectangle(Fill ?? Brushes.Transparent, new(whole.Width * from, 0, whole.Width * (to - from), whole.Height));
    }
}
