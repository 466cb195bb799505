using System.Collections.ObjectModel;
using Breitband.Print;

namespace Breitband.Viewer;

/// <summary>How a layer was left, by the first of the painter's groups it stands for.</summary>
public sealed record LayerLeft(string Group, bool Visible, double Opacity);

/// <summary>The map's layers from above, in the order the user gave them.</summary>
public sealed class LayerStack(IEnumerable<LayerSwitch> layers) : ObservableCollection<LayerSwitch>(layers)
{
    /// <summary>How the painter is to paint them.</summary>
    public PaintOptions Painted => PaintOptions.Default with
    {
        Opacity = this.SelectMany(l => l.Groups.Select(g => (Group: g, Share: l.Visible ? l.Opacity : 0))).ToDictionary(l => l.Group, l => l.Share),
        Order = [.. this.Reverse().SelectMany(l => l.Groups)],
    };

    /// <summary>How strongly one of the painter's groups is painted, 0 to 1.</summary>
    public double Strength(string group) => this.FirstOrDefault(l => l.Groups.Contains(group)) is { Visible: true } layer ? layer.Opacity : 0;

    /// <summary>As they are, to come back to; layers nobody knows any more are passed over, new ones keep their place at the end.</summary>
    public IReadOnlyList<LayerLeft> Left
    {
        get => [.. this.Select(l => new LayerLeft(l.Groups[0], l.Visible, l.Opacity))];
        set
        {
            var at = 0;
            foreach (var left in value)
                if (this.FirstOrDefault(l => l.Groups[0] == left.Group) is { } layer)
                {
                    (layer.Visible, layer.Opacity) = (left.Visible, Math.Clamp(left.Opacity, 0.1, 1));
                    Move(IndexOf(layer), at++);
                }
        }
    }

    /// <param name="by">Places down; negative to lift it. At the end of the stack it stays.</param>
    public void Shift(LayerSwitch layer, int by)
    {
        var at = IndexOf(layer);
        if (at >= 0 && at + by >= 0 && at + by < Count)
            Move(at, at + by);
    }
}
