using Avalonia.Controls;
using Avalonia.Input;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>Measures in and out of the question, and what that comes to.</summary>
sealed partial class MeasuresPane : UserControl
{
    /// <summary>The picked measure is to be changed.</summary>
    public event Action? Edited;

    public MeasuresPane()
    {
        InitializeComponent();
        Unrolling.Of(Rows);
        All.Click += (_, _) => (DataContext as DeskModel)?.Count(true);
        Edit.Click += (_, _) => Edited?.Invoke();
        Rows.AddHandler(KeyDownEvent, Tick, Avalonia.Interactivity.RoutingStrategies.Tunnel);
        Rows.DoubleTapped += (_, _) => Edited?.Invoke();
        None.Click += (_, _) => (DataContext as DeskModel)?.Count(false);
    }

    /// <summary>The space bar does to the line what the mouse does to its box, which has no stop of its own.</summary>
    void Tick(object? sender, KeyEventArgs e)
    {
        if (e is not { Key: Key.Space, KeyModifiers: KeyModifiers.None } || e.Source is not ListBoxItem { DataContext: MeasureRow row } || DataContext is not DeskModel { CanTry: true })
            return;
        row.Counts = !row.Counts;
        e.Handled = true;
    }
}
