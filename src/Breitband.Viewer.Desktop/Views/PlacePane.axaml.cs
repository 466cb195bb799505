using Avalonia.Controls;
using Avalonia.Input;

namespace Breitband.Viewer.Desktop.Views;

sealed partial class PlacePane : UserControl
{
    public PlacePane()
    {
        InitializeComponent();
        Reading.KeyDown += Roll;
    }

    /// <summary>The text has one stop of the keyboard, and the arrows roll it.</summary>
    void Roll(object? sender, KeyEventArgs e)
    {
        if (e.Source != Reading || e.KeyModifiers != KeyModifiers.None || e.Key is not (Key.Up or Key.Down or Key.Home or Key.End))
            return;
        (e.Key switch { Key.Up => (Action)Reading.LineUp, Key.Down => Reading.LineDown, Key.Home => Reading.ScrollToHome, _ => Reading.ScrollToEnd })();
        e.Handled = true;
    }
}
