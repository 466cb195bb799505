using Avalonia.Controls;
using Avalonia.Input;
using Avalonia.Interactivity;
using Avalonia.Threading;
using Avalonia.VisualTree;
using Breitband.Viewer.Map;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>What the map shows, and what lies under it.</summary>
sealed partial class LayersPane : UserControl
{
    readonly List<BaseMap?> grounds = [null];

    public LayersPane()
    {
        InitializeComponent();
        Ground.SelectionChanged += (_, _) => Pick();
        AddHandler(Button.ClickEvent, Pressed);
        GroundOpacity.ValueChanged += (_, e) => Faded?.Invoke(e.NewValue);
    }

    /// <summary>In a narrow pane a slider goes below its name, which needs the width.</summary>
    protected override void OnSizeChanged(SizeChangedEventArgs e)
    {
        base.OnSizeChanged(e);
        Classes.Set("narrow", e.NewSize.Width < 250);
    }

    public event Action<BaseMap?>? Chosen;

    /// <summary>Opacity of the base map, 0.1 to 1.</summary>
    public double Share { get => GroundOpacity.Value; set => GroundOpacity.Value = value; }

    public event Action<double>? Faded;

    void Pick()
    {
        GroundOpacity.IsEnabled = Ground.SelectedIndex > 0;
        if (!spoken)
            Chosen?.Invoke(Ground.SelectedIndex >= 0 ? grounds[Ground.SelectedIndex] : null);
    }

    public void Offer(IReadOnlyList<BaseMap> maps, string? chosen)
    {
        grounds.AddRange(maps);
        List(grounds.FindIndex(g => g?.Name == chosen));
    }

    /// <summary>The files of pictures among them, to come back to.</summary>
    public IReadOnlyList<string> Pictures => [.. grounds.OfType<BaseMap>().Where(g => g.Kind == BaseMapKind.Mbtiles).Select(g => g.Address)];

    /// <summary>A file of pictures the user brought: shown at once.</summary>
    public void Add(string mbtiles)
    {
        if (grounds.All(g => g?.Address != mbtiles))
            grounds.Add(BaseMap.Of(mbtiles));
        List(grounds.FindIndex(g => g?.Address == mbtiles));
    }

    /// <summary>The language is another.</summary>
    public void Spoken()
    {
        spoken = true;
        List(Ground.SelectedIndex);
        spoken = false;
    }

    bool spoken;

    void Pressed(object? sender, RoutedEventArgs e)
    {
        if (e.Source is Button { Name: "Lift" or "Lower" } button)
            Shift(button, button.Name == "Lift" ? -1 : 1);
    }

    /// <summary>The line is made anew at its new place; the keyboard goes along.</summary>
    public void Shift(IInputElement? at, int by)
    {
        if (DataContext is not DeskModel desk || at is not Control pressed || pressed.DataContext is not LayerSwitch layer)
            return;
        desk.Layers.Shift(layer, by);
        Dispatcher.UIThread.Post(() => Stack.ContainerFromItem(layer)?.GetVisualDescendants().OfType<Control>().FirstOrDefault(c => c.Name == (pressed.Name ?? "Seen"))?.Focus(NavigationMethod.Tab), DispatcherPriority.Background);
    }

    void List(int chosen)
    {
        Ground.ItemsSource = grounds.Select(g => g?.Name ?? Tongue.Of("keine", "none")).ToList();
        Ground.SelectedIndex = Math.Max(0, chosen);
    }
}
