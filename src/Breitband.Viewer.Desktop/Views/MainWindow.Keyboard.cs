using Avalonia;
using Avalonia.Controls;
using Avalonia.Input;
using Avalonia.Threading;
using Avalonia.VisualTree;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>Where the keyboard is, and where it goes when what had it is gone.</summary>
sealed partial class MainWindow
{
    bool InForm(IInputElement? focused) => focused is Visual inside && form is { } open && open.IsVisualAncestorOf(inside);

    /// <summary>Fields, lists and splitters keep the keys they need: letters and arrows are the map's only where nothing else takes them, and where something is filled in no letter is a command.</summary>
    bool Needs(IInputElement? focused, KeyEventArgs e) => focused switch
    {
        not null when e.KeyModifiers == KeyModifiers.Alt => false,
        Visual inside when Leafs(e) && card is PrintPane open && open.IsVisualAncestorOf(inside) => false,
        TextBox => true,
        ComboBox => !Commands(e),
        _ when InForm(focused) => !Commands(e),
        Button => Presses(e),
        ListBoxItem or Slider or TabItem or GridSplitter or ScrollViewer or SelectableTextBlock => Presses(e) || e.Key is >= Key.PageUp and <= Key.Down,
        _ => false,
    };

    static bool Presses(KeyEventArgs e) => e is { KeyModifiers: KeyModifiers.None, Key: Key.Return or Key.Space };

    static bool Leafs(KeyEventArgs e) => e is { KeyModifiers: KeyModifiers.None, Key: Key.PageUp or Key.PageDown };

    static bool Commands(KeyEventArgs e) => e is { KeyModifiers: KeyModifiers.Control, Key: Key.Return or >= Key.A and <= Key.Z };

    /// <summary>Whatever had the keyboard may just have been taken away: then the map has it, not nobody.</summary>
    void KeepKeyboard() => Dispatcher.UIThread.Post(() =>
    {
        if (FocusManager?.GetFocusedElement() is not Visual { IsEffectivelyVisible: true } or Window)
            Area.Focus();
    }, DispatcherPriority.Background);

    /// <summary>A tab, and the keyboard in what is read or ticked there.</summary>
    void GoTo(int tab)
    {
        Tabs.SelectedIndex = tab;
        Dispatcher.UIThread.Post(() => Enter(Tabs.SelectedContent as Visual), DispatcherPriority.Background);
    }

    static readonly TimeSpan Unrolled = TimeSpan.FromMilliseconds(50);

    /// <summary>A list is entered at the line that is picked, else at its first; the rest at what takes the keyboard first. Lines that are still coming are waited for.</summary>
    static void Enter(Visual? pane)
    {
        if (pane?.GetVisualDescendants().OfType<ListBox>().Any(l => l.IsEffectivelyVisible && Unrolling.IsUnder(l)) == true)
        {
            DispatcherTimer.RunOnce(() => Enter(pane), Unrolled);
            return;
        }
        var open = pane?.GetVisualDescendants().OfType<InputElement>().Where(i => i is { Focusable: true, IsEffectivelyVisible: true, IsEffectivelyEnabled: true }).ToList() ?? [];
        var rows = open.OfType<ListBoxItem>().ToList();
        ((rows.FirstOrDefault(r => r.IsSelected) ?? rows.FirstOrDefault()) ?? open.Find(i => i is ScrollViewer) ?? open.Find(i => i is TextBox or ComboBox) ?? open.FirstOrDefault())?.Focus(NavigationMethod.Tab);
    }
}
