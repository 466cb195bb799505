using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>What is compared with: edition, threshold, basis of the right side.</summary>
sealed partial class ComparePane : UserControl
{
    public ComparePane() => InitializeComponent();

    /// <summary>Of the three choices where there is room for all, pixels.</summary>
    static readonly double[] Wide = [205, 245, 230];

    /// <summary>In a line with their heading; where the map is narrower, in a line below it as wide as that leaves them, but two where that is too little.</summary>
    protected override Avalonia.Size MeasureOverride(Avalonia.Size availableSize)
    {
        var room = Math.Min(availableSize.Width, MaxWidth) - 40;
        foreach (var (choice, wide) in Choices.Children.OfType<ComboBox>().Zip(Wide))
            choice.Width = room >= 850 ? wide : room >= 480 ? Math.Min(wide, (room - 16) / 3) : Math.Max(60, (room - 8) / 2);
        return base.MeasureOverride(availableSize);
    }

    /// <summary>What must be known of the two editions; empty where there is nothing.</summary>
    public void Warn(string text) => Broken.Text = text;
}
