using Avalonia;
using Avalonia.Controls;
using Avalonia.Input;
using Avalonia.Interactivity;
using Avalonia.Media;
using Breitband.Viewer.Desktop.Map;
using NetTopologySuite.Geometries;
using Point = Avalonia.Point;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>
/// The map's area: our map, for a swipe a second one over it that shows only what lies right of the divider, and what the pointer does on
/// them in metres of the world. Whether a press moves the map or a corner is asked of <see cref="Grabs"/>.
/// </summary>
sealed class MapArea : Panel, IDisposable
{
    /// <summary>A hand trembles: within this many pixels a press and release are a click.</summary>
    const double Tremble = 4;

    readonly Border divider = new() { Width = 9, Background = Brushes.Transparent, Cursor = new Cursor(StandardCursorType.SizeWestEast), HorizontalAlignment = Avalonia.Layout.HorizontalAlignment.Left, IsVisible = false };
    readonly TextBlock words = new() { TextWrapping = TextWrapping.Wrap };
    readonly Panel missing = new() { IsVisible = false, IsHitTestVisible = false };
    MapAdapter? other;
    Point? pressed;
    bool grabbed, dividing;
    double share = 0.5;

    public MapArea()
    {
        Main = new();
        (ClipToBounds, Focusable) = (true, true);
        Avalonia.Automation.AutomationProperties.SetName(this, Tongue.Of("Karte", "Map"));
        divider.Child = new Border { Width = 3, Background = Brushes.White, BorderBrush = Brushes.Black, BorderThickness = new(0.75, 0) };
        missing.Children.Add(new Border { Classes = { "card" }, Padding = new(12, 8), Margin = new(12), HorizontalAlignment = Avalonia.Layout.HorizontalAlignment.Center, VerticalAlignment = Avalonia.Layout.VerticalAlignment.Center, Child = words });
        Children.AddRange([Main.Control, missing, divider]);
        Main.Moved += Follow;
        AddHandler(PointerPressedEvent, Press, RoutingStrategies.Tunnel);
        AddHandler(PointerMovedEvent, Move, RoutingStrategies.Tunnel);
        AddHandler(PointerReleasedEvent, Release, RoutingStrategies.Tunnel);
        PointerExited += (_, _) => Hovered?.Invoke(null);
    }

    public MapAdapter Main { get; }

    /// <summary>The second map while a comparison is shown.</summary>
    public MapAdapter? Other => other;

    /// <summary>Both while a comparison is shown, else the one.</summary>
    public IEnumerable<MapAdapter> Maps => other is null ? [Main] : [Main, other];

    public event Action<Coordinate, KeyModifiers>? Clicked;

    public event Action<Coordinate>? DoubleClicked;

    /// <summary>Where the pointer is; null when it left the map.</summary>
    public event Action<Coordinate?>? Hovered;

    public event Action<Coordinate>? Dragged;

    public event Action<Coordinate>? RightClicked;

    /// <summary>Whether a press here takes hold of something, so that the drag is not the map's.</summary>
    public Func<Coordinate, bool> Grabs { get; set; } = _ => false;

    /// <summary>Shows or takes away the second map, whose layers the caller sets.</summary>
    public MapAdapter? Compare(bool shown)
    {
        if (shown == other is not null)
            return other;
        if (shown)
        {
            other = new MapAdapter();
            other.Control.IsHitTestVisible = false;
            Children.Insert(1, other.Control);
            Follow();
        }
        else
        {
            Children.Remove(other!.Control);
            other.Dispose();
            other = null;
        }
        divider.IsVisible = shown;
        Divide(share);
        return other;
    }

    /// <summary>Puts the divider; 0 is the left edge, 1 the right one.</summary>
    public void Divide(double at)
    {
        share = Math.Clamp(at, 0.02, 0.98);
        var left = Bounds.Width * share;
        divider.Margin = new Thickness(left - divider.Width / 2, 0, 0, 0);
        missing.Margin = new Thickness(left, 0, 0, 0);
        if (other is not null)
            other.Control.Clip = new RectangleGeometry(new Rect(left, 0, Math.Max(0, Bounds.Width - left), Bounds.Height));
    }

    /// <summary>Whether a place is seen on the second map.</summary>
    public bool IsBeside(Coordinate at) => other is not null && Main.Pose.ScreenAt(at.X, at.Y).Left > Bounds.Width * share;

    /// <summary>Why there are no figures right of the divider; empty when there are.</summary>
    public void Say(string why) => (words.Text, missing.IsVisible) = (why, why.Length > 0);

    /// <summary>Moves the divider by keyboard.</summary>
    public void Nudge(double by) => Divide(share + by);

    protected override void OnSizeChanged(SizeChangedEventArgs e)
    {
        base.OnSizeChanged(e);
        Divide(share);
    }

    public void Dispose()
    {
        Main.Dispose();
        other?.Dispose();
    }

    void Follow()
    {
        if (other is { } second && Main.Pose is { Width: > 0 } pose)
            second.Look(pose.X, pose.Y, pose.Resolution);
    }

    Coordinate World(PointerEventArgs e) => e.GetPosition(this) is var at ? Main.Pose.WorldAt(at.X, at.Y) : new();

    void Press(object? sender, PointerPressedEventArgs e)
    {
        var (at, button) = (e.GetPosition(this), e.GetCurrentPoint(this).Properties);
        Focus();
        if (button.IsRightButtonPressed)
        {
            RightClicked?.Invoke(World(e));
            return;
        }
        if (!button.IsLeftButtonPressed)
            return;
        (pressed, dividing) = (at, divider.IsVisible && Math.Abs(at.X - Bounds.Width * share) < divider.Width);
        grabbed = !dividing && Grabs(World(e));
        if (!grabbed && !dividing)
            return;
        e.Pointer.Capture(this);
        e.Handled = true;
    }

    void Move(object? sender, PointerEventArgs e)
    {
        if (dividing)
            Divide(e.GetPosition(this).X / Math.Max(1, Bounds.Width));
        else if (grabbed)
            Dragged?.Invoke(World(e));
        else
            Hovered?.Invoke(World(e));
        e.Handled = grabbed || dividing;
    }

    void Release(object? sender, PointerReleasedEventArgs e)
    {
        if (pressed is not { } began)
            return;
        var (at, held) = (e.GetPosition(this), grabbed || dividing);
        if (!grabbed && !dividing && Math.Abs(at.X - began.X) <= Tremble && Math.Abs(at.Y - began.Y) <= Tremble)
            Click(e);
        if (held)
        {
            e.Pointer.Capture(null);
            e.Handled = true;
        }
        (pressed, grabbed, dividing) = (null, false, false);
    }

    DateTime clicked;

    void Click(PointerReleasedEventArgs e)
    {
        var now = DateTime.UtcNow;
        if (now - clicked < TimeSpan.FromMilliseconds(350))
            DoubleClicked?.Invoke(World(e));
        else
            Clicked?.Invoke(World(e), e.KeyModifiers);
        clicked = now;
    }
}
