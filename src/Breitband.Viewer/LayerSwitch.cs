
namespace Breitband.Viewer;

/// <summary>A group of the map that can be switched and made translucent, with its part of the legend.</summary>
/// <param name="groups">The painter's groups it stands for.</param>
public sealed class LayerSwitch(Phrase label, IReadOnlyList<Symbol> legend, params string[] groups) : Observable
{
    bool visible = true;
    double opacity = 1;

    public string Label => label.In(Tongue.Current.Language);

    public IReadOnlyList<Figure> Legend => [.. legend.Select(s => new Figure(s, s.Label.In(Tongue.Current.Language), ""))];

    public IReadOnlyList<string> Groups => groups;

    /// <summary>The language is another: the names are to be read anew.</summary>
    public void Spoken()
    {
        Changed(nameof(Label));
        Changed(nameof(Legend));
    }

    public bool Visible
    {
        get => visible;
        set => Set(ref visible, value);
    }

    public double Opacity
    {
        get => opacity;
        set => Set(ref opacity, value);
    }

    /// <summary>The map from above, as the painter paints it.</summary>
    public static IReadOnlyList<LayerSwitch> All(Legend legend) =>
    [
        new(new("Namen", "Names"), [], "name"),
        new(new("Offene Haushalte je Siedlung", "Open households per settlement"), [legend.Circle], "settlement-circle"),
        new(new("Adressen und Einrichtungen", "Addresses and facilities"), [legend.Address, legend.Facility], "address", "facility"),
        new(new("Maßnahmen", "Measures"), [.. legend.Measures.Select(m => m.Symbol)], "measure"),
        new(new("Grenzen", "Borders"), [legend.Municipality, legend.County], "border"),
        new(new("Anteil offener Haushalte", "Share of open households"), [.. legend.Shares.Select(s => s.Symbol), legend.NoHouseholds, legend.MostlyUnclear.Symbol], "municipality-share", "gap"),
        new(new("Siedlungen", "Settlements"), [legend.Settlement], "settlement"),
        new(new("Straßen, Wald, Gewässer", "Roads, forest, water"), [.. legend.Backgrounds.Select(b => b.Symbol)], "ground"),
    ];
}
