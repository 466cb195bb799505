using Avalonia;
using Avalonia.Controls;
using Avalonia.Input;
using Avalonia.Layout;
using Avalonia.Threading;
using Avalonia.VisualTree;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>
/// A list whose rows come one by one, frame by frame, when it is first shown or filled: two dozen rows made at once hold the window's thread for
/// longer than a frame lasts.
/// </summary>
sealed class Unrolling
{
    /// <summary>Pixels a frame: a row, and half of one.</summary>
    const double Step = 60;

    readonly ListBox list;
    bool under;

    Unrolling(ListBox list) => this.list = list;

    public static void Of(ListBox list)
    {
        var unrolling = new Unrolling(list);
        list.AutoScrollToSelectedItem = false; // by itself it looks for its row while there is room for none, and leaves a second one behind that takes the keyboard
        list.SelectionChanged += (_, _) => unrolling.Seek();
        list.AttachedToVisualTree += (_, _) =>
        {
            if (list.ItemCount == 0)
                Dispatcher.UIThread.Post(() => Warm(list), DispatcherPriority.SystemIdle);
            unrolling.Begin();
        };
        list.PropertyChanged += (_, change) =>
        {
            if (change.Property == ItemsControl.ItemCountProperty && change.GetOldValue<int>() == 0)
                unrolling.Begin();
        };
    }

    /// <summary>The first line takes as long as ten later ones; one that nobody sees is made while the list waits to be filled.</summary>
    static void Warm(ListBox list)
    {
        var line = new ListBoxItem { Theme = list.ItemContainerTheme };
        line.ApplyStyling();
        line.ApplyTemplate();
    }

    /// <summary>Whether its lines are still coming.</summary>
    public static bool IsUnder(ListBox list) => double.IsFinite(list.MaxHeight);

    /// <summary>When the list has laid out what moved in it: to look for a row before is an error of arrangement.</summary>
    public static void ToTop(ListBox list) => Dispatcher.UIThread.Post(() => list.Scroll?.Offset = default, DispatcherPriority.Background);

    void Begin()
    {
        if (under || list.ItemCount == 0 || TopLevel.GetTopLevel(list) is not { } window)
            return;
        (under, list.VerticalAlignment, list.MaxHeight) = (true, VerticalAlignment.Top, 0);
        window.RequestAnimationFrame(_ => Next(window));
    }

    void Next(TopLevel window)
    {
        if (list.MaxHeight < window.Bounds.Height && list.IsAttachedToVisualTree())
        {
            list.MaxHeight += Step;
            window.RequestAnimationFrame(_ => Next(window));
            return;
        }
        (under, list.MaxHeight, list.VerticalAlignment) = (false, double.PositiveInfinity, VerticalAlignment.Stretch);
        Seek();
    }

    /// <summary>To the line that is picked, with the keyboard if that is in the list.</summary>
    void Seek() => Dispatcher.UIThread.Post(() =>
    {
        if (under || list is not { SelectedItem: { } picked, IsEffectivelyVisible: true })
            return;
        list.ScrollIntoView(picked);
        if (list.IsKeyboardFocusWithin)
            list.ContainerFromItem(picked)?.Focus(NavigationMethod.Directional);
    }, DispatcherPriority.Background);
}
