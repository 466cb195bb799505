using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>What is compared with: edition, threshold, basis of the right side.</summary>
sealed partial class ComparePane : UserControl
{
    public ComparePane() => InitializeComponent();

    /// <summary>Of the three choices where there is room for all, pixels.</summary>
    static readonly double[] Wide = [205, 245, 230];

    /// <summary>In one line with their heading; over a narrower map in two, each as wide as that leaves it.</summary>
    protected override Avalonia.Size MeasureOverride(Avalonia.Size availableSize)
    {
        const double Heading = 150, Gap = 8;
        var room = availableSize.Width - 40;
        var half = Math.Max(60, (room >= 480 ? room - Heading - 2 * Gap : room - Gap) / 2);
        foreach (var (choice, wide) in Choices.Children.OfType<ComboBox>().Zip(Wide))
            choice.Width = room >= Heading + Wide.Sum() + 3 * Gap ? wide : Math.Min(wide, half);
        return base.MeasureOverride(availableSize);
    }

    /// <param name="warning">What must be known of the two editions; empty where there is nothing.</param>
    /// <param name="county">Both sides in figures; null while nothing is compared.</param>
    public void Tell(string warning, ComparedCounty? county) => (Broken.Text, Figures.DataContext) = (warning, county);
}
