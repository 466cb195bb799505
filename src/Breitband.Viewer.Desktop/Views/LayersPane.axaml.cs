using Avalonia.Controls;
using Breitband.Viewer.Map;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>What the map shows, and what lies under it.</summary>
sealed partial class LayersPane : UserControl
{
    readonly List<BaseMap?> grounds = [null];

    public LayersPane()
    {
        InitializeComponent();
        Ground.SelectionChanged += (_, _) => Chosen?.Invoke(Ground.SelectedIndex >= 0 ? grounds[Ground.SelectedIndex] : null);
        GroundOpacity.ValueChanged += (_, e) => Faded?.Invoke(e.NewValue);
    }

    public event Action<BaseMap?>? Chosen;

    public event Action<double>? Faded;

    public void Offer(IReadOnlyList<BaseMap> maps, string? chosen)
    {
        grounds.AddRange(maps);
        List(grounds.FindIndex(g => g?.Name == chosen));
    }

    /// <summary>A file of pictures the user brought: shown at once.</summary>
    public void Add(string mbtiles)
    {
        grounds.Add(BaseMap.Of(mbtiles));
        List(grounds.Count - 1);
    }

    void List(int chosen)
    {
        Ground.ItemsSource = grounds.Select(g => g?.Name ?? Tongue.Of("keine", "none")).ToList();
        Ground.SelectedIndex = Math.Max(0, chosen);
    }
}
