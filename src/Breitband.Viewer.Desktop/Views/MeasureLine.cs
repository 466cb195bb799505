using Avalonia;
using Avalonia.Automation.Peers;
using Avalonia.Automation.Provider;
using Avalonia.Controls;
using Avalonia.Input;
using Avalonia.Media;
using Avalonia.Media.TextFormatting;
using Avalonia.VisualTree;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>A measure with the box that says whether it counts, its state, the households it lifts and what one of them costs.</summary>
sealed class MeasureLine : DrawnLine
{
    public static readonly StyledProperty<IBrush?> AccentProperty = AvaloniaProperty.Register<MeasureLine, IBrush?>(nameof(Accent)), OnAccentProperty = AvaloniaProperty.Register<MeasureLine, IBrush?>(nameof(OnAccent));

    const double Box = 18, Between = 8, Numbers = 64, Edge = 2;

    static readonly Geometry tick = StreamGeometry.Parse("M 4,9.5 L 7.5,13 L 14,5.5");

    bool over;

    static MeasureLine() => AffectsRender<MeasureLine>(AccentProperty, OnAccentProperty);

    /// <summary>Of the box of what counts.</summary>
    public IBrush? Accent
    {
        get => GetValue(AccentProperty);
        set => SetValue(AccentProperty, value);
    }

    /// <summary>Of the tick in it.</summary>
    public IBrush? OnAccent
    {
        get => GetValue(OnAccentProperty);
        set => SetValue(OnAccentProperty, value);
    }

    MeasureRow? Row => DataContext as MeasureRow;

    static Rect Area(double margin = 0) => new Rect(0, Edge, Box, Box).Inflate(margin);

    protected override double Set(object row, double width)
    {
        var (name, state, lifts, cost) = Texts((MeasureRow)row, width);
        return Math.Max(name.Height + state.Height, lifts.Height + cost.Height) + 2 * Edge;
    }

    protected override string Told(object row) => row is MeasureRow measure ? string.Join(", ", new[] { measure.Name, measure.State, measure.Lifts, measure.Cost }.Where(t => t.Length > 0)) : "";

    public override void Render(DrawingContext context)
    {
        if (Row is not { } row)
            return;
        context.FillRectangle(Brushes.Transparent, new(Bounds.Size)); // the pointer meets the whole line
        DrawBox(context, row);
        var (name, state, lifts, cost) = Texts(row, Bounds.Width);
        ShapedText.Draw(context, name, new(Box + Between, Edge), Ink);
        ShapedText.Draw(context, state, new(Box + Between, Edge + name.Height), Muted);
        var top = (Bounds.Height - lifts.Height - cost.Height) / 2;
        DrawRight(context, lifts, Bounds.Width, top, Ink);
        DrawRight(context, cost, Bounds.Width, top + lifts.Height, Muted);
    }

    void DrawBox(DrawingContext context, MeasureRow row)
    {
        using var faint = context.PushOpacity(row.CanTry ? 1 : 0.4);
        var pen = new Pen(row.Counts || over ? Accent : Muted, over ? 2 : 1);
        context.DrawRectangle(row.Counts ? Accent : null, pen, Area(-0.5), 3, 3);
        if (!row.Counts)
            return;
        using var place = context.PushTransform(Matrix.CreateTranslation(Area().Position));
        context.DrawGeometry(null, new Pen(OnAccent, 1.8, lineCap: PenLineCap.Round), tick);
    }

    (TextLayout Name, TextLayout State, TextLayout Lifts, TextLayout Cost) Texts(MeasureRow row, double width)
    {
        var (lifts, cost) = (ShapedText.Of(row.Lifts, Strong with { Digits = true }), ShapedText.Of(row.Cost, Small with { Digits = true }));
        var left = width - Box - 2 * Between - Math.Max(Numbers, Math.Ceiling(Math.Max(lifts.Width, cost.Width)));
        return (ShapedText.Of(row.Name, Plain with { Wrapping = TextWrapping.Wrap }, left), ShapedText.Of(row.State, Small with { Wrapping = TextWrapping.Wrap }, left), lifts, cost);
    }

    protected override void OnPointerMoved(PointerEventArgs e)
    {
        base.OnPointerMoved(e);
        Point(Row is { CanTry: true } && Area(Edge).Contains(e.GetPosition(this)));
    }

    protected override void OnPointerExited(PointerEventArgs e)
    {
        base.OnPointerExited(e);
        Point(false);
    }

    void Point(bool at)
    {
        if (over == at)
            return;
        over = at;
        InvalidateVisual();
    }

    protected override void OnPointerPressed(PointerPressedEventArgs e)
    {
        base.OnPointerPressed(e);
        if (!e.GetCurrentPoint(this).Properties.IsLeftButtonPressed || !Area(Edge).Contains(e.GetPosition(this)))
            return;
        Turn();
        this.FindAncestorOfType<ListBoxItem>()?.Focus(); // so that the space bar goes on here
        e.Handled = true; // to tick is not to pick
    }

    void Turn()
    {
        if (Row is { CanTry: true } row)
            row.Counts = !row.Counts;
    }

    protected override AutomationPeer OnCreateAutomationPeer() => new Ticked(this);

    sealed class Ticked(MeasureLine line) : Peer(line), IToggleProvider
    {
        public ToggleState ToggleState => line.Row is { Counts: true } ? ToggleState.On : ToggleState.Off;

        public void Toggle() => line.Turn();

        protected override AutomationControlType GetAutomationControlTypeCore() => AutomationControlType.CheckBox;
    }
}
